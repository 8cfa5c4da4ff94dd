// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CText

/// Reads JSON by pulling: the caller says what it expects next, everything else is validated and passed over.
///
/// It allocates nothing but what the caller asks for, keeps no tree, and never recurses, so depth costs no stack.
///
/// ```swift
/// var reader = JSONReader(bytes)
/// try reader.enterObject()
/// while let key = try reader.nextKey() {
///   if key.equals("name") { name = try reader.stringValue() } else { try reader.skip() }
/// }
/// try reader.finish()
/// ```
/// Each key's value must be consumed before the next key is asked for: by entering it, reading it or ``skip()``.
///
/// - Source: RFC 8259; with ``Dialect/jsonc`` also `//` and `/* */` comments and one trailing comma (read 2026-11-23)
public struct JSONReader {
  public enum Dialect: Sendable {
    case json
    /// JSON with comments and trailing commas, as `bun.lock` and `deno.json` are written.
    case jsonc
  }

  /// What kind of value comes next.
  public enum Kind: Sendable {
    case object
    case array
    case string
    case number
    case bool
    case null
  }

  private let bytes: Bytes
  private let dialect: Dialect
  private let depthLimit: Int
  /// The next byte to read.
  public private(set) var offset = 0
  /// The 1-based line of that byte. Lines end with LF, so CRLF counts once. No string holds a line's end, so counting costs nothing.
  public var line: Int { Int(storedLine) }
  /// No file that is read has more bytes, and so more lines.
  private var storedLine: UInt32 = 1
  /// How many objects and arrays are open.
  public private(set) var depth = 0
  /// Whether the innermost object or array has just been opened, so that no comma comes before its next entry.
  private var justOpened = false

  public init(_ bytes: Bytes, dialect: Dialect = .json, depthLimit: Int = Limits().depth) {
    self.bytes = bytes
    self.dialect = dialect
    self.depthLimit = depthLimit
  }

  // MARK: Containers

