// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

@Suite struct PNPMLockTests {
  // MARK: Keys and references

  @Test(arguments: [
    // 9 and 7
    ("node-ipc@9.2.3", "node-ipc", "9.2.3"), ("@s/a@1.0.0-rc.1+build.2", "@s/a", "1.0.0-rc.1+build.2"),
    ("a@1.0.0(b@2.0.0(@c/d@3.0.0))(patch_hash=0f)", "a", "1.0.0"), ("git@0.1.5", "git", "0.1.5"),
    ("harmless@npm:node-ipc@9.2.3", "node-ipc", "9.2.3"), ("a@npm:@s/b@1.0.0(c@1.0.0)", "@s/b", "1.0.0"),
    ("a@work:1.0.0(b@2.0.0)", "a", "1.0.0"),
    // 6
    ("/a@1.0.0", "a", "1.0.0"), ("/@s/a@1.0.0(b@2.0.0)", "@s/a", "1.0.0"), ("registry.example/a@1.0.0", "a", "1.0.0"),
    ("localhost+4873/@s/a@1.0.0(b@2.0.0)", "@s/a", "1.0.0"),
    // 5
    ("/a/1.0.0", "a", "1.0.0"), ("/@s/a/1.0.0_b@2.0.0+@c+d@3.0.0", "@s/a", "1.0.0"),
    ("/a/1.0.0_7hz3xvmviof7onfgk6hpedqcom", "a", "1.0.0"), ("registry.example/@s/a/1.0.0_b@2.0.0", "@s/a", "1.0.0"),
    // 3 and 4
    ("/a/1.0.0/b@2.0.0+@c!d@3.0.0", "a", "1.0.0"), ("/@s/a/1.0.0/PeLdniYiO858gXNY39o5wISKyw", "@s/a", "1.0.0"),
  ])
  func `a key of any generation gives name and version`(key: String, name: String, version: String) {
    let path = PNPMLock.DependencyPath(key: key)
    #expect(path.name == name)
    #expect(path.version == version)
  }

  @Test(arguments: [
    "https://files.example/a-1.0.0.tgz", "a@https://files.example/a@1.0.0.tgz", "git+ssh://git@git.example/a.git#1.0.0",
    "git@git.example+owner/a/0123456", "github.com/owner/a/0123456", "@files.example/a/1.0.0", "/a/b", "/a", "@s",
    "@s/a", "",
    "/", "@", "a@", "file:a", "a@file:1.0.0", "link:../a", "(a@1.0.0)", "a@1.0", "a@^1.0.0", "/@s/1.0.0",
  ])
  func `what is not a name and a version does not become one`(key: String) {
    #expect(PNPMLock.DependencyPath(key: key).version == nil)
  }

  @Test(arguments: [
    ("1.0.0", "a@1.0.0"), ("1.0.0(b@2.0.0)", "a@1.0.0(b@2.0.0)"), ("real@1.0.0(b@2.0.0)", "real@1.0.0"),
    ("@s/real@1.0.0", "@s/real@1.0.0(b@2.0.0)"), ("1.0.0_b@2.0.0", "/a/1.0.0_b@2.0.0"), ("/real/1.0.0", "/real/1.0.0"),
    ("/@s/real@1.0.0", "/@s/real@1.0.0(b@2.0.0)"), ("https://files.example/a.tgz", "a@https://files.example/a.tgz"),
    ("a@https://files.example/a.tgz", "a@https://files.example/a.tgz"), ("file:a.tgz", "file:a.tgz"),
    ("file:../b(c@1.0.0)", "b@file:../b"), ("work:1.0.0", "a@work:1.0.0"), ("runtime:22.0.0", "a@runtime:22.0.0"),
    ("github.com/owner/a/0123456_abc", "github.com/owner/a/0123456_abc"),
    ("@files.example/a.tgz", "@files.example/a.tgz"),
    ("registry.example/a/1.0.0", "registry.example/a/1.0.0"), ("real@1.0.0", "a@npm:real@1.0.0"),
  ])
  func `a dependency's version leads to the key of its package`(version: String, key: String) {
    #expect(PNPMLock.DependencyPath(version: version, of: "a").id == PNPMLock.DependencyPath(key: key).id)
  }

  @Test(arguments: [
    ("1.0.0", "a@1.0.1"), ("1.0.0", "b@1.0.0"), ("work:1.0.0", "a@1.0.0"), ("registry.example/a/1.0.0", "/a/1.0.0"),
    ("real@1.0.0", "a@1.0.0"),
  ])
  func `and not to that of another`(version: String, key: String) {
    #expect(PNPMLock.DependencyPath(version: version, of: "a").id != PNPMLock.DependencyPath(key: key).id)
  }

  @Test func `the user of a git address is not its package`() {
    #expect(PNPMLock.DependencyPath(key: "git@git.example+owner/a/0123456").name == nil)
  }

  @Test func `aliases within aliases do not go deep`() {
    let key = String(repeating: "a@npm:", count: 200_000) + "b@1.0.0"
    #expect(PNPMLock.DependencyPath(key: key).name == "a")
    #expect(PNPMLock.DependencyPath(key: "a@1.0.0" + String(repeating: "(", count: 200_000)).version == nil)
  }

