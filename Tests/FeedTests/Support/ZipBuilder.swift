// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Writes zips byte by byte, sound ones and others.
/// - Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (read 2026-11-25)
struct ZipBuilder {
  enum Method {
    case stored
    /// Deflate's own stored blocks.
    case deflated
    /// Deflated bytes that another program made.
    case packed([UInt8], size: Int)
  }

  /// What may be wrong with an entry, or unusual.
  struct Odds {
    var checksum: UInt32?
    /// The name before the content, where it differs from that of the directory.
    var localName: String?
    var localSize: UInt32?
    var flags: UInt16 = 0
    /// Sizes and offset in the extra field.
    var isWide = false
    /// Sizes and checksum behind the content.
    var hasDescriptor = false
    var declaredSize: UInt32?
    /// Points to the entry before.
    var overlaps = false
  }

  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private var lastOffset = 0

  mutating func add(_ name: String, _ content: [UInt8], _ method: Method = .stored, _ odds: Odds = Odds()) {
    let (code, packed, size) = Self.pack(content, method)
    let checksum = odds.checksum ?? Self.checksum(content)
    let localName = Array((odds.localName ?? name).utf8)
    let flags = odds.flags | (odds.hasDescriptor ? 8 : 0)
    let declared = odds.declaredSize ?? UInt32(size)
    if !odds.overlaps { lastOffset = bytes.count }
    let sizes: [UInt32] =
      odds.hasDescriptor ? [0, 0, 0] : [checksum, UInt32(packed.count), odds.localSize ?? declared]
    let wide =
      Self.little(UInt16(1)) + Self.little(UInt16(16)) + Self.little(UInt64(size)) + Self.little(UInt64(packed.count))
    if !odds.overlaps {
      bytes += Self.little(UInt32(0x0403_4B50)) + Self.little(UInt16(20)) + Self.little(flags) + Self.little(code)
      bytes += [0, 0, 0, 0] + Self.little(sizes[0])
      bytes += odds.isWide ? [UInt8](repeating: 0xFF, count: 8) : Self.little(sizes[1]) + Self.little(sizes[2])
      bytes += Self.little(UInt16(localName.count)) + Self.little(UInt16(odds.isWide ? wide.count : 0))
      bytes += localName + (odds.isWide ? wide : []) + packed
      if odds.hasDescriptor {
        bytes +=
          Self.little(UInt32(0x0807_4B50)) + Self.little(checksum) + Self.little(UInt32(packed.count))
          + Self.little(UInt32(size))
      }
    }
    let extra =
      Self.little(UInt16(1)) + Self.little(UInt16(24)) + Self.little(UInt64(size)) + Self.little(UInt64(packed.count))
      + Self.little(UInt64(lastOffset))
    directory += Self.little(UInt32(0x0201_4B50)) + Self.little(UInt16(20)) + Self.little(UInt16(20))
    directory += Self.little(flags) + Self.little(code) + [0, 0, 0, 0] + Self.little(checksum)
    directory +=
      odds.isWide ? [UInt8](repeating: 0xFF, count: 8) : Self.little(UInt32(packed.count)) + Self.little(declared)
    directory += Self.little(UInt16(name.utf8.count)) + Self.little(UInt16(odds.isWide ? extra.count : 0))
    directory += [UInt8](repeating: 0, count: 10)
    directory += odds.isWide ? Self.little(UInt32.max) : Self.little(UInt32(lastOffset))
    directory += Array(name.utf8) + (odds.isWide ? extra : [])
    count += 1
  }

  /// The whole zip.
  func finished(isWide: Bool = false) -> [UInt8] {
    var result = bytes + directory
    if isWide {
      let start = result.count
      result += Self.little(UInt32(0x0606_4B50)) + Self.little(UInt64(44)) + Self.little(UInt16(45))
      result += Self.little(UInt16(45)) + [UInt8](repeating: 0, count: 8)
      for number in [count, count, directory.count, bytes.count] { result += Self.little(UInt64(number)) }
      result += Self.little(UInt32(0x0706_4B50)) + Self.little(UInt32(0)) + Self.little(UInt64(start))
      result += Self.little(UInt32(1))
    }
    result += Self.little(UInt32(0x0605_4B50)) + [0, 0, 0, 0]
    for _ in 0..<2 { result += Self.little(isWide ? UInt16.max : UInt16(count)) }
    for number in [directory.count, bytes.count] { result += Self.little(isWide ? UInt32.max : UInt32(number)) }
    return result + [0, 0]
  }

  private static func pack(_ content: [UInt8], _ method: Method) -> (UInt16, [UInt8], Int) {
    switch method {
    case .stored: return (0, content, content.count)
    case .packed(let bytes, let size): return (8, bytes, size)
    case .deflated:
      precondition(content.count <= 0xFFFF, "one block")
      let length = UInt16(content.count)
      return (8, [1] + little(length) + little(~length) + content, content.count)
    }
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<MemoryLayout<Number>.size).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
  }

  /// CRC-32, bit by bit.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }

  /// A sound zip of these files.
  static func zip(_ files: [(name: String, content: String)], _ method: Method = .deflated) -> [UInt8] {
    var builder = ZipBuilder()
    for file in files { builder.add(file.name, Array(file.content.utf8), method) }
    return builder.finished()
  }
}
