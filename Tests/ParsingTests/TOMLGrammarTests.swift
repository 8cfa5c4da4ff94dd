// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

/// What TOML 1.0.0 and 1.1.0 allow and what they do not, section by section of https://toml.io/en/v1.0.0 and v1.1.0 (read 2026-11-25).
@Suite struct TOMLGrammarTests {
  private func value(_ text: String) throws -> TOMLValue? {
    guard case .table(let members) = try TOMLValue.read("a = \(text)".utf8) else { return nil }
    return members["a"]
  }

  // MARK: Accepted

  @Test(arguments: [
    ("+99", 99), ("42", 42), ("0", 0), ("+0", 0), ("-0", 0), ("-17", -17), ("1_000", 1000), ("5_349_221", 5_349_221),
    ("1_2_3_4_5", 12345), ("0xDEADBEEF", 0xDEAD_BEEF), ("0xdead_beef", 0xDEAD_BEEF), ("0x00", 0),
    ("0o01234567", 0o1234567),
    ("0o755", 493), ("0b11010110", 214), ("9223372036854775807", 9_223_372_036_854_775_807),
    ("-9223372036854775808", -9_223_372_036_854_775_808), ("9223372036854775808", nil), ("0xFFFFFFFFFFFFFFFF", nil),
  ])
  func `an integer of the grammar is read`(text: String, expected: Int?) throws {
    #expect(try value(text) == .integer(expected))
    #expect(try value("[\(text)]") == .array([.integer(expected)]))
    #expect(try value("{b=\(text)}") == .table(["b": .integer(expected)]))
  }

  @Test(arguments: [
    "+1.0", "3.1415", "-0.01", "5e+22", "1e06", "-2E-2", "6.626e-34", "224_617.445_991_228", "inf", "+inf", "-inf",
    "nan",
    "+nan", "-nan", "0.0", "-0.0", "0e0", "1e1_0",
  ])
  func `a float of the grammar is given as it is written`(text: String) throws {
    #expect(try value(text) == .word(.float, text))
  }

  @Test(
    arguments: [
      ("1979-05-27T07:32:00Z", .offsetDateTime), ("1979-05-27T00:32:00-07:00", .offsetDateTime),
      ("1979-05-27T00:32:00.999999-07:00", .offsetDateTime), ("1979-05-27 07:32:00Z", .offsetDateTime),
      ("1979-05-27t07:32:00z", .offsetDateTime), ("1979-05-27T07:32Z", .offsetDateTime),
      ("1979-05-27T07:32:00", .localDateTime),
      ("1979-05-27 00:32:00.5", .localDateTime), ("1979-05-27T07:32", .localDateTime), ("1979-05-27", .localDate),
      ("2024-02-29", .localDate), ("2000-02-29", .localDate), ("07:32:00", .localTime), ("00:32:00.999999", .localTime),
      ("23:59:60", .localTime), ("07:32", .localTime),
    ] as [(String, TOMLReader.Kind)])
  func `dates and times are given as they are written`(text: String, kind: TOMLReader.Kind) throws {
    #expect(try value(text) == .word(kind, text))
    #expect(try value("[\(text)  ,]") == .array([.word(kind, text)]))
    #expect(try value("\(text) # said") == .word(kind, text))
  }

