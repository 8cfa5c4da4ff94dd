// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A JSON string where it stands, not yet decoded: compare it without a copy, or make a `String` of it.
public struct JSONString {
  /// Between the quotes, escapes and all.
  public let raw: Bytes
  /// The offset of the opening quote.
  public let offset: Int
  private let storedLine: UInt32
  public let hasEscapes: Bool

  /// The 1-based line that it stands in.
  public var line: Int { Int(storedLine) }

  /// The string between the quotes before `start` and at `end`; both lie in `bytes`.
  @inline(__always)
  init(_ bytes: Bytes, from start: Int, to end: Int, line: UInt32, hasEscapes: Bool) {
    raw = Bytes(start: bytes.baseAddress.map { $0 + start }, count: end &- start)
    offset = start &- 1
    storedLine = line
    self.hasEscapes = hasEscapes
  }

  /// Whether the string is exactly `text`, escapes decoded.
  @inlinable
  public func equals(_ text: StaticString) -> Bool {
    // Bytes, not Characters: `==` would take U+212A, the Kelvin sign, for a K.
    hasEscapes ? decoded().utf8.elementsEqual("\(text)".utf8) : raw.equals(text)
  }

  /// Whether the text, escapes decoded, begins with `text`.
  @inlinable
  public func starts(with text: StaticString) -> Bool {
    hasEscapes ? decoded().utf8.starts(with: "\(text)".utf8) : raw.starts(with: text)
  }

  /// The first byte of the decoded text, for a caller that chooses by it what to compare with; nil for an empty string.
  @inlinable
  public var first: UInt8? {
    hasEscapes ? decoded().utf8.first : raw.first
  }

  /// The decoded text. A lone surrogate escape becomes U+FFFD, as it does in every reader that works on Unicode text.
  public var string: String {
    hasEscapes ? decoded() : raw.string
  }

  @usableFromInline
  func decoded() -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < raw.count else {
        bytes.append(byte)
        continue
      }
      let escape = raw[index]
      index += 1
      if escape == UInt8(ascii: "u") {
        Self.append(scalar(at: &index), to: &bytes)
      } else {
        bytes.append(Self.unescaped(escape))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The scalar whose four digits begin at `index` (the reader has checked that they are there), with the second half of a pair.
  private func scalar(at index: inout Int) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let unit = hexadecimal(at: index)
    index = min(index + 4, raw.count)
    guard (0xD800...0xDFFF).contains(unit) else { return Unicode.Scalar(unit) ?? replacement }
    guard unit < 0xDC00, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u")
    else { return replacement }
    let second = hexadecimal(at: index + 2)
    guard (0xDC00...0xDFFF).contains(second) else { return replacement }
    index += 6
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
  }

  private func hexadecimal(at index: Int) -> UInt32 {
    var value: UInt32 = 0
    for offset in index..<min(index + 4, raw.count) {
      value = value << 4 | UInt32(hexadecimalValue(raw[offset]) ?? 0)
    }
    return value
  }

  private static func unescaped(_ escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: escape
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    for unit in UTF8.encode(scalar).unsafelyUnwrapped { bytes.append(unit) }  // Every scalar has a UTF-8 form.
  }
}

/// The value of a hexadecimal digit; nil for any other byte.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
