// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads TOML by pulling, line for line as it is written: headers of tables, keys, and values as ``JSONReader`` gives them.
///
/// It allocates nothing but what the caller asks for, keeps no tree, and never recurses, so depth costs no stack. The grammar is checked,
/// control characters, escapes and the parts of dates included; what needs a tree is not: a key or a table that is defined twice, or as two
/// kinds of thing, is given as often as it stands there. A text that breaks off in the middle of something is told as
/// ``ParseError/Code/unexpectedEnd``; one that is cut at the end of a line is a whole text, so whoever reads a format must see for itself
/// whether all of it was there.
///
/// ```swift
/// var reader = TOMLReader(bytes)
/// while let item = try reader.next() {
///   switch item {
///   case .table(let path): isPackage = false
///   case .arrayElement(let path): isPackage = path.equals("package")
///   case .key(let key):
///     if isPackage, key.equals("name") { name = try reader.stringValue() } else { try reader.skip() }
///   }
/// }
/// ```
/// Each key's value must be consumed before anything else is asked for: by entering it, reading it or ``skip()``.
///
/// - Complexity: O(bytes).
/// - Source: https://toml.io/en/v1.0.0; from https://toml.io/en/v1.1.0 line breaks, comments and a last comma in inline tables, `\e` and
///   `\xHH`, and times without seconds (read 2026-11-25)
public struct TOMLReader {
  /// What stands on one line outside of values.
  public enum Item {
    /// `[path]`: the keys that follow belong to this table.
    case table(TOMLKey)
    /// `[[path]]`: the keys that follow belong to a new element of this array of tables.
    case arrayElement(TOMLKey)
    /// `path = `: its value comes next.
    case key(TOMLKey)
  }

  /// What kind of value comes next.
  public enum Kind: Sendable {
    case string
    case integer
    case float
    case bool
    case offsetDateTime
    case localDateTime
    case localDate
    case localTime
    case array
    case inlineTable
  }

  private let bytes: Bytes
  private let depthLimit: Int
  private var lines: LineCounter
  /// The next byte to read.
  public private(set) var offset = 0
  /// How many arrays and inline tables are open.
  public private(set) var depth = 0
  /// Whether the innermost array or inline table has just been opened, so that no comma comes before its next entry.
  private var justOpened = false
  /// Whether an item was given, after which the line must end.
  private var isInLine = false

