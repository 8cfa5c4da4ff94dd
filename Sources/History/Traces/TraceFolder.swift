// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An open folder in which traces are looked for.
final class TraceFolder {
  struct Entry {
    let name: [UInt8]
    let kind: SafeOpening.Facts.Kind

    var text: String { String(decoding: name, as: UTF8.self) }
  }

  /// As it is to be shown.
  let path: String
  private let descriptor: Descriptor

  init(path: String, descriptor: consuming Descriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Opens the folder at the relative `path`, no part of which may be a link.
  func folder(_ path: [UInt8]) throws(SystemError) -> TraceFolder {
    try Self.checkParts(path)
    let name = Self.terminated(path)
    let open = try descriptor.whileOpen { (base) throws(SystemError) in try SafeOpening.folder(name, below: base) }
    return TraceFolder(path: shown(path), descriptor: open)
  }

  /// Opens the file at the relative `path`, no part of which may be a link; what comes back may be no regular file.
  func file(_ path: [UInt8]) throws(SystemError) -> Descriptor {
    try Self.checkParts(path)
    let name = Self.terminated(path)
    return try descriptor.whileOpen { (base) throws(SystemError) in try SafeOpening.file(name, below: base) }
  }

  func times(of name: [UInt8]) throws(SystemError) -> FileTimes {
    let name = Self.terminated(name)
    return try descriptor.whileOpen { (base) throws(SystemError) in try FileTimes(of: name, in: base) }
  }

  func shown(_ name: [UInt8]) -> String {
    let name = String(decoding: name, as: UTF8.self)
    return path.utf8.last == UInt8(ascii: "/") ? path + name : "\(path)/\(name)"
  }

  /// All entries but `.` and `..`, by name, and whether these are all: at most `limit` are listed.
  func entries(limit: Int) throws(SystemError) -> (entries: [Entry], isWhole: Bool) {
    let copy = try descriptor.whileOpen { (base) throws(SystemError) in
      // A description of its own: a copied one would go on where the last listing ended.
      try SafeOpening.folder([0], below: base).whileOpen { dup($0) }
    }
    guard copy >= 0 else { throw SystemError(code: errno) }
    guard let stream = fdopendir(copy) else {
      let code = errno
      close(copy)
      throw SystemError(code: code)
    }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let raw = readdir(stream) else {
        if errno != 0 { throw SystemError(code: errno) }
        break
      }
      let name = Self.name(&raw.pointee.d_name)
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      if entries.count >= limit { return (entries, false) }
      if let kind = kind(raw.pointee.d_type, of: name) { entries.append(Entry(name: name, kind: kind)) }
    }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return (entries, true)
  }

  private static func name<Name>(_ name: inout Name) -> [UInt8] {
    withUnsafeBytes(of: &name) { Array($0.prefix { $0 != 0 }) }
  }

  /// nil for what has gone meanwhile.
  private func kind(_ type: UInt8, of name: [UInt8]) -> SafeOpening.Facts.Kind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_FIFO): .fifo
    case Int(DT_SOCK): .socket
    case Int(DT_CHR), Int(DT_BLK): .device
    default: descriptor.whileOpen { base in try? SafeOpening.facts(of: Self.terminated(name), in: base).kind }
    }
  }

  static func terminated(_ path: [UInt8]) -> [CChar] {
    path.map { CChar(bitPattern: $0) } + [0]
  }

  /// What leads elsewhere than it says is as good as missing: names and versions of packages are parts of paths here.
  private static func checkParts(_ path: [UInt8]) throws(SystemError) {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual([0x2E]) && !$0.elementsEqual([0x2E, 0x2E]) }
    guard isPlain, !path.contains(0) else { throw SystemError(code: ENOENT) }
  }
}
