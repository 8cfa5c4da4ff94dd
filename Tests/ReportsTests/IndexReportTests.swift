// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Scanning
import TestSupport
import Testing
import Versions

@testable import Reports

/// What is said of an index, of its records, of a package, and of saved scans.
@Suite struct IndexReportTests {
  /// 2026-01-10T12:00:00Z.
  private static let now = 1_768_046_400.0

  private let folder: TemporaryFolder
  private let index: AdvisoryIndex

  init() throws {
    folder = try TemporaryFolder()
    let writer = try AdvisoryIndexWriter(path: folder.path("advisories.db"), basedOn: nil)
    for record in Self.records { try Self.put(record, .feed, writer) }
    try Self.put(Self.own, .own(label: "ours"), writer)
    try writer.putVEX(Array("{}".utf8), named: "ours")
    try writer.putVEX(Array("{}".utf8), named: "ours/2")
    try writer.setKnownExploited([("CVE-2026-1001", "2026-01-03", true)], asOf: "2026-01-04T00:00:00Z")
    try writer.setValue("https://osv.example", for: "source")
    try writer.setValue("2026-01-05T00:00:00Z", for: "as-of")
    try writer.setValue("2026-01-06T00:00:00Z", for: "checked")
    try writer.finish()
    index = try AdvisoryIndex(path: folder.path("advisories.db"))
  }

  private static func put(_ json: String, _ origin: RecordOrigin, _ writer: AdvisoryIndexWriter) throws {
    _ = try Array(json.utf8).withUnsafeBufferPointer { (bytes) throws(AdvisoryIndexError) in
      try writer.put(bytes, origin: origin)
    }
  }

  private static func package(_ ecosystem: String, _ rest: String) -> String {
    #"{"package": {"ecosystem": "\#(ecosystem)", "name": "demo-shop"}, \#(rest)}"#
  }

  private static let records = [
    """
    {"id": "GHSA-1", "modified": "2026-01-01T00:00:00Z", "published": "2025-12-01T00:00:00Z", "aliases": ["CVE-2026-1001"],
     "summary": "demo-shop runs what its visitors send", "related": ["GHSA-9"],
     "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
     "database_specific": {"cwe_ids": ["CWE-94"]}, "references": [{"type": "WEB", "url": "https://shop.example/1"}],
     "affected": [\(package("npm", #""ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0.5"}]}]"#))]}
    """,
    """
    {"id": "MAL-2026-1", "modified": "2026-01-02T00:00:00Z", "summary": "Malicious code in demo-shop (npm)",
     "affected": [\(package("npm", #""versions": ["1.0.1", "1.0.2"]"#))]}
    """,
    """
    {"id": "GHSA-2", "modified": "2026-01-03T00:00:00Z", "withdrawn": "2026-01-03T00:00:00Z", "summary": "A slow pattern",
     "database_specific": {"severity": "MODERATE"},
     "affected": [\(package("npm", #""ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.1.0"}]}]"#))]}
    """,
    """
    {"id": "GHSA-3", "modified": "2026-01-01T00:00:00Z", "summary": "An odd thing", "affected": [
     \(package("npm", #""ranges": [{"type": "GIT", "repo": "https://git.example/shop", "events": [{"introduced": "0"}]}]"#)),
     \(package("PyPI", #""versions": []"#))]}
    """,
  ]

  private static let own = """
    {"id": "private/ours/npm/demo-shop", "modified": "2026-01-04T00:00:00Z", "affected": [
     \(package("npm", #""versions": ["1.0.4"]"#))]}
    """

  private func explanation(_ purl: String, of name: String? = nil, _ version: String?) throws -> PackageExplanation {
    try explain(
      purl, packages: [Package(ecosystem: .npm, name: name ?? "demo-shop", version: version)],
      incidents: IncidentIndex.embedded(), index: index)
  }

  // MARK: For programs

