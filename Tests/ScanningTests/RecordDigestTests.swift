// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Scanning
import Testing

/// What records know by its content alone.
@Suite struct RecordDigestTests {
  private let project: Project
  /// Of `inert` and a line feed.
  private static let digest = "9a72dc6ee5665ab1364707965c4b75a6e3a58e25148d5ea02b17aa78b2a84eb5"

  init() throws {
    project = try Project()
    try project.write("inert\n", to: "lib/some.js")
    try project.write("inert \n", to: "lib/other.js")
  }

  private func record(_ fields: String = "") -> String {
    madeUpRecord(
      "MAL-2026-7", madeUpEntry("demo-evil", #""versions": ["1.0.0"]"#),
      fields:
        #""summary": "Malicious code in demo-evil (npm)", "database_specific": {"iocs": {"files": ["\#(Self.digest)"]}}"#
        + fields)
  }

  private func scan(_ record: String) throws -> ScanReport {
    try project.scan(against: madeUpIndex(), hashAll: true, records: MadeUpRecords(record).index)
  }

  @Test func `a file whose digest a record knows is found, whatever it is called`() throws {
    let report = try scan(record())
    #expect(told(report.findings) == ["MAL-2026-7 malicious critical pkg:npm/demo-evil"])
    let sighting = try #require(report.findings.first?.sightings.first)
    #expect(report.findings.first?.sightings.count == 1)
    #expect(project.short(sighting.path) == "lib/some.js")
    #expect(sighting.evidence == Evidence(kind: .digest, value: "sha256:" + Self.digest))
    #expect(report.verdict == .malicious)
  }

  @Test func `a record that was taken back finds no file`() throws {
    let report = try scan(record(#", "withdrawn": "2026-11-21T00:00:00Z""#))
    #expect(report.findings.isEmpty)
    #expect(report.verdict == .clean)
  }

  @Test func `a lockfile that pins a digest of a record is one place more of the package`() throws {
    try project.lock(entries: [
      ("node_modules/demo-evil", #""version": "1.0.0", "integrity": "\#(Self.integrity)""#),
      ("node_modules/renamed", #""version": "3.0.0", "integrity": "\#(Self.integrity)""#),
    ])
    let known = madeUpRecord(
      "MAL-2026-8", madeUpEntry("demo-evil", #""versions": ["1.0.0"]"#),
      fields:
        #""summary": "Malicious code in demo-evil (npm)", "database_specific": {"iocs": {"integrity": "\#(Self.integrity)"}}"#
    )
    let report = try scan(known)
    #expect(
      told(report.findings) == [
        "MAL-2026-8 malicious critical pkg:npm/demo-evil@1.0.0", "MAL-2026-8 malicious critical pkg:npm/renamed@3.0.0",
      ])
    #expect(
      report.findings.map { project.lines($0.sightings) } == [
        ["locked package-lock.json:2"], ["locked package-lock.json:3"],
      ])
    #expect(report.findings.last?.sightings.first?.evidence?.kind == .pinnedDigest)
  }

  private static let integrity = "sha512-" + String(repeating: "A", count: 86) + "=="
}
