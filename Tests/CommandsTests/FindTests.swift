// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite struct FindTests {
  private func trees() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.addBad()
    try folder.addClean()
    try folder.addTruncated()
    try folder.addLocked()
    try folder.install("@shop/cart", "2.4.0", in: "scoped")
    return folder
  }

  @Test func `a bad version that is here is found, and makes the exit status 1`() throws {
    expectSnapshot(try run("find", "node-ipc@9.1.6", "bad", in: trees()).transcript, "cli/find-bad.txt")
  }

  @Test func `a good version that is here is found, and is no finding`() throws {
    expect(
      try run("find", "node-ipc@9.2.1", "clean", in: trees()),
      is: """
        exit 0
        | FOUND: 'node-ipc@9.2.1' is here, in 1 place; nothing bad is known of it.
        | 0 lockfiles, 1 installed package and 1 manifest were read to say so.
        |
        | node-ipc 9.2.1
        |   installed   clean/node_modules/node-ipc/package.json
        |
        | Scanned       clean
        | Entries seen  3
        | Files read    1 (npm/package-json 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a good version is not called bad because another one is`() throws {
    let outcome = try run("find", "node-ipc@9.2.1", "bad", "clean", in: trees())
    #expect(outcome.status == 0)
    #expect(outcome.transcript.contains("| FOUND: 'node-ipc@9.2.1' is here, in 1 place; nothing bad is known of it.\n"))
    #expect(!outcome.transcript.contains("9.1.6"))
  }

  @Test func `what is not here comes with what was read to say so`() throws {
    expect(
      try run("find", "left-pad", "clean", "locked", "scoped", in: trees()),
      is: """
        exit 0
        | NOT FOUND: 'left-pad' is not here, and everything was read.
        | 1 lockfile, 2 installed packages and 2 manifests were read to say so.
        |
        | Scanned       clean, locked, scoped
        | Entries seen  8
        | Files read    3 (npm/package-json 2, npm/package-lock 1)
        | Packages      4
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `what was not seen is not verified where something could not be read`() throws {
    expect(
      try run("find", "left-pad", "truncated", in: trees()),
      is: """
        exit 2
        | NOT FOUND, NOT VERIFIED: 'left-pad' was not seen, but 1 place could not be read.
        | 1 lockfile, 0 installed packages and 0 manifests were read to say so.
        |
        | What could not be read, and may hide something
        |   Ends in the middle (1)
        |     truncated/package-lock.json:1
        |     hint: restore it, or let the package manager write it anew
        |
        | Scanned       truncated
        | Entries seen  1
        | Files read    1 (npm/package-lock 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test(arguments: [
    // What is asked, which of 9.1.6 (bad), 9.2.1 (clean) and 9.2.3 (locked) it takes, and the exit status.
    ("node-ipc", ["9.1.6", "9.2.1", "9.2.3"], 1), ("node-ipc@^9.2", ["9.2.1", "9.2.3"], 1),
    ("node-ipc@9.2.0 - 9.2.2", ["9.2.1"], 0), ("node-ipc@>=9.2.3 <10", ["9.2.3"], 1), ("node-ipc@9.1.x", ["9.1.6"], 1),
    ("node-ipc@v9.2.1", ["9.2.1"], 0), ("pkg:npm/node-ipc@9.1.6", ["9.1.6"], 1),
    ("PKG:npm/node-ipc", ["9.1.6", "9.2.1", "9.2.3"], 1),
    ("pkg:/NPM/node-ipc@9.1.6", ["9.1.6"], 1),
    ("pkg:pypi/node-ipc@9.1.6", [], 0), ("node-ipc@==9.2.1", ["9.2.1"], 0), ("node-ipc@>=9.1,!=9.2.1", [], 0),
    ("node-ipc@10.1.1", [], 0),
    ("node-ip", [], 0), ("node-ipc-", [], 0), ("Node-IPC", [], 0),
  ])
  func `names, versions, ranges and purls find what they mean`(query: String, versions: [String], status: Int) throws {
    let outcome = try run("find", query, "bad", "clean", "locked", "--format", "json", in: trees())
    #expect(outcome.status == Int32(status))
    let report = try outcome.json()
    #expect(report["schema"] as? String == "gifthorse.find/1")
    #expect(report["query"] as? String == query)
    #expect(report["found"] as? Bool == !versions.isEmpty)
    let packages = try #require(report["packages"] as? [[String: Any]])
    #expect(packages.map { $0["purl"] as? String } == versions.map { "pkg:npm/node-ipc@\($0)" })
  }

  @Test(arguments: ["@shop/cart", "@shop/cart@2.4.0", "@shop/cart@^2", "pkg:npm/%40shop/cart@2.4.0"])
  func `a scoped package is found by all of its names`(query: String) throws {
    let outcome = try run("find", query, "scoped", in: trees())
    #expect(outcome.status == 0)
    #expect(outcome.transcript.contains("|   installed   scoped/node_modules/@shop/cart/package.json\n"))
  }

  @Test func `the look-alike of a scoped name is not found`() throws {
    #expect(try run("find", "shop/cart", "scoped", in: trees()).transcript.contains("| NOT FOUND: 'shop/cart'"))
    #expect(try run("find", "@shop/cart@^3", "scoped", in: trees()).transcript.contains("| NOT FOUND: '@shop/cart@^3'"))
  }

  @Test func `what is neither a version nor a range is a wrong command line`() throws {
    expect(
      try run("find", "node-ipc@not..a..range", "bad", in: trees()),
      is: """
        exit 64
        ! error: 'not..a..range' is neither a version nor a range
        ! hint: write 9.1.6, or a range as npm or pip knows it: ^9.1.0, '>=9 <10', '>=1.2,!=1.3.*'

        """)
  }

  @Test(arguments: ["", "@", "node-ipc@", "pkg:npm/"])
  func `what names no package is a wrong command line`(query: String) throws {
    let outcome = try run("find", query, "bad", in: trees())
    #expect(outcome.status == 64)
    #expect(outcome.output == [])
  }

  @Test func `a purl of an ecosystem that is not read is a wrong command line`() throws {
    expect(
      try run("find", "pkg:cargo/rand", "bad", in: trees()),
      is: """
        exit 64
        ! error: packages such as 'pkg:cargo/rand' are not read yet
        ! hint: packages of npm and PyPI are: pkg:npm/NAME@VERSION, pkg:pypi/NAME@VERSION

        """)
  }
}
