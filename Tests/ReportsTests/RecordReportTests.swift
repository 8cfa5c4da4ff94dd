// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Scanning
import TestSupport
import Testing
import Versions

@testable import Reports

/// What is said where records of an index speak.
struct RecordReportTests {
  private func wide(_ report: ScanReport = RecordSample.report) -> String { text(report, ReportStyle(width: 200)) }

  private func only(_ findings: [Finding], upgrades: [Upgrade] = []) -> ScanReport {
    var report = Sample.report(findings: findings, coverage: Coverage())
    report.upgrades = upgrades
    return report
  }

  private func findings(_ report: ScanReport) throws -> [[String: Any]] {
    let json = rendered { write(report, as: .json, style: ReportStyle(), to: $0) }
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    return try #require(object["findings"] as? [[String: Any]])
  }

  // MARK: Snapshots

  @Test(arguments: [
    ("records", ReportStyle()), ("records-verbose", ReportStyle(verbose: true)),
    ("records-ascii-40", ReportStyle(isUnicode: false, width: 40)),
  ])
  func `the report of records is laid out as recorded`(name: String, style: ReportStyle) {
    expectSnapshot(text(RecordSample.report, style), "reports/\(name).txt")
  }

  @Test func `the answer for programs is laid out as recorded`() {
    let json = rendered { write(RecordSample.report, as: .json, style: ReportStyle(), to: $0) }
    expectSnapshot(json, "outputs/scan/records.json")
  }

  // MARK: Order and age

