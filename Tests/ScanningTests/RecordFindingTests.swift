// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Scanning
import TestSupport
import Testing
import Versions

@Suite struct RecordFindingTests {
  private let flaw = madeUpRecord(
    "GHSA-1", madeUpEntry("a", madeUpRange("0", fixed: "1.0.5")),
    fields: #""aliases": ["CVE-2026-1"], "summary": "a reads any file", "database_specific": {"severity": "HIGH"}"#)
  private let malware = madeUpRecord(
    "MAL-2026-1", madeUpEntry("a", #""versions": ["1.0.1"]"#), fields: #""summary": "Malicious code in a (npm)""#)

  // MARK: One thing, one finding

  @Test func `records that name each other are one finding, and each stands among its names`() throws {
    let records = try MadeUpRecords(
      flaw,
      madeUpRecord(
        "PYSEC-1", madeUpEntry("a", madeUpRange("0", fixed: "1.0.6")),
        fields: #""aliases": ["CVE-2026-1", "SNYK-1"], "summary": "Same""#),
      madeUpRecord("GHSA-2", madeUpEntry("a", madeUpRange("0", fixed: "2.0.0"))))
    let report = try judged("pkg:npm/a@1.0.0", by: records)
    #expect(
      told(report.findings) == [
        "GHSA-1 vulnerable high pkg:npm/a@1.0.0", "GHSA-2 vulnerable unknown pkg:npm/a@1.0.0",
      ])
    #expect(report.findings.first?.aliases.sorted() == ["CVE-2026-1", "PYSEC-1", "SNYK-1"])
    #expect(report.findings.first?.record?.statements.map(\.id) == ["GHSA-1", "PYSEC-1"])
    #expect(report.findings.first?.record?.leading?.summary == "a reads any file")
    #expect(report.findings.last?.aliases == [])
    // 1.0.5 ends it only for one of the two.
    #expect(report.findings.first?.safe == ["1.0.6"])
    #expect(report.verdict == .vulnerable)
    #expect(report.advisories.source == "index")
  }

  @Test func `malware and a flaw of one package are two findings, the malware first`() throws {
    let report = try judged("pkg:npm/a@1.0.1", "pkg:npm/a@1.0.0", by: MadeUpRecords(flaw, malware))
    #expect(
      told(report.findings) == [
        "MAL-2026-1 malicious critical pkg:npm/a@1.0.1", "GHSA-1 vulnerable high pkg:npm/a@1.0.0",
        "GHSA-1 vulnerable high pkg:npm/a@1.0.1",
      ])
    #expect(report.verdict == .malicious)
    #expect(report.findings.allSatisfy { $0.incident == nil })
  }

  @Test func `that a version is malware is one finding, whoever says it`() throws {
    let other = madeUpRecord(
      "GHSA-m", madeUpEntry("a", #""versions": ["1.0.1"]"#), fields: #""summary": "Malware in a""#)
    let report = try judged("pkg:npm/a@1.0.1", by: MadeUpRecords(malware, other))
    #expect(told(report.findings) == ["MAL-2026-1 malicious critical pkg:npm/a@1.0.1"])
    #expect(report.findings.first?.aliases == ["GHSA-m"])
  }

  @Test func `a record that disagrees with its alias is told, and takes nothing away`() throws {
    let no = madeUpRecord(
      "PYSEC-1", madeUpEntry("a", madeUpRange("0", fixed: "0.9.0")), fields: #""aliases": ["GHSA-1"]"#)
    let report = try judged("pkg:npm/a@1.0.0", by: MadeUpRecords(flaw, no))
    let facts = try #require(report.findings.first?.record)
    #expect(report.findings.count == 1)
    #expect(facts.isDisputed)
    #expect(facts.statements.map { "\($0.id) \($0.affected)" } == ["GHSA-1 yes", "PYSEC-1 no"])
    #expect(try judged("pkg:npm/a@1.0.0", by: MadeUpRecords(flaw)).findings.first?.record?.isDisputed == false)
  }

  // MARK: What alarms and what does not

  @Test func `a record that was withdrawn never alarms`() throws {
    let withdrawn = madeUpRecord(
      "MAL-2026-2", madeUpEntry("a", madeUpRange("0")), fields: #""withdrawn": "2026-11-21T00:00:00Z""#)
    let report = try judged("pkg:npm/a@1.0.0", "pkg:npm/a", by: MadeUpRecords(withdrawn))
    #expect(report.verdict == .clean)
    #expect(report.findings.isEmpty && report.notes.isEmpty)
    #expect(report.coverage.isComplete)
  }

  @Test func `that nobody looks after a package is a note, as is a remark`() throws {
    func record(_ id: String, _ kind: String, _ name: String) -> String {
      madeUpRecord(
        id, madeUpEntry(name, madeUpRange("0"), ecosystem: "crates.io"),
        fields:
          #""summary": "About \#(name)", "database_specific": {"informational": "\#(kind)", "license": "CC0-1.0"}"#)
    }
    let records = try MadeUpRecords(
      record("RUSTSEC-1", "unmaintained", "a"), record("RUSTSEC-2", "notice", "b"), record("RUSTSEC-3", "unsound", "c"))
    let report = try judged("pkg:cargo/a@1.0.0", "pkg:cargo/b@1.0.0", "pkg:cargo/c@1.0.0", by: records)
    #expect(report.notes.map(\.code) == [.unmaintained, .recordNotice])
    #expect(
      report.notes.first?.arguments == ["RUSTSEC-1", "About a", "RustSec Advisory Database", "CC0-1.0"])
    #expect(report.notes.map(\.line) == [1, 2])
    #expect(told(report.findings) == ["RUSTSEC-3 vulnerable unknown pkg:cargo/c@1.0.0"])
    #expect(report.coverage.isComplete)
  }

  @Test func `a version that cannot be compared is a problem, once for each place`() throws {
    let records = try MadeUpRecords(flaw, madeUpRecord("GHSA-2", madeUpEntry("a", madeUpRange("0", fixed: "2.0.0"))))
    let report = try judged("pkg:npm/a@banana", "pkg:npm/b@banana", "pkg:npm/a@banana", by: records)
    #expect(report.verdict == .notVerified)
    #expect(report.coverage.problems.map(\.reason) == [.versionNotComparable, .versionNotComparable])
    #expect(report.coverage.problems.map(\.line) == [1, 3])
    #expect(report.coverage.problems.map(\.arguments) == [["a@banana"], ["a@banana"]])
  }

  @Test func `a package of which every version is bad is bad in any, readable or not, and in none`() throws {
    let records = try MadeUpRecords(madeUpRecord("MAL-2026-3", madeUpEntry("a", madeUpRange("0"))))
    let report = try judged("pkg:npm/a@1.0.0", "pkg:npm/a@banana", "pkg:npm/a", "pkg:npm/A@1.0.0", by: records)
    #expect(
      Set(told(report.findings)) == [
        "MAL-2026-3 malicious critical pkg:npm/a@1.0.0", "MAL-2026-3 malicious critical pkg:npm/a@banana",
        "MAL-2026-3 malicious critical pkg:npm/a",
      ])
    #expect(report.coverage.isComplete)
  }

  @Test func `a release that was not told is a problem that names the records`() throws {
    let records = try MadeUpRecords(
      madeUpRecord(
        "DEBIAN-1", madeUpEntry("curl", #""versions": ["1"]"#, ecosystem: "Debian:11"),
        madeUpEntry("curl", #""versions": ["2"]"#, ecosystem: "Debian:12")))
    let report = try judged("pkg:deb/debian/curl@1", by: records)
    #expect(report.findings.isEmpty)
    #expect(report.coverage.problems.map(\.reason) == [.releaseNotKnown])
    #expect(report.coverage.problems.map(\.arguments) == [["curl@1", "DEBIAN-1"]])
    #expect(
      told(try judged("pkg:deb/debian/curl@1?distro=debian-11", by: records).findings)
        == ["DEBIAN-1 vulnerable unknown pkg:deb/debian/curl@1?distro=debian-11"])
    #expect(try judged("pkg:deb/debian/curl@1?distro=debian-12", by: records).verdict == .clean)
  }

  // MARK: Beside our incidents

  /// - Parameter safe: A version that the incident names as clean.
  private func incident(_ versions: String, own: String = "", safe: String? = nil) throws -> IncidentIndex {
    let clean = safe.map { #""safe": ["\#($0)"]"# } ?? ""
    return try madeUpIndex(
      ("npm-a-2026", madeUpEntry("a", #""versions": [\#(versions)]"#, own: clean), #""class": "malicious""# + own))
  }

  @Test func `an incident has the word, and takes the names of the records`() throws {
    let report = try judged("pkg:npm/a@1.0.1", by: MadeUpRecords(malware), incidents: incident(#""1.0.1""#))
    #expect(told(report.findings) == ["npm-a-2026 malicious critical pkg:npm/a@1.0.1"])
    #expect(report.findings.first?.incident == "npm-a-2026")
    #expect(report.findings.first?.aliases == ["MAL-2026-1"])
    #expect(report.findings.first?.record?.statements.map(\.id) == ["MAL-2026-1"])
    #expect(report.advisories.records == 2)
    #expect(report.advisories.incidents == 1)
  }

  @Test func `what an incident condemns is not called undecided for a record that it knows`() throws {
    func report(_ own: String) throws -> ScanReport {
      try judged("pkg:npm/a@banana", by: MadeUpRecords(flaw), incidents: incident(#""banana""#, own: own))
    }
    #expect(try report(#", "aliases": ["GHSA-1"]"#).coverage.isComplete)
    #expect(try report("").coverage.problems.map(\.reason) == [.versionNotComparable])
    #expect(try report("").verdict == .malicious)
  }

  @Test func `a flaw of a package that an incident condemns stays a finding of its own`() throws {
    let report = try judged("pkg:npm/a@1.0.1", by: MadeUpRecords(flaw), incidents: incident(#""1.0.1""#))
    #expect(report.findings.map(\.id) == ["npm-a-2026", "GHSA-1"])
    #expect(report.findings.map(\.incident) == ["npm-a-2026", nil])
  }

  @Test func `where an incident knows a record and leaves a version out, that is told and gives no alarm`() throws {
    let whole = madeUpRecord("MAL-2026-1", madeUpEntry("a", madeUpRange("0")))
    let knows = try incident(#""1.0.1""#, own: #", "aliases": ["MAL-2026-1"]"#, safe: "1.0.0")
    let report = try judged("pkg:npm/a@2.0.0", "pkg:npm/a@1.0.1", by: MadeUpRecords(whole), incidents: knows)
    #expect(told(report.findings) == ["MAL-2026-1 malicious critical pkg:npm/a@1.0.1"])
    #expect(report.notes.map(\.code) == [.sourcesDisagree])
    #expect(report.notes.first?.line == 1)
    #expect(report.notes.first?.arguments == ["MAL-2026-1", "npm-a-2026"])
    #expect(try judged("pkg:npm/a@2.0.0", by: MadeUpRecords(whole), incidents: knows).verdict == .clean)
  }

  @Test func `an incident that names no clean version silences nothing: it may not list every bad one`() throws {
    let whole = madeUpRecord("MAL-2026-1", madeUpEntry("a", madeUpRange("0")))
    let knows = try incident(#""1.0.1""#, own: #", "aliases": ["MAL-2026-1"]"#)
    let report = try judged("pkg:npm/a@2.0.0", by: MadeUpRecords(whole), incidents: knows)
    #expect(told(report.findings) == ["MAL-2026-1 malicious critical pkg:npm/a@2.0.0"])
  }

  @Test(arguments: [#""#, #", "aliases": ["MAL-2026-1"], "unverified": true"#])
  func `an incident that does not know the record, or that nothing confirms, silences nothing`(own: String) throws {
    let whole = madeUpRecord("MAL-2026-1", madeUpEntry("a", madeUpRange("0")))
    let report = try judged(
      "pkg:npm/a@2.0.0", by: MadeUpRecords(whole), incidents: incident(#""1.0.1""#, own: own, safe: "1.0.0"))
    #expect(told(report.findings) == ["MAL-2026-1 malicious critical pkg:npm/a@2.0.0"])
    #expect(report.notes.isEmpty)
  }

  @Test func `an incident never silences a record of the user's own`() throws {
    let whole = madeUpRecord("MAL-2026-1", madeUpEntry("a", madeUpRange("0")))
    let knows = try incident(#""1.0.1""#, own: #", "aliases": ["MAL-2026-1"]"#, safe: "1.0.0")
    let report = try judged("pkg:npm/a@2.0.0", by: MadeUpRecords(own: [whole]), incidents: knows)
    #expect(report.findings.map(\.id) == ["MAL-2026-1"])
    #expect(report.findings.first?.record?.statements.map(\.ownLabel) == ["our list"])
  }

  // MARK: Where to go

  @Test func `an upgrade is the lowest version that ends all, and brings in nothing new`() throws {
    let records = try MadeUpRecords(
      flaw, madeUpRecord("GHSA-2", madeUpEntry("a", madeUpRange("0", fixed: "1.2.0"))),
      madeUpRecord("GHSA-3", madeUpEntry("a", madeUpRange("1.2.0", fixed: "1.3.0"))),
      madeUpRecord("GHSA-4", madeUpEntry("a", madeUpRange("3.0.0", fixed: "3.1.0"))))
    let report = try judged("pkg:npm/a@1.0.0", by: records)
    #expect(report.upgrades.map(\.to) == ["1.3.0"])
    #expect(report.upgrades.map(\.findings) == [["GHSA-1", "GHSA-2"]])
    #expect(report.upgrades.map(\.label) == ["pkg:npm/a@1.0.0"])
    // Nor what our own incidents condemn.
    let bad = try judged("pkg:npm/a@1.0.0", by: records, incidents: incident(#""1.3.0""#))
    #expect(bad.upgrades.map(\.to) == ["3.1.0"])
  }

  @Test func `where no version ends all there is an upgrade without one, and where nothing is found none`() throws {
    let records = try MadeUpRecords(flaw, madeUpRecord("GHSA-2", madeUpEntry("a", madeUpRange("0"))))
    let report = try judged("pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0", by: records)
    #expect(report.upgrades.count == 1)
    #expect(report.upgrades.first?.to == nil)
    #expect(report.upgrades.first?.findings == ["GHSA-1", "GHSA-2"])
  }

  // MARK: Exploited

  @Test func `a flaw that is known to be exploited says so, by whichever of its names`() throws {
    let records = try MadeUpRecords(
      flaw, madeUpRecord("GHSA-2", madeUpEntry("a", madeUpRange("0"))),
      exploited: [("CVE-2026-1", "2026-11-02", true), ("CVE-2026-2", "2026-11-01", false)])
    let report = try judged("pkg:npm/a@1.0.0", by: records)
    #expect(
      report.findings.map { $0.record?.exploited }
        == [KnownExploitation(cve: "CVE-2026-1", added: "2026-11-02", isUsedForRansom: true), nil])
  }

  // MARK: In a tree

  @Test func `a tree is judged as purls are, and a range that takes a bad version is a note`() throws {
    let project = try Project()
    try project.lock("a@1.0.1")
    try project.write(#"{"name": "web", "dependencies": {"a": "^1.0.0"}}"#, to: "web/package.json")
    let report = try project.scan(against: madeUpIndex(), records: MadeUpRecords(malware, flaw).index)
    #expect(told(report.findings).map { $0.prefix(20) } == ["MAL-2026-1 malicious", "GHSA-1 vulnerable hi"])
    #expect(report.findings.map { project.lines($0.sightings) }.first == ["locked package-lock.json:3"])
    #expect(project.lines(report.notes) == ["range-takes-bad-version web/package.json:1 ^1.0.0 | 1.0.1"])
    #expect(report.notes.first?.incident == "MAL-2026-1")
    #expect(report.upgrades.map(\.to) == ["1.0.5"])
  }

  private static let commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"

  @Test func `a package that comes from a commit is looked up by its repository too, and told once`() throws {
    let source = "git+ssh://git@code.example/o/a.git#\(Self.commit)"
    let project = try Project()
    try project.lock(entries: [("node_modules/a", #""version": "1.0.0", "resolved": "\#(source)""#)])
    let git =
      #""ranges": [{"type": "GIT", "repo": "https://code.example/o/a", "events": [{"introduced": "\#(Self.commit)"}]}]"#
    let onlyGit = #"{"id": "OSV-1", "modified": "2026-11-20T00:00:00Z", "affected": [{\#(git)}]}"#
    let both = madeUpRecord("GHSA-9", madeUpEntry("a", madeUpRange("0", fixed: "2.0.0")), "{\(git)}")
    let report = try project.scan(against: madeUpIndex(), records: MadeUpRecords(onlyGit, both).index)
    #expect(report.findings.map(\.id) == ["GHSA-9", "OSV-1"])
    #expect(
      report.findings.map { project.lines($0.sightings) } == Array(repeating: ["locked package-lock.json:2"], count: 2))
    // The same version from the registry, in another lockfile, is no commit.
    try project.lock("a@1.0.0", at: "other/package-lock.json")
    let mixed = try project.scan(against: madeUpIndex(), records: MadeUpRecords(onlyGit).index)
    #expect(mixed.findings.map { project.lines($0.sightings) } == [["locked package-lock.json:2"]])
    let other = try Project()
    try other.lock("a@1.0.0")
    #expect(try other.scan(against: madeUpIndex(), records: MadeUpRecords(onlyGit).index).findings.isEmpty)
  }

  // MARK: Age

  @Test(arguments: [(7, false), (5, false), (4, true), (0, true)])
  func `the age of the records is told, and called old from the day that was asked for`(
    maximumAge: Int, isOld: Bool
  ) throws {
    // From 2026-11-20 at noon to 2026-11-25 at midnight.
    let source = try judged(by: MadeUpRecords(flaw), maximumAge: maximumAge).advisories
    #expect(source.asOf == "2026-11-20")
    #expect(source.ageInDays == 4)
    #expect(source.isOld == isOld)
    #expect(source.origin == "a test")
    #expect(try judged(maximumAge: 0).advisories.ageInDays == nil)
  }

  // MARK: An index that cannot be used

  @Test func `an index that could not be opened is a problem, and incidents are told`() throws {
    let failure = AdvisoryIndexError(.foreign, path: "/x/advisories.db")
    let report = try judged("pkg:npm/a@1.0.1", incidents: incident(#""1.0.1""#), failure: failure)
    #expect(told(report.findings) == ["npm-a-2026 malicious critical pkg:npm/a@1.0.1"])
    #expect(report.coverage.problems.map(\.reason) == [.advisoriesNotRead])
    #expect(report.coverage.problems.map(\.arguments) == [["foreign"]])
    #expect(try judged("pkg:npm/b@1.0.1", incidents: incident(#""1.0.1""#), failure: failure).verdict == .notVerified)
  }

  @Test func `an index with a damaged page is a problem, and what it said before is not used`() throws {
    let records = try MadeUpRecords(flaw, malware)
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: records.index.path)))
    let folder = try TemporaryFolder()
    var damaged = 0
    for page in 0..<(bytes.count / 4096) {
      var copy = bytes
      // A byte of the page's content, which lies at its end.
      copy[page * 4096 + 4000] ^= 0xFF
      let path = try folder.write(copy, to: "\(page).db")
      // Some are read when the file is opened, and some not at all.
      guard let index = try? AdvisoryIndex(path: path) else { continue }
      let report = try judged(
        lines: ["pkg:npm/b@1.0.1", "pkg:npm/a@1.0.0"], by: index,
        incidents: madeUpIndex(("npm-b-2026", madeUpEntry("b", #""versions": ["1.0.1"]"#), #""class": "malicious""#)))
      #expect(report.findings.first?.id == "npm-b-2026")
      if report.coverage.isComplete {
        #expect(report.findings.map(\.id) == ["npm-b-2026", "GHSA-1"])
      } else {
        #expect(report.findings.count == 1)
        #expect(report.coverage.problems.map(\.reason) == [.advisoriesNotRead])
        #expect(report.coverage.problems.first?.arguments.first == "damaged")
        #expect(report.advisories.source == "embedded")
        damaged += 1
      }
    }
    #expect(damaged > 0)
  }
}
