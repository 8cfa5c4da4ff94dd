// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@Suite struct YAMLReaderTests {
  // MARK: Values

  @Test func `mappings, sequences and scalars come in file order`() throws {
    let text = "a: 1\nb: [x, y]\nc:\n  d: z\n"
    #expect(try flat(text) == ["{", "a", "=1", "b", "[", "=x", "=y", "]", "c", "{", "d", "=z", "}", "}"])
  }

  @Test(arguments: [
    ("a:\n", true), ("a: ~\n", true), ("a: null\n", true), ("a: Null\n", true), ("a: NULL\n", true),
    ("a: ''\n", false), ("a: 'null'\n", false), ("a: \"~\"\n", false), ("a: nulls\n", false), ("a: 0\n", false),
    ("a: !!str null\n", false),
  ])
  func `null is null only where it is neither quoted nor tagged`(text: String, isNull: Bool) throws {
    #expect(try value(ofFirstKeyIn: text)?.isNull == isNull)
  }

  @Test func `numbers and versions stay as they are written`() throws {
    #expect(try value(ofFirstKeyIn: "a: 5.10\n")?.text == "5.10")
    #expect(try value(ofFirstKeyIn: "a: 007\n")?.text == "007")
    #expect(try value(ofFirstKeyIn: "a: '9.0'\n")?.text == "9.0")
  }

  @Test func `escapes and letters of other scripts are decoded`() throws {
    #expect(try value(ofFirstKeyIn: #"a: "\x41\u00e9\n""#)?.text == "Aé\n")
    #expect(try value(ofFirstKeyIn: "a: 日本\n")?.text == "日本")
    #expect(try value(ofFirstKeyIn: "a: 'it''s'\n")?.text == "it's")
  }

  @Test func `a value of another kind is passed over and named`() throws {
    try read("a: [1, {b: 2}]\nc: {d: [3]}\ne: f\n") { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      #expect(try reader.enterMappingOrSkip())
      #expect(try reader.nextKey()?.text == "a")
      #expect(try reader.enterMappingOrSkip() == false)
      #expect(try reader.nextKey()?.text == "c")
      #expect(try reader.scalarOrSkip() == nil)
      #expect(try reader.nextKey()?.text == "e")
      #expect(try reader.enterSequenceOrSkip() == false)
      #expect(try reader.nextKey() == nil)
      #expect(try reader.nextDocument() == false)
    }
  }

  @Test func `a key may be long and explicit, but no mapping`() throws {
    let key = String(repeating: "k", count: 3_000)
    #expect(try flat("? \(key)\n: v\n") == ["{", key, "=v", "}"])
    #expect(throws: ParseError.self) { try flat("? {a: b}\n: v\n") }
  }

  @Test func `a key that stands twice comes twice`() throws {
    #expect(try flat("a: 1\na: 2\n") == ["{", "a", "=1", "a", "=2", "}"])
  }

  // MARK: Lines

  @Test(arguments: ["\n", "\r\n"])
  func `lines are those of the file, after comments, blank lines and scalars of several lines`(ending: String) throws {
    let lines = [
      "# a comment", "", "first: 1", "text: |", "  one", "", "  two", "folded: 'begins here", "  and ends here'",
      "# another", "list:", "  - x  # and one more", "  - y", "last:",
    ]
    let found = try keyLines(lines.joined(separator: ending) + ending)
    #expect(found == ["first": 3, "text": 4, "folded": 8, "list": 11, "last": 14])
  }

  @Test func `a carriage return before a line feed is no line of its own and no part of a value`() throws {
    #expect(try value(ofFirstKeyIn: "a: b\r\nc: d\r\n")?.text == "b")
    #expect(try flat("a: b\r\nc: d\r\n") == ["{", "a", "=b", "c", "=d", "}"])
  }

  // MARK: Documents

  @Test func `every document of a stream is read`() throws {
    #expect(try documents("---\na: 1\n---\nb: 2\n...\n---\nc: 3\n") == ["a", "b", "c"])
    #expect(try documents("a: 1\n---\nb: 2\n") == ["a", "b"])
  }

  @Test func `a document that was left in the middle does not spill into the next`() throws {
    try read("a: {b: [c, d]}\ne: f\n---\ng: h\n") { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      #expect(try reader.enterMappingOrSkip())
      #expect(try reader.nextKey()?.text == "a")
      #expect(try reader.enterMappingOrSkip())
      #expect(try reader.nextDocument())
      #expect(try reader.enterMappingOrSkip())
      #expect(try reader.nextKey()?.text == "g")
      #expect(try reader.scalarOrSkip()?.text == "h")
      #expect(try reader.nextKey() == nil)
    }
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n"])
  func `a text without content has no document`(text: String) throws {
    try read(text) { (reader: YAMLReader) throws in #expect(try reader.nextDocument() == false) }
  }

  @Test func `no bytes at no address are an empty text`() throws {
    let reader = YAMLReader(Bytes(start: nil, count: 0))
    #expect(try reader.nextDocument() == false)
  }

  @Test func `an empty document holds null`() throws {
    try read("---\n---\na: b\n") { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      #expect(try reader.scalarOrSkip()?.isNull == true)
      #expect(try reader.nextDocument())
      #expect(try reader.peek() == .mapping)
    }
  }

  // MARK: What is refused

  @Test func `an anchor without an alias is fine`() throws {
    #expect(try flat("a: &x {b: &y c}\n") == ["{", "a", "{", "b", "=c", "}", "}"])
  }

  @Test(arguments: [
    "a: &x {b: c}\nd: *x\n",  // a value
    "a: &x b\n*x : c\n",  // a key
    "a: &x {b: c}\nd:\n  <<: *x\n",  // a merge
    "<<: {a: b}\n",  // a merge without an alias
    "? !!str a\n: !!set {b, c}\n", "a: !!binary aGVsbG8=\n", "!local a: b\n", "a: !!omap [b: c]\n",
  ])
  func `what stands for something else than it says is refused`(text: String) {
    #expect(code { try flat(text) } == .unsupported)
  }

  @Test func `a quoted merge key is a name`() throws {
    #expect(try flat("'<<': a\n") == ["{", "<<", "=a", "}"])
  }

  @Test func `the tag of its own kind changes nothing`() throws {
    let text = "!!map {a: !!seq [!!str b]}\n"
    #expect(try flat(text) == ["{", "a", "[", "=b", "]", "}"])
  }

  @Test func `aliases and tags in what is passed over do no harm`() throws {
    try read("a: &x 1\nb: [*x, !!set {c}]\nd: e\n") { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      #expect(try reader.enterMappingOrSkip())
      for _ in 0..<2 {
        _ = try reader.nextKey()
        try reader.skip()
      }
      #expect(try reader.nextKey()?.text == "d")
      #expect(try reader.scalarOrSkip()?.text == "e")
    }
  }

  @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"])
  func `a character on which readers differ ends the reading where it stands`(character: String) throws {
    // One reader sees a comment here, and the other the key `hidden`.
    let text = "a: 1\nb: {c\(character)# : {}, hidden: {}, d:\n  {}}\n"
    try read(text) { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      #expect(try reader.enterMappingOrSkip())
      #expect(try reader.nextKey()?.text == "a")
      #expect(try reader.scalarOrSkip()?.text == "1")
      let error = #expect(throws: ParseError.self) { try skipKeys(reader) }
      #expect(error?.code == .unsupported)
      #expect(error?.offset == "a: 1\nb: {c".utf8.count)
    }
  }

  // MARK: Depth

  @Test func `nesting up to the limit is read, and one more is too deep`() throws {
    func nested(_ depth: Int) -> String {
      "a: " + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
    }
    #expect(code { try flat(nested(64), depthLimit: 64) } == nil)
    #expect(code { try flat(nested(65), depthLimit: 64) } == .tooDeep)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `a hundred thousand levels end in an error, passed over or not`(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(code { try flat(text) } != nil)
    #expect(code { try skipAll(text) } != nil)
  }

  // MARK: Errors

  @Test func `an error comes again, and is no end of the text`() throws {
    try read("a: b\nc: ]\nd: e\n") { (reader: YAMLReader) throws in
      #expect(try reader.nextDocument())
      let first = #expect(throws: ParseError.self) { try reader.nextDocument() }
      let second = #expect(throws: ParseError.self) { try reader.nextDocument() }
      #expect(first != nil)
      #expect(first == second)
    }
  }

  @Test(arguments: [
    ("a: b\nc: ]\n", 8),  // the bracket
    ("é: b\nc: ]\n", 9),  // the same, one byte later
    ("日本: b\nc: ]\n", 13),  // and six bytes in place of one
  ])
  func `an error names the byte, not the character`(text: String, offset: Int) {
    let error = #expect(throws: ParseError.self) { try flat(text) }
    #expect(error?.offset == offset)
  }

  @Test(arguments: ["a: {b: c", "a: [b", "a: 'b", "a: \"b", "a: {b: c,", "a: &"])
  func `what was begun and not ended is an unexpected end`(text: String) {
    #expect(code { try flat(text) } == .unexpectedEnd)
  }

  @Test func `a letter cut in two is an unexpected end, and a wrong byte is one`() {
    #expect(code { try flat(Array("a: b".utf8) + [0xE6, 0x97]) } == .unexpectedEnd)
    #expect(code { try flat(Array("a: ".utf8) + [0xFF] + Array("b\nc: d\n".utf8)) } == .unexpectedByte)
    #expect(code { try flat("a: \u{0}b\n") } == .unexpectedByte)
  }

  @Test func `cut at each byte a text is an error or a beginning of itself`() throws {
    let text = """
      ---
      version: '9.0'  # quoted
      list: [a, {b: "c\\n"}]
      text: |
        one
        two
      é: {d: e}
      ---
      last: ~

      """
    let whole = try flat(text)
    let bytes = Array(text.utf8)
    var errors = 0
    // One or two hyphens are a list and a word; from three on it is this text.
    for end in bytes.indices.dropFirst(3) {
      guard let part = try? flat(Array(bytes[..<end])) else {
        errors += 1
        continue
      }
      // All but what was just being written is as in the whole.
      let open = part.reversed().drop { $0 == "}" || $0 == "]" }.dropFirst()
      #expect(whole.starts(with: open.reversed()), "cut at \(end)")
    }
    #expect(errors > 20)
  }

  // MARK: Helpers

  private func read<Result>(_ text: String, _ body: (YAMLReader) throws -> Result) throws -> Result {
    try Array(text.utf8).withUnsafeBufferPointer { try body(YAMLReader($0)) }
  }

  /// All that a text holds: `{`, `}`, `[`, `]`, keys, and scalars after `=`.
  private func flat(_ text: String, depthLimit: Int = 256) throws -> [String] {
    try flat(Array(text.utf8), depthLimit: depthLimit)
  }

  private func flat(_ bytes: [UInt8], depthLimit: Int = 256) throws -> [String] {
    try bytes.withUnsafeBufferPointer { bytes in
      let reader = YAMLReader(bytes, depthLimit: depthLimit)
      var found: [String] = []
      while try reader.nextDocument() { try flatten(reader, into: &found) }
      return found
    }
  }

  private func flatten(_ reader: YAMLReader, into found: inout [String]) throws {
    switch try reader.peek() {
    case .scalar: found.append("=\(try reader.scalarOrSkip()?.text ?? "")")
    case .mapping:
      _ = try reader.enterMappingOrSkip()
      found.append("{")
      while let key = try reader.nextKey() {
        found.append(key.text)
        try flatten(reader, into: &found)
      }
      found.append("}")
    case .sequence:
      _ = try reader.enterSequenceOrSkip()
      found.append("[")
      while try reader.nextElement() { try flatten(reader, into: &found) }
      found.append("]")
    }
  }

  private func skipAll(_ text: String) throws {
    try read(text) { (reader: YAMLReader) throws in
      while try reader.nextDocument() { try reader.skip() }
    }
  }

  private func skipKeys(_ reader: YAMLReader) throws {
    while try reader.nextKey() != nil { try reader.skip() }
  }

  private func value(ofFirstKeyIn text: String) throws -> YAMLReader.Scalar? {
    try read(text) { (reader: YAMLReader) throws in
      guard try reader.nextDocument(), try reader.enterMappingOrSkip(), try reader.nextKey() != nil else { return nil }
      return try reader.scalarOrSkip()
    }
  }

  private func keyLines(_ text: String) throws -> [String: Int] {
    try read(text) { (reader: YAMLReader) throws in
      var lines: [String: Int] = [:]
      guard try reader.nextDocument(), try reader.enterMappingOrSkip() else { return lines }
      while let key = try reader.nextKey() {
        lines[key.text] = key.line
        try reader.skip()
      }
      return lines
    }
  }

  /// The first key of each document.
  private func documents(_ text: String) throws -> [String] {
    try read(text) { (reader: YAMLReader) throws in
      var keys: [String] = []
      while try reader.nextDocument() {
        guard try reader.enterMappingOrSkip() else { continue }
        keys.append(try reader.nextKey()?.text ?? "")
      }
      return keys
    }
  }

  private func code(_ body: () throws -> some Any) -> ParseError.Code? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? ParseError)?.code
    }
  }
}
