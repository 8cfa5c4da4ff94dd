// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Versions as nginx's security advisories list them, of which one must hold.
///
/// `1.4.1+` is the rest of a stable branch, below `1.5.0`; `1.5.0+` of a mainline branch, whose second number is odd, has
/// no end; `0.7.52-0.8.39` includes both.
/// - Source: https://nginx.org/en/security_advisories.html (read 2026-11-25)
public struct NginxRange: VersionRange {
  private let alternatives: [Alternative]

  /// The longest list that is read, in bytes; what the advisories write is under a hundred.
  public static let maximumLength = 65_536

  private struct Alternative {
    let first: DottedNumbers
    /// Inclusive, unless ``isOpen``; `nil` where there is no end.
    let last: DottedNumbers?
    let isOpen: Bool
  }

  /// - Returns: `nil` where an item of the list is none of the three, and above ``maximumLength``.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var alternatives: [Alternative] = []
    for item in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let alternative = Self.alternative(item.drop { $0 == UInt8(ascii: " ") }) else { return nil }
      alternatives.append(alternative)
    }
    self.alternatives = alternatives
  }

  private static func alternative(_ item: Substring.UTF8View) -> Alternative? {
    if item.last == UInt8(ascii: "+") { return version(item.dropLast()).map(branch) }
    guard let hyphen = item.firstIndex(of: UInt8(ascii: "-")) else {
      return version(item).map { Alternative(first: $0, last: $0, isOpen: false) }
    }
    guard let first = version(item[..<hyphen]), let last = version(item[item.index(after: hyphen)...]) else {
      return nil
    }
    return Alternative(first: first, last: last, isOpen: false)
  }

  private static func version(_ bytes: Substring.UTF8View) -> DottedNumbers? {
    Nginx.parse(String(Substring(bytes)))
  }

  private static func branch(from version: DottedNumbers) -> Alternative {
    let branch = version.numbers[1]
    let end = branch.isOdd ? nil : DottedNumbers([version.numbers[0], branch.successorOfEven, .zero])
    return Alternative(first: version, last: end, isOpen: true)
  }

  public func contains(_ version: String) -> Bool? {
    Nginx.parse(version).map { version in alternatives.contains { Self.holds($0, for: version) } }
  }

  private static func holds(_ alternative: Alternative, for version: DottedNumbers) -> Bool {
    guard version.order(to: alternative.first) != .ascending else { return false }
    guard let order = alternative.last.map({ version.order(to: $0) }) else { return true }
    return order == .ascending || order == .same && !alternative.isOpen
  }

  /// The alternatives in comparators, in the order of writing: `>=1.5.0 || >=1.4.1 <1.5.0`.
  public var description: String {
    alternatives.map(Self.comparators).joined(separator: " || ")
  }

  private static func comparators(_ alternative: Alternative) -> String {
    guard let last = alternative.last else { return ">=\(alternative.first)" }
    if !alternative.isOpen, last.order(to: alternative.first) == .same { return "\(last)" }
    return ">=\(alternative.first) \(alternative.isOpen ? "<" : "<=")\(last)"
  }
}

extension WholeNumber {
  fileprivate var isOdd: Bool { (description.utf8.last ?? 0) & 1 == 1 }

  /// The number behind an even one: its last digit is never nine.
  fileprivate var successorOfEven: WholeNumber {
    var digits = Array(description.utf8)
    digits[digits.count - 1] += 1
    return WholeNumber(digits: digits)
  }
}
