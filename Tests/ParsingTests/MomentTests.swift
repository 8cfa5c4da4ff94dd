// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Parsing
import TestSupport
import Testing

/// - Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6, its examples in section 5.8, and its leap seconds in appendix D (read 2026-11-25)
@Suite struct MomentTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("1985-04-12T23:20:50.52Z", 482_196_050_520_000_000),
    ("1996-12-19T16:39:57-08:00", 851_042_397_000_000_000),
    ("1996-12-20T00:39:57Z", 851_042_397_000_000_000),
    ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000_000),
    // A leap second, and the same one in California.
    ("1990-12-31T23:59:60Z", 662_688_000_000_000_000),
    ("1990-12-31T15:59:60-08:00", 662_688_000_000_000_000),
    ("1969-12-31T23:59:59.999999999Z", -1),
    ("2000-02-29t12:00:00z", 951_825_600_000_000_000),
    ("2026-11-23 21:33:43Z", 1_795_469_623_000_000_000),
    ("2026-11-23", 1_795_392_000_000_000_000),
    ("2026-11-23T00:00:00.0000000019Z", 1_795_392_000_000_000_001),
    ("2026-11-23T00:00:00-00:00", 1_795_392_000_000_000_000),
    ("2262-04-11T23:47:16.854775807Z", Int64.max),
    ("1677-09-21T00:12:44Z", -9_223_372_036_000_000_000),
  ])
  func `a moment is read to the nanosecond, in every zone`(text: String, nanoseconds: Int64) {
    #expect(Moment(text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-2", "2026-11-23T", "2026-11-23T21:33Z", "2026-11-23T21:33:43",
    "2026-11-23T21:33:43.Z",
    "2026-11-23T21:33:43.5", "2026-11-23T21:33:43,5Z", "2026-11-23T24:00:00Z", "2026-11-23T21:60:00Z",
    "2026-11-23T21:33:61Z", "2026-13-01", "2026-00-01", "2026-01-00", "2026-02-29", "2000-02-30", "1900-02-29",
    "2026-04-31", "2026-11-23X21:33:43Z", "2026-11-23T21:33:43+1:00", "2026-11-23T21:33:43+0100",
    "2026-11-23T21:33:43+24:00", "2026-11-23T21:33:43+01:60", "2026-11-23T21:33:43ZZ", "2026-11-23T21:33:43Z ",
    " 2026-11-23T21:33:43Z", "+026-11-23", "-026-11-23", "2026/11/23", "2026-11-23T21.33.43Z", "２０２６-11-23",
    "2026-11-23T21:33:43+", "2262-04-11T23:47:16.854775808Z", "2262-04-12", "1677-09-21T00:12:43Z", "0000-01-01",
    "9999-12-31T23:59:59Z", "now",
  ])
  func `what is no moment is none`(text: String) {
    #expect(Moment(text) == nil)
  }

  @Test func `moments are in the order of time, not in that of their texts`() throws {
    let texts = [
      "2026-09-10T01:00:00.25+02:00", "2026-09-10T03:50:31Z", "2026-09-10T03:50:31.000000001Z",
      "2026-09-10T03:50:31.5Z",
      "2026-09-10T00:00:00-05:00",
    ]
    let moments = try texts.map { try #require(Moment($0)) }
    #expect(moments.shuffled().sorted() == moments)
    #expect(texts.sorted() != texts)
  }

  @Test func `whole seconds are rounded down, also before 1970`() {
    #expect(
      [0, 1, 999_999_999, 1_000_000_000, -1, -1_000_000_000, -1_000_000_001].map { Moment(nanoseconds: $0).seconds }
        == [0, 0, 0, 1, -1, -1, -2])
  }

  @Test func `the first and the last moment that there are have a text`() {
    #expect(Moment(nanoseconds: .min).text == "1677-09-21T00:12:43Z")
    #expect(Moment(nanoseconds: .min).seconds == -9_223_372_037)
    #expect(Moment(nanoseconds: .max).text == "2262-04-11T23:47:16Z")
    #expect(Moment("1677-09-21T00:12:44Z")?.text == "1677-09-21T00:12:44Z")
  }

  @Test func `every first of a month from 1700 to 2200 is where the calendar has it`() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    for month in 0..<(501 * 12) {
      let (year, number) = (1700 + month / 12, month % 12 + 1)
      let date = try #require(calendar.date(from: DateComponents(year: year, month: number, day: 1)))
      let text = "\(year)-\(number < 10 ? "0" : "")\(number)-01"
      let moment = try #require(Moment(text))
      guard moment.seconds == Int64(date.timeIntervalSince1970), moment.text == text + "T00:00:00Z" else {
        Issue.record("\(text) is read as \(moment.seconds) and written as \(moment.text)")
        return
      }
    }
  }

  @Test func `a moment is written as the calendar writes it, and read as it was written`() throws {
    let style = Date.ISO8601FormatStyle()
    var random = SeededGenerator(seed: 41)
    // 1700 to 2200.
    for _ in 0..<20_000 {
      let seconds = Int64.random(in: -8_520_336_000...7_258_118_399, using: &random)
      let moment = Moment(nanoseconds: seconds * 1_000_000_000 + Int64.random(in: 0..<1_000_000_000, using: &random))
      let expected = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
      guard moment.text == expected, Moment(expected)?.nanoseconds == seconds * 1_000_000_000 else {
        Issue.record("\(seconds) is written as \(moment.text), not \(expected)")
        return
      }
    }
  }
}
