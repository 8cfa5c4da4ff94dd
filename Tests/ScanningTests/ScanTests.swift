// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Inventory
import Scanning
import Testing

@Suite struct ScanTests {
  private let project: Project

  init() throws {
    project = try Project()
  }

  @Test func `an empty folder is clean, and says that nothing was there`() throws {
    let report = try project.scan()
    #expect(report.verdict == .clean)
    #expect(report.coverage.isComplete)
    #expect(report.coverage.totalFilesRead == 0)
    #expect(report.packages.isEmpty && report.packageCount == 0)
    #expect(report.notes.isEmpty)
  }

  @Test func `the report says what was scanned, against what, and how long it took`() throws {
    try project.lock("a@1.0.0")
    let report = try project.scan(
      against: madeUpIndex(("x", madeUpEntry("b", #""versions": ["1"]"#), #""class": "malicious""#)))
    #expect(report.scanned.paths == [project.path("")])
    #expect(report.scanned.started == 1_795_392_000)
    #expect(report.scanned.seconds == 2.5)
    #expect(report.scanned.entries >= 1)
    #expect(report.advisories.source == "embedded")
    #expect(report.advisories.records == 1)
    #expect(report.advisories.asOf == "2026-11-20")
    #expect(report.coverage.filesRead == ["npm/package-lock": 1])
    #expect(report.confinement == Confinement.none)
  }

  @Test func `packages come by ecosystem, name and version in byte order`() throws {
    try project.lock("b@1.0.0", "B@1.0.0", "a@10.0.0", "a@9.0.0", "@z/a@1.0.0")
    try project.install("a", "9.0.0")
    let report = try project.scan()
    #expect(report.packages.map(\.package.title) == ["@z/a@1.0.0", "B@1.0.0", "a@10.0.0", "a@9.0.0", "b@1.0.0"])
    #expect(report.packageCount == 5)
    let sightings = report.packages.first { $0.package.title == "a@9.0.0" }?.sightings ?? []
    #expect(project.lines(sightings) == ["installed node_modules/a/package.json", "locked package-lock.json:6"])
  }

  @Test func `without an inventory the findings are the same`() throws {
    try project.lock("node-ipc@9.1.6", "a@1.0.0")
    let (whole, lean) = (try project.scan(), try project.scan(wantsInventory: false))
    #expect(lean.packages.isEmpty)
    #expect(lean.packageCount == 2)
    #expect(lean.findings.map(\.sightings) == whole.findings.map(\.sightings))
    #expect(lean.verdict == .malicious)
  }

  @Test func `what could not be read outweighs nothing found, and never a finding`() throws {
    try project.write(
      "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/a\": {\"version\": \"1.0.0\"}, ",
      to: "a/package-lock.json")
    let broken = try project.scan()
    #expect(broken.verdict == .notVerified)
    #expect(broken.coverage.problems.map(\.reason) == [.truncated])
    #expect(broken.packages.map { $0.sightings.map(\.confidence) } == [[.partial]])
    try project.lock("node-ipc@9.1.6", at: "b/package-lock.json")
    #expect(try project.scan().verdict == .malicious)
  }

  @Test func `a root inside another one is left out, and said to be`() throws {
    try project.lock("a@1.0.0", at: "below/package-lock.json")
    let report = try project.scan([project.path(""), project.path("below")])
    #expect(report.packages.map { $0.sightings.count } == [1])
    #expect(report.coverage.skipped.map(\.reason) == [.insideAnotherRoot])
    #expect(report.verdict == .clean)
  }

  @Test func `two roots are one report`() throws {
    try project.lock("a@1.0.0", at: "one/package-lock.json")
    try project.lock("a@1.0.0", "node-ipc@9.1.6", at: "two/package-lock.json")
    let report = try project.scan([project.path("one"), project.path("two")])
    #expect(report.scanned.paths == [project.path("one"), project.path("two")])
    #expect(report.packages.map { $0.sightings.count } == [2, 1])
    #expect(report.findings.map { project.lines($0.sightings) } == [["locked two/package-lock.json:4"]])
  }

  @Test func `the same tree gives the same report, however many threads read it`() throws {
    for number in 0..<40 {
      try project.lock("a@1.0.\(number)", "node-ipc@9.1.6", "c@\(number).0.0", at: "p\(number)/package-lock.json")
      try project.install("node-ipc", number.isMultiple(of: 2) ? "9.1.6" : "9.2.2", below: "p\(number)/")
      try project.install("stray\(number)", "1.0.0", below: "p\(number)/")
      try project.write("{", to: "q\(number)/package-lock.json")
      try project.write("{\"dependencies\": {\"node-ipc\": \"*\"}}", to: "p\(number)/package.json")
    }
    let first = try project.scan(threads: 1)
    for threads in [2, 8] {
      let other = try project.scan(threads: threads)
      #expect(other.packages.map(\.package) == first.packages.map(\.package))
      #expect(other.packages.map(\.sightings) == first.packages.map(\.sightings))
      #expect(other.findings.map(\.id) == first.findings.map(\.id))
      #expect(other.findings.map(\.sightings) == first.findings.map(\.sightings))
      #expect(other.notes == first.notes)
      #expect(other.coverage.problems == first.coverage.problems)
    }
    #expect(first.coverage.problems.count == 40)
  }

  // MARK: Verdict and exit status

  private func finding(_ class: FindingClass) -> Finding {
    Finding(
      id: "x", aliases: [], class: `class`, severity: .low, package: Package(ecosystem: .npm, name: "a", version: "1"),
      incident: "x",
      detail: IncidentDetail(), safe: [], safeUnverified: [], isUnverified: false, references: [], sightings: [])
  }

  @Test(
    arguments: [
      // classes found, whether all was read, threshold, status
      ([], true, FindingClass.vulnerable, Scanning.ExitStatus.clean), ([], false, .vulnerable, .notVerified),
      ([], true, nil, .clean),
      ([.malicious], true, .vulnerable, .findings), ([.malicious], false, .vulnerable, .findings),
      ([.vulnerable], true, .vulnerable, .findings),
      ([.vulnerable], true, .protestware, .clean), ([.vulnerable], false, .protestware, .notVerified),
      ([.protestware], true, .protestware, .findings),
      ([.protestware], true, .suspicious, .clean), ([.suspicious], true, .suspicious, .findings),
      ([.suspicious], true, .malicious, .clean),
      ([.malicious], true, .malicious, .findings), ([.malicious], true, nil, .clean),
      ([.malicious], false, nil, .notVerified),
      ([.vulnerable, .malicious], true, .malicious, .findings),
      ([.vulnerable, .protestware], true, .malicious, .clean),
    ] as [([FindingClass], Bool, FindingClass?, Scanning.ExitStatus)])
  func `the exit status follows the worst finding, the threshold and what was not read`(
    classes: [FindingClass], isComplete: Bool, threshold: FindingClass?, status: Scanning.ExitStatus
  ) {
    let problems = isComplete ? [] : [Coverage.Problem(path: "a", reason: .truncated)]
    #expect(
      Scanning.ExitStatus(
        findings: classes.map(finding), coverage: Coverage(problems: problems),
        threshold: threshold.map { .atLeast($0) })
        == status
    )
  }

  @Test func `the exit statuses have the numbers that scripts rely on`() {
    #expect([Scanning.ExitStatus.clean, .findings, .notVerified].map(\.rawValue) == [0, 1, 2])
  }

  @Test(arguments: [
    ([("vulnerable", "a"), ("malicious", "b")], Verdict.malicious),
    ([("vulnerable", "a"), ("protestware", "b")], .protestware),
    ([("vulnerable", "a"), ("suspicious", "b")], .suspicious), ([("vulnerable", "a")], .vulnerable),
    ([("malicious", "z")], .clean),
  ])
  func `the verdict is the worst class found`(incidents: [(String, String)], verdict: Verdict) throws {
    try project.lock("a@1.0.0", "b@1.0.0")
    let documents = incidents.map { `class`, name in
      Array(
        #"{"id": "x", "affected": [\#(madeUpEntry(name, #""versions": ["1.0.0"]"#))], "database_specific": {"gifthorse": {"class": "\#(`class`)"}}}"#
          .utf8)
    }
    #expect(try project.scan(against: IncidentIndex(documents: documents)).verdict == verdict)
  }
}
