// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Scanning
import Testing

/// Statements of the user's own, in OpenVEX.
@Suite struct RecordStatementTests {
  private let flaw = madeUpRecord(
    "GHSA-1", madeUpEntry("a", madeUpRange("0", fixed: "1.0.5")), fields: #""aliases": ["CVE-2026-1"]"#)

  private func document(
    _ vulnerability: String, _ product: String, _ status: String, at time: String = "2026-11-01T00:00:00Z"
  ) -> String {
    #"""
    {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vex.example/1", "author": "us", "timestamp": "\#(time)",
     "version": 1, "statements": [{"vulnerability": {"name": "\#(vulnerability)"}, "products": [{"@id": "\#(product)"}], \#(status)}]}
    """#
  }

  private static let unreached = #""status": "not_affected", "justification": "vulnerable_code_not_in_execute_path""#

  private func notes(_ documents: String...) throws -> [Note] {
    let report = try judged("pkg:npm/%61@1.0.0", by: MadeUpRecords(flaw, vex: documents))
    // A statement explains, and takes nothing away.
    #expect(told(report.findings) == ["GHSA-1 vulnerable unknown pkg:npm/%61@1.0.0"])
    return report.notes
  }

  @Test(arguments: [
    ("GHSA-1", "pkg:npm/a@1.0.0"), ("CVE-2026-1", "pkg:npm/a@1.0.0"), ("GHSA-1", "pkg:npm/a"),
    ("GHSA-1", "pkg:npm/a@1.0.0?arch=x"),
  ])
  func `a statement about a finding is told beside it`(vulnerability: String, product: String) throws {
    let notes = try notes(document(vulnerability, product, Self.unreached))
    #expect(notes.map(\.code) == [.ownStatement])
    #expect(notes.first?.arguments == ["GHSA-1", "not_affected", "vulnerable_code_not_in_execute_path"])
    #expect(notes.first?.line == 1)
    #expect(notes.first?.label == "pkg:npm/%61@1.0.0")
  }

  @Test(arguments: [
    ("GHSA-2", "pkg:npm/a@1.0.0"), ("GHSA-1", "pkg:npm/a@1.0.1"), ("GHSA-1", "pkg:npm/b@1.0.0"),
    ("GHSA-1", "pkg:pypi/a@1.0.0"), ("GHSA-1", "https://product.example/"),
  ])
  func `a statement about something else is not`(vulnerability: String, product: String) throws {
    #expect(try notes(document(vulnerability, product, Self.unreached)).isEmpty)
  }

  @Test func `of several statements the latest is told, and one without a reason has none`() throws {
    let notes = try notes(
      document("GHSA-1", "pkg:npm/a", Self.unreached, at: "2026-11-01T00:00:00Z"),
      document("GHSA-1", "pkg:npm/a", #""status": "under_investigation""#, at: "2026-11-03T00:00:00Z"),
      document("GHSA-1", "pkg:npm/a", #""status": "fixed""#, at: "2026-11-02T00:00:00Z"))
    #expect(notes.map(\.arguments) == [["GHSA-1", "under_investigation"]])
  }
}
