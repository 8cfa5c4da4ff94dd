// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A quick hash of short texts, seeded anew in each process so that nobody can prepare texts that collide.
///
/// Swift's own hashing is several times slower on the tens of thousands of names that a large lockfile holds; the order of what is hashed never
/// shows, so nothing depends on the value.
public struct TextHash: Sendable {
  /// A hash of `text`; the same for equal bytes, as long as the process runs.
  /// - Complexity: O(length), eight bytes at a time.
  public static func of(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8(of)
  }

  /// The same of UTF-8 as it lies in memory.
  public static func of(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = text.baseAddress else { return seed }
    return hash(UnsafeRawPointer(base), count: text.count)
  }

  /// One hash out of two, in which the order counts.
  @inline(__always)
  public static func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mixed(first ^ 0x9E37_79B9_7F4A_7C15, second)
  }

  private static let seed: UInt64 = {
    var hasher = Hasher()
    hasher.combine(0x6768_6f72)
    return UInt64(bitPattern: Int64(hasher.finalize())) | 1
  }()

  private static func hash(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset &+ 8 <= count {
      state = mixed(state, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < count {
      tail = tail << 8 | UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self))
      offset &+= 1
    }
    return mixed(state, tail)
  }

  /// Both halves of the product: every bit of the inputs reaches every bit of the result.
  @inline(__always)
  private static func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = (first ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: second ^ seed)
    return product.high ^ product.low
  }
}
