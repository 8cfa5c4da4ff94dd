// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A place to scan, opened before anything is read: a folder with all that lies below it, or one file.
public struct ScanRoot: ~Copyable, Sendable {
  /// As the user named it, without a slash at its end.
  public let title: String
  /// Absolute, without symbolic links.
  public let realPath: String
  /// The folder; for a file, the folder that holds it.
  public let folder: Descriptor
  /// The file's name where the root is one file.
  public let fileName: String?
  /// The folder's device and inode.
  let identity: FileIdentity

  /// Opens `path`. A root that is a symbolic link is followed: it was named.
  /// - Throws: ``SystemError``, with ENOENT for a path that does not exist.
  public init(path: String) throws(SystemError) {
    guard let resolved = realpath(path, nil) else { throw SystemError(code: errno) }
    defer { free(resolved) }
    let realPath = String(cString: resolved)
    let isFolder = try SafeOpening.anything(resolved).whileOpen(SafeOpening.facts).kind == .folder
    let (parent, name) = Self.split(realPath)
    let folder = try Self.openFolder(isFolder ? realPath : parent)
    let facts = try folder.whileOpen(SafeOpening.facts)
    self.init(
      title: Self.trimmed(path), realPath: realPath, folder: folder, fileName: isFolder ? nil : name,
      identity: FileIdentity(facts))
  }

  private init(
    title: String, realPath: String, folder: consuming Descriptor, fileName: String?, identity: FileIdentity
  ) {
    self.title = title
    self.realPath = realPath
    self.folder = folder
    self.fileName = fileName
    self.identity = identity
  }

  private static func openFolder(_ path: String) throws(SystemError) -> Descriptor {
    try SafeOpening.anything(path).whileOpen { (place) throws(SystemError) in
      try SafeOpening.folder("", below: place)
    }
  }

  /// `a/b/` → `a/b`; `/` stays.
  private static func trimmed(_ path: String) -> String {
    var bytes = Substring(path).utf8
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(Substring(bytes))
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
  }
}

/// What tells one file or folder from every other on this machine.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64

  init(_ facts: SafeOpening.Facts) {
    device = facts.device
    inode = facts.inode
  }
}
