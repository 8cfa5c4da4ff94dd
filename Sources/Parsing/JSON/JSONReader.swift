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
    switch bytes[offset] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
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
    let key = try string()
    try skipSpace()
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
    let start = offset
    let (end, hasEscapes) = try endOfString(from: start + 1)
    offset = end + 1
    justOpened = false
    return JSONString(raw: bytes[slice: (start + 1)..<end], offset: start, hasEscapes: hasEscapes)
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
    let kind = try peek()
    guard kind == .object || kind == .array else { return try skipScalar(kind) }
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
        try skipScalar(kind)
      }
    }
  }

  private mutating func skipScalar(_ kind: Kind) throws(ParseError) {
    switch kind {
    case .string: _ = try string()
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
    offset += 1
  }

  @inline(__always)
  private mutating func skipSpace() throws(ParseError) {
    // Most often there is none, or a line break and an indentation.
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte <= 0x20 else {
        guard byte == UInt8(ascii: "/"), dialect == .jsonc else { return }
        try skipComment()
        continue
      }
      switch byte {
      case 0x20: offset = endOfBlanks(from: offset)
      case 0x0A, 0x0D, 0x09: offset &+= 1
      default: return
      }
    }
  }

  /// The first offset at or after `start` that does not hold a blank. Eight bytes at a time.
  @inline(__always)
  private func endOfBlanks(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    var index = start
    while index &+ 8 <= bytes.count {
      let others = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ Self.blanks
      if others != 0 { return index &+ others.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < bytes.count, bytes[index] == 0x20 { index &+= 1 }
    return index
  }

  private static let blanks: UInt64 = 0x2020_2020_2020_2020

  private mutating func skipComment() throws(ParseError) {
    guard offset + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    switch bytes[offset + 1] {
    case UInt8(ascii: "/"):
      offset = bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset) ?? bytes.count
    case UInt8(ascii: "*"):
      var index = offset + 2
      while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
        index += 1
      }
      guard index + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
      offset = index + 2
    default: throw ParseError(.unexpectedByte, at: offset)
    }
  }

  /// The offset of the closing quote of the string whose content begins at `start`. Checks escapes and control characters.
  @inline(__always)
  private func endOfString(from start: Int) throws(ParseError) -> (end: Int, hasEscapes: Bool) {
    var index = Self.endOfPlain(bytes, from: start)
    // Nearly every string ends where the plain text does.
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { return (index, false) }
    var hasEscapes = false
    while true {
      guard index < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
      switch bytes[index] {
      case UInt8(ascii: "\""): return (index, hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        index = try endOfEscape(at: index)
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
