// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Requirements on a gem's version, of which every one must hold: `~> 1.2, >= 1.2.3`.
///
/// Prereleases are members wherever they stand in the order. Bundler takes one only if a requirement names one, or if
/// it is told to; the order alone decides here, as in `Gem::Requirement#satisfied_by?`.
/// - Source: https://guides.rubygems.org/patterns/#declaring-dependencies (read 2026-11-25)
/// - Source: https://github.com/rubygems/rubygems, `lib/rubygems/requirement.rb` of 3.3.15 (read 2026-11-25)
public struct RubyGemsRequirement: VersionRange {
  private let comparisons: [Comparison]

  /// The longest text that is read, in bytes. RubyGems has no such limit; what people write is under a thousand.
  public static let maximumLength = 65_536

  private struct Comparison: Sendable {
    let sign: Sign
    let version: RubyGemsVersion
  }

  private enum Sign: String, CaseIterable {
    // Longer ones first, since the first that stands in front is taken.
    case atLeast = ">="
    case atMost = "<="
    case notEqual = "!="
    case pessimistic = "~>"
    case greater = ">"
    case less = "<"
    case equal = "="
  }

  /// Reads requirements with commas between them. Nothing after the last comma is left out; an empty text is `>= 0`.
  ///
  /// - Returns: `nil` where `Gem::Requirement` would refuse one of them, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var parts = Array(text.utf8).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    // As Ruby's own `split` does.
    while parts.last?.isEmpty == true { parts.removeLast() }
    if parts.isEmpty { parts = [Array(">= 0".utf8)[...]] }
    var found: [Comparison] = []
    for part in parts {
      guard let comparison = Self.comparison(part) else { return nil }
      found.append(comparison)
    }
    comparisons = found
  }

  private static func comparison(_ text: ArraySlice<UInt8>) -> Comparison? {
    let text = text.trimmed()
    let sign = Sign.allCases.first { text.starts(with: $0.rawValue.utf8) }
    let rest = text.dropFirst(sign?.rawValue.utf8.count ?? 0).trimmed()
    guard RubyGemsText.isVersion(rest) else { return nil }
    return Comparison(sign: sign ?? .equal, version: RubyGemsVersion(valid: rest))
  }

  /// Whether the version satisfies every requirement.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    RubyGemsVersion(version).map { version in comparisons.allSatisfy { Self.holds($0, for: version) } }
  }

  private static func holds(_ comparison: Comparison, for version: RubyGemsVersion) -> Bool {
    let order = version.order(to: comparison.version)
    return switch comparison.sign {
    case .equal: order == .same
    case .notEqual: order != .same
    case .greater: order == .descending
    case .less: order == .ascending
    case .atLeast: order != .ascending
    case .atMost: order != .descending
    case .pessimistic: order != .ascending && isBelowNext(version, after: comparison.version)
    }
  }

  /// Whether a version's numbers do not leave those of the requirement but its last: `~> 1.2.3` ends before `1.3`.
  ///
  /// The words of both are forgotten, so that `1.3.a` has left `~> 1.2.3` too. A requirement of one number keeps it.
  private static func isBelowNext(_ version: RubyGemsVersion, after stated: RubyGemsVersion) -> Bool {
    for place in 0..<max(1, stated.numbers.count - 1) {
      let number = place < version.numbers.count ? version.numbers[place] : .zero
      if number != stated.numbers[place] { return number < stated.numbers[place] }
    }
    return true
  }

  /// The requirements in the order in which they were written.
  public var description: String {
    comparisons.map { "\($0.sign.rawValue) \($0.version)" }.joined(separator: ", ")
  }
}
