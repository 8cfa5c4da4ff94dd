// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Does what a plan says.
///
/// Each file is written whole beside the old one and put in its place at once, so that there is never half of one. Nothing is written over what
/// has changed since it was planned on, and no link is followed.
public enum FixApplication {
  /// Writes the planned files, and notes for each what has become of it.
  ///
  /// - Parameter roots: Those of the scan; the process must be able to write below them.
  public static func apply(_ plan: inout FixPlan, below roots: borrowing ScanRoots) {
    plan.isApplied = true
    for index in plan.files.indices {
      let file = plan.files[index]
      guard let new = file.edits.applied(to: file.old) else { continue }
      do throws(SystemError) {
        let isWritten = try roots.withFolder(ofShown: file.path) { (folder, name) throws(SystemError) in
          try write(new, over: file.old, name, in: folder)
        }
        plan.files[index].state = isWritten == true ? .applied : .changedMeanwhile
      } catch {
        plan.files[index].state = .failed
        plan.files[index].failure = error.name
      }
    }
  }

  /// - Returns: Whether the file still held `old`, and holds `new` now.
  static func write(
    _ new: [UInt8], over old: [UInt8], _ name: [CChar], in folder: Int32
  ) throws(SystemError) -> Bool {
    let current = try SafeOpening.entry(name, of: folder)
    return try current.whileOpen { (file) throws(SystemError) in
      let before = try status(file)
      guard before.st_mode & S_IFMT == S_IFREG, try holds(file, old) else { return false }
      let temporary = try write(new, like: before, in: folder)
      do throws(SystemError) {
        // Whoever saves the file in the meantime makes another one, or changes this one's times.
        var now = stat()
        guard fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 else { throw SystemError(code: errno) }
        guard isSame(now, before), try holds(file, old) else {
          unlinkat(folder, temporary, 0)
          return false
        }
        guard renameat(folder, temporary, folder, name) == 0 else { throw SystemError(code: errno) }
      } catch {
        unlinkat(folder, temporary, 0)
        throw error
      }
      // That the name points to the new file must be on disk as well. Not every file system can promise it.
      fsync(folder)
      return true
    }
  }

  private static func status(_ file: Int32) throws(SystemError) -> stat {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw SystemError(code: errno) }
    return status
  }

  private static func isSame(_ one: stat, _ two: stat) -> Bool {
    one.st_dev == two.st_dev && one.st_ino == two.st_ino && one.st_size == two.st_size
  }

  private static func holds(_ file: Int32, _ bytes: [UInt8]) throws(SystemError) -> Bool {
    let buffer = ReadBuffer()
    guard try buffer.fill(from: file, expected: bytes.count, limit: bytes.count) else { return false }
    return buffer.bytes.elementsEqual(bytes)
  }

  /// Writes a new file with the mode and owner of another one.
  /// - Returns: Its name.
  private static func write(_ bytes: [UInt8], like other: stat, in folder: Int32) throws(SystemError) -> [CChar] {
    for attempt in 0..<100 {
      let name = Array(".gifthorse-fix-\(getpid())-\(attempt)".utf8CString)
      let number = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard number >= 0 else {
        if errno == EEXIST { continue }
        throw SystemError(code: errno)
      }
      let file = Descriptor(owning: number)
      do throws(SystemError) {
        try file.whileOpen { (file) throws(SystemError) in try fill(file, bytes, like: other) }
      } catch {
        unlinkat(folder, name, 0)
        throw error
      }
      return name
    }
    throw SystemError(code: EEXIST)
  }

  private static func fill(_ file: Int32, _ bytes: [UInt8], like other: stat) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Self.write(file, $0) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw SystemError(code: errno)
      }
      written += count
    }
    let own = try status(file)
    if own.st_uid != other.st_uid || own.st_gid != other.st_gid {
      guard fchown(file, other.st_uid, other.st_gid) == 0 else { throw SystemError(code: errno) }
    }
    guard fchmod(file, other.st_mode & 0o7777) == 0, fsync(file) == 0 else { throw SystemError(code: errno) }
  }

  private static func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }
}
