// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The objects of a repository, out of packs and loose files, its own and those that it borrows.
///
/// - Source: https://git-scm.com/docs/gitformat-pack, https://git-scm.com/docs/gitrepository-layout (read 2026-11-25)
final class GitObjectStore {
  enum Kind: UInt8 {
    case commit = 1
    case tree = 2
    case blob = 3
    case tag = 4

    init?(_ name: Bytes) {
      if name.equals("commit") {
        self = .commit
      } else if name.equals("tree") {
        self = .tree
      } else if name.equals("blob") {
        self = .blob
      } else if name.equals("tag") {
        self = .tag
      } else {
        return nil
      }
    }
  }

  struct Object {
    let kind: Kind
    let bytes: [UInt8]
  }

  private struct Pack {
    let file: FileWindows.File
    /// nil for a pack that only a multi-pack-index speaks of.
    let index: PackIndex?
  }

  private struct Place: QuickHashed {
    let pack: Int
    let offset: Int

    var quickHash: UInt64 { TextHash.combined(UInt64(pack), UInt64(offset)) }
  }

  /// Deltas upon deltas: git itself makes no more than 4,095.
  private static let chainLimit = 4_096
  private static let packLimit = 20_000

  let hashBytes: Int
  private let folders: [GitFolder]
  private let windows = FileWindows()
  private let inflater = GitInflater()
  @exclusivity(unchecked) private var packs: [Pack] = []
  private var knownPacks: Set<String> = []
  private var multiple: [(index: PackIndex, packs: [Int?])] = []
  @exclusivity(unchecked) private var lastPack = 0
  private var reloads = 0
  @exclusivity(unchecked) private var cache = RecentCache<Place, Object>(places: 1 << 16, limit: 32 << 20)
  /// Bytes that were made of what the packs hold, and how many may be, so that a small repository cannot keep a scan
  /// busy for hours.
  @exclusivity(unchecked) private var work = 0
  private var workLimit = 16 << 30
  private let objectLimit: Int
  /// What could not be read of the packs as a whole.
  private(set) var faults: [GitFault] = []

  /// - Parameters:
  ///   - folders: `objects`, and what it borrows from.
  ///   - objectLimit: Bytes of an object, and of those that it is a difference to.
  init(_ folders: [GitFolder], hashBytes: Int, objectLimit: Int) {
    (self.folders, self.hashBytes, self.objectLimit) = (folders, hashBytes, objectLimit)
    for folder in folders { load(folder) }
  }

  /// - Throws: ``GitFault/missing`` where nothing holds it, and what breaks it where something does.
  func object(_ id: GitObjectID) throws(GitFault) -> Object {
    if let object = try find(id) { return object }
    // Objects that were loose when the packs were listed may have been packed since.
    guard reloads < 3 else { throw GitFault.missing }
    reloads += 1
    let before = packs.count
    for folder in folders { load(folder) }
    guard packs.count > before, let object = try find(id) else { throw GitFault.missing }
    return object
  }

  func object(_ id: GitObjectID, _ kind: Kind) throws(GitFault) -> Object {
    let object = try object(id)
    guard object.kind == kind else { throw GitFault(.malformed, ["unexpected-type"], path: shown(id)) }
    return object
  }

  func shown(_ id: GitObjectID) -> String { "objects/" + id.text(bytes: hashBytes) }

  private func find(_ id: GitObjectID) throws(GitFault) -> Object? {
    // One copy may be broken and another one whole.
    var fault: GitFault?
    do throws(GitFault) {
      if let place = try place(of: id) { return try packed(place) }
    } catch { fault = error }
    do throws(GitFault) {
      if let object = try loose(id) { return object }
    } catch { fault = fault ?? error }
    if let fault { throw fault.of(shown(id)) }
    return nil
  }

  // MARK: Packs

  private func load(_ folder: GitFolder) {
    do throws(GitFault) {
      guard let packFolder = try folder.folder("pack") else { return }
      let entries = try packFolder.entries(limit: 4 * Self.packLimit)
      let names = Set(entries.map(\.name))
      for entry in entries where entry.name.hasSuffix(".pack") {
        try load(entry.name, in: packFolder, hasIndex: names.contains(entry.name.dropLast(4) + "idx"))
      }
      if names.contains("multi-pack-index") { try loadMultiple(packFolder) }
    } catch { faults.append(error) }
  }

