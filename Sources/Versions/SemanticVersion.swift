// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A semantic version, read and ordered as node-semver does: the order of SemVer 2.0, section 11.
///
/// Build metadata is checked and then forgotten, since it has no part in the order. A prerelease identifier of digits
/// that a JavaScript number cannot hold exactly (2^53 − 1 and more) is compared as a double, like there; two that round
/// to the same double make the versions equal, and whatever follows them is not looked at.
/// - Source: https://semver.org/spec/v2.0.0.html#spec-item-11 (read 2026-11-23)
/// - Source: https://github.com/npm/node-semver, `classes/semver.js` of 7.6.2 (read 2026-11-23)
public struct SemanticVersion: Comparable, Sendable, CustomStringConvertible {
  /// Each at most ``SemanticVersion/maximumNumber``.
  public let major: UInt64
  public let minor: UInt64
  public let patch: UInt64
  /// Empty for a release.
  public let prerelease: [Identifier]

  /// One dot-separated part of a prerelease.
  public enum Identifier: Sendable {
    /// Digits below ``SemanticVersion/maximumNumber``, without leading zeros.
    case number(UInt64)
    /// ASCII letters, digits and hyphens; or digits that are too large to be a number here, as they were written.
    case text(String)
  }

  /// The largest number in the first three places: JavaScript's largest safe integer, 2^53 − 1.
  public static let maximumNumber: UInt64 = 9_007_199_254_740_991

  /// The longest version in UTF-16 code units, white space around it included.
  public static let maximumLength = 256

  init(major: UInt64, minor: UInt64, patch: UInt64, prerelease: [Identifier]) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
  }

  /// Reads a version as node-semver's `parse` does, white space around it and a leading `v` included.
  ///
  /// - Parameter loose: Also takes any mixture of `v`, `=` and white space in front, leading zeros, and a prerelease
  ///   without its hyphen (`1.2.3beta`).
  /// - Returns: `nil` where the text is not a version, is longer than ``maximumLength``, or has a number above
  ///   ``maximumNumber``.
  /// - Complexity: O(length). Allocates only for a prerelease.
  public init?(_ text: String, loose: Bool = false) {
    var text = text
    let parsed = text.withUTF8 { SemVerGrammar(SemVerText($0), loose: loose).version() }
    guard let parsed else { return nil }
    self = parsed
  }

  /// How this version stands to another one.
  ///
  /// - Complexity: O(1) for releases, else O(length of the prereleases). Does not allocate.
  public func order(to other: SemanticVersion) -> VersionOrder {
    if major != other.major { return VersionOrder(major, other.major) }
    if minor != other.minor { return VersionOrder(minor, other.minor) }
    if patch != other.patch { return VersionOrder(patch, other.patch) }
    return prereleaseOrder(to: other)
  }

  private func prereleaseOrder(to other: SemanticVersion) -> VersionOrder {
    if prerelease.isEmpty || other.prerelease.isEmpty {
      // A release is newer than its prereleases.
      return VersionOrder(prerelease.isEmpty ? 1 : 0, other.prerelease.isEmpty ? 1 : 0)
    }
    for (first, second) in zip(prerelease, other.prerelease) where !first.isIdentical(to: second) {
      return first.order(to: second)
    }
    return VersionOrder(prerelease.count, other.prerelease.count)
  }

  public static func < (first: SemanticVersion, second: SemanticVersion) -> Bool {
    first.order(to: second) == .ascending
  }

  /// Equal in order, not in writing.
  public static func == (first: SemanticVersion, second: SemanticVersion) -> Bool {
    first.order(to: second) == .same
  }

  /// The version in its strict spelling, without build metadata.
  public var description: String {
    let release = "\(major).\(minor).\(patch)"
    guard !prerelease.isEmpty else { return release }
    return release + "-" + prerelease.map(\.description).joined(separator: ".")
  }

  /// Whether both stand for the same release, whatever their prereleases.
  func hasSameRelease(as other: SemanticVersion) -> Bool {
    major == other.major && minor == other.minor && patch == other.patch
  }
}

extension SemanticVersion.Identifier: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): text
    }
  }

  fileprivate func isIdentical(to other: Self) -> Bool {
    switch (self, other) {
    case (.number(let first), .number(let second)): first == second
    case (.text(let first), .text(let second)): first == second
    default: false
    }
  }

  /// Numbers come before texts; texts stand in ASCII order.
  fileprivate func order(to other: Self) -> VersionOrder {
    switch (self, other) {
    case (.number(let first), .number(let second)): VersionOrder(first, second)
    // A text of digits is larger than every number that fits, and a word comes after numbers anyway.
    case (.number, .text): .ascending
    case (.text, .number): .descending
    case (.text(let first), .text(let second)): Self.order(first, second)
    }
  }

  private static func order(_ first: String, _ second: String) -> VersionOrder {
    switch (isNumeric(first), isNumeric(second)) {
    case (true, true): VersionOrder(double(first), double(second))
    case (true, false): .ascending
    case (false, true): .descending
    // Both are ASCII, where Swift's order of strings is the order of their bytes.
    case (false, false): VersionOrder(first, second)
    }
  }

  private static func isNumeric(_ text: String) -> Bool {
    text.utf8.allSatisfy(SemVerText.isDigit)
  }

  private static func double(_ digits: String) -> Double {
    // At most 256 digits, so always finite; the alternative is for the compiler.
    Double(digits) ?? .infinity
  }
}
