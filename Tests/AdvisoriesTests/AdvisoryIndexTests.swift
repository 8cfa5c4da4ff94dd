// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Parsing
import TestSupport
import Testing
import Versions

@testable import Advisories

/// What is put into an index is found in it.
@Suite struct AdvisoryIndexTests {
  private let folder: IndexFolder

  init() throws { folder = try IndexFolder() }

  private let flaws = (0..<300).map(SampleRecord.flaw)

  // MARK: Records

  @Test func `a record is found by the name of its package, by its id and by its alias`() throws {
    let index = try folder.make("a", [SampleRecord.malware("MAL-1", "left-pad"), SampleRecord.flaw(6)])
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == ["MAL-1"])
    #expect(try index.ids(.npm, "package-6", "1.6.1") == ["GHSA-6"])
    #expect(try index.ids(.npm, "package-6", "1.6.9") == [])
    #expect(try index.ids(.npm, "left-pad-2", "1.0.0") == [])
    #expect(try index.ids(.pypi, "left-pad", "1.0.0") == [])
    #expect(try index.ids(ofAlias: "CVE-2026-6") == ["GHSA-6"])
    #expect(try index.ids(ofAlias: "GHSA-6") == [])
    #expect(try index.record("MAL-2") == nil)
    let record = try #require(try index.record("GHSA-6"))
    #expect(record.summary == "Prototype Pollution number 6")
    #expect(record.aliases == ["CVE-2026-6"])
    #expect(record.related == ["X-6"])
    #expect(record.weaknesses == ["CWE-79"])
    #expect(record.references == ["https://a.example/6"])
    #expect(record.severities.map(\.type) == ["CVSS_V3"])
    #expect(Moment(nanoseconds: record.modified) == Moment("2026-03-04T05:06:07.7Z"))
    #expect(Moment(nanoseconds: record.published * 1_000_000_000).text == "2026-07-11T10:00:00Z")
    #expect(record.names == [AdvisoryRecord.Name(ecosystem: .npm, name: "package-6")])
    let claim = try #require(try index.claims(of: record).first)
    #expect(claim.kind == .vulnerable)
    #expect(claim.score == 9.8)
    #expect(claim.severity == .critical)
    #expect(claim.affected.versions == ["0.0.6"])
  }

  @Test func `a record that names several packages is found by each`() throws {
    let packages = ["npm", "PyPI", "crates.io"].map { ecosystem in
      #"{"package": {"ecosystem": "\#(ecosystem)", "name": "A_b"}, "versions": ["1.0.0"]}"#
    }
    let index = try folder.make("a", [#"{"id": "X-1", "affected": [\#(packages.joined(separator: ","))]}"#])
    let record = try #require(try index.record("X-1"))
    #expect(record.names.map(\.ecosystem.rawValue) == ["npm", "PyPI", "crates.io"])
    #expect(try index.claims(of: record).count == 3)
    for name in record.names { #expect(try index.ids(name.ecosystem, "A_b", "1.0.0") == ["X-1"]) }
    var found: [String] = []
    try index.forEachClaim(under: NameKey(.pypi, "a-b")) { found += $1.claims.map(\.affected.name) + [$0] }
    #expect(found == ["A_b", "X-1"])
  }

  @Test func `packages of one name in releases of a distribution stand together`() throws {
    let packages = ["11", "12"].map { release in
      #"{"package": {"ecosystem": "Debian:\#(release)", "name": "openssl"}, "versions": ["1.\#(release)"]}"#
    }
    let index = try folder.make("a", [#"{"id": "DSA-1", "affected": [\#(packages.joined(separator: ","))]}"#])
    var versions: [String] = []
    try index.forEachClaim(under: NameKey(Ecosystem("Debian:12"), "openssl")) { _, claims in
      versions += claims.claims.map { $0.affected.ecosystem.rawValue + " " + $0.affected.versions[0] }
    }
    #expect(versions == ["Debian:11 1.11", "Debian:12 1.12"])
    #expect(index.information.counts.records(of: "Debian") == 1)
  }

  @Test func `commits are found by their repository`() throws {
    let (bad, good) = (String(repeating: "ab", count: 20), String(repeating: "cd", count: 20))
    let events = #"[{"introduced": "\#(bad)"}, {"fixed": "\#(good)"}]"#
    let range = #"{"type": "GIT", "repo": "https://git.example/A/b.git", "events": \#(events)}"#
    let index = try folder.make("a", [#"{"id": "OSV-1", "affected": [{"ranges": [\#(range)], "versions": ["v1"]}]}"#])
    let record = try #require(try index.record("OSV-1"))
    let name = try #require(record.names.first)
    #expect(name.ecosystem == .git)
    let claim = try #require(try index.claims(of: record).first)
    #expect(claim.affected.evaluateCommit(bad) == .yes)
    #expect(claim.affected.evaluateCommit(good) == .no)
    #expect(claim.affected.evaluateCommit(String(repeating: "0", count: 40)) == .unknown)
    #expect(claim.affected.versions == ["v1"])
    #expect(record.flaws == ["modified-not-readable"])
  }

  @Test func `a withdrawn record is kept, and says that it is withdrawn`() throws {
    let json = SampleRecord.malware("MAL-1", "left-pad").dropLast() + #", "withdrawn": "2026-05-06T00:00:00Z"}"#
    let index = try folder.make("a", [String(json)])
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == [])
    var isWithdrawn: [Bool] = []
    try index.forEachClaim(under: NameKey(.npm, "left-pad")) { isWithdrawn.append($1.isWithdrawn) }
    #expect(isWithdrawn == [true])
    #expect(try index.record("MAL-1")?.withdrawn == 1_778_025_600)
    #expect(index.information.counts.withdrawn == 1)
  }

  @Test func `a withdrawal at no readable time is one all the same`() throws {
    let json = SampleRecord.malware("MAL-1", "left-pad").dropLast() + #", "withdrawn": "yes"}"#
    let index = try folder.make("a", [String(json)])
    #expect(try index.record("MAL-1")?.withdrawn == 0)
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == [])
  }

  // MARK: The same for the same input

  @Test func `the same records in any order make the same file`() throws {
    let records = flaws + (0..<300).map { SampleRecord.malware("MAL-\($0)", "name-\($0 / 2)") }
    try folder.make("a", records)
    var random = SeededGenerator(seed: 8)
    try folder.make("b", records.shuffled(using: &random))
    #expect(try folder.bytes("a") == folder.bytes("b"))
    #expect(try folder.bytes("a").count > 40_000)
  }

  @Test func `records put one by one are what a first build makes of all`() throws {
    let malware = (0..<100).map { SampleRecord.malware("MAL-\($0)", "name-\($0 / 2)") }
    let full = try folder.make("full", flaws + malware)
    let changed = flaws[..<200].map { $0.replacingOccurrences(of: "number", with: "old") }
    try folder.make("old", changed + malware[..<50] + [SampleRecord.malware("MAL-1000", "gone")])
    let step = try folder.make("step", Array(flaws + malware), on: "old", removing: ["MAL-1000"])
    #expect(step.information.content == full.information.content)
    #expect(step.information.counts == full.information.counts)
    #expect(step.information.asOf == full.information.asOf)
    let ids = (0..<300).map { "GHSA-\($0)" } + (0..<100).map { "MAL-\($0)" } + ["MAL-1000"]
    let names = (0..<60).map { AdvisoryRecord.Name(ecosystem: .npm, name: "name-\($0)") }
    #expect(try step.everything(ids: ids, names: names) == full.everything(ids: ids, names: names))
    #expect(try step.ids(.npm, "gone", "1.0.0") == [])
  }

  @Test func `another record is another content`() throws {
    let one = try folder.make("one", flaws)
    let other = try folder.make(
      "other", flaws.dropLast() + [flaws[299].replacingOccurrences(of: "1.299.9", with: "1.299.8")])
    #expect(one.information.content != other.information.content)
    #expect(try folder.make("empty").information.content == "0")
  }

  // MARK: Replacing and removing

  @Test(arguments: [true, false])
  func `of a record that comes twice, the later one counts`(isFirstBuild: Bool) throws {
    if !isFirstBuild { try folder.make("basis", flaws) }
    var outcomes: [RecordOutcome] = []
    let index = try folder.make("a", on: isFirstBuild ? nil : "basis") { writer in
      let later = SampleRecord.malware("MAL-1", "right-pad", summary: "Other")
      for json in [SampleRecord.malware("MAL-1", "left-pad"), SampleRecord.malware("MAL-1", "left-pad"), later, later] {
        outcomes.append(try writer.put(json))
      }
    }
    #expect(outcomes == [.stored, .unchanged, .stored, .unchanged])
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == [])
    #expect(try index.ids(.npm, "right-pad", "1.0.0") == ["MAL-1"])
    #expect(try index.record("MAL-1")?.summary == "Other")
    #expect(index.information.counts.records == (isFirstBuild ? 1 : 301))
    let once = try folder.make(
      "once", (isFirstBuild ? [] : flaws) + [SampleRecord.malware("MAL-1", "right-pad", summary: "Other")])
    #expect(index.information.content == once.information.content)
  }

  @Test func `what goes out takes its names, aliases and digests with it`() throws {
    try folder.make("a", flaws)
    var outcomes: [Bool] = []
    let index = try folder.make("b", on: "a") { writer in
      outcomes = [try writer.remove(id: "GHSA-6"), try writer.remove(id: "GHSA-6"), try writer.remove(id: "X")]
    }
    #expect(outcomes == [true, false, false])
    #expect(try index.record("GHSA-6") == nil)
    #expect(try index.ids(.npm, "package-6", "1.6.1") == [])
    #expect(try index.ids(ofAlias: "CVE-2026-6") == [])
    #expect(try index.ids(of: #require(FileDigest(SampleRecord.digest(6)))) == [])
    #expect(index.information.counts.records == 299)
    #expect(try index.ids(.npm, "package-12", "1.12.1") == ["GHSA-12"])
    let all = try folder.make("c", on: "b", removing: flaws.indices.map { "GHSA-\($0)" })
    #expect(all.information.counts == IndexCounts())
    #expect(all.information.content == "0")
  }

  @Test func `ids are told by ecosystem, in order and without the user's own`() throws {
    try folder.make("a", flaws) { _ = try $0.put(SampleRecord.malware("OWN-1", "b"), origin: .own(label: "l")) }
    try folder.make("b", on: "a") { writer in
      var ids: [String] = []
      try writer.forEachID(of: "Debian") { ids.append($0) }
      #expect(ids == stride(from: 4, to: 300, by: 6).map { "GHSA-\($0)" }.sorted())
      #expect(try writer.recordCount(of: "npm") == 51)
      ids = []
      try writer.forEachID(of: "npm") { ids.append($0) }
      #expect(ids.count == 50)
    }
  }

  @Test func `an index that grows denies as many names as one that is made anew`() throws {
    try folder.make("a", [SampleRecord.flaw(1)])
    let index = try folder.make("b", (0..<3000).map { SampleRecord.malware("MAL-\($0)", "name-\($0)") }, on: "a")
    let passed = try (0..<10_000).count { try index.mayName(NameKey(.npm, "other-\($0)")) }
    #expect(passed < 300)
    let named = try (0..<3000).count { try index.mayName(NameKey(.npm, "name-\($0)")) }
    #expect(named == 3000)
  }

  // MARK: Digests, exploited flaws, VEX

  @Test func `a file's digest leads to its record, however it is written`() throws {
    let index = try folder.make("a", flaws)
    let digest = try #require(FileDigest(SampleRecord.digest(7).uppercased()))
    #expect(try index.ids(of: digest) == ["GHSA-7"])
    #expect(try index.ids(of: #require(FileDigest(SampleRecord.digest(301)))) == [])
    var all: [String] = []
    try index.forEachDigest { all.append("\($0) \($1)") }
    #expect(all.count == 300)
    #expect(all.contains("\(SampleRecord.digest(7)) GHSA-7"))
  }

  @Test func `the catalogue of exploited flaws is replaced as a whole`() throws {
    let first = try folder.make("a") {
      try $0.setKnownExploited(
        [("CVE-2026-1", "2026-01-02", true), ("CVE-2026-2", "2026-01-03", false)], asOf: "2026-01-04")
    }
    #expect(
      try first.exploited("CVE-2026-1")
        == KnownExploitation(cve: "CVE-2026-1", added: "2026-01-02", isUsedForRansom: true))
    #expect(try first.exploited("CVE-2026-2")?.isUsedForRansom == false)
    #expect(first.information.exploitedAsOf == "2026-01-04")
    let second = try folder.make("b", on: "a") {
      try $0.setKnownExploited([("CVE-2026-2", "2026-01-03", false)], asOf: "2026-02-04")
    }
    #expect(try second.exploited("CVE-2026-1") == nil)
    #expect(try second.exploited("CVE-2026-2") != nil)
    #expect(second.information.exploitedAsOf == "2026-02-04")
    #expect(try folder.make("c").information.exploitedAsOf == nil)
  }

  @Test func `documents and the feed's own values are kept, and replaced by name`() throws {
    try folder.make("a") { writer in
      try writer.putVEX(Array("{1}".utf8), named: "one")
      try writer.putVEX([], named: "none")
      try writer.setValue("https://feed.example", for: "source")
      try writer.setValue("2026-05-06T07:08:09.5Z", for: "as-of")
    }
    let index = try folder.make("b", on: "a") { writer in
      #expect(try writer.value("source") == "https://feed.example")
      #expect(try writer.value("other") == nil)
      try writer.putVEX(Array("{2}".utf8), named: "one")
      try writer.setValue("2026-05-07T00:00:00Z", for: "checked")
    }
    var documents: [String] = []
    try index.forEachVEXDocument { documents.append($0 + " " + $1.string) }
    #expect(documents == ["none ", "one {2}"])
    #expect(index.information.source == "https://feed.example")
    #expect(index.information.asOf == "2026-05-06T07:08:09Z")
    #expect(index.information.checked == "2026-05-07T00:00:00Z")
    let without = try folder.make("c", on: "b") { try $0.setValue(nil, for: "checked") }
    #expect(without.information.checked == nil)
  }

  @Test func `where the feed says nothing, the latest change that is not to come is the date`() throws {
    let index = try folder.make(
      "a",
      [
        SampleRecord.malware("A-1", "a", modified: "2026-01-02T03:04:05.5Z"),
        SampleRecord.malware("A-2", "b", modified: "2026-01-02T03:04:05Z"),
        SampleRecord.malware("A-3", "c", modified: "2200-01-01T00:00:00Z"),
      ])
    #expect(index.information.asOf == "2026-01-02T03:04:05Z")
    #expect(index.information.asOfSeconds == Moment("2026-01-02T03:04:05Z")?.seconds)
    #expect(try folder.make("b").information.asOf == "")
    #expect(try folder.make("c").information.asOfSeconds == nil)
  }

  // MARK: Counts

  @Test func `records are counted by ecosystem and the worst that they claim there`() throws {
    let both = #"""
      {"id": "X-1", "modified": "2026-01-01", "affected": [
       {"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1"], "database_specific": {"informational": "unmaintained"}},
       {"package": {"ecosystem": "npm", "name": "b"}, "versions": ["1"]}, {"package": {"ecosystem": "Debian:12", "name": "b"}, "versions": ["1"]}]}
      """#
    let index = try folder.make("a", [both, SampleRecord.malware("MAL-1", "c"), SampleRecord.malware("MAL-2", "d")])
    #expect(
      index.information.counts.byEcosystem == ["npm": [.vulnerable: 1, .malicious: 2], "Debian": [.vulnerable: 1]])
    #expect(index.information.counts.records == 3)
    #expect(index.information.counts.records(of: "npm") == 3)
    #expect(index.information.counts.records(of: "PyPI") == 0)
    #expect(index.information.counts.flaws == [:])
  }
}
