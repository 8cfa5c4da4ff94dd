// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// One entry of a tree: a file, a folder, or what is neither.
struct TreeEntry {
  let mode: UInt32
  let name: Bytes
  let id: GitObjectID

  /// `MODE NAME`, a zero byte, and the object's name.
  init?(_ bytes: Bytes, _ offset: inout Int, hashBytes: Int) {
    var mode: UInt32 = 0
    var index = offset
    while index < bytes.count, bytes[index] != 0x20 {
      guard (0x30...0x37).contains(bytes[index]), index - offset < 7 else { return nil }
      mode = mode << 3 | UInt32(bytes[index] - 0x30)
      index += 1
    }
    let start = index + 1
    guard index > offset, start < bytes.count, let end = bytes.firstOffset(of: 0, from: start), end > start,
      hashBytes <= bytes.count - end - 1
    else { return nil }
    self.mode = mode
    name = bytes[slice: start..<end]
    id = GitObjectID(bytes[slice: end + 1..<end + 1 + hashBytes])
    offset = end + 1 + hashBytes
  }

  var isFolder: Bool { mode & 0o170000 == 0o040000 }
  /// A link with a lockfile's name holds a path; a submodule's commit is no object of this repository.
  var isFile: Bool { mode & 0o170000 == 0o100000 }

  /// Whether the name is one that a file can have: nothing that git would check out has another.
  var isPlain: Bool {
    !name.equals(".") && !name.equals("..") && name.firstOffset(of: UInt8(ascii: "/")) == nil
  }

  /// Whether it stands before `other` in a tree: by bytes, as if a folder's name ended with a slash.
  func isBefore(_ other: TreeEntry) -> Bool {
    for index in 0...min(name.count, other.name.count) {
      let (first, second) = (byte(index), other.byte(index))
      if first != second { return first < second }
    }
    return false
  }

  private func byte(_ index: Int) -> UInt8 {
    index < name.count ? name[index] : index == name.count && isFolder ? UInt8(ascii: "/") : 0
  }
}