  private func load(_ name: String, in folder: GitFolder, hasIndex: Bool) throws(GitFault) {
    let key = folder.shown(name)
    guard !knownPacks.contains(key) else { return }
    guard packs.count < Self.packLimit else { throw GitFault(.tooMany, ["\(Self.packLimit)"], path: folder.path) }
    knownPacks.insert(key)
    do throws(GitFault) {
      let file = try windows.file(name, in: folder)
      let start = try file.bytes(12, at: 0)
      guard start[..<4].elementsEqual("PACK".utf8) else { throw GitFault(.malformed, ["invalid-header"], path: key) }
      guard start[4...6] == [0, 0, 0], start[7] == 2 || start[7] == 3 else {
        throw GitFault(.unknownFormatVersion, ["\(start[7])"], path: key)
      }
      // Without an index it is one that is being received, or one that only the multi-pack-index knows.
      let index =
        try hasIndex
        ? PackIndex(windows.file(String(name.dropLast(4)) + "idx", in: folder), hashBytes: hashBytes) : nil
      packs.append(Pack(file: file, index: index))
      workLimit += min(file.size, 1 << 40) * 2_000
    } catch { faults.append(error) }
  }

  private func loadMultiple(_ folder: GitFolder) throws(GitFault) {
    guard knownPacks.insert(folder.shown("multi-pack-index")).inserted else { return }
    let index = try PackIndex(multiple: windows.file("multi-pack-index", in: folder), hashBytes: hashBytes)
    let places = index.packNames.map { name in
      packs.firstIndex { $0.file.folder.path == folder.path && $0.file.name == name.dropLast(3) + "pack" }
    }
    // It only repeats what the indexes of its packs say, where they have one.
    if places.contains(where: { $0.map { packs[$0].index == nil } ?? false }) { multiple.append((index, places)) }
  }

  private func place(of id: GitObjectID) throws(GitFault) -> Place? {
    if lastPack < packs.count, let found = try packs[lastPack].index?.place(of: id) {
      return Place(pack: lastPack, offset: found.offset)
    }
    for number in packs.indices where number != lastPack {
      guard let found = try packs[number].index?.place(of: id) else { continue }
      lastPack = number
      return Place(pack: number, offset: found.offset)
    }
    for (index, places) in multiple {
      guard let found = try index.place(of: id), places.indices.contains(found.pack), let pack = places[found.pack]
      else { continue }
      return Place(pack: pack, offset: found.offset)
    }
    return nil
  }

  private struct Entry {
    var type: UInt8
    var size: Int
    /// Where the packed bytes begin.
    var data: Int
    var base: Base?

    enum Base {
      case place(Int)
      case id(GitObjectID)
    }
  }

  /// One difference on the way to an object.
  private struct Step {
    let place: Place
    let entry: Entry
  }

  private func packed(_ place: Place) throws(GitFault) -> Object {
    var steps: [Step] = []
    var object = try foundation(of: place, &steps)
    let isChain = !steps.isEmpty
    while let step = steps.popLast() {
      let delta = try inflated(step.place, step.entry)
      let bytes = try GitDelta.apply(delta, to: object.bytes, limit: objectLimit)
      try spend(bytes.count)
      object = Object(kind: object.kind, bytes: bytes)
      keep(object, step.place)
    }
    // Commits are read once, and are seldom differences to each other.
    if !isChain, object.kind != .commit { keep(object, place) }
    return object
  }

  private func keep(_ object: Object, _ place: Place) {
    guard object.bytes.count <= 8 << 20 else { return }
    cache.insert(object, for: place, weight: object.bytes.count + 128)
  }

  /// Follows the differences down to an object that is none, or is known.
  private func foundation(of place: Place, _ steps: inout [Step]) throws(GitFault) -> Object {
    var place = place
    while true {
      if let object = cache.value(place) {
        if !steps.isEmpty { keep(object, place) }
        return object
      }
      let entry = try entry(place)
      switch entry.base {
      case nil:
        guard let kind = Kind(rawValue: entry.type) else { throw malformed(place) }
        let object = Object(kind: kind, bytes: try inflated(place, entry))
        if !steps.isEmpty { keep(object, place) }
        return object
      case .place(let offset):
        steps.append(Step(place: place, entry: entry))
        place = Place(pack: place.pack, offset: offset)
      case .id(let id):
        steps.append(Step(place: place, entry: entry))
        guard let next = try self.place(of: id) else {
          guard let object = try loose(id) else { throw GitFault.missing }
          return object
        }
        place = next
      }
      // A difference to itself, by whatever way, ends here too.
      guard steps.count <= Self.chainLimit else {
        throw GitFault(
          .tooDeep, ["\(Self.chainLimit)"], path: packs[place.pack].file.path)
      }
    }
  }

