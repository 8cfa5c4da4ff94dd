// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The name of an object: 20 bytes of SHA-1, or 32 of SHA-256.
struct GitObjectID: Hashable, Comparable {
  /// Big-endian; SHA-1 leaves the last twelve bytes zero.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// - Parameter bytes: 20 or 32 bytes.
  init(_ bytes: Bytes) {
    func word(_ index: Int) -> UInt64 {
      var value: UInt64 = 0
      for offset in index * 8..<index * 8 + 8 {
        value = value << 8 | (offset < bytes.count ? UInt64(bytes[offset]) : 0)
      }
      return value
    }
    guard bytes.count >= 20, let base = bytes.baseAddress else {
      words = (word(0), word(1), word(2), word(3))
      return
    }
    let raw = UnsafeRawPointer(base)
    words = (
      UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
      UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      bytes.count >= 32
        ? UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        : UInt64(UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))) << 32,
      bytes.count >= 32 ? UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self)) : 0
    )
  }

  /// Reads 40 or 64 hexadecimal digits; nil for anything else.
  init?(hexadecimal text: Bytes) {
    guard text.count == 40 || text.count == 64 else { return nil }
    var parts: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in text.enumerated() {
      guard let digit = Self.hexadecimalValue(byte) else { return nil }
      parts[index / 16] = parts[index / 16] << 4 | UInt64(digit)
    }
    if text.count == 40 { parts[2] <<= 32 }
    words = (parts[0], parts[1], parts[2], parts[3])
  }

  var isZero: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

  /// A seeded hash of all that names of either kind differ in: whoever makes up names cannot make them collide.
  var quickHash: UInt64 { TextHash.combined(TextHash.combined(words.0, words.1), words.2) }

  /// The first eight bytes, as a number.
  var firstWord: UInt64 { words.0 }

  var firstByte: Int { Int(words.0 >> 56) }

  /// Lower-case hexadecimal digits.
  /// - Parameter bytes: How long names are in this repository: 20 or 32.
  func text(bytes: Int) -> String {
    let digits = [words.0, words.1, words.2, words.3].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
    return String(digits.prefix(bytes * 2))
  }

  static func == (first: GitObjectID, second: GitObjectID) -> Bool { first.words == second.words }

  static func < (first: GitObjectID, second: GitObjectID) -> Bool { first.words < second.words }

  func hash(into hasher: inout Hasher) {
    hasher.combine(quickHash)
  }

  static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
