// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing

@testable import Scanning

/// What becomes of signs and known contents in a report, with the embedded incidents.
@Suite struct SignFindingTests {
  private let project: Project

  init() throws {
    project = try Project()
  }

  private func scan(hashAll: Bool = false) throws -> ScanReport {
    try project.scan(signs: .embedded(), hashAll: hashAll)
  }

  /// `kind path evidence confidence`, one for each sighting.
  private func clues(_ finding: Finding?) -> [String] {
    (finding?.sightings ?? []).map { sighting in
      let line = sighting.line.map { ":\($0)" } ?? ""
      return "\(sighting.kind.rawValue) \(project.short(sighting.path))\(line) "
        + "\(sighting.evidence?.kind.rawValue ?? "-") \(sighting.confidence.rawValue)"
    }
  }

  @Test func `a trace alone makes the verdict, and says whose it is`() throws {
    try project.write("on: push\n", to: ".github/workflows/shai-hulud-workflow.yml")
    let report = try scan()
    #expect(report.verdict == .malicious)
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.incident == "npm-shai-hulud-1-2025")
    #expect(finding.isTrace)
    #expect(finding.class == .malicious)
    #expect(finding.package.purl == "pkg:generic/npm-shai-hulud-1-2025")
    #expect(finding.sightings.first?.evidence?.note?.isEmpty == false)
    #expect(clues(finding) == ["installed .github/workflows/shai-hulud-workflow.yml name exact"])
    #expect(report.packages.isEmpty)
  }

  @Test func `the name in a text, or a file of nearly that name, is no trace`() throws {
    try project.write("See .github/workflows/shai-hulud-workflow.yml.\n", to: "notes/incident.md")
    try project.write("on: push\n", to: ".github/workflows/no-shai-hulud-workflow.yml")
    try project.write("shai-hulud-workflow.yml\n", to: "indicators.txt")
    try project.write("- gh-token-monitor.service\n", to: ".config/systemd/notes.yml")
    let report = try scan()
    #expect(report.verdict == .clean)
    #expect(report.findings.isEmpty)
  }

  @Test func `a trace that several incidents leave is told once`() throws {
    try project.write("[Unit]\n", to: ".config/systemd/user/gh-token-monitor.service")
    let report = try scan()
    #expect(report.findings.count == 1)
    // In a home it would be exact: this folder is none.
    #expect(
      clues(report.findings.first) == ["installed .config/systemd/user/gh-token-monitor.service name partial"])
  }

  @Test func `it goes to the incident of which something else was found`() throws {
    try project.write("[Unit]\n", to: ".config/systemd/user/gh-token-monitor.service")
    let older = try scan().findings.map(\.incident)
    try project.lock("@tanstack/react-router@1.169.5")
    let report = try scan()
    #expect(Set(report.findings.map(\.incident)) == ["npm-mini-shai-hulud-tanstack-2026"])
    #expect(older != ["npm-mini-shai-hulud-tanstack-2026"])
    #expect(report.findings.map(\.isTrace).sorted { $0 && !$1 } == [true, false])
  }

  @Test func `a folder that is a trace says nothing more beside the package in it`() throws {
    try project.install("peacenotwar", "9.1.5")
    let report = try scan()
    #expect(report.verdict == .protestware)
    #expect(report.findings.count == 1)
    #expect(report.findings.first?.isTrace == false)
    try project.write("x", to: "other/node_modules/peacenotwar/index.js")
    let both = try scan()
    #expect(both.findings.count == 2)
    let trace = try #require(both.findings.first { $0.isTrace })
    #expect(clues(trace) == ["installed other/node_modules/peacenotwar name exact"])
    #expect(trace.class == .protestware && trace.incident == "npm-node-ipc-2022")
  }

  @Test func `a lockfile that pins the bad archive under another name is a finding`() throws {
    let sri = "sha512-ParJgA8rMBa1CAv6QFDZYzZxsNsmHWL24RapTSVbZB9qVE+dC7mHNwDj5gcd874bKjjk7w0pI/WMYrx9TxU7nQ=="
    try project.lock(entries: [
      ("", #""dependencies": {"inner-pipe": "1"}"#),
      ("node_modules/inner-pipe", #""version": "1.0.0", "integrity": "\#(sri)""#),
    ])
    let report = try scan()
    #expect(report.verdict == .malicious)
    let finding = try #require(report.findings.first)
    #expect(finding.incident == "npm-node-ipc-2026")
    #expect(finding.package.title == "inner-pipe@1.0.0")
    #expect(!finding.isTrace)
    #expect(clues(finding) == ["locked package-lock.json:3 pinned-digest exact"])
  }

  @Test func `the same digest beside the name that is bad anyway is told once`() throws {
    let sri = "sha512-ParJgA8rMBa1CAv6QFDZYzZxsNsmHWL24RapTSVbZB9qVE+dC7mHNwDj5gcd874bKjjk7w0pI/WMYrx9TxU7nQ=="
    try project.lock(entries: [
      ("", #""dependencies": {"node-ipc": "9"}"#),
      ("node_modules/node-ipc", #""version": "9.1.6", "integrity": "\#(sri)""#),
    ])
    let report = try scan()
    #expect(report.findings.map { clues($0) } == [["locked package-lock.json:3 - exact"]])
  }

  @Test func `a lockfile that cannot be read still tells the bad archive that it pins`() throws {
    let sri = "sha512-ParJgA8rMBa1CAv6QFDZYzZxsNsmHWL24RapTSVbZB9qVE+dC7mHNwDj5gcd874bKjjk7w0pI/WMYrx9TxU7nQ=="
    try project.write("{\"broken\", \"\(sri)\"", to: "package-lock.json")
    let report = try scan()
    #expect(report.verdict == .malicious)
    #expect(report.findings.map(\.package.title) == ["node-ipc@9.1.6"])
    #expect(report.coverage.problems.map(\.reason) == [.malformed])
  }

  @Test func `digests that stand behind all entries belong to none of them`() throws {
    let digest = "de0e25a3e6c1e1e5998b306b7141b3dc4c0088da9d7bb47c1c00c91e6e4f85d6"
    try project.write(
      """
      [[package]]
      name = "alpha"
      version = "1.0"

      [[package]]
      name = "zulu"
      version = "2.0"

      [metadata]
      lock-version = "1.1"
      content-hash = "0"

      [metadata.files]
      alpha = [
          {file = "alpha-1.0.tar.gz", hash = "sha256:\(digest)"},
      ]
      zulu = []

      """, to: "poetry.lock")
    let report = try scan()
    #expect(report.findings.count == 1)
    #expect(report.findings.first?.isTrace == true)
    #expect(clues(report.findings.first) == ["locked poetry.lock:15 pinned-digest exact"])
  }

  @Test func `a digest that two incidents share goes to the one of which something else was found`() throws {
    let digest = "de0e25a3e6c1e1e5998b306b7141b3dc4c0088da9d7bb47c1c00c91e6e4f85d6"
    try project.write("other==1.0 --hash=sha256:\(digest)\n", to: "requirements.txt")
    try project.lock("nx@21.5.0")
    #expect(Set(try scan().findings.map(\.incident)) == ["npm-nx-s1ngularity-2025"])
    try project.lock("@ctrl/tinycolor@4.1.1")
    #expect(Set(try scan().findings.map(\.incident)) == ["npm-shai-hulud-1-2025"])
  }

  @Test func `traces of two parts of an incident are two findings, the same in every run`() throws {
    try project.write("x", to: "WITH-LOVE-FROM-AMERICA.txt")
    try project.write("x", to: "node_modules/node-ipc/dao/ssl-geospec.js")
    for _ in 0..<10 {
      let findings = try scan().findings
      #expect(findings.map(\.class) == [.malicious, .protestware])
      #expect(findings.map(\.sightings.count) == [1, 1])
    }
  }

  @Test func `a lockfile with another digest is clean`() throws {
    let sri = "sha512-ParJgA8rMBa1CAv6QFDZYzZxsNsmHWL24RapTSVbZB9qVE+dC7mHNwDj5gcd874bKjjk7w0pI/WMYrx9TxU7nA=="
    try project.lock(entries: [
      ("", #""dependencies": {"inner-pipe": "1"}"#),
      ("node_modules/inner-pipe", #""version": "1.0.0", "integrity": "\#(sri)""#),
    ])
    #expect(try scan().verdict == .clean)
  }

  @Test func `an archive in npm's cache is told by the digest that names it`() throws {
    let digits =
      "c9800f2b3016b5080bfa4050d9633671b0db261d62f6e116a94d255b641f6a544f9d0bb9873700e3e6071df3be1b2a38e4ef0d2923f58c62bc7d4f153b9d"
    try project.write("x", to: ".npm/_cacache/content-v2/sha512/3d/aa/\(digits)")
    try project.write("x", to: ".npm/_cacache/content-v2/sha512/3d/ab/\(digits)")
    let report = try scan()
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.package.title == "node-ipc@9.1.6" && !finding.isTrace)
    #expect(finding.id == "MAL-2026-3744")
    #expect(clues(finding) == ["cached .npm/_cacache/content-v2/sha512/3d/aa/\(digits) digest exact"])
  }

  @Test(arguments: ["/var/lib/clamav/quarantine/rope.pyz", "/home/anna/.clamtk/viruses/rope.pyz"])
  func `what an antivirus program has put away lies in one of its places`(path: String) {
    #expect(Quarantine.holds(path))
  }

  @Test(arguments: [
    "/home/anna/quarantine/rope.pyz", "/srv/var/lib/clamav/quarantine/rope.pyz", "/tmp/viruses/rope.pyz",
  ])
  func `a folder that anybody may call quarantine is none`(path: String) {
    #expect(!Quarantine.holds(path))
  }
}
