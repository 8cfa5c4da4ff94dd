// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Inventory
import Reports
import Scanning

/// A report that holds some of everything, with names that somebody chose to do harm.
enum Sample {
  /// 2026-11-23T21:33:43Z, and a little.
  static let started = 1_795_469_623.75

  /// Obeyed by a terminal, it would colour, retitle, turn round, hide, and break lines.
  static let hostileName = "evil\u{1B}[31m\u{202E}eman\u{200B}"
  static let hostilePath =
    "/srv/web/\u{1B}]0;owned\u{7}\u{9B}2J\r\nCLEAN: all is well\u{2028}/node_modules/x/package.json"

  static let report = ScanReport(
    verdict: .malicious,
    scanned: ScanReport.Scanned(paths: ["/home/anna", "/srv"], started: started, seconds: 1.2346, entries: 12_345),
    advisories: ScanReport.AdvisorySource(source: "embedded", records: 140, asOf: "2026-11-20"),
    packages: packages, packageCount: 1234, findings: findings, notes: notes, coverage: coverage,
    confinement: Confinement(landlock: 7, seccomp: true))

  static let clean = report(findings: [], coverage: Coverage(filesRead: ["npm/package-json": 3], entriesSeen: 9))

  static func report(
    findings: [Finding], coverage: Coverage, packageCount: Int = 3, confinement: Confinement = .none
  ) -> ScanReport {
    let verdict = findings.map(\.class).min().flatMap { Verdict(rawValue: $0.rawValue) }
    return ScanReport(
      verdict: verdict ?? (coverage.isComplete ? .clean : .notVerified),
      scanned: ScanReport.Scanned(paths: ["."], started: 0, seconds: 0.004, entries: 9),
      advisories: ScanReport.AdvisorySource(source: "embedded", records: 1, asOf: "2026-11-20"), packages: [],
      packageCount: packageCount, findings: findings, notes: [], coverage: coverage, confinement: confinement)
  }

  static func npm(_ name: String, _ version: String? = nil) -> Package {
    Package(ecosystem: .npm, name: name, version: version)
  }
}

// MARK: Findings

extension Sample {
  static let findings: [Finding] = [
    finding(
      npm("demo-pipe", "9.1.6"), id: "MAL-2026-0001", aliases: ["GHSA-aaaa-bbbb-cccc", "CVE-2026-0001"], stealer,
      incident: "npm-demo-pipe-2026", safe: ["9.1.5", "9.2.1"], safeUnverified: ["9.2.0"], sightings: pipeSightings),
    finding(
      npm("@worm/one", "1.0.1"), id: "MAL-2026-0002", worm, incident: "npm-demo-worm-2026", safe: ["1.0.0"],
      sightings: [Sighting(kind: .installed, confidence: .exact, path: "/srv/a/node_modules/@worm/one/package.json")]),
    finding(
      npm("@worm/two", "2.0.1"), id: "MAL-2026-0003", worm, incident: "npm-demo-worm-2026", isUnverified: true,
      sightings: [
        Sighting(
          kind: .locked, confidence: .partial, path: "/srv/b/yarn.lock", line: 77,
          source: "git+ssh://code.example/two.git#0a1b2c")
      ]),
    finding(
      npm(hostileName, "1.0.0\u{1B}[2J"), id: "npm-demo-odd-2026", odd, incident: "npm-demo-odd-2026",
      sightings: [Sighting(kind: .installed, confidence: .exact, path: hostilePath)]),
    finding(
      npm("demo-protest", "3.0.0"), id: "npm-demo-protest-2022", protest, incident: "npm-demo-protest-2022",
      sightings: [Sighting(kind: .cached, confidence: .exact, path: "/home/anna/.npm/_cacache/index-v5/aa/bb")]),
    finding(
      npm("demo-flaw", "0.1.0"), id: "GHSA-dddd-eeee-ffff", flaw, incident: "npm-demo-flaw-2025", safe: ["0.1.1"],
      sightings: [
        Sighting(kind: .declared, confidence: .exact, path: "/srv/web/package.json", line: 9, requirement: "0.1.0")
      ]),
  ]

