// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Scanning
import Testing

@Suite struct LockComparisonTests {
  private let project: Project

  init() throws {
    project = try Project()
  }

  private func notes() throws -> [String] {
    try project.lines(project.scan().notes)
  }

  @Test func `where lockfile and folder agree there is nothing to note`() throws {
    try project.lock("a@1.0.0", "@s/b@2.0.0")
    try project.install("a", "1.0.0")
    try project.install("@s/b", "2.0.0")
    #expect(try notes() == [])
  }

  @Test func `a locked package that is not installed is nothing to note`() throws {
    try project.lock("a@1.0.0", "b@1.0.0")
    try project.install("a", "1.0.0")
    #expect(try notes() == [])
  }

  @Test func `an installed version that the lockfile does not name is noted, and both are kept`() throws {
    try project.lock("a@1.0.0", "@s/b@2.0.0")
    try project.install("a", "1.0.1")
    try project.install("@s/b", "3.0.0")
    #expect(
      try notes() == [
        "lock-disagrees-with-installed package-lock.json @s/b | 2.0.0 | 3.0.0",
        "lock-disagrees-with-installed package-lock.json a | 1.0.0 | 1.0.1",
      ])
    #expect(try project.scan().packages.map(\.package.title) == ["@s/b@2.0.0", "@s/b@3.0.0", "a@1.0.0", "a@1.0.1"])
    #expect(try project.scan().verdict == .clean)
  }

  @Test func `a bad version is found beside a clean lockfile`() throws {
    try project.lock("node-ipc@9.1.5")
    try project.install("node-ipc", "9.1.6")
    let report = try project.scan()
    #expect(report.findings.map { project.lines($0.sightings) } == [["installed node_modules/node-ipc/package.json"]])
    #expect(project.lines(report.notes) == ["lock-disagrees-with-installed package-lock.json node-ipc | 9.1.5 | 9.1.6"])
  }

  @Test func `packages that no lockfile names are counted, and five of them shown`() throws {
    try project.lock("a@1.0.0")
    for name in ["g", "f", "e", "d", "c", "b", "a"] { try project.install(name, "1.0.0") }
    #expect(
      try notes() == ["installed-not-locked package-lock.json 6 | b@1.0.0 | c@1.0.0 | d@1.0.0 | e@1.0.0 | f@1.0.0"])
  }

  @Test func `a workspace member without a lockfile is held against the project's`() throws {
    try project.lock("a@1.0.0")
    try project.install("a", "2.0.0", below: "packages/web/")
    #expect(try notes() == ["lock-disagrees-with-installed package-lock.json a | 1.0.0 | 2.0.0"])
  }

  @Test func `a project inside another one is held against its own lockfile`() throws {
    try project.lock("a@1.0.0")
    try project.lock("a@2.0.0", at: "inner/package-lock.json")
    try project.install("a", "2.0.0", below: "inner/")
    #expect(try notes() == [])
  }

  @Test func `what lies deeper inside an installed package no lockfile need name`() throws {
    try project.lock("a@1.0.0")
    try project.install("a", "1.0.0")
    try project.write(
      "{\"name\": \"fixture\", \"version\": \"9.0.0\"}", to: "node_modules/a/test/fixture/package.json")
    #expect(try notes() == [])
  }

  @Test func `any of a project's lockfiles may name what is installed`() throws {
    try project.lock("a@1.0.0")
    try project.lock("b@1.0.0", at: "npm-shrinkwrap.json")
    try project.install("a", "1.0.0")
    try project.install("b", "1.0.0")
    #expect(try notes() == [])
  }

  @Test func `without a lockfile there is nothing to compare with`() throws {
    try project.install("a", "1.0.0")
    #expect(try notes() == [])
  }

  @Test func `a lockfile of another ecosystem says nothing of what lies in node_modules`() throws {
    try project.write(
      "package = []\n[metadata]\nlock-version = \"2.1\"\ncontent-hash = \"00aa\"\n", to: "poetry.lock")
    try project.install("a", "1.0.0")
    #expect(try notes() == [])
    #expect(try project.scan().coverage.filesRead["python/poetry-lock"] == 1)
    try project.lock("a@2.0.0")
    #expect(try notes() == ["lock-disagrees-with-installed package-lock.json a | 2.0.0 | 1.0.0"])
  }
}
