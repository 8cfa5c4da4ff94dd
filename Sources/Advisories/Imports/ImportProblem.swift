// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A line or an entry that was not taken, and why.
public struct ImportProblem: Error, Hashable, Sendable {
  /// Stable, kebab-case.
  public enum Code: String, CaseIterable, Sendable {
    case noName = "no-name"
    /// A name that nothing of its ecosystem can have: an extension without a publisher, control characters.
    case invalidName = "invalid-name"
    /// A name without a version. `*` stands for all of them; a bare name does not.
    case noVersion = "no-version"
    /// A range, several versions in one, or words.
    case notAVersion = "not-a-version"
    /// `*` beside single versions.
    case notOnlyAll = "not-only-all"
    /// The line does not say the ecosystem, and nobody else did.
    case noEcosystem = "no-ecosystem"
    /// An ecosystem whose packages are not looked for.
    case unknownEcosystem = "unknown-ecosystem"
    case invalidPurl = "invalid-purl"
    /// A row with fewer fields than the columns need.
    case missingField = "missing-field"
    /// A quotation that does not end, or text behind its end.
    case invalidQuote = "invalid-quote"
    /// An entry or a statement without an id.
    case noID = "no-id"
    /// A list of exceptions: what is imported only adds.
    case exceptionIgnored = "exception-ignored"
    /// A statement about no product.
    case noProduct = "no-product"
    case unknownStatus = "unknown-status"
    case unknownJustification = "unknown-justification"
    /// `not_affected` without a justification and without an impact statement.
    case noReason = "no-reason"
    /// A value of another type than the format has there.
    case unexpectedType = "unexpected-type"
  }

  public let code: Code
  /// 1-based: where the line, the row or the entry begins.
  public let line: Int
  /// What was wrong, as written, at most 200 bytes of it.
  public let text: String

  init(_ code: Code, line: Int, text: String = "") {
    self.code = code
    self.line = line
    self.text = text.utf8.count <= 200 ? text : String(decoding: text.utf8.prefix(200), as: UTF8.self)
  }
}

/// A file that could not be imported at all.
public struct ImportError: Error, Sendable {
  /// Stable, kebab-case.
  public enum Code: String, CaseIterable, Sendable {
    /// There is nothing in it but white space and comments.
    case empty
    /// It is none of the formats: ``ImportFormat`` names those that are.
    case unknownFormat = "unknown-format"
    /// It is JSON of one of the formats, and broken.
    case invalidJSON = "invalid-json"
    /// It is of one of the formats, and not one line or entry of it can be taken.
    case nothingUsable = "nothing-usable"
    /// More entries than the limit.
    case tooMany = "too-many"
  }

  public let code: Code
  /// 1-based; nil where the whole file is meant.
  public var line: Int?
  /// Which format it was taken for; nil for none.
  public var format: ImportFormat?
  /// Why nothing could be taken, the first hundred reasons.
  public var problems: [ImportProblem] = []

  init(_ code: Code, line: Int? = nil, format: ImportFormat? = nil, problems: [ImportProblem] = []) {
    self.code = code
    self.line = line
    self.format = format
    self.problems = Array(problems.prefix(100))
  }
}
