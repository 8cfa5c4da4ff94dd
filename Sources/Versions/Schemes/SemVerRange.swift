// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A set of semantic versions, written and understood as node-semver does: `^1.2.3`, `1.x || >=2.5.0`, `1.2 - 2.3.4`.
///
/// A prerelease is a member only where a comparator of the same alternative names a prerelease of the same release:
/// `>=1.2.3-beta.1` takes `1.2.3-beta.2`, not `1.2.4-beta.1`. Where one alternative is `*`, the whole range is, and the
/// prereleases that another alternative names are not members; that too is node-semver's answer.
/// - Source: https://github.com/npm/node-semver, README.md and `classes/range.js` of 7.6.2 (read 2026-11-23)
public struct SemVerRange: VersionRange {
  /// Alternatives of which one must hold; in each, every comparator must. One without comparators holds always.
  private let alternatives: [[SemVerComparator]]
  private let options: Options

  /// The longest range that is read, in bytes. node-semver has no such limit; what people write is under a thousand.
  public static let maximumLength = 65_536

  /// How a range is read, and how the versions are that it is asked about.
  struct Options {
    var loose: Bool
    var includePrerelease: Bool
  }

  /// Reads a range.
  ///
  /// - Parameter loose: Reads the range's versions loosely, and those it is asked about; drops comparators that cannot be
  ///   read, as long as one is left.
  /// - Parameter includePrerelease: Treats prereleases like any other version.
  /// - Returns: `nil` where node-semver would throw, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String, loose: Bool = false, includePrerelease: Bool = false) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    options = Options(loose: loose, includePrerelease: includePrerelease)
    guard let alternatives = SemVerDesugaring(options: options).alternatives(of: Array(text.utf8)) else { return nil }
    self.alternatives = Self.reduced(alternatives)
  }

  /// Drops alternatives that decide nothing: those that hold never, and, beside one that holds always, all others.
  private static func reduced(_ alternatives: [[SemVerComparator]]) -> [[SemVerComparator]] {
    if let always = alternatives.first(where: \.isEmpty) { return [always] }
    let possible = alternatives.filter { $0.first?.isNever != true }
    return possible.isEmpty ? Array(alternatives.prefix(1)) : possible
  }

  /// Whether the version satisfies the range.
  ///
  /// - Returns: `nil` where the text is not a version, strict or loose as the range is.
  public func contains(_ version: String) -> Bool? {
    SemanticVersion(version, loose: options.loose).map(contains)
  }

  /// Whether the version satisfies the range.
  public func contains(_ version: SemanticVersion) -> Bool {
    alternatives.contains { comparators in
      comparators.allSatisfy { $0.holds(for: version) } && admits(version, comparators)
    }
  }

  private func admits(_ version: SemanticVersion, _ comparators: [SemVerComparator]) -> Bool {
    options.includePrerelease || version.prerelease.isEmpty
      || comparators.contains { !$0.version.prerelease.isEmpty && $0.version.hasSameRelease(as: version) }
  }

  /// The range in comparators alone, as node-semver's `validRange` prints it: `^1.2.3` is `>=1.2.3 <2.0.0-0`.
  public var description: String {
    let text = alternatives.map { $0.map(\.description).joined(separator: " ") }.joined(separator: "||")
    return text.isEmpty ? "*" : text
  }
}

/// One side of one bound: `>=1.2.3`.
struct SemVerComparator: Sendable, CustomStringConvertible {
  enum Operator: String {
    case equal = ""
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  let comparison: Operator
  let version: SemanticVersion

  func holds(for candidate: SemanticVersion) -> Bool {
    let order = candidate.order(to: version)
    return switch comparison {
    case .equal: order == .same
    case .less: order == .ascending
    case .lessOrEqual: order != .descending
    case .greater: order == .descending
    case .greaterOrEqual: order != .ascending
    }
  }

  var description: String { comparison.rawValue + version.description }

  /// `<0.0.0-0`, below which there is nothing: what `<*` and `>*` come to.
  var isNever: Bool { comparison == .less && description == "<0.0.0-0" }
}
