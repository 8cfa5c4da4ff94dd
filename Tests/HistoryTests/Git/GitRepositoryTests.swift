// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import History

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct GitRepositoryTests {
  private let fixture: GitFixture
  private let bad: String
  private static let expected = ["alpha project/l.lock (main) 200 -"]

  init() throws {
    fixture = try GitFixture()
    bad = fixture.commit(["l.lock": "BAD alpha"], at: 200)
    try fixture.set("refs/heads/main", bad)
    try fixture.writeLoose()
  }

  private func fault(_ path: String, below root: String? = nil) -> GitFault? {
    do {
      _ = try GitFixture.open(path, below: root ?? fixture.folder.path)
      return nil
    } catch { return error as? GitFault }
  }

  private func move(_ from: String, _ to: String) {
    #expect(rename(fixture.folder.path(from), fixture.folder.path(to)) == 0)
  }

  // MARK: Configuration

  @Test func `nothing of a hostile configuration is obeyed, and the repository is read`() throws {
    let trap = fixture.folder.path("ran")
    try fixture.folder.write(
      """
      [include]
        path = ../elsewhere
      [core]
        repositoryformatversion = 0
        fsmonitor = touch \(trap)
        sshCommand = touch \(trap)
        pager = touch \(trap)
        alternateRefsCommand = touch \(trap)
        hooksPath = hooks
      [gpg]
        program = touch \(trap)
      [diff "x"]
        textconv = touch \(trap)
      [filter "x"]
        smudge = touch \(trap)
      """, to: ".git/config")
    try fixture.folder.write("* diff=x filter=x\n", to: ".gitattributes")
    try fixture.folder.write("[extensions]\nfuture = true\n", to: "elsewhere")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
    #expect(access(trap, F_OK) != 0)
  }

  @Test(arguments: [
    ("[core]\nrepositoryformatversion = 2\n", ["2"]),
    ("[core]\nrepositoryformatversion = 1\n[extensions]\nfuture = yes\n", ["extensions.future=yes"]),
    ("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = md5\n", ["extensions.objectformat=md5"]),
    ("[extensions] refStorage = \"files\" ; x\n\trefstorage = other # y\n", ["extensions.refstorage=other"]),
  ])
  func `a layout that is not known is told`(text: String, arguments: [String]) throws {
    try fixture.folder.write(text, to: ".git/config")
    #expect(
      fault(fixture.folder.path) == GitFault(.unknownFormatVersion, arguments, path: ".git/config"))
  }

  @Test(arguments: [
    "", "[core]\n", "[CORE]\n\tRepositoryFormatVersion = 1 ; one\n[extensions]\nnoop\n",
    "[core]\nrepositoryformatversion = 0\n[extensions]\nfuture = yes\n", "[core] repositoryformatversion=\\\n1\n",
  ])
  func `a layout that is known is read`(text: String) throws {
    try fixture.folder.write(text, to: ".git/config")
    #expect(try fixture.history().sightings.map(\.line) == Self.expected)
  }

  // MARK: Places

  @Test func `a repository without a working tree is read`() throws {
    #expect(try GitFixture.history(of: fixture.folder.path(".git"), below: fixture.folder.path).sightings.count == 1)
  }

  @Test func `a folder that is no repository is told`() throws {
    try fixture.folder.makeFolder("empty")
    #expect(fault(fixture.folder.path("empty")) == GitFault(.malformed, ["not-a-repository"]))
  }

  @Test func `a worktree leads to its repository, which is known to be the same`() throws {
    try fixture.folder.write("gitdir: ../.git/worktrees/side\n", to: "side/.git")
    try fixture.folder.write("../..\n", to: ".git/worktrees/side/commondir")
    try fixture.folder.write("ref: refs/heads/main\n", to: ".git/worktrees/side/HEAD")
    let root = fixture.folder.path
    #expect(try GitFixture.history(of: fixture.folder.path("side"), below: root).sightings.map(\.line) == Self.expected)
    let (one, other) = (try GitFixture.open(root, below: root), try GitFixture.open(root + "/side", below: root))
    #expect(one.identity == other.identity)
  }

  @Test func `a gitdir that leads out is told and not followed`() throws {
    move(".git", "real")
    try fixture.folder.write("gitdir: ../real\n", to: "inner/.git")
    let (inner, real) = (fixture.folder.path("inner"), fixture.folder.path("real"))
    #expect(fault(inner, below: inner) == GitFault(.gitOutside, [real], path: ".git"))
    #expect(fault(inner) == nil)
  }

  @Test(arguments: ["gitdir: \n", "gitdir: a\nb\n", "nonsense", "", "gitdir: a\u{0}b"])
  func `a .git file that holds no path is told`(text: String) throws {
    try fixture.folder.write(text, to: "inner/.git")
    #expect(fault(fixture.folder.path("inner")) == GitFault(.malformed, ["path"], path: ".git"))
  }

  @Test func `a .git that is a link is told and not followed`() throws {
    try fixture.folder.makeFolder("inner")
    try fixture.folder.link("inner/.git", to: "../.git")
    #expect(fault(fixture.folder.path("inner")) == GitFault(.linkLeadsOut, ["../.git"], path: ".git"))
  }

  @Test(arguments: ["objects", "refs", "packed-refs", "logs"])
  func `a link inside is told and not followed`(name: String) throws {
    try fixture.folder.makeFolder(".git/\(name)")
    move(".git/\(name)", "elsewhere")
    try fixture.folder.link(".git/\(name)", to: "../elsewhere")
    let problems = try fixture.history().problems
    #expect(
      problems.contains(
        Coverage.Problem(path: "project/.git/\(name)", reason: .linkLeadsOut, arguments: ["../elsewhere"])))
  }

  @Test func `nothing waits for a FIFO`() throws {
    #expect(unlink(fixture.folder.path(".git/refs/heads/main")) == 0)
    #expect(mkfifo(fixture.folder.path(".git/refs/heads/main"), 0o600) == 0)
    #expect(
      try fixture.history().problems == [
        Coverage.Problem(path: "project/.git/refs/heads/main", reason: .notAFile, arguments: ["fifo"])
      ])
  }

  // MARK: Borrowed objects

  @Test func `borrowed objects are read, relative and absolute, and through each other`() throws {
    move(".git/objects", "two")
    try fixture.folder.makeFolder(".git/objects")
    try fixture.folder.write("# a line for people\n../../one\n", to: ".git/objects/info/alternates")
    try fixture.folder.write(fixture.folder.path("two") + "\n", to: "one/info/alternates")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
  }

  @Test func `borrowed objects outside are told, and what is missing is counted`() throws {
    move(".git/objects", "outside")
    try fixture.folder.write("../../../outside\n", to: ".git/objects/info/alternates")
    try fixture.folder.makeFolder("inner")
    move(".git", "inner/.git")
    let inner = fixture.folder.path("inner")
    let alternates = "project/.git/objects/info/alternates"
    #expect(
      try GitFixture.history(of: inner, below: inner).problems == [
        Coverage.Problem(path: alternates, reason: .gitOutside, arguments: [fixture.folder.path("outside")]),
        Coverage.Problem(path: "project", reason: .gitObjectsMissing, arguments: ["missing", "1"]),
      ])
    let all = try GitFixture.history(of: inner, below: fixture.folder.path)
    #expect(all.sightings.map(\.line) == Self.expected)
    #expect(all.problems.isEmpty)
  }

  @Test func `folders that borrow from each other are read once`() throws {
    try fixture.folder.write("../../other\n", to: ".git/objects/info/alternates")
    try fixture.folder.write("../.git/objects\n.\n", to: "other/info/alternates")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
  }

  @Test func `too long a way of borrowing is told`() throws {
    for number in 0..<8 {
      let file = number == 0 ? ".git/objects/info/alternates" : "\(number)/info/alternates"
      try fixture.folder.write(fixture.folder.path("\(number + 1)") + "\n", to: file)
    }
    try fixture.folder.makeFolder("8")
    let history = try fixture.history()
    #expect(history.problems.map(\.reason) == [.tooMany])
    #expect(history.sightings.map(\.line) == Self.expected)
  }

  // MARK: Rights and interruption

  @Test func `what may not be read is told`() throws {
    for name in ["objects/pack", "refs/heads", "packed-refs"] {
      if name == "packed-refs" { try fixture.folder.write("", to: ".git/packed-refs") }
      chmod(fixture.folder.path(".git/\(name)"), 0)
    }
    chmod(fixture.folder.path, 0o755)
    let problems = try withoutRights { try fixture.history().problems }
    for name in ["objects/pack", "refs/heads", "packed-refs"] {
      #expect(problems.contains(Coverage.Problem(path: "project/.git/\(name)", reason: .permissionDenied)), "\(name)")
      chmod(fixture.folder.path(".git/\(name)"), 0o755)
    }
  }

  @Test func `an interruption is told`() throws {
    let options = GitHistoryOptions(isInterrupted: { true })
    #expect(try fixture.history(options: options).problems.map(\.reason) == [.interrupted])
  }

  @Test func `more commits than the limit are told`() throws {
    let next = fixture.commit(["l.lock": "BAD alpha", "a": "b"], [bad], at: 300)
    try fixture.set("refs/heads/main", next)
    try fixture.writeLoose()
    let history = try fixture.history(options: GitHistoryOptions(commits: 1))
    #expect(history.problems.map(\.reason) == [.tooMany])
    #expect(history.sightings.map(\.line) == ["alpha project/l.lock (main) 300~ -"])
  }
}

/// Runs `body` as a user who owns nothing, as far as files are concerned.
private func withoutRights<Result>(_ body: () throws -> Result) throws -> Result {
  guard geteuid() == 0 else { return try body() }
  #if os(Linux)
    typealias SetID = @convention(c) (UInt32) -> Int32
    let symbol = try #require(dlsym(nil, "setfsuid"))
    let setUser = unsafeBitCast(symbol, to: SetID.self)  // setfsuid(2): int setfsuid(uid_t)
    _ = setUser(65534)
    defer { _ = setUser(0) }
    return try body()
  #else
    try Test.cancel("needs a user other than root")
  #endif
}
