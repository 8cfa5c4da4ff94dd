// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Scanning
import Testing

@Suite struct PurlJudgementTests {
  private let records: MadeUpRecords

  init() throws {
    records = try MadeUpRecords(
      madeUpRecord("GHSA-1", madeUpEntry("a", madeUpRange("0", fixed: "1.0.5"))),
      madeUpRecord("GO-1", madeUpEntry("github.com/Example/Lib", madeUpRange("0", fixed: "1.5.0"), ecosystem: "Go")))
  }

  @Test(arguments: [
    "pkg:npm/a@1.0.0", "pkg:NPM/a@1.0.0", "pkg://npm/a@1.0.0", "pkg:npm/%61@1.0.0", "pkg:npm/a@1.0.0?x=y#z",
    "  pkg:npm/a@1.0.0\t", "pkg:golang/github.com/example/lib@1.4.0", "pkg:golang/github.com/Example/Lib@1.4.0",
  ])
  func `each purl is shown as it was given`(purl: String) throws {
    let report = try judged(purl, by: records)
    #expect(report.findings.map(\.label) == [purl])
    #expect(report.packages.map(\.label) == [purl])
    #expect(report.upgrades.map(\.label) == [purl])
    #expect(report.coverage.isComplete)
  }

  @Test func `blank lines and comments are passed over, and lines are counted with them`() throws {
    let report = try judged(
      "# a list", "", "pkg:npm/a@1.0.0\r", "\r", " \t", "#pkg:npm/a@1.0.0", "pkg:npm/a@2.0.0", by: records)
    #expect(told(report.findings) == ["GHSA-1 vulnerable unknown pkg:npm/a@1.0.0"])
    #expect(report.findings.first?.sightings.map(\.line) == [3])
    #expect(report.packageCount == 2)
    #expect(report.scanned.entries == 2)
    #expect(report.coverage.isComplete)
    #expect(report.coverage.filesRead == ["stdin/purls": 1])
  }

  @Test func `nothing at all is clean`() throws {
    let report = try judged(lines: [], by: records.index)
    #expect(report.verdict == .clean)
    #expect(report.packageCount == 0)
  }

  @Test(arguments: [
    ("lodash@1.0.0", "no-scheme"), ("pkg:", "no-type"), ("pkg:npm/", "no-name"), ("pkg:n~pm/a@1", "invalid-type"),
    ("pkg:npm/a@%zz", "invalid-encoding"), ("pkg:npm/a@1?b", "invalid-qualifier"), ("pkg:made-up/a@1", "no-ecosystem"),
    ("pkg:rpm/nowhere/a@1", "no-ecosystem"),
  ])
  func `a line that is no purl, or none that a record could name, is a problem`(line: String, code: String) throws {
    let report = try judged("pkg:npm/b@1.0.0", line, by: records)
    #expect(report.verdict == .notVerified)
    #expect(report.coverage.problems.map(\.reason) == [.purlNotUnderstood])
    #expect(report.coverage.problems.map(\.line) == [2])
    #expect(report.coverage.problems.map(\.arguments) == [[line, code]])
  }

  @Test func `a very long line is shown in part`() throws {
    let report = try judged(String(repeating: "x", count: 100_000), by: records)
    #expect(report.coverage.problems.first?.arguments.first?.utf8.count == 200)
  }

  @Test func `a purl that comes twice is one package and one finding, in two places`() throws {
    let report = try judged("pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0", "pkg:npm/a@1.0.0", by: records)
    #expect(told(report.findings) == ["GHSA-1 vulnerable unknown pkg:npm/a@1.0.0"])
    #expect(report.findings.first?.sightings.map(\.line) == [1, 3])
    #expect(report.packages.map(\.label) == ["pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0"])
    #expect(report.packages.map { $0.sightings.map(\.line) } == [[1, 3], [2]])
    #expect(report.upgrades.count == 1)
    #expect(report.packageCount == 2)
  }

