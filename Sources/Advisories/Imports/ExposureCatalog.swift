// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// A catalogue of Perplexity's bumblebee: the packages of one or more campaigns.
///
/// `{"schema_version": "0.2.0", "entries": [{"id", "name", "ecosystem", "package", "versions", "severity", "source"}]}`.
/// `["*"]` is every version. bumblebee knows that since 0.2.0; catalogues of 0.1.0 have been published that mean the same by
/// it, and are taken so. Exceptions (`allowlist`) are not taken: what is imported may only add.
/// - Source: https://github.com/perplexityai/bumblebee, `docs/schema/v0.2.0/exposure-catalog.schema.json`,
///   `internal/exposure/exposure.go` and `threat_intel` (read 2026-11-25)
struct ExposureCatalog {
  private var collected: PrivateRecords
  private(set) var problems: [ImportProblem] = []

  var records: [OSVRecord] { collected.records }

  /// - Throws: ``ParseError`` where the text is no JSON, or has no entries.
  init(_ bytes: Bytes, _ options: ImportOptions) throws(ParseError) {
    var options = options
    options.isMalicious = true
    collected = PrivateRecords(options)
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("entries") {
        try reader.enterArray()
        while try reader.nextElement() { try readEntry(&reader) }
      } else if key.equals("allowlist") {
        try readExceptions(&reader)
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
  }

  private mutating func readExceptions(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      let entry = try Entry(&reader)
      problems.append(ImportProblem(.exceptionIgnored, line: entry.line, text: entry.id))
    }
  }

  private mutating func readEntry(_ reader: inout JSONReader) throws(ParseError) {
    let entry = try Entry(&reader)
    do throws(ImportProblem) {
      try add(entry)
    } catch {
      problems.append(error)
    }
  }

  private mutating func add(_ entry: Entry) throws(ImportProblem) {
    if let flaw = entry.flaw { throw ImportProblem(flaw, line: entry.line, text: entry.id) }
    guard let ecosystem = ImportedNames.ecosystem(entry.ecosystem) else {
      throw ImportProblem(.unknownEcosystem, line: entry.line, text: "\(entry.ecosystem) \(entry.id)")
    }
    if let flaw = ImportedNames.flaw(inName: entry.package, of: ecosystem) {
      throw ImportProblem(flaw, line: entry.line, text: entry.package)
    }
    let place = collected.record(entry.id)
    collected.add(Package(ecosystem: ecosystem, name: entry.package, version: nil), versions: entry.versions, to: place)
    collected.change(place) { record in
      if record.summary.isEmpty { record.summary = entry.name }
      if record.remarks.severity == nil, !entry.severity.isEmpty { record.remarks.severity = entry.severity }
      if !entry.source.isEmpty, !record.references.contains(entry.source) { record.references.append(entry.source) }
    }
  }
}

extension ExposureCatalog {
  private struct Entry {
    let line: Int
    var id = ""
    var name = ""
    var ecosystem = ""
    var package = ""
    var versions: [String] = []
    var severity = ""
    var source = ""
    var isSound = true

    init(_ reader: inout JSONReader) throws(ParseError) {
      line = try reader.lineOfNextValue()
      isSound = try reader.enterObjectOrSkip()
      guard isSound else { return }
      while let key = try reader.nextKey() { try readField(key, &reader) }
    }

    private mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
      if key.equals("id") {
        id = try text(&reader)
      } else if key.equals("name") {
        name = try text(&reader)
      } else if key.equals("ecosystem") {
        ecosystem = try text(&reader)
      } else if key.equals("package") {
        package = try text(&reader)
      } else if key.equals("severity") {
        severity = try text(&reader)
      } else if key.equals("source") {
        // Not in the schema, and in every published catalogue.
        source = try reader.stringValue() ?? ""
      } else if key.equals("versions") {
        try readVersions(&reader)
      } else {
        try reader.skip()
      }
    }

    private mutating func text(_ reader: inout JSONReader) throws(ParseError) -> String {
      guard let text = try reader.stringValue() else {
        isSound = false
        return ""
      }
      return text
    }

    private mutating func readVersions(_ reader: inout JSONReader) throws(ParseError) {
      guard try reader.enterArrayOrSkip() else {
        isSound = false
        return
      }
      while try reader.nextElement() { versions.append(try text(&reader)) }
    }

    /// What keeps the entry from being taken, but for its ecosystem and its name.
    var flaw: ImportProblem.Code? {
      guard isSound else { return .unexpectedType }
      guard ImportedNames.trimmed(id) != "", id.utf8.count <= 256, id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { return .noID }
      guard !versions.isEmpty else { return .noVersion }
      if let flaw = versions.lazy.compactMap({ ImportedNames.flaw(inVersion: $0) }).first { return flaw }
      return versions.count > 1 && versions.contains("*") ? .notOnlyAll : nil
    }
  }
}

extension JSONReader {
  /// The 1-based line on which the next value begins.
  mutating func lineOfNextValue() throws(ParseError) -> Int {
    _ = try peek()
    return line
  }
}
