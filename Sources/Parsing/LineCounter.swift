// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Turns byte offsets into 1-based line numbers, in one pass as long as the offsets ascend.
public struct LineCounter {
  private let bytes: Bytes
  private var offset = 0
  private var line = 1

  public init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The line that holds the byte at `target`. Lines end with LF, so CRLF counts once.
  /// - Complexity: O(distance from the last offset asked for), one word at a time; an earlier offset starts anew.
  public mutating func line(at target: Int) -> Int {
    let end = min(max(target, 0), bytes.count)
    if end < offset {
      offset = 0
      line = 1
    }
    line += Self.newlines(in: bytes, from: offset, to: end)
    offset = end
    return line
  }

  private static func newlines(in bytes: Bytes, from start: Int, to end: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var count = 0
    var index = start
    while index &+ 8 <= end {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      count &+= Word.matches(word, newline).nonzeroBitCount
      index &+= 8
    }
    while index < end {
      if bytes[index] == UInt8(ascii: "\n") { count &+= 1 }
      index &+= 1
    }
    return count
  }

  private static let newline = Word.broadcast(UInt8(ascii: "\n"))
}

/// Eight bytes at once: the arithmetic that finds a byte in a word without a loop.
enum Word {
  static let low: UInt64 = 0x0101_0101_0101_0101
  static let high: UInt64 = 0x8080_8080_8080_8080

  static func broadcast(_ byte: UInt8) -> UInt64 {
    low &* UInt64(byte)
  }

  /// A word whose lowest set bit is the high bit of the first byte (in little-endian order) that holds the byte of `pattern`; zero if none
  /// does. Bits above that one may be wrong: cheaper than ``matches(_:_:)`` where only the first counts.
  @inline(__always)
  static func firstMatch(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return (difference &- low) & ~difference & high
  }

  /// A word with the high bit of each byte set exactly where `word` holds the byte of `pattern`.
  @inline(__always)
  static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    // The exact form, without borrows between bytes: callers count the bits.
    let folded = (difference & ~high) &+ ~high
    return ~(folded | difference | ~high)
  }
}
