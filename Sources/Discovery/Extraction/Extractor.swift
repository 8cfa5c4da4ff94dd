// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

/// Turns one file of one format into sightings: a pure function, without input or output of its own.
///
/// The framework opens the file, bounds it, decodes it to UTF-8, sees to merge conflicts, and turns what is thrown into a
/// coverage problem. What was added to the extraction before an error was thrown is kept, as `partial`.
public protocol Extractor: Sendable {
  /// `ecosystem/format`, also the name of the folder of its fixtures: `npm/package-lock`.
  static var id: String { get }

  /// The files that this extractor reads.
  static var files: [FilePattern] { get }

  /// What kind of file this is, which sets its size limit and whether it may be empty.
  static var role: FileRole { get }

  /// Whether ``extract(_:into:)`` reads bytes that are not text, so that they must not be decoded.
  static var isBinary: Bool { get }

  /// Adds the packages that `file` names to `extraction`, in file order.
  /// - Throws: ``ParseError`` at the byte where the grammar breaks.
  /// - Complexity: O(bytes), one pass, unless the extractor says otherwise.
  static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError)
}

extension Extractor {
  public static var isBinary: Bool { false }
}

/// What a file is to its ecosystem.
public enum FileRole: String, Sendable {
  /// Pins versions. One that has content and yields nothing is a problem, unless the extractor says that it is rightly empty.
  case lockfile
  /// Describes one package or project. It may well yield nothing.
  case manifest
}

/// A file name that an extractor reads.
public enum FilePattern: Hashable, Sendable {
  /// `package.json`, in any folder.
  case name(String)
  /// `lock.yaml` only where it lies directly in a folder called `.pnpm`.
  case inFolder(String, name: String)
  /// A name of this beginning and end, with something between: `pnpm-lock.` … `.yaml`.
  case affixes(prefix: String, suffix: String)
}

/// One opened file, as an extractor gets it. Its bytes are valid for the length of the call.
public struct SourceFile {
  /// The whole file: UTF-8 without a byte order mark (for a binary format, as it is).
  public let text: Bytes
  /// Where the file lies.
  public let place: FilePlace
  public let limits: Limits
  /// Whether the dependency graph is wanted. Without it an extractor need not note edges, which costs time and memory.
  public let wantsGraph: Bool

  public init(text: Bytes, place: FilePlace, limits: Limits = Limits(), wantsGraph: Bool = false) {
    self.text = text
    self.place = place
    self.limits = limits
    self.wantsGraph = wantsGraph
  }
}
