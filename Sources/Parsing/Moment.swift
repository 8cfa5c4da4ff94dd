// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A moment in time, as RFC 3339 writes it, to the nanosecond.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 (read 2026-11-25)
public struct Moment: Hashable, Comparable, Sendable {
  /// Since 1970, UTC.
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// - Parameter seconds: Since 1970, UTC; what nanoseconds cannot hold becomes the first or the last moment that they can.
  public init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    nanoseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// Reads `2026-11-23T21:33:43.25Z`, `2026-11-23T21:33:43+01:00`, or a date alone, which is its first moment in UTC.
  ///
  /// A space may stand for the `T`, and small letters for capital ones. Digits beyond the ninth of a fraction are cut off.
  /// - Returns: nil where the text is no moment, or one that nanoseconds since 1970 cannot hold (before 1677-09-21, after 2262-04-11).
  public init?(_ text: String) {
    var text = text
    guard let moment = text.withUTF8({ Moment($0) }) else { return nil }
    self = moment
  }

  /// The same of bytes.
  public init?(_ text: Bytes) {
    guard let value = Self.read(text) else { return nil }
    nanoseconds = value
  }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0 ? whole - 1 : whole
  }

  /// `2026-11-23T21:33:43Z`: in UTC, to the second, rounded down.
  public var text: String {
    let days = seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
    let second = seconds - days * 86_400
    // Moments lie between 1677 and 2262, so that nothing below is negative. Years count from March.
    let fromMarch = days + 719_468
    let era = fromMarch / 146_097
    let dayOfEra = fromMarch % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let date = [
      yearOfEra + era * 400 + (month > 9 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1,
    ]
    let time = [second / 3600, second / 60 % 60, second % 60]
    return date.map(Self.padded).joined(separator: "-") + "T" + time.map(Self.padded).joined(separator: ":") + "Z"
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  public static func < (first: Moment, second: Moment) -> Bool { first.nanoseconds < second.nanoseconds }

  private static func read(_ bytes: Bytes) -> Int64? {
    guard bytes.count >= 10, let days = days(bytes[slice: 0..<10]) else { return nil }
    guard bytes.count > 10 else { return scaled(days * 86_400, 0) }
    guard bytes.count >= 20, [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
      let seconds = timeOfDay(bytes[slice: 11..<19])
    else { return nil }
    var offset = 19
    guard let fraction = fraction(bytes, &offset), let zone = zone(bytes[slice: offset..<bytes.count]) else {
      return nil
    }
    return scaled(days * 86_400 + seconds - zone, fraction)
  }

  private static func scaled(_ seconds: Int64, _ fraction: Int64) -> Int64? {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = product.addingReportingOverflow(fraction)
    return overflow || carry ? nil : sum
  }

  /// `2026-11-23` → days since 1970. Years count from March: then months need no table.
  private static func days(_ bytes: Bytes) -> Int64? {
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes, 0..<4),
      let month = number(bytes, 5..<7), let day = number(bytes, 8..<10), (1...12).contains(month),
      (1...length(of: month, in: year)).contains(day)
    else { return nil }
    let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let century = y >= 0 ? y / 100 : -1
    return 365 * y + (y >= 0 ? y / 4 : -1) - century + (century >= 0 ? century / 4 : -1) + (153 * m + 2) / 5 + day
      - 719_469
  }

  private static func length(of month: Int64, in year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    if month == 2 { return isLeap ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// A leap second counts as the first second of the next minute.
  private static func timeOfDay(_ bytes: Bytes) -> Int64? {
    guard bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"), let hour = number(bytes, 0..<2),
      let minute = number(bytes, 3..<5), let second = number(bytes, 6..<8), hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Nanoseconds of `.25`; 0, and nothing read, where there is no point.
  private static func fraction(_ bytes: Bytes, _ offset: inout Int) -> Int64? {
    guard bytes[offset] == UInt8(ascii: ".") else { return 0 }
    let start = offset + 1
    var (value, digits) = (Int64(0), 0)
    offset = start
    while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) {
      if digits < 9 {
        value = value * 10 + Int64(bytes[offset] - 0x30)
        digits += 1
      }
      offset += 1
    }
    guard offset > start else { return nil }
    for _ in digits..<9 { value *= 10 }
    return value
  }

  /// Seconds east of UTC of `Z`, `+01:00` or `-0130`.
  private static func zone(_ bytes: Bytes) -> Int64? {
    guard let sign = bytes.first else { return nil }
    if bytes.count == 1 { return sign | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hour = number(bytes, 1..<3), let minute = number(bytes, 4..<6), hour < 24, minute < 60
    else { return nil }
    return (hour * 3600 + minute * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  private static func number(_ bytes: Bytes, _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for byte in bytes[range] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    return value
  }
}
