// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing
import Testing
import Versions

/// - Source: https://ossf.github.io/osv-schema/#evaluation (read 2026-11-23)
@Suite struct OSVRecordTests {
  private func record(_ json: String) throws(ParseError) -> OSVRecord {
    try Array(json.utf8).withUnsafeBufferPointer { (bytes) throws(ParseError) in try OSVRecord(json: bytes) }
  }

  /// The one entry of a record about the npm package `a`, with these fields besides the package.
  private func affected(_ fields: String, ecosystem: String = "npm") throws -> AffectedPackage {
    let package = #"{"package": {"ecosystem": "\#(ecosystem)", "name": "a"}, \#(fields)}"#
    return try #require(try record(#"{"id": "X-1", "affected": [\#(package)]}"#).affected.first)
  }

  private func events(_ text: String, type: String = "SEMVER") -> String {
    #""ranges": [{"type": "\#(type)", "events": [\#(text)]}]"#
  }

  private func check(
    _ entry: AffectedPackage, yes: [String] = [], no: [String] = [], unknown: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (versions, expected) in [(yes, Affected.yes), (no, .no), (unknown, .unknown)] {
      for version in versions {
        #expect(entry.evaluate(version) == expected, "\(version)", sourceLocation: sourceLocation)
      }
    }
  }

  // MARK: Versions

