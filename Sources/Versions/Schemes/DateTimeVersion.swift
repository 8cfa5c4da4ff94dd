// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A moment: `2024-01-01T00:00:00.5+02:00`.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 (read 2026-11-25)
public struct DateTimeVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// Minutes since the first of March of the year 0, UTC; may be negative.
  let minute: Int
  /// 60 in a leap second.
  let second: Int
  /// The digits behind the decimal point, without noughts at their end.
  let fraction: String

  /// - Returns: `nil` where the text is not RFC 3339's `date-time`, or where there is no such day or time of day.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var rest = VersionText(text)
    guard let days = Self.days(&rest), rest.take("T") || rest.take("t"),
      let hour = Self.number(&rest, digits: 2, in: 0...23), rest.take(":"),
      let minute = Self.number(&rest, digits: 2, in: 0...59), rest.take(":"),
      let second = Self.number(&rest, digits: 2, in: 0...60), let fraction = Self.fraction(&rest),
      let offset = Self.offset(&rest), rest.isAtEnd
    else { return nil }
    description = text
    self.minute = (days * 24 + hour) * 60 + minute - offset
    self.second = second
    self.fraction = fraction
  }

  private static func number(_ text: inout VersionText, digits count: Int, in range: ClosedRange<Int>) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard VersionText.isDigit(text.next) else { return nil }
      number = number * 10 + Int(text.next - UInt8(ascii: "0"))
      text.skip()
    }
    return range.contains(number) ? number : nil
  }

  private static func days(_ text: inout VersionText) -> Int? {
    guard let year = number(&text, digits: 4, in: 0...9_999), text.take("-"),
      let month = number(&text, digits: 2, in: 1...12), text.take("-"),
      let day = number(&text, digits: 2, in: 1...length(ofMonth: month, year: year))
    else { return nil }
    return days(year, month, day)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since the first of March of the year 0: years that begin in March have the day of the leap year at their end.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let years = month > 2 ? year : year - 1
    let months = (month + 9) % 12
    // Divisions that round down: `years` is -1 in January and February of the year 0.
    let leapDays = (years >> 2) - (years < 0 ? -1 : years / 100) + (years < 0 ? -1 : years / 400)
    return years * 365 + leapDays + (months * 153 + 2) / 5 + day - 1
  }

  private static func fraction(_ text: inout VersionText) -> String? {
    guard text.take(".") else { return "" }
    guard let digits = text.digits() else { return nil }
    return String(Substring(digits.prefix(digits.reversed().drop { $0 == UInt8(ascii: "0") }.count)))
  }

  /// Minutes that the written time is ahead of UTC.
  private static func offset(_ text: inout VersionText) -> Int? {
    if text.take("Z") || text.take("z") { return 0 }
    let isAhead = text.take("+")
    guard isAhead || text.take("-"), let hours = number(&text, digits: 2, in: 0...23), text.take(":"),
      let minutes = number(&text, digits: 2, in: 0...59)
    else { return nil }
    return (isAhead ? 1 : -1) * (hours * 60 + minutes)
  }
}
