// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement
internal import Inventory
internal import Parsing

/// One locked folder, opened, with what its manifest says and what lies in it.
public struct QuarantineBatch: ~Copyable {
  public let folder: Descriptor
  /// What was moved lies in this one.
  public let held: Descriptor
  public let manifest: QuarantineManifest
  /// Whether nobody can enter ``held``.
  public let isLocked: Bool
  /// The numbers of things that lie in it, as a listing tells.
  public let present: Set<Int>

  /// Opens the folder `name` of the open quarantine, following no link, and checks all that can be checked without entering ``held``.
  ///
  /// - Parameter owner: Of the folder that holds the quarantine.
  public init(
    _ name: [UInt8], in quarantine: Int32, holderOwner owner: UInt32
  ) throws(QuarantineFault) {
    let folder = try Self.open(name, in: quarantine)
    let manifest: QuarantineManifest
    let held: Descriptor
    do {
      try folder.whileOpen { (number) throws(QuarantineFault) in
        try QuarantineLayout.check(number, holderOwner: owner)
      }
      manifest = try folder.whileOpen { (number) throws(QuarantineFault) in
        try Self.manifest(in: number, holderOwner: owner)
      }
      held = try folder.whileOpen { (number) throws(QuarantineFault) in
        try Self.open(Array(QuarantineLayout.heldName.utf8), in: number)
      }
    }
    let modes = [QuarantineLayout.lockedMode, QuarantineLayout.folderMode]
    try held.whileOpen { (number) throws(QuarantineFault) in
      try QuarantineLayout.check(number, holderOwner: owner, modes: Set(modes))
    }
    let mode = try held.whileOpen { (number) throws(QuarantineFault) in
      try QuarantineFault.wrap { () throws(SystemError) in try FileStatus(of: number).mode }
    }
    present = try held.whileOpen { (number) throws(QuarantineFault) in try Self.present(in: number, manifest) }
    isLocked = mode == QuarantineLayout.lockedMode
    self.folder = folder
    self.held = held
    self.manifest = manifest
  }

  private static func open(_ name: [UInt8], in folder: Int32) throws(QuarantineFault) -> Descriptor {
    let path = name.map { CChar(bitPattern: $0) } + [0]
    return try QuarantineFault.wrap { () throws(SystemError) in try SafeOpening.folder(path, below: folder) }
  }

  private static func manifest(
    in folder: Int32, holderOwner: UInt32
  ) throws(QuarantineFault) -> QuarantineManifest {
    let file: Descriptor
    do throws(SystemError) {
      file = try SafeOpening.entry(QuarantineLayout.manifestName, of: folder)
    } catch {
      guard error.isAbsence || error.isLink else { throw QuarantineFault(error) }
      throw QuarantineFault(isUnbegun(folder) ? .neverBegun : .noManifest)
    }
    return try file.whileOpen { (number) throws(QuarantineFault) in
      let status = try QuarantineFault.wrap { () throws(SystemError) in try FileStatus(of: number) }
      guard status.facts.kind == .file, status.links == 1 else { throw QuarantineFault(.noManifest) }
      let buffer = ReadBuffer()
      let isWhole = try QuarantineFault.wrap { () throws(SystemError) in
        try buffer.fill(from: number, expected: status.facts.size, limit: QuarantineManifest.mostBytes)
      }
      guard isWhole else { throw QuarantineFault(.manifestNotUnderstood, "too-big") }
      do throws(ParseError) {
        return try QuarantineManifest(json: buffer.bytes)
      } catch {
        throw QuarantineFault(.manifestNotUnderstood, error.code.rawValue)
      }
    }
  }

  /// Whether there is nothing but what is made before the manifest.
  private static func isUnbegun(_ folder: Int32) -> Bool {
    let held = Array(QuarantineLayout.heldName.utf8)
    guard var names = try? names(in: folder) else { return false }
    names.removeAll { $0.elementsEqual(QuarantineLayout.newManifestName.utf8) }
    guard names == [held] else { return names.isEmpty }
    guard let inner = try? open(held, in: folder) else { return false }
    return inner.whileOpen { (try? Self.names(in: $0))?.isEmpty == true }
  }

  static func names(in folder: Int32) throws(SystemError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    try EntryReader().forEachEntry(of: folder) { name, _, _ in names.append(Array(name)) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Which of the manifest's things lie there. Where the folder may not be entered, the listing's own inodes have to do.
  private static func present(
    in held: Int32, _ manifest: QuarantineManifest
  ) throws(QuarantineFault) -> Set<Int> {
    let items = Dictionary(uniqueKeysWithValues: manifest.items.map { (String($0.number), $0) })
    var found: Set<Int> = []
    var strange: String?
    do throws(SystemError) {
      try EntryReader().forEachEntry(of: held) { name, _, listed in
        let name = String(decoding: name, as: UTF8.self)
        let status = try? FileStatus(of: name, in: held)
        guard let item = items[name], item.inode == status?.facts.inode ?? listed else {
          strange = name
          return
        }
        found.insert(item.number)
      }
    } catch {
      throw QuarantineFault(error)
    }
    if let strange { throw QuarantineFault(.strangeEntry, strange) }
    return found
  }
}