  private func inflated(_ place: Place, _ entry: Entry) throws(GitFault) -> [UInt8] {
    let file = packs[place.pack].file
    try spend(entry.size)
    return try inflater.inflate(file, at: entry.data, size: entry.size, path: file.path)
  }

  private func spend(_ bytes: Int) throws(GitFault) {
    work += bytes
    guard work <= workLimit else { throw GitFault(.tooMany, ["\(workLimit)"]) }
  }

  private func malformed(_ place: Place) -> GitFault {
    let file = packs[place.pack].file
    return GitFault(.malformed, ["invalid-header"], path: file.path)
  }

  /// Reads the head of the entry at a place: its type, its size unpacked, and what it is a difference to.
  private func entry(_ place: Place) throws(GitFault) -> Entry {
    let file = packs[place.pack].file
    guard place.offset >= 12 else { throw malformed(place) }
    var cursor = Cursor(file: file, offset: place.offset)
    var byte = try cursor.next()
    let type = byte >> 4 & 7
    var (size, shift) = (Int(byte & 15), 4)
    while byte & 0x80 != 0 {
      guard shift < 56 else { throw malformed(place) }
      byte = try cursor.next()
      size |= Int(byte & 0x7F) << shift
      shift += 7
    }
    guard size <= objectLimit else {
      throw GitFault(.tooBig, ["\(size)", "\(objectLimit)"])
    }
    var entry = Entry(type: type, size: size, data: 0, base: nil)
    if type == 6 { entry.base = .place(place.offset - (try distance(&cursor, place))) }
    if type == 7 { entry.base = .id(try cursor.id(hashBytes)) }
    entry.data = cursor.offset
    return entry
  }

  /// How far before an entry its base lies: seven bits a byte, the highest first, one added for each further byte.
  private func distance(_ cursor: inout Cursor, _ place: Place) throws(GitFault) -> Int {
    var byte = try cursor.next()
    var value = Int(byte & 0x7F)
    while byte & 0x80 != 0 {
      guard value < 1 << 48 else { throw malformed(place) }
      byte = try cursor.next()
      value = (value + 1) << 7 | Int(byte & 0x7F)
    }
    guard value > 0, value <= place.offset - 12 else { throw malformed(place) }
    return value
  }

  private struct Cursor {
    let file: FileWindows.File
    var offset: Int

    mutating func next() throws(GitFault) -> UInt8 {
      let piece = try file.piece(at: offset)
      offset += 1
      return piece[0]
    }

    mutating func id(_ count: Int) throws(GitFault) -> GitObjectID {
      let id = try file.bytes(count, at: offset).withUnsafeBufferPointer { GitObjectID($0) }
      offset += count
      return id
    }
  }

  // MARK: Loose objects

  private func loose(_ id: GitObjectID) throws(GitFault) -> Object? {
    let digits = id.text(bytes: hashBytes)
    let name = digits.prefix(2) + "/" + digits.dropFirst(2)
    var fault: GitFault?
    for folder in folders {
      do throws(GitFault) {
        let found = try absentAsNil { () throws(GitFault) in try windows.file(String(name), in: folder) }
        if let found { return try loose(found) }
      } catch { fault = error }
    }
    if let fault { throw fault }
    return nil
  }

  private func loose(_ file: FileWindows.File) throws(GitFault) -> Object {
    let path = file.path
    let head = try inflater.inflate(try file.piece(at: 0), limit: 64).bytes
    guard let end = head.firstIndex(of: 0), let space = head[..<end].firstIndex(of: UInt8(ascii: " ")) else {
      throw GitFault(.malformed, ["invalid-header"], path: path)
    }
    guard let kind = head[..<space].withUnsafeBufferPointer({ Kind($0) }),
      let size = Int(String(decoding: head[(space + 1)..<end], as: UTF8.self)), size >= 0
    else { throw GitFault(.malformed, ["invalid-header"], path: path) }
    guard size <= objectLimit else { throw GitFault(.tooBig, ["\(size)", "\(objectLimit)"]) }
    try spend(size)
    let whole = try inflater.inflate(file, at: 0, size: end + 1 + size, path: path)
    return Object(kind: kind, bytes: Array(whole[(end + 1)...]))
  }
}
