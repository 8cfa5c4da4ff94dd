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
    #expect(query.ecosystem == (text.hasPrefix("pkg:") ? .npm : nil))
    #expect(query.text == text)
  }

  @Test(arguments: [
    ("", QueryError.Code.noPackage, ""), ("@", .noPackage, "@"), ("a@", .noPackage, "a@"),
    ("@a/b@", .noPackage, "@a/b@"), ("pkg:npm/", .noPackage, "pkg:npm/"),
    ("a@latest", .notARange, "latest"), ("a@one two", .notARange, "one two"),
    ("a@^^1", .notARange, "^^1"), ("pkg:pypi/a@^1", .notARange, "^1"),
    ("pkg:npm/a@>=1,!=1.3.*", .notARange, ">=1,!=1.3.*"),
    ("pkg:pypi/", .noPackage, "pkg:pypi/"), ("pkg:pypi/@", .noPackage, "pkg:pypi/@"),
    ("pkg:cargo/a@1", .ecosystemNotCovered, "pkg:cargo/a@1"), ("pkg:npmx/a", .ecosystemNotCovered, "pkg:npmx/a"),
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

  @Test func `a name is looked for in every ecosystem, a purl in its own`() throws {
    for ecosystem in [Ecosystem.npm, .pypi, .jsr, .vscode, .conda] {
      let package = Package(ecosystem: ecosystem, name: "a", version: "1.0.0")
      #expect(try PackageQuery("a").matches(package))
      #expect(try PackageQuery("a@1.0.0").matches(package))
      #expect(try !PackageQuery("a@1.0.1").matches(package))
      #expect(try PackageQuery("pkg:npm/a").matches(package) == (ecosystem == .npm))
      #expect(try PackageQuery("pkg:pypi/a").matches(package) == (ecosystem == .pypi))
      #expect(try PackageQuery("pkg:generic/jsr/a").matches(package) == (ecosystem == .jsr))
    }
  }

  @Test(arguments: [
    "litellm-proxy", "LiteLLM_Proxy", "litellm.proxy@1.82.8", "litellm--proxy@v1.82.8", "litellm-proxy@1.82.8.0",
    "litellm-proxy@>=1.82,<2", "litellm_proxy@==1.82.*", "pkg:pypi/litellm-proxy@1.82.8", "pkg:PyPI/Litellm_Proxy",
    "litellm-proxy@*",
  ])
  func `a Python package is found by every spelling of its name and version`(text: String) throws {
    let query = try PackageQuery(text)
    for version in ["1.82.8", "1.82.8+cpu", nil] {
      #expect(query.matches(Package(ecosystem: .pypi, name: "litellm-proxy", version: version)))
    }
    #expect(!query.matches(Package(ecosystem: .pypi, name: "litellm-proxies", version: "1.82.8")))
    #expect(!query.matches(Package(ecosystem: .pypi, name: "litellmproxy", version: "1.82.8")))
    if query.requirement.map({ $0 != "*" }) ?? false {
      #expect(!query.matches(Package(ecosystem: .pypi, name: "litellm-proxy", version: "2.0")))
    }
  }

  @Test func `a requirement counts in the ecosystems whose words it is`() throws {
    for version in ["1.2.5", nil] {
      let (npm, pypi) = (
        Package(ecosystem: .npm, name: "a", version: version), Package(ecosystem: .pypi, name: "a", version: version)
      )
      #expect(try PackageQuery("a@^1.2").matches(npm))
      #expect(try !PackageQuery("a@^1.2").matches(pypi))
      #expect(try PackageQuery("a@>=1.2,<2").matches(pypi))
      #expect(try !PackageQuery("a@>=1.2,<2").matches(npm))
      // Every version there is 1.2 or later: in conda's words, too, as far as anybody can tell.
      #expect(try PackageQuery("a@>=1.2").matches(Package(ecosystem: .conda, name: "a", version: version)))
    }
    // One version in PyPI's words, and all of 1.2 in npm's.
    #expect(try PackageQuery("a@1.2").matches(Package(ecosystem: .npm, name: "a", version: "1.2.5")))
    #expect(try !PackageQuery("a@1.2").matches(Package(ecosystem: .pypi, name: "a", version: "1.2.5")))
    #expect(try PackageQuery("a@1.2").matches(Package(ecosystem: .pypi, name: "a", version: "1.2.0")))
  }

  @Test func `names of npm have one spelling`() throws {
    #expect(try !PackageQuery("Django_Foo").matches(Package(ecosystem: .npm, name: "django-foo", version: nil)))
    #expect(try PackageQuery("Django_Foo").matches(Package(ecosystem: .pypi, name: "django-foo", version: nil)))
    #expect(
      try !PackageQuery("pkg:npm/Django_Foo").matches(Package(ecosystem: .pypi, name: "django-foo", version: nil)))
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