  @Test func `a listed version is affected, and so is what its ecosystem holds to be equal`() throws {
    check(
      try affected(#""versions": ["9.1.6", "v2.0.0", "3.0.0+a"]"#),
      yes: ["9.1.6", "v9.1.6", "9.1.6+build.5", "2.0.0", "3.0.0", "3.0.0+b"],
      no: ["9.1.60", "9.1.5", "9.1.7", "19.1.6", "9.1.6-rc.1", "9.1", "9.1.6.1", "", "latest", "2.0.0-v"])
  }

  @Test func `a listed Python version is affected in every spelling, and with whatever was built of it`() throws {
    check(
      try affected(#""versions": ["1.82.8", "2.0rc1", "3.0+cu118"]"#, ecosystem: "PyPI"),
      yes: ["1.82.8", "v1.82.8", "1.82.8.0", "1.82.8+cpu", "2.0-RC.1", "2.0c1+local", "3.0+CU118", "3.0.0+cu118"],
      no: ["1.82.7", "1.82.9", "1.82.8.post1", "1.82.8rc1", "11.82.8", "2.0", "2.0rc2", "3.0", "3.0+cpu", "", "latest"])
  }

  @Test func `a range of Python versions is taken in Python's order`() throws {
    check(
      try affected(
        #""versions": ["0.1"], "#
          + events(
            #"{"introduced": "1.0a1"}, {"fixed": "1.10"}, {"introduced": "2.0"}, {"last_affected": "2.0.post1"}"#,
            type: "ECOSYSTEM"),
        ecosystem: "PyPI"),
      yes: ["0.1", "0.1+x", "1.0a1", "1.9", "1.10rc1", "1.9.post4+x", "2.0", "2.0.post1", "2.0.post1+x"],
      no: ["0.2", "1.0.dev9", "1.10", "1.10.post1", "2.0rc1", "2.0.post2", "2.0.1", "1!1.5"],
      unknown: ["", "latest", "1.x"])
  }

  @Test func `in an ecosystem without an order only the same text is listed`() throws {
    check(
      try affected(#""versions": ["9.1.6"]"#, ecosystem: "Leiden Cheese Board"), yes: ["9.1.6"],
      no: ["v9.1.6", "9.1.6+b", "9.1.7"])
  }

  @Test func `listed versions and ranges add up`() throws {
    check(
      try affected(#""versions": ["5.0.0"], "# + events(#"{"introduced": "1.0.0"}, {"fixed": "1.1.0"}"#)),
      yes: ["5.0.0", "1.0.0", "1.0.9"],
      no: ["0.9.0", "1.1.0", "5.0.1"])
  }

  // MARK: Ranges

  @Test func `introduced is inclusive and fixed exclusive`() throws {
    check(
      try affected(events(#"{"introduced": "1.2.0"}, {"fixed": "2.0.0"}"#)),
      yes: ["1.2.0", "1.9.9", "v1.2.0", "1.2.0+b", "2.0.0-rc.1", "1.10.0"],
      no: ["1.1.9", "1.2.0-rc.1", "2.0.0", "2.0.0+b", "2.0.1", "10.0.0"])
  }

  @Test func `zero stands before every version`() throws {
    check(
      try affected(events(#"{"introduced": "0"}, {"fixed": "1.0.0"}"#)),
      yes: ["0.0.0", "0.0.0-alpha", "0.0.1", "1.0.0-0"], no: ["1.0.0"])
  }

  @Test func `the last affected version is affected, and the next is not`() throws {
    check(
      try affected(events(#"{"introduced": "0"}, {"last_affected": "1.5.0"}"#)),
      yes: ["1.5.0", "1.5.0+b", "1.5.0-rc.1"],
      no: ["1.5.1-0", "1.5.1", "2.0.0"])
  }

  @Test func `what a limit cuts off is not described`() throws {
    check(try affected(events(#"{"introduced": "0"}, {"limit": "2.0.0"}"#)), yes: ["1.9.9"], no: ["2.0.0", "3.0.0"])
    check(try affected(events(#"{"introduced": "0"}, {"limit": "*"}"#)), yes: ["1.0.0", "99.0.0"])
    check(
      try affected(events(#"{"introduced": "0"}, {"limit": "1.0.0"}, {"limit": "3.0.0"}"#)), yes: ["0.5.0", "2.0.0"],
      no: ["3.0.0"])
  }

  @Test func `an open range ends nowhere`() throws {
    check(try affected(events(#"{"introduced": "1.0.0"}"#)), yes: ["1.0.0", "99.0.0"], no: ["0.9.9", "1.0.0-beta"])
  }

  @Test(arguments: [
    [0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [1, 3, 0, 2], [2, 0, 3, 1],
  ])
  func `events count in the order of their versions, however they are written`(order: [Int]) throws {
    let all = [
      #"{"introduced": "1.0.0"}"#, #"{"fixed": "1.0.5"}"#, #"{"introduced": "2.0.0"}"#, #"{"fixed": "2.1.0"}"#,
    ]
    check(
      try affected(events(order.map { all[$0] }.joined(separator: ", "))), yes: ["1.0.0", "1.0.4", "2.0.0", "2.0.9"],
      no: ["0.9.0", "1.0.5", "1.9.0", "2.1.0", "3.0.0"])
  }

  @Test func `two events in one object are two events`() throws {
    check(try affected(events(#"{"introduced": "1.0.0", "fixed": "2.0.0"}"#)), yes: ["1.5.0"], no: ["2.0.0", "0.1.0"])
  }

  @Test func `several ranges are asked each`() throws {
    let ranges =
      #""ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "1.1.0"}]},"#
      + #" {"type": "ECOSYSTEM", "events": [{"introduced": "3.0.0"}, {"fixed": "3.1.0"}]}]"#
    check(try affected(ranges), yes: ["1.0.0", "3.0.5"], no: ["2.0.0", "3.1.0"])
  }

  @Test func `commits say nothing about versions`() throws {
    let commits = events(#"{"introduced": "0"}, {"fixed": "6879efc2c1596d11a6a6ad296f80063b558d5e0f"}"#, type: "GIT")
    check(try affected(commits), no: ["1.0.0", "latest"])
    #expect(try !affected(events(#"{"introduced": "0"}"#, type: "GIT")).isWhole)
  }

  /// The specification's own algorithm, word for word, over versions that are whole numbers.
  private func isIncluded(_ version: Int, in ranges: [[(kind: String, at: Int)]]) -> Bool {
    ranges.contains { events in
      let limits = events.filter { $0.kind == "limit" }
      guard limits.isEmpty || limits.contains(where: { version < $0.at }) else { return false }
      var isVulnerable = false
      // Sorting keeps the record's order of what is at the same version.
      for event in events.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }) {
        switch event.element.kind {
        case "introduced" where version >= event.element.at: isVulnerable = true
        case "fixed" where version >= event.element.at: isVulnerable = false
        case "last_affected" where version > event.element.at: isVulnerable = false
        default: break
        }
      }
      return isVulnerable
    }
  }

  @Test(arguments: [("npm", "SEMVER"), ("PyPI", "ECOSYSTEM")])
  func `any ranges and versions are judged as the specification's own algorithm judges them`(
    ecosystem: String, type: String
  ) throws {
    var random = GeneratedRecords(seed: 21)
    for _ in 0..<500 {
      let ranges = (0...random.number(upTo: 2)).map { _ in
        [(kind: "introduced", at: random.number(upTo: 9))]
          + (0..<random.number(upTo: 5)).map { _ in
            (kind: random.pick(["introduced", "fixed", "last_affected", "limit"]), at: random.number(upTo: 9))
          }
      }
      let listed = (0..<random.number(upTo: 2)).map { _ in random.number(upTo: 9) }
      let texts = ranges.map { events in
        #"{"type": "\#(type)", "events": [\#(events.map { #"{"\#($0.kind)": "\#($0.at).0.0"}"# }.joined(separator: ", "))]}"#
      }
      let versions = listed.map { "\"\($0).0.0\"" }.joined(separator: ", ")
      let entry = try affected(
        "\"versions\": [\(versions)], \"ranges\": [\(texts.joined(separator: ", "))]", ecosystem: ecosystem)
      for version in 0...10 {
        let expected: Affected = listed.contains(version) || isIncluded(version, in: ranges) ? .yes : .no
        #expect(entry.evaluate("\(version).0.0") == expected, "\(version): \(versions) \(texts)")
      }
    }
  }

  // MARK: Commits

  private let bad = String(repeating: "ab", count: 20)
  private let good = String(repeating: "cd", count: 20)
  private let other = String(repeating: "ef", count: 20)

  @Test func `a commit is judged by the events that name it, and between them only the history could tell`() throws {
    let entry = try affected(events(#"{"introduced": "\#(bad)"}, {"fixed": "\#(good)"}"#, type: "GIT"))
    #expect([bad, good, other].map(entry.evaluateCommit) == [.yes, .no, .unknown])
    let last = try affected(
      events(#"{"introduced": "0"}, {"last_affected": "\#(bad)"}, {"limit": "\#(good)"}"#, type: "GIT"))
    #expect([bad, good, other].map(last.evaluateCommit) == [.yes, .no, .unknown])
    let again = try affected(events(#"{"fixed": "\#(bad)"}, {"introduced": "\#(bad)"}"#, type: "GIT"))
    #expect(again.evaluateCommit(bad) == .yes)
  }

  @Test func `a whole history is affected in every commit, and a listed commit is affected`() throws {
    #expect(try affected(events(#"{"introduced": "0"}"#, type: "GIT")).evaluateCommit(other) == .yes)
    #expect(try affected(#""versions": ["\#(bad)"]"#).evaluateCommit(bad) == .yes)
    #expect(try affected(#""versions": ["\#(bad)"]"#).evaluateCommit(good) == .no)
    #expect(try affected(events(#"{"introduced": "0"}"#)).evaluateCommit(other) == .no)
  }

  @Test func `the range that ends soonest after a version tells what mends it`() throws {
    let entry = try affected(
      events(
        #"{"introduced": "1.0.0"}, {"fixed": "1.10.0"}, {"introduced": "2.0.0"}, {"fixed": "2.9.0"}, {"introduced": "3.0.0"}"#
      ))
    #expect(entry.fixes(of: "1.9.0") == ["1.10.0"])
    #expect(entry.fixes(of: "2.0.0") == ["2.9.0"])
    #expect(["0.1.0", "1.10.0", "3.0.0", "latest"].map(entry.fixes) == [[], [], [], []])
    #expect(entry.ends == ["1.10.0", "2.9.0"])
  }

  // MARK: What cannot be decided

  @Test func `a range of a type that is not known decides nothing`() throws {
    for type in ["", "SEMANTIC", "semver", "git"] {
      let entry = try affected(events(#"{"introduced": "0"}"#, type: type))
      #expect(!entry.isWhole)
      check(entry, unknown: ["1.0.0", "latest"])
    }
  }

  @Test(arguments: ["{}", "7", "\"1.0.0\"", #"{"fixed": null}"#, #"{"mended": "1.0.0"}"#, #"{"introduced": ""}"#])
  func `an event that is none leaves its range undecided`(event: String) throws {
    check(try affected(events(#"{"introduced": "0"}, \#(event)"#)), unknown: ["1.0.0", "0.1.0", "9.0.0"])
  }

  @Test func `a version that cannot be ordered is unknown, never clean`() throws {
    check(
      try affected(events(#"{"introduced": "1.0.0"}, {"fixed": "2.0.0"}"#)),
      unknown: ["latest", "", "1.x", "1.2", "one", "file:../a"])
  }

  @Test func `a range that cannot be read is unknown, never clean`() throws {
    check(try affected(events(#"{"introduced": "1.0.0"}, {"fixed": "soon"}"#)), unknown: ["1.0.0", "0.1.0"])
    check(try affected(events(#"{"fixed": "1.0.0"}"#)), unknown: ["0.1.0"])
    check(try affected(events("")), unknown: ["0.1.0"])
    check(
      try affected(events(#"{"introduced": "1"}, {"fixed": "2"}"#), ecosystem: "Leiden Cheese Board").self,
      unknown: ["1"])
  }

  @Test func `a range that says yes outweighs one that cannot be read`() throws {
    let ranges =
      #""ranges": [{"type": "SEMVER", "events": [{"fixed": "?"}]}, {"type": "SEMVER", "events": [{"introduced": "1.0.0"}]}]"#
    check(try affected(ranges), yes: ["1.0.0"], unknown: ["0.1.0"])
  }

  @Test func `where every version is affected, one that cannot be ordered is affected as well`() throws {
    let entry = try affected(events(#"{"introduced": "0"}"#))
    #expect(entry.isWhole)
    check(entry, yes: ["1.0.0", "0.0.0-a", "latest", "1.x", ""])
    check(try affected(events(#"{"introduced": "0"}"#), ecosystem: "Leiden Cheese Board"), yes: ["anything"])
    #expect(try !affected(events(#"{"introduced": "0"}, {"fixed": "1.0.0"}"#)).isWhole)
    #expect(try !affected(#""versions": ["1.0.0"]"#).isWhole)
  }

  @Test func `the listed versions that a requirement takes are told`() throws {
    let entry = try affected(#""versions": ["9.1.6", "9.2.3", "12.0.1"]"#)
    #expect(entry.versions(acceptedBy: "^9.1.0") == ["9.1.6", "9.2.3"])
    #expect(entry.versions(acceptedBy: "~9.1.0") == ["9.1.6"])
    #expect(entry.versions(acceptedBy: "*") == ["9.1.6", "9.2.3", "12.0.1"])
    #expect(entry.versions(acceptedBy: "9.2.1 || >=12") == ["12.0.1"])
    #expect(entry.versions(acceptedBy: "^10.0.0") == [])
    #expect(entry.versions(acceptedBy: "file:../a") == [])
  }

  // MARK: Reading

  @Test func `a record's own fields are read, others passed over`() throws {
    let record = try record(
      #"""
      {"schema_version": "1.7.0", "id": "MAL-1", "aliases": ["GHSA-1", "CVE-1"], "summary": "s", "details": "d\n{}",
       "modified": "2026-01-01T00:00:00Z", "withdrawn": "2026-02-01T00:00:00Z", "severity": [{"type": "CVSS_V3", "score": "x"}],
       "references": [{"type": "WEB", "url": "https://a.example"}, {"url": "https://b.example"}],
       "affected": [{"package": {"ecosystem": "npm", "name": "@a/b", "purl": "pkg:npm/%40a/b"}, "versions": ["1.0.0"], "ecosystem_specific": {}},
                    {"package": {"ecosystem": "PyPI", "name": "c"}}]}
      """#)
    #expect(record.id == "MAL-1")
    #expect(record.aliases == ["GHSA-1", "CVE-1"])
    #expect(record.summary == "s")
    #expect(record.modified == "2026-01-01T00:00:00Z")
    #expect(record.withdrawn == "2026-02-01T00:00:00Z")
    #expect(record.references == ["https://a.example", "https://b.example"])
    #expect(record.affected.map(\.name) == ["@a/b", "c"])
    #expect(record.affected.map(\.ecosystem.rawValue) == ["npm", "PyPI"])
    #expect(record.affected.map(\.versions) == [["1.0.0"], []])
  }

  @Test func `values of another type are passed over`() throws {
    let record = try record(
      #"{"id": "X", "aliases": "a", "summary": 1, "affected": [1, {"package": 2, "versions": {"a": 1}, "ranges": [3, {"events": [4]}]}]}"#
    )
    #expect(record.aliases.isEmpty)
    #expect(record.affected.count == 2)
    #expect(record.affected.map(\.name) == ["", ""])
  }

  @Test(arguments: [
    "", "[]", "{}", "{\"id\": \"\"}", "{\"id\": 1}", "{\"id\": \"X\"", "{\"id\": \"X\"} x",
    "{\"id\": \"X\", \"affected\": [{]}",
  ])
  func `what is no record is refused`(json: String) {
    #expect(throws: ParseError.self) { try record(json) }
  }
}
