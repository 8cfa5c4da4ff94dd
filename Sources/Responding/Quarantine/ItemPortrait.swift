// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Discovery
internal import Inventory
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a file, a folder with all that it holds, or a link is: enough to tell whether it is still the same.
struct ItemPortrait: Hashable {
  /// Entries of the largest folder that is moved.
  static let mostEntries = 1_000_000

  let kind: QuarantinedItem.Kind
  let status: FileStatus
  private(set) var size = 0
  private(set) var files = 0
  private(set) var sharedFiles = 0
  private(set) var digest = ""

  /// Looks at the entry `name` of an open folder.
  ///
  /// - Complexity: O(bytes); no more than one folder and one file open at a time, whatever the depth.
  static func take(_ name: [UInt8], in folder: Int32) throws(QuarantineRefusal.Cause) -> ItemPortrait {
    let status = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try FileStatus(of: name.terminated, in: folder)
    }
    let (mount, own) = (gifthorse_mount_id(folder, ""), gifthorse_mount_id(folder, name.terminated))
    guard mount <= 0 || mount == own else { throw QuarantineRefusal.Cause(.mountPoint) }
    switch status.facts.kind {
    case .file:
      var portrait = ItemPortrait(kind: .file, status: status)
      portrait.count(status)
      portrait.digest = try Self.digest(ofFile: name, in: folder)?.text ?? Self.unread
      return portrait
    case .link:
      var portrait = ItemPortrait(kind: .link, status: status)
      portrait.digest = try Self.digest(ofLink: name, in: folder).text
      return portrait
    case .folder:
      var portrait = ItemPortrait(kind: .folder, status: status)
      try portrait.addFolder(name, in: folder, mount: mount)
      return portrait
    case .fifo, .socket, .device: throw QuarantineRefusal.Cause(.notMovable)
    }
  }

  private init(kind: QuarantinedItem.Kind, status: FileStatus) {
    self.kind = kind
    self.status = status
  }

  /// Whether this is what `item` was, as far as its content goes; who may do what with it may have changed.
  func isSame(as item: QuarantinedItem) -> Bool {
    kind == item.kind && digest == item.digest
  }

  /// Whether nothing has changed since `item` was looked at.
  func isUntouched(since item: QuarantinedItem) -> Bool {
    isSame(as: item) && status.facts.inode == item.inode && status.facts.device == item.device
      && status.mode == item.mode
  }

  // MARK: Folders

  /// Goes through a folder in the order of names: each entry counts with its kind, the digest of its content, and its path.
  private mutating func addFolder(
    _ name: [UInt8], in folder: Int32, mount: Int64
  ) throws(QuarantineRefusal.Cause) {
    let top = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try SafeOpening.folder(name.terminated, below: folder)
    }
    var sum = SHA256()
    var waiting: [[UInt8]] = [[]]
    var count = 0
    while let path = waiting.popLast() {
      let inner = try top.whileOpen { (number) throws(QuarantineRefusal.Cause) in
        try addEntries(of: path, below: number, mount: mount, to: &sum, &count)
      }
      waiting += inner.reversed()
    }
    digest = sum.digest().text
  }

  private static let unread = String(repeating: "0", count: 64)

  /// - Returns: The folders in it.
  private mutating func addEntries(
    of path: [UInt8], below top: Int32, mount: Int64, to sum: inout SHA256, _ count: inout Int
  ) throws(QuarantineRefusal.Cause) -> [[UInt8]] {
    let open: Descriptor
    do throws(SystemError) {
      open = try SafeOpening.folder(path.terminated, below: top)
    } catch {
      // What may not be entered is moved unseen, and counts as that.
      guard error.isPermission else { throw QuarantineRefusal.Cause(error) }
      Self.add("x", Self.unread, path, to: &sum)
      return []
    }
    return try open.whileOpen { (folder) throws(QuarantineRefusal.Cause) in
      let own = gifthorse_mount_id(folder, "")
      let facts = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in try SafeOpening.facts(of: folder) }
      guard facts.device == status.facts.device, mount <= 0 || own == mount else {
        throw QuarantineRefusal.Cause(.mountPoint)
      }
      var folders: [[UInt8]] = []
      for name in try Self.names(in: folder, &count) {
        let below = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
        if try add(name, below, in: folder, to: &sum) { folders.append(below) }
      }
      return folders
    }
  }

  private static func names(in folder: Int32, _ count: inout Int) throws(QuarantineRefusal.Cause) -> [[UInt8]] {
    var names: [[UInt8]] = []
    do throws(SystemError) {
      try EntryReader().forEachEntry(of: folder) { name, _, _ in
        if names.count <= mostEntries { names.append(Array(name)) }
      }
    } catch {
      throw QuarantineRefusal.Cause(error)
    }
    count += names.count
    guard count <= mostEntries else { throw QuarantineRefusal.Cause(.tooMany, ["\(mostEntries)"]) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// - Returns: Whether it is a folder.
  private mutating func add(
    _ name: [UInt8], _ path: [UInt8], in folder: Int32, to sum: inout SHA256
  ) throws(QuarantineRefusal.Cause) -> Bool {
    let status = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try FileStatus(of: name.terminated, in: folder)
    }
    switch status.facts.kind {
    case .file:
      count(status)
      let digest = try Self.digest(ofFile: name, in: folder)
      Self.add(digest == nil ? "x" : "f", digest?.text ?? Self.unread, path, to: &sum)
    case .link: Self.add("l", try Self.digest(ofLink: name, in: folder).text, path, to: &sum)
    case .folder:
      Self.add("d", Self.unread, path, to: &sum)
      return true
    case .fifo, .socket, .device: Self.add("s", Self.unread, path, to: &sum)
    }
    return false
  }

  /// `f`, a space, 64 digits, a space, the path, a zero byte.
  private static func add(_ kind: String, _ digest: String, _ path: [UInt8], to sum: inout SHA256) {
    let line = Array("\(kind) \(digest) ".utf8) + path + [0]
    line.withUnsafeBufferPointer { sum.add($0) }
  }

  private mutating func count(_ status: FileStatus) {
    size &+= status.facts.size
    files += 1
    if status.links > 1 { sharedFiles += 1 }
  }

  // MARK: Contents

  /// nil for a file that may not be read.
  private static func digest(
    ofFile name: [UInt8], in folder: Int32
  ) throws(QuarantineRefusal.Cause) -> SHA256.Digest? {
    do throws(SystemError) {
      let file = try SafeOpening.entry(name.terminated, of: folder)
      var sum = SHA256()
      try file.whileOpen { (number) throws(SystemError) in
        guard try SafeOpening.facts(of: number).kind == .file else { throw SystemError(code: ENOENT) }
        _ = try ReadBuffer().forEachPiece(of: number) {
          sum.add($0)
          return true
        }
      }
      return sum.digest()
    } catch {
      guard error.isPermission else { throw QuarantineRefusal.Cause(error) }
      return nil
    }
  }

  private static func digest(
    ofLink name: [UInt8], in folder: Int32
  ) throws(QuarantineRefusal.Cause) -> SHA256.Digest {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlinkat(folder, name.terminated, &target, target.count)
    guard length >= 0 else { throw QuarantineRefusal.Cause(SystemError(code: errno)) }
    let bytes = target[..<length].map { UInt8(bitPattern: $0) }
    return bytes.withUnsafeBufferPointer { SHA256.digest(of: $0) }
  }
}
