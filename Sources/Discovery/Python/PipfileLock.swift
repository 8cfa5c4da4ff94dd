// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads Pipenv's lockfile, `Pipfile.lock` up to specification 6, which the first releases did not name.
///
/// - Every key of the file but `_meta` is a group of packages: `default`, `develop`, and whatever the project calls others. A package that
///   is in two groups is told twice.
/// - The file does not tell who asks for whom.
/// - A folder is no package of a registry. A repository or an archive is one, though the file does not tell its version.
/// - Source: https://github.com/pypa/pipfile#pipfilelock, https://pipenv.pypa.io/en/latest/pipfile.html, and lockfiles of specifications
///   2 to 6 (read 2026-11-25)
public enum PipfileLock: Extractor {
  public static let id = "python/pipfile-lock"
  public static let files: [FilePattern] = [.name("Pipfile.lock")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var lockfile = PipfileLockReader(file)
    try lockfile.read(into: &extraction)
  }
}

/// Reads one lockfile of Pipenv.
private struct PipfileLockReader {
  /// What one entry says.
  private struct Entry {
    var version: String?
    var isOptional = false
    /// `git`, and the address.
    var repository: (system: String, address: String)?
    var reference: String?
    /// An address, or a place on this machine.
    var archive: String?
    var path: String?
  }

  private var reader: JSONReader
  private var lines: LineCounter
  private let limit: Int
  private var hasMeta = false
  private var isKnownVersion = true
  private var hasGroup = false

  init(_ file: SourceFile) {
    reader = JSONReader(file.text, depthLimit: file.limits.depth)
    lines = LineCounter(file.text)
    limit = file.limits.entriesPerFile
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    defer { if !isKnownVersion { extraction.makePartial() } }
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("_meta") {
        try readMeta(&extraction)
      } else {
        try readGroup(key, &extraction)
      }
    }
    try reader.finish()
    if !hasMeta {
      isKnownVersion = false
      extraction.note(.unknownFormatVersion)
    }
    extraction.isRightlyEmpty = hasMeta && hasGroup && extraction.packages.isEmpty && extraction.problems.isEmpty
  }

  private mutating func readMeta(_ extraction: inout Extraction) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return extraction.note(.entryNotUnderstood, ["_meta"]) }
    hasMeta = true
    while let key = try reader.nextKey() {
      guard key.equals("pipfile-spec") else {
        try reader.skip()
        continue
      }
      let version = try reader.integerValue()
      guard let version, (0...6).contains(version) else {
        isKnownVersion = false
        extraction.note(.unknownFormatVersion, version.map { ["\($0)"] } ?? [], line: lines.line(at: key.offset))
        continue
      }
    }
  }

  private mutating func readGroup(_ group: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else {
      return extraction.note(.entryNotUnderstood, [group.string], line: lines.line(at: group.offset))
    }
    hasGroup = true
    while let key = try reader.nextKey() {
      guard extraction.packages.count < limit else { throw ParseError(.tooMany, at: key.offset) }
      guard try reader.peek() == .object else {
        try readShort(key, &extraction)
        continue
      }
      add(try readEntry(), key, &extraction)
    }
  }

  /// `"a": "==1.0"`, as a Pipfile has it.
  private mutating func readShort(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard let text = try reader.stringValue() else {
      return extraction.note(.entryNotUnderstood, [key.string], line: lines.line(at: key.offset))
    }
    add(Entry(version: text), key, &extraction)
  }

  private mutating func readEntry() throws(ParseError) -> Entry {
    var entry = Entry()
    try reader.enterObject()
    while let key = try reader.nextKey() {
      switch key.string {
      case "version": entry.version = try reader.stringValue()
      case "markers": entry.isOptional = try reader.stringValue() != nil || entry.isOptional
      case "ref": entry.reference = try reader.stringValue()
      case "file", "url": entry.archive = try reader.stringValue() ?? entry.archive
      case "path": entry.path = try reader.stringValue()
      case let kind where PythonRepository.systems.contains(kind):
        if let address = try reader.stringValue() { entry.repository = (kind, address) }
      default: try reader.skip()
      }
    }
    return entry
  }

  private mutating func add(_ entry: Entry, _ key: JSONString, _ extraction: inout Extraction) {
    let origin = Self.origin(of: entry)
    if case .folder = origin { return }
    let version = Self.pinned(entry.version)
    let package = ExtractedPackage(
      ecosystem: .pypi, name: PyPIName.normalised(key.string), version: version, kind: .locked,
      line: lines.line(at: key.offset), requirement: version == nil ? entry.version : nil, isOptional: entry.isOptional)
    _ = extraction.add(package, from: origin)
  }

  private static func origin(of entry: Entry) -> PythonLockEntry.Origin {
    if let (system, address) = entry.repository { return .repository(system, address, commit: entry.reference) }
    if let archive = entry.archive { return archive.contains("://") ? .address(archive) : .path(archive) }
    return entry.path.map { .path($0) } ?? .registry
  }

  /// `1.0` of `==1.0` or `===1.0`; nil for anything but one exact version.
  private static func pinned(_ specifier: String?) -> String? {
    guard let specifier, specifier.hasPrefix("==") else { return nil }
    let version = specifier.utf8.drop { $0 == UInt8(ascii: "=") || $0 == 0x20 }
    return version.isEmpty || version.contains { ",*".utf8.contains($0) } ? nil : String(Substring(version))
  }
}
