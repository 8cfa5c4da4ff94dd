// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Reports

struct EscapingTests {
  @Test(arguments: [
    ("plain ~ text", "plain ~ text"), ("\u{1B}[31m", "\\x1b[31m"), ("\u{7F}", "\\x7f"), ("\u{85}\u{9B}", "\\x85\\x9b"),
    ("\0\t\n\r", "\\x00\\x09\\x0a\\x0d"), ("\u{202E}\u{2066}\u{200F}", "\\u{202e}\\u{2066}\\u{200f}"),
    ("\u{200B}\u{200D}\u{FEFF}\u{2060}", "\\u{200b}\\u{200d}\\u{feff}\\u{2060}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
    ("\u{A0}\u{3000}", "\\xa0\\u{3000}"), ("\u{AD}\u{34F}\u{3164}", "\\xad\\u{34f}\\u{3164}"),
    ("\u{E000}\u{E0041}\u{FFFF}\u{FFF9}", "\\u{e000}\\u{e0041}\\u{ffff}\\u{fff9}"), ("naïve 日本 🎁 Ω", "naïve 日本 🎁 Ω"),
    ("", ""),
  ])
  func `what a terminal would obey or hide becomes visible, the rest stays`(text: String, expected: String) {
    #expect(Escaping.terminal(text) == expected)
  }

  @Test func `without Unicode names keep ASCII alone and stay different`() {
    #expect(Escaping.terminal("naïve/日", isUnicode: false) == "na\\u{ef}ve/\\u{65e5}")
    #expect(Escaping.terminal("naive", isUnicode: false) != Escaping.terminal("naïve", isUnicode: false))
  }

  @Test func `our own texts lose their accents and typography`() {
    #expect(Escaping.plain("clés – où ? “ça” … für Größe · a → b") == "cles - ou ? \"ca\" ... fuer Groesse | a > b")
    #expect(Escaping.plain("日") == "\\u{65e5}")
  }

  @Test func `no scalar at all reaches the terminal as a control or unseen`() {
    for value in UInt32(0)...0x1_1000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let escaped = Escaping.terminal(String(scalar))
      #expect(dangerous(in: escaped).isEmpty && !escaped.isEmpty && !escaped.contains("\n"))
    }
  }
}

struct ColumnsTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("naïve", 5), ("nai\u{308}ve", 5), ("日本", 4), ("한", 2), ("🎁", 2), ("→ · …", 5), ("ｆ", 2),
    ("ﾊ", 1),
  ])
  func `columns are counted as terminals count them`(text: String, columns: Int) {
    #expect(Columns.count(text) == columns)
  }

  @Test(arguments: 0...12)
  func `shortened text keeps both ends and never exceeds the limit`(limit: Int) {
    for text in ["/home/anna/x", "日本日本日本日本", "abcdefghijkl"] {
      let short = Columns.shortened(text, to: limit, ellipsis: "...")
      #expect(Columns.count(short) <= limit)
      if limit >= 8, Columns.count(text) > limit {
        #expect(short.contains("...") && short.first == text.first && short.last == text.last)
      }
    }
    #expect(Columns.shortened("short", to: 5, ellipsis: "...") == "short")
  }
}

struct TextWriterTests {
  private func lines(_ text: String, width: Int, indent: Int = 0, label: String = "", hanging: Int = 0) -> [String] {
    rendered { output in
      TextWriter(output: output, width: width, hasColor: false).line(
        text, indent: indent, label: label, hanging: hanging)
    }.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test func `lines break at words, and those that follow hang`() {
    #expect(lines("one two three", width: 7, indent: 1, hanging: 2) == [" one", "   two", "   three"])
    #expect(lines("one two three", width: 9, label: "-", hanging: 2) == ["- one two", "  three"])
    #expect(lines("one two", width: 7) == ["one two"])
  }

  @Test func `a word that is too long stands alone and whole`() {
    #expect(lines("a bbbbbbbbbb c", width: 5) == ["a", "bbbbbbbbbb", "c"])
  }

  @Test func `the spaces of a name survive, all of them, and break no line`() {
    #expect(lines("see " + Glue.joined("a  b   c") + " now", width: 5) == ["see", "a  b   c", "now"])
  }
}

struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (951_868_800, "2000-03-01T00:00:00Z"), (1_709_164_800, "2024-02-29T00:00:00Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"),
    (1_795_469_623.75, "2026-11-23T21:33:43Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    (1e300, "9999-12-31T23:59:59Z"),
    (-1e300, "0000-01-01T00:00:00Z"), (.infinity, "9999-12-31T23:59:59Z"), (.nan, "1970-01-01T00:00:00Z"),
  ])
  func `moments are written as RFC 3339`(seconds: Double, text: String) {
    #expect(Timestamp(secondsSince1970: seconds).text == text)
  }

  @Test func `every 37th day of eight centuries agrees with Foundation`() {
    let formatter = ISO8601DateFormatter()
    for day in stride(from: -140_000, to: 150_000, by: 37) {
      let seconds = Double(day) * 86_400 + 12_345
      #expect(Timestamp(secondsSince1970: seconds).text == formatter.string(from: Date(timeIntervalSince1970: seconds)))
    }
  }

  @Test(arguments: [
    (1.2346, "1.235"), (0, "0.000"), (0.0004, "0.000"), (0.05, "0.050"), (-3, "0.000"), (.nan, "0.000"),
    (59.9999, "60.000"),
  ])
  func `seconds have three decimals`(seconds: Double, text: String) {
    #expect(Seconds(seconds).text == text)
  }
}
