// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A root, shared by the threads that read below it.
final class ScanPlace: Sendable {
  let root: ScanRoot
  /// The folder's real path as bytes, without a slash at its end: empty for `/`.
  let realFolder: [UInt8]
  /// The folder as it is shown, without a slash at its end; empty for `/`.
  let shownFolder: [UInt8]
  /// Whether only signs are looked for, and not far below: a folder that attacks leave something in, and that holds no packages of its own.
  let isForSigns: Bool

  init(_ root: consuming ScanRoot, isForSigns: Bool = false) {
    self.isForSigns = isForSigns
    realFolder = Self.folder(of: root.realPath, isFile: root.fileName != nil)
    shownFolder = Self.shownFolder(of: root.title, isFile: root.fileName != nil)
    self.root = root
  }

  /// Whether a scan of this root already reads `other`: it lies below this one (or is the same and came later), on the same file system.
  func holds(_ other: ScanPlace, isEarlier: Bool) -> Bool {
    guard root.fileName == nil else { return isEarlier && root.realPath == other.root.realPath }
    guard root.identity.device == other.root.identity.device else { return false }
    if root.realPath == other.root.realPath { return isEarlier }
    return other.root.realPath.utf8.starts(with: realFolder + [UInt8(ascii: "/")])
  }

  /// The way below this root of the real path `path`: empty for the root itself, nil for what lies outside.
  func relativePath(of path: [UInt8]) -> [UInt8]? {
    guard path.starts(with: realFolder) else { return nil }
    if path.count == realFolder.count { return [] }
    guard path[realFolder.count] == UInt8(ascii: "/") else { return nil }
    return Array(path[(realFolder.count + 1)...])
  }

  /// The path of `name` (may be empty) in the folder at `folder` below this root, as it is shown.
  func shown(_ folder: [UInt8], _ name: some Collection<UInt8>) -> String {
    PathText.shown(PathText.joined(shownFolder, folder, name, root: root.title))
  }

  /// The folder and name below this root of a path that ``shown(_:_:)`` made; nil for one that lies elsewhere.
  func below(_ path: String) -> (folder: [UInt8], name: [UInt8])? {
    let bytes = Array(path.utf8)
    guard bytes.starts(with: shownFolder) else { return nil }
    var rest = bytes[shownFolder.count...]
    if rest.first == UInt8(ascii: "/") { rest.removeFirst() }
    let slash = rest.lastIndex(of: UInt8(ascii: "/"))
    let folder = Array(slash.map { rest[..<$0] } ?? [])
    let name = Array(slash.map { rest[($0 + 1)...] } ?? rest)
    return shown(folder, name) == path ? (folder, name) : nil
  }

  /// The same, absolute and without links.
  func real(_ folder: [UInt8], _ name: some Collection<UInt8>) -> String {
    String(decoding: PathText.joined(realFolder, folder, name, root: "/"), as: UTF8.self)
  }

  private static func folder(of realPath: String, isFile: Bool) -> [UInt8] {
    var bytes = Array(realPath.utf8)
    if isFile { bytes.removeSubrange((bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)...) }
    return bytes == [UInt8(ascii: "/")] ? [] : bytes
  }

  private static func shownFolder(of title: String, isFile: Bool) -> [UInt8] {
    let bytes = Array(title.utf8)
    guard isFile else { return bytes == [UInt8(ascii: "/")] ? [] : bytes }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return [] }
    return Array(bytes[..<slash])
  }
}

/// Paths as bytes: what the system gives need not be UTF-8.
enum PathText {
  /// `prefix/folder/name`, parts that are empty left out; `root` if all are.
  static func joined(_ prefix: [UInt8], _ folder: [UInt8], _ name: some Collection<UInt8>, root: String) -> [UInt8] {
    var path = prefix
    path.reserveCapacity(prefix.count + folder.count + name.count + 2)
    let isAbsolute = root.utf8.first == UInt8(ascii: "/")
    for part in [folder[...], ArraySlice(name)] where !part.isEmpty {
      if !path.isEmpty || isAbsolute { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: part)
    }
    return path.isEmpty ? Array(root.utf8) : path
  }

  /// `folder/name`; `name` alone where `folder` is empty.
  static func below(_ folder: [UInt8], _ name: [UInt8]) -> [UInt8] {
    if folder.isEmpty { return name }
    var path: [UInt8] = []
    path.reserveCapacity(folder.count + name.count + 1)
    path.append(contentsOf: folder)
    path.append(UInt8(ascii: "/"))
    path.append(contentsOf: name)
    return path
  }

  /// The path as text; bytes that are no UTF-8 as `\xNN`, so that two names never look alike.
  static func shown(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    var text = ""
    var index = 0
    while index < path.count {
      let end = min(index + 4, path.count)
      // The shortest well-formed sequence that begins here is one scalar.
      let scalar = (index + 1...end).lazy.compactMap { String(validating: path[index..<$0], as: UTF8.self) }.first
      if let scalar {
        text += scalar
        index += scalar.utf8.count
      } else {
        let digits = String(path[index], radix: 16, uppercase: true)
        text += "\\x" + (digits.count == 1 ? "0" + digits : digits)
        index += 1
      }
    }
    return text
  }
}
