// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `gifthorse respond` says of a machine that had it, has it, or never had it.
@Suite struct RespondTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("home")
  }

  private func respond(_ name: String, _ path: String = "home") throws -> (outcome: Outcome, json: [String: Any]) {
    let outcome = try run("respond", name, path, "--format", "json", in: folder)
    return (outcome, try outcome.json())
  }

  private func exposure(_ json: [String: Any]) -> [[String: Any]] { json["exposure"] as? [[String: Any]] ?? [] }

  private func installed(_ version: String, in project: String = "home/shop") throws {
    try folder.write(
      #"{"name": "node-ipc", "version": "\#(version)"}"#, to: project + "/node_modules/node-ipc/package.json")
  }

  private func locked(_ version: String, in project: String = "home/shop") throws {
    try folder.write(
      """
      {"name": "shop", "lockfileVersion": 3, "packages": {"": {"name": "shop"},
       "node_modules/node-ipc": {"version": "\(version)", "resolved": "https://registry.example/x.tgz"}}}
      """, to: project + "/package-lock.json")
  }

  @Test func `where it never was, that is said with what was read, and nothing is to be done`() throws {
    try installed("9.1.5")
    try locked("9.1.5")
    let (outcome, json) = try respond("npm-node-ipc-2026")
    #expect(outcome.status == 0)
    #expect(json["outcome"] as? String == "not-seen")
    #expect(exposure(json).isEmpty)
    #expect(json["steps"] as? [String] == [])
    let coverage = json["coverage"] as? [String: Any]
    #expect(coverage?["complete"] as? Bool == true)
    let read = coverage?["read"] as? [String: Int]
    #expect(read?["lockfiles"] == 1)
    #expect(read?["installed"] == 1)
  }

  @Test func `what could not be read keeps it from being called never here`() throws {
    try folder.write("{", to: "home/shop/package-lock.json")
    let (outcome, json) = try respond("npm-node-ipc-2026")
    #expect(outcome.status == 2)
    #expect(json["outcome"] as? String == "not-verified")
  }

  @Test func `a lockfile and an installed folder are places of their own, each with its degree and file`() throws {
    try installed("9.1.6")
    try locked("9.1.6")
    let (outcome, json) = try respond("MAL-2026-3744")
    #expect(outcome.status == 1)
    #expect(json["incident"] as? String == "npm-node-ipc-2026")
    #expect(json["outcome"] as? String == "on-disk")
    let places = exposure(json).map { [$0["place"] as? String, $0["degree"] as? String, $0["purl"] as? String] }
    #expect(
      places == [
        ["home/shop/node_modules/node-ipc", "on-disk", "pkg:npm/node-ipc@9.1.6"],
        ["home/shop/package-lock.json", "locked", "pkg:npm/node-ipc@9.1.6"],
      ])
    let evidence = exposure(json).first?["evidence"] as? [[String: Any]]
    #expect(evidence?.first?["path"] as? String == "home/shop/node_modules/node-ipc/package.json")
    #expect(exposure(json).allSatisfy { $0["to"] is NSNull && $0["from"] is String })
    #expect(!(json["steps"] as? [String] ?? []).isEmpty)
  }

  @Test func `a time of writing that is older than the bad version says nothing, a later one does`() throws {
    try installed("9.1.6")
    let file = folder.path("home/shop/node_modules/node-ipc/package.json")
    func from(_ moment: String) throws -> [String: Any]? {
      let date = try #require(ISO8601DateFormatter().date(from: moment))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
      return exposure(try respond("npm-node-ipc-2026").json).first
    }
    let packed = try from("1985-10-26T08:15:00Z")
    #expect(packed?["from"] as? String != "1985-10-26T08:15:00Z")
    let copied = try from("2026-05-20T10:00:00Z")
    #expect(copied?["from"] as? String == "2026-05-20T10:00:00Z")
    #expect(copied?["fromIsLatest"] as? Bool == true)
  }

  @Test func `a folder that only its running makes says that it ran`() throws {
    try folder.makeFolder("home/tmp/nt-4711")
    try folder.makeFolder("home/tmp/nt-build")
    let (_, json) = try respond("npm-node-ipc-2026")
    #expect(json["outcome"] as? String == "ran")
    #expect(exposure(json).map { $0["place"] as? String } == ["home/tmp/nt-4711"])
    #expect(exposure(json).map { $0["degree"] as? String } == ["ran"])
  }

  @Test func `a resolver's log that names the attacker's host says that it ran, and when`() throws {
    try folder.write(
      """
      2026-05-14T15:02:11Z query[A] registry.example from 10.0.0.5
      2026-05-14T15:03:11Z query[A] sh.azurestaticprovider.net from 10.0.0.5
      2026-05-14T15:04:00Z query[TXT] xd.1.bt.node.js from 10.0.0.5

      """, to: "home/logs/dnsmasq.log")
    let (_, json) = try respond("npm-node-ipc-2026")
    #expect(json["outcome"] as? String == "ran")
    #expect(exposure(json).map { $0["from"] as? String } == ["2026-05-14T15:03:11Z"])
    #expect(exposure(json).map { $0["to"] as? String } == ["2026-05-14T15:04:00Z"])
    #expect((exposure(json).first?["evidence"] as? [[String: Any]])?.count == 3)
  }

  @Test func `the text begins with how far it came`() throws {
    try locked("12.0.1")
    let outcome = try run("respond", "npm-node-ipc-2026", "home", in: folder)
    #expect(outcome.transcript.hasPrefix("exit 1\n| IT WAS ASKED FOR: "))
    #expect(outcome.transcript.contains("locked   node-ipc 12.0.1: home/shop/package-lock.json"))
  }

  @Test func `a name that nothing has is a usage error`() throws {
    expect(
      try run("respond", "npm-node-ipc-2027", "home", in: folder),
      is: """
        exit 64
        ! error: no incident, advisory or package of an incident is called 'npm-node-ipc-2027'
        ! hint: near it: npm-node-ipc-2022, npm-node-ipc-2026

        """)
  }

  @Test func `a name that several incidents have is a usage error that names them`() throws {
    expect(
      try run("respond", "pkg:npm/node-ipc", "home", in: folder),
      is: """
        exit 64
        ! error: 'pkg:npm/node-ipc' stands for 2 incidents
        ! hint: name one of them: npm-node-ipc-2022, npm-node-ipc-2026

        """)
  }

  @Test func `the past of a repository is read, branch by branch, and its configuration is not obeyed`() throws {
    try makeRepository()
    try folder.write(
      """
      [core]
      \trepositoryformatversion = 0
      \tfsmonitor = "touch \(folder.path("ran"))"
      \thooksPath = \(folder.path("home/hooks"))
      [gpg]
      \tprogram = \(folder.path("home/gpg"))
      [include]
      \tpath = /dev/zero

      """, to: "home/shop/.git/config")
    let (outcome, json) = try respond("npm-node-ipc-2026")
    #expect(outcome.status == 1)
    let places = exposure(json).map { [$0["place"] as? String, $0["from"] as? String, $0["to"] as? String] }
    #expect(
      places == [
        ["home/shop/package-lock.json (kept)", "2026-05-14T16:00:00Z", nil],
        ["home/shop/package-lock.json (main)", "2026-05-14T16:00:00Z", "2026-05-16T16:00:00Z"],
      ])
    #expect(exposure(json).allSatisfy { $0["degree"] as? String == "locked" })
    let read = (json["coverage"] as? [String: Any])?["read"] as? [String: Int]
    #expect(read?["repositories"] == 1)
    #expect(read?["commits"] == 3)
    #expect(!FileManager.default.fileExists(atPath: folder.path("ran")))
  }

  @Test func `what a repository points to outside of the named folders is not read, and that is said`() throws {
    try makeRepository()
    try folder.write("gitdir: \(folder.path("home/shop/.git"))\n", to: "other/linked/.git")
    try folder.write("", to: "other/marker/.git")
    let (outcome, json) = try respond("npm-node-ipc-2026", "other")
    #expect(outcome.status == 2)
    #expect(exposure(json).isEmpty)
    let problems = (json["coverage"] as? [String: Any])?["problems"] as? [[String: Any]]
    #expect(problems?.map { $0["reason"] as? String } == ["git-outside"])
  }

  @Test func `a repository whose path is no UTF-8 cannot be read, and that is said`() throws {
    let odd = Array((folder.path("home") + "/odd").utf8) + [0xFF]
    for below in ["", "/.git", "/.git/objects", "/.git/objects/pack"] {
      let path = (odd + Array(below.utf8)).map { CChar(bitPattern: $0) } + [0]
      try #require(mkdir(path, 0o755) == 0)
    }
    let (outcome, json) = try respond("npm-node-ipc-2026")
    #expect(outcome.status == 2)
    let problems = (json["coverage"] as? [String: Any])?["problems"] as? [[String: Any]]
    #expect(problems?.map { $0["path"] as? String } == [#"home/odd\xFF/.git"#])
  }

  @Test func `a damaged index leaves it open whether anything condemns what was asked about`() throws {
    try folder.write(String(repeating: "no index", count: 2000), to: "db/advisories.db")
    for name in ["pkg:npm/left-pad@1.0.0", "CVE-2026-1"] {
      #expect(try run("respond", name, "home", "--db", "db", in: folder).status == 70)
    }
    #expect(try run("respond", "npm-node-ipc-2026", "home", "--db", "db", in: folder).status == 0)
  }

  @Test func `packages that are not looked for on disk are not called never here`() throws {
    let (outcome, json) = try respond("crates-rustdecimal-2022")
    #expect(outcome.status == 2)
    let problems = (json["coverage"] as? [String: Any])?["problems"] as? [[String: Any]]
    #expect(problems?.map { $0["reason"] as? String } == ["ecosystem-not-read"])
  }

  @Test func `a shell's history tells that a line installs it, and not the line`() throws {
    try folder.write(
      "#1778770931\nTOKEN=CANARY4711 npm install node-ipc@9.1.6\n#1778770999\nnpm install node-ipc\n",
      to: "home/.bash_history")
    let (outcome, json) = try respond("npm-node-ipc-2026")
    #expect(exposure(json).map { $0["from"] as? String } == ["2026-05-14T15:02:11Z"])
    #expect((json["hints"] as? [[String: Any]])?.count == 1)
    #expect(!outcome.transcript.contains("CANARY4711"))
  }

  @Test func `a flaw reads nothing, so that nothing is to be replaced`() throws {
    try folder.write("//registry.example/:_authToken=secret\n", to: "home/.npmrc")
    try locked("1.0.0")
    let (outcome, json) = try respond("pkg:npm/node-ipc@1.0.0")
    #expect(outcome.status == 1)
    #expect((json["rotation"] as? [Any])?.isEmpty == true)
    let credentials = json["credentials"] as? [[String: Any]] ?? []
    #expect(credentials.contains { $0["kind"] as? String == "npm-token" })
    #expect(credentials.allSatisfy { $0["readByIncident"] as? Bool == false })
  }

  @Test func `of a worm that waits for a revoked token, the watcher is stopped before anything is replaced`() throws {
    try folder.write("//registry.example/:_authToken=secret\n", to: "home/.npmrc")
    try folder.write("on: push\n", to: "home/p/.github/workflows/x.yml")
    try folder.write("#!/bin/sh\n", to: "home/.local/bin/gh-token-monitor.sh")
    let (_, json) = try respond("npm-mini-shai-hulud-tanstack-2026")
    #expect(json["outcome"] as? String == "ran")
    let rotation = json["rotation"] as? [[String: Any]] ?? []
    let kinds = rotation.compactMap { $0["kind"] as? String }
    #expect(Array(kinds.prefix(3)) == ["step:isolate", "step:stop-watchers", "step:remove-hooks"])
    #expect(kinds.contains("npm-token"))
    #expect(rotation.map { $0["order"] as? Int } == Array(1...rotation.count))
  }

  /// Three commits: without it, with it, without it again; the branch `kept` stays at the second.
  private func makeRepository() throws {
    let git = "/usr/bin/git"
    try #require(FileManager.default.isExecutableFile(atPath: git), "there is no git here")
    func run(_ arguments: String..., at time: String = "2026-05-01T10:00:00Z") throws {
      let process = Process()
      process.executableURL = URL(filePath: git)
      process.arguments =
        ["-C", folder.path("home/shop"), "-c", "user.name=A", "-c", "user.email=a@firm.example"] + arguments
      process.environment = [
        "GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time, "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      ]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }
    try folder.makeFolder("home/shop")
    try run("init", "-q", "-b", "main")
    let commits = [
      ("9.1.5", "2026-05-01T10:00:00Z"), ("9.1.6", "2026-05-14T16:00:00Z"), ("9.1.5", "2026-05-16T16:00:00Z"),
    ]
    for (version, time) in commits {
      try locked(version)
      try run("add", "package-lock.json")
      try run("commit", "-q", "-m", version, at: time)
      if version == "9.1.6" { try run("branch", "kept") }
    }
  }
}
