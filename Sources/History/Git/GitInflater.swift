// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import Inventory
internal import Parsing

/// Unpacks zlib streams one after another, never beyond the size that was declared.
/// - Source: https://www.rfc-editor.org/rfc/rfc1950 (read 2026-11-25)
final class GitInflater {
  @exclusivity(unchecked) private var stream = z_stream()
  private let isReady: Bool

  init() {
    isReady = inflateInit_(&stream, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    inflateEnd(&stream)
  }

  /// The `size` bytes that the stream at `offset` of a file holds.
  ///
  /// - Throws: `malformed` where it holds fewer or more, or is no such stream.
  /// - Complexity: O(size). What is read beyond the stream's end is at most one window.
  func inflate(
    _ file: FileWindows.File, at offset: Int, size: Int, path: @autoclosure () -> String
  ) throws(GitFault) -> [UInt8] {
    var fault: GitFault?
    let result = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      do throws(GitFault) { count = try fill(buffer, size: size, from: file, at: offset) } catch { fault = error }
    }
    if let fault { throw fault.of(path()) }
    return result
  }

  private func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, size: Int, from file: FileWindows.File, at start: Int
  ) throws(GitFault) -> Int {
    try begin()
    var (offset, done) = (start, 0)
    // Where the last byte is there, zlib still wants room to see that the stream ends.
    var beyond: UInt8 = 0
    while true {
      let piece = try file.piece(at: offset)
      stream.next_in = UnsafeMutablePointer(mutating: piece.baseAddress)
      stream.avail_in = UInt32(piece.count)
      let result = step(buffer, size: size, done: &done, beyond: &beyond)
      offset += piece.count - Int(stream.avail_in)
      if result == Z_STREAM_END, done == size { return done }
      guard result == Z_OK || result == Z_BUF_ERROR, done <= size, stream.avail_in == 0 else {
        throw GitFault(.malformed, ["deflate"])
      }
    }
  }

  /// One call of zlib with what is in `next_in`; `done` becomes `size + 1` where there is more than was declared.
  private func step(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, size: Int, done: inout Int, beyond: inout UInt8
  ) -> Int32 {
    while true {
      let room = min(size - done, 1 << 30)
      let result: Int32 = withUnsafeMutablePointer(to: &beyond) { spare in
        stream.next_out = room > 0 ? buffer.baseAddress.map { $0 + done } : spare
        stream.avail_out = room > 0 ? UInt32(room) : 1
        return CZlib.inflate(&stream, Z_NO_FLUSH)
      }
      let written = (room > 0 ? room : 1) - Int(stream.avail_out)
      done += written
      if result != Z_OK || done > size || stream.avail_in == 0 { return result }
    }
  }

  private func begin() throws(GitFault) {
    guard isReady, inflateReset(&stream) == Z_OK else { throw GitFault(.unreadable, ["zlib"]) }
  }

  /// The beginning of a stream that is in memory, at most `limit` bytes of it, and how many of `packed` it took.
  ///
  /// - Returns: Whether the stream ended there.
  func inflate(_ packed: Bytes, limit: Int) throws(GitFault) -> (bytes: [UInt8], taken: Int, isWhole: Bool) {
    try begin()
    guard let input = UInt32(exactly: packed.count), let room = UInt32(exactly: limit) else {
      throw GitFault(.malformed, ["deflate"])
    }
    var result = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
      stream.avail_in = input
      stream.next_out = buffer.baseAddress
      stream.avail_out = room
      result = CZlib.inflate(&stream, Z_SYNC_FLUSH)
      count = limit - Int(stream.avail_out)
    }
    guard result == Z_STREAM_END || result == Z_OK || result == Z_BUF_ERROR else {
      throw GitFault(.malformed, ["deflate"])
    }
    return (bytes, packed.count - Int(stream.avail_in), result == Z_STREAM_END)
  }
}