  /// What comes next, without consuming it.
  public mutating func peek() throws(ParseError) -> Kind {
    try skipSpace()
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    if bytes[offset] == UInt8(ascii: "\"") { return .string }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    default: throw ParseError(.unexpectedByte, at: offset)
    }
  }

  /// Opens an object. Throws ``ParseError/Code/unexpectedType`` if another value comes next.
  public mutating func enterObject() throws(ParseError) {
    guard try peek() == .object else { throw ParseError(.unexpectedType, at: offset) }
    try open()
  }

  /// Opens an array. Throws ``ParseError/Code/unexpectedType`` if another value comes next.
  public mutating func enterArray() throws(ParseError) {
    guard try peek() == .array else { throw ParseError(.unexpectedType, at: offset) }
    try open()
  }

  /// Opens an object if one comes next; else passes the value over and returns false.
  public mutating func enterObjectOrSkip() throws(ParseError) -> Bool {
    guard try peek() == .object else {
      try skip()
      return false
    }
    try open()
    return true
  }

  /// Opens an array if one comes next; else passes the value over and returns false.
  public mutating func enterArrayOrSkip() throws(ParseError) -> Bool {
    guard try peek() == .array else {
      try skip()
      return false
    }
    try open()
    return true
  }

  /// The next key of the open object, its colon consumed; nil, and the object closed, at its end.
  public mutating func nextKey() throws(ParseError) -> JSONString? {
    guard try advance(to: UInt8(ascii: "}")) else { return nil }
    let key = bytes[offset] == UInt8(ascii: "\"") ? try stringHere() : try string()
    // Nothing stands between a key and its colon, as everybody writes it.
    if offset < bytes.count, bytes[offset] != UInt8(ascii: ":") { try skipSpace() }
    try expect(UInt8(ascii: ":"))
    return key
  }

  /// Whether the open array has another element, which is then the next value; false, and the array closed, at its end.
  public mutating func nextElement() throws(ParseError) -> Bool {
    try advance(to: UInt8(ascii: "]"))
  }

  /// Checks that nothing follows the value that was read.
  public mutating func finish() throws(ParseError) {
    try skipSpace()
    if offset < bytes.count { throw ParseError(.trailingContent, at: offset) }
  }

  private mutating func open() throws(ParseError) {
    guard depth < depthLimit else { throw ParseError(.tooDeep, at: offset) }
    depth += 1
    offset += 1
    justOpened = true
  }

  /// Moves to the next entry of a container that ends with `closer`; false if it is at its end.
  @inline(__always)
  private mutating func advance(to closer: UInt8) throws(ParseError) -> Bool {
    try skipSpace()
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    if bytes[offset] == closer { return close() }
    if justOpened {
      justOpened = false
      return true
    }
    try expect(UInt8(ascii: ","))
    try skipSpace()
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    if bytes[offset] == closer {
      guard dialect == .jsonc else { throw ParseError(.unexpectedByte, at: offset) }
      return close()
    }
    return true
  }

  private mutating func close() -> Bool {
    offset += 1
    depth -= 1
    justOpened = false
    return false
  }

  // MARK: Values

  /// The next value, which must be a string.
  public mutating func string() throws(ParseError) -> JSONString {
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    if bytes[offset] != UInt8(ascii: "\"") {
      guard try peek() == .string else { throw ParseError(.unexpectedType, at: offset) }
    }
    return try stringHere()
  }

  /// The string whose opening quote is the next byte. Nearly every one ends where its plain text does.
  @inline(__always)
  private mutating func stringHere() throws(ParseError) -> JSONString {
    let bytes = bytes
    let start = offset &+ 1
    let end = Self.endOfPlain(bytes, from: start)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return try escapedString(plainUntil: end) }
    offset = end &+ 1
    justOpened = false
    return JSONString(bytes, from: start, to: end, line: storedLine, hasEscapes: false)
  }

  /// The same, where something else than a quote ends the plain text.
  @inline(never)
  private mutating func escapedString(plainUntil first: Int) throws(ParseError) -> JSONString {
    let start = offset + 1
    let end = try endOfString(from: first)
    offset = end + 1
    justOpened = false
    return JSONString(bytes, from: start, to: end, line: storedLine, hasEscapes: true)
  }

  /// The next value if it is a string; else nil, and the value passed over.
  public mutating func stringOrSkip() throws(ParseError) -> JSONString? {
    guard try peek() == .string else {
      try skip()
      return nil
    }
    return try string()
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
    let value = bytes[offset] == UInt8(ascii: "t")
    try skip()
    return value
  }

  /// The next value if it is a whole number that fits; else nil, and the value passed over.
  public mutating func integerValue() throws(ParseError) -> Int? {
    guard try peek() == .number else {
      try skip()
      return nil
    }
    let start = offset
    try skip()
    return Int(bytes[slice: start..<offset].string)
  }

  /// Passes over the next value, whatever it is, validating it.
  /// - Complexity: O(its bytes), no recursion.
  public mutating func skip() throws(ParseError) {
    try passOver { _ in }
  }

  /// Every string in the next value, however deep it stands, keys left out; the value is passed over.
  public mutating func stringsInside() throws(ParseError) -> [String] {
    var strings: [String] = []
    try passOver { strings.append($0.string) }
    return strings
  }

  /// - Parameter onString: Is given every string that is a value.
  @inline(__always)
  private mutating func passOver(_ onString: (JSONString) -> Void) throws(ParseError) {
    let kind = try peek()
    guard kind == .object || kind == .array else { return try skipScalar(kind, onString) }
    var containers = ContainerStack()
    containers.push(isObject: kind == .object)
    try open()
    while !containers.isEmpty {
      let hasEntry = containers.isObject ? try nextKey() != nil : try nextElement()
      guard hasEntry else {
        containers.pop()
        continue
      }
      let kind = try peek()
      if kind == .object || kind == .array {
        containers.push(isObject: kind == .object)
        try open()
      } else {
        try skipScalar(kind, onString)
      }
    }
  }

  @inline(__always)
  private mutating func skipScalar(_ kind: Kind, _ onString: (JSONString) -> Void) throws(ParseError) {
    switch kind {
    case .string: onString(try string())
    case .number: try skipNumber()
    case .bool: try skipWord(bytes[offset] == UInt8(ascii: "t") ? "true" : "false")
    case .null: try skipWord("null")
    case .object, .array: break  // Callers open these.
    }
    justOpened = false
  }

  // MARK: Lexing

  @inline(__always)
  private mutating func expect(_ byte: UInt8) throws(ParseError) {
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    guard bytes[offset] == byte else { throw ParseError(.unexpectedByte, at: offset) }
    offset &+= 1
  }

  @inline(__always)
  private mutating func skipSpace() throws(ParseError) {
    guard let base = bytes.baseAddress, offset < bytes.count, bytes[offset] <= 0x20 || dialect == .jsonc else { return }
    // One blank, as after a colon.
    if bytes[offset] == 0x20, offset &+ 1 < bytes.count, bytes[offset &+ 1] > 0x20, dialect == .json {
      offset &+= 1
      return
    }
    let place = gifthorse_end_of_space(base, offset, bytes.count)
    offset = place.offset
    storedLine &+= UInt32(truncatingIfNeeded: place.lines)
    guard dialect == .jsonc, offset < bytes.count, bytes[offset] == UInt8(ascii: "/") else { return }
    try skipComments()
  }

  /// Passes over comments and the white space around them; one begins at the next byte.
  @inline(never)
  private mutating func skipComments() throws(ParseError) {
    guard let base = bytes.baseAddress else { return }
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "/") {
      try skipComment()
      let place = gifthorse_end_of_space(base, offset, bytes.count)
      offset = place.offset
      storedLine &+= UInt32(truncatingIfNeeded: place.lines)
    }
  }

  private mutating func skipComment() throws(ParseError) {
    guard offset + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    switch bytes[offset + 1] {
    case UInt8(ascii: "/"):
      offset = bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset) ?? bytes.count
    case UInt8(ascii: "*"):
      var index = offset + 2
      while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
        if bytes[index] == UInt8(ascii: "\n") { storedLine &+= 1 }
        index += 1
      }
      guard index + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
      offset = index + 2
    default: throw ParseError(.unexpectedByte, at: offset)
    }
  }

  /// The offset of the closing quote. Checks escapes and control characters.
  /// - Parameter start: Where the plain text of the string's beginning ends.
  private func endOfString(from start: Int) throws(ParseError) -> Int {
    var index = start
    while true {
      guard index < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
      switch bytes[index] {
      case UInt8(ascii: "\""): return index
      case UInt8(ascii: "\\"): index = try endOfEscape(at: index)
      default: throw ParseError(.controlCharacter, at: index)
      }
      index = Self.endOfPlain(bytes, from: index)
    }
  }

  /// The first offset at or after `start` that holds a quote, a backslash or a control character; the end if none does.
  @inline(__always)
  private static func endOfPlain(_ bytes: Bytes, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    return gifthorse_end_of_plain(base, start, bytes.count)
  }

  private func endOfEscape(at index: Int) throws(ParseError) -> Int {
    guard index + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      for digit in (index + 2)..<(index + 6) {
        guard digit < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
        guard hexadecimalValue(bytes[digit]) != nil else { throw ParseError(.invalidEscape, at: index) }
      }
      return index + 6
    default: throw ParseError(.invalidEscape, at: index)
    }
  }

  private mutating func skipWord(_ word: StaticString) throws(ParseError) {
    for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
  }

  private mutating func skipNumber() throws(ParseError) {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    let first = offset
    guard try skipDigits() else { throw ParseError(.invalidNumber, at: start) }
    if bytes[first] == UInt8(ascii: "0"), offset > first + 1 { throw ParseError(.invalidNumber, at: start) }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      guard try skipDigits() else { throw ParseError(.invalidNumber, at: start) }
    }
    guard offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") else { return }
    offset += 1
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    guard try skipDigits() else { throw ParseError(.invalidNumber, at: start) }
  }

  /// Whether there was at least one digit. The end of the text instead of one is an unexpected end.
  private mutating func skipDigits() throws(ParseError) -> Bool {
    guard offset < bytes.count else { throw ParseError(.unexpectedEnd, at: offset) }
    let start = offset
    while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset]) { offset += 1 }
    return offset > start
  }
}
