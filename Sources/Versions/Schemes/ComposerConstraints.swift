// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A set of a Composer package's versions: `^1.2 || ~2.3.4`, `>=1.0 <2.0`, `1.2.*`, `1.0 - 2.0`, `dev-main`.
///
/// A branch without a number is a member only where a constraint names it, excludes another version, or is `*`.
/// Prereleases and development versions are members wherever they stand in the order; whether a project takes them is a
/// matter of its stability, not of the constraint. The flag of a constraint (`@beta`) counts as Composer counts it, and
/// the commit behind a branch (`dev-main#1234567`) does not.
/// - Source: https://getcomposer.org/doc/articles/versions.md#writing-version-constraints (read 2026-11-25)
/// - Source: https://github.com/composer/semver, `VersionParser::parseConstraints` of 3.3.2 (read 2026-11-25)
public struct ComposerConstraints: VersionRange {
  /// Alternatives of which one must hold; in each, every constraint must.
  private let alternatives: [[ComposerConstraint]]
  private let written: String

  /// The longest text that is read, in bytes. Composer has no such limit; what people write is under a thousand.
  public static let maximumLength = 65_536

  /// Reads constraints.
  ///
  /// - Returns: `nil` where Composer would refuse them, where a number that `~`, `^` or a wildcard counts up does not
  ///   fit in 63 bits, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var found: [[ComposerConstraint]] = []
    for alternative in ComposerSplitting.alternatives(ComposerText.trimmed(Array(text.utf8)[...])) {
      guard let constraints = Self.constraints(alternative) else { return nil }
      found.append(constraints)
    }
    alternatives = Self.joined(found)
    written = text
  }

  /// Puts alternatives together of which one ends where the next begins, `>=1 <2 || >=2 <3`.
  ///
  /// Needed for one that is empty: Composer also joins `>=2 <1 || >=1 <2`, and then nothing is left of both.
  private static func joined(_ alternatives: [[ComposerConstraint]]) -> [[ComposerConstraint]] {
    var joined: [[ComposerConstraint]] = []
    for next in alternatives {
      if let last = joined.last, last.count == 2, next.count == 2, last[0].sign == .atLeast, last[1].sign == .less,
        next[0].sign == .atLeast, [.less, .atMost].contains(next[1].sign),
        last[1].version.normal == next[0].version.normal
      {
        joined[joined.count - 1] = [last[0], next[1]]
      } else {
        joined.append(next)
      }
    }
    return joined
  }

  private static func constraints(_ text: ArraySlice<UInt8>) -> [ComposerConstraint]? {
    var found: [ComposerConstraint] = []
    for part in ComposerSplitting.conjuncts(text) {
      var reader = ComposerConstraintReader(part)
      guard let constraints = reader.constraints() else { return nil }
      found += constraints
    }
    return found
  }

  /// Whether the version satisfies the constraints.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    ComposerVersion(version).map { version in
      alternatives.contains { $0.allSatisfy { $0.holds(for: version) } }
    }
  }

  /// The constraints with one sign and one normal version each; as they were written where that would be read as another
  /// set, as a date would.
  public var description: String {
    guard let again = ComposerConstraints(plain), again.isIdentical(to: self) else { return written }
    return plain
  }

  private var plain: String {
    alternatives.map { $0.isEmpty ? "*" : $0.map(\.description).joined(separator: " ") }.joined(separator: " || ")
  }

  private func isIdentical(to other: ComposerConstraints) -> Bool {
    alternatives.elementsEqual(other.alternatives) { one, two in
      one.elementsEqual(two) { $0.description == $1.description && $0.version.normal == $1.version.normal }
    }
  }
}

/// One sign and one version: `>=1.2.0.0-dev`.
struct ComposerConstraint: Sendable, CustomStringConvertible {
  enum Sign: String, CaseIterable, Sendable {
    // The longer of two with the same beginning first.
    case other = "<>"
    case notEqual = "!="
    case atLeast = ">="
    case greater = ">"
    case atMost = "<="
    case less = "<"
    case equal = "=="
    case single = "="
  }

  let sign: Sign
  let version: ComposerVersion

  /// Branches are equal or they are not; nothing else can be asked about them.
  func holds(for candidate: ComposerVersion) -> Bool {
    let order = candidate.order(to: version)
    let isOrdered = candidate.branch == nil && version.branch == nil
    return switch sign {
    case .equal, .single: order == .same
    case .notEqual, .other: order != .same
    case .less: isOrdered && order == .ascending
    case .atMost: isOrdered && order != .descending
    case .greater: isOrdered && order == .descending
    case .atLeast: isOrdered && order != .ascending
    }
  }

  /// Without `-stable`, the signs that are named would be read as meaning development versions too.
  var description: String {
    let needsWord = (sign == .less || sign == .atLeast) && !version.normal.utf8.contains(UInt8(ascii: "-"))
    let shown = sign == .single ? "==" : sign == .other ? "!=" : sign.rawValue
    return shown + version.normal + (needsWord ? "-stable" : "")
  }
}

/// Where one constraint ends and the next begins.
enum ComposerSplitting {
  /// The texts between one or two bars, without the white space around those.
  static func alternatives(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var rest = text
    while let bar = rest.firstIndex(of: UInt8(ascii: "|")) {
      found.append(withoutSpaceAtEnd(rest[..<bar]))
      let isDouble = rest[(bar + 1)...].first == UInt8(ascii: "|")
      rest = rest[(bar + (isDouble ? 2 : 1))...].drop(while: ArraySlice.isSpace)
    }
    return found + [rest]
  }

  private static func withoutSpaceAtEnd(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.lastIndex { !ArraySlice.isSpace($0) }.map { text[...$0] } ?? []
  }

  /// The texts between commas and blanks, except for blanks that belong to a sign, to a hyphen or to `as`.
  static func conjuncts(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var position = text.startIndex
    while position < text.endIndex {
      if let end = endOfSeparator(text, at: position) {
        found.append(text[start..<position])
        start = end
        position = end
      } else {
        position += 1
      }
    }
    return found + [text[start...]]
  }

  /// The end of a separator that begins here: blanks, a comma or blank, blanks.
  ///
  /// The same places as where the pattern of `parseConstraints` splits: as many blanks as leave it something to end on.
  private static func endOfSeparator(_ text: ArraySlice<UInt8>, at start: Int) -> Int? {
    guard start > text.startIndex, !"=>< ,".utf8.contains(text[start - 1]), !isAs(text, before: start) else {
      return nil
    }
    let blanks = text[start...].prefix { $0 == UInt8(ascii: " ") }.endIndex
    for place in stride(from: blanks, through: start, by: -1) {
      guard place < text.endIndex, " ,".utf8.contains(text[place]), text[place - 1] != UInt8(ascii: "-"),
        text[(place + 1)...].first != UInt8(ascii: "-")
      else { continue }
      let last = text[(place + 1)...].prefix { $0 == UInt8(ascii: " ") }.endIndex
      for end in stride(from: last, through: place + 1, by: -1) where mayEnd(text, at: end) { return end }
    }
    return nil
  }

  private static func isAs(_ text: ArraySlice<UInt8>, before place: Int) -> Bool {
    text[..<place].suffix(2).elementsEqual("as".utf8)
  }

  private static func mayEnd(_ text: ArraySlice<UInt8>, at place: Int) -> Bool {
    guard let next = text[place...].first else { return false }
    return next != UInt8(ascii: ",") && !text[place...].starts(with: "as".utf8)
  }
}
