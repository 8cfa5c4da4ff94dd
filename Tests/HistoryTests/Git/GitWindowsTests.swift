// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import TestSupport
import Testing

@testable import History

/// Which windows a history has, by the rules that ``GitWindows`` states.
@Suite struct GitWindowsTests {
  private let fixture: GitFixture

  init() throws { fixture = try GitFixture() }

  private func lines(_ branches: [String: String]) throws -> [String] {
    for (name, id) in branches { try fixture.set("refs/heads/\(name)", id) }
    try fixture.writeLoose()
    let history = try fixture.history()
    #expect(history.problems.isEmpty)
    return history.sightings.map(\.line)
  }

  @Test func `a bad version that was updated away has a beginning and an end`() throws {
    let first = fixture.commit(["web/l.lock": "fine"], at: 100)
    let second = fixture.commit(["web/l.lock": "BAD alpha"], [first], at: 200)
    let third = fixture.commit(["web/l.lock": "BAD alpha", "b": "c"], [second], at: 300)
    let fourth = fixture.commit(["web/l.lock": "fine too"], [third], at: 400)
    try fixture.set("refs/heads/main", fourth)
    try fixture.writeLoose()
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == ["alpha project/web/l.lock (main) 200 400"])
    let sighting = try #require(history.sightings.first)
    #expect(sighting.degree == .locked)
    #expect(sighting.arguments(.commitAdded) == [second, "main"])
    #expect(sighting.arguments(.commitRemoved) == [fourth, "main"])
    #expect(history.counts.commits == 4)
    #expect(history.counts.branches == 1)
    #expect(history.counts.lockfileVersions == 3)
    #expect(history.problems.isEmpty)
  }

  @Test func `what the newest commit has is still there`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha\nBAD beta"], at: 100)
    let second = fixture.commit(["l.lock": "BAD beta"], [first], at: 200)
    try fixture.set("refs/heads/main", second)
    try fixture.writeLoose()
    let sightings = try fixture.history().sightings
    #expect(sightings.map(\.line) == ["alpha project/l.lock (main) 100 200", "beta project/l.lock (main) 100 -"])
    #expect(sightings.last?.arguments(.branchHasIt) == [second, "main"])
  }

  @Test func `a history without a bad version has no window`() throws {
    let first = fixture.commit(["l.lock": "fine", "other.txt": "BAD alpha"], at: 100)
    #expect(try lines(["main": first]).isEmpty)
  }

  @Test func `deleted, renamed and added again are windows of their own`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let second = fixture.commit(["m.lock": "BAD alpha"], [first], at: 200)
    let third = fixture.commit(["x": "y"], [second], at: 300)
    let fourth = fixture.commit(["l.lock": "BAD alpha"], [third], at: 400)
    #expect(
      try lines(["main": fourth]) == [
        "alpha project/l.lock (main) 100 200", "alpha project/l.lock (main) 400 -",
        "alpha project/m.lock (main) 200 300",
      ])
  }

  @Test func `a merge that brings it in lets the window of both sides hang together`() throws {
    let base = fixture.commit(["l.lock": "fine"], at: 100)
    let left = fixture.commit(["l.lock": "fine", "a": "b"], [base], at: 200)
    let right = fixture.commit(["l.lock": "BAD alpha"], [base], at: 150)
    let merge = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [left, right], at: 300)
    let end = fixture.commit(["l.lock": "fine"], [merge], at: 400)
    #expect(try lines(["main": end]) == ["alpha project/l.lock (main) 150 400"])
  }

  @Test func `the latest of several removals ends it`() throws {
    let base = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let left = fixture.commit(["l.lock": "fine"], [base], at: 200)
    let right = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [base], at: 250)
    let merge = fixture.commit(["l.lock": "fine", "a": "b"], [left, right], at: 300)
    #expect(try lines(["main": merge]) == ["alpha project/l.lock (main) 100 300"])
  }

  @Test func `each branch that has it is told, and a window of the past once`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let second = fixture.commit(["l.lock": "fine"], [first], at: 200)
    for name in ["other", "main", "zoo"] { try fixture.set("refs/heads/\(name)", second) }
    for name in ["old", "older"] { try fixture.set("refs/heads/\(name)", first) }
    try fixture.writeLoose()
    let sightings = try fixture.history().sightings
    #expect(
      sightings.map(\.line) == [
        "alpha project/l.lock (main) 100 200", "alpha project/l.lock (old) 100 -",
        "alpha project/l.lock (older) 100 -",
      ])
    #expect(sightings[0].arguments(.alsoOnBranches) == ["2"])
    #expect(sightings[1].arguments(.alsoOnBranches) == nil)
  }

  @Test func `what a remote branch repeats is not told, and what it alone has is told once`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let second = fixture.commit(["l.lock": "fine"], [first], at: 200)
    let third = fixture.commit(["l.lock": "BAD beta"], [second], at: 300)
    let fourth = fixture.commit(["l.lock": "BAD beta", "a": "b"], [third], at: 400)
    for (name, id) in ["origin/main": first, "origin/one": third, "origin/two": fourth] {
      try fixture.set("refs/remotes/\(name)", id)
    }
    try fixture.set("refs/tags/v1", first)
    #expect(
      try lines(["main": second]) == [
        "alpha project/l.lock (main) 100 200", "beta project/l.lock (remotes/origin/one) 300 -",
      ])
  }

  @Test func `an end that is dated before the beginning is moved to it and not called exact`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 500)
    let second = fixture.commit(["l.lock": "fine"], [first], at: 200)
    #expect(try lines(["main": second]) == ["alpha project/l.lock (main) 500~ 500~"])
  }

  @Test func `a later commit that is dated earlier makes the beginning inexact`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 500)
    let second = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [first], at: 300)
    let third = fixture.commit(["l.lock": "fine"], [second], at: 600)
    #expect(try lines(["main": third]) == ["alpha project/l.lock (main) 300~ 600"])
  }

  @Test func `at the edge of a shallow clone the beginning is not exact`() throws {
    let first = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let second = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [first], at: 200)
    try fixture.set("refs/heads/main", second)
    try fixture.set("shallow", second)
    for object in fixture.objects where object.id != first { try fixture.writeLoose(object) }
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (main) 200~ -"])
    #expect(history.sightings.first?.arguments(.historyCut) == [second])
    #expect(history.problems.map(\.reason) == [.gitObjectsMissing])
    #expect(history.problems.first?.arguments == ["shallow", "1"])
  }

  @Test func `a folder that is missing is counted, and what was there before is taken to be there still`() throws {
    let first = fixture.commit(["web/l.lock": "BAD alpha"], at: 100)
    let gone = fixture.tree(["l.lock": "whatever"])
    let second = fixture.commit(tree: fixture.tree(entries: [("web", "40000", gone)]), [first], at: 200)
    try fixture.set("refs/heads/main", second)
    for object in fixture.objects where object.id != gone { try fixture.writeLoose(object) }
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == ["alpha project/web/l.lock (main) 100 -"])
    #expect(
      history.problems == [
        Coverage.Problem(path: "project", reason: .gitObjectsMissing, arguments: ["missing", "1"])
      ])
  }

  @Test func `stashes, old ones too, and a worktree without a branch are told`() throws {
    let base = fixture.commit(["l.lock": "fine"], at: 100)
    let older = fixture.commit(["l.lock": "BAD alpha"], [base], at: 200)
    let newer = fixture.commit(["l.lock": "BAD beta"], [base], at: 300)
    let zero = String(repeating: "0", count: 40)
    try fixture.set("refs/stash", newer)
    try fixture.folder.write(
      "\(zero) \(older) A <a@a.example> 200 +0000\tOne\n\(older) \(newer) A <a@a.example> 300 +0000\tTwo\n",
      to: ".git/logs/refs/stash")
    try fixture.set("worktrees/side/HEAD", older)
    #expect(
      try lines(["main": base]) == [
        "alpha project/l.lock (worktrees/side/HEAD) 200 -", "alpha project/l.lock (stash@{1}) 200 -",
        "beta project/l.lock (stash@{0}) 300 -",
      ])
  }

  @Test func `a commit that was amended is known from the log until the log went on`() throws {
    let base = fixture.commit(["l.lock": "fine"], at: 100)
    let bad = fixture.commit(["l.lock": "BAD alpha"], [base], at: 200)
    let amended = fixture.commit(["l.lock": "fine too"], [base], at: 300)
    try fixture.folder.write(
      "\(base) \(bad) A <a@a.example> 200 +0000\tOne\n\(bad) \(amended) A <a@a.example> 320 +0000\tTwo\n",
      to: ".git/logs/HEAD")
    try fixture.set("refs/heads/main", amended)
    try fixture.writeLoose()
    let sighting = try #require(try fixture.history().sightings.first)
    #expect(sighting.line == "alpha project/l.lock (logs/HEAD) 200 320")
    #expect(sighting.arguments(.logHadIt) == [bad, "logs/HEAD"])
    #expect(sighting.arguments(.logWentOn) == [amended, "logs/HEAD"])
  }

  @Test func `a log says nothing where a branch had the same all the time`() throws {
    let base = fixture.commit(["l.lock": "BAD alpha"], at: 100)
    let reset = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [base], at: 200)
    let end = fixture.commit(["l.lock": "fine"], [base], at: 400)
    try fixture.folder.write(
      "\(base) \(reset) A <a@a.example> 200 +0000\tOne\n\(reset) \(base) A <a@a.example> 300 +0000\tTwo\n",
      to: ".git/logs/HEAD")
    #expect(try lines(["main": end]) == ["alpha project/l.lock (main) 100 400"])
  }

  @Test func `commits that lead to each other are told and end`() throws {
    // No real name can be made so; these are not checked against what they name.
    let tree = fixture.tree(["l.lock": "BAD alpha"])
    let one = String(repeating: "1", count: 40)
    let two = String(repeating: "2", count: 40)
    func body(_ parent: String) -> [UInt8] {
      Array("tree \(tree)\nparent \(parent)\ncommitter A <a@a.example> 100 +0000\n\n".utf8)
    }
    try fixture.writeLoose()
    try fixture.writeLoose(GitFixture.Object(id: one, kind: "commit", bytes: body(two)))
    try fixture.writeLoose(GitFixture.Object(id: two, kind: "commit", bytes: body(one)))
    try fixture.set("refs/heads/main", one)
    let history = try fixture.history()
    #expect(history.problems.map(\.arguments) == [["commit-cycle"]])
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (main) 100~ -"])
  }

  @Test func `a time that can be none is left out`() throws {
    let tree = fixture.tree(["l.lock": "BAD alpha"])
    let text = "tree \(tree)\ncommitter A <a@a.example> 99999999999999999999 +0000\n\n"
    let first = fixture.add("commit", Array(text.utf8))
    #expect(try lines(["main": first]) == ["alpha project/l.lock (main) - -"])
  }

  @Test func `branches beyond the first sixty-four are followed as well`() throws {
    var ids: [String: String] = [:]
    for number in 100..<300 { ids["n\(number)"] = fixture.commit(["l.lock": "BAD alpha"], at: number) }
    let expected = ids.keys.sorted().map { "alpha project/l.lock (\($0)) \($0.dropFirst()) -" }
    #expect(try lines(ids) == expected)
  }
}