  // MARK: Places

  @Test(arguments: [
    ("/p/pnpm-lock.yaml", Sighting.Kind.locked), ("/p/pnpm-lock.main.yaml", .locked), ("/p/shrinkwrap.yaml", .locked),
    ("/p/node_modules/.pnpm/lock.yaml", .installed), ("/p/node_modules/.pnpm-lock.yaml", .installed),
  ])
  func `what lies in node_modules says what is installed`(path: String, kind: Sighting.Kind) throws {
    let found = try extract(lock(packages: ["node-ipc@9.2.3"]), path: path).packages
    #expect(found.map(\.kind) == [kind])
  }

  // MARK: Spellings

  @Test(arguments: [
    "'node-ipc@9.2.3'", "\"node-ipc@9.2.3\"", "\"\\x6eode-ipc@9.2.3\"", "? node-ipc@9.2.3\n  ",
    "&anchor node-ipc@9.2.3",
    "!!str node-ipc@9.2.3",
  ])
  func `a key is found however it is quoted`(key: String) throws {
    let text = "lockfileVersion: '9.0'\npackages:\n  \(key): {resolution: {}}\nsnapshots: {node-ipc@9.2.3: {}}\n"
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(extraction.packages.map(\.line) == [3])
    #expect(extraction.problems.isEmpty)
  }

  @Test func `packages behind an alias or a merge are not silently left out`() {
    for hidden in ["packages: *hidden\n", "packages:\n  <<: *hidden\n"] {
      let text = "lockfileVersion: '9.0'\nhidden: &hidden {node-ipc@9.2.3: {}}\n" + hidden
      #expect(throws: ParseError.self) { try extract(text) }
    }
  }

