// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The system calls of a quarantine that change something, each announced before it is made: tests end the process, or let the call fail, at
/// every one of them.
struct ChangingCalls: Sendable {
  enum Call: String, CaseIterable, Sendable {
    case makeFolder
    case create
    case write
    case sync
    case rename
    case changeMode
    case changeOwner
  }

  /// Asked before each call. Anything but 0 is the errno with which it fails instead.
  var before: @Sendable (Call) -> Int32 = { _ in 0 }

  func makeFolder(_ name: [UInt8], in folder: Int32, mode: UInt32) throws(SystemError) {
    try perform(.makeFolder) { mkdirat(folder, name.terminated, mode_t(mode)) }
  }

  /// Makes a file that was not there, for writing.
  func create(_ name: [UInt8], in folder: Int32, mode: UInt32) throws(SystemError) -> Descriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return Descriptor(owning: try perform(.create) { openat(folder, name.terminated, flags, mode_t(mode)) })
  }

  func write(_ bytes: [UInt8], to file: Int32) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try perform(.write) {
        rest.withUnsafeBytes { Int32(clamping: systemWrite(file, $0.baseAddress, min($0.count, 1 << 20))) }
      }
      rest = rest.dropFirst(Int(count))
    }
  }

  /// Waits until the disk has it. A file system that cannot be asked for that does not stop anything.
  func sync(_ descriptor: Int32) throws(SystemError) {
    do throws(SystemError) {
      try perform(.sync) { fsync(descriptor) }
    } catch {
      guard error.code == EINVAL || error.code == ENOTSUP || error.code == EROFS else { throw error }
    }
  }

  /// Never over something that is there: then it fails with EEXIST.
  func rename(_ name: [UInt8], in from: Int32, to other: [UInt8], in folder: Int32) throws(SystemError) {
    try perform(.rename) {
      let result = gifthorse_rename_keeping(from, name.terminated, folder, other.terminated)
      errno = -result
      return result
    }
  }

  func changeMode(of descriptor: Int32, to mode: UInt32) throws(SystemError) {
    try perform(.changeMode) { fchmod(descriptor, mode_t(mode)) }
  }

  func changeOwner(of descriptor: Int32, to owner: UInt32, _ group: UInt32) throws(SystemError) {
    try perform(.changeOwner) { fchown(descriptor, owner, group) }
  }

  @discardableResult
  private func perform(_ call: Call, _ body: () -> Int32) throws(SystemError) -> Int32 {
    let fault = before(call)
    guard fault == 0 else { throw SystemError(code: fault) }
    while true {
      let result = body()
      if result >= 0 { return result }
      guard errno == EINTR else { throw SystemError(code: errno) }
    }
  }
}

/// A method of the same name stands before the function.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }

extension [UInt8] {
  /// As C has it. A name with a zero byte cannot come out of a listing, and ``QuarantinedItem/isInside(_:)`` refuses it.
  var terminated: [CChar] { map { CChar(bitPattern: $0) } + [0] }

  /// The folder and the name of a path.
  var split: (folder: [UInt8], name: [UInt8]) {
    guard let slash = lastIndex(of: UInt8(ascii: "/")) else { return ([], self) }
    return (Array(self[..<slash]), Array(self[(slash + 1)...]))
  }
}
