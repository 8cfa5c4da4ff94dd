// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what a `Pipfile` asks for: `[packages]`, `[dev-packages]`, and every other category.
///
/// - Source: https://pipenv.pypa.io/en/latest/pipfile.html (read 2026-11-25)
public enum Pipfile: Extractor {
  public static let id = "python/pipfile"
  public static let files: [FilePattern] = [.name("Pipfile")]
  public static let role = FileRole.manifest

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isOfInstalledPython else { return }
    var pipfile = PipfileReading(file)
    try pipfile.read(into: &extraction)
  }
}

/// Reads one Pipfile.
private struct PipfileReading {
  /// Tables that are no categories of packages.
  private static let others: Set<String> = ["source", "requires", "pipenv", "scripts", "pipfile"]

  private var reader: TOMLReader
  private let limit: Int
  /// The package whose fields are being read, in a table of its own or by dotted keys.
  private var open: (path: [String], entry: PythonEntry)?

  init(_ file: SourceFile) {
    reader = TOMLReader(file.text, depthLimit: file.limits.depth)
    limit = file.limits.entriesPerFile
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    var table: [String] = []
    // Also after an error: what was read until then is kept.
    defer { close(&extraction) }
    while let item = try reader.next() {
      switch item {
      case .table(let key), .arrayElement(let key):
        table = key.parts
        if table.count <= 2 { close(&extraction) }
        if table.count >= 2 { begin(table, line: reader.line(at: key.offset), &extraction) }
      case .key(let key):
        try readValue(at: table + key.parts, line: reader.line(at: key.offset), &extraction)
      }
    }
  }

  private mutating func readValue(
    at path: [String], line: Int, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard extraction.packages.count < limit else { throw ParseError(.tooMany, at: reader.offset) }
    guard !Self.others.contains(path[0]) else { return try reader.skip() }
    switch path.count {
    case 1: try readGroup(path[0], line: line, &extraction)
    case 2:
      close(&extraction)
      for entry in try PythonEntry.read(path[1], line: line, &reader) { add(entry, &extraction) }
    default:
      begin(path, line: line, &extraction)
      guard path.count == 3, var entry = open?.entry else { return try reader.skip() }
      try entry.readField(path[2], &reader)
      open?.entry = entry
    }
  }

  /// A whole group in braces.
  private mutating func readGroup(_ name: String, line: Int, _ extraction: inout Extraction) throws(ParseError) {
    guard try reader.enterInlineTableOrSkip() else {
      return extraction.note(.entryNotUnderstood, [name], line: line)
    }
    while let key = try reader.nextKey() {
      try readValue(at: [name] + key.parts, line: reader.line(at: key.offset), &extraction)
    }
  }

  /// Begins the package that owns the field at `path`, if that is not the one that is open.
  private mutating func begin(_ path: [String], line: Int, _ extraction: inout Extraction) {
    let owner = Array(path[..<2])
    guard open?.path != owner, !Self.others.contains(owner[0]) else { return }
    close(&extraction)
    open = (owner, PythonEntry(name: owner[1], line: line))
  }

  private mutating func close(_ extraction: inout Extraction) {
    if let entry = open?.entry { add(entry, &extraction) }
    open = nil
  }

  private func add(_ entry: PythonEntry, _ extraction: inout Extraction) {
    if let package = entry.package() { extraction.add(package) }
  }
}
