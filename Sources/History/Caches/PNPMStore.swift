// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// pnpm's store: files by their digests, and for each package an index of its files, which tells the package.
///
/// - Source: pnpm's `getFilePathInCafs.ts` (generations 3 to 10) and `store/index` (11, one SQLite file whose keys are
///   `integrity TAB name@version`) (read 2026-11-25)
struct PNPMStore {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  func read() {
    guard !reader.wanted.names(in: .npm).isEmpty else { return }
    let shorts = [
      "$npm_config_store_dir", "$PNPM_HOME/store", "&/pnpm/store", "~/.pnpm-store", "~/.local/share/pnpm/store",
    ]
    for path in reader.paths(.pnpmStore, shorts) {
      guard let store = reader.open(.pnpmStore, path) else { continue }
      var count = 0
      for entry in reader.entries(of: store) where entry.kind == .folder && entry.text.hasPrefix("v") {
        guard let generation = reader.folder(entry.name, in: store) else { continue }
        read(generation, &count)
      }
      reader.finish(.pnpmStore, path, entries: count)
    }
  }

  private func read(_ generation: TraceFolder, _ count: inout Int) {
    for entry in reader.entries(of: generation) {
      switch entry.text {
      case "files", "index":
        guard let folder = reader.folder(entry.name, in: generation) else { continue }
        for part in reader.entries(of: folder) where part.kind == .folder {
          if let part = reader.folder(part.name, in: folder) { readPart(part, &count) }
        }
      case "index.db", "index.db-wal": readDatabase(entry.name, in: generation, &count)
      default: continue
      }
    }
  }

  // MARK: One file for each package

  private func readPart(_ folder: TraceFolder, _ count: inout Int) {
    for entry in reader.entries(of: folder) {
      count += 1
      guard reader.isWithin(count, folder.path) else { return }
      if let package = package(ofName: entry.text) {
        sight(package, entry.name, folder)
      } else if entry.text.hasSuffix("-index.json") {
        var package: (name: String, version: String)?
        reader.read(entry.name, in: folder, limit: reader.limits.indexBytes) { package = self.package(in: $0) }
        if let package { sight(package, entry.name, folder) }
      }
    }
  }

  /// Of `digest-@scope+name@1.0.0.json`, as generation 10 writes it.
  private func package(ofName file: String) -> (name: String, version: String)? {
    guard file.hasSuffix(".json"), let hyphen = file.utf8.firstIndex(of: UInt8(ascii: "-")),
      file[..<hyphen].utf8.allSatisfy(isHexadecimal)
    else { return nil }
    var spec = file[file.utf8.index(after: hyphen)...].dropLast(".json".utf8.count)
    if spec.utf8.first == UInt8(ascii: "@"), let plus = spec.firstIndex(of: "+") {
      spec.replaceSubrange(plus...plus, with: "/")
    }
    return NPMAddress.parts(ofSpec: spec)
  }

  /// Of an index that begins with name and version, as later pnpms write it. Without them nothing tells whose it is.
  private func package(in bytes: Bytes) -> (name: String, version: String)? {
    var (name, version): (String?, String?)
    var json = JSONReader(bytes)
    do throws(ParseError) {
      try json.enterObject()
      while name == nil || version == nil, let key = try json.nextKey() {
        if key.equals("name") {
          name = try json.stringValue()
        } else if key.equals("version") {
          version = try json.stringValue()
        } else {
          try json.skip()
        }
      }
    } catch {
      return nil
    }
    guard let name, let version else { return nil }
    return (name, version)
  }

  private func sight(_ package: (name: String, version: String), _ file: [UInt8], _ folder: TraceFolder) {
    let path = folder.shown(file)
    guard reader.isWanted(.npm, package.name, package.version, path) else { return }
    let times = try? folder.times(of: file)
    sight(package, path, from: times?.arrival(now: reader.now), .cacheHolds)
  }

  private func sight(
    _ package: (name: String, version: String), _ path: String, from: PastSighting.Bound?, _ code: EvidenceCode
  ) {
    // Up to the store itself: `…/store/v10`.
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let end = parts.lastIndex { $0 == "files" || $0 == "index" || $0.hasPrefix("index.db") } ?? parts.endIndex
    reader.sightMerged(
      PastSighting(
        package: Package(ecosystem: .npm, name: package.name, version: package.version),
        place: parts[..<end].joined(separator: "/"), from: from, to: nil, degree: .onDisk,
        evidence: [PastSighting.Evidence(path: path, code, code == .cacheIndexed ? [""] : [])]))
  }

  // MARK: One database

  /// Looks for the keys as bytes, without the library: in a row of the table a key is followed by the entry's MessagePack, whose first
  /// byte is no ASCII. What SQLite has deleted and not yet overwritten is found too.
  private func readDatabase(_ name: [UInt8], in folder: TraceFolder, _ count: inout Int) {
    var found: [(name: String, version: String)] = []
    var keys = 0
    reader.read(name, in: folder, limit: 1 << 30) { bytes in
      var start = 0
      while let tab = bytes[slice: start..<bytes.count].firstOffset(of: 0x09).map({ $0 + start }) {
        start = tab + 1
        var end = start
        while end < bytes.count, end - start < 512, bytes[end] > 0x20, bytes[end] < 0x7F { end += 1 }
        guard end < bytes.count, bytes[end] >= 0x80,
          let package = NPMAddress.parts(ofSpec: Substring(bytes[slice: start..<end].string))
        else { continue }
        keys += 1
        if reader.wanted.hasName(.npm, package.name) { found.append(package) }
      }
    }
    count += keys
    let path = folder.shown(name)
    let changed = reader.bound((try? folder.times(of: name))?.changed, isExact: false)
    for package in found where reader.isWanted(.npm, package.name, package.version, path) {
      sight(package, path, from: changed, .cacheIndexed)
    }
  }
}
