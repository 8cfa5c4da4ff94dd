// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

/// What RFC 8259 allows and what it does not, production by production.
@Suite struct JSONGrammarTests {
  // MARK: Accepted

  @Test(arguments: [
    "0", "-0", "1", "-1", "9", "10", "12", "-12", "123456789", "9007199254740993", "0.0", "-0.0", "0.5", "1.5", "-1.25",
    "10.01",
    "0e0", "0E0", "0e+0", "0e-0", "1e1", "1E1", "1e+1", "1e-1", "1E+10", "1E-10", "1e00", "1e01", "-1e5", "-1.5e-5",
    "0.1e1",
    "1.0e+10", "123.456e789", "1e400", "-1e-400", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "100000000000000000000000000000000000000", "0.000000000000000000000000000001", "3.141592653589793238462643383279",
  ])
  func `a number of the grammar is read`(text: String) {
    #expect(JSONValue.failure(text.utf8) == nil)
    #expect(JSONValue.failure("[\(text)]".utf8) == nil)
    #expect(JSONValue.failure("{\"a\":\(text) }".utf8) == nil)
  }

  @Test(arguments: [
    #""""#, #""a""#, #"" ""#, #""\"""#, #""\\""#, #""\/""#, #""/""#, #""\b\f\n\r\t""#, #""\u0000""#, #""\u001F""#,
    #""\u001f""#,
    #""\u0041""#, #""\u00e9""#, #""\uFFFF""#, #""\uD83D\uDE00""#, #""\ud83d\ude00""#, #""\uD800""#, #""\uDC00""#,
    #""\uDC00\uD800""#,
    #""\uD800x""#, #""\uD800\n""#, #""\uD800\u0041""#, #""\\u0041""#, #""\\\"""#, #""\\\\""#, #""{}[]:,""#, #""é""#,
    #""日本""#,
    #""😀""#, "\"\u{7F}\"", "\"\u{80}\"", "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", #""'""#, #""// no comment""#,
    #""/* no comment */""#,
    #""1234567""#, #""12345678""#, #""123456789""#, #""1234567\n""#, #""12345678\n""#, #""1234567é""#,
  ])
  func `a string of the grammar is read`(text: String) {
    #expect(JSONValue.failure(text.utf8) == nil)
    #expect(JSONValue.failure("[\(text)]".utf8) == nil)
    #expect(JSONValue.failure("{\(text):\(text)}".utf8) == nil)
  }

  @Test(arguments: [
    "true", "false", "null", "[]", "{}", "[ ]", "{ }", " []", "[] ", "\t\n\r []\t\n\r ", "[null]", "[true,false]",
    "[ true , false ]",
    "[[]]", "[[],[]]", "[{}]", "[{},{}]", "[[[]]]", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":{\"b\":[]}}", "[1,2,3]",
    "[1,[2,[3]]]",
    "{\"\":0}", "{\"a\":1,\"a\":2}", "{\"a\" : 1 , \"b\" : 2 }", "{\n\"a\"\n:\n1\n}", "[\"a\",1,true,null,{},[]]",
    "\"a\" ", " 1 ",
    "{\"a\":null,\"b\":[1,{\"c\":\"d\"}]}", "[[],{},[],{}]", "[-1,-0,0]", "\r\n{\r\n}\r\n",
  ])
  func `a value of the grammar is read`(text: String) {
    #expect(JSONValue.failure(text.utf8) == nil)
  }

  // MARK: Refused

