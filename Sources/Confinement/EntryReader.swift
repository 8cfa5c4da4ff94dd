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

/// Lists folders, one at a time.
public final class EntryReader {
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)

  public init() {}

  deinit {
    buffer.deallocate()
  }

  /// Calls `body` with each entry of the open folder but `.` and `..`: its name, what it is (nil where the file system does not tell that in a
  /// listing), and its inode.
  public func forEachEntry(
    of descriptor: Int32, _ body: (UnsafeBufferPointer<UInt8>, SafeOpening.Facts.Kind?, _ inode: UInt64) -> Void
  ) throws(SystemError) {
    #if os(Linux)
      guard let base = buffer.baseAddress else { return }
      while true {
        let length = gifthorse_read_entries(descriptor, base, buffer.count)
        guard length >= 0 else { throw SystemError(code: Int32(-length)) }
        if length == 0 { return }
        var offset = 0
        var entry = gifthorse_entry()
        while gifthorse_next_entry(base, length, &offset, &entry), let text = entry.name {
          let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
          let name = UnsafeBufferPointer(start: start, count: entry.length)
          if !Self.isDots(name) { body(name, Self.kind(entry.type), entry.inode) }
        }
        guard offset == length else { throw SystemError(code: EIO) }
      }
    #else
      let copy = dup(descriptor)
      guard copy >= 0, let stream = fdopendir(copy) else { throw SystemError(code: errno) }
      defer { closedir(stream) }
      while true {
        errno = 0
        guard let entry = readdir(stream) else {
          if errno != 0 { throw SystemError(code: errno) }
          return
        }
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          let start = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
          let name = UnsafeBufferPointer(
            start: start, count: strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)))
          if !Self.isDots(name) {
            body(name, Self.kind(entry.pointee.d_type), UInt64(entry.pointee.d_ino))
          }
        }
      }
    #endif
  }

  /// The names of all entries, in the order of their bytes.
  public func sortedNames(of descriptor: Int32) throws(SystemError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    try forEachEntry(of: descriptor) { name, _, _ in names.append(Array(name)) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func isDots(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
  }

  private static func kind(_ type: UInt8) -> SafeOpening.Facts.Kind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_FIFO): .fifo
    case Int(DT_SOCK): .socket
    case Int(DT_CHR), Int(DT_BLK): .device
    default: nil
    }
  }
}
