// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Scanning
import Testing

@Suite struct FindReportTests {
  // MARK: The question

  @Test(
    arguments: [
      ("node-ipc", "node-ipc", nil), ("node-ipc@9.1.6", "node-ipc", "9.1.6"), ("@a/b", "@a/b", nil),
      ("@a/b@1.0.0", "@a/b", "1.0.0"),
      ("@a/b@^1.2", "@a/b", "^1.2"), ("a@>=1 <2 || 3.x", "a", ">=1 <2 || 3.x"), ("a@*", "a", "*"),
      ("pkg:npm/node-ipc@9.1.6", "node-ipc", "9.1.6"),
      ("pkg:npm/%40a/b@1.0.0", "@a/b", "1.0.0"), ("pkg:npm/%40a%2Fb", "@a/b", nil),
      ("pkg:npm/a@1.0.0?x=y#z", "a", "1.0.0"),
      ("pkg:npm/a@1.0.0%2Bb", "a", "1.0.0+b"), ("JSONStream", "JSONStream", nil),
    ] as [(String, String, String?)])
  func `a query is a name with or without a version, or a purl`(text: String, name: String, requirement: String?) throws
  {
    let query = try PackageQuery(text)
    #expect(query.name == name)
    #expect(query.requirement == requirement)
    #expect(query.ecosystem == .npm)
    #expect(query.text == text)
  }

  @Test(arguments: [
    ("", QueryError.Code.noPackage, ""), ("@", .noPackage, "@"), ("a@", .noPackage, "a@"),
    ("@a/b@", .noPackage, "@a/b@"), ("pkg:npm/", .noPackage, "pkg:npm/"),
    ("a@latest", .notARange, "latest"), ("a@one two", .notARange, "one two"),
    ("pkg:pypi/a@1", .ecosystemNotCovered, "pkg:pypi/a@1"),
    ("pkg:", .ecosystemNotCovered, "pkg:"),
  ])
  func `what is no query is refused in the user's own words`(text: String, code: QueryError.Code, quoted: String) {
    #expect(throws: QueryError(code, text: quoted)) { try PackageQuery(text) }
  }

  @Test(
    arguments: [
      ("a", "1.0.0", true), ("a", nil, true), ("a@1.0.0", "1.0.0", true), ("a@1.0.0", "v1.0.0", true),
      ("a@1.0.0", "1.0.0+b", true), ("a@1.0.0", "1.0.1", false),
      ("a@1.0.0", nil, true), ("a@^1.0.0", "1.9.0", true), ("a@^1.0.0", "2.0.0", false),
      ("a@^1.0.0", "1.0.0-rc.1", false), ("a@1.x", "1.5.0", true),
      ("a@^1.0.0", "unreadable", true), ("a@1.0.0", "unreadable", false), ("a@unreadable||1", "1.0.0", true),
      ("A", "1.0.0", false), ("b", "1.0.0", false),
    ] as [(String, String?, Bool)])
  func `a package matches by name and version, and what cannot be told counts`(
    text: String, version: String?, expected: Bool
  ) throws {
    #expect(try PackageQuery(text).matches(Package(ecosystem: .npm, name: "a", version: version)) == expected)
  }

  @Test func `an extension of the same name is another package`() throws {
    #expect(try !PackageQuery("a").matches(Package(ecosystem: .vscode, name: "a", version: "1.0.0")))
  }

  // MARK: The answer

  @Test func `every sighting is told, bad or not`() throws {
    let project = try Project()
    try project.lock("node-ipc@9.1.5", "node-ipcs@9.1.6")
    try project.install("node-ipc", "9.1.6")
    try project.write("{\"dependencies\": {\"node-ipc\": \"^9.0.0\"}}", to: "package.json")
    let scan = try project.scan()
    let all = FindReport(try PackageQuery("node-ipc"), in: scan)
    #expect(all.packages.map(\.package.title) == ["node-ipc", "node-ipc@9.1.5", "node-ipc@9.1.6"])
    #expect(all.findings.map(\.package.title) == ["node-ipc@9.1.6"])
    let one = FindReport(try PackageQuery("node-ipc@9.1.5"), in: scan)
    #expect(one.packages.map(\.package.title) == ["node-ipc", "node-ipc@9.1.5"])
    #expect(one.findings.isEmpty)
  }

  @Test func `an answer of none says what it rests on`() throws {
    let project = try Project()
    try project.lock("a@1.0.0", at: "one/package-lock.json")
    try project.lock("b@1.0.0", at: "two/npm-shrinkwrap.json")
    for name in ["a", "b", "c"] { try project.install(name, "1.0.0", below: "one/") }
    try project.write("{\"private\": true}", to: "one/package.json")
    let report = FindReport(try PackageQuery("node-ipc"), in: try project.scan())
    #expect(report.packages.isEmpty && report.findings.isEmpty)
    #expect(report.evidence.lockfiles == 2)
    #expect(report.evidence.installed == 3)
    #expect(report.evidence.manifests == 4)
    #expect(report.scan.verdict == .clean)
  }
}