  static func finding(
    _ package: Package, id: String, aliases: [String] = [], _ detail: IncidentDetail, incident: String,
    safe: [String] = [], safeUnverified: [String] = [], isUnverified: Bool = false, sightings: [Sighting]
  ) -> Finding {
    Finding(
      id: id, aliases: aliases, class: detail.class ?? .malicious, severity: detail.severity ?? .high, package: package,
      incident: incident, detail: detail, safe: safe, safeUnverified: safeUnverified, isUnverified: isUnverified,
      references: ["https://advisories.example/\(incident)"], sightings: sightings)
  }

  static let pipeSightings: [Sighting] =
    (1...5).map { number in
      Sighting(
        kind: .installed, confidence: .exact,
        path: "/home/anna/projects/shop-\(number)/node_modules/demo-pipe/package.json")
    } + [
      Sighting(
        kind: .locked, confidence: .exact, path: "/home/anna/projects/shop-1/package-lock.json", line: 4120,
        via: ["web", "@build/tool@4.5.15", "pipe-loader@2.0.0"]),
      Sighting(
        kind: .locked, confidence: .exact, path: "/home/anna/projects/shop 2/package-lock.json", line: 12,
        via: (1...9).map { "layer-\($0)@1.0.0" }),
    ]

  static func incident(
    _ class: FindingClass, kind: String, severity: Severity, title: String, what: String, steps: [String]
  ) -> IncidentDetail {
    var detail = IncidentDetail()
    (detail.class, detail.kind, detail.severity, detail.title) = (`class`, kind, severity, title)
    var advice = Advice()
    (advice.what, advice.steps) = (what, steps)
    detail.texts = ["en": [.it: advice]]
    return detail
  }

  static let stealer: IncidentDetail = {
    var detail = incident(
      .malicious, kind: "stealer", severity: .critical, title: "demo-pipe 9.1.6 steals passwords and keys (May 2026)",
      what: "Any program that loads it sends the keys, tokens and environment variables that it finds to its makers.",
      steps: [
        "Stop the programs that load it.",
        "Remove it from projects and caches, and install 9.2.1, pinned exactly, so that nothing takes a later one instead.",
        "From a clean computer, replace every key and token that this one held.",
      ])
    detail.published = "2026-05-14T14:25:30Z"
    detail.removed = "2026-05-15"
    var disagreement = Disagreement()
    disagreement.point = "How the data leave"
    disagreement.first = "DNS only"
    disagreement.second = "DNS and HTTPS"
    disagreement.ours = "DNS is agreed on; look for both."
    detail.disagreements = [disagreement]
    var owner = Advice()
    owner.what = "Een onderdeel is vervangen door een kopie van criminelen: één programma volstaat."
    owner.steps = ["Bel uw leverancier.", "Laat elk wachtwoord vervangen."]
    detail.texts["nl"] = [.owner: owner]
    detail.titles["nl"] = "demo-pipe 9.1.6 steelt wachtwoorden (mei 2026)"
    return detail
  }()

  static let worm = incident(
    .malicious, kind: "worm", severity: .critical, title: "A worm spreads through @worm packages",
    what: "It runs when it is installed.", steps: ["Take the machine off the network."])
  static let odd = incident(
    .suspicious, kind: "probe", severity: .medium, title: "A package that reports where it is",
    what: "It asks a server for a name.", steps: [])
  static let protest = incident(
    .protestware, kind: "protestware", severity: .low, title: "demo-protest shows a message",
    what: "It writes a text file.", steps: ["Change to a version without it."])
  static let flaw = incident(
    .vulnerable, kind: "flaw", severity: .high, title: "demo-flaw reads any file", what: "", steps: ["Update it."])
}

// MARK: Notes, coverage, packages

