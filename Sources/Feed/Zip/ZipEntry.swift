// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// One entry, as the directory describes it.
struct ZipEntry {
  static let localHeaderSize = 30
  static let encrypted: UInt16 = 1
  /// Checksum and sizes stand behind the content, and are zero in the local header.
  static let hasDescriptor: UInt16 = 1 << 3
  static let stored: UInt16 = 0
  static let deflated: UInt16 = 8

  var flags: UInt16
  var method: UInt16
  var checksum: UInt32
  var packedSize: Int
  var size: Int
  /// Where its local header begins.
  var offset: Int

  /// Where the content begins, counted from the local header, whose first bytes are `bytes`; nil where there is no
  /// such header, or where it names another file, method or kind.
  func contentStart(inLocal bytes: Bytes, _ name: Bytes) -> Int? {
    guard bytes.count >= Self.localHeaderSize + name.count, bytes.littleEndian(0, as: UInt32.self) == 0x0403_4B50,
      bytes.littleEndian(6, as: UInt16.self) == flags, bytes.littleEndian(8, as: UInt16.self) == method,
      Int(bytes.littleEndian(26, as: UInt16.self)) == name.count,
      bytes[slice: Self.localHeaderSize..<(Self.localHeaderSize + name.count)].equals(name)
    else { return nil }
    return Self.localHeaderSize + name.count + Int(bytes.littleEndian(28, as: UInt16.self))
  }

  /// Whether checksum and sizes in the local header, all of which is in `bytes`, are those of the directory.
  func agrees(withLocal bytes: Bytes) -> Bool {
    let checksum: UInt32 = bytes.littleEndian(14)
    let (packed, size): (UInt32, UInt32) = (bytes.littleEndian(18), bytes.littleEndian(22))
    if flags & Self.hasDescriptor != 0, checksum == 0, packed == 0 || packed == .max, size == 0 || size == .max {
      return true
    }
    let start = Self.localHeaderSize + Int(bytes.littleEndian(26, as: UInt16.self))
    let end = start + Int(bytes.littleEndian(28, as: UInt16.self))
    guard end <= bytes.count else { return false }
    var wide = ZipExtra(bytes[slice: start..<end])
    // In this order, and each only where the short field is full.
    guard let localSize = wide.value(of: size), let localPacked = wide.value(of: packed) else { return false }
    return checksum == self.checksum && localPacked == packedSize && localSize == self.size
  }
}

/// The extra field of an entry, for the numbers that have no room in the header.
struct ZipExtra {
  private var wide: Bytes

  init(_ extra: Bytes) {
    wide = Bytes(start: nil, count: 0)
    var offset = 0
    while offset + 4 <= extra.count {
      let length = Int(extra.littleEndian(offset + 2, as: UInt16.self))
      guard offset + 4 + length <= extra.count else { return }
      if extra.littleEndian(offset, as: UInt16.self) == 1 {
        wide = extra[slice: (offset + 4)..<(offset + 4 + length)]
        return
      }
      offset += 4 + length
    }
  }

  /// What a header's field says, or, where it is full, the next number of the extra field; nil where that is missing
  /// or beyond reason.
  mutating func value(of field: UInt32) -> Int? {
    guard field == .max else { return Int(field) }
    guard wide.count >= 8 else { return nil }
    let value: UInt64 = wide.littleEndian(0)
    wide = wide[slice: 8..<wide.count]
    return Int(exactly: value)
  }
}
