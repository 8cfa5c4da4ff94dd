// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Calls `body` with each line, without its end (LF or CRLF), and its number from 1; false ends it. An empty last line is none.
func forEachLine(of bytes: Bytes, _ body: (_ line: Bytes, _ number: Int) -> Bool) {
  var start = 0
  var number = 1
  while start < bytes.count {
    // Two of the same: the search for one of two goes sixteen bytes at a time.
    let rest = bytes[slice: start..<bytes.count]
    let length = rest.firstOffset(ofEither: 0x0A, or: 0x0A)
    let hasReturn = length > 0 && rest[length - 1] == 0x0D
    guard body(rest[slice: 0..<(hasReturn ? length - 1 : length)], number) else { return }
    start += length + 1
    number += 1
  }
}

/// The parts of a line between spaces.
func words(of line: Bytes, limit: Int = 64) -> [Bytes] {
  var words: [Bytes] = []
  var start: Int?
  for (offset, byte) in line.enumerated() {
    if byte == 0x20 || (0x09...0x0D).contains(byte) {
      if let begun = start { words.append(line[slice: begun..<offset]) }
      start = nil
      if words.count >= limit { return words }
    } else if start == nil {
      start = offset
    }
  }
  if let begun = start { words.append(line[slice: begun..<line.count]) }
  return words
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) }

func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

/// The bytes that a base64 text stands for, as hexadecimal digits; nil where it is none.
func hexadecimal(ofBase64 text: Substring) -> String? {
  var digits: [UInt8] = []
  var (bits, count) = (UInt32(0), 0)
  for byte in text.utf8 where byte != UInt8(ascii: "=") {
    guard let value = base64Value(byte) else { return nil }
    bits = bits << 6 | value
    count += 6
    if count >= 8 {
      count -= 8
      let octet = UInt8(truncatingIfNeeded: bits >> UInt32(count))
      digits += [hexadecimalDigit(octet >> 4), hexadecimalDigit(octet & 15)]
    }
  }
  return String(decoding: digits, as: UTF8.self)
}

func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

private func base64Value(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x41...0x5A: UInt32(byte) - 0x41
  case 0x61...0x7A: UInt32(byte) - 0x61 + 26
  case 0x30...0x39: UInt32(byte) - 0x30 + 52
  case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
  case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
  default: nil
  }
}
