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

/// Opening without being led astray: no symbolic link is followed, no FIFO waits, no device is touched.
public enum SafeOpening {
  /// Stands for the process's current folder where a base folder is asked for.
  public static let currentFolder = Int32(AT_FDCWD)

  /// Opens the folder at `path` below `base`. No component may be a symbolic link.
  ///
  /// - Parameter path: Relative, without `.` and `..`, ending with a zero byte; empty for `base` itself.
  /// - Complexity: One system call where the kernel has openat2; else one for each component.
  public static func folder(_ path: UnsafePointer<CChar>, below base: Int32) throws(SystemError) -> Descriptor {
    try open(path, below: base, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK)
  }

  /// Opens the file at `path` below `base`, for reading. What comes back may still be no regular file: see ``facts(of:)``.
  public static func file(_ path: UnsafePointer<CChar>, below base: Int32) throws(SystemError) -> Descriptor {
    try open(path, below: base, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
  }

  /// Opens the entry `name` (one component) of the open folder `base`, for reading.
  public static func entry(_ name: UnsafePointer<CChar>, of base: Int32) throws(SystemError) -> Descriptor {
    try openat(base, name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
  }

  /// Opens whatever is at `path` without touching it (O_PATH), following links: for places that the user named, and to see where a link leads.
  public static func anything(
    _ path: UnsafePointer<CChar>, at base: Int32 = currentFolder
  ) throws(SystemError) -> Descriptor {
    let result = gifthorse_open_place(base, path)
    guard result >= 0 else { throw SystemError(code: -result) }
    return Descriptor(owning: result)
  }

  /// The absolute path, without links, of what is open; nil where the system does not tell.
  public static func path(of descriptor: Int32) -> [UInt8]? {
    #if os(Linux)
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
        guard let base = buffer.baseAddress else { return nil }
        let length = readlink("/proc/self/fd/\(descriptor)", base, buffer.count)
        // A path that fills the buffer may have been cut.
        guard length > 0, length < buffer.count else { return nil }
        return buffer[..<length].map { UInt8(bitPattern: $0) }
      }
    #else
      nil
    #endif
  }

  /// What an open descriptor is.
  public struct Facts: Hashable, Sendable {
    public enum Kind: String, Sendable {
      case file
      case folder
      case fifo
      case socket
      case device
      case link
    }
    public let kind: Kind
    /// Bytes.
    public let size: Int
    public let device: UInt64
    public let inode: UInt64
  }

  /// - Complexity: One system call.
  public static func facts(of descriptor: Int32) throws(SystemError) -> Facts {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(code: errno) }
    return facts(status)
  }

  /// What the entry `name` of the open folder `base` is, not following it if it is a link.
  public static func facts(of name: UnsafePointer<CChar>, in base: Int32) throws(SystemError) -> Facts {
    var status = stat()
    guard fstatat(base, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw SystemError(code: errno) }
    return facts(status)
  }

  static func facts(_ status: stat) -> Facts {
    let kind: Facts.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      case S_IFLNK: .link
      default: .device
      }
    return Facts(
      kind: kind, size: Int(status.st_size), device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(status.st_ino))
  }

  private static func open(
    _ path: UnsafePointer<CChar>, below base: Int32, flags: Int32
  ) throws(SystemError)
    -> Descriptor
  {
    if path.pointee == 0 { return try openat(base, ".", flags: flags) }
    let result = gifthorse_open_beneath(base, path, flags)
    if result >= 0 { return Descriptor(owning: result) }
    guard result == -ENOSYS || result == -ENAMETOOLONG || result == -EAGAIN else { throw SystemError(code: -result) }
    return try openStepwise(path, below: base, flags: flags)
  }

  /// Part by part, each without following a link: for paths longer than PATH_MAX and for kernels without openat2.
  ///
  /// With openat2 a part is as much of the path as one call takes: component by component a tree of n nested folders would cost
  /// n² / 2 calls, which at 5,000 is a minute.
  private static func openStepwise(
    _ path: UnsafePointer<CChar>, below base: Int32, flags: Int32
  ) throws(SystemError)
    -> Descriptor
  {
    var current = try openat(base, ".", flags: O_RDONLY | O_DIRECTORY)
    var longest = 4_000
    var start = 0
    let length = strlen(path)
    while start < length {
      let end = endOfPart(path, from: start, to: length, longest: longest)
      let part = (start..<end).map { path[$0] } + [0]
      let partFlags = end >= length ? flags : O_RDONLY | O_DIRECTORY | O_NOFOLLOW
      let result = current.whileOpen { folder in
        longest > 0 ? gifthorse_open_beneath(folder, part, partFlags) : gifthorse_openat(folder, part, partFlags)
      }
      if longest > 0, result == -ENOSYS || result == -ENAMETOOLONG || result == -EAGAIN {
        longest = 0
        continue
      }
      guard result >= 0 else { throw SystemError(code: -result) }
      current = Descriptor(owning: result)
      start = end + 1
    }
    return current
  }

  /// Where the components that begin at `start` and take no more than `longest` bytes together end; one component at least.
  private static func endOfPart(_ path: UnsafePointer<CChar>, from start: Int, to length: Int, longest: Int) -> Int {
    var end = start
    var next = start
    repeat {
      while next < length, path[next] != CChar(UInt8(ascii: "/")) { next += 1 }
      if end > start, next - start > longest { break }
      end = next
      next += 1
    } while next < length && end - start < longest
    return end
  }

  private static func openat(
    _ base: Int32, _ path: UnsafePointer<CChar>, flags: Int32
  ) throws(SystemError) -> Descriptor {
    let result = gifthorse_openat(base, path, flags)
    guard result >= 0 else { throw SystemError(code: -result) }
    return Descriptor(owning: result)
  }
}
