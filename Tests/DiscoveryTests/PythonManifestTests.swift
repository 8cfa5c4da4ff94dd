// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

/// Points of what Python's projects and environments ask for that their fixtures do not show.
@Suite struct PythonManifestTests {
  private func read(_ text: String, _ extractor: any Extractor.Type, limits: Limits = Limits()) -> Reading.Outcome {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      Reading.read(
        bytes, .init(extractor: extractor, place: FilePlace(path: "/project/conda-meta/file"), limits: limits))
    }
  }

  private func titles(_ text: String, _ extractor: any Extractor.Type) -> [String] {
    read(text, extractor).packages.map(\.title)
  }

  // MARK: Pipfile

  @Test(arguments: [
    "packages = { requests = \"==2.0\" }", "packages.requests = \"==2.0\"",
    "[packages]\nrequests.version = \"==2.0\"", "[packages.requests]\nversion = \"==2.0\"",
    "packages = { requests.version = \"==2.0\" }", "packages = { requests = { version = \"==2.0\" } }",
    "packages.requests.version = \"==2.0\"",
    "[packages]\nrequests.version = \"==2.0\"\nrequests.extras.a = 1\n[requires]\npython.version = \"3\"",
  ])
  func `a Pipfile may write a package in every way that TOML has`(_ text: String) {
    let outcome = read(text, Pipfile.self)
    #expect(outcome.packages.map(\.title) == ["requests@2.0"])
    #expect(outcome.problems.isEmpty)
  }

  @Test func `dotted keys of two packages are two packages`() {
    let text = "[packages]\na.version = \"==1\"\na.markers = \"os_name == 'nt'\"\nb.version = \"==2\"\nc = \"*\"\n"
    let outcome = read(text, Pipfile.self)
    #expect(outcome.packages.map(\.title) == ["a@1", "b@2", "c"])
    #expect(outcome.packages.map(\.line) == [2, 4, 5])
    #expect(outcome.packages.map(\.isOptional) == [true, false, false])
  }

  @Test func `a group that is no table is a problem`() {
    #expect(
      read("packages = [\"requests\"]\n", Pipfile.self).problems
        == [.init(.entryNotUnderstood, arguments: ["packages"], line: 1)])
  }

  @Test(arguments: ["requires = { python_version = \"3\" }", "scripts.a = \"b\"", "[pipenv]\na.b = true"])
  func `what a Pipfile has beside packages is passed over`(_ text: String) {
    #expect(read(text, Pipfile.self).lines.isEmpty)
  }

  // MARK: Entries

  @Test(arguments: ["4.2", "[[\"==4.2\"]]", "true", "[]"])
  func `a constraint of no known kind leaves the name`(_ value: String) {
    #expect(titles("[packages]\ndjango = \(value)\n", Pipfile.self) == ["django"])
    #expect(titles("[tool.poetry.dependencies]\ndjango = \(value)\n", PyProject.self) == ["django"])
  }

  @Test func `an archive whose name holds no version is a package and no folder`() {
    let packages = read("[packages]\nfoo = { path = \"vendor/foo-latest.tar.gz\" }\n", Pipfile.self).packages
    #expect(packages.map(\.title) == ["foo"])
    #expect(packages.map(\.source) == ["vendor/foo-latest.tar.gz"])
    #expect(titles("[packages]\nfoo = { path = \"vendor/foo-1.0\" }\n", Pipfile.self) == [])
  }

  // MARK: Sources of uv

  private func source(_ sources: String) -> ExtractedPackage? {
    read("[project]\ndependencies = [\"foo>=1\"]\n\(sources)\n", PyProject.self).packages.first
  }

  @Test(arguments: [
    "[tool.uv.sources.foo]\ngit = \"https://code.example/foo\"",
    "[tool.uv.sources]\nfoo.git = \"https://code.example/foo\"",
    "[tool.uv]\nsources.foo.git = \"https://code.example/foo\"",
    "[[tool.uv.sources.foo]]\ngit = \"https://code.example/foo\"\n[[tool.uv.sources.foo]]\nurl = \"https://a.example/\"",
    "[tool.uv.sources]\nfoo = { git = \"https://code.example/foo\" }",
  ])
  func `uv may write a source in every way that TOML has`(_ sources: String) {
    #expect(source(sources)?.source == "git+https://code.example/foo")
  }

  @Test(arguments: [
    "foo = [{ path = \"../foo\", marker = \"m\" }, { index = \"internal\", marker = \"m\" }]",
    "foo = [{ index = \"internal\", marker = \"m\" }, { path = \"../foo\", marker = \"m\" }]",
    "foo = [{ git = \"https://code.example/foo\" }, { index = \"internal\" }]",
  ])
  func `a package of which one source is an index may be the index's`(_ source: String) {
    let package = self.source("[tool.uv.sources]\n\(source)")
    #expect(package?.name == "foo")
    #expect(package?.source == nil)
  }

  @Test(arguments: [
    "[tool.uv.sources]\nfoo = [{ path = \"../foo\" }, { workspace = true }]", "[tool.uv.sources.foo]\nworkspace = true",
    "[tool.uv.sources.foo]\npath = \"../foo\"\neditable = true",
  ])
  func `a package of which all sources are folders is none`(_ sources: String) {
    #expect(source(sources) == nil)
  }

  // MARK: setup.cfg

  @Test func `requirements that stand under another key are a problem, but for extras`() {
    let text = "[options]\ninstall_requires = %(base)s\n[options.extras_require]\nall = %(dev)s\n"
    #expect(
      read(text, SetupCfg.self).problems == [.init(.entryNotUnderstood, arguments: ["%(base)s"], line: 2)])
  }

  @Test func `a malformed line loses nothing that stands before it`() {
    let outcome = read("[options]\ninstall_requires = litellm==1.82.7\nmalformed\n", SetupCfg.self)
    #expect(outcome.packages.map(\.title) == ["litellm@1.82.7"])
    #expect(outcome.problems.map(\.reason) == [.malformed])
    #expect(outcome.problems.map(\.line) == [3])
  }

  // MARK: Conda

  @Test(arguments: [
    "dependencies:\n- pip: requests==2.0\n", "dependencies:\n- [numpy=1.0]\n", "dependencies: { numpy: 1 }\n",
    "dependencies: numpy\n", "dependencies:\n- pip: { a: b }\n", "dependencies:\n- pip:\n  - [a]\n",
    "dependencies:\n- https://host.example/numpy.conda\n", "dependencies:\n- https://host.example/a-1-0.zip\n",
    "dependencies:\n- ./numpy-1.0-0.conda\n", "dependencies:\n- numpy/1.0\n",
  ])
  func `what conda would not take is a problem and no package`(_ text: String) {
    let outcome = read(text, CondaEnvironment.self)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems.map(\.reason) == [.entryNotUnderstood])
  }

  @Test(arguments: ["dependencies:\n", "dependencies: ~\n", "dependencies:\n- pip:\n"])
  func `an environment that asks for nothing is in order`(_ text: String) {
    #expect(read(text, CondaEnvironment.self).lines.isEmpty)
  }

  @Test(arguments: ["numpy-1.26.4-py312_0.conda", "numpy-1.26.4-py312_0.tar.bz2#0123"])
  func `the address of a package of conda's names it`(_ file: String) {
    let text = "dependencies:\n- https://me:secret@host.example/t/token/conda-forge/linux-64/\(file)\n"
    let outcome = read(text, CondaEnvironment.self)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.packages.map(\.title) == ["numpy@1.26.4"])
    #expect(outcome.packages.allSatisfy { $0.source?.contains("secret") == false && !$0.source!.contains("token") })
  }

  @Test(arguments: ["name=1", "name <2", "name[version='1']", "name*", "name!=1", "name~=1", "c::name>1"])
  func `a constraint of conda's may follow the name at once`(_ spec: String) {
    #expect(read("dependencies:\n- \"\(spec)\"\n", CondaEnvironment.self).packages.map(\.name) == ["name"])
  }

  @Test func `a record of conda's without a name is a problem`() {
    let outcome = read(#"{"name": "", "version": "1.0"}"#, CondaMeta.self)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems.map(\.reason) == [.entryNotUnderstood])
  }

  @Test func `a version is no name of a package`() {
    let text = #"{"name": "a", "version": "1", "purls": ["pkg:pypi/@1.0", "pkg:pypi/b@", "pkg:pypi/c@2"]}"#
    let outcome = read(text, CondaMeta.self)
    #expect(outcome.packages.map(\.title) == ["a@1", "b@1", "c@2"])
    #expect(outcome.problems.map(\.reason) == [.entryNotUnderstood])
  }

  // MARK: All

  @Test func `packages without a name are told up to the limit on problems`() {
    let entries = (0..<1500).map { "\"/\($0 == 0 ? "" : String(repeating: "/", count: $0))\": \"1\"" }
    let outcome = read("{\"dependencies\": {\(entries.joined(separator: ", "))}}", PackageJSON.self)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems.count == 1001)
    #expect(outcome.problems.last?.reason == .tooMany)
  }

  @Test func `a catalog beyond the limit is read no further`() {
    var limits = Limits()
    limits.entriesPerFile = 1
    let text = "catalog:\n  a: 1.0.0\n  b: 2.0.0\n  c: 3.0.0\ncatalogs:\n  d:\n    e: 1.0.0\n"
    let outcome = read(text, WorkspaceCatalog.self, limits: limits)
    #expect(outcome.packages.map(\.title) == ["a@1.0.0"])
    #expect(outcome.problems.map(\.reason) == [.tooMany])
  }

  @Test func `a text in quotes is no empty catalog`() {
    #expect(read("catalog: \"null\"\n", WorkspaceCatalog.self).problems.map(\.reason) == [.entryNotUnderstood])
    #expect(read("catalog: Null\n", WorkspaceCatalog.self).problems.isEmpty)
  }
}
