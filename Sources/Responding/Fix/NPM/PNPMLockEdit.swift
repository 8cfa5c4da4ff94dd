// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Puts safe versions into a `pnpm-lock.yaml` of the versions 6 and 9.
///
/// The entry of the bad version becomes the safe one's where a lockfile of the same version holds that, with dependencies that are all locked
/// here in the same versions: the file has no ranges that would tell whether others do. Whoever referred to the bad version refers to the safe one,
/// the overrides and what is asked for are kept as the manifests have them, and what nobody needs any more goes.
/// - Source: https://github.com/pnpm/spec/blob/master/lockfile/6.0.md, https://github.com/pnpm/spec/blob/master/lockfile/9.0.md
///   (read 2026-11-25)
struct PNPMLockEdit {
  /// One entry of `packages` or `snapshots`.
  private struct Block {
    var key: String
    var header: TextLine
    var body: [TextLine]
    var range: Range<Int> { header.start..<(body.last?.end ?? header.end) }
  }

  private let bytes: [UInt8]
  private let lines: [TextLine]
  private let newline: String
  private let version: Int
  private var packages: [Block] = []
  private var snapshots: [Block] = []

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    self.bytes = bytes
    lines = try FileText.lines(bytes)
    newline = FileText.newline(bytes)
    let text = lines.first { $0.text.hasPrefix("lockfileVersion:") }?.text ?? ""
    let number = YAMLLine.pair(text).map { YAMLLine.plain($0.value) } ?? ""
    guard let first = number.utf8.first, number == "6.0" || number == "9.0" || number == "6.1" else {
      throw EditDoubt(.unknownForm, [number])
    }
    version = Int(first) - 0x30
    // A file of several documents also locks pnpm itself; conflict markers are no document.
    let isOdd = lines.contains {
      $0.text.hasPrefix("---") || $0.text.hasPrefix("<<<<<<<") || $0.text.hasPrefix(">>>>>>>")
    }
    guard !isOdd, lines.allSatisfy({ !$0.text.utf8.contains(0x09) }) else { throw EditDoubt(.unknownForm, ["---"]) }
    packages = try blocks(of: "packages")
    snapshots = version == 9 ? try blocks(of: "snapshots") : packages
  }

  private func section(_ name: String) -> Range<Int>? {
    guard let start = lines.firstIndex(where: { $0.text == name + ":" }) else { return nil }
    let end = lines[(start + 1)...].firstIndex { !$0.isBlank && $0.indent == 0 } ?? lines.count
    return start + 1..<end
  }

  private func blocks(of name: String) throws(EditDoubt) -> [Block] {
    var blocks: [Block] = []
    for line in section(name).map({ lines[$0] }) ?? [] where !line.isBlank {
      if line.indent == 2, let pair = YAMLLine.pair(line.text) {
        blocks.append(Block(key: YAMLLine.plain(pair.key), header: line, body: []))
      } else if blocks.isEmpty {
        throw EditDoubt(.unknownForm, [line.text])
      } else {
        blocks[blocks.count - 1].body.append(line)
      }
    }
    guard Set(blocks.map(\.key)).count == blocks.count else { throw EditDoubt(.repeatedKey) }
    return blocks
  }

  // MARK: What the file knows

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? PNPMLockEdit(bytes) else { return }
    for pin in pins {
      let key = file.key(pin.name, pin.safe)
      guard let package = file.packages.first(where: { $0.key == key }), file.isRegistry(package),
        let snapshot = file.snapshots.first(where: { $0.key == key })
      else { continue }
      known.add(
        KnownEntries.Entry(
          text: Self.text(package.body), generation: "\(file.version)",
          dependencies: file.asks(snapshot).map {
            KnownEntries.Dependency(name: $0.name, specifier: $0.value, isRange: false)
          }, companion: file.version == 9 ? Self.text(snapshot.body) : []),
        .pnpm, pin.name, pin.safe)
    }
  }

  private static func text(_ lines: [TextLine]) -> [UInt8] { Array(lines.map(\.text).joined(separator: "\n").utf8) }

  private func key(_ name: String, _ version: String) -> String {
    (self.version == 9 ? "" : "/") + "\(name)@\(version)"
  }

  private func isRegistry(_ block: Block) -> Bool {
    guard let line = block.body.first(where: { $0.text.trimmedBlanks.hasPrefix("resolution:") }) else { return false }
    return line.text.contains("{integrity: sha512-") && !line.text.contains("tarball:")
  }

  /// What an entry asks for: names, and versions as they refer to other entries.
  private func asks(_ block: Block) -> [(name: String, value: String)] {
    var asks: [(name: String, value: String)] = []
    var section = ""
    for line in block.body {
      guard let pair = YAMLLine.pair(line.text) else { continue }
      if line.indent == 4 { section = YAMLLine.plain(pair.key) }
      guard line.indent == 6, section == "dependencies" || section == "optionalDependencies" else { continue }
      asks.append((YAMLLine.plain(pair.key), YAMLLine.plain(pair.value)))
    }
    return asks
  }

  /// The key of the entry that a version refers to.
  private func referred(_ name: String, _ value: String) -> String {
    if value.utf8.first == UInt8(ascii: "/") { return value }
    // `1.0.0(react@18.0.0)` is a version, `other@1.0.0` the entry of another name.
    let base = value.utf8.prefix { $0 != UInt8(ascii: "(") }
    return base.dropFirst().contains(UInt8(ascii: "@")) ? value : key(name, value)
  }

  // MARK: Editing

  func edits(
    _ pins: [Pin], known: KnownEntries, direct: [String: [PackageJSONEdit.Direct]], overridden: Set<String>
  ) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var entries: [String: KnownEntries.Entry] = [:]
    for pin in pins {
      for bad in pin.bad {
        let key = key(pin.name, bad)
        guard !hasPeer(pin.name, bad), !snapshots.contains(where: { $0.key.hasPrefix(key + "(") }) else {
          throw EditDoubt(.unknownForm, [key + "(…)"])
        }
        guard let package = packages.first(where: { $0.key == key }) else { continue }
        guard isRegistry(package) else { throw EditDoubt(.fromElsewhere, [pin.name, key]) }
        guard overridden.contains(pin.name) || direct.values.joined().contains(where: { $0.pin.name == pin.name })
        else {
          throw EditDoubt(.notTaken, [pin.title, "", ""])
        }
        let isThere =
          packages.contains { $0.key == self.key(pin.name, pin.safe) } || entries[self.key(pin.name, pin.safe)] != nil
        if isThere {
          edits += removal(key)
        } else {
          let entry = try choose(pin, known)
          entries[self.key(pin.name, pin.safe)] = entry
          edits += replacement(key, pin, entry)
        }
      }
    }
    edits += try references(pins)
    edits += gone(pins, entries).flatMap(removal)
    return try edits + specifiers(direct) + overrides(pins.filter { overridden.contains($0.name) })
  }

  private func hasPeer(_ name: String, _ version: String) -> Bool {
    bytes.withUnsafeBufferPointer { $0.contains("(\(name)@\(version))") || $0.contains("(/\(name)@\(version))") }
  }

  private func choose(_ pin: Pin, _ known: KnownEntries) throws(EditDoubt) -> KnownEntries.Entry {
    let entries = known.all(.pnpm, pin).filter { $0.generation == "\(version)" }
    guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
    let keys = Set(snapshots.map(\.key))
    var missing: KnownEntries.Dependency?
    for entry in entries {
      missing = entry.dependencies.first { !keys.contains(referred($0.name, $0.specifier)) }
      if missing == nil { return entry }
    }
    throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name)@\($0.specifier)"] } ?? []))
  }

  private func replacement(_ key: String, _ pin: Pin, _ entry: KnownEntries.Entry) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for (block, text) in [
      (packages.first { $0.key == key }, entry.text),
      (version == 9 ? snapshots.first { $0.key == key } : nil, entry.companion),
    ] {
      guard let block else { continue }
      var body = String(decoding: text, as: UTF8.self).utf8.split(separator: 0x0A).map { String(Substring($0)) }
      // Why it is there is said by this file, not by the one that the entry is from.
      body.removeAll { Self.isFlag($0) }
      body += block.body.map(\.text).filter(Self.isFlag)
      let name = YAMLLine.quoted(self.key(pin.name, pin.safe))
      let header = "  \(name):" + (body.isEmpty ? " {}" : "")
      let end = bytes[block.range].last == 0x0A ? newline : ""
      edits.append(ByteEdit(block.range, ([header] + body).joined(separator: newline) + end))
    }
    return edits
  }

  private static func isFlag(_ line: String) -> Bool {
    ["    dev: ", "    optional: "].contains { line.hasPrefix($0) }
  }

  /// An entry with the blank line before it, in both sections.
  private func removal(_ key: String) -> [ByteEdit] {
    let blocks = packages.filter { $0.key == key } + (version == 9 ? snapshots.filter { $0.key == key } : [])
    return blocks.map { block in
      var start = block.range.lowerBound
      let blank = Array(newline.utf8)
      if start >= 2 * blank.count, bytes[(start - 2 * blank.count)..<start].elementsEqual(blank + blank) {
        start -= blank.count
      }
      return ByteEdit(start..<block.range.upperBound, "")
    }
  }

  /// Whoever refers to a bad version.
  private func references(_ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    let own = pins.flatMap { pin in pin.bad.map { key(pin.name, $0) } }
    let skipped = (packages + snapshots).filter { own.contains($0.key) }.map(\.range)
    let importers = section("importers") ?? (0..<(lines.firstIndex { $0.text == "packages:" } ?? 0))
    var name = ""
    for (number, line) in lines.enumerated() where !skipped.contains(where: { $0.contains(line.start) }) {
      guard let pair = YAMLLine.pair(line.text), line.indent > 0 else { continue }
      let (key, value) = (YAMLLine.plain(pair.key), YAMLLine.plain(pair.value))
      if pair.value.isEmpty { name = key }
      let isImported = importers.contains(number) && key == "version"
      guard isImported || line.indent == 6, !value.isEmpty else { continue }
      for pin in pins {
        for bad in pin.bad {
          let isOwn = value == bad && (isImported ? name : key) == pin.name
          guard isOwn || value == self.key(pin.name, bad) else { continue }
          edits.append(
            ByteEdit(line.range(pair.value), isOwn ? pin.safe : YAMLLine.quoted(self.key(pin.name, pin.safe))))
        }
      }
    }
    return edits
  }

  // MARK: What is kept as the manifests have it

  private func specifiers(_ direct: [String: [PackageJSONEdit.Direct]]) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    let hasImporters = section("importers") != nil
    for (folder, changes) in direct {
      for change in changes where change.kind != "peerDependencies" {
        let path = (hasImporters ? [folder.isEmpty ? "." : folder] : []) + [change.kind, change.key]
        guard
          let line = line(
            at: path, below: hasImporters ? section("importers") : lines.indices, base: hasImporters ? 2 : 0),
          let specifier = lines[(line + 1)...].first, let pair = YAMLLine.pair(specifier.text), pair.key == "specifier"
        else { throw EditDoubt(.notFound, [change.key]) }
        edits.append(ByteEdit(specifier.range(pair.value), YAMLLine.quoted(change.new)))
      }
    }
    return edits
  }

  /// The line whose keys from the outside in are `path`.
  private func line(at path: [String], below range: Range<Int>?, base: Int) -> Int? {
    var depth = 0
    for number in range ?? 0..<0 where !lines[number].isBlank {
      let line = lines[number]
      let level = (line.indent - base) / 2
      guard line.indent >= base, level <= depth, let pair = YAMLLine.pair(line.text) else { continue }
      depth = level
      guard YAMLLine.plain(pair.key) == path[level] else { continue }
      depth = level + 1
      if depth == path.count { return number }
    }
    return nil
  }

  private func overrides(_ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    guard !pins.isEmpty else { return [] }
    guard let section = section("overrides") else {
      let later = ["lockfileVersion", "settings", "catalogs"]
      guard
        let next = lines.first(where: {
          $0.indent == 0 && !$0.isBlank && !later.contains(String($0.text.prefix { $0 != ":" }))
        })
      else { throw EditDoubt(.unknownForm, ["overrides"]) }
      let added = pins.map { "  \(YAMLLine.quoted($0.name)): \($0.safe)" }
      return [ByteEdit(next.start..<next.start, (["overrides:"] + added + ["", ""]).joined(separator: newline))]
    }
    return pins.compactMap { pin in
      let own = lines[section].first { YAMLLine.pair($0.text).map { YAMLLine.plain($0.key) } == pin.name }
      if let own, let pair = YAMLLine.pair(own.text) {
        return YAMLLine.plain(pair.value) == pin.safe ? nil : ByteEdit(own.range(pair.value), pin.safe)
      }
      let last = lines[section].last { !$0.isBlank }?.end ?? lines[section.lowerBound - 1].end
      return ByteEdit(last..<last, "  \(YAMLLine.quoted(pin.name)): \(pin.safe)\(newline)")
    }
  }

  /// Entries that were needed and are needed no more.
  private func gone(_ pins: [Pin], _ entries: [String: KnownEntries.Entry]) -> [String] {
    let replaced = Dictionary(
      pins.flatMap { pin in pin.bad.map { (key(pin.name, $0), key(pin.name, pin.safe)) } },
      uniquingKeysWith: { one, _ in one })
    let graph = Dictionary(snapshots.map { block in (block.key, asks(block).map { referred($0.name, $0.value) }) }) {
      one, _ in one
    }
    var changed = graph
    for (key, entry) in entries { changed[key] = entry.dependencies.map { referred($0.name, $0.specifier) } }
    let roots = importedKeys()
    let before = Self.reachable(roots, graph, [:])
    let after = Self.reachable(roots, changed, replaced)
    // An entry of another peer may still need the package's own.
    return before.subtracting(after).subtracting(replaced.keys).filter { !$0.contains("(") }.sorted()
  }

  private static func reachable(
    _ roots: [String], _ graph: [String: [String]], _ replaced: [String: String]
  ) -> Set<String> {
    var found: Set<String> = []
    var waiting = roots
    while let next = waiting.popLast() {
      let key = replaced[next] ?? next
      if found.insert(key).inserted { waiting += graph[key] ?? [] }
    }
    return found
  }

  private func importedKeys() -> [String] {
    let range = section("importers") ?? (0..<(lines.firstIndex { $0.text == "packages:" } ?? 0))
    var name = ""
    return range.compactMap { number in
      guard let pair = YAMLLine.pair(lines[number].text) else { return nil }
      if pair.value.isEmpty { name = YAMLLine.plain(pair.key) }
      return pair.key == "version" ? referred(name, YAMLLine.plain(pair.value)) : nil
    }
  }
}
