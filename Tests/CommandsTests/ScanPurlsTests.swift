// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Purls from standard input, an index of records, and what both do to the exit status.
@Suite struct ScanPurlsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.addAdvisories()
  }

  private func judge(_ purls: String..., options: [String] = [], environment: [String: String] = [:]) throws -> Outcome
  {
    try run(
      ["scan", "--stdin"] + options, in: folder, environment: environment,
      input: purls.map { $0 + "\n" }.joined())
  }

  @Test func `purls are judged by incidents and records, and shown as they were given`() throws {
    let outcome = try judge(
      "# what we ship", "pkg:npm/node-ipc@9.1.6", "pkg:npm/%64emo-shop@1.0.0", "pkg:npm/demo-evil@2.0.0", "",
      "pkg:npm/harmless@1.0.0", "demo-shop@1.0.0", options: ["--db", "db"])
    expectSnapshot(outcome.transcript, "cli/scan-stdin.txt")
  }

  @Test func `JSON echoes each purl`() throws {
    let outcome = try judge("pkg:NPM/demo-shop@1.0.0", options: ["--db", "db", "--format", "json"])
    #expect(outcome.status == 1)
    #expect(outcome.error == [])
    let report = try outcome.json()
    for list in ["findings", "upgrades", "packages"] {
      #expect(
        (report[list] as? [[String: Any]])?.map { $0["purl"] as? String } == ["pkg:NPM/demo-shop@1.0.0"], "\(list)")
    }
    let advisories = try #require(report["advisories"] as? [String: Any])
    #expect(advisories["source"] as? String == "index")
    #expect(advisories["asOf"] as? String == "2020-01-01")
    #expect(advisories["old"] as? Bool == true)
  }

  @Test func `without an index a purl is judged by incidents alone, and that is said`() throws {
    expect(
      try judge("pkg:npm/demo-shop@1.0.0"),
      is: """
        exit 0
        | CLEAN: nothing bad was found in 1 package, and everything was read.
        |
        | Scanned       -
        | Entries seen  1
        | Files read    1 (stdin/purls 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test(arguments: [
    // --fail-on, the purl, the status
    ("vulnerable:high", "pkg:npm/demo-shop@1.0.0", 1), ("vulnerable:critical", "pkg:npm/demo-shop@1.0.0", 1),
    ("vulnerable:high", "pkg:npm/demo-slow@1.0.0", 0), ("vulnerable:medium", "pkg:npm/demo-slow@1.0.0", 1),
    ("vulnerable:critical", "pkg:npm/demo-odd@1.0.0", 1), ("vulnerable", "pkg:npm/demo-slow@1.0.0", 1),
    ("malicious", "pkg:npm/demo-shop@1.0.0", 0), ("malicious", "pkg:npm/demo-evil@1.0.0", 1),
    ("kev", "pkg:npm/demo-shop@1.0.0", 1), ("kev", "pkg:npm/demo-slow@1.0.0", 0), ("kev", "pkg:npm/demo-evil@1.0.0", 1),
    ("kev", "pkg:npm/demo-slow@banana", 2), ("none", "pkg:npm/demo-evil@1.0.0", 0),
  ])
  func `the threshold may ask for a severity, or for what is exploited`(
    threshold: String, purl: String, status: Int
  ) throws {
    let outcome = try judge(purl, options: ["--db", "db", "--fail-on", threshold])
    #expect(outcome.status == Int32(status))
    #expect(outcome.error == [])
  }

  @Test func `old advisories are called old in the first line, from the age on that was asked for`() throws {
    let clean = "| CLEAN: nothing bad was found in 1 package, and everything was read."
    let old = try judge("pkg:npm/a@1.0.0", options: ["--db", "db"]).transcript
    #expect(old.hasPrefix("exit 0\n\(clean) The\n| advisories are AGE old.\n"))
    let young = try judge("pkg:npm/a@1.0.0", options: ["--db", "db", "--max-age", "36500"]).transcript
    #expect(young.hasPrefix("exit 0\n\(clean)\n|\n"))
  }

  @Test(arguments: [["XDG_DATA_HOME": "FOLDER/data"], ["HOME": "FOLDER/house"]])
  func `the index lies among the user's data where nobody says otherwise`(environment: [String: String]) throws {
    try folder.addAdvisories("data/gifthorse")
    try folder.addAdvisories("house/.local/share/gifthorse")
    let places = environment.mapValues { $0.replacingOccurrences(of: "FOLDER", with: folder.path) }
    let outcome = try judge("pkg:npm/demo-shop@1.0.0", environment: places)
    #expect(outcome.status == 1)
    #expect(outcome.transcript.contains("| Known flaws: 1 in 1 package\n"))
  }

  @Test func `a tree is held against the index too, as is what find looks for`() throws {
    try folder.install("demo-shop", "1.0.0", in: "tree")
    let scan = try run("scan", "tree", "--db", "db", in: folder)
    #expect(scan.status == 1)
    #expect(scan.transcript.contains("|   demo-shop 1.0.0 · update to 1.0.5: that ends it\n"))
    let find = try run("find", "demo-shop", "tree", "--db", "db", "--format", "json", in: folder)
    #expect(find.status == 1)
    #expect((try find.json()["upgrades"] as? [[String: Any]])?.map { $0["to"] as? String } == ["1.0.5"])
    let other = try run("find", "demo-odd", "tree", "--db", "db", "--format", "json", in: folder)
    #expect((try other.json()["upgrades"] as? [Any])?.isEmpty == true)
  }

  // MARK: An index that cannot be used

  @Test(arguments: [["scan", "--stdin"], ["scan", "tree"], ["find", "a", "tree"]])
  func `a folder that was named and holds no index is a wrong command line`(command: [String]) throws {
    try folder.makeFolder("tree")
    expect(
      try run(command + ["--db", "nowhere"], in: folder),
      is: """
        exit 64
        ! error: there are no advisories at 'nowhere/advisories.db'
        ! hint: `gifthorse advisories update` fetches them; --db names another folder

        """)
  }

  @Test func `a file that is no index is told, missed by the answer, and hides no incident`() throws {
    try folder.write("name,version\nnode-ipc,9.1.6\n", to: "other/advisories.db")
    expect(
      try judge("pkg:npm/demo-shop@1.0.0", options: ["--db", "other"]),
      is: """
        exit 2
        | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
        |
        | What could not be read, and may hide something
        |   The advisories could not be read (1)
        |     other/advisories.db (the file is no index of advisories)
        |     hint: `gifthorse advisories update` makes them anew; move the file away
        |           first if it is something else
        |
        | Scanned       -
        | Entries seen  1
        | Files read    1 (stdin/purls 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME
        ! error: 'other/advisories.db' is no index of advisories
        ! hint: move it away, or name another folder with --db, then run `gifthorse advisories update`

        """)
    #expect(try judge("pkg:npm/node-ipc@9.1.6", options: ["--db", "other"]).status == 1)
  }

  @Test func `a damaged index is told, missed by the answer, and hides no incident`() throws {
    let index = try Data(contentsOf: folder.url.appending(path: "db/advisories.db"))
    try folder.write(index.prefix(index.count / 2), to: "cut/advisories.db")
    expect(
      try judge("pkg:npm/demo-shop@1.0.0", options: ["--db", "cut"]),
      is: """
        exit 2
        | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
        |
        | What could not be read, and may hide something
        |   The advisories could not be read (1)
        |     cut/advisories.db (a part of the file is not what was written)
        |     hint: `gifthorse advisories update` makes them anew; move the file away
        |           first if it is something else
        |
        | Scanned       -
        | Entries seen  1
        | Files read    1 (stdin/purls 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME
        ! error: the index 'cut/advisories.db' is damaged: a part of it is not what was written
        ! hint: `gifthorse advisories update` makes it anew; if it happens again, look at the disk

        """)
    #expect(try judge("pkg:npm/node-ipc@9.1.6", options: ["--db", "cut"]).status == 1)
  }
}
