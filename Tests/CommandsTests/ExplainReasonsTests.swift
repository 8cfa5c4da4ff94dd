// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// Why a record applies or not, as `gifthorse explain` tells it, and what it says where it cannot.
@Suite struct ExplainReasonsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeIndex(TemporaryFolder.records)
  }

  @Test func `each record that names a package is shown, with why it applies or not`() throws {
    expect(
      try run("explain", "pkg:npm/demo-shop@1.0.0", "--db", "db", in: folder),
      is: """
        exit 0
        | 'pkg:npm/demo-shop@1.0.0' is condemned by 1 source.
        | 2 records and 0 incidents name the package; the advisories are as of 2020-01-01.
        |
        | GHSA-1 (CVE-2020-1)
        |   demo-shop runs what its visitors send [GitHub Advisory Database, CC-BY-4.0]
        |   affected: this version lies in a range
        |     npm · vulnerable · critical · CVSS 9.8 · >= 0, < 1.0.5 · ends in 1.0.5
        |   https://osv.dev/vulnerability/GHSA-1
        |
        | GHSA-2
        |   A slow pattern in demo-shop [GitHub Advisory Database, CC-BY-4.0]
        |   taken back on 2020-01-01: what it said no longer counts
        |     npm · vulnerable · severity not known · >= 0, < 1.0.5 · ends in 1.0.5
        |   https://osv.dev/vulnerability/GHSA-2

        """)
  }

  @Test func `the answer can be had as JSON`() throws {
    expect(
      try run("explain", "pkg:npm/demo-shop@1.0.5", "--db", "db", "--format", "json", in: folder),
      is: """
        exit 0
        | {
        |   "schema": "gifthorse.explain/1",
        |   "purl": "pkg:npm/demo-shop@1.0.5",
        |   "packages": [
        |     "pkg:npm/demo-shop@1.0.5"
        |   ],
        |   "advisories": {"source": "", "records": 2, "asOf": "2020-01-01T00:00:00Z"},
        |   "incidents": [],
        |   "records": [
        |     {
        |       "id": "GHSA-1",
        |       "aliases": ["CVE-2020-1"],
        |       "summary": "demo-shop runs what its visitors send",
        |       "modified": "2020-01-01T00:00:00Z",
        |       "source": "GitHub Advisory Database",
        |       "license": "CC-BY-4.0",
        |       "url": "https://osv.dev/vulnerability/GHSA-1",
        |       "affected": "no",
        |       "claims": [
        |         {"ecosystem": "npm", "name": "demo-shop", "affected": "no", "reason": "outside", "kind": "vulnerable", "severity": "critical", "score": 9.8, "ranges": [">= 0, < 1.0.5"], "listed": 0, "fixed": []}
        |       ]
        |     },
        |     {
        |       "id": "GHSA-2",
        |       "aliases": [],
        |       "summary": "A slow pattern in demo-shop",
        |       "modified": "2020-01-01T00:00:00Z",
        |       "withdrawn": "2020-01-01T00:00:00Z",
        |       "source": "GitHub Advisory Database",
        |       "license": "CC-BY-4.0",
        |       "url": "https://osv.dev/vulnerability/GHSA-2",
        |       "affected": "no",
        |       "claims": [
        |         {"ecosystem": "npm", "name": "demo-shop", "affected": "no", "reason": "outside", "kind": "vulnerable", "severity": "unknown", "ranges": [">= 0, < 1.0.5"], "listed": 0, "fixed": []}
        |       ]
        |     }
        |   ]
        | }

        """)
  }

  @Test func `without an index the incidents of the program are explained, and that is said`() throws {
    expect(
      try run("explain", "pkg:npm/peacenotwar@9.1.6", in: folder),
      is: """
        exit 0
        | 'pkg:npm/peacenotwar@9.1.6' is condemned by 1 source.
        | no records of vulnerabilities: `gifthorse advisories update` fetches them
        |
        | peacenotwar writes a protest file (2022)
        |   incident of this program · npm-node-ipc-2022
        |   affected: every version

        """)
  }

  @Test(arguments: [
    ("pkg:npm", "it names no package"),
    ("pkg:npm/%zz@1", "its percent signs spell no text"),
  ])
  func `what is no purl is a wrong command line`(purl: String, reason: String) throws {
    expect(
      try run("explain", purl, "--db", "db", in: folder),
      is: """
        exit 64
        ! error: '\(purl)' is no package URL that a record could name: \(reason)
        ! hint: write pkg:TYPE/NAME@VERSION: pkg:npm/node-ipc@9.1.6

        """)
  }

  @Test func `a file that is no index is told, and nothing is explained without it`() throws {
    try folder.write("name,version\n", to: "other/advisories.db")
    expect(
      try run("explain", "pkg:npm/demo-shop@1.0.0", "--db", "other", in: folder),
      is: """
        exit 70
        ! error: 'other/advisories.db' is no index of advisories
        ! hint: move it away, or name another folder with --db, then run `gifthorse advisories update`

        """)
  }
}
