// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `explain`, and what `advisories` says of the index and of its records.
@Suite struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.addAdvisories()
  }

  @Test func `a package is explained by every record and incident that names it`() throws {
    expectSnapshot(
      try run("explain", "pkg:npm/demo-shop@1.0.0", "--db", "db", in: folder).transcript, "cli/explain.txt")
    expectSnapshot(
      try run("explain", "pkg:npm/node-ipc@9.2.1", "--db", "db", in: folder).transcript, "cli/explain-incident.txt")
  }

  @Test(arguments: [
    ("pkg:npm/demo-shop@1.0.0", "is condemned by 1 source."), ("pkg:npm/demo-shop@1.0.5", ": no record condemns it."),
    ("pkg:npm/demo-shop@banana", ": no record condemns it, but 1 record cannot be"),
    ("pkg:npm/harmless@1.0.0", ": no record condemns it."), ("pkg:npm/demo-evil", "is condemned by 1 source."),
  ])
  func `the first line is the answer`(purl: String, answer: String) throws {
    let outcome = try run("explain", purl, "--db", "db", in: folder)
    #expect(outcome.status == 0)
    let line = String(decoding: outcome.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    #expect(line.hasPrefix("'\(purl)'"))
    #expect(line.hasSuffix(answer))
  }

  @Test func `JSON gives the reason for each claim`() throws {
    let outcome = try run("explain", "pkg:npm/demo-shop@1.0.0", "--db", "db", "--format", "json", in: folder)
    let answer = try outcome.json()
    #expect(answer["schema"] as? String == "gifthorse.explain/1")
    #expect(answer["purl"] as? String == "pkg:npm/demo-shop@1.0.0")
    let records = try #require(answer["records"] as? [[String: Any]])
    #expect(records.map { $0["id"] as? String } == ["GHSA-1"])
    #expect(records.map { $0["affected"] as? String } == ["yes"])
    #expect(records.first?["license"] as? String == "CC-BY-4.0")
    let claims = try #require(records.first?["claims"] as? [[String: Any]])
    #expect(claims.map { $0["fixed"] as? [String] } == [["1.0.5"]])
    #expect(claims.map { $0["score"] as? Double } == [9.8])
  }

  @Test func `what is no purl is a wrong command line`() throws {
    expect(
      try run("explain", "demo-shop@1.0.0", "--db", "db", in: folder),
      is: """
        exit 64
        ! error: 'demo-shop@1.0.0' is no package URL that a record could name: it does not begin with pkg:
        ! hint: write pkg:TYPE/NAME@VERSION: pkg:npm/node-ipc@9.1.6

        """)
  }

  @Test func `the state of the advisories is told`() throws {
    let outcome = try run("advisories", "status", "--db", "db", in: folder)
    expectSnapshot(outcome.transcript, "cli/advisories-status.txt")
  }

  @Test(arguments: [("GHSA-1", "advisories-show"), ("CVE-2020-1", "advisories-show-alias")])
  func `a record is shown by its id and by its other names`(name: String, file: String) throws {
    expectSnapshot(try run("advisories", "show", name, "--db", "db", in: folder).transcript, "cli/\(file).txt")
  }

  @Test(arguments: ["ghsa-1", "cve-2020-1"])
  func `ids may be written in small letters`(name: String) throws {
    let outcome = try run("advisories", "show", name, "--db", "db", in: folder)
    #expect(outcome.transcript.hasPrefix("exit 0\n| '\(name)' is another name of GHSA-1.\n|\n| GHSA-1\n"))
  }

  @Test func `a name that no record has is a wrong command line`() throws {
    expect(
      try run("advisories", "show", "CVE-1999-1", "--db", "db", in: folder),
      is: """
        exit 64
        ! error: no advisory here is called 'CVE-1999-1'
        ! hint: `gifthorse advisories status` says which are here; `gifthorse advisories update` fetches newer ones

        """)
  }

  @Test(arguments: [["status"], ["show", "GHSA-1"]])
  func `without an index there is nothing to say`(command: [String]) throws {
    let outcome = try run(["advisories"] + command, in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.output == [])
    #expect(
      outcome.transcript.hasPrefix("exit 64\n! error: there are no advisories at 'FOLDER/home/.local/share/gifthorse/"))
  }
}
