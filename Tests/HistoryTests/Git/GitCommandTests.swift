// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

@testable import History

/// Repositories that git itself wrote, held against what git itself says of them. Skipped, and said to be, where there is no git.
@Suite(.enabled(if: GitCommand.isThere, "there is no git here")) struct GitCommandTests {
  /// One random history of merges, removals and renames, kept in one of several ways.
  @Test(arguments: 0..<21) func `windows are those that git's own answers give`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed), name: "git-command")
    let git = try GitCommand(hasLongNames: seed % 3 == 2)
    try git.run("fast-import", "--quiet", input: Self.stream(&random))
    try Self.keep(git, seed % 7)
    let expected = try GitAnswers(git).windows()
    let history = try GitFixture.history(of: git.path, below: git.folder.path)
    #expect(history.problems.isEmpty)
    #expect(Set(history.sightings.map(\.line)) == expected)
    #expect(history.counts.branches == 4)
  }

  /// What git fast-import reads: commits of which each has one to three parents among the last few.
  private static func stream(_ random: inout SeededGenerator) -> String {
    let paths = ["l.lock", "a/l.lock", "a/b/c/m.lock", "other.txt"]
    let count = 40
    var text = ""
    for number in 1...count {
      let parents = (0..<(number == 1 ? 0 : Int.random(in: 1...3, using: &random))).map { _ in
        Int.random(in: max(1, number - 6)..<number, using: &random)
      }
      let time = 1_600_000_000 + number * 1_000
      text += "commit refs/heads/main\nmark :\(number)\ncommitter A <a@history.example> \(time) +0100\ndata 1\nx\n"
      for (index, parent) in NSOrderedSet(array: parents).array.enumerated() {
        text += "\(index == 0 ? "from" : "merge") :\(parent)\n"
      }
      let path = paths.randomElement(using: &random) ?? ""
      let content = String(repeating: "a line\n", count: 30) + (Bool.random(using: &random) ? "BAD alpha\n" : "fine\n")
      text +=
        Int.random(in: 0..<4, using: &random) == 0
        ? "D \(path)\n" : "M 100644 inline \(path)\ndata \(content.utf8.count)\n\(content)\n"
    }
    for number in 1...3 { text += "reset refs/heads/b\(number)\nfrom :\(number * 10)\n\n" }
    return text
  }

  /// Packs and unpacks it in the ways that there are.
  private static func keep(_ git: GitCommand, _ way: Int) throws {
    switch way {
    case 0: try git.run("gc", "--quiet")
    case 1: try git.run("-c", "pack.indexVersion=1", "repack", "-adfq")
    case 2: try git.run("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=50")
    case 3:
      try git.run("repack", "-adfq")
      let folder = URL(filePath: git.path + "/.git/objects/pack")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      for name in names where name.hasSuffix(".idx") {
        try FileManager.default.removeItem(at: folder.appending(path: name))
        // Offsets beyond 64 go to the table of large ones.
        try git.run("index-pack", "--index-version=2,0x40", folder.path + "/" + name.dropLast(3) + "pack")
      }
    case 4:
      try git.run("repack", "-adfq")
      try git.run("multi-pack-index", "write")
    case 5: try git.run("pack-refs", "--all")
    default: try git.run("-c", "core.compression=0", "repack", "-adFq")
    }
  }

  @Test func `objects are read as git unpacks them`() throws {
    var random = SeededGenerator(seed: 7, name: "git-unpack")
    let git = try GitCommand()
    try git.run("fast-import", "--quiet", input: Self.stream(&random))
    try git.run("repack", "-adfq")
    let names = try FileManager.default.contentsOfDirectory(atPath: git.path + "/.git/objects/pack")
    let pack = try #require(names.first { $0.hasSuffix(".pack") })
    try FileManager.default.moveItem(atPath: git.path + "/.git/objects/pack/" + pack, toPath: git.path + "/pack")
    try FileManager.default.removeItem(atPath: git.path + "/.git/objects/pack")
    let bytes = try Data(contentsOf: URL(filePath: git.path + "/pack"))
    try git.run("unpack-objects", "-q", bytes: bytes)
    let expected = try GitAnswers(git).windows()
    let history = try GitFixture.history(of: git.path, below: git.folder.path)
    #expect(history.problems.isEmpty)
    #expect(Set(history.sightings.map(\.line)) == expected)
  }

  @Test func `a shallow clone, a worktree and a borrowing clone that git made`() throws {
    var random = SeededGenerator(seed: 11, name: "git-clones")
    let git = try GitCommand()
    try git.run("fast-import", "--quiet", input: Self.stream(&random))
    let expected = try GitFixture.history(of: git.path, below: git.folder.path).sightings.map(\.line)
    try git.run("worktree", "add", "-q", "--detach", "../side", "b1")
    try git.run("clone", "-q", "--shared", ".", "../borrowing")
    try git.run("clone", "-q", "--depth=1", "file://" + git.path, "../shallow")
    func history(_ name: String) throws -> GitHistory {
      try GitFixture.history(of: git.folder.path(name), below: git.folder.path)
    }
    #expect(Set(try history("side").sightings.map(\.line)).isSuperset(of: expected))
    #expect(try history("borrowing").problems.isEmpty)
    #expect(try history("borrowing").counts.commits == (try history("project").counts.commits))
    #expect(try history("shallow").problems.map(\.arguments) == [["shallow", "1"]])
    #expect(try history("shallow").counts.commits == 1)
  }
}