  @Test(arguments: [
    ("+1", ParseError.Code.unexpectedByte), ("-", .unexpectedEnd), ("01", .invalidNumber), ("-01", .invalidNumber),
    ("00", .invalidNumber),
    ("-00", .invalidNumber), ("007", .invalidNumber), ("1.", .unexpectedEnd), (".5", .unexpectedByte),
    ("-.5", .invalidNumber),
    ("1.e1", .invalidNumber), ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd), ("1e-", .unexpectedEnd),
    ("1E", .unexpectedEnd),
    ("1e+-1", .invalidNumber), ("1e1.5", .trailingContent), ("1.5.5", .trailingContent), ("1 2", .trailingContent),

    ("0x10", .trailingContent), ("0b1", .trailingContent), ("1_000", .trailingContent), ("1a", .trailingContent),
    ("- 1", .invalidNumber),
    ("--1", .invalidNumber), ("-a", .invalidNumber), ("NaN", .unexpectedByte), ("Infinity", .unexpectedByte),
    ("-Infinity", .invalidNumber),
    ("1e1e1", .trailingContent), ("0.1.", .trailingContent), ("1.5e", .unexpectedEnd), ("1.+5", .invalidNumber),
    ("1f", .trailingContent),
    ("-x1", .invalidNumber), ("٣", .unexpectedByte), ("½", .unexpectedByte), ("1-1", .trailingContent),
    ("0e", .unexpectedEnd),
  ])
  func `what is no number is refused`(text: String, code: ParseError.Code) {
    #expect(JSONValue.failure(text.utf8)?.code == code)
    #expect(JSONValue.failure("[\(text)]".utf8) != nil)
  }

  @Test(arguments: [
    (#"""#, ParseError.Code.unexpectedEnd), (#""a"#, .unexpectedEnd), (#""\""#, .unexpectedEnd),
    (#""\"#, .unexpectedEnd),
    (#""\\\""#, .unexpectedEnd), (#""\a""#, .invalidEscape), (#""\x41""#, .invalidEscape), (#""\0""#, .invalidEscape),
    (#""\'""#, .invalidEscape), (#""\v""#, .invalidEscape), (#""\e""#, .invalidEscape), (#""\U0041""#, .invalidEscape),
    (#""\N""#, .invalidEscape), (#""\ ""#, .invalidEscape), (#""\é""#, .invalidEscape), ("\"\\\n\"", .invalidEscape),
    (#""\u""#, .invalidEscape), (#""\u1""#, .invalidEscape), (#""\u12""#, .invalidEscape),
    (#""\u123""#, .invalidEscape),
    (#""\u123g""#, .invalidEscape), (#""\uGGGG""#, .invalidEscape), (#""\u 041""#, .invalidEscape),
    (#""\u+041""#, .invalidEscape),
    (#""\u{41}""#, .invalidEscape), (#""\u00"#, .unexpectedEnd), (#""\u"#, .unexpectedEnd),
    (#""\uD83D\""#, .unexpectedEnd),
    (#""\uD83D\u""#, .invalidEscape), (#""\uD83D\x""#, .invalidEscape), ("'a'", .unexpectedByte),
    ("`a`", .unexpectedByte),
    ("a", .unexpectedByte), (#""a""b""#, .trailingContent), (#""a"b"#, .trailingContent), ("“a”", .unexpectedByte),
    ("\"a\nb\"", .controlCharacter), ("\"a\tb\"", .controlCharacter), ("\"\r\"", .controlCharacter),
  ])
  func `what is no string is refused`(text: String, code: ParseError.Code) {
    #expect(JSONValue.failure(text.utf8)?.code == code)
    #expect(JSONValue.failure("[\(text)]".utf8) != nil)
    #expect(JSONValue.failure("{\(text):1}".utf8) != nil)
  }

  @Test func `every control character is refused inside a string, wherever it stands in its word`() {
    for control in UInt8(0)..<0x20 {
      for length in 0..<17 {
        let text = [0x22] + [UInt8](repeating: 0x61, count: length) + [control] + Array("aaaaaaaaa\"".utf8)
        #expect(JSONValue.failure(text) == ParseError(.controlCharacter, at: length + 1))
      }
    }
  }

  @Test func `every control character but tab, line feed and carriage return is refused between values`() {
    for control in UInt8(0)..<0x20 {
      let isSpace = [0x09, 0x0A, 0x0D].contains(control)
      #expect((JSONValue.failure([0x5B, control, 0x5D]) == nil) == isSpace)
    }
    for scalar in ["\u{7F}", "\u{85}", "\u{A0}", "\u{2003}", "\u{2028}", "\u{FEFF}"] {
      #expect(JSONValue.failure("[\(scalar)]".utf8)?.code == .unexpectedByte)
    }
  }

  @Test(arguments: [
    ("tru", ParseError.Code.unexpectedEnd), ("t", .unexpectedEnd), ("fals", .unexpectedEnd), ("nul", .unexpectedEnd),
    ("nil", .unexpectedByte),
    ("True", .unexpectedByte), ("TRUE", .unexpectedByte), ("Null", .unexpectedByte), ("None", .unexpectedByte),
    ("undefined", .unexpectedByte),
    ("truee", .trailingContent), ("nulll", .trailingContent), ("true false", .trailingContent),
    ("falsy", .unexpectedByte),
    ("trUe", .unexpectedByte), ("t rue", .unexpectedByte),
  ])
  func `what is no word of the grammar is refused`(text: String, code: ParseError.Code) {
    #expect(JSONValue.failure(text.utf8)?.code == code)
    #expect(JSONValue.failure("[\(text)]".utf8) != nil)
  }

  @Test(arguments: [
    "[", "]", "[1", "[1,", "[,", "[,]", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "[1}", "[}", "[1]]",
    "[[1]", "[\"a\":1]",
    "[1,,]", "[,,]", "[] []", "[],", "[]x", "[1]2", "(1)", "<1>", "[1)", "[[]", "[[],", "[[]]]",
  ])
  func `what is no array is refused`(text: String) {
    #expect(JSONValue.failure(text.utf8) != nil)
  }

  @Test(arguments: [
    "{", "}", "{a", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{true:1}", "{[]:1}", "{{}:1}", "{\"a\"", "{\"a\":",
    "{\"a\":1", "{\"a\"}",
    "{\"a\":}", "{\"a\",1}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1,}", "{,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}", "{\"a\":1]", "{]", "{\"a\":1}}", "{{\"a\":1}", "{\"a\"=1}", "{\"a\":1,b:2}", "{\"a\":1 2}",
    "{} {}", "{},",
    "{\"a\":1,\"b\"}", "{\"a\":1,\"b\":}", "{\"a\" \"b\"}", "{:1}", "{\"a\":1:2}", "{...}", "{\"a\":1,...}",
  ])
  func `what is no object is refused`(text: String) {
    #expect(JSONValue.failure(text.utf8) != nil)
  }

  @Test(arguments: [
    "", " ", "\n\t\r", "//", "/**/", "/* a */ []", "[] // a", "[1 /* a */]", "[1, // a\n2]", "# a\n[]", "[1] #",
    "\u{FEFF}[]",
    "<!-- -->[]", ",", ":", "\\", "\\u005B]", "&#91;]", "%5B]", "@", "[1]\u{0}", "\u{0}[1]",
  ])
  func `what is no value is refused`(text: String) {
    #expect(JSONValue.failure(text.utf8) != nil)
  }

  // MARK: JSON with comments

  @Test(arguments: [
    "[1,]", "{\"a\":1,}", "[1 , ]", "{\"a\":1,\n}", "// a\n[]", "[] // a", "[] //", "/**/[]", "/* a */[]/* b */",
    "[/**/]", "[1/**/,/**/2]",
    "[1,/* a */]", "[1,// a\n]", "{/**/\"a\"/**/:/**/1/**/,/**/}", "{// a\n\"a\": 1}", "/***/[]", "/* * / */[]",
    "/*/*/[]", "/* // */[]",
    "// /* \n[]", "//\r\n[]", "[[1,],]", "[\"//\",\"/*\"]", "{\"//\":\"*/\"}", "/* é */[]", "[1]/* a */ ",
  ])
  func `comments and one trailing comma are read where they are allowed, and only there`(text: String) {
    #expect(JSONValue.failure(text.utf8, dialect: .jsonc) == nil)
    let isPlain = text.hasPrefix("[\"//") || text.hasPrefix("{\"//")
    #expect((JSONValue.failure(text.utf8) == nil) == isPlain)
  }

  @Test(arguments: [
    "[,]", "{,}", "[1,,]", "{\"a\":1,,}", "[,1]", "/", "/[]", "[/]", "/*", "/* a", "/* a *", "/*/", "[]/*", "[1/]",
    "[1/2]", "// []",
    "[1,]]", "[1],", "*/[]", "/* /* */ */[]", "[1 2]", "{a:1}", "{'a':1}", "[1", "[1,", "[1, //", "# a\n[]", "[01]",
    "[1,/**/,]",
  ])
  func `comments and trailing commas excuse nothing else`(text: String) {
    #expect(JSONValue.failure(text.utf8, dialect: .jsonc) != nil)
  }
}
