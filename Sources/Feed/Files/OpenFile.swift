// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An open regular file, closed when its last reference goes.
final class OpenFile {
  let number: Int32
  let path: String

  private init(owning number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit {
    close(number)
  }

  /// Opens what is at `path`; nil where nothing is there.
  static func reading(_ path: String) throws(FeedError) -> OpenFile? {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FeedError(.cannotRead, path, lastErrorText())
    }
    let file = OpenFile(owning: number, path: path)
    guard try file.status().st_mode & S_IFMT == S_IFREG else { throw FeedError(.cannotRead, path, "not a file") }
    return file
  }

  /// Makes a file that must not exist yet.
  static func creating(_ path: String) throws(FeedError) -> OpenFile {
    let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard number >= 0 else { throw FeedError(.cannotWrite, path, lastErrorText()) }
    return OpenFile(owning: number, path: path)
  }

  func status() throws(FeedError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw FeedError(.cannotRead, path, lastErrorText()) }
    return status
  }

  func size() throws(FeedError) -> Int {
    Int(try status().st_size)
  }

  /// What tells this content from another one of the same name: size and modification time.
  func fingerprint() throws(FeedError) -> String {
    let status = try status()
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(status.st_size)-\(time.tv_sec).\(time.tv_nsec)"
  }

  /// Fills `buffer` from `offset` on as far as the file goes; how many bytes.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FeedError) -> Int {
    var count = 0
    while count < buffer.count, let base = buffer.baseAddress {
      let length = gifthorse_read_at(number, base + count, buffer.count - count, Int64(offset + count))
      guard length >= 0 else { throw FeedError(.cannotRead, path, errorText(Int32(-length))) }
      if length == 0 { break }
      count += length
    }
    return count
  }

  /// All of it, if it has at most `limit` bytes.
  func content(limit: Int) throws(FeedError) -> [UInt8] {
    let size = try size()
    guard size <= limit else { throw FeedError(.tooLarge, path, "\(limit)") }
    return try beginning(size)
  }

  /// Its first bytes, at most `count`.
  func beginning(_ count: Int) throws(FeedError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FeedError) -> Int in
      try read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return Array(bytes.prefix(length))
  }

  /// Writes at the file's position; whether all of it was written.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var count = 0
    while count < bytes.count, let base = bytes.baseAddress {
      let length = write(number, base + count, bytes.count - count)
      if length < 0, errno == EINTR { continue }
      guard length > 0 else { return false }
      count += length
    }
    return true
  }

  /// Takes its name away: the content goes when it is closed.
  func forgetName() {
    unlink(path)
  }

  /// Makes it empty again, for a new try.
  func empty() -> Bool {
    ftruncate(number, 0) == 0 && lseek(number, 0, SEEK_SET) == 0
  }
}

/// The system's text of `errno`.
func lastErrorText() -> String {
  errorText(errno)
}

/// The system's text of an error's number.
func errorText(_ code: Int32) -> String {
  String(cString: strerror(code))
}
