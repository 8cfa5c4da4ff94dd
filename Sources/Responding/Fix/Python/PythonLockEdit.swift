// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Puts safe versions into `poetry.lock`, `pdm.lock` and `uv.lock`: files of `[[package]]` tables.
///
/// A table is replaced by the one that another lockfile of the same kind and version holds for the safe version, where what it needs is locked
/// here, and where all who ask for the package take that version. Groups and markers, which say why a package is there, stay.
/// uv's file has no ranges: there what is needed must be locked in the same version as in the other file, and nobody but the project may ask.
/// - Source: https://github.com/python-poetry/poetry, `src/poetry/packages/locker.py`, https://pdm-project.org/en/latest/usage/lockfile/ and
///   https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile (read 2026-11-25)
struct PythonLockEdit {
  private struct Block {
    /// From the header to behind the last line that is not blank.
    var range: Range<Int>
    var name = ""
    var version = ""
    /// The place of the version, between the quotes.
    var source = ""
    var asks: [KnownEntries.Dependency] = []
    var hasFiles = false
    /// Whether it is a project of one's own: nothing of a registry.
    var isOwn = false
  }

  private let bytes: [UInt8]
  let format: KnownEntries.Format
  private var blocks: [Block] = []
  private var generation = ""

  init(_ bytes: [UInt8], _ format: KnownEntries.Format) throws(EditDoubt) {
    self.bytes = bytes
    self.format = format
    let mark = try FileText.markLength(bytes)
    do throws(ParseError) {
      let starts = try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
        try Self.starts(buffer[slice: mark..<bytes.count], &generation)
      }
      for (start, end) in starts { blocks.append(try block(start + mark, end + mark)) }
    } catch {
      throw EditDoubt(.malformed, [error.code.rawValue])
    }
  }

  /// Where packages begin and end, and what tells the format's version.
  private static func starts(_ text: Bytes, _ generation: inout String) throws(ParseError) -> [(Int, Int)] {
    var reader = TOMLReader(text)
    var ranges: [(Int, Int)] = []
    var open: Int?
    var isMetadata = true
    while let item = try reader.next() {
      switch item {
      case .arrayElement(let key), .table(let key):
        let isPackage = if case .arrayElement = item { key.equals("package") } else { false }
        isMetadata = key.equals("metadata")
        guard isPackage || !key.starts(with: "package") else { continue }
        let line = startOfLine(text, key.offset)
        if let start = open { ranges.append((start, line)) }
        open = isPackage ? line : nil
      case .key(let key):
        let isVersion =
          isMetadata
          && (key.equals("lock-version") || key.equals("lock_version") || key.equals("version")
            || key.equals("revision"))
        guard isVersion else {
          try reader.skip()
          continue
        }
        let start = reader.offset
        try reader.skip()
        generation += text[slice: start..<reader.offset].string + " "
      }
    }
    if let start = open { ranges.append((start, text.count)) }
    return ranges
  }

  private static func startOfLine(_ text: Bytes, _ offset: Int) -> Int {
    var start = offset
    while start > 0, text[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func block(_ start: Int, _ end: Int) throws(ParseError) -> Block {
    var end = end
    while end > start, [0x0A, 0x0D, 0x20, 0x09].contains(bytes[end - 1]) { end -= 1 }
    var block = Block(range: start..<end)
    try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
      var reader = TOMLLeafReader(buffer[slice: start..<end])
      while let leaf = try reader.next() {
        let path = reader.path.dropFirst()
        guard let field = path.first else { continue }
        let text: String? = if case .string(let string) = leaf { string.string } else { nil }
        switch field {
        case "name": block.name = PyPIName.normalised(text ?? "")
        case "version": block.version = text ?? ""
        case "files", "wheels", "sdist": if let text, text.hasPrefix("sha256:") { block.hasFiles = true }
        case "source":
          block.source += path.joined(separator: ".") + "=" + (text ?? "") + ";"
          if ["virtual", "editable", "directory", "path", "git", "url"].contains(path.last ?? "") && format == .uv {
            block.isOwn = true
          }
        case "path", "git", "url", "editable": if format == .pdm { block.isOwn = true }
        case "dependencies": add(path, text, to: &block)
        default: break
        }
      }
    }
    return block
  }

  private func add(_ path: ArraySlice<String>, _ text: String?, to block: inout Block) {
    let parts = Array(path)
    switch format {
    case .uv where parts.count == 2 && parts[1] == "name":
      block.asks.append(KnownEntries.Dependency(name: PyPIName.normalised(text ?? ""), specifier: "", isRange: false))
    case .pdm where parts.count == 1:
      guard let text else { return }
      let name = text.utf8.prefix(while: PythonPin.isOfName)
      var rest = text.utf8[name.endIndex...]
      if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
        rest = rest[rest.index(after: close)...]
      }
      let specifier = Substring(rest.prefix { $0 != UInt8(ascii: ";") }).trimmedBlanks
      block.asks.append(
        KnownEntries.Dependency(name: PyPIName.normalised(String(Substring(name))), specifier: String(specifier)))
    case .poetry where parts.count == 2 || (parts.count == 3 && parts[2] == "version"):
      guard let text else { return }
      block.asks.append(KnownEntries.Dependency(name: PyPIName.normalised(parts[1]), specifier: text))
    default: break
    }
  }

  // MARK: What the file knows

  static func harvest(_ bytes: [UInt8], _ format: KnownEntries.Format, _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? PythonLockEdit(bytes, format) else { return }
    for block in file.blocks where block.hasFiles && !block.isOwn {
      for pin in pins where pin.name == block.name && pin.safe == block.version {
        let asks = block.asks.map { ask in
          ask.isRange
            ? ask
            : KnownEntries.Dependency(
              name: ask.name, specifier: file.blocks.first { $0.name == ask.name }?.version ?? "", isRange: false)
        }
        let text = bytes[block.range].filter { $0 != 0x0D }
        known.add(
          KnownEntries.Entry(text: text, generation: file.generation + block.source, dependencies: asks), format,
          pin.name,
          pin.safe)
      }
    }
  }

  // MARK: Editing

  func edits(_ pins: [Pin], known: KnownEntries) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for pin in pins {
      let bad = blocks.filter { $0.name == pin.name && pin.bad.contains($0.version) }
      guard !bad.isEmpty else { continue }
      guard bad.count == 1, blocks.filter({ $0.name == pin.name }).count == 1 else {
        throw EditDoubt(.severalVersions, [pin.name, ""])
      }
      let block = bad[0]
      guard block.hasFiles, !block.isOwn else { throw EditDoubt(.fromElsewhere, [pin.name, block.source]) }
      try checkAskers(pin)
      let entries = known.all(format, pin).filter { $0.generation == generation + block.source }
      guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
      var missing: KnownEntries.Dependency?
      let entry = entries.first { entry in
        missing = entry.dependencies.first { !isLocked($0) }
        return missing == nil
      }
      guard let entry else {
        throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name)\($0.specifier)"] } ?? []))
      }
      // What only the bad version asked for would stay locked, which these tools hold to be out of date.
      let asked = Set(entry.dependencies.map(\.name))
      let others = Set(blocks.filter { $0.name != pin.name }.flatMap(\.asks).map(\.name))
      if let left = block.asks.first(where: { !asked.contains($0.name) && !others.contains($0.name) }) {
        throw EditDoubt(.notTaken, [pin.title, left.name, ""])
      }
      edits.append(ByteEdit(block.range, try text(entry, block)))
    }
    return format == .uv ? edits + (try projectEdits(pins)) : edits
  }

  /// What uv's file repeats of the projects' own requirements.
  private func projectEdits(_ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for block in blocks where block.isOwn {
      for (name, specifier, start) in requirements(of: block) {
        guard let pin = pins.first(where: { $0.name == name }) else { continue }
        if let version = PythonPin.version(in: (name + specifier)[...], pin) {
          let lower =
            start + (name + specifier).utf8.distance(from: name.startIndex, to: version.startIndex) - name.utf8.count
          edits.append(ByteEdit(lower..<lower + version.utf8.count, pin.safe))
        } else if !PythonPin.takes(specifier, pin.safe) {
          throw EditDoubt(.notTaken, [pin.title, block.name, specifier])
        }
      }
    }
    return edits
  }

  /// Names, specifiers, and where these stand.
  private func requirements(of block: Block) -> [(name: String, specifier: String, start: Int)] {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = TOMLLeafReader(buffer[slice: block.range])
      var (name, found): (String, [(name: String, specifier: String, start: Int)]) = ("", [])
      // The block has been read once, so this ends where it ends.
      while let leaf = try? reader.next() {
        guard case .string(let string) = leaf, reader.path.count > 3, reader.path[1] == "metadata" else { continue }
        if reader.path.last == "name" { name = PyPIName.normalised(string.string) }
        if reader.path.last == "specifier" {
          found.append((name, string.string, block.range.lowerBound + string.offset + 1))
        }
      }
      return found
    }
  }

  private func isLocked(_ dependency: KnownEntries.Dependency) -> Bool {
    let locked = blocks.filter { $0.name == dependency.name }
    guard !locked.isEmpty else { return false }
    return locked.allSatisfy {
      dependency.isRange ? PythonPin.takes(dependency.specifier, $0.version) : dependency.specifier == $0.version
    }
  }

  /// Everybody who asks for the package must take the safe version.
  private func checkAskers(_ pin: Pin) throws(EditDoubt) {
    for block in blocks where !block.isOwn {
      for ask in block.asks where ask.name == pin.name {
        guard ask.isRange, PythonPin.takes(ask.specifier, pin.safe) else {
          throw EditDoubt(.notTaken, [pin.title, block.name, ask.specifier])
        }
      }
    }
  }

  /// Fields that say why a package is there.
  private static let ofPlace = ["category", "optional", "groups", "markers", "marker", "resolution-markers"]

  private func text(_ entry: KnownEntries.Entry, _ block: Block) throws(EditDoubt) -> String {
    let own = String(decoding: bytes[block.range].filter { $0 != 0x0D }, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    var lines = String(decoding: entry.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for field in Self.ofPlace {
      // On several lines.
      if let long = (own + lines).first(where: {
        $0.hasPrefix(field + " = ") && ($0.hasSuffix("[") || $0.hasSuffix("{"))
      }) {
        throw EditDoubt(.unknownForm, [String(long)])
      }
      let isField = { (line: Substring) in line.hasPrefix(field + " = ") }
      let (mine, other) = (own.first(where: isField), lines.firstIndex(where: isField))
      switch (mine, other) {
      case (let mine?, let other?): lines[other] = mine
      case (nil, let other?): lines.remove(at: other)
      case (let mine?, nil):
        // Where it stands among this file's own lines: behind the same line as there.
        let place = own.firstIndex(of: mine).map { own[..<$0] }?.last { line in
          lines.contains { $0.prefix { $0 != "=" } == line.prefix { $0 != "=" } }
        }
        let index = place.flatMap { line in lines.firstIndex { $0.prefix { $0 != "=" } == line.prefix { $0 != "=" } } }
        lines.insert(mine, at: (index ?? 2) + 1)
      default: break
      }
    }
    return lines.joined(separator: FileText.newline(bytes))
  }
}
