// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A TOML string of any of the four kinds where it stands, not yet decoded: compare it without a copy, or make a `String` of it.
public struct TOMLString {
  /// Between the quotes, escapes and all; without the line break that may follow the three quotes of a long string.
  public let raw: Bytes
  /// The offset of the opening quote.
  public let offset: Int
  /// Whether the text is not what the bytes say: escapes, or CRLF for a line break.
  let needsDecoding: Bool
  /// Whether a backslash is an escape: double quotes.
  let hasEscapes: Bool

  /// Whether the string is exactly `text`, escapes decoded.
  public func equals(_ text: StaticString) -> Bool {
    // Bytes, not Characters: `==` would take U+212A, the Kelvin sign, for a K.
    needsDecoding ? decoded().elementsEqual("\(text)".utf8) : raw.equals(text)
  }

  /// The decoded text; a line break is LF.
  public var string: String {
    needsDecoding ? String(decoding: decoded(), as: UTF8.self) : raw.string
  }

  // MARK: Finding its end

  /// The string whose opening quote stands at `start`, and the offset behind its closing quote.
  /// - Parameter mayBeLong: Whether three quotes open a string of several lines, which a key may not be.
  static func scan(
    _ bytes: Bytes, at start: Int, mayBeLong: Bool
  ) throws(ParseError) -> (string: TOMLString, end: Int) {
    let quote = bytes[start]
    let isLong = mayBeLong && quotes(in: bytes, at: start, quote) >= 3
    var first = start + (isLong ? 3 : 1)
    if isLong { first += try lineBreak(in: bytes, at: first) }
    var (index, needsDecoding) = (first, false)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        let count = isLong ? quotes(in: bytes, at: index, quote) : 1
        guard !isLong || count >= 3 else {
          index += count
          continue
        }
        // One or two quotes more belong to the text of a long string.
        let end = isLong ? index + min(count, 5) : index + 1
        let raw = bytes[slice: first..<(end - (isLong ? 3 : 1))]
        let string = TOMLString(
          raw: raw, offset: start, needsDecoding: needsDecoding, hasEscapes: quote == UInt8(ascii: "\""))
        return (string, end)
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        needsDecoding = true
        index = try endOfEscape(in: bytes, at: index, mayEndLine: isLong)
      } else if isLong, byte == 0x0A || byte == 0x0D {
        if byte == 0x0D { needsDecoding = true }
        index += try lineBreak(in: bytes, at: index)
      } else {
        guard !isControl(byte) else { throw ParseError(.controlCharacter, at: index) }
        index += 1
      }
    }
    throw ParseError(.unexpectedEnd, at: bytes.count)
  }

  /// How many quotes stand here, told up to five.
  private static func quotes(in bytes: Bytes, at start: Int, _ quote: UInt8) -> Int {
    var count = 0
    while count < 5, start + count < bytes.count, bytes[start + count] == quote { count += 1 }
    return count
  }

  /// The length of the line break at `index`, LF or CRLF; 0 if there is none. A carriage return alone is no line break, and allowed nowhere.
  static func lineBreak(in bytes: Bytes, at index: Int) throws(ParseError) -> Int {
    guard index < bytes.count else { return 0 }
    if bytes[index] == 0x0A { return 1 }
    guard bytes[index] == 0x0D else { return 0 }
    guard index + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    guard bytes[index + 1] == 0x0A else { throw ParseError(.controlCharacter, at: index) }
    return 2
  }

  /// Whether a byte may stand in no string and in no comment: all below the blank but the tab, and DEL.
  static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 ? byte != 0x09 : byte == 0x7F
  }

  // MARK: Escapes

  private static func endOfEscape(in bytes: Bytes, at index: Int, mayEndLine: Bool) throws(ParseError) -> Int {
    guard index + 1 < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    if let digits = digits(ofEscape: bytes[index + 1]) {
      return try endOfDigits(in: bytes, at: index, count: digits)
    }
    if unescaped(bytes[index + 1]) != nil { return index + 2 }
    guard mayEndLine, let end = try endOfFold(in: bytes, at: index + 1) else {
      throw ParseError(.invalidEscape, at: index)
    }
    return end
  }

  /// How many hexadecimal digits follow the letter of an escape; nil for a letter that none follow.
  private static func digits(ofEscape letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: nil
    }
  }

  private static func endOfDigits(in bytes: Bytes, at index: Int, count: Int) throws(ParseError) -> Int {
    for digit in (index + 2)..<(index + 2 + count) {
      guard digit < bytes.count else { throw ParseError(.unexpectedEnd, at: bytes.count) }
      guard hexadecimalValue(bytes[digit]) != nil else { throw ParseError(.invalidEscape, at: index) }
    }
    guard Unicode.Scalar(hexadecimal(bytes, index + 2, count)) != nil else {
      throw ParseError(.invalidEscape, at: index)
    }
    return index + 2 + count
  }

  private static func hexadecimal(_ bytes: Bytes, _ start: Int, _ count: Int) -> UInt32 {
    bytes[slice: start..<(start + count)].reduce(0) { $0 << 4 | UInt32(hexadecimalValue($1) ?? 0) }
  }

  /// Where the text goes on behind a backslash at the end of a line: blanks and line breaks are passed over. nil if the line does not end.
  private static func endOfFold(in bytes: Bytes, at start: Int) throws(ParseError) -> Int? {
    var (index, hasLineBreak) = (start, false)
    while index < bytes.count {
      let length = try lineBreak(in: bytes, at: index)
      if length > 0 { hasLineBreak = true }
      guard length > 0 || bytes[index] == 0x20 || bytes[index] == 0x09 else { return hasLineBreak ? index : nil }
      index += max(length, 1)
    }
    throw ParseError(.unexpectedEnd, at: bytes.count)
  }

  private static func unescaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "e"): 0x1B
    default: nil
    }
  }

  // MARK: Decoding

  /// Every escape and line break was checked when the end was looked for.
  private func decoded() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      if hasEscapes, raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count {
        index = append(escapeAt: index, to: &text)
      } else {
        if raw[index] != 0x0D { text.append(raw[index]) }
        index += 1
      }
    }
    return text
  }

  private func append(escapeAt index: Int, to text: inout [UInt8]) -> Int {
    let letter = raw[index + 1]
    if let digits = Self.digits(ofEscape: letter), index + 2 + digits <= raw.count {
      text.append(contentsOf: String(Unicode.Scalar(Self.hexadecimal(raw, index + 2, digits)) ?? "\u{FFFD}").utf8)
      return index + 2 + digits
    }
    if let byte = Self.unescaped(letter) {
      text.append(byte)
      return index + 2
    }
    var end = index + 1
    while end < raw.count, [0x20, 0x09, 0x0A, 0x0D].contains(raw[end]) { end += 1 }
    return end
  }
}
