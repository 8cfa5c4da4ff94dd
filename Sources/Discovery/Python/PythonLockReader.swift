// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What one format of Python's TOML lockfiles has of its own.
protocol PythonLockFormat {
  /// What the array of entries may be called.
  static var entries: [String] { get }

  init()

  /// Takes a value outside of the entries. What the format does not know it leaves alone.
  mutating func read(_ leaf: TOMLLeafReader.Leaf, at path: [String], line: Int, into entries: inout PythonLockEntries)
  /// Takes a value of an entry, at a path below the entry; name and version are seen to already.
  func read(_ leaf: TOMLLeafReader.Leaf, at path: ArraySlice<String>, line: Int, into entry: inout PythonLockEntry)
  /// Whether nothing in an array at this path below an entry is of use: files and their hashes.
  func isUseless(_ path: ArraySlice<String>) -> Bool
  /// Where the package of an entry comes from; nil where the entry does not say, and should.
  func origin(of entry: PythonLockEntry) -> PythonLockEntry.Origin?
  /// Notes, once everything was read or the grammar broke, a version that is not known, and what tells that the file is not whole.
  func finish(_ end: PythonLockEnd, _ extraction: inout Extraction)
}

/// How the reading of a lockfile ended.
struct PythonLockEnd {
  /// Whether the grammar broke, so that what is missing is told already.
  let isBroken: Bool
  /// The last entry; nil where there was none.
  let last: PythonLockEntry?
  let entries: PythonLockEntries
  /// Whether the file says that there are no entries, rather than having none: `package = []`.
  let saysEmpty: Bool

  /// Whether the file rightly names no package: it says so, or holds projects alone.
  func isEmpty(_ extraction: Extraction) -> Bool {
    extraction.packages.isEmpty && (saysEmpty || entries.projects > 0)
  }
}

/// Reads a TOML lockfile that is an array of entries, one for each package.
struct PythonLockReader<Format: PythonLockFormat> {
  private var leaves: TOMLLeafReader
  private let limit: Int
  private let wantsGraph: Bool
  private var format = Format()
  private var entries = PythonLockEntries()
  /// What is being read, while ``isOpen``.
  private var entry = PythonLockEntry(line: 1)
  private var isOpen = false
  private var last: PythonLockEntry?
  private var hasArray = false
  private var hasStray = false

  private init(_ file: SourceFile) {
    leaves = TOMLLeafReader(file.text, depthLimit: file.limits.depth)
    limit = file.limits.entriesPerFile
    wantsGraph = file.wantsGraph
  }

  /// Reads the whole file.
  static func read(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var reader = Self(file)
    try reader.read(into: &extraction)
  }

  private mutating func read(into extraction: inout Extraction) throws(ParseError) {
    var isBroken = true
    defer { finish(isBroken: isBroken, &extraction) }
    while let leaf = try leaves.next() {
      if let first = leaves.path.first, Format.entries.contains(first) {
        try readEntry(leaf, &extraction)
      } else {
        format.read(leaf, at: leaves.path, line: leaves.line(), into: &entries)
      }
    }
    isBroken = false
  }

  private mutating func readEntry(_ leaf: TOMLLeafReader.Leaf, _ extraction: inout Extraction) throws(ParseError) {
    let path = leaves.path.dropFirst()
    guard let field = path.first else { return try readArray(leaf, &extraction) }
    guard isOpen else { return noteStray(&extraction) }
    if case .array = leaf, format.isUseless(path) {
      entry.isWhole = true
      return try leaves.skipRest()
    }
    if path.count == 1, field == "name" || field == "version" {
      try readOwn(field, leaf, &extraction)
    } else {
      format.read(leaf, at: path, line: leaves.line(), into: &entry)
    }
  }

  /// The array of entries itself, and where one of them begins.
  private mutating func readArray(_ leaf: TOMLLeafReader.Leaf, _ extraction: inout Extraction) throws(ParseError) {
    switch leaf {
    case .array: hasArray = true
    case .element:
      close(&extraction)
      guard extraction.packages.count < limit else { throw ParseError(.tooMany, at: leaves.offset) }
      entry = PythonLockEntry(line: leaves.line())
      isOpen = true
    default:
      close(&extraction)
      noteStray(&extraction)
    }
  }

  /// One table in the place of an array of them, or a value that belongs to no entry. Told once.
  private mutating func noteStray(_ extraction: inout Extraction) {
    guard !hasStray else { return }
    hasStray = true
    extraction.note(.entryNotUnderstood, [leaves.path.joined(separator: ".")], line: leaves.line())
  }

  private mutating func readOwn(
    _ field: String, _ leaf: TOMLLeafReader.Leaf, _ extraction: inout Extraction
  ) throws(ParseError) {
    let line = leaves.line()
    guard case .string(let text) = leaf else {
      extraction.note(.entryNotUnderstood, [leaves.path.joined(separator: ".")], line: line)
      if case .array = leaf { try leaves.skipRest() }
      return
    }
    if field == "version" {
      entry.version = text.raw.isEmpty ? nil : text.string
    } else {
      entry.name = PyPIName.normalised(text.string)
      entry.line = line
    }
  }

  /// Adds the entry that was being read. One without a name is told.
  private mutating func close(_ extraction: inout Extraction) {
    guard isOpen else { return }
    isOpen = false
    last = entry
    guard let name = entry.name, !name.isEmpty else {
      return extraction.note(.entryNotUnderstood, [entry.version ?? ""], line: entry.line)
    }
    let origin = format.origin(of: entry)
    if origin == nil { extraction.note(.entryNotUnderstood, [name], line: entry.line) }
    entries.add(entry, named: name, origin ?? .registry, &extraction)
  }

  private mutating func finish(isBroken: Bool, _ extraction: inout Extraction) {
    close(&extraction)
    let end = PythonLockEnd(
      isBroken: isBroken, last: last, entries: entries, saysEmpty: hasArray && last == nil && !hasStray)
    format.finish(end, &extraction)
    if wantsGraph { entries.fill(&extraction.graph) }
  }
}

/// A lockfile's own version, and what is to be said of one that is not known.
struct PythonLockVersion {
  private var text: String?
  private var line: Int?

  /// The number before the first dot; nil where there is none.
  var major: Int? { Self.major(of: text ?? "") }

  private static func major(of text: String) -> Int? {
    Int(String(decoding: text.utf8.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
  }

  mutating func read(_ leaf: TOMLLeafReader.Leaf, line: Int) {
    self.line = line
    switch leaf {
    case .string(let string): text = string.string
    case .word(let word): text = word
    default: text = ""
    }
  }

  /// Notes a version that is not known, or that there is none: that of a file of which the beginning is broken is nothing to tell.
  /// - Parameter missing: The version that a file without one has; nil where every file must have one.
  func noteUnlessKnown(
    _ known: ClosedRange<Int>, missing: Int? = nil, _ end: PythonLockEnd, _ extraction: inout Extraction
  ) {
    if text == nil, end.isBroken { return }
    let major = text == nil ? missing : major
    if let major, known.contains(major) { return }
    extraction.note(.unknownFormatVersion, text.map { [$0] } ?? [], line: line)
    extraction.makePartial()
  }
}
