// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A new, empty folder below the system's temporary folder, removed with all it holds when the last reference goes.
public final class TemporaryFolder: Sendable {
  public let url: URL

  /// Absolute and without symbolic links, so that it can be compared with what a scan calls a path.
  public var path: String { url.path }

  public init() throws {
    var template = Array(
      FileManager.default.temporaryDirectory.appending(path: "gifthorse-test-XXXXXX").path.utf8CString)
    guard mkdtemp(&template) != nil else { throw CallFailed(name: "mkdtemp", code: errno) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let resolved = realpath(path, nil) else { throw CallFailed(name: "realpath", code: errno) }
    defer { free(resolved) }
    url = URL(filePath: String(cString: resolved), directoryHint: .isDirectory)
  }

  deinit {
    Self.remove(url.path)
  }

  /// The absolute path of `name` in this folder.
  public func path(_ name: String) -> String {
    url.appending(path: name).path
  }

  /// Writes a file, and the folders on the way to it.
  @discardableResult
  public func write(_ content: some Sequence<UInt8>, to name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: file)
    return file.path
  }

  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  @discardableResult
  public func makeFolder(_ name: String) throws -> String {
    let folder = url.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  /// Makes the symbolic link `name`; `target` is taken as it is, so a relative one starts at the link's own folder.
  public func link(_ name: String, to target: String) throws {
    guard symlink(target, path(name)) == 0 else { throw CallFailed(name: "symlink", code: errno) }
  }

  /// Removes what is there, also where a path is longer than the system takes in one piece, or a folder may not be read.
  private static func remove(_ path: String) {
    if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
    let base = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard base >= 0 else { return }
    empty(base)
    close(base)
    rmdir(path)
  }

  /// Removes all entries of the open folder: in a loop, lifting each folder's own folders up, so that depth costs no open files.
  private static func empty(_ base: Int32) {
    var next = 0
    while let name = firstEntry(of: base) {
      let child = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard child >= 0 else {
        if unlinkat(base, name, 0) != 0 { return }
        continue
      }
      fchmod(child, 0o700)
      while let inner = firstEntry(of: child) {
        next += 1
        if renameat(child, inner, base, "lifted-\(next)") != 0 { break }
      }
      close(child)
      if unlinkat(base, name, AT_REMOVEDIR) != 0 { return }
    }
  }

  private static func firstEntry(of folder: Int32) -> [CChar]? {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { return nil }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)
        return Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
      }
      if name != [0x2E, 0], name != [0x2E, 0x2E, 0] { return name }
    }
    return nil
  }
}

/// A system call that a test needed and that failed.
public struct CallFailed: Error, CustomStringConvertible {
  public let name: String
  /// The errno.
  public let code: Int32

  public init(name: String, code: Int32) {
    self.name = name
    self.code = code
  }

  public var description: String { "\(name): \(String(cString: strerror(code)))" }
}
