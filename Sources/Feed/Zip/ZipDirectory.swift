// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The directory at the end of a zip.
struct ZipDirectory {
  private static let endSize = 22
  private static let wideEndSize = 56
  private static let locatorSize = 20
  private static let headerSize = 46

  let entryCount: Int
  /// Where it begins; everything before belongs to entries.
  let offset: Int
  private let size: Int
  private let file: OpenFile

  init(_ file: OpenFile) throws(FeedError) {
    self.file = file
    let fileSize = try file.size()
    let tail = ByteWindow(file, readAhead: 1 << 17)
    let tailStart = max(0, fileSize - Self.endSize - Int(UInt16.max))
    let bytes = try tail.bytes(at: tailStart, length: fileSize - tailStart)
    guard let end = Self.findEnd(in: bytes) else { throw try Self.noEnd(file) }
    var position = tailStart + end
    var record = Self.Summary(
      count: Int(bytes.littleEndian(end + 10, as: UInt16.self)),
      countHere: Int(bytes.littleEndian(end + 8, as: UInt16.self)),
      size: Int(bytes.littleEndian(end + 12, as: UInt32.self)),
      offset: Int(bytes.littleEndian(end + 16, as: UInt32.self)),
      disks: Int(bytes.littleEndian(end + 4, as: UInt16.self)) + Int(bytes.littleEndian(end + 6, as: UInt16.self)))
    if let wide = try Self.wideEnd(tail, before: position) { (record, position) = wide }
    guard record.disks == 0, record.count == record.countHere else {
      throw FeedError(.zipUnreadable, file.path, "several disks")
    }
    // Exactly: bytes between the directory and its end would belong to nobody.
    guard record.offset <= position, record.size == position - record.offset,
      record.count <= record.size / Self.headerSize
    else { throw FeedError(.zipTruncated, file.path, "its directory") }
    (entryCount, offset, size) = (record.count, record.offset, record.size)
  }

  private struct Summary {
    var count: Int
    var countHere: Int
    var size: Int
    var offset: Int
    var disks: Int
  }

  /// The last record whose comment reaches exactly to the end of the file.
  private static func findEnd(in tail: Bytes) -> Int? {
    var offset = tail.count - endSize
    while offset >= 0 {
      if tail.littleEndian(offset, as: UInt32.self) == 0x0605_4B50,
        offset + endSize + Int(tail.littleEndian(offset + 20, as: UInt16.self)) == tail.count
      {
        return offset
      }
      offset -= 1
    }
    return nil
  }

  private static func noEnd(_ file: OpenFile) throws(FeedError) -> FeedError {
    let beginsLikeOne = try file.beginning(4) == Array("PK\u{3}\u{4}".utf8)
    return FeedError(beginsLikeOne ? .zipTruncated : .zipUnreadable, file.path, "")
  }

  /// The zip64 record that a locator right before `end` points to, and where it begins; nil where there is no locator.
  private static func wideEnd(_ tail: ByteWindow, before end: Int) throws(FeedError) -> (Summary, Int)? {
    guard end >= locatorSize else { return nil }
    let locator = try tail.bytes(at: end - locatorSize, length: locatorSize)
    guard locator.count == locatorSize, locator.littleEndian(0, as: UInt32.self) == 0x0706_4B50 else { return nil }
    guard let start = Int(exactly: locator.littleEndian(8, as: UInt64.self)), start <= end - locatorSize - wideEndSize
    else { return unusable }
    let bytes = try tail.bytes(at: start, length: wideEndSize)
    guard bytes.count == wideEndSize, bytes.littleEndian(0, as: UInt32.self) == 0x0606_4B50,
      let count = Int(exactly: bytes.littleEndian(32, as: UInt64.self)),
      let countHere = Int(exactly: bytes.littleEndian(24, as: UInt64.self)),
      let size = Int(exactly: bytes.littleEndian(40, as: UInt64.self)),
      let offset = Int(exactly: bytes.littleEndian(48, as: UInt64.self))
    else { return unusable }
    let disks = Int(bytes.littleEndian(16, as: UInt32.self)) + Int(bytes.littleEndian(20, as: UInt32.self))
    return (Summary(count: count, countHere: countHere, size: size, offset: offset, disks: disks), start)
  }

  /// A summary that no check lets pass.
  private static let unusable = (Summary(count: 0, countHere: 0, size: 0, offset: .max, disks: 0), 0)

  /// Calls `body` with each entry and its name, which is valid until `body` returns.
  func forEachEntry(_ body: (ZipEntry, Bytes) throws(FeedError) -> Void) throws(FeedError) {
    let window = ByteWindow(file, readAhead: 1 << 18)
    // What `body` gets lies in its buffer.
    defer { withExtendedLifetime(window) {} }
    var position = offset
    for _ in 0..<entryCount {
      let header = try window.bytes(at: position, length: Self.headerSize)
      guard header.count == Self.headerSize, header.littleEndian(0, as: UInt32.self) == 0x0201_4B50 else {
        throw disagreement(position)
      }
      let nameLength = Int(header.littleEndian(28, as: UInt16.self))
      let extraLength = Int(header.littleEndian(30, as: UInt16.self))
      let length = Self.headerSize + nameLength + extraLength + Int(header.littleEndian(32, as: UInt16.self))
      guard length <= offset + size - position else { throw disagreement(position) }
      let bytes = try window.bytes(at: position, length: length)
      guard bytes.count == length, let entry = entry(bytes, nameLength, extraLength) else {
        throw disagreement(position)
      }
      try body(entry, bytes[slice: Self.headerSize..<(Self.headerSize + nameLength)])
      position += length
    }
    guard position == offset + size else { throw disagreement(position) }
  }

  private func disagreement(_ position: Int) -> FeedError {
    FeedError(.zipDisagrees, file.path, "its directory, byte \(position)")
  }

  private func entry(_ bytes: Bytes, _ nameLength: Int, _ extraLength: Int) -> ZipEntry? {
    let extraStart = Self.headerSize + nameLength
    var wide = ZipExtra(bytes[slice: extraStart..<(extraStart + extraLength)])
    guard let size = wide.value(of: bytes.littleEndian(24)), let packed = wide.value(of: bytes.littleEndian(20)),
      let start = wide.value(of: bytes.littleEndian(42)), start <= offset, packed <= offset,
      bytes.littleEndian(34, as: UInt16.self) == 0
    else { return nil }
    return ZipEntry(
      flags: bytes.littleEndian(8), method: bytes.littleEndian(10), checksum: bytes.littleEndian(16),
      packedSize: packed, size: size, offset: start)
  }
}