  @Test func `the first line says how old the advisories are where they are old`() {
    #expect(
      wide().hasPrefix("MALICIOUS: 2 packages made to do harm were found. The advisories are 22 days old.\n"))
    var fresh = RecordSample.report
    fresh.advisories.isOld = false
    #expect(wide(fresh).hasPrefix("MALICIOUS: 2 packages made to do harm were found.\n"))
    #expect(wide().contains("Held against  58,224 advisories and 140 incidents, as of 2026-11-01 (22 days old)\n"))
  }

  @Test func `an answer of clean says how old the advisories are, too`() {
    var clean = Sample.clean
    (clean.advisories.isOld, clean.advisories.ageInDays) = (true, 8)
    #expect(
      wide(clean).hasPrefix(
        "CLEAN: nothing bad was found in 3 packages, and everything was read. The advisories are 8 days old.\n"))
  }

  @Test func `without an index it says that flaws were not looked for`() {
    #expect(wide(Sample.clean).contains("no records of vulnerabilities: `gifthorse advisories update` fetches them\n"))
    #expect(!wide().contains("no records of vulnerabilities"))
  }

  @Test func `malware comes first, and flaws below it by package`() throws {
    var shuffled = RecordSample.report
    shuffled.findings.append(shuffled.findings.removeFirst())
    let report = wide(shuffled)
    let places = try [
      "1. demo-house@3.0.0", "2. demo-evil@1.0.0", "Known flaws: 5 in 3 packages", "pkg:npm/demo-shop@1.0.0 ",
      "GHSA-aaaa", "GHSA-bbbb", "pkg:pypi/demo-web@2.1 ", "PYSEC-2026-2", "PYSEC-2026-1", "Also worth knowing",
    ].map { try #require(report.range(of: $0), "\($0)").lowerBound }
    #expect(places == places.sorted())
  }

  // MARK: Texts of others

  @Test(arguments: [
    "Malicious code in demo-evil (npm) [OpenSSF Malicious Packages, Apache-2.0]",
    "Malware in demo-evil [GitHub Advisory Database, CC-BY-4.0]",
    "demo-shop runs what its visitors send [GitHub Advisory Database, CC-BY-4.0]",
    "A slow pattern [PyPI Advisory Database, CC-BY-4.0]", "A flaw of long ago [source and licence not known]",
    "Not to be used here [own record, our list]", "`demo-left` is unmaintained [RustSec Advisory Database, CC0-1.0]",
  ])
  func `a text of a record is never shown without its source and licence`(text: String) {
    #expect(wide().contains(text))
    let words = text.prefix { $0 != "[" }
    #expect(wide().components(separatedBy: words).count == wide().components(separatedBy: text).count)
  }

  @Test func `JSON names source and licence beside each text too`() throws {
    for finding in try findings(RecordSample.report) {
      for record in try #require(finding["records"] as? [[String: Any]]) where record["summary"] != nil {
        let isKnown = record["source"] != nil && record["license"] != nil
        #expect(isKnown || record["own"] != nil || record["id"] as? String == "OLD-1", "\(record)")
      }
    }
  }

  @Test func `the title of malware that records alone know is ours`() {
    #expect(wide().contains("1. demo-evil@1.0.0 was made to do harm, says the public record\n"))
    #expect(wide().contains("2. demo-house@3.0.0 is condemned by a record of your own\n"))
  }

  @Test func `hostile texts of records never reach the terminal`() {
    for style in [ReportStyle(), ReportStyle(verbose: true)] {
      #expect(dangerous(in: text(RecordSample.report, style)).isEmpty)
    }
    #expect(wide().contains("evil\\x1b[31m\\u{202e}eman\\u{200b} [GitHub Advisory Database, CC-BY-4.0]"))
  }

  // MARK: Flaws

  @Test func `a package says where to go, or why nowhere`() {
    #expect(wide().contains("pkg:npm/demo-shop@1.0.0 · update to 1.2.0: that ends all of them\n"))
    #expect(wide().contains("pkg:pypi/demo-web@2.1 · no version that the records name is free of known flaws\n"))
    #expect(wide().contains("demo-old@7 · see what ends each\n"))
    let one = only([RecordSample.findings[2]], upgrades: [RecordSample.upgrades[0]])
    #expect(wide(one).contains("update to 1.2.0: that ends it\n"))
    let none = only([RecordSample.findings[5]])
    #expect(wide(none).contains("pkg:pypi/demo-web@2.1 · no version without it is known\n"))
  }

  @Test func `each flaw says what ends it where no version ends all`() {
    #expect(wide().contains("    medium 5.0 · PYSEC-2026-1 · ends in 2.2\n"))
    #expect(!wide().contains("ends in 1.0.5"))
  }

  @Test func `a flaw is told with its score, its names, and whether it is exploited`() {
    #expect(
      wide().contains(
        "    critical 9.8 · GHSA-aaaa-aaaa-aaaa · CVE-2026-0001 · EXPLOITED by attackers, also for ransom, known since 2026-10-30\n"
      ))
    #expect(wide().contains("    severity unknown · GHSA-bbbb-bbbb-bbbb\n"))
    #expect(wide().contains("    low · PYSEC-2026-2 · EXPLOITED by attackers, known since 2026-11-01\n"))
    #expect(wide().contains("      SHOP-1 says that this version is not affected\n"))
  }

  @Test func `the words of another record than the one that names the flaw stand behind its id`() {
    var finding = RecordSample.findings[4]
    finding.id = "PYSEC-2026-0"
    #expect(wide(only([finding])).contains("      PYSEC-2026-1: A slow pattern [PyPI Advisory Database, CC-BY-4.0]\n"))
    #expect(!wide().contains("PYSEC-2026-1: "))
  }

  @Test func `of many flaws of a package those that attackers use come first, and are never cut`() throws {
    let many = (1...7).map { number in
      var finding = RecordSample.findings[4]
      finding.id = "X-\(number)"
      if number == 7 { finding.record?.exploited = RecordSample.findings[5].record?.exploited }
      return finding
    }
    let lines = wide(only(many)).split(separator: "\n").filter { $0.contains(" X-") }
    #expect(lines.count == 5)
    #expect(try #require(lines.first).contains("X-7 · EXPLOITED by attackers"))
  }

  @Test func `of flaws of one severity the one with the higher score comes first`() {
    let findings = [7.2, 7.4, 7.3].map { score in
      var finding = RecordSample.findings[4]
      finding.id = "X-\(score)"
      finding.record?.score = score
      return finding
    }
    let lines = wide(only(findings)).split(separator: "\n").filter { $0.contains(" X-") }
    let ids = lines.map { line in line.split(separator: " ").first { $0.hasPrefix("X-") } }
    #expect(ids == ["X-7.4", "X-7.3", "X-7.2"])
  }

  @Test func `many flaws and many packages are cut, and all are shown with verbose`() {
    let many = (1...7).map { number in
      var finding = RecordSample.findings[4]
      finding.id = "X-\(number)"
      return finding
    }
    #expect(wide(only(many)).contains("    and 2 more flaws (--verbose lists them)\n"))
    #expect(!wide(only(many)).contains("X-6"))
    #expect(text(only(many), ReportStyle(verbose: true)).contains("X-7"))
    let packages = (1...21).map { number in
      var finding = RecordSample.findings[4]
      (finding.package, finding.label) = (Sample.npm("p", "\(number).0.0"), nil)
      return finding
    }
    #expect(wide(only(packages)).contains("  and 1 more package (--verbose lists it)\n"))
    #expect(wide(only(packages)).contains("  p 20.0.0 · "))
    #expect(text(only(packages), ReportStyle(verbose: true)).contains("  p 21.0.0 · "))
  }

  @Test func `a purl that was given says on which lines`() {
    #expect(wide().contains("    given       on line 3\n"))
    var report = only([RecordSample.findings[0]])
    report.findings[0].sightings = (1...7).map {
      Sighting(kind: .locked, confidence: .exact, path: "-", line: $0 * 1000)
    }
    #expect(wide(report).contains("     given       on lines 1000, 2000, 3000, 4000, 5000 and 2 more\n"))
  }

  // MARK: Contents of JSON

  @Test func `a finding of records has exactly these fields`() throws {
    let expected: [String: Any] = [
      "id": "GHSA-aaaa-aaaa-aaaa", "aliases": ["SHOP-1", "CVE-2026-0001"], "class": "vulnerable",
      "severity": "critical", "purl": "pkg:npm/demo-shop@1.0.0", "unverified": false,
      "title": "demo-shop runs what its visitors send", "what": "This version has a flaw that is publicly known.",
      "advice": ["Update demo-shop to 1.0.5 or newer."], "safe": ["1.0.5"], "safeUnverified": [Any](),
      "disagreements": [Any](), "references": ["https://advisories.example/GHSA-aaaa-aaaa-aaaa"], "score": 9.8,
      "exploited": ["cve": "CVE-2026-0001", "since": "2026-10-30", "ransomware": true] as [String: Any],
      "records": [
        [
          "id": "GHSA-aaaa-aaaa-aaaa", "affected": "yes", "severity": "critical", "score": 9.8,
          "summary": "demo-shop runs what its visitors send", "fixed": ["1.0.5"],
          "source": "GitHub Advisory Database", "license": "CC-BY-4.0",
          "url": "https://osv.dev/vulnerability/GHSA-aaaa-aaaa-aaaa",
        ] as [String: Any], ["id": "SHOP-1", "affected": "no", "severity": "unknown", "fixed": [Any]()],
      ],
      "sightings": [
        ["path": "-", "line": 3, "kind": "locked", "confidence": "exact", "via": [Any]()] as [String: Any]
      ],
    ]
    #expect(try findings(RecordSample.report)[2] as NSDictionary == expected as NSDictionary)
  }

  @Test(arguments: [(0, "0.0"), (0.1, "0.1"), (9.8, "9.8"), (10, "10.0"), (6.95, "7.0")])
  func `a score has one decimal`(score: Double, text: String) {
    #expect(Tenths(score).text == text)
  }
}
