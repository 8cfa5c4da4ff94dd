// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import History

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct GitReferencesTests {
  private let fixture: GitFixture
  private let fine: String
  private let bad: String

  init() throws {
    fixture = try GitFixture()
    fine = fixture.commit(["l.lock": "fine"], at: 100)
    bad = fixture.commit(["l.lock": "BAD alpha"], at: 200)
    try fixture.writeLoose()
  }

  @Test func `a packed ref is read, and a file of the same name overrules it`() throws {
    try fixture.folder.write(
      "# pack-refs with: peeled fully-peeled sorted\n\(bad) refs/heads/both\n\(bad) refs/heads/packed\n^\(fine)\n",
      to: ".git/packed-refs")
    try fixture.set("refs/heads/both", fine)
    #expect(try fixture.history().sightings.map(\.line) == ["alpha project/l.lock (packed) 200 -"])
  }

  @Test func `a line of packed-refs that is none is told, and the others are read`() throws {
    try fixture.folder.write("nonsense\n\(bad) refs/heads/main\n", to: ".git/packed-refs")
    let history = try fixture.history()
    #expect(history.sightings.count == 1)
    #expect(
      history.problems == [
        Coverage.Problem(path: "project/.git/packed-refs", reason: .malformed, arguments: ["line 1"])
      ])
  }

  @Test(arguments: ["", "xyz\n", "ref:\n", "1234567890\n"]) func `a ref that holds no name is told`(text: String) throws
  {
    try fixture.folder.write(text, to: ".git/refs/heads/odd")
    #expect(
      try fixture.history().problems == [
        Coverage.Problem(path: "project/.git/refs/heads/odd", reason: .malformed, arguments: ["ref"])
      ])
  }

  @Test func `symbolic refs that lead to each other are told`() throws {
    try fixture.folder.write("ref: refs/heads/two\n", to: ".git/refs/heads/one")
    try fixture.folder.write("ref: refs/heads/one\n", to: ".git/refs/heads/two")
    let problems = try fixture.history().problems
    #expect(problems.map(\.arguments) == [["symbolic-ref-loop"], ["symbolic-ref-loop"]])
  }

  @Test func `a symbolic ref repeats nothing, and one to nothing is nothing`() throws {
    try fixture.set("refs/heads/main", bad)
    try fixture.folder.write("ref: refs/heads/main\n", to: ".git/refs/remotes/origin/HEAD")
    try fixture.folder.write("ref: refs/heads/gone\n", to: ".git/refs/remotes/other/HEAD")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (main) 200 -"])
    #expect(history.problems.isEmpty)
  }

  @Test func `a HEAD that is on no branch is a place of its own`() throws {
    try fixture.set("HEAD", bad)
    #expect(try fixture.history().sightings.map(\.line) == ["alpha project/l.lock (HEAD) 200 -"])
  }

  @Test func `HEAD as a link, as old versions of git had it, is a symbolic ref`() throws {
    try fixture.set("refs/heads/zoo", fine)
    try fixture.set("refs/heads/main", fine)
    #expect(unlink(fixture.folder.path(".git/HEAD")) == 0)
    try fixture.folder.link(".git/HEAD", to: "refs/heads/zoo")
    let repository = try GitFixture.open(fixture.folder.path, below: fixture.folder.path)
    var references = GitReferences(repository)
    #expect(references.sources().map(\.name) == ["zoo", "main"])
    #expect(references.faults.isEmpty)
  }

  @Test func `an annotated tag leads to its commit, also through another tag`() throws {
    let inner = fixture.add("tag", Array("object \(bad)\ntype commit\ntag v1\n\nx".utf8))
    let outer = fixture.add("tag", Array("object \(inner)\ntype tag\ntag v2\n\nx".utf8))
    try fixture.writeLoose()
    try fixture.set("refs/tags/v2", outer)
    #expect(try fixture.history().sightings.map(\.line) == ["alpha project/l.lock (tags/v2) 200 -"])
  }

  @Test func `a tag that leads to itself ends and is told`() throws {
    let id = String(repeating: "3", count: 40)
    let text = "object \(id)\ntype tag\n"
    try fixture.writeLoose(GitFixture.Object(id: id, kind: "tag", bytes: Array(text.utf8)))
    try fixture.set("refs/tags/v1", id)
    #expect(!(try fixture.history().problems.isEmpty))
  }

  @Test func `a ref that leads to a folder shows what lies in it`() throws {
    try fixture.set("refs/tags/tree", fixture.tree(["l.lock": "BAD alpha"]))
    #expect(try fixture.history().sightings.map(\.line) == ["alpha project/l.lock (tags/tree) - -"])
  }

  @Test func `a branch whose commit is missing is told`() throws {
    try fixture.set("refs/heads/main", String(repeating: "4", count: 40))
    #expect(
      try fixture.history().problems == [
        Coverage.Problem(path: "project", reason: .gitObjectsMissing, arguments: ["missing", "1"])
      ])
  }

  @Test func `a log with a broken line is told, and its other lines are read`() throws {
    try fixture.folder.write("broken\n\(fine) \(bad) A <a@a.example> 300 +0000\tx\n", to: ".git/logs/HEAD")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (logs/HEAD) 200 300~"])
    #expect(history.problems.map(\.path) == ["project/.git/logs/HEAD"])
  }

  // MARK: Reftables

  /// A table with one block of refs, by the specification: a head of 24 bytes, records, one restart, a footer.
  private func table(_ records: [UInt8], logs: [UInt8] = []) -> [UInt8] {
    let head = Array("REFT".utf8) + [1, 0, 0, 0] + GitFixture.word(1, bytes: 8) + GitFixture.word(1, bytes: 8)
    let tail = GitFixture.word(28, bytes: 3) + [0, 1]
    var block = head + [UInt8(ascii: "r")] + GitFixture.word(28 + records.count + tail.count, bytes: 3) + records + tail
    if !logs.isEmpty {
      let content = logs + GitFixture.word(4, bytes: 3) + [0, 1]
      block += [UInt8(ascii: "g")] + GitFixture.word(content.count + 4, bytes: 3) + GitFixture.deflated(content)
    }
    return block + head + [UInt8](repeating: 0, count: 44)
  }

  private func record(_ prefix: Int, _ suffix: String, _ type: Int, _ value: [UInt8]) -> [UInt8] {
    [UInt8(prefix)] + GitPackFixture.distance(suffix.utf8.count << 3 | type) + Array(suffix.utf8) + [0] + value
  }

  private func useTables(_ tables: [[UInt8]]) throws {
    try fixture.folder.write(
      "[core]\nrepositoryFormatVersion = 1\n[extensions]\nrefStorage = reftable\n", to: ".git/config")
    try fixture.folder.write("ref: refs/heads/.invalid\n", to: ".git/HEAD")
    for (number, table) in tables.enumerated() { try fixture.folder.write(table, to: ".git/reftable/\(number).ref") }
    try fixture.folder.write(tables.indices.map { "\($0).ref\n" }.joined(), to: ".git/reftable/tables.list")
  }

  @Test func `branches are read out of tables, later ones overruling earlier ones`() throws {
    let (fineBytes, badBytes) = (GitFixture.bytes(fine), GitFixture.bytes(bad))
    let name = "refs/heads/main"
    try useTables([
      table(
        record(0, "HEAD", 3, [15] + Array(name.utf8)) + record(0, name, 1, badBytes)
          + record(11, "old", 1, badBytes) + record(11, "zoo", 2, badBytes + badBytes)),
      table(record(0, name, 1, fineBytes) + record(11, "old", 0, [])),
    ])
    let history = try fixture.history()
    #expect(history.problems.isEmpty)
    #expect(history.counts.branches == 2)
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (zoo) 200 -"])
  }

  @Test func `a log is read out of a table`() throws {
    let key = Array("HEAD\u{0}".utf8) + GitFixture.word(~1, bytes: 8)
    let ids = GitFixture.bytes(fine) + GitFixture.bytes(bad)
    let value = ids + [1, 65, 1, 66] + GitPackFixture.distance(300) + [0, 0, 1, 67]
    let log = [0] + GitPackFixture.distance(key.count << 3 | 1) + key + value
    try useTables([table(record(0, "refs/heads/main", 1, GitFixture.bytes(fine)), logs: log)])
    let history = try fixture.history()
    #expect(history.problems.isEmpty)
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (logs/HEAD) 200 300~"])
  }

  @Test(arguments: 0..<100) func `a changed table never traps, and one that ends early is told`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed), name: "reftable")
    var bytes = table(record(0, "refs/heads/main", 1, GitFixture.bytes(bad)))
    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    let isShort = seed.isMultiple(of: 2)
    if isShort { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
    try useTables([bytes])
    let history = try fixture.history()
    #expect(!isShort || !history.problems.isEmpty)
  }
}
