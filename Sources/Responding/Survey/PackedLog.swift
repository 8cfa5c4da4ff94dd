// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import Confinement
internal import Parsing

/// Unpacks a log that was packed by gzip, piece by piece; several packed pieces may follow each other.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc1952 (read 2026-11-25)
final class PackedLog {
  /// More is not unpacked: a file made to be endless when it is unpacked is no log.
  private static let mostBytes = 1 << 32
  private static let pieceBytes = 1 << 17

  private var stream = z_stream()
  private let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: pieceBytes)
  private var total = 0
  private var isDone = false

  /// nil where zlib cannot be had.
  init?() {
    // 16 beyond the largest window: with gzip's own header.
    guard inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(&stream)
    memory.deallocate()
  }

  /// Calls `body` with what an open file holds.
  /// - Returns: Whether it was unpacked to its end; false where it is damaged or too large.
  func read(_ file: Int32, with buffer: ReadBuffer, _ body: (Bytes) -> Void) throws(SystemError) -> Bool {
    let isWhole = try buffer.forEachPiece(of: file) { self.unpack($0, body) }
    return isWhole && isDone
  }

  private func unpack(_ packed: Bytes, _ body: (Bytes) -> Void) -> Bool {
    guard let input = UInt32(exactly: packed.count) else { return false }
    stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
    stream.avail_in = input
    repeat {
      if isDone {
        guard inflateReset(&stream) == Z_OK else { return false }
        isDone = false
      }
      stream.next_out = memory
      stream.avail_out = UInt32(Self.pieceBytes)
      let result = inflate(&stream, Z_NO_FLUSH)
      guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return false }
      let count = Self.pieceBytes - Int(stream.avail_out)
      total += count
      guard total <= Self.mostBytes else { return false }
      body(Bytes(start: memory, count: count))
      isDone = result == Z_STREAM_END
    } while stream.avail_in > 0 || (stream.avail_out == 0 && !isDone)
    return true
  }
}
