// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A path as C has it, in storage that is used again.
final class PathBuffer {
  private var capacity = 4096
  private var buffer: UnsafeMutablePointer<CChar> = .allocate(capacity: 4096)

  deinit {
    buffer.deallocate()
  }

  /// `path` with the zero byte that C wants; valid until the next call. A zero byte cannot come out of a listing.
  func terminated(_ path: [UInt8]) -> UnsafePointer<CChar> {
    if path.count >= capacity {
      buffer.deallocate()
      capacity = path.count * 2 + 1
      buffer = .allocate(capacity: capacity)
    }
    for (index, byte) in path.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    buffer[path.count] = 0
    return UnsafePointer(buffer)
  }
}