  @Test func `sections count in any order and the version may come last`() throws {
    let text = """
      snapshots: {b@1.0.0: {dependencies: {a: 1.0.0}}, a@1.0.0: {}}
      packages: {a@1.0.0: {}, b@1.0.0: {}}
      importers: {.: {dependencies: {b: {specifier: 1, version: 1.0.0}}}}
      lockfileVersion: '9.0'

      """
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.title) == ["a@1.0.0", "b@1.0.0"])
    #expect(extraction.packages.map(\.confidence) == [.exact, .exact])
    #expect(extraction.problems.isEmpty)
    #expect(extraction.graph.shortestPaths(titles: ["a", "b"]) == [["b"], []])
  }

  @Test func `without a wish for the graph there is none, and the rest is the same`() throws {
    let text = "lockfileVersion: '6.0'\ndependencies: {a: {version: 1.0.0}}\npackages: {/a@1.0.0: {}}\n"
    let extraction = try extract(text, wantsGraph: false)
    #expect(extraction.packages.map(\.title) == ["a@1.0.0"])
    #expect(extraction.graph.roots.isEmpty)
  }

  @Test func `optional is what no variant needs, or what is made for some systems`() throws {
    let text = """
      lockfileVersion: 5.4
      packages:
        /a/1.0.0_x@1.0.0: {optional: true}
        /a/1.0.0_x@2.0.0: {dev: true}
        /b/1.0.0: {optional: true}
        /c/1.0.0: {os: [linux]}
        /d/1.0.0: {optional: false}
        /e/1.0.0: {cpu: [x64]}
        /f/1.0.0: {libc: [musl]}

      """
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.name) == ["a", "b", "c", "d", "e", "f"])
    #expect(extraction.packages.map(\.isOptional) == [false, true, true, false, true, true])
  }

  @Test func `no credential of an address gets into a problem`() throws {
    let text = "lockfileVersion: '6.0'\npackages:\n  https://deploy:secret@files.example/a.tgz?token=secret: {}\n"
    let extraction = try extract(text)
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood])
    #expect(extraction.problems.map(\.arguments) == [["https://files.example/a.tgz"]])
  }

  // MARK: Empty and broken

  @Test(arguments: [
    ("lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n", true),
    ("lockfileVersion: '9.0'\r\n\r\nimporters:\r\n\r\n  .: {}\r\n", true),
    ("lockfileVersion: 5.3\nspecifiers: {}\n", true),
    (
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: 'link:a', version: 'link:a'}\n",
      true
    ),
    ("[]\n", false), ("{}\n", false), ("just a word\n", false), ("packages: {}\n", false),
    ("lockfileVersion: '9.0'\n", false),
    ("lockfileVersion: '9.0'\nimporters:\n", false), ("lockfileVersion: '9.0'\nimporters:\n  .:\n", false),
    ("lockfileVersion: '9.0'\nimporters:\n  .: {}", false), ("lockfileVersion: '9.0'\nimporters:\n  .: {}\n\n", false),
    ("lockfileVersion: 5.3\nspecifiers: {a: 1}\n", false),
    ("lockfileVersion: '9.0'\ncatalogs: {default: {a: {version: 1.0.0}}}\nimporters:\n  .: {}\n", false),
    ("lockfileVersion: '99.0'\nimporters:\n  .: {}\n", false),
    ("lockfileVersion: '9.0'\nimporters: {.: {}}\npackages: [a]\n", false),
  ])
  func `a lockfile is rightly empty only if it says so`(text: String, isRightlyEmpty: Bool) throws {
    let extraction = try extract(text)
    #expect(extraction.isRightlyEmpty == isRightlyEmpty)
    #expect(extraction.packages.isEmpty)
  }

  @Test func `a document that is something else is told`() throws {
    let extraction = try extract(lock(packages: ["a@1.0.0"]) + "---\n[node-ipc]\n---\n{other: 1}\n")
    #expect(extraction.packages.map(\.title) == ["a@1.0.0"])
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood, .entryNotUnderstood])
    #expect(extraction.problems.map(\.line) == [6, 8])
  }

  @Test func `where the grammar breaks, what came before is kept, the entry that was being read too`() {
    let text = "lockfileVersion: '6.0'\npackages:\n  /a@1.0.0: {}\n  /node-ipc@9.2.3:\n    resolution: {integrity: sh"
    var extraction = Extraction()
    let error = #expect(throws: ParseError.self) { try extract(text, into: &extraction) }
    #expect(error?.code == .unexpectedEnd)
    #expect(extraction.packages.map(\.title) == ["a@1.0.0", "node-ipc@9.2.3"])
    #expect(extraction.packages.map(\.line) == [3, 4])
  }

  @Test func `where the grammar breaks before the packages, what is asked for is kept`() {
    let text =
      "lockfileVersion: '6.0'\ndependencies:\n  node-ipc: {specifier: ^9.0.0, version: 9.2.3}\npackages:\n  '/a@1.0"
    var extraction = Extraction()
    #expect(throws: ParseError.self) { try extract(text, into: &extraction) }
    #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(extraction.packages.map(\.confidence) == [.partial])
  }

  @Test(arguments: [
    "packages: [node-ipc@9.2.3]", "packages: node-ipc@9.2.3", "importers: [.]", "dependencies: node-ipc",
    "snapshots: 5",
  ])
  func `a section of another kind is told`(section: String) throws {
    let extraction = try extract("lockfileVersion: '9.0'\n\(section)\n")
    #expect(extraction.problems.map(\.reason).contains(.entryNotUnderstood))
    #expect(extraction.problems.first?.line == 2)
  }

  @Test func `what an installed lockfile lacks is told if it is needed`() throws {
    let path = "/p/node_modules/.pnpm/lock.yaml"
    func text(_ section: String) -> String {
      "lockfileVersion: '6.0'\ndependencies: {a: {version: 1.0.0}}\npackages: {/a@1.0.0: {\(section): {b: 1.0.0}}}\n"
    }
    let optional = try extract(text("optionalDependencies"), path: path)
    #expect(optional.packages.map(\.name) == ["a"])
    #expect(optional.problems.isEmpty)
    let needed = try extract(text("dependencies"), path: path)
    #expect(needed.packages.map(\.name) == ["a", "b"])
    #expect(needed.problems.map(\.reason) == [.truncated])
  }

  // MARK: Limits

  @Test func `more entries than the limit are told and not read`() throws {
    let text = lock(packages: (0..<10).map { "a@1.0.\($0)" })
    let all = try extract(text, limits: Limits(entriesPerFile: 10))
    #expect(all.packages.count == 10)
    #expect(all.problems.isEmpty)
    let some = try extract(text, limits: Limits(entriesPerFile: 9))
    #expect(some.packages.count == 9)
    #expect(some.problems.contains { $0.reason == .tooMany && $0.arguments == ["9"] })
  }

  @Test func `what is too deep is told`() {
    let text =
      "lockfileVersion: '9.0'\nx: " + String(repeating: "[", count: 50) + String(repeating: "]", count: 50) + "\n"
    let error = #expect(throws: ParseError.self) { try extract(text, limits: Limits(depth: 20)) }
    #expect(error?.code == .tooDeep)
  }

  // MARK: Helpers

  private func lock(packages: [String]) -> String {
    "lockfileVersion: '9.0'\npackages:\n" + packages.map { "  \($0): {}\n" }.joined() + "snapshots:\n"
      + packages.map { "  \($0): {}\n" }.joined()
  }

  @discardableResult
  private func extract(
    _ text: String, path: String = "/p/pnpm-lock.yaml", limits: Limits = Limits(), wantsGraph: Bool = true
  ) throws -> Extraction {
    var extraction = Extraction()
    try extract(text, path: path, limits: limits, wantsGraph: wantsGraph, into: &extraction)
    return extraction
  }

  private func extract(
    _ text: String, path: String = "/p/pnpm-lock.yaml", limits: Limits = Limits(), wantsGraph: Bool = true,
    into extraction: inout Extraction
  ) throws {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      let file = SourceFile(text: bytes, place: FilePlace(path: path), limits: limits, wantsGraph: wantsGraph)
      try PNPMLock.extract(file, into: &extraction)
    }
  }
}
