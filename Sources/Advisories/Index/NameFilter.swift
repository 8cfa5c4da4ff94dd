// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A Bloom filter over the keys of names: most packages are named by no record, and that is known without a look at the disk.
///
/// Three bits for each key, all in one block of 512 bits. False "may be" for about one key in a hundred; never a false "no".
struct NameFilter {
  /// Bits set aside for each name. A filter that has become fuller than that is made anew.
  static let bitsPerName = 12
  private static let blockBytes = 64

  private(set) var bytes: [UInt8]

  init(names: Int) {
    let blocks = max(1, (names * Self.bitsPerName + 511) / 512)
    bytes = [UInt8](repeating: 0, count: blocks * Self.blockBytes)
  }

  /// - Returns: nil where the bytes cannot be a filter.
  init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count % Self.blockBytes == 0 else { return nil }
    self.bytes = bytes
  }

  /// Whether more names were put in than there was room for, or than are left: a quarter of the bits is set, where a filter of as many names as it was made
  /// for has set 22 in a hundred.
  /// - Complexity: O(bytes).
  var isFull: Bool { bytes.reduce(0) { $0 + $1.nonzeroBitCount } > bytes.count * 2 }

  mutating func insert(_ key: NameKey) {
    let (block, bits) = place(of: key)
    for bit in [bits & 511, bits >> 9 & 511, bits >> 18 & 511] {
      bytes[block + Int(bit >> 3)] |= 1 << UInt8(bit & 7)
    }
  }

  /// The number of the ``IndexTables/segmentBytes`` in which the bits of a key lie.
  func segment(of key: NameKey) -> Int { place(of: key).block / IndexTables.segmentBytes }

  func mayContain(_ key: NameKey) -> Bool {
    let (block, bits) = place(of: key)
    func isSet(_ bit: UInt64) -> Bool { bytes[block + Int(bit >> 3)] & 1 << UInt8(bit & 7) != 0 }
    return isSet(bits & 511) && isSet(bits >> 9 & 511) && isSet(bits >> 18 & 511)
  }

  /// The block by the key's upper bits, so that neighbours in the table are neighbours here; the bits by the lower ones.
  private func place(of key: NameKey) -> (block: Int, bits: UInt64) {
    let hash = UInt64(bitPattern: key.value)
    let blocks = UInt64(bytes.count / Self.blockBytes)
    return (Int(hash.multipliedFullWidth(by: blocks).high) * Self.blockBytes, hash)
  }
}
