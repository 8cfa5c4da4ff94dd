// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The folder that holds the index, locked against a second update, with room for what is being made.
///
/// What an update makes has names of its own pattern. A killed update leaves such files; the next one, which holds
/// the lock and so knows that nobody else is at work, removes them.
final class Workplace {
  /// What the names of unfinished files begin with.
  static let prefix = ".gifthorse-update-"
  static let lockName = ".lock"

  let folder: String
  private let lock: Int32
  private var count = 0

  /// Makes the folder where it is missing, takes the lock, and removes leftovers.
  /// - Parameter waiting: Is called once before it waits for another update; where it is nil, that one ends this.
  init(_ folder: String, waiting: (() -> Void)?) throws(FeedError) {
    self.folder = folder
    try Self.make(folder)
    lock = open("\(folder)/\(Self.lockName)", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard lock >= 0 else { throw FeedError(.cannotWrite, "\(folder)/\(Self.lockName)", lastErrorText()) }
    try take(waiting)
    removeLeftovers()
  }

  deinit {
    removeLeftovers()
    close(lock)
  }

  /// A path for a new file; files of earlier calls stay until this value goes.
  func newPath(_ ending: String) -> String {
    count += 1
    return "\(folder)/\(Self.prefix)\(getpid())-\(count)-\(ending)"
  }

  /// Puts the file at `path` in the place of `name`, so that a reader finds the old one or the new one, also after a
  /// loss of power.
  func publish(_ path: String, as name: String) throws(FeedError) {
    guard rename(path, "\(folder)/\(name)") == 0 else {
      throw FeedError(.cannotWrite, "\(folder)/\(name)", lastErrorText())
    }
    let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return }
    fsync(number)
    close(number)
  }

  private func take(_ waiting: (() -> Void)?) throws(FeedError) {
    if flock(lock, LOCK_EX | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw FeedError(.cannotWrite, folder, lastErrorText()) }
    guard let waiting else { throw FeedError(.locked, folder) }
    waiting()
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FeedError(.cannotWrite, folder, lastErrorText()) }
    }
  }

  private static func make(_ folder: String) throws(FeedError) {
    guard !folder.isEmpty else { throw FeedError(.noFolder, folder) }
    var path = folder.utf8.first == UInt8(ascii: "/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      guard mkdir(path, 0o755) == 0 || errno == EEXIST || isFolder(path) else {
        throw FeedError(.cannotWrite, folder, lastErrorText())
      }
    }
    guard isFolder(folder) else { throw FeedError(.cannotWrite, folder, errorText(ENOTDIR)) }
  }

  private func removeLeftovers() {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    let base = dirfd(stream)
    while let entry = readdir(stream) {
      let name = entryName(entry)
      if name.utf8.starts(with: Self.prefix.utf8) { unlinkat(base, name, 0) }
    }
  }
}

/// Whether `path` is a folder.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The name of an entry that `readdir` gave.
func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
  withUnsafePointer(to: &entry.pointee.d_name) { pointer in
    String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
  }
}
