// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Both dialects: reading a document and passing over it end alike, errors lie inside the text, and comments only ever allow more.
func fuzzJSON(_ bytes: Bytes) {
  let plain = readAndSkipJSON(bytes, .json)
  let commented = readAndSkipJSON(bytes, .jsonc)
  require(plain != nil || commented == nil, "JSON that is no JSON with comments")
}

private func readAndSkipJSON(_ bytes: Bytes, _ dialect: JSONReader.Dialect) -> ParseError? {
  let depthLimit = 32
  let read = failure { () throws(ParseError) in
    var reader = JSONReader(bytes, dialect: dialect, depthLimit: depthLimit)
    try visit(&reader)
    require(reader.depth == 0, "something is still open")
    try reader.finish()
  }
  let skipped = failure { () throws(ParseError) in
    var reader = JSONReader(bytes, dialect: dialect, depthLimit: depthLimit)
    try reader.skip()
    try reader.finish()
  }
  require(
    read == skipped, "reading ends with \(String(describing: read)), passing over with \(String(describing: skipped))")
  if let read { require((0...bytes.count).contains(read.offset), "an error outside of the text") }
  return read
}

private func visit(_ reader: inout JSONReader) throws(ParseError) {
  switch try reader.peek() {
  case .object:
    try reader.enterObject()
    while let key = try reader.nextKey() {
      require(key.string.utf8.count <= key.raw.count * 3, "a key grows")
      _ = key.equals("name")
      try visit(&reader)
    }
  case .array:
    try reader.enterArray()
    while try reader.nextElement() { try visit(&reader) }
  case .string: _ = try reader.string().string
  case .number: _ = try reader.integerValue()
  case .bool: require(try reader.boolValue() != nil, "neither true nor false")
  case .null: require(try reader.stringValue() == nil, "null is a text")
  }
}

/// Every document of the stream, read and passed over.
func fuzzYAML(_ bytes: Bytes) {
  let read = failure { () throws(ParseError) in
    let reader = YAMLReader(bytes, depthLimit: 32)
    while try reader.nextDocument() { try visit(reader) }
  }
  let skipped = failure { () throws(ParseError) in
    let reader = YAMLReader(bytes, depthLimit: 32)
    while try reader.nextDocument() { try reader.skip() }
  }
  // Passing over looks at less, so it may go further.
  require(skipped == nil || read != nil, "passing over finds an error that reading does not")
  if let read { require((0...bytes.count).contains(read.offset), "an error outside of the text") }
}

private func visit(_ reader: YAMLReader) throws(ParseError) {
  switch try reader.peek() {
  case .mapping:
    require(try reader.enterMappingOrSkip(), "a mapping that is none")
    while try reader.nextKey() != nil { try visit(reader) }
  case .sequence:
    require(try reader.enterSequenceOrSkip(), "a sequence that is none")
    while try reader.nextElement() { try visit(reader) }
  default:
    if let scalar = try reader.scalarOrSkip() { require(scalar.line >= 1, "a line before the first") }
  }
}

/// Reading a document and passing over its values end alike, and errors lie inside the text.
func fuzzTOML(_ bytes: Bytes) {
  let read = failure { () throws(ParseError) in
    try visitItems(bytes) { (reader) throws(ParseError) in try visit(&reader) }
  }
  let skipped = failure { () throws(ParseError) in
    try visitItems(bytes) { (reader) throws(ParseError) in try reader.skip() }
  }
  require(
    read == skipped, "reading ends with \(String(describing: read)), passing over with \(String(describing: skipped))")
  if let read { require((0...bytes.count).contains(read.offset), "an error outside of the text") }
}

private func visitItems(
  _ bytes: Bytes, _ visit: (inout TOMLReader) throws(ParseError) -> Void
) throws(ParseError) {
  var reader = TOMLReader(bytes, depthLimit: 32)
  while let item = try reader.next() {
    switch item {
    case .table(let path), .arrayElement(let path): check(path)
    case .key(let key):
      check(key)
      try visit(&reader)
      require(reader.depth == 0, "something is still open")
    }
  }
}

private func check(_ key: TOMLKey) {
  require(key.parts.count == key.count, "other parts than were counted")
  require(key.equals("name") == (key.parts == ["name"]), "a key that is another one")
}

private func visit(_ reader: inout TOMLReader) throws(ParseError) {
  switch try reader.peek() {
  case .inlineTable:
    require(try reader.enterInlineTableOrSkip(), "a table that is none")
    while let key = try reader.nextKey() {
      check(key)
      try visit(&reader)
    }
  case .array:
    require(try reader.enterArrayOrSkip(), "an array that is none")
    while try reader.nextElement() { try visit(&reader) }
  case .string:
    guard let string = try reader.stringOrSkip() else { return require(false, "a string that is none") }
    require(string.string.utf8.count <= string.raw.count * 3, "a string grows")
    require(string.equals("name") == string.string.utf8.elementsEqual("name".utf8), "a string that is another one")
  case .integer: _ = try reader.integerValue()
  case .bool: require(try reader.boolValue() != nil, "neither true nor false")
  default: require(try reader.wordValue()?.isEmpty == false, "a word without letters")
  }
}

/// Decoding: what comes out is UTF-8 where the standard library says so, and lines are counted as a naive reader counts them.
func fuzzText(_ bytes: Bytes) {
  let isWellFormed = String(validating: bytes, as: UTF8.self) != nil
  require(isWellFormedUTF8(bytes) == isWellFormed, "the standard library judges otherwise")
  withDecodedText(bytes) { text, isWellFormed in
    require(!isWellFormed || isWellFormedUTF8(text), "ill-formed text that is said to be well-formed")
    var (counter, line) = (LineCounter(text), 1)
    for (offset, byte) in text.enumerated() {
      if offset.isMultiple(of: 3) { require(counter.line(at: offset) == line, "another line") }
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
  }
}

/// What `body` throws.
func failure(_ body: () throws(ParseError) -> Void) -> ParseError? {
  do throws(ParseError) {
    try body()
    return nil
  } catch {
    return error
  }
}
