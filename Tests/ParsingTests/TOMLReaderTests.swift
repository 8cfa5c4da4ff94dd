// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@Suite struct TOMLReaderTests {
  private func read<Result>(_ text: String, _ body: (inout TOMLReader) throws -> Result) throws -> Result {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      var reader = TOMLReader(bytes)
      return try body(&reader)
    }
  }

  // MARK: Items

  @Test func `headers and keys come in file order, with their lines`() throws {
    let text = "title = 'x'\n\n[a . \"b.c\"]\nd.e = \"\"\"\n\n\"\"\"\n[[f]]  # said\r\ng = [\n1,\n]\nh = {i = 1}\n"
    let items = try read(text) { (reader: inout TOMLReader) throws -> [String] in
      var items: [String] = []
      while let item = try reader.next() {
        switch item {
        case .table(let path): items.append("\(reader.line(at: path.offset)) [\(path.parts)]")
        case .arrayElement(let path): items.append("\(reader.line(at: path.offset)) [[\(path.parts)]]")
        case .key(let key):
          items.append("\(reader.line(at: key.offset)) \(key.string)")
          try reader.skip()
        }
      }
      return items
    }
    #expect(
      items == [
        "1 title", #"3 [["a", "b.c"]]"#, "4 d.e", #"7 [[["f"]]]"#, "8 g", "11 h",
      ])
  }

  @Test(arguments: [
    ("package", "package", true), ("package", "Package", false), ("package", "packages", false), ("a.b", "a.b", true),
    ("a.b", "a", false),
    ("'a'.\"b\"", "a.b", true), ("a . b", "a.b", true), ("\"a.b\"", "a.b", false), ("\"\\u0061\"", "a", true),
    ("\"a\"", "a", true),
    ("'K'", "\u{212A}", false), ("a.'b.c'", "a.b.c", false),
  ])
  func `a key is compared part by part`(key: String, path: String, isEqual: Bool) throws {
    try read("\(key) = 1") { (reader: inout TOMLReader) throws in
      guard case .key(let key) = try reader.next() else { return #expect(Bool(false)) }
      #expect(equals(key, path) == isEqual)
      // By bytes: `==` on texts would take the Kelvin sign for a K.
      let parts = path.split(separator: ".").map { Array($0.utf8) }
      #expect((key.parts.map { Array($0.utf8) } == parts) == isEqual)
    }
  }

  private func equals(_ key: TOMLKey, _ path: String) -> Bool {
    switch path {
    case "package": key.equals("package")
    case "Package": key.equals("Package")
    case "packages": key.equals("packages")
    case "a": key.equals("a")
    case "a.b": key.equals("a.b")
    case "a.b.c": key.equals("a.b.c")
    default: key.equals("\u{212A}")
    }
  }

  @Test(arguments: [
    ("tool", true), ("tool.uv", true), ("'tool' . uv", true), ("tool.uv.sources", true), ("tools", false),
    ("\"tool.uv\"", false), ("a.tool", false),
  ])
  func `a path is known by its first parts`(path: String, isTool: Bool) throws {
    try read("[\(path)]") { (reader: inout TOMLReader) throws in
      guard case .table(let path) = try reader.next() else { return #expect(Bool(false)) }
      #expect(path.starts(with: "tool") == isTool)
    }
  }

  // MARK: Values

  @Test func `a value of another kind is passed over and named`() throws {
    try read("a = 1\nb = 'x'\nc = [1, {d = 2}]\ne = {f = [3]}\ng = 1.5\nh = true\n") {
      (reader: inout TOMLReader) throws in
      _ = try reader.next()
      #expect(try reader.stringValue() == nil)
      _ = try reader.next()
      #expect(try reader.wordValue() == nil)
      _ = try reader.next()
      #expect(try reader.enterInlineTableOrSkip() == false)
      _ = try reader.next()
      #expect(try reader.enterArrayOrSkip() == false)
      _ = try reader.next()
      #expect(try reader.integerValue() == nil)
      _ = try reader.next()
      #expect(try reader.boolValue() == true)
      #expect(try reader.next() == nil)
      #expect(try reader.next() == nil)
    }
  }

  @Test(arguments: [
    (#""name""#, true), ("'name'", true), (#""\u006eame""#, true), ("'''\nname'''", true), (#""names""#, false),
    (#"'\u006eame'"#, false),
  ])
  func `a string is compared decoded`(text: String, isName: Bool) throws {
    try read("a = \(text)") { (reader: inout TOMLReader) throws in
      _ = try reader.next()
      #expect(try reader.stringOrSkip()?.equals("name") == isName)
    }
  }

  @Test func `no bytes at no address are an empty text`() throws {
    var reader = TOMLReader(Bytes(start: nil, count: 0))
    #expect(try reader.next() == nil)
  }

  @Test func `a key that stands twice comes twice`() throws {
    try read("a = 1\na = 2\n") { (reader: inout TOMLReader) throws in
      _ = try reader.next()
      #expect(try reader.integerValue() == 1)
      _ = try reader.next()
      #expect(try reader.integerValue() == 2)
    }
  }

  // MARK: Depth

  @Test func `nesting up to the limit is read, and one more is too deep`() {
    func nested(_ depth: Int) -> String {
      "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    func dotted(_ depth: Int) -> String { Array(repeating: "a", count: depth).joined(separator: ".") }
    #expect(TOMLValue.failure(nested(64).utf8, depthLimit: 64) == nil)
    #expect(TOMLValue.failure(nested(65).utf8, depthLimit: 64)?.code == .tooDeep)
    #expect(TOMLValue.failure("\(dotted(64)) = 1".utf8, depthLimit: 64) == nil)
    #expect(TOMLValue.failure("\(dotted(65)) = 1".utf8, depthLimit: 64)?.code == .tooDeep)
    #expect(TOMLValue.failure("[\(dotted(65))]".utf8, depthLimit: 64)?.code == .tooDeep)
  }

  @Test(arguments: ["a = ", "[", "[[", ""], ["[", "{a=", "{a = [", "a.", "\"a\"."])
  func `a hundred thousand levels end in an error`(start: String, opening: String) {
    #expect(TOMLValue.failure((start + String(repeating: opening, count: 100_000)).utf8) != nil)
  }

  // MARK: Ends

  @Test(arguments: [
    "a", "a ", "a.", "a =", "a = ", "a = [", "a = [1", "a = [1,", "a = [ # said", "a = {", "a = {b", "a = {b =",
    "a = {b = 1", "a = {b = 1,", "a = \"b",
    "a = \"b\\", "a = \"\\u00", "a = 'b", "a = \"\"\"b\"\"", "a = '''b\n", "a = \"\"\"b\\\n", "a = tru", "a = f",
    "a = in", "a = 0x", "a = 1_", "a = 1.",
    "a = 1e", "a = -", "a = 1979-05", "a = 1979-05-27T", "a = 1979-05-27T07:3", "[", "[a", "[a.", "[[", "[[a", "[[a]",
    "\"a", "'a", "a = 1\r",
  ])
  func `what was begun and not ended is an unexpected end`(text: String) {
    #expect(TOMLValue.failure(text.utf8)?.code == .unexpectedEnd)
  }

  @Test func `cut at each byte a text is told as cut, or ends with a whole value`() throws {
    let text = """
      # said
      version = 1
      "quoted.key" = 'x'
      [[package]]
      name = "litellm"
      when = 1979-05-27 07:32:00.5Z
      files = [
          { url = "https://files.example/a.whl", size = 1_0, ok = true }, # said
      ]
      [package.more]
      text = '''
      a''b
      '''

      """
    let bytes = Array(text.utf8)
    #expect(TOMLValue.failure(bytes) == nil)
    var told = 0
    for end in bytes.indices {
      guard let failure = TOMLValue.failure(bytes[..<end]) else { continue }
      #expect(failure.code == .unexpectedEnd, "cut at \(end)")
      #expect(failure.offset <= end)
      told += 1
    }
    #expect(told > 150)
  }

  // MARK: Chance

  @Test func `a damaged document ends reading and passing over alike, at a byte of the text`() {
    let text = """
      a.'b' = "c\\u00e9" # said
      d = [1, -2.5e3, 0xAF, { e = true }, 1979-05-27 07:32:00Z, 07:32:00]
      f = \"\"\"
      g \\
        h\"\"\"
      [[i."j k"]]
      l = '''m'''

      """
    var random = SeededGenerator(seed: 1979)
    var refused = 0
    let pieces = [
      "\"", "'", "\"\"\"", "[", "]", "{", "}", ",", ".", "=", "#", "\n", "\r", "\\", "\\U", "_", "0", ":", "T", " ",
    ].map { Array($0.utf8) }
    for _ in 0..<20_000 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        default: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        }
      }
      guard let failure = TOMLValue.failure(bytes) else { continue }
      #expect((0...bytes.count).contains(failure.offset))
      refused += 1
    }
    #expect(refused > 5_000)
  }
}
