// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@Suite struct JSONReaderTests {
  private func read<Result>(
    _ text: String, dialect: JSONReader.Dialect = .json, depthLimit: Int = 256,
    _ body: (inout JSONReader) throws(ParseError) -> Result
  ) throws(ParseError) -> Result {
    try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(ParseError) in
      var reader = JSONReader(bytes, dialect: dialect, depthLimit: depthLimit)
      return try body(&reader)
    }
  }

  // MARK: Lines

  @Test(
    arguments: [
      ("[\"a\",\n\n  \"b\"\n,\"c\"]", [1, 3, 4]), ("\n\r\n\t[\r\n\"a\\n\" ,\r\n                    \"b\"]", [4, 5]),
      ("// x\n[/* y\n\nz */ \"a\", // w\n// v\n \"b\",]", [4, 6]),
      ("[\"\\u000a\", \"12345678901234567\",\n\"\"]", [1, 1, 2]),
    ] as [(String, [Int])])
  func `a string knows the line that it stands in`(text: String, lines: [Int]) throws {
    let found = try read(text, dialect: .jsonc) { (reader) throws(ParseError) in
      var found: [Int] = []
      try reader.enterArray()
      while try reader.nextElement() { found.append(try reader.string().line) }
      try reader.finish()
      return found
    }
    #expect(found == lines)
  }

  // MARK: Values

  @Test func `a document is read in its own order`() throws {
    let value = try JSONValue.read(#"{"a": [1, "x", true, null, -2.5], "b": {"c": false}, "a": 3}"#.utf8)
    #expect(value == .object(["a": .number(3), "b": .object(["c": .bool(false)])]))
    #expect(
      try JSONValue.read(#"[1, "x", true, null, -2.5, {}]"#.utf8)
        == .array([.number(1), .string("x"), .bool(true), .null, .number(nil), .object([:])]))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-12", -12), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
      ("9223372036854775808", nil), ("1.0", nil), ("1e2", nil), ("0.5", nil),
    ] as [(String, Int?)])
  func `a number is an integer only where it is whole and fits`(text: String, value: Int?) throws {
    #expect(try JSONValue.read(text.utf8) == .number(value))
  }

  @Test(arguments: [
    (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u65E5""#, "Aé日"),
    (#""\u0000""#, "\u{0}"),
    (#""\uD83D\uDE00""#, "😀"), (#""\ud83d\ude00!""#, "😀!"), (#""\uD800\uDC00""#, "\u{10000}"),
    (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    (#""\uD83D""#, "\u{FFFD}"), (#""\uDE00""#, "\u{FFFD}"), (#""\uDE00\uD83D""#, "\u{FFFD}\u{FFFD}"),
    (#""\uD83Dx""#, "\u{FFFD}x"),
    (#""\uD83D\n""#, "\u{FFFD}\n"), (#""\uD83D\u0041""#, "\u{FFFD}A"), (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}😀"),
    (#""\\uD83D""#, "\\uD83D"), (#""plain é 日 😀""#, "plain é 日 😀"), (#""\uFFFE\uFFFF""#, "\u{FFFE}\u{FFFF}"),
  ])
  func `escapes are decoded, and half a surrogate pair becomes the replacement character`(
    text: String, expected: String
  ) throws {
    guard case .string(let value) = try JSONValue.read(text.utf8) else { return #expect(Bool(false), "no string") }
    #expect(Array(value.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func `ill-formed bytes in a string are repaired, not refused`() throws {
    #expect(try JSONValue.read([0x22, 0x61, 0xFF, 0x62, 0x22]) == .string("a\u{FFFD}b"))
    #expect(try JSONValue.read([0x22, 0x5C, 0x6E, 0xC3, 0x22]) == .string("\n\u{FFFD}"))
  }

  @Test func `a key is compared by its bytes, escapes decoded`() throws {
    try read(#"{"K":0,"\u004B":1,"\u212A":2,"K\u0301":3}"#) { (reader) throws(ParseError) in
      try reader.enterObject()
      var answers: [Bool] = []
      while let key = try reader.nextKey() {
        answers.append(key.equals("K"))
        try reader.skip()
      }
      #expect(answers == [true, true, false, false])
    }
  }

  @Test func `a string says where it begins, and what it is made of`() throws {
    try read(#"{ "a": "b\n" }"#) { (reader) throws(ParseError) in
      try reader.enterObject()
      let key = try reader.nextKey()
      #expect(key?.offset == 2)
      #expect(key?.hasEscapes == false)
      let value = try reader.string()
      #expect(value.offset == 7)
      #expect(value.hasEscapes)
      #expect(value.raw.string == #"b\n"#)
      #expect(reader.offset == 12)
    }
  }

  // MARK: Pulling

  @Test func `values of another type are passed over where that is asked for`() throws {
    try read(#"{"a": [1, {"b": 2}], "c": "d", "e": {"f": [3]}, "g": 1, "h": true, "i": "j"}"#) {
      (reader) throws(ParseError) in
      try reader.enterObject()
      #expect(try reader.nextKey()?.string == "a")
      #expect(try reader.enterObjectOrSkip() == false)
      #expect(try reader.nextKey()?.string == "c")
      #expect(try reader.enterArrayOrSkip() == false)
      #expect(try reader.nextKey()?.string == "e")
      #expect(try reader.stringValue() == nil)
      #expect(try reader.nextKey()?.string == "g")
      #expect(try reader.boolValue() == nil)
      #expect(try reader.nextKey()?.string == "h")
      #expect(try reader.integerValue() == nil)
      #expect(try reader.nextKey()?.string == "i")
      #expect(try reader.stringOrSkip()?.string == "j")
      #expect(try reader.nextKey() == nil)
      try reader.finish()
    }
  }

  @Test(arguments: [("[]", 0), ("  1", 2), ("\"a\"", 0), ("null", 0), (" true", 1)])
  func `a value of another type than the format has is named, and where`(text: String, offset: Int) {
    #expect(throws: ParseError(.unexpectedType, at: offset)) {
      try read(text) { (reader) throws(ParseError) in try reader.enterObject() }
    }
    let asArray = Result { () throws(ParseError) in
      try read("{}") { (reader) throws(ParseError) in try reader.enterArray() }
    }
    #expect(throws: ParseError(.unexpectedType, at: 0)) { try asArray.get() }
  }

  @Test func `what comes next is told without consuming it`() throws {
    let kinds = try read(#" [ {} , [] , "" , -1 , 0 , false , null ] "#) {
      (reader) throws(ParseError) -> [JSONReader.Kind] in
      var kinds: [JSONReader.Kind] = [try reader.peek(), try reader.peek()]
      try reader.enterArray()
      while try reader.nextElement() {
        kinds.append(try reader.peek())
        try reader.skip()
      }
      return kinds
    }
    #expect(kinds == [.array, .array, .object, .array, .string, .number, .number, .bool, .null])
  }

  @Test func `depth counts what is open`() throws {
    try read("[{\"a\":[]}]") { (reader) throws(ParseError) in
      #expect(reader.depth == 0)
      try reader.enterArray()
      #expect(try reader.nextElement())
      try reader.enterObject()
      _ = try reader.nextKey()
      #expect(reader.depth == 2)
      try reader.skip()
      #expect(reader.depth == 2)
      #expect(try reader.nextKey() == nil)
      #expect(reader.depth == 1)
      #expect(try reader.nextElement() == false)
      #expect(reader.depth == 0)
    }
  }

  // MARK: Bounds

  @Test func `nesting is read to the limit and not beyond it`() {
    for limit in [1, 2, 64, 256] {
      let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
      #expect(JSONValue.failure(deepest.utf8, depthLimit: limit) == nil)
      #expect(JSONValue.failure("[\(deepest)]".utf8, depthLimit: limit) == ParseError(.tooDeep, at: limit))
      let objects = String(repeating: "{\"a\":", count: limit) + "1" + String(repeating: "}", count: limit)
      #expect(JSONValue.failure(objects.utf8, depthLimit: limit) == nil)
      #expect(JSONValue.failure("{\"a\":\(objects)}".utf8, depthLimit: limit) == ParseError(.tooDeep, at: limit * 5))
    }
  }

  @Test func `a million brackets cost neither the stack nor the limit's word`() {
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(JSONValue.failure(brackets) == ParseError(.tooDeep, at: 256))
    #expect(throws: ParseError(.unexpectedEnd, at: 1_000_000)) { try JSONValue.skip(brackets, depthLimit: 2_000_000) }
  }

  @Test(arguments: [
    ("{\"a\":1,}", ParseError(.unexpectedByte, at: 7)), ("[1 2]", ParseError(.unexpectedByte, at: 3)),
    ("{\"a\" 1}", ParseError(.unexpectedByte, at: 5)), ("[1]  x", ParseError(.trailingContent, at: 5)),
    ("[\"ab\\x\"]", ParseError(.invalidEscape, at: 4)), ("[\"\\u00g0\"]", ParseError(.invalidEscape, at: 2)),
    ("[ -]", ParseError(.invalidNumber, at: 2)), ("[1, 01]", ParseError(.invalidNumber, at: 4)),
    ("[tru]", ParseError(.unexpectedByte, at: 4)),
    ("", ParseError(.unexpectedEnd, at: 0)), ("  ", ParseError(.unexpectedEnd, at: 2)),
    ("[\"abc", ParseError(.unexpectedEnd, at: 5)),
    ("{1:2}", ParseError(.unexpectedType, at: 1)), ("{a:2}", ParseError(.unexpectedByte, at: 1)),
  ])
  func `an error names the byte`(text: String, error: ParseError) {
    #expect(JSONValue.failure(text.utf8) == error)
  }

  @Test func `a document cut at any byte is said to end too early`() {
    let text = Array(
      #"{"name": "a\"\u00e9", "b": [1, -2.5e+10, true, false, null, {}, []], "日本": {"c": "😀 twelve bytes and more"}}"#
        .utf8)
    #expect(JSONValue.failure(text) == nil)
    for length in text.indices {
      #expect(JSONValue.failure(text[..<length]) == ParseError(.unexpectedEnd, at: length), "cut at \(length)")
    }
  }

  @Test func `a document with comments cut at any byte is refused, save in what follows its value`() {
    let value = "/* a */ {\"b\": [1, /* c */ 2, ], // d\n \"e\": {\"f\": \"g\",},\n}"
    let text = Array((value + " // h").utf8)
    for length in text.indices {
      let failure = JSONValue.failure(text[..<length], dialect: .jsonc)
      let isWhole = length == value.utf8.count || length == value.utf8.count + 1 || length > value.utf8.count + 2
      #expect((failure == nil) == isWhole, "cut at \(length)")
      if !isWhole { #expect(failure?.code == .unexpectedEnd, "cut at \(length)") }
    }
  }
}