extension Sample {
  static let notes: [Note] = [
    Note(
      code: .rangeTakesBadVersion, path: "/srv/web/package.json", line: 14, package: npm("demo-pipe"),
      incident: "npm-demo-pipe-2026", arguments: ["^9.1.0", "9.1.6"]),
    Note(
      code: .rangeTakesBadVersion, path: "/srv/web/package.json", line: 14, package: npm("demo-pipe"),
      incident: "npm-demo-pipe-2022", arguments: ["^9.1.0", "9.2.2"]),
    Note(
      code: .rangeTakesBadVersion, path: "/srv/web/package.json", line: 15, package: npm(hostileName),
      incident: "npm-demo-odd-2026", arguments: [">=1 \u{1B}[0m", "*"]),
    Note(
      code: .lockDisagreesWithInstalled, path: "/srv/web/yarn.lock", package: npm("demo-pipe"),
      arguments: ["demo-pipe", "9.2.1", "9.1.6 9.2.0"]),
    Note(
      code: .installedNotLocked, path: "/srv/web/yarn.lock",
      arguments: ["7", "a@1.0.0", "b@1.0.0", "c@1.0.0", "d@1.0.0", "e@1.0.0"]),
  ]

  static let coverage = Coverage(
    filesRead: ["npm/package-json": 300, "npm/package-lock": 20, "npm/yarn-lock": 1], entriesSeen: 12_345,
    problems: problems, skipped: skipped)

  static let problems: [Coverage.Problem] =
    (1...7).map { Coverage.Problem(path: "/home/anna/private-\($0)", reason: .permissionDenied) } + [
      Coverage.Problem(path: "/srv/old disk/package.json", reason: .unreadable, arguments: ["EIO"]),
      Coverage.Problem(path: "/srv/pipe/yarn.lock", reason: .notAFile, arguments: ["fifo"]),
      Coverage.Problem(path: "/srv/big/package.json", reason: .tooBig, arguments: ["2147483648", "16777216"]),
      Coverage.Problem(path: "/srv/deep/package-lock.json", reason: .tooDeep, arguments: ["128"], line: 412),
      Coverage.Problem(path: "/srv/half/package-lock.json", reason: .truncated, line: 9),
      Coverage.Problem(path: "/srv/odd/bun.lock", reason: .malformed, arguments: ["unexpected-byte"], line: 3),
      Coverage.Problem(
        path: "/srv/odd/\u{1B}[31mred/pnpm-lock.yaml", reason: .entryNotUnderstood, arguments: ["\u{202E}yek"], line: 88
      ),
    ]

  static let skipped: [Coverage.Skip] = [
    Coverage.Skip(path: "/proc", reason: .pseudoFileSystem, arguments: ["proc"]),
    Coverage.Skip(path: "/sys", reason: .pseudoFileSystem, arguments: ["sysfs"]),
    Coverage.Skip(path: "/home/anna/out", reason: .linkOutsideRoot, arguments: ["/tmp/\u{1B}[7mout"]),
  ]

  /// What was found, and a package about which there is nothing to say.
  static let packages: [InventoriedPackage] =
    findings.map { InventoriedPackage(package: $0.package, sightings: $0.sightings) } + [
      InventoriedPackage(
        package: npm("demo-pipe"),
        sightings: [
          Sighting(
            kind: .declared, confidence: .partial, path: "/srv/web/package.json", line: 14, requirement: "^9.1.0")
        ]),
      InventoriedPackage(
        package: npm("harmless", "1.2.3"),
        sightings: [Sighting(kind: .locked, confidence: .exact, path: "/srv/b/yarn.lock", line: 12)]),
    ]
}

// MARK: Rendering

/// What `body` writes.
func rendered(_ body: (Output) -> Void) -> String {
  var bytes: [UInt8] = []
  let output = Output { bytes.append(contentsOf: $0) }
  body(output)
  output.flush()
  return String(decoding: bytes, as: UTF8.self)
}

func text(_ report: ScanReport, _ style: ReportStyle = ReportStyle()) -> String {
  rendered { write(report, as: .text, style: style, to: $0) }
}

/// The characters that must never reach an output as they are, line feeds left out.
func dangerous(in text: String) -> [Unicode.Scalar] {
  text.unicodeScalars.filter { scalar in
    switch scalar.value {
    case 0x0A: false
    case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }
}