  @Test func `the answers for programs are laid out as recorded`() throws {
    let style = ReportStyle()
    let one = try explanation("pkg:npm/demo-shop@1.0.4", "1.0.4")
    expectSnapshot(rendered { write(one, as: .json, style: style, to: $0) }, "outputs/explain/sample.json")
    let bad = try explanation("pkg:npm/node-ipc@9.1.6", of: "node-ipc", "9.1.6")
    expectSnapshot(rendered { write(bad, as: .json, style: style, to: $0) }, "outputs/explain/incident.json")
    let status = IndexReport(
      path: "db/advisories.db", information: index.information, own: try IndexReport.own(in: index), now: Self.now,
      maximumAge: 7)
    // It changes with the way in which records are kept.
    let known = rendered { write(status, as: .json, style: style, to: $0) }
      .replacing(index.information.content, with: "0123456789abcdef")
    expectSnapshot(known, "outputs/advisories/sample.json")
    let shown = try ["GHSA-1", "GHSA-3", "private/ours/npm/demo-shop"].flatMap { try ShownRecord.find($0, in: index) }
    expectSnapshot(
      rendered { write(shown, askedFor: "GHSA-1", as: .json, style: style, to: $0) }, "outputs/advisory/sample.json")
    let recalls = try recalls()
    expectSnapshot(
      rendered { write(recalls, as: .json, style: style, to: $0) }, "outputs/recall/sample.json")
  }

  /// Two saved scans, of which one has a finding that rests on a record that was taken back, and on one that is gone.
  private func recalls() throws -> RecallReport {
    var report = RecallReport()
    for (file, records) in [("old.json", ["GHSA-2", "GHSA-8"]), ("new.json", ["GHSA-1", "GHSA-2"])] {
      let saved = records.map { #"{"id": "\#($0)", "affected": "yes"}"# }.joined(separator: ", ")
      let text = """
        {"schema": "gifthorse.scan/1", "findings": [
          {"id": "GHSA-2", "purl": "pkg:npm/demo-shop@1.0.0", "records": [\(saved)]}]}
        """
      try Array(text.utf8).withUnsafeBufferPointer { try report.add($0, from: file, index) }
    }
    report.unread = [("notes.txt", "not-a-scan"), ("none.json", "unreadable")]
    return report
  }

  // MARK: For people

  @Test func `recalls read like this`() throws {
    let recalls = try recalls()
    #expect(
      rendered { write(recalls, as: .text, style: ReportStyle(), to: $0) } == """
        RECALLED: 1 finding rests on advisories that were taken back.
        - pkg:npm/demo-shop@1.0.0: GHSA-2, taken back: GHSA-2 (2026-01-03), GHSA-8,
          which is here no more
            old.json
        cannot read the saved scan 'notes.txt': it is not the answer of a scan as JSON
        cannot read the saved scan 'none.json': it is not there, or may not be read
        hint: give files that `gifthorse scan --format json` has written

        """)
  }

  @Test func `an index of one's own records alone says that no public one is held against`() throws {
    let writer = try AdvisoryIndexWriter(path: folder.path("own.db"), basedOn: nil)
    try Self.put(Self.own, .own(label: "ours"), writer)
    try writer.finish()
    let explanation = try explain(
      "pkg:npm/demo-shop", packages: [Package(ecosystem: .npm, name: "demo-shop", version: nil)],
      incidents: IncidentIndex.embedded(), index: try AdvisoryIndex(path: folder.path("own.db")))
    #expect(
      rendered { write(explanation, as: .text, style: ReportStyle(width: 200), to: $0) } == """
        'pkg:npm/demo-shop' is given without a version: 1 record names some of its versions.
        1 record and 0 incidents name the package; the advisories here are your own alone.

        private/ours/npm/demo-shop
          own record, ours
          not decided: no version was given
            npm · vulnerable · severity not known · 1 version listed

        """)
  }

  @Test func `the entries of an incident that tell the same are told once`() throws {
    let explanation = try explanation("pkg:npm/node-ipc@9.1.6", of: "node-ipc", "9.1.6")
    let first = try #require(explanation.incidents.first)
    #expect(first.incident.record.id == "npm-node-ipc-2026")
    #expect(first.affected == .yes)
    #expect(first.versions == ["9.1.6", "9.2.3", "12.0.1"])
    #expect(explanation.incidents.filter { $0.incident.record.id == "npm-node-ipc-2026" }.count == 1)
  }

  @Test(arguments: RecordFlaw.allCases)
  func `what is wrong with a record is told in words`(flaw: RecordFlaw) {
    #expect(Wording().fault(flaw.rawValue) != flaw.rawValue)
  }
}
