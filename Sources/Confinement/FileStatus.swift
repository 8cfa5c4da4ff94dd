// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// All that the system tells about a file, a folder or a link without opening it.
public struct FileStatus: Hashable, Sendable {
  public let facts: SafeOpening.Facts
  /// The permission bits, those for other users' rights included: `0o755`.
  public let mode: UInt32
  /// The user's and the group's numbers.
  public let owner: UInt32
  public let group: UInt32
  /// How many names the file has.
  public let links: UInt64
  /// When its content changed last: nanoseconds since 1970, UTC.
  public let modified: Int64

  /// - Complexity: One system call.
  public init(of descriptor: Int32) throws(SystemError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError(code: errno) }
    self.init(status)
  }

  /// What the entry `name` of the open folder `base` is, not followed if it is a link.
  public init(of name: UnsafePointer<CChar>, in base: Int32) throws(SystemError) {
    var status = stat()
    guard fstatat(base, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw SystemError(code: errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    facts = SafeOpening.facts(status)
    mode = UInt32(truncatingIfNeeded: status.st_mode) & 0o7777
    owner = status.st_uid
    group = status.st_gid
    links = UInt64(truncatingIfNeeded: status.st_nlink)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
