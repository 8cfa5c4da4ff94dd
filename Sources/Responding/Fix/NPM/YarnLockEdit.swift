// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing
internal import Versions

/// Puts safe versions into a `yarn.lock`, of Yarn 1 and of later ones.
///
/// The body of the bad version's entry is replaced by the safe one's, and its patterns by what the manifests ask for from now on. Where the
/// safe version has an entry already, the patterns go there. What only the bad version asked for goes.
/// - Source: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/, https://github.com/yarnpkg/yarn, `src/lockfile/stringify.js`, and
///   https://github.com/yarnpkg/berry, `packages/yarnpkg-core/sources/Project.ts` (read 2026-11-25)
struct YarnLockEdit {
  /// One entry: the line with its patterns and the lines below it.
  struct Block {
    var header: TextLine
    var body: [TextLine]
    /// As they are asked for: `node-ipc@^9.1.0`, `node-ipc@npm:^9.1.0`.
    var patterns: [String]
    var version: String?
    var address: String?
    var integrity: String?
    var asks: [KnownEntries.Dependency] = []
    /// The lines of what it asks for: name to line.
    var askLines: [String: TextLine] = [:]

    var range: Range<Int> { header.start..<(body.last?.end ?? header.end) }
  }

  private let bytes: [UInt8]
  private let blocks: [Block]
  private let isBerry: Bool
  /// What an entry's checksum is made with: Yarn's lockfile version and the key of its cache.
  private let generation: String
  private let newline: String

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    self.bytes = bytes
    let lines = try FileText.lines(bytes)
    isBerry = lines.contains { $0.text == "__metadata:" }
    newline = FileText.newline(bytes)
    guard isBerry || lines.contains(where: { $0.text == "# yarn lockfile v1" }) else { throw EditDoubt(.unknownForm) }
    if lines.contains(where: { $0.text.hasPrefix("<<<<<<<") || $0.text.hasPrefix(">>>>>>>") }) {
      throw EditDoubt(.malformed, ["conflict-markers"])
    }
    var blocks = try Self.blocks(lines)
    let metadata = blocks.first { $0.patterns == ["__metadata"] }
    generation = (metadata?.body ?? []).map { String($0.text.trimmedBlanks) }.joined(separator: " ")
    blocks.removeAll { $0.patterns == ["__metadata"] }
    self.blocks = blocks
    guard Set(blocks.flatMap(\.patterns)).count == blocks.reduce(0, { $0 + $1.patterns.count }) else {
      throw EditDoubt(.repeatedKey)
    }
  }

  var format: KnownEntries.Format { isBerry ? .yarnBerry : .yarnClassic }

  // MARK: Reading

  private static func blocks(_ lines: [TextLine]) throws(EditDoubt) -> [Block] {
    var blocks: [Block] = []
    var section = ""
    for line in lines where !line.isBlank && !line.text.hasPrefix("#") {
      if line.indent == 0 {
        guard line.text.utf8.last == UInt8(ascii: ":") else { throw EditDoubt(.malformed, ["unexpected-byte"]) }
        blocks.append(Block(header: line, body: [], patterns: patterns(String(line.text.dropLast()))))
        section = ""
        continue
      }
      guard !blocks.isEmpty else { throw EditDoubt(.malformed, ["unexpected-byte"]) }
      let last = blocks.count - 1
      blocks[last].body.append(line)
      let (key, value) = pair(line.text.trimmedBlanks)
      if line.indent == 2 {
        section = value.isEmpty ? key : ""
        switch key {
        case "version": blocks[last].version = value
        case "resolved", "resolution": blocks[last].address = value
        case "integrity", "checksum": blocks[last].integrity = value
        default: break
        }
      } else if line.indent == 4, ["dependencies", "optionalDependencies"].contains(section) {
        blocks[last].asks.append(KnownEntries.Dependency(name: key, specifier: value))
        blocks[last].askLines[key] = line
      }
    }
    return blocks
  }

  /// `"a@^1, a@^2"` and `"a@^1", a@^2`.
  private static func patterns(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: ",")).map { part in
      String(decoding: part.filter { $0 != 0x22 }, as: UTF8.self)
    }.map { String($0.trimmedBlanks) }
  }

  /// `key value` and `key: value`, quotes taken off.
  private static func pair(_ text: Substring) -> (key: String, value: String) {
    var rest = text.utf8
    var key: Substring.UTF8View
    if rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) {
      key = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
    } else {
      let end = rest.firstIndex { $0 == 0x20 } ?? rest.endIndex
      key = rest[..<end]
      rest = rest[end...]
    }
    if key.last == UInt8(ascii: ":") { key.removeLast() }
    if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    var value = Substring(rest).trimmedBlanks
    if value.utf8.first == 0x22, value.utf8.last == 0x22, value.utf8.count > 1 { value = value.dropFirst().dropLast() }
    return (String(Substring(key)), String(value))
  }

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? YarnLockEdit(bytes) else { return }
    for block in file.blocks {
      for pin in pins where block.version == pin.safe && file.isRegistry(block, pin) && block.integrity != nil {
        known.add(file.entry(block), file.format, pin.name, pin.safe)
      }
    }
  }

  private func entry(_ block: Block) -> KnownEntries.Entry {
    let text = block.body.map(\.text).joined(separator: "\n")
    return KnownEntries.Entry(text: Array(text.utf8), generation: generation, dependencies: block.asks)
  }

  /// Whether the entry is the pin's package out of the registry, under its own name or another one.
  private func isRegistry(_ block: Block, _ pin: Pin) -> Bool {
    guard let address = block.address else { return false }
    if isBerry { return block.version.map { address == "\(pin.name)@npm:\($0)" } ?? false }
    guard address.utf8.starts(with: "http".utf8), address.contains("/-/") else { return false }
    return block.patterns.contains { pattern in
      let name = Self.name(of: pattern)
      return name == pin.name || pattern.hasPrefix("\(name)@npm:\(pin.name)@")
    }
  }

  private static func name(of pattern: String) -> String {
    let at = pattern.utf8.dropFirst().firstIndex(of: UInt8(ascii: "@")) ?? pattern.endIndex
    return String(pattern[..<at])
  }

  /// A pattern as somebody who asks for it.
  private static func dependency(_ pattern: String) -> KnownEntries.Dependency {
    let name = name(of: pattern)
    return KnownEntries.Dependency(name: name, specifier: String(pattern.utf8.dropFirst(name.utf8.count + 1)) ?? "")
  }

  // MARK: Editing

  /// - Parameters:
  ///   - direct: What was set in the manifests, by folder.
  ///   - rootAsks: What the manifest beside it asks for, as patterns; nil where there are members, whose manifests ask too.
  func edits(
    _ pins: [Pin], known: KnownEntries, direct: [String: [PackageJSONEdit.Direct]], overridden: Set<String>,
    rootAsks: [String]?
  ) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var replaced: Set<Int> = []
    var added: [KnownEntries.Dependency] = []
    var extra: [Int: [String]] = [:]
    for (index, block) in blocks.enumerated() {
      guard let version = block.version,
        let pin = pins.first(where: { $0.bad.contains(version) && isRegistry(block, $0) })
      else { continue }
      replaced.insert(index)
      let patterns = try newPatterns(block, pin, direct, overridden)
      if let other = blocks.firstIndex(where: { $0.version == pin.safe && isRegistry($0, pin) }) {
        extra[other, default: []] += patterns
        added += blocks[other].asks + blocks[other].patterns.map(Self.dependency)
        edits.append(ByteEdit(removal(of: index), ""))
        continue
      }
      let entry = try choose(pin, known, without: index)
      added += entry.dependencies
      edits.append(ByteEdit(block.range, try text(patterns, entry, block, pin, version)))
    }
    for (index, patterns) in extra {
      let all = Set(blocks[index].patterns + patterns).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let header = blocks[index].header
      edits.append(ByteEdit(header.start..<header.start + header.text.utf8.count, Array(self.header(all).utf8)))
    }
    edits += gone(replaced, added, rootAsks).map { ByteEdit(removal(of: $0), "") }
    return edits + workspaceEdits(direct)
  }

  private func newPatterns(
    _ block: Block, _ pin: Pin, _ direct: [String: [PackageJSONEdit.Direct]], _ overridden: Set<String>
  ) throws(EditDoubt) -> [String] {
    let prefix = isBerry ? "npm:" : ""
    let own = direct.values.joined().filter { $0.pin.name == pin.name }
    let new = own.map { $0.key + "@" + (isBerry && !$0.new.hasPrefix("npm:") ? "npm:" : "") + $0.new }
    if overridden.contains(pin.name), isBerry { return Array(Set(["\(pin.name)@npm:\(pin.safe)"] + new)).sorted() }
    let old = Set(own.map { $0.key + "@" + (isBerry && !$0.old.hasPrefix("npm:") ? "npm:" : "") + $0.old })
    let asked = Set(blocks.flatMap { block in block.asks.map { "\($0.name)@\($0.specifier)" } })
    var kept = block.patterns.filter { !old.contains($0) || (asked.contains($0) && !isBerry) }
    if overridden.contains(pin.name) {
      kept.append("\(pin.name)@\(prefix)\(pin.safe)")
    } else {
      for pattern in kept {
        let range = String(pattern.utf8.dropFirst(Self.name(of: pattern).utf8.count + 1)) ?? ""
        guard LockTree.takes(range, pin.safe, pin.name) else {
          throw EditDoubt(.notTaken, [pin.title, pattern, range])
        }
      }
    }
    return Set(kept + new).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func choose(_ pin: Pin, _ known: KnownEntries, without index: Int) throws(EditDoubt) -> KnownEntries.Entry {
    let entries = known.all(format, pin).filter { !isBerry || $0.generation == generation }
    guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
    let patterns = Set(blocks.enumerated().filter { $0.offset != index }.flatMap(\.element.patterns))
    var missing: KnownEntries.Dependency?
    for entry in entries {
      missing = entry.dependencies.first { !patterns.contains("\($0.name)@\($0.specifier)") }
      if missing == nil { return entry }
    }
    throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name)@\($0.specifier)"] } ?? []))
  }

  private func header(_ patterns: [String]) -> String {
    if isBerry { return "\"\(patterns.joined(separator: ", "))\":" }
    return patterns.map { Self.needsQuotes($0) ? "\"\($0)\"" : $0 }.joined(separator: ", ") + ":"
  }

  /// As Yarn 1 decides it.
  private static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return true }
    if text.hasPrefix("true") || text.hasPrefix("false") { return true }
    return text.utf8.contains { [0x3A, 0x20, 0x09, 0x5C, 0x22, 0x2C, 0x5B, 0x5D].contains($0) }
  }

  private func text(
    _ patterns: [String], _ entry: KnownEntries.Entry, _ block: Block, _ pin: Pin, _ bad: String
  ) throws(EditDoubt) -> [UInt8] {
    var lines = String(decoding: entry.text, as: UTF8.self).utf8.split(separator: 0x0A).map { String(Substring($0)) }
    if !isBerry {
      lines = try lines.map { (line) throws(EditDoubt) -> String in
        let (key, value) = Self.pair(line.trimmedBlanks)
        guard line.hasPrefix("  resolved"), key == "resolved" else { return line }
        return "  resolved \"\(try RegistryAddress.moved(block.address, from: bad, to: pin.safe, named: value))\""
      }
    }
    let end = bytes[block.range].last == 0x0A ? newline : ""
    return Array(([header(patterns)] + lines).joined(separator: newline).utf8) + Array(end.utf8)
  }

  /// An entry with the blank line before it.
  private func removal(of index: Int) -> Range<Int> {
    let block = blocks[index]
    var start = block.range.lowerBound
    let blank = Array(newline.utf8)
    if start >= 2 * blank.count, bytes[(start - blank.count)..<start].elementsEqual(blank) { start -= blank.count }
    return start..<block.range.upperBound
  }

  // MARK: What nobody asks for any more

  private func gone(_ replaced: Set<Int>, _ added: [KnownEntries.Dependency], _ rootAsks: [String]?) -> [Int] {
    guard isBerry || rootAsks != nil else { return [] }
    let owners = Dictionary(
      blocks.enumerated().flatMap { index, block in block.patterns.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    let roots = isBerry ? blocks.indices.filter { blocks[$0].address?.contains("@workspace:") == true } : []
    let before = reachable(roots + replaced, rootAsks ?? [], owners, [], [])
    return before.subtracting(reachable(roots, rootAsks ?? [], owners, replaced, added)).subtracting(replaced).sorted()
  }

  private func reachable(
    _ roots: [Int], _ rootAsks: [String], _ owners: [String: Int], _ replaced: Set<Int>,
    _ added: [KnownEntries.Dependency]
  ) -> Set<Int> {
    var found: Set<Int> = []
    let asks = added.map { "\($0.name)@\($0.specifier)" } + rootAsks
    var waiting = roots + asks.compactMap { owners[$0] }
    while let index = waiting.popLast() {
      guard found.insert(index).inserted, !replaced.contains(index) else { continue }
      waiting += blocks[index].asks.compactMap { owners["\($0.name)@\($0.specifier)"] }
    }
    return found
  }

  /// What a later Yarn repeats of the manifests.
  private func workspaceEdits(_ direct: [String: [PackageJSONEdit.Direct]]) -> [ByteEdit] {
    guard isBerry else { return [] }
    return direct.flatMap { folder, changes -> [ByteEdit] in
      let place = "@workspace:" + (folder.isEmpty ? "." : folder)
      guard let block = blocks.first(where: { $0.address?.hasSuffix(place) == true }) else { return [] }
      return changes.compactMap { change in
        guard let line = block.askLines[change.key], change.kind != "peerDependencies" else { return nil }
        let old = line.text.utf8.lastIndex(of: UInt8(ascii: ":")).map { _ in Self.pair(line.text.trimmedBlanks).value }
        guard let old, let range = Self.place(of: old, in: line) else { return nil }
        let prefix = old.hasPrefix("npm:") && !change.new.hasPrefix("npm:") ? "npm:" : ""
        return ByteEdit(range, prefix + change.new)
      }
    }
  }

  private static func place(of value: String, in line: TextLine) -> Range<Int>? {
    let (text, part) = (Array(line.text.utf8), Array(value.utf8))
    guard !part.isEmpty, text.count >= part.count else { return nil }
    for start in stride(from: text.count - part.count, through: 0, by: -1)
    where text[start..<start + part.count].elementsEqual(part) {
      return line.start + start..<line.start + start + part.count
    }
    return nil
  }
}
