// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Reports
import Scanning
import Versions

/// A report of purls that records of an index speak of.
enum RecordSample {
  static let report: ScanReport = {
    var advisories = ScanReport.AdvisorySource(
      source: "index", records: 58_364, asOf: "2026-11-01", incidents: 140)
    (advisories.origin, advisories.ageInDays, advisories.isOld) = ("https://records.example/", 22, true)
    var report = ScanReport(
      verdict: .malicious,
      scanned: ScanReport.Scanned(paths: ["-"], started: Sample.started, seconds: 0.0121, entries: 11),
      advisories: advisories, packages: [], packageCount: 9, findings: findings, notes: notes,
      coverage: Coverage(filesRead: ["stdin/purls": 1], problems: problems), confinement: Sample.report.confinement)
    report.upgrades = upgrades
    return report
  }()

  static let evil = Sample.npm("demo-evil", "1.0.0")
  static let shop = Sample.npm("demo-shop", "1.0.0")
  static let web = Package(ecosystem: .pypi, name: "demo-web", version: "2.1")
  static let old = Package(ecosystem: Ecosystem("Cobol"), name: "demo-old", version: "7")

  static let findings: [Finding] = [
    finding(
      "MAL-2026-0009", .malicious, .critical, evil, aliases: ["GHSA-mmmm-mmmm-mmmm"],
      [
        statement("MAL-2026-0009", .malicious, .critical, "Malicious code in demo-evil (npm)"),
        statement("GHSA-mmmm-mmmm-mmmm", .malicious, .critical, "Malware in demo-evil"),
      ]),
    finding(
      "house-1", .malicious, .critical, Sample.npm("demo-house", "3.0.0"),
      [statement("house-1", .malicious, .critical, "Not to be used here", own: "our list")]),
    finding(
      "GHSA-aaaa-aaaa-aaaa", .vulnerable, .critical, shop, aliases: ["SHOP-1", "CVE-2026-0001"], safe: ["1.0.5"],
      [
        statement(
          "GHSA-aaaa-aaaa-aaaa", .vulnerable, .critical, "demo-shop runs what its visitors send", score: 9.8,
          fixed: ["1.0.5"]),
        statement("SHOP-1", .vulnerable, .unknown, "", affected: .no),
      ],
      exploited: KnownExploitation(cve: "CVE-2026-0001", added: "2026-10-30", isUsedForRansom: true)),
    finding(
      "GHSA-bbbb-bbbb-bbbb", .vulnerable, .unknown, shop, safe: ["1.2.0"],
      [statement("GHSA-bbbb-bbbb-bbbb", .vulnerable, .unknown, Sample.hostileName, fixed: ["1.2.0"])]),
    finding(
      "PYSEC-2026-1", .vulnerable, .medium, web, safe: ["2.2"],
      [statement("PYSEC-2026-1", .vulnerable, .medium, "A slow pattern", score: 5.0, fixed: ["2.2"])]),
    finding(
      "PYSEC-2026-2", .vulnerable, .low, web,
      [statement("PYSEC-2026-2", .vulnerable, .low, "")],
      exploited: KnownExploitation(cve: "CVE-2026-0002", added: "2026-11-01", isUsedForRansom: false)),
    finding(
      "OLD-1", .vulnerable, .low, old, safe: ["8"],
      [statement("OLD-1", .vulnerable, .low, "A flaw of long ago", licence: "MIT", fixed: ["8"])]),
  ]

  static let upgrades: [Upgrade] = [
    upgrade(shop, to: "1.2.0", "GHSA-aaaa-aaaa-aaaa", "GHSA-bbbb-bbbb-bbbb"),
    upgrade(web, to: nil, "PYSEC-2026-1", "PYSEC-2026-2"),
  ]

  static let notes: [Note] = [
    Note(
      code: .unmaintained, path: "-", line: 5,
      package: Package(ecosystem: Ecosystem("crates.io"), name: "demo-left", version: "0.3.0"),
      arguments: ["RUSTSEC-2026-0001", "`demo-left` is unmaintained", "RustSec Advisory Database", "CC0-1.0"]),
    Note(
      code: .sourcesDisagree, path: "-", line: 6, package: Sample.npm("demo-pipe", "9.2.1"),
      incident: "npm-demo-pipe-2026", arguments: ["MAL-2026-0001", "npm-demo-pipe-2026"]),
  ]

  static let problems: [Coverage.Problem] = [
    Coverage.Problem(path: "-", reason: .purlNotUnderstood, arguments: ["demo-shop@1", "no-scheme"], line: 7),
    Coverage.Problem(
      path: "-", reason: .releaseNotKnown, arguments: ["curl@1", "D-1", "D-2", "D-3", "D-4"], line: 8),
    Coverage.Problem(
      path: "-", reason: .ecosystemNotCovered, arguments: ["pkg:cpan/Demo@1", "CPAN"], line: 9),
    Coverage.Problem(
      path: "/home/anna/.local/share/gifthorse/advisories.db", reason: .advisoriesNotRead, arguments: ["damaged"]),
  ]

  private static func upgrade(_ package: Package, to version: String?, _ findings: String...) -> Upgrade {
    var upgrade = Upgrade(package: package, to: version, findings: findings)
    upgrade.label = package.purl
    return upgrade
  }

  private static func finding(
    _ id: String, _ class: FindingClass, _ severity: Severity, _ package: Package, aliases: [String] = [],
    safe: [String] = [], _ statements: [RecordStatement], exploited: KnownExploitation? = nil
  ) -> Finding {
    let line = [evil: 1, shop: 3, web: 4, old: 10][package] ?? 2
    var finding = Finding(
      id: id, aliases: aliases, class: `class`, severity: severity, package: package, incident: nil,
      detail: IncidentDetail(), safe: safe, safeUnverified: [], isUnverified: false,
      references: ["https://advisories.example/\(id)"],
      sightings: [Sighting(kind: .locked, confidence: .exact, path: "-", line: line)])
    finding.record = RecordFacts(
      statements: statements, score: statements.compactMap(\.score).max(), exploited: exploited)
    finding.label = package.purl
    return finding
  }

  private static func statement(
    _ id: String, _ kind: AdvisoryClaim.Kind, _ severity: Severity, _ summary: String, score: Double? = nil,
    affected: Affected = .yes, own: String? = nil, licence: String? = nil, fixed: [String] = []
  ) -> RecordStatement {
    RecordStatement(
      id: id, affected: affected, kind: kind, severity: severity, score: score, summary: summary, licence: licence,
      ownLabel: own, fixed: fixed)
  }
}
