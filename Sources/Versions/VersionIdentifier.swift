// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One part of a prerelease or of build metadata, between dots.
public enum VersionIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// A number below zero, by its amount: some readers take `-1` for one.
  case negative(WholeNumber)
  case number(WholeNumber)
  /// ASCII letters, digits and hyphens.
  case text(String)

  /// Numbers by their value, before all texts; texts in ASCII order.
  ///
  /// - Source: https://semver.org/spec/v2.0.0.html#spec-item-11 (read 2026-11-25)
  public static func < (first: VersionIdentifier, second: VersionIdentifier) -> Bool {
    switch (first, second) {
    case (.negative(let one), .negative(let other)): one > other
    case (.number(let one), .number(let other)): one < other
    // Both are ASCII, where Swift's order of strings is the order of their bytes.
    case (.text(let one), .text(let other)): one < other
    case (.negative, _): true
    case (.number, .text): true
    case (.number, .negative), (.text, _): false
    }
  }

  public var description: String {
    switch self {
    case .negative(let number): "-\(number)"
    case .number(let number): number.description
    case .text(let text): text
    }
  }

  // MARK: Reading

  /// The identifier that some letters, digits and hyphens are.
  typealias Reading = @Sendable (Substring.UTF8View) -> VersionIdentifier?

  /// As SemVer 2.0 says: digits are a number and must not begin with a nought.
  static let strict: Reading = { bytes in
    guard bytes.allSatisfy(VersionText.isDigit) else { return .text(String(Substring(bytes))) }
    return bytes.count > 1 && bytes.first == UInt8(ascii: "0") ? nil : .number(WholeNumber(digits: bytes))
  }

  /// Digits are a number, whatever they begin with.
  static let lenient: Reading = { bytes in
    let isNumber = !bytes.isEmpty && bytes.allSatisfy(VersionText.isDigit)
    return isNumber ? .number(WholeNumber(digits: bytes)) : .text(String(Substring(bytes)))
  }

  private static let largest = WholeNumber(UInt64(Int64.max))
  private static let lowest = WholeNumber(UInt64(Int64.max) + 1)

  /// Digits are a number if a signed integer of 64 bits holds it, also behind a hyphen; else they are a text.
  static let signed64: Reading = { bytes in
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes
    guard case .number(let number) = lenient(digits), number <= (isNegative ? lowest : largest) else {
      return .text(String(Substring(bytes)))
    }
    return isNegative && number != .zero ? .negative(number) : .number(number)
  }
}
