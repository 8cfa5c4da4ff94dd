// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Memory that one thread reads file after file into.
///
/// It grows to the largest file and gives memory beyond ``keptBytes`` back before the next one.
public final class ReadBuffer {
  /// What is kept between files: larger than nearly every manifest, small enough to have one a thread.
  public static let keptBytes = 1 << 18

  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  public init() {
    capacity = Self.keptBytes
    memory = .allocate(capacity: capacity)
  }

  deinit {
    memory.deallocate()
  }

  /// The bytes of the last file read; valid until the next one is read.
  public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: memory, count: count)
  }

  /// Reads an open regular file to its end.
  ///
  /// - Parameters:
  ///   - expected: Its size in bytes as fstat told it. A file that grows meanwhile is read to its new end.
  ///   - limit: Bytes. Reading stops one byte after it.
  /// - Returns: Whether the whole file was read; false if it is larger than `limit`.
  public func fill(from descriptor: Int32, expected: Int, limit: Int) throws(SystemError) -> Bool {
    count = 0
    let wanted = min(max(expected, 0), limit)
    resize(to: max(Self.keptBytes, wanted + 1))
    if wanted >= Self.halvedBytes { count = try Self.checked(gifthorse_read_halves(descriptor, memory, wanted)) }
    while true {
      let got = try Self.checked(gifthorse_read_at(descriptor, memory + count, capacity - count, Int64(count)))
      count += got
      if count > limit {
        count = limit
        return false
      }
      // A regular file gives less than was asked for only at its end.
      if got == 0 || count < capacity { return true }
      resize(to: min(capacity * 2, limit + 1))
    }
  }

  /// Reads an open file from its beginning to its end, ``keptBytes`` at a time.
  ///
  /// - Parameter body: Gets each piece; false ends the reading. ``bytes`` holds the last piece afterwards.
  /// - Returns: Whether the whole file was read.
  public func forEachPiece(
    of descriptor: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SystemError) -> Bool {
    resize(to: Self.keptBytes)
    var offset: Int64 = 0
    while true {
      count = try Self.checked(gifthorse_read_at(descriptor, memory, Self.keptBytes, offset))
      if count == 0 { return true }
      offset += Int64(count)
      guard body(bytes) else { return false }
    }
  }

  /// Gives memory beyond ``keptBytes`` back now, and with it the last file's bytes.
  public func release() {
    count = 0
    resize(to: Self.keptBytes)
  }

  /// Overwrites the last file's bytes: what may hold a secret is not left lying in memory.
  public func wipe() {
    gifthorse_wipe(memory, count)
    count = 0
  }

  /// What is at least so large is read by two threads.
  private static let halvedBytes = 4 << 20

  private static func checked(_ result: Int) throws(SystemError) -> Int {
    guard result >= 0 else { throw SystemError(code: Int32(truncatingIfNeeded: -result)) }
    return result
  }

  private func resize(to wanted: Int) {
    guard wanted > capacity || (wanted < capacity && capacity > Self.keptBytes) else { return }
    let other = Self.allocate(wanted)
    other.update(from: memory, count: min(count, wanted))
    memory.deallocate()
    memory = other
    capacity = wanted
  }

  /// Large memory is aligned for, and asks for, large pages: filling it otherwise costs a page fault every 4 KiB, a tenth of the time that
  /// reading a lockfile of 20 MB takes.
  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let largePage = 1 << 21
    guard capacity >= 2 * largePage else { return .allocate(capacity: capacity) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: largePage)
    #if os(Linux)
      madvise(memory, capacity, MADV_HUGEPAGE)
    #endif
    return memory.bindMemory(to: UInt8.self, capacity: capacity)
  }
}
