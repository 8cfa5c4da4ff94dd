// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Puts numbers and texts one behind the other.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// Seven bits a byte, the lowest first.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func count(_ value: Int) { number(UInt64(max(0, value))) }

  mutating func text(_ value: String) {
    count(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func texts(_ values: [String]) {
    count(values.count)
    for value in values { text(value) }
  }

  mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }
}

/// That what is read is not what ByteWriter has written.
struct ByteCodingError: Error {}

/// Reads what ByteWriter has written. Never beyond the end, whatever the bytes say.
struct ByteReader {
  private let bytes: Bytes
  private(set) var offset = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func byte() throws(ByteCodingError) -> UInt8 {
    guard offset < bytes.count else { throw ByteCodingError() }
    offset += 1
    return bytes[offset - 1]
  }

  mutating func number() throws(ByteCodingError) -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw ByteCodingError() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// A number of things that follow, of which each takes at least one byte.
  mutating func count() throws(ByteCodingError) -> Int {
    let value = try number()
    guard value <= UInt64(bytes.count - offset) else { throw ByteCodingError() }
    return Int(value)
  }

  mutating func rawText() throws(ByteCodingError) -> Bytes {
    let length = try count()
    offset += length
    return bytes[slice: (offset - length)..<offset]
  }

  mutating func text() throws(ByteCodingError) -> String { try rawText().string }

  mutating func texts() throws(ByteCodingError) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try count()) { texts.append(try text()) }
    return texts
  }

  /// Everything that is left.
  mutating func rest() -> Bytes {
    let start = offset
    offset = bytes.count
    return bytes[slice: start..<offset]
  }
}
