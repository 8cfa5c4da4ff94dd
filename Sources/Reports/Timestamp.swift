// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A moment as RFC 3339 writes it, in UTC, to the second.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 (read 2026-11-23)
struct Timestamp {
  /// `2026-11-23T21:33:43Z`
  let text: String

  /// - Parameter seconds: Since 1970, UTC. Fractions are cut off. What lies outside of the years 0 to 9999, or is no
  ///   number, becomes the nearest moment inside (1970 for what is no number): a clock gone wrong must not cost the
  ///   report.
  init(secondsSince1970 seconds: Double) {
    let bounded = seconds.isNaN ? 0 : min(max(seconds, Self.first), Self.last)
    let whole = Int(bounded.rounded(.down))
    let days = Self.floored(whole, by: 86_400)
    let second = whole - days * 86_400
    let (year, month, day) = Self.civil(days)
    let date = Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    let time = [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    text = "\(date)T\(time)Z"
  }

  /// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
  private static let first = -62_167_219_200.0
  private static let last = 253_402_300_799.0

  /// The civil date that lies `days` after 1970-01-01.
  ///
  /// Years are counted from March, so that the leap day is a year's last and months need no table: from March on, day
  /// numbers of months follow `(153 × month + 2) / 5`.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let fromMarch = days + 719_468
    let era = floored(fromMarch, by: 146_097)
    let dayOfEra = fromMarch - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func floored(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

/// A length of time to the millisecond: `1.200`.
struct Seconds {
  let text: String

  /// - Parameter seconds: Negative ones and what is no number become 0.
  init(_ seconds: Double) {
    let bounded = seconds > 0 ? min(seconds, 1e12) : 0
    let milliseconds = Int((bounded * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    text = "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
  }
}
