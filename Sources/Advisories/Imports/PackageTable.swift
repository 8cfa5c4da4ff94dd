// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// A table of bad packages, as vendors publish them beside their reports.
///
/// The first row names the columns; which they are is told by their names, whatever their order. One for names and one for
/// versions are needed, one for the ecosystem may be there, others are passed over. A cell may hold several versions.
/// - Source: https://github.com/DataDog/indicators-of-compromise: `package_name,package_versions,vendors` of its
///   `shai-hulud-2.0`, `ecosystem,package,version` of `keyv-campaign`, `artifact_type,name,affected_versions` of `teampcp`
///   (read 2026-11-25)
struct PackageTable {
  /// Where the columns are.
  struct Columns: Equatable {
    var name: Int
    var versions: Int
    var ecosystem: Int?

    /// The columns that a first row names; nil where it names none.
    init?(_ fields: [String]) {
      let names = fields.map { field in
        let bytes = ImportedNames.trimmed(field).lowercased().utf8.map { $0 == 0x20 ? UInt8(ascii: "_") : $0 }
        return String(decoding: bytes, as: UTF8.self)
      }
      func column(_ known: [String]) -> Int? {
        known.lazy.compactMap { names.firstIndex(of: $0) }.first
      }
      guard
        let name = column(["package_name", "package", "name"]),
        let versions = column([
          "package_versions", "affected_versions", "malicious_versions", "versions", "package_version", "version",
        ])
      else { return nil }
      self.name = name
      self.versions = versions
      ecosystem = column(["ecosystem", "artifact_type", "package_type", "registry", "type"])
    }
  }

  private let options: ImportOptions
  private let columns: Columns
  private var collected: PrivateRecords
  private(set) var problems: [ImportProblem] = []

  var records: [OSVRecord] { collected.records }

  /// - Parameters:
  ///   - rows: Stands behind the first row.
  ///   - limit: How many versions at most are taken.
  init(_ rows: inout DelimitedRows, _ columns: Columns, _ options: ImportOptions, limit: Int) throws(ImportError) {
    self.options = options
    self.columns = columns
    collected = PrivateRecords(options)
    var count = 0
    while let row = rows.next() {
      do throws(ImportProblem) {
        count += try add(row)
      } catch {
        problems.append(error)
      }
      guard count + problems.count <= limit else { throw ImportError(.tooMany, line: row.line, format: .table) }
    }
  }

  /// - Returns: How many versions the row named.
  private mutating func add(_ row: DelimitedRows.Row) throws(ImportProblem) -> Int {
    guard row.isSound else { throw ImportProblem(.invalidQuote, line: row.line, text: row.fields.first ?? "") }
    guard row.fields.count > max(columns.name, columns.versions, columns.ecosystem ?? 0) else {
      throw ImportProblem(.missingField, line: row.line, text: row.fields.joined(separator: ","))
    }
    let ecosystem = try ecosystem(row)
    let name = ImportedNames.trimmed(row.fields[columns.name])
    if let flaw = ImportedNames.flaw(inName: name, of: ecosystem) {
      throw ImportProblem(flaw, line: row.line, text: name)
    }
    let versions = try versions(row)
    collected.add(Package(ecosystem: ecosystem, name: name, version: nil), versions: versions)
    return versions.count
  }

  private func ecosystem(_ row: DelimitedRows.Row) throws(ImportProblem) -> Ecosystem {
    let word = columns.ecosystem.map { ImportedNames.trimmed(row.fields[$0]) } ?? ""
    if word.isEmpty {
      guard let given = options.ecosystem else { throw ImportProblem(.noEcosystem, line: row.line) }
      return given
    }
    guard let ecosystem = ImportedNames.ecosystem(word) else {
      throw ImportProblem(.unknownEcosystem, line: row.line, text: word)
    }
    return ecosystem
  }

  /// `1.0.0, 1.0.1`, and `= 1.0.0 || = 1.0.1` as some write it.
  private func versions(_ row: DelimitedRows.Row) throws(ImportProblem) -> [String] {
    let cell = row.fields[columns.versions]
    let parts = cell.utf8.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "|") }
    let versions = parts.map { part in
      var text = ImportedNames.trimmed(Substring(part))
      if text.hasPrefix("="), !text.hasPrefix("==") { text = ImportedNames.trimmed(text.dropFirst()) }
      return text
    }
    guard !versions.isEmpty else { throw ImportProblem(.noVersion, line: row.line, text: row.fields[columns.name]) }
    for version in versions {
      if let flaw = ImportedNames.flaw(inVersion: version) { throw ImportProblem(flaw, line: row.line, text: cell) }
    }
    guard versions.count == 1 || !versions.contains("*") else {
      throw ImportProblem(.notOnlyAll, line: row.line, text: cell)
    }
    return versions
  }
}
