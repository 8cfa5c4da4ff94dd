// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `gifthorse advisories status`, `show` and `recall`, from the outside.
@Suite struct AdvisoriesIndexTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeIndex(TemporaryFolder.records)
  }

  private func advisories(_ arguments: String...) throws -> Outcome {
    try run(["advisories"] + arguments + ["--db", "db"], in: folder)
  }

  // MARK: Status

  @Test func `the status tells what is here, from when, and that it is old`() throws {
    expect(
      try advisories("status"),
      is: """
        exit 0
        | The advisories are AGE old: `gifthorse advisories update` brings newer
        | ones.
        |
        | Index            db/advisories.db
        | Source           none
        | As of            2020-01-01T00:00:00Z (AGE old)
        | Last asked       none
        | Exploited flaws  none
        | Content          CONTENT
        | Records          2
        |   npm  2 (vulnerable 2)
        |   taken back: 1

        """)
  }

  @Test func `the age from which on they are old can be named`() throws {
    let outcome = try advisories("status", "--max-age", "36500")
    #expect(outcome.status == 0)
    #expect(outcome.transcript.hasPrefix("exit 0\n| Index            db/advisories.db\n"))
  }

  @Test func `the status can be had as JSON`() throws {
    expect(
      try advisories("status", "--format", "json"),
      is: """
        exit 0
        | {
        |   "schema": "gifthorse.advisories/1",
        |   "path": "db/advisories.db",
        |   "source": "",
        |   "asOf": "2020-01-01T00:00:00Z",
        |   "ageInDays": AGE,
        |   "old": true,
        |   "content": "CONTENT",
        |   "records": 2,
        |   "withdrawn": 1,
        |   "ecosystems": {
        |     "npm": {"malicious": 0, "suspicious": 0, "vulnerable": 2, "unmaintained": 0, "notice": 0}
        |   },
        |   "own": {},
        |   "inPart": {}
        | }

        """)
  }

  // MARK: One record

  @Test func `a record is shown by another name of it, in letters of any size`() throws {
    expect(
      try advisories("show", "cve-2020-1"),
      is: """
        exit 0
        | 'cve-2020-1' is another name of GHSA-1.
        |
        | GHSA-1
        |   demo-shop runs what its visitors send [GitHub Advisory Database, CC-BY-4.0]
        |   also known as CVE-2020-1
        |   changed: 2020-01-01T00:00:00Z
        |   severity: CVSS_V3 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
        |   https://osv.dev/vulnerability/GHSA-1
        |   Packages
        |     npm demo-shop · vulnerable · critical 9.8 · >= 0, < 1.0.5

        """)
  }

  @Test func `a record can be had as JSON`() throws {
    expect(
      try advisories("show", "GHSA-2", "--format", "json"),
      is: """
        exit 0
        | {
        |   "schema": "gifthorse.advisory/1",
        |   "query": "GHSA-2",
        |   "records": [
        |     {
        |       "id": "GHSA-2",
        |       "aliases": [],
        |       "summary": "A slow pattern in demo-shop",
        |       "modified": "2020-01-01T00:00:00Z",
        |       "withdrawn": "2020-01-01T00:00:00Z",
        |       "source": "GitHub Advisory Database",
        |       "license": "CC-BY-4.0",
        |       "url": "https://osv.dev/vulnerability/GHSA-2",
        |       "related": [],
        |       "weaknesses": [],
        |       "references": [],
        |       "digests": [],
        |       "inPart": [],
        |       "severities": [],
        |       "affected": [
        |         {"ecosystem": "npm", "name": "demo-shop", "kind": "vulnerable", "severity": "unknown", "ranges": [">= 0, < 1.0.5"], "versions": []}
        |       ]
        |     }
        |   ]
        | }

        """)
  }

  // MARK: No index

  @Test(arguments: [["status"], ["show", "GHSA-1"], ["recall", "saved.json"]])
  func `without an index none of it can be answered`(command: [String]) throws {
    expect(
      try run(["advisories"] + command + ["--db", "nowhere"], in: folder),
      is: """
        exit 64
        ! error: there are no advisories at 'nowhere/advisories.db'
        ! hint: `gifthorse advisories update` fetches them; --db names another folder

        """)
    try folder.write("name,version\n", to: "other/advisories.db")
    expect(
      try run(["advisories"] + command + ["--db", "other"], in: folder),
      is: """
        exit 70
        ! error: 'other/advisories.db' is no index of advisories
        ! hint: move it away, or name another folder with --db, then run `gifthorse advisories update`

        """)
  }

  // MARK: Recalls

  /// A saved scan with one finding, which rests on GHSA-1.
  private func saveScan() throws {
    let scan = try run(
      "scan", "--stdin", "--db", "db", "--format", "json", "--output", "saved.json", in: folder,
      input: "pkg:npm/demo-shop@1.0.0\n")
    #expect(scan.status == 1)
  }

  @Test func `a finding stands as long as its record does`() throws {
    try saveScan()
    expect(
      try advisories("recall", "saved.json"),
      is: """
        exit 0
        | No finding of 1 scan rests on an advisory that was taken back.

        """)
  }

  @Test func `a finding whose record was taken back since is recalled by name`() throws {
    try saveScan()
    try folder.makeIndex([
      TemporaryFolder.record("GHSA-1", "A mistake", #""withdrawn": "2020-02-03T00:00:00Z""#)
    ])
    expect(
      try advisories("recall", "saved.json"),
      is: """
        exit 0
        | RECALLED: 1 finding rests on advisories that were taken back.
        | - pkg:npm/demo-shop@1.0.0: GHSA-1, taken back: GHSA-1 (2020-02-03)
        |     saved.json

        """)
    expect(
      try advisories("recall", "saved.json", "--format", "json"),
      is: """
        exit 0
        | {
        |   "schema": "gifthorse.recall/1",
        |   "scans": 1,
        |   "recalls": [
        |     {
        |       "path": "saved.json",
        |       "purl": "pkg:npm/demo-shop@1.0.0",
        |       "id": "GHSA-1",
        |       "records": [
        |         {"id": "GHSA-1", "withdrawn": "2020-02-03T00:00:00Z"}
        |       ]
        |     }
        |   ],
        |   "unread": []
        | }

        """)
  }

  @Test func `a file that is no saved scan, or is not there, is told and is not passed over`() throws {
    try saveScan()
    try folder.write(#"{"schema": "somebody.else/1", "findings": []}"#, to: "other.json")
    expect(
      try advisories("recall", "other.json", "saved.json", "none.json"),
      is: """
        exit 2
        | No finding of 1 scan rests on an advisory that was taken back.
        | cannot read the saved scan 'other.json': it is not the answer of a scan as JSON
        | cannot read the saved scan 'none.json': it is not there, or may not be read
        | hint: give files that `gifthorse scan --format json` has written

        """)
  }

  // MARK: One's own

  @Test func `what is imported shows as one's own in a scan, explains without hiding, and is forgotten`() throws {
    try folder.write("demo-shop@2.0.0\n", to: "ours.txt")
    try folder.write(
      #"""
      {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vendor.example/1", "author": "us",
       "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [
        {"vulnerability": {"name": "GHSA-1"}, "products": [{"@id": "pkg:npm/demo-shop@1.0.0"}],
         "status": "not_affected", "justification": "component_not_present"}]}
      """#, to: "ours.json")
    let imported = try advisories("import", "ours.txt", "ours.json", "--ecosystem", "npm")
    #expect(imported.status == 0, "\(imported.transcript)")
    let own = try run("scan", "--stdin", "--db", "db", in: folder, input: "pkg:npm/demo-shop@2.0.0\n")
    #expect(own.status == 1)
    #expect(own.transcript.contains("condemned by a record of your own"), "\(own.transcript)")
    let explained = try run(
      "scan", "--stdin", "--db", "db", "--format", "json", in: folder, input: "pkg:npm/demo-shop@1.0.0\n")
    #expect(explained.status == 1)
    let notes = try explained.json()["notes"] as? [[String: Any]]
    #expect(notes?.map { $0["code"] as? String } == ["own-statement"])
    #expect((try explained.json()["findings"] as? [[String: Any]])?.map { $0["id"] as? String } == ["GHSA-1"])

    #expect(try advisories("forget", "ours").status == 0)
    let after = try run("scan", "--stdin", "--db", "db", in: folder, input: "pkg:npm/demo-shop@2.0.0\n")
    #expect(after.status == 0)
    let again = try run(
      "scan", "--stdin", "--db", "db", "--format", "json", in: folder, input: "pkg:npm/demo-shop@1.0.0\n")
    #expect(again.status == 1)
    #expect((try again.json()["notes"] as? [Any])?.isEmpty == true)
  }
}
