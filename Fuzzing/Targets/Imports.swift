// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing
internal import Versions

/// A file that somebody imports: what is taken of it is private, and says which versions of what.
func fuzzImports(_ bytes: Bytes) {
  let options = ImportOptions(name: "fuzz", ecosystem: .npm)
  guard let file = try? Imports.read(bytes, options, limit: 10_000) else { return }
  require(!file.records.isEmpty || !file.statements.isEmpty, "an import of nothing")
  require(file.problems.allSatisfy { $0.line > 0 && $0.text.utf8.count <= 600 }, "a problem without a place")
  for statement in file.statements {
    require(!statement.vulnerability.isEmpty && !statement.products.isEmpty, "a statement about nothing")
  }
  // A record of OSV's own schema is taken as it is.
  for record in file.format == .osv ? [] : file.records {
    require(record.id.hasPrefix("private/fuzz/"), "an id of somebody else: \(record.id)")
    require(record.affected.allSatisfy { $0.isWhole || !$0.versions.isEmpty }, "a package without versions")
    for entry in record.affected {
      for version in entry.versions {
        require(entry.evaluate(version) == .yes, "a listed version that is not affected")
      }
    }
  }
}

/// A catalogue of exploited vulnerabilities: whole, or none.
func fuzzExploited(_ bytes: Bytes) {
  guard let catalog = try? KnownExploited(json: bytes) else { return }
  require(!catalog.entries.isEmpty, "an empty catalogue")
  require(
    catalog.entries.allSatisfy { $0.key == $0.value.cve && $0.key.hasPrefix("CVE-") }, "an entry under another id")
}

/// A vector: scored or refused; what a record's id says of its source never holds anything of a stranger's.
func fuzzVectors(_ bytes: Bytes) {
  let text = String(decoding: bytes, as: UTF8.self)
  if let page = AdvisorySource.page(of: text) { require(page.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, page) }
  _ = AdvisorySource(of: text)
  for prefix in ["", "CVSS:3.0/", "CVSS:3.1/", "CVSS:4.0/"] {
    guard let vector = CVSSVector(prefix + text) else { continue }
    require((0...10).contains(vector.score) && (0...10).contains(vector.baseScore), "a score out of range")
  }
}
