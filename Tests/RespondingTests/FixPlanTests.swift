// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Responding
import Scanning
import TestSupport
import Testing

struct FixPlanTests {
  private static let known = FixTree.lock("9.1.5")

  @Test func `what others bring in gets an override, and the lockfile the entry that another one holds`() throws {
    let tree = try FixTree([
      "app/package.json": FixTree.manifest, "app/package-lock.json": FixTree.lock("9.1.6"),
      "other/package-lock.json": Self.known,
    ])
    let plan = try tree.plan()
    #expect(plan.choices.map { $0.safe?.version } == ["9.1.5"])
    #expect(plan.files.map { tree.short($0.path) } == ["app/package-lock.json", "app/package.json"])
    #expect(plan.doubts.isEmpty && plan.commands.isEmpty && plan.untouched.isEmpty)
    #expect(!plan.isDone, "nothing was written yet")
    let manifest = try #require(plan.files.last?.edits.applied(to: Array(FixTree.manifest.utf8)))
    #expect(
      String(decoding: manifest, as: UTF8.self)
        == "{\n  \"dependencies\": {\n    \"shop\": \"1.0.0\"\n  },\n  \"overrides\": {\n    \"node-ipc\": \"9.1.5\"\n  }\n}\n"
    )
    #expect(try tree.text("app/package.json") == FixTree.manifest)
  }

  @Test func `without a known entry the manifest is set, and the tool does the rest`() throws {
    let tree = try FixTree(["a b/package.json": FixTree.manifest, "a b/package-lock.json": FixTree.lock("9.1.6")])
    let plan = try tree.plan()
    #expect(plan.files.map { tree.short($0.path) } == ["a b/package.json"])
    #expect(plan.doubts.map(\.doubt.code) == [.entryNotKnown])
    #expect(plan.commands.map(\.line) == ["npm install --package-lock-only --ignore-scripts"])
    let folder = tree.folder.path + "/a b"
    #expect(plan.commands.map(\.text) == ["cd '\(folder)' && npm install --package-lock-only --ignore-scripts"])
  }

  @Test func `what the project asks for itself is set there, and not overridden`() throws {
    let manifest = "{\"dependencies\": {\"node-ipc\": \"^9.1.1\"}}"
    let tree = try FixTree([
      "app/package.json": manifest,
      "app/package-lock.json": """
      {"lockfileVersion": 3, "packages": {"": {"dependencies": {"node-ipc": "^9.1.1"}}, "node_modules/node-ipc": \(FixTree.lockEntry("9.1.6"))}}
      """,
      "other/package-lock.json": Self.known,
    ])
    let plan = try tree.plan()
    let file = try #require(plan.files.last)
    #expect(tree.short(file.path) == "app/package.json")
    let text = try #require(file.edits.applied(to: Array(manifest.utf8)))
    #expect(String(decoding: text, as: UTF8.self) == "{\"dependencies\": {\"node-ipc\": \"9.1.5\"}}")
    #expect(plan.files.count == 2 && plan.doubts.isEmpty)
  }

  @Test func `one override cannot stand for versions that are not bad`() throws {
    let more = ",\n\"node_modules/shop/node_modules/node-ipc\": \(FixTree.lockEntry("10.0.0"))"
    let tree = try FixTree([
      "package.json": FixTree.manifest, "package-lock.json": FixTree.lock("9.1.6", more: more),
      "x/package-lock.json": Self.known,
    ])
    let plan = try tree.plan()
    #expect(plan.files.isEmpty)
    #expect(plan.doubts.map(\.doubt.code) == [.severalVersions, .notTaken])
    #expect(
      plan.commands.map(\.line) == ["npm install node-ipc@9.1.5 --save-exact --package-lock-only --ignore-scripts"])
  }

  @Test func `what is installed is told and stays`() throws {
    let tree = try FixTree(["node_modules/node-ipc/package.json": "{\"name\": \"node-ipc\", \"version\": \"9.1.6\"}"])
    let plan = try tree.plan()
    #expect(plan.untouched.map { tree.short($0.path) } == ["node_modules/node-ipc/package.json"])
    #expect(plan.untouched.map(\.kind) == [.installed])
    #expect(plan.files.isEmpty && !plan.isDone && plan.status == .findings)
  }

  @Test func `clean versions are nothing to fix`() throws {
    let plan = try FixTree(["package-lock.json": Self.known]).plan()
    #expect(plan.choices.isEmpty && plan.files.isEmpty && plan.isDone && plan.status == .clean)
  }

  @Test(arguments: [
    ([], 1), (["node-ipc"], 1), (["pkg:npm/node-ipc"], 1), (["pkg:npm/node-ipc@9.1.6"], 1), (["npm-node-ipc-2026"], 1),
    (["MAL-2026-3744"], 1),
    (["pkg:npm/node-ipc@9.1.5"], 0), (["other"], 0), (["other", "node-ipc"], 1),
  ])
  func `only what is asked for`(only: [String], count: Int) throws {
    let tree = try FixTree(["package-lock.json": FixTree.lock("9.1.6")])
    #expect(try tree.plan(only).choices.count == count)
  }

  @Test func `a condemned version is not gone to, and where none is left it is told`() throws {
    let tree = try FixTree(["package-lock.json": FixTree.lock("9.1.6")])
    let next = try tree.plan(isBad: { $0.version == "9.1.5" })
    #expect(next.choices.map { $0.safe?.version } == ["9.2.1"])
    let none = try tree.plan(isBad: { _ in true })
    #expect(none.choices.count == 1 && none.choices.allSatisfy { $0.safe == nil })
    #expect(none.commands.map(\.line) == ["npm uninstall node-ipc --package-lock-only --ignore-scripts"])
  }

  @Test func `a binary lockfile and one that cannot be read are left to their tools`() {
    #expect(FixCommandLine.quoted("a b") == "'a b'")
    #expect(FixCommandLine.quoted("it's") == "'it'\\''s'")
    #expect(FixCommandLine.quoted("$(x)`y`\n") == "'$(x)`y`\n'")
    #expect(FixCommandLine.quoted("-rf") == "'-rf'")
    #expect(FixCommandLine.quoted("") == "''")
    #expect(FixCommandLine.quoted("@scope/a@1.0.0") == "@scope/a@1.0.0")
  }
}
