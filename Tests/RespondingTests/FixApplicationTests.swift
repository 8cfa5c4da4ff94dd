// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Responding
import Scanning
import TestSupport
import Testing

struct FixApplicationTests {
  private func tree() throws -> FixTree {
    try FixTree([
      "app/package.json": FixTree.manifest, "app/package-lock.json": FixTree.lock("9.1.6"),
      "other/package-lock.json": FixTree.lock("9.1.5"),
    ])
  }

  private func attributes(_ path: String) throws -> [FileAttributeKey: Any] {
    try FileManager.default.attributesOfItem(atPath: path)
  }

  @Test func `what is planned is written, with the mode that the files have, and nothing else is there`() throws {
    let tree = try tree()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: tree.folder.path("app/package.json"))
    var plan = try tree.plan()
    FixApplication.apply(&plan, below: try tree.roots())
    #expect(plan.files.map(\.state) == [.applied, .applied])
    #expect(plan.isDone && plan.status == .clean)
    #expect(try tree.text("app/package.json").contains("\"overrides\""))
    #expect(try !tree.text("app/package-lock.json").contains("9.1.6"))
    #expect(try attributes(tree.folder.path("app/package.json"))[.posixPermissions] as? Int == 0o640)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: tree.folder.path("app")).sorted() == [
        "package-lock.json", "package.json",
      ])
    let again = try tree.plan()
    #expect(again.choices.isEmpty && again.files.isEmpty)
  }

  @Test func `a file that has changed since is left alone`() throws {
    let tree = try tree()
    var plan = try tree.plan()
    try tree.folder.write(FixTree.manifest + "\n", to: "app/package.json")
    FixApplication.apply(&plan, below: try tree.roots())
    #expect(plan.files.map(\.state) == [.applied, .changedMeanwhile])
    #expect(try tree.text("app/package.json") == FixTree.manifest + "\n")
    #expect(!plan.isDone && plan.status == .findings)
  }

  @Test func `a link in the place of the file, or of its folder, is not followed`() throws {
    let tree = try tree()
    var plan = try tree.plan()
    let outside = try TemporaryFolder()
    try outside.write(FixTree.manifest, to: "package.json")
    try outside.write(FixTree.lock("9.1.6"), to: "package-lock.json")
    try FileManager.default.removeItem(atPath: tree.folder.path("app/package.json"))
    try FileManager.default.createSymbolicLink(
      atPath: tree.folder.path("app/package.json"), withDestinationPath: outside.path("package.json"))
    FixApplication.apply(&plan, below: try tree.roots())
    #expect(plan.files.map(\.state) == [.applied, .failed])
    #expect(plan.files.last?.failure == "ELOOP")
    #expect(try FixTree.text(outside.path("package.json")) == FixTree.manifest)

    let second = try self.tree()
    var other = try second.plan()
    try FileManager.default.removeItem(atPath: second.folder.path("app"))
    try FileManager.default.createSymbolicLink(atPath: second.folder.path("app"), withDestinationPath: outside.path)
    FixApplication.apply(&other, below: try second.roots())
    #expect(other.files.map(\.state) == [.failed, .failed])
    #expect(try FixTree.text(outside.path("package-lock.json")) == FixTree.lock("9.1.6"))
  }

  @Test func `a file that is gone is told`() throws {
    let tree = try tree()
    var plan = try tree.plan()
    try FileManager.default.removeItem(atPath: tree.folder.path("app/package.json"))
    FixApplication.apply(&plan, below: try tree.roots())
    #expect(plan.files.last?.state == .failed && plan.files.last?.failure == "ENOENT")
  }
}