  @Test func `two spellings of one package are each shown as given`() throws {
    let report = try judged("pkg:npm/a@1.0.0", "pkg:npm/a@1.0.0?arch=x", by: records)
    #expect(
      told(report.findings) == [
        "GHSA-1 vulnerable unknown pkg:npm/a@1.0.0", "GHSA-1 vulnerable unknown pkg:npm/a@1.0.0?arch=x",
      ])
    #expect(report.findings.map { $0.sightings.map(\.line) } == [[1], [2]])
  }

  @Test func `a purl that may mean several packages tells each thing once`() throws {
    let purl = "pkg:composer/o/a@1.0.0?repository_url=https://packages.example"
    let fields = madeUpRange("0", fixed: "2.0.0")
    let informational = #""summary": "Remark", "database_specific": {"informational": "notice"}"#
    let records = try MadeUpRecords(
      madeUpRecord(
        "GHSA-1", madeUpEntry("o/a", fields, ecosystem: "Packagist"),
        madeUpEntry("o/a", fields, ecosystem: "Packagist:https://packages.example")),
      madeUpRecord(
        "GHSA-2", madeUpEntry("o/a", madeUpRange("0"), ecosystem: "Packagist"),
        madeUpEntry("o/a", madeUpRange("0"), ecosystem: "Packagist:https://packages.example"), fields: informational))
    let report = try judged(purl, by: records)
    #expect(told(report.findings) == ["GHSA-1 vulnerable unknown \(purl)"])
    #expect(report.packages.count == 1)
    #expect(report.packageCount == 1)
    #expect(report.upgrades.count == 1)
    #expect(report.upgrades.first?.findings == ["GHSA-1"])
    #expect(report.notes.map(\.code) == [.recordNotice])
    #expect(report.notes.map(\.label) == [purl])
  }

  @Test func `a package of an ecosystem that nothing here is about is a problem`() throws {
    let report = try judged("pkg:npm/b@1.0.0", "pkg:gem/b@1.0.0", "pkg:deb/debian/curl@1?distro=debian-12", by: records)
    #expect(report.verdict == .notVerified)
    #expect(report.coverage.problems.map(\.reason) == [.ecosystemNotCovered, .ecosystemNotCovered])
    #expect(
      report.coverage.problems.map(\.arguments) == [
        ["pkg:gem/b@1.0.0", "RubyGems"], ["pkg:deb/debian/curl@1?distro=debian-12", "Debian"],
      ])
    // An incident is enough to speak of it.
    let incidents = try madeUpIndex(
      ("x", madeUpEntry("c", #""versions": ["1.0.0"]"#, ecosystem: "RubyGems"), #""class": "malicious""#))
    #expect(try judged("pkg:gem/b@1.0.0", by: records, incidents: incidents).verdict == .clean)
  }

  @Test func `an action at a commit is looked up as a commit of its repository too`() throws {
    let commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
    let git =
      #"{"ranges": [{"type": "GIT", "repo": "https://github.com/example/action", "events": [{"introduced": "\#(commit)"}]}]}"#
    let records = try MadeUpRecords(
      madeUpRecord("OSV-1", git),
      madeUpRecord("GHSA-1", madeUpEntry("x/y", madeUpRange("0"), ecosystem: "GitHub Actions")))
    let purl = "pkg:github/example/action@\(commit)"
    #expect(told(try judged(purl, by: records).findings) == ["OSV-1 vulnerable unknown \(purl)"])
    #expect(try judged("pkg:github/example/other@\(commit)", by: records).verdict == .clean)
  }

  @Test func `incidents judge purls without an index`() throws {
    let report = try judged(
      lines: ["pkg:npm/node-ipc@9.1.6", "pkg:npm/node-ipc@9.2.1"], by: nil, incidents: .embedded())
    #expect(told(report.findings) == ["MAL-2026-3744 malicious critical pkg:npm/node-ipc@9.1.6"])
    #expect(report.advisories.source == "embedded")
    #expect(report.coverage.isComplete)
  }
}
