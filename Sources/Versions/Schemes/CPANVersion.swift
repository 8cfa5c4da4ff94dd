// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a Perl module, in numbers.
public struct CPANVersion: Sendable, CustomStringConvertible {
  /// At least three; a decimal is split into groups of three digits.
  public let numbers: DottedNumbers

  /// Reads a version as `version->parse` does, white space around it included.
  ///
  /// - Complexity: O(length).
  init?(_ text: String) {
    var text = VersionText(text)
    _ = text.take(while: Self.isSpace)
    let hasPrefix = text.take("v")
    guard let parts = Self.parts(&text), text.isAtEnd else { return nil }
    let isDotted = hasPrefix || parts.digits.count > 2
    guard let numbers = isDotted ? Self.dotted(parts.digits, hasPrefix) : Self.decimal(parts) else { return nil }
    self.numbers = DottedNumbers(numbers + Array(repeating: .zero, count: max(0, 3 - numbers.count)))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }

  /// The digits between points, without the underscore among them, and whether that stands at the end.
  private typealias Parts = (digits: [[UInt8]], endsInUnderscore: Bool)

  private static func parts(_ text: inout VersionText) -> Parts? {
    var parts: [[UInt8]] = []
    var (hasUnderscore, isLast) = (false, false)
    repeat {
      // It may stand behind the last point alone.
      guard !hasUnderscore else { return nil }
      var part = Array(text.take(while: VersionText.isDigit))
      if text.take("_") {
        guard !part.isEmpty, !parts.isEmpty else { return nil }
        let more = text.take(while: VersionText.isDigit)
        part += more
        (hasUnderscore, isLast) = (true, more.isEmpty)
      }
      parts.append(part)
    } while text.take(".")
    _ = text.take(while: isSpace)
    return (parts, isLast)
  }

  /// A number may be missing before the first of several points, and behind the only one.
  private static func dotted(_ parts: [[UInt8]], _ hasPrefix: Bool) -> [WholeNumber]? {
    for (place, part) in parts.enumerated() where part.isEmpty {
      let isFirst = place == 0 && !hasPrefix
      let isLast = place == 1 && parts.count == 2
      guard isFirst || isLast else { return nil }
    }
    return parts.map(WholeNumber.init(digits:))
  }

  private static func decimal(_ parts: Parts) -> [WholeNumber]? {
    let digits = parts.digits
    guard !parts.endsInUnderscore, digits.contains(where: { !$0.isEmpty }) else { return nil }
    let fraction = digits.count > 1 ? digits[1] : []
    let groups = stride(from: 0, to: fraction.count, by: 3).map { place in
      let group = fraction[place..<min(place + 3, fraction.count)]
      return WholeNumber(digits: group + Array(repeating: UInt8(ascii: "0"), count: 3 - group.count))
    }
    return [WholeNumber(digits: digits[0])] + groups
  }

  /// The version in dotted notation, which every version has.
  public var description: String {
    "v\(numbers)"
  }
}