  /// - Parameter depthLimit: How many arrays and inline tables may lie within each other, and how many parts a key may have.
  public init(_ bytes: Bytes, depthLimit: Int = Limits().depth) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    lines = LineCounter(bytes)
  }

  /// The 1-based line that holds the byte at `offset`.
  /// - Complexity: O(distance from the last offset asked for), as ``LineCounter``.
  public mutating func line(at offset: Int) -> Int {
    lines.line(at: offset)
  }

  // MARK: Lines

  /// The next header or key; nil at the end of the text.
  public mutating func next() throws(ParseError) -> Item? {
    if isInLine { try endLine() }
    isInLine = false
    try skipSpace()
    guard offset < bytes.count else { return nil }
    isInLine = true
    guard bytes[offset] == UInt8(ascii: "[") else { return .key(try keyAndEquals()) }
    return try header()
  }

  private mutating func header() throws(ParseError) -> Item {
    let isElement = bytes[slice: offset..<bytes.count].starts(with: "[[")
    offset += isElement ? 2 : 1
    skipBlanks()
    let path = try key()
    try expect(UInt8(ascii: "]"))
    if isElement { try expect(UInt8(ascii: "]")) }
    return isElement ? .arrayElement(path) : .table(path)
  }

  /// Nothing but a comment may stand behind an item.
  private mutating func endLine() throws(ParseError) {
    skipBlanks()
    guard offset < bytes.count else { return }
    if bytes[offset] == UInt8(ascii: "#") { try skipComment() }
    guard offset < bytes.count else { return }
    guard try skipLineBreak() else { throw ParseError(.unexpectedByte, at: offset) }
  }

  // MARK: Keys

  private mutating func keyAndEquals() throws(ParseError) -> TOMLKey {
    let key = try key()
    try expect(UInt8(ascii: "="))
    return key
  }

  /// A key of one or more parts, and the blanks behind it.
  private mutating func key() throws(ParseError) -> TOMLKey {
    let start = offset
    var (count, end, isBare) = (0, offset, true)
    while true {
      guard count < depthLimit else { throw ParseError(.tooDeep, at: offset) }
      if try skipKeyPart() { isBare = false }
      (count, end) = (count + 1, offset)
      skipBlanks()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ".") else { break }
      let blanks = offset - end
      offset += 1
      let next = offset
      skipBlanks()
      if blanks > 0 || offset > next { isBare = false }
    }
    return TOMLKey(raw: bytes[slice: start..<end], offset: start, count: count, isBare: isBare)
  }

  /// - Returns: Whether the part is quoted.
  private mutating func skipKeyPart() throws(ParseError) -> Bool {
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    let byte = bytes[offset]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      offset = try TOMLString.scan(bytes, at: offset, mayBeLong: false).end
      return true
    }
    let start = offset
    while offset < bytes.count, TOMLKey.isBare(bytes[offset]) { offset += 1 }
    guard offset > start else { throw ParseError(.unexpectedByte, at: offset) }
    return false
  }

  // MARK: Containers

  /// What comes next, without consuming it.
  public mutating func peek() throws(ParseError) -> Kind {
    skipBlanks()
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    switch bytes[offset] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "{"): return .inlineTable
    default: return try TOMLWord.scan(bytes, at: offset).kind
    }
  }

  /// Opens an array if one comes next; else passes the value over and returns false.
  public mutating func enterArrayOrSkip() throws(ParseError) -> Bool {
    try enterOrSkip(.array)
  }

  /// Opens an inline table if one comes next; else passes the value over and returns false.
  public mutating func enterInlineTableOrSkip() throws(ParseError) -> Bool {
    try enterOrSkip(.inlineTable)
  }

  /// The next key of the open inline table, its equals sign consumed; nil, and the table closed, at its end.
  public mutating func nextKey() throws(ParseError) -> TOMLKey? {
    try advance(to: UInt8(ascii: "}")) ? try keyAndEquals() : nil
  }

  /// Whether the open array has another element, which is then the next value; false, and the array closed, at its end.
  public mutating func nextElement() throws(ParseError) -> Bool {
    try advance(to: UInt8(ascii: "]"))
  }

  private mutating func enterOrSkip(_ kind: Kind) throws(ParseError) -> Bool {
    guard try peek() == kind else {
      try skip()
      return false
    }
    try open()
    return true
  }

  private mutating func open() throws(ParseError) {
    guard depth < depthLimit else { throw ParseError(.tooDeep, at: offset) }
    depth += 1
    offset += 1
    justOpened = true
  }

  /// Moves to the next entry of a container that ends with `closer`; false if it is at its end.
  private mutating func advance(to closer: UInt8) throws(ParseError) -> Bool {
    try skipSpace()
    if offset < bytes.count, bytes[offset] == closer { return close() }
    if !justOpened {
      try expect(UInt8(ascii: ","))
      try skipSpace()
      if offset < bytes.count, bytes[offset] == closer { return close() }
    }
    justOpened = false
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    return true
  }

  private mutating func close() -> Bool {
    offset += 1
    depth -= 1
    justOpened = false
    return false
  }

  // MARK: Values

  /// The next value if it is a string; else nil, and the value passed over.
  public mutating func stringOrSkip() throws(ParseError) -> TOMLString? {
    guard try peek() == .string else {
      try skip()
      return nil
    }
    let (string, end) = try TOMLString.scan(bytes, at: offset, mayBeLong: true)
    offset = end
    return string
  }

  /// The next value as text if it is a string; else nil, and the value passed over.
  public mutating func stringValue() throws(ParseError) -> String? {
    try stringOrSkip()?.string
  }

  /// The next value if it is `true` or `false`; else nil, and the value passed over.
  public mutating func boolValue() throws(ParseError) -> Bool? {
    guard try peek() == .bool else {
      try skip()
      return nil
    }
    return try word().starts(with: "t")
  }

  /// The next value if it is an integer that fits; else nil, and the value passed over.
  public mutating func integerValue() throws(ParseError) -> Int? {
    guard try peek() == .integer else {
      try skip()
      return nil
    }
    return TOMLWord.integer(try word())
  }

  /// The next value as it is written, if it is a number, a truth value, a date or a time; else nil, and the value passed over.
  public mutating func wordValue() throws(ParseError) -> String? {
    switch try peek() {
    case .string, .array, .inlineTable:
      try skip()
      return nil
    default: return try word().string
    }
  }

  /// Passes over the next value, whatever it is, validating it.
  /// - Complexity: O(its bytes), no recursion.
  public mutating func skip() throws(ParseError) {
    guard let kind = try openOrSkip() else { return }
    var containers = ContainerStack()
    containers.push(isObject: kind == .inlineTable)
    while !containers.isEmpty {
      let hasEntry = containers.isObject ? try nextKey() != nil : try nextElement()
      guard hasEntry else {
        containers.pop()
        continue
      }
      if let kind = try openOrSkip() { containers.push(isObject: kind == .inlineTable) }
    }
  }

  /// Opens an array or an inline table and says which; passes over anything else.
  private mutating func openOrSkip() throws(ParseError) -> Kind? {
    let kind = try peek()
    switch kind {
    case .array, .inlineTable:
      try open()
      return kind
    case .string: offset = try TOMLString.scan(bytes, at: offset, mayBeLong: true).end
    default: _ = try word()
    }
    return nil
  }

  private mutating func word() throws(ParseError) -> Bytes {
    let start = offset
    offset = try TOMLWord.scan(bytes, at: start).end
    return bytes[slice: start..<offset]
  }

  // MARK: Lexing

  private mutating func expect(_ byte: UInt8) throws(ParseError) {
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    guard bytes[offset] == byte else { throw ParseError(.unexpectedByte, at: offset) }
    offset += 1
  }

  /// Passes over blanks, line breaks and comments.
  private mutating func skipSpace() throws(ParseError) {
    while true {
      skipBlanks()
      guard offset < bytes.count else { return }
      if bytes[offset] == UInt8(ascii: "#") {
        try skipComment()
      } else if try !skipLineBreak() {
        return
      }
    }
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
  }

  /// Passes over LF or CRLF if one comes next.
  private mutating func skipLineBreak() throws(ParseError) -> Bool {
    let length = try TOMLString.lineBreak(in: bytes, at: offset)
    offset += length
    return length > 0
  }

  /// Passes over a comment, not over the line break that ends it.
  private mutating func skipComment() throws(ParseError) {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x0A || byte == 0x0D { return }
      guard !TOMLString.isControl(byte) else { throw ParseError(.controlCharacter, at: offset) }
      offset += 1
    }
  }
}
