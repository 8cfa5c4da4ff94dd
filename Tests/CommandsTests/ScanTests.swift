// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct ScanTests {
  @Test func `a stealer is named, explained, and makes the exit status 1`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    expectSnapshot(try run("scan", "bad", in: folder).transcript, "cli/scan-malicious.txt")
  }

  @Test func `a locked stealer is shown with its line and the way to it`() throws {
    let folder = try TemporaryFolder()
    try folder.addLocked()
    expectSnapshot(try run("scan", "locked", in: folder).transcript, "cli/scan-locked.txt")
  }

  @Test func `protestware has a verdict and words of its own`() throws {
    let folder = try TemporaryFolder()
    try folder.addProtest()
    expectSnapshot(try run("scan", "protest", in: folder).transcript, "cli/scan-protestware.txt")
  }

  @Test func `what an attack has left behind is found without the package, and explained`() throws {
    let folder = try TemporaryFolder()
    try folder.write("on: push\n", to: "traces/.github/workflows/shai-hulud-workflow.yml")
    try folder.write("0a1b refs/remotes/origin/main\n0a1c refs/heads/shai-hulud\n", to: "traces/.git/packed-refs")
    expectSnapshot(try run("scan", "traces", in: folder).transcript, "cli/scan-traces.txt")
  }

  @Test func `notes that name packages, files and digests are clean`() throws {
    let folder = try TemporaryFolder()
    let digest = "96097e0612d9575cb133021017fb1a5c68a03b60f9f3d24ebdc0e628d9034144"
    for name in ["notes.md", "indicators.csv", "rule.yar", "mail.eml", "list.json"] {
      try folder.write(
        "node-ipc 9.1.6 node-ipc.cjs \(digest) .github/workflows/shai-hulud-workflow.yml branch shai-hulud\n"
          + "~/.config/systemd/user/gh-token-monitor.service litellm==1.82.8 litellm_init.pth\n", to: "notes/\(name)")
    }
    let outcome = try run("scan", "--hash-all", "notes", in: folder)
    #expect(outcome.status == 0)
    #expect(String(decoding: outcome.output, as: UTF8.self).hasPrefix("CLEAN: "))
  }

  @Test func `this project names every sign and holds none`() throws {
    let parts = ["Fixtures", "Incidents", "Sources", "Tests", "Documentation", "Scripts", "Schemas"]
    let outcome = try run(["scan"] + parts.map { Repository.root.appending(path: $0).path }, in: TemporaryFolder())
    #expect(outcome.status == 0)
    #expect(String(decoding: outcome.output, as: UTF8.self).hasPrefix("CLEAN: "))
  }

  @Test func `a good version of the same package is clean`() throws {
    let folder = try TemporaryFolder()
    try folder.addClean()
    expect(
      try run("scan", "clean", in: folder),
      is: """
        exit 0
        | CLEAN: nothing bad was found in 1 package, and everything was read.
        |
        | Scanned       clean
        | Entries seen  3
        | Files read    1 (npm/package-json 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `an empty folder is clean, and says that nothing was in it`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    expect(
      try run("scan", "empty", in: folder),
      is: """
        exit 0
        | CLEAN: everything was read, and there was no package in it.
        |
        | Scanned       empty
        | Entries seen  0
        | Files read    0
        | Packages      0
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a truncated lockfile is not verified, and makes the exit status 2`() throws {
    let folder = try TemporaryFolder()
    try folder.addTruncated()
    expect(
      try run("scan", "truncated", in: folder),
      is: """
        exit 2
        | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
        |
        | What could not be read, and may hide something
        |   Ends in the middle (1)
        |     truncated/package-lock.json:1
        |     hint: restore it, or let the package manager write it anew
        |
        | Scanned       truncated
        | Entries seen  1
        | Files read    1 (npm/package-lock 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a finding outweighs what could not be read, and both are told`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    try folder.addTruncated()
    expectSnapshot(try run("scan", "bad", "truncated", in: folder).transcript, "cli/scan-malicious-and-truncated.txt")
  }

  @Test(arguments: [
    // The table of exit statuses, for each threshold: (what there is, --fail-on, status).
    (["bad"], "malicious", 1), (["bad"], "vulnerable", 1), (["bad"], "none", 0),
    (["protest"], "malicious", 0), (["protest"], "suspicious", 0), (["protest"], "protestware", 1),
    (["protest"], "vulnerable", 1), (["protest"], "none", 0),
    (["protest", "truncated"], "malicious", 2), (["protest", "truncated"], "protestware", 1),
    (["bad", "truncated"], "none", 2), (["bad", "truncated"], "malicious", 1),
    (["clean"], "none", 0), (["clean", "truncated"], "none", 2),
  ])
  func `the threshold decides between 0, 1 and 2`(paths: [String], threshold: String, status: Int) throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    try folder.addProtest()
    try folder.addClean()
    try folder.addTruncated()
    let outcome = try run(["scan", "--fail-on", threshold] + paths, in: folder)
    #expect(outcome.status == Int32(status))
    #expect(outcome.error == [])
  }

  @Test func `one file can be scanned`() throws {
    let folder = try TemporaryFolder()
    try folder.addClean()
    expect(
      try run("scan", "clean/node_modules/node-ipc/package.json", in: folder),
      is: """
        exit 0
        | CLEAN: nothing bad was found in 1 package, and everything was read.
        |
        | Scanned       clean/node_modules/node-ipc/package.json
        | Entries seen  1
        | Files read    1 (npm/package-json 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a file that no extractor knows is not verified`() throws {
    let folder = try TemporaryFolder()
    try folder.write("node-ipc 9.1.6", to: "notes.txt")
    expect(
      try run("scan", "notes.txt", in: folder),
      is: """
        exit 2
        | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
        |
        | What could not be read, and may hide something
        |   No package could be recognised (1)
        |     notes.txt
        |     hint: see whether it is what its name says
        |
        | Scanned       notes.txt
        | Entries seen  1
        | Files read    0
        | Packages      0
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a symbolic link that was named is followed, and keeps its name`() throws {
    let folder = try TemporaryFolder()
    try folder.addTruncated("elsewhere")
    try folder.link("link", to: "elsewhere")
    expect(
      try run("scan", "link", in: folder),
      is: """
        exit 2
        | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
        |
        | What could not be read, and may hide something
        |   Ends in the middle (1)
        |     link/package-lock.json:1
        |     hint: restore it, or let the package manager write it anew
        |
        | Scanned       link
        | Entries seen  1
        | Files read    1 (npm/package-lock 1)
        | Packages      1
        | Held against  INCIDENTS
        | Time          TIME

        """)
  }

  @Test func `a symbolic link inside that leads out is not followed, and that is said`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad("outside")
    try folder.addClean("inside")
    try folder.link("inside/out", to: "../outside")
    let outcome = try run("scan", "inside", "--format", "json", in: folder)
    #expect(outcome.status == 0)
    let coverage = try #require(try outcome.json()["coverage"] as? [String: Any])
    let skipped = try #require(coverage["skipped"] as? [[String: Any]])
    #expect(skipped.map { $0["path"] as? String } == ["inside/out"])
    #expect(skipped.map { $0["reason"] as? String } == ["link-outside-root"])
    #expect(coverage["complete"] as? Bool == true)
  }

  @Test func `a path inside another one is read once`() throws {
    let folder = try TemporaryFolder()
    try folder.addClean()
    #expect(
      try run("scan", "clean/node_modules", "clean", "clean", "--verbose", in: folder).transcript.contains(
        """
        | What was left out by rule
        |   Paths that lie inside another one (2)
        |     clean (clean)
        |     clean/node_modules (clean)
        """))
    let report = try run("scan", "clean/node_modules", "clean", "--format", "json", in: folder).json()
    // Three entries: node_modules, node-ipc, package.json.
    #expect((report["scanned"] as? [String: Any])?["files"] as? Int == 3)
    let packages = try #require(report["packages"] as? [[String: Any]])
    #expect(packages.map { ($0["sightings"] as? [Any])?.count } == [1])
  }

  @Test func `JSON keeps the contract`() throws {
    let folder = try TemporaryFolder()
    try folder.addLocked("tree/locked")
    try folder.addTruncated("tree/truncated")
    try folder.addProtest("outside")
    try folder.link("tree/out", to: "../outside")
    let outcome = try run("scan", "tree", "--format", "json", in: folder)
    #expect(outcome.status == 1)
    let report = try outcome.json()
    #expect(report["schema"] as? String == "gifthorse.scan/1")
    #expect(report["verdict"] as? String == "malicious")
    try expectScanned(report)
    try expectPackages(report)
    try expectFindings(report)
    try expectCoverage(report)
  }

  private func expectScanned(_ report: [String: Any]) throws {
    let scanned = try #require(report["scanned"] as? [String: Any])
    #expect(scanned["paths"] as? [String] == ["tree"])
    let started = try #require(scanned["started"] as? String)
    #expect(started.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    #expect(try #require(scanned["seconds"] as? Double) >= 0)
    // locked, truncated, their lockfiles, out
    #expect(scanned["files"] as? Int == 5)
    let advisories = try #require(report["advisories"] as? [String: Any])
    #expect(advisories["source"] as? String == "embedded")
    let incidents = Repository.files(below: Repository.root.appending(path: "Incidents"))
    #expect(advisories["records"] as? Int == incidents.count { $0.pathExtension == "json" })
    #expect(try #require(advisories["asOf"] as? String).wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
  }

  private func expectPackages(_ report: [String: Any]) throws {
    let packages = try #require(report["packages"] as? [[String: Any]])
    #expect(
      packages.map { $0["purl"] as? String } == [
        "pkg:npm/a@1.0.0", "pkg:npm/node-ipc@9.2.3", "pkg:npm/vue-cli@1.0.0",
      ])
    let sightings = packages.flatMap { $0["sightings"] as? [[String: Any]] ?? [] }
    #expect(
      sightings.map { $0["path"] as? String } == [
        "tree/truncated/package-lock.json", "tree/locked/package-lock.json", "tree/locked/package-lock.json",
      ])
    #expect(sightings.map { $0["line"] as? Int } == [1, 5, 8])
    #expect(sightings.map { $0["kind"] as? String } == ["locked", "locked", "locked"])
    #expect(sightings.map { $0["confidence"] as? String } == ["partial", "exact", "exact"])
    #expect(sightings[1]["via"] as? [String] == ["vue-cli@1.0.0"])
  }

  private func expectFindings(_ report: [String: Any]) throws {
    let findings = try #require(report["findings"] as? [[String: Any]])
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding["id"] as? String == "MAL-2026-3744")
    #expect((finding["aliases"] as? [String])?.contains { $0.hasPrefix("GHSA-") } == true)
    #expect(finding["class"] as? String == "malicious")
    #expect(finding["purl"] as? String == "pkg:npm/node-ipc@9.2.3")
    #expect(finding["severity"] as? String == "critical")
    #expect(finding["incident"] as? String == "npm-node-ipc-2026")
    #expect((finding["title"] as? String)?.isEmpty == false)
    #expect((finding["advice"] as? [String])?.isEmpty == false)
    #expect((finding["safe"] as? [String])?.contains("9.2.1") == true)
    #expect((finding["sightings"] as? [[String: Any]])?.map { $0["line"] as? Int } == [5])
  }

  private func expectCoverage(_ report: [String: Any]) throws {
    let coverage = try #require(report["coverage"] as? [String: Any])
    #expect(coverage["complete"] as? Bool == false)
    #expect(coverage["filesRead"] as? Int == 2)
    let problems = try #require(coverage["problems"] as? [[String: Any]])
    #expect(problems.map { $0["path"] as? String } == ["tree/truncated/package-lock.json"])
    #expect(problems.map { $0["reason"] as? String } == ["truncated"])
    #expect(problems.allSatisfy { ($0["detail"] as? String)?.isEmpty == false })
    let skipped = try #require(coverage["skipped"] as? [[String: Any]])
    #expect(skipped.map { $0["path"] as? String } == ["tree/out"])
    #expect(skipped.map { $0["reason"] as? String } == ["link-outside-root"])
  }

  @Test func `a limit that was lowered shows up in what could not be read`() throws {
    let folder = try TemporaryFolder()
    try folder.addLocked()
    try folder.addClean()
    let deep = try run("scan", "locked", "--max-depth", "2", in: folder)
    #expect(deep.status == 2)
    #expect(deep.transcript.contains("Nested deeper than the limit (1)"))
    let lockfile = try run("scan", "locked", "--max-lockfile-bytes", "100", in: folder)
    #expect(lockfile.status == 2)
    #expect(lockfile.transcript.contains("|   Larger than the limit (1)"))
    let manifest = try run("scan", "clean", "--max-manifest-bytes", "10", in: folder)
    #expect(manifest.status == 2)
    #expect(manifest.transcript.contains("--max-manifest-bytes"))
  }
}
