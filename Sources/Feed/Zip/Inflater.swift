// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import Parsing

/// Unpacks deflated entries one after another into one buffer.
/// - Source: https://www.rfc-editor.org/rfc/rfc1951 (read 2026-11-25)
final class Inflater {
  private var stream = z_stream()
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 16

  init(_ path: String) throws(FeedError) {
    buffer = .allocate(capacity: capacity)
    // Negative: raw deflate, without zlib's own header.
    guard inflateInit2_(&stream, -15, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw FeedError(.cannotRead, path, "zlib")
    }
  }

  deinit {
    inflateEnd(&stream)
    buffer.deallocate()
  }

  /// The `size` bytes that `packed` holds, valid until the next call; nil where it holds fewer, or more, or no
  /// deflated bytes, or where something follows them.
  func inflate(_ packed: Bytes, size: Int) -> Bytes? {
    // One more, so that an entry that goes on beyond its size shows.
    reserve(size + 1)
    guard inflateReset(&stream) == Z_OK, let input = UInt32(exactly: packed.count),
      let room = UInt32(exactly: size + 1)
    else { return nil }
    stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
    stream.avail_in = input
    stream.next_out = buffer
    stream.avail_out = room
    guard CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END, stream.avail_in == 0, stream.avail_out == 1 else {
      return nil
    }
    return Bytes(start: buffer, count: size)
  }

  private func reserve(_ size: Int) {
    guard size > capacity else { return }
    buffer.deallocate()
    capacity = size
    buffer = .allocate(capacity: size)
  }
}
