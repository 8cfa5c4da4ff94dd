// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Scanning
import Testing

@Suite struct FindingTests {
  private let project: Project

  init() throws {
    project = try Project()
  }

  // MARK: What is found

  @Test(arguments: ["9.1.6", "9.2.3", "12.0.1"])
  func `a locked stealer is found, with where it is locked`(version: String) throws {
    try project.lock("node-ipc@\(version)")
    let report = try project.scan()
    #expect(report.verdict == .malicious)
    #expect(report.findings.map(\.package.title) == ["node-ipc@\(version)"])
    #expect(report.findings.map { project.lines($0.sightings) } == [["locked package-lock.json:3"]])
    #expect(report.findings.first?.sightings.first?.confidence == .exact)
  }

  @Test(arguments: ["9.1.5", "9.2.1", "10.1.0", "12.0.0", "13.0.0"])
  func `its clean neighbours are not found`(version: String) throws {
    try project.lock("node-ipc@\(version)")
    try project.install("node-ipc", version)
    let report = try project.scan()
    #expect(report.verdict == .clean)
    #expect(report.findings.isEmpty)
    #expect(report.coverage.isComplete)
    #expect(report.packageCount == 1)
  }

  @Test func `one package has one finding, with all of its sightings in order`() throws {
    try project.lock(
      at: "b/package-lock.json",
      entries: [
        ("", ""), ("node_modules/x", "\"version\": \"1.0.0\""), ("node_modules/node-ipc", "\"version\": \"9.1.6\""),
      ])
    try project.lock(
      at: "a/package-lock.json",
      entries: [
        ("node_modules/node-ipc", "\"version\": \"9.1.6\""),
        ("node_modules/x/node_modules/node-ipc", "\"version\": \"9.1.6\""),
      ])
    try project.install("node-ipc", "9.1.6", below: "a/")
    try project.install("node-ipc", "9.1.5", below: "b/")
    let report = try project.scan()
    #expect(report.findings.count == 1)
    #expect(
      project.lines(report.findings[0].sightings).map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
        "installed a/node_modules/node-ipc/package.json", "locked a/package-lock.json:2",
        "locked a/package-lock.json:3",
        "locked b/package-lock.json:4",
      ])
  }

  @Test func `a finding has the best known id, its other names, and the ways out`() throws {
    try project.lock("node-ipc@9.1.6")
    let finding = try #require(try project.scan().findings.first)
    #expect(finding.id == "MAL-2026-3744")
    #expect(finding.aliases == ["GHSA-pvh2-rg5g-69v7"])
    #expect(finding.incident == "npm-node-ipc-2026")
    #expect(finding.class == .malicious)
    #expect(finding.severity == .critical)
    #expect(finding.safe.contains("9.2.1") && finding.safe.contains("12.0.0"))
    #expect(!finding.isUnverified)
    #expect(finding.references.contains { $0.hasPrefix("https://") })
    #expect(finding.detail.advice(for: .owner)?.steps.isEmpty == false)
  }

  @Test(arguments: [
    ("node-ipc", "10.1.1", "GHSA-97m3-w2cp-4xx6", ["CVE-2022-23812"], FindingClass.malicious),
    ("node-ipc", "9.2.2", "GHSA-8gr3-2gjw-jj7g", [], .protestware),
    ("node-ipc", "11.1.0", "GHSA-3mpp-xfvh-qh37", [], .protestware),
    ("peacenotwar", "9.1.3", "npm-node-ipc-2022", [], .protestware),
  ])
  func `of an incident of several stories each package has its own names`(
    name: String, version: String, id: String, aliases: [String], class: FindingClass
  ) throws {
    try project.lock("\(name)@\(version)")
    let finding = try #require(try project.scan().findings.first)
    #expect(finding.id == id)
    #expect(finding.aliases == aliases)
    #expect(finding.class == `class`)
    #expect(finding.incident == "npm-node-ipc-2022")
  }

  @Test(arguments: [
    // The entry's own advisories, the incident's aliases; the id and aliases of the finding; with one package in the incident, with two.
    (["GHSA-1", "MAL-1"], ["CVE-1"], "MAL-1", ["GHSA-1", "CVE-1"], ["GHSA-1"]),
    (["CVE-1"], ["MAL-9"], "CVE-1", ["MAL-9"], []),
    ([], ["CVE-1", "GHSA-2"], "GHSA-2", ["CVE-1"], ["CVE-1"]), ([], [], "x", [], []),
  ])
  func `a malware record names a finding before an advisory does, and the incident last`(
    own: [String], general: [String], id: String, aliasesAlone: [String], aliasesAmongOthers: [String]
  ) throws {
    func list(_ names: [String]) -> String { "[" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
    try project.lock("a@1.0.0")
    let entry = madeUpEntry("a", #""versions": ["1.0.0"]"#, own: "\"advisories\": \(list(own))")
    let other = madeUpEntry("b", #""versions": ["1.0.0"]"#)
    for (affected, aliases) in [(entry, aliasesAlone), ("\(entry), \(other)", aliasesAmongOthers)] {
      let index = try madeUpIndex(("x", affected, "\"class\": \"malicious\", \"aliases\": \(list(general))"))
      let finding = try #require(try project.scan(against: index).findings.first)
      #expect(finding.id == id)
      #expect(finding.aliases == aliases)
    }
  }

  @Test func `findings come worst first, then by severity, then by name`() throws {
    try project.lock("e@1.0.0", "d@1.0.0", "c@1.0.0", "b@2.0.0", "b@1.0.0", "a@1.0.0", "f@1.0.0")
    try project.install("b", "1.0.0", below: "deep/")
    func incident(_ name: String, _ class: String, _ severity: String) -> (String, String, String) {
      (
        "\(name)-\(`class`)", madeUpEntry(name, #""versions": ["1.0.0", "2.0.0"]"#),
        "\"class\": \"\(`class`)\", \"severity\": \"\(severity)\""
      )
    }
    let index = try madeUpIndex(
      incident("a", "vulnerable", "critical"), incident("b", "malicious", "high"), incident("c", "protestware", "low"),
      incident("d", "malicious", "critical"), incident("e", "suspicious", "medium"), incident("f", "malicious", "high"),
      incident("c", "malicious", "low"))
    let report = try project.scan(against: index)
    #expect(
      report.findings.map { "\($0.package.title) \($0.class) \($0.severity)" } == [
        "d@1.0.0 malicious critical", "b@1.0.0 malicious high", "b@2.0.0 malicious high", "f@1.0.0 malicious high",
        "c@1.0.0 malicious low",
        "e@1.0.0 suspicious medium", "c@1.0.0 protestware low", "a@1.0.0 vulnerable critical",
      ])
    #expect(report.verdict == .malicious)
  }

  // MARK: Chains

  @Test func `the chains that are added to findings are those of a scan that has them from the start`() throws {
    try project.lock(entries: [
      ("", #""dependencies": {"a": "1", "b": "1"}"#),
      ("node_modules/a", #""version": "1.0.0", "dependencies": {"c": "1"}"#),
      ("node_modules/b", #""version": "1.0.0", "dependencies": {"node-ipc": "9"}"#),
      ("node_modules/c", #""version": "1.0.0", "dependencies": {"node-ipc": "12"}"#),
      ("node_modules/node-ipc", #""version": "12.0.1""#),
      ("node_modules/b/node_modules/node-ipc", #""version": "9.1.6""#),
    ])
    try project.install("node-ipc", "12.0.1")
    let (later, sooner) = (try project.scan(), try project.scan(wantsPaths: true))
    #expect(later.findings.map(\.sightings) == sooner.findings.map(\.sightings))
    #expect(
      later.findings.map { project.lines($0.sightings) } == [
        ["installed node_modules/node-ipc/package.json", "locked package-lock.json:6 a@1.0.0 > c@1.0.0"],
        ["locked package-lock.json:7 b@1.0.0"],
      ])
    #expect(later.packages.allSatisfy { $0.sightings.allSatisfy(\.via.isEmpty) })
  }

  // MARK: What a project asks for

  @Test func `an exact pin on a bad version is a finding`() throws {
    try project.write("{\n\"dependencies\": {\n\"node-ipc\": \"9.1.6\"\n}}\n", to: "package.json")
    let report = try project.scan()
    #expect(report.verdict == .malicious)
    #expect(report.findings.map { project.lines($0.sightings) } == [["declared package.json:3"]])
  }

  @Test(arguments: [
    ("^9.1.0", ["9.1.6", "9.2.3"]), ("*", ["9.1.6", "9.2.3", "12.0.1"]), (">=12", ["12.0.1"]), ("~9.2.2", ["9.2.3"]),
    ("9.1.x", ["9.1.6"]),
  ])
  func `a range that takes a bad version is a note with those versions`(range: String, bad: [String]) throws {
    try project.write("{\n\"dependencies\": {\n\"node-ipc\": \"\(range)\"\n}}\n", to: "package.json")
    let report = try project.scan()
    #expect(report.verdict == .clean)
    #expect(report.findings.isEmpty)
    // The records of 2022 list each version in an entry of its own.
    let notes = report.notes.filter { $0.incident == "npm-node-ipc-2026" }
    #expect(Set(notes.flatMap { $0.arguments.dropFirst() }) == Set(bad))
    for note in notes {
      #expect(note.code == .rangeTakesBadVersion)
      #expect(note.arguments.first == range)
      #expect(project.short(note.path) == "package.json" && note.line == 3)
      #expect(note.package == Package(ecosystem: .npm, name: "node-ipc", version: nil))
    }
  }

  @Test(arguments: ["~9.1.7", "^13.0.0", "9.1.5", ">=9.2.4 <10", "file:../node-ipc", "latest"])
  func `a range that takes no bad version is nothing to note`(range: String) throws {
    try project.write("{\"dependencies\": {\"node-ipc\": \"\(range)\"}}", to: "package.json")
    let report = try project.scan()
    #expect(report.notes.isEmpty)
    #expect(report.verdict == .clean)
  }

  @Test func `any range of a package that is bad throughout is noted`() throws {
    try project.write("{\"dependencies\": {\"peacenotwar\": \"^1.0.0\"}}", to: "package.json")
    #expect(project.lines(try project.scan().notes) == ["range-takes-bad-version package.json:1 ^1.0.0 | *"])
  }

  // MARK: Versions that are missing or cannot be compared

  @Test func `a version that cannot be held against a range is a problem, not a clean package`() throws {
    let range = #""ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "2.0.0"}]}]"#
    let index = try madeUpIndex(("x", madeUpEntry("a", range), #""class": "malicious""#))
    try project.lock(entries: [("node_modules/a", #""version": "one""#), ("node_modules/b", #""version": "two""#)])
    let report = try project.scan(against: index)
    #expect(report.verdict == .notVerified)
    #expect(report.findings.isEmpty)
    let problem = try #require(report.coverage.problems.first { $0.reason == .versionNotComparable })
    #expect(problem.arguments == ["a@one"])
    #expect(project.short(problem.path) == "package-lock.json")
    #expect(problem.line == 2)
    #expect(
      Scanning.ExitStatus(findings: report.findings, coverage: report.coverage, threshold: .atLeast(.vulnerable))
        == .notVerified)
  }

  @Test func `a package that is bad throughout needs no version to be found`() throws {
    try project.write("{\"name\": \"peacenotwar\"}", to: "node_modules/peacenotwar/package.json")
    try project.write("{\"name\": \"node-ipc\"}", to: "node_modules/node-ipc/package.json")
    let report = try project.scan()
    #expect(report.findings.map(\.package.title) == ["peacenotwar"])
    #expect(report.coverage.problems.map(\.reason) == [.missingVersion, .missingVersion])
  }
}
