// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Random access to a file through one buffer: what is asked for in ascending order is read in large pieces.
final class ByteWindow {
  private let file: OpenFile
  private let readAhead: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var offset = 0
  private var count = 0

  init(_ file: OpenFile, readAhead: Int) {
    self.file = file
    self.readAhead = readAhead
    buffer = .allocate(byteCount: readAhead, alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }

  /// The bytes from `start` on, valid until the next call, and as long as this object lives; fewer than `length`
  /// where the file ends before.
  func bytes(at start: Int, length: Int) throws(FeedError) -> Bytes {
    if start < offset || length > offset + count - start { try load(start, length) }
    let available = min(length, max(0, offset + count - start))
    guard available > 0, let base = buffer.baseAddress else { return Bytes(start: nil, count: 0) }
    let first = (base + (start - offset)).assumingMemoryBound(to: UInt8.self)
    return Bytes(start: first, count: available)
  }

  private func load(_ start: Int, _ length: Int) throws(FeedError) {
    if length > buffer.count {
      buffer.deallocate()
      buffer = .allocate(byteCount: length, alignment: 16)
    }
    (offset, count) = (start, 0)
    let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, max(length, readAhead))])
    count = try file.read(at: start, into: wanted)
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// The little-endian number of `Number`'s size at `offset`, all of which must lie inside.
  func littleEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type = Number.self) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= count)
    return UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: offset, as: Number.self).littleEndian
  }
}