  @Test(arguments: [
    (#""""#, ""), ("''", ""), (#""a \"b\" \\ \b\t\n\f\r\e""#, "a \"b\" \\ \u{8}\t\n\u{C}\r\u{1B}"),
    (#""\u00E9\u65e5""#, "é日"),
    (#""\U0001F600\x41""#, "😀A"), ("\"a\tb # c\"", "a\tb # c"), (#"'C:\Users\x'"#, #"C:\Users\x"#),
    (#"'a "b"'"#, #"a "b""#),
    ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"), ("\"\"\"a\r\nb\"\"\"", "a\nb"), ("\"\"\"\r\na\"\"\"", "a"),
    ("\"\"\"a \\\n\n\t b \\  \r\n  c\"\"\"", "a b c"), ("\"\"\"\\\n  a\\\n  \"\"\"", "a"), ("\"\"\"\"\"\"", ""),
    ("\"\"\"a \"\"b\"\" c\"\"\"", "a \"\"b\"\" c"), ("\"\"\"\"a\"\"\"\"", "\"a\""),
    ("\"\"\"\"\"a\"\"\"\"\"", "\"\"a\"\""),
    ("\"\"\"a\\\"\"\"\"", "a\""), ("'''\n\\n ''a''\n'''", "\\n ''a''\n"), ("''''a'''''", "'a''"),
    ("'''a\r\nb'''", "a\nb"),
    ("\"😀\"", "😀"),
  ])
  func `a string of any kind means what it says`(text: String, expected: String) throws {
    #expect(try value(text) == .string(expected))
    #expect(try value("[\(text),\(text)]") == .array([.string(expected), .string(expected)]))
  }

  @Test(arguments: [
    ("a = 1", ["a"]), ("a-b_C9 = 1", ["a-b_C9"]), ("1234 = 1", ["1234"]), ("\"a b\" = 1", ["a b"]),
    ("'a\"b' = 1", ["a\"b"]),
    ("\"\" = 1", [""]), ("a.b.c = 1", ["a", "b", "c"]), ("a . \"b.c\"\t.'d' = 1", ["a", "b.c", "d"]),
    ("3.14 = 1", ["3", "14"]),
    ("\"\\u0061\".b=1", ["a", "b"]), ("true = 1", ["true"]),
  ])
  func `a key has the parts that it says`(text: String, parts: [String]) throws {
    var expected = TOMLValue.integer(1)
    for part in parts.reversed() { expected = .table([part: expected]) }
    #expect(try TOMLValue.read(text.utf8) == expected)
    let header = text.prefix { $0 != "=" }
    #expect(TOMLValue.failure("[ \(header) ]".utf8) == nil)
    #expect(TOMLValue.failure("[[\t\(header)]] # said".utf8) == nil)
    #expect(TOMLValue.failure("a = {\(text)}".utf8) == nil)
  }

  @Test(arguments: [
    "", "\n", "\r\n", "# said", "# said\n\t\n", "a = []", "a = [ # said\n 1, # said\n\n 2\n # said\n ]",
    "a = [[1, 2], [\"b\", 'c',],]",
    "a = {}", "a = { b = 1, c.d = 2 }", "a = [{ b = [ {} ] }]", "a={b=1}#said", "a = { b = 1, }",
    "a = {\n b = 1, # said\n\n c = 2\n}",
    "a = { # said\n}", "[a]\n[b.c]\n[[d]]\n[[d]]\n[d.e]", "  [a]\n\tb = true", "a = false # said",
    "[a]#said\r\nb = 1\r\n", "a = true\t",
  ])
  func `a document of the grammar is read`(text: String) {
    #expect(TOMLValue.failure(text.utf8) == nil)
  }

  // MARK: Refused

  @Test(arguments: [
    "01", "+01", "-00", "1_", "_1", "1__0", "0x", "0xG", "+0x1", "-0b1", "0b2", "0o8", "0x_1", "0X1", "1.", ".5",
    "1._0", "1_.0", "1.e1",
    "1e", "1e+", "1e1.5", "1.5.5", "0.1.", "1e_1", "+", "-", "--1", "+inff", "1a", "٣", "Inf", "NaN", "True", "FALSE",
    "yes", "null",
    "tru", "truee", "infinity", "bare", "@",
    "1979-13-01", "1979-00-01", "1979-02-29", "1900-02-29", "1979-04-31", "1979-01-00", "1979-1-1", "79-01-01",
    "1979-05-27T",
    "1979-05-27T24:00:00", "1979-05-27T07:60:00", "1979-05-27T07:32:61", "1979-05-27T07:32:00.",
    "1979-05-27T07:32:00+24:00",
    "1979-05-27T07:32:00+0700", "1979-05-27X07:32:00", "1979-05-27T7:32:00", "7:32:00", "07:3", "07:32:0", "07:32:00Z",
    "07:32:00 Z",
  ])
  func `what is no value is refused`(text: String) {
    #expect(TOMLValue.failure("a = \(text)\n".utf8) != nil)
    #expect(TOMLValue.failure("a = [\(text)]\n".utf8) != nil)
  }

  @Test(arguments: [
    (#""\a""#, ParseError.Code.invalidEscape), (#""\u12G4""#, .invalidEscape), (#""\uD800""#, .invalidEscape),
    (#""\U00110000""#, .invalidEscape),
    (#""\UFFFFFFFF""#, .invalidEscape), (#""\xG1""#, .invalidEscape), ("\"\\\n\"", .invalidEscape),
    ("\"\"\"a\\ b\"\"\"", .invalidEscape),
    ("\"a\nb\"", .controlCharacter), ("'a\nb'", .controlCharacter), ("\"a\u{0}\"", .controlCharacter),
    ("'\u{7F}'", .controlCharacter),
    ("'''a\u{1}'''", .controlCharacter), ("\"\"\"a\rb\"\"\"", .controlCharacter),
    ("\"\"\"a\u{B}\"\"\"", .controlCharacter),
    ("\"a\"b\"", .unexpectedByte), ("'''a''''''", .unexpectedByte), ("\"\"\"a\"\"\"\"\"\"", .unexpectedByte),
  ])
  func `what is no string is refused`(text: String, code: ParseError.Code) {
    #expect(TOMLValue.failure("a = \(text)\n".utf8)?.code == code)
  }

  @Test(arguments: [
    ("a\n", 1), ("a = \n", 4), ("a = 1 b = 2\n", 6), ("= 1\n", 0), ("a. = 1\n", 3), (".a = 1\n", 0), ("a..b = 1\n", 2),
    ("a b = 1\n", 2),
    ("é = 1\n", 0), ("\"\"\"a\"\"\" = 1\n", 2), ("[]\n", 1), ("[[]]\n", 2), ("[a\n", 2), ("[a]]\n", 3), ("[[a]\n", 4),
    ("[ [a]]\n", 2), ("[[a] ]\n", 4),
    ("[a] b = 1\n", 4), ("[a.]\n", 3), ("a = [1 2]\n", 7), ("a = [,]\n", 5), ("a = [1,,2]\n", 7), ("a = {,}\n", 5),
    ("a = {b = 1 c = 2}\n", 11),
    ("a = {b = 1,,}\n", 11), ("a = {b\n= 1}\n", 6), ("a = {b =\n1}\n", 8), ("a = {b}\n", 6), ("a =\n1\n", 3),
    ("a = 1 ]\n", 6), ("a = [1}\n", 6), ("{}\n", 0),
    ("a : 1\n", 2), ("'a\n' = 1\n", 2), ("\r", 1), ("a = 1\rb = 2\n", 5), ("# \u{0}\n", 2), ("# \u{7F}\n", 2),
    ("\u{FEFF}a = 1\n", 0),
  ])
  func `an error names the byte`(text: String, offset: Int) {
    #expect(TOMLValue.failure(text.utf8)?.offset == offset)
  }
}
