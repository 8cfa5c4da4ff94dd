// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
  import Advisories
  import Confinement
  import Discovery
  import Foundation
  import Glibc
  import Inventory
  import Scanning
  import TestSupport
  import Testing

  @testable import Responding

  @Suite struct QuarantineTests {
    private let batch = QuarantineTree.batch

    // MARK: Moving and putting back

    @Test func `a bad package is moved as it is, with all that lies in it, and locked`() throws {
      let tree = try QuarantineTree.npm()
      let inode = tree.inode("web/node_modules/node-ipc")
      let report = try tree.quarantine()
      #expect(report.refusals == [])
      #expect(report.batches.map(\.path) == [tree.folder.path(batch)])
      #expect(report.batches.first?.isLocked == true)
      let item = try #require(report.batches.first?.items.first)
      #expect(report.batches.first?.items.count == 1)
      #expect(item.shownOrigin == "web/node_modules/node-ipc")
      #expect((item.kind, item.role, item.files, item.sharedFiles) == (.folder, .package, 3, 0))
      // Made by another program after the description in Schemas/v1/quarantine.schema.json.
      #expect(item.digest == "32c217c19555a3d9762e91252394937f3395b41e44528100d62e1496d30c012e")
      // Both packages go with the outer one's folder.
      #expect(item.contents.map(\.package.name) == ["node-ipc", "peacenotwar"])
      #expect(!tree.exists("web/node_modules/node-ipc"))
      #expect(tree.exists("web/node_modules/clean/package.json"))
      #expect(tree.inode("\(batch)/held/1") == inode)
      #expect(tree.mode(QuarantineTree.quarantine) == 0o700)
      #expect(tree.mode(batch) == 0o700)
      #expect(tree.mode("\(batch)/held") == 0o400)
      #expect(tree.mode("\(batch)/manifest.json") == 0o600)
    }

    @Test(arguments: ["", "/manifest.json", "all"])
    func `what was moved is put back as it was, and doing it again changes nothing`(named: String) throws {
      let tree = try QuarantineTree.npm()
      let before = try tree.portrait()
      try tree.quarantine()
      let name = named == "all" ? QuarantineTree.quarantine : batch + named
      let report = try tree.restore(name)
      #expect(report.refusals == [])
      #expect(report.restored.map(\.shownOrigin) == ["web/node_modules/node-ipc"])
      #expect(try tree.portrait() == before)
      let again = try tree.restore(name)
      #expect(again.restored.isEmpty && again.isComplete)
      #expect(again.alreadyBack.map(\.shownOrigin) == ["web/node_modules/node-ipc"])
      #expect(try tree.portrait() == before)
    }

    @Test func `what stands in the place by now is not replaced`() throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      try tree.folder.write("mine", to: "web/node_modules/node-ipc/package.json")
      let report = try tree.restore()
      #expect(report.restored.isEmpty)
      #expect(report.refusals.map(\.code) == [.occupied])
      #expect(tree.exists("\(batch)/held/1/package.json"))
      #expect(tree.mode("\(batch)/held") == 0o400)
      #expect(
        try String(contentsOfFile: tree.folder.path("web/node_modules/node-ipc/package.json"), encoding: .utf8)
          == "mine")
    }

    @Test func `where the folder around it is gone, it stays, and is told`() throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      try FileManager.default.removeItem(atPath: tree.folder.path("web"))
      #expect(try tree.restore().refusals.map(\.code) == [.folderMissing])
      #expect(tree.exists("\(batch)/held/1/package.json"))
    }

    @Test func `the manifest says what it was, in a form that reads back`() throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: tree.folder.path("\(batch)/manifest.json"))))
      let manifest = try bytes.withUnsafeBufferPointer { try QuarantineManifest(json: $0) }
      #expect(manifest.id == "20261125T120000Z-abcd")
      #expect(manifest.items.map(\.origin) == [Array("web/node_modules/node-ipc".utf8)])
      #expect(manifest.items.first?.inode == tree.inode("\(batch)/held/1"))
      #expect(manifest.json == bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains(#""purl": "pkg:npm/node-ipc@9.1.6""#))
      #expect(text.contains(#""mode": "755""#))
    }

    // MARK: What a later scan says

    @Test func `a later scan tells what lies there as quarantined, and counts it as not present`() throws {
      let tree = try QuarantineTree.npm()
      #expect(try tree.scanned().verdict == .malicious)
      try tree.quarantine()
      let report = try tree.scanned()
      #expect(report.verdict == .clean)
      #expect(report.coverage.problems == [])
      #expect(Set(report.findings.map(\.package.name)) == ["node-ipc", "peacenotwar"])
      for finding in report.findings {
        #expect(finding.isQuarantined)
        #expect(finding.sightings.map(\.kind) == [.quarantined])
        #expect(finding.sightings.map(\.path) == [tree.folder.path("\(batch)/manifest.json")])
      }
      #expect(
        ExitStatus(findings: report.findings, coverage: report.coverage, threshold: .atLeast(.vulnerable)) == .clean)
    }

    @Test func `a copy elsewhere is found as ever`() throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "b/node_modules/node-ipc/package.json")
      #expect(try tree.scanned().verdict == .malicious)
    }

    /// How somebody may have changed a quarantine, and what the scan then says is wrong.
    @Test(arguments: [
      ("held is open", "not-locked"), ("the folder is open to others", "open-to-others"),
      ("there is no manifest", "no-manifest"), ("a thing more", "strange-entry"), ("another thing", "strange-entry"),
      ("the manifest is cut", "manifest-not-understood"), ("it is a file", "not-a-folder"),
    ])
    func `what is not locked as it should be counts as lying there openly`(change: String, code: String) throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      let held = tree.folder.path("\(batch)/held")
      chmod(held, 0o700)
      switch change {
      case "the folder is open to others": chmod(tree.folder.path(QuarantineTree.quarantine), 0o755)
      case "there is no manifest": unlink(tree.folder.path("\(batch)/manifest.json"))
      case "a thing more": mkdir(held + "/2", 0o755)
      case "another thing":
        rename(held + "/1", tree.folder.path("elsewhere"))
        mkdir(held + "/1", 0o755)
      case "the manifest is cut": truncate(tree.folder.path("\(batch)/manifest.json"), 100)
      case "it is a file":
        rename(tree.folder.path(QuarantineTree.quarantine), tree.folder.path("aside"))
        mkdir(tree.folder.path(QuarantineTree.quarantine), 0o700)
        try tree.folder.write("", to: "\(QuarantineTree.quarantine)/manifest.json")
      default: break
      }
      if change != "held is open" { chmod(held, 0o400) }
      let report = try tree.scanned()
      let problems = report.coverage.problems.filter { $0.reason == .quarantineNotLocked }
      #expect(problems.compactMap(\.arguments.first) == [code])
      #expect(report.verdict != .clean)
      // What lies there openly, and is what the manifest says, counts as installed.
      if change == "held is open" { #expect(report.verdict == .malicious) }
    }

    @Test func `a link that is called like a quarantine is none`() throws {
      let tree = try QuarantineTree.npm()
      let other = try TemporaryFolder()
      try tree.folder.link(QuarantineTree.quarantine, to: other.path)
      let report = try tree.quarantine()
      #expect(report.refusals.map(\.code) == [.quarantineUnusable])
      #expect(report.refusals.first?.arguments == ["not-a-folder"])
      #expect(tree.exists("web/node_modules/node-ipc/package.json"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == [])
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser can make another user's folder"))
    func `a quarantine of another user, or one that others may enter, is not used`() throws {
      for (owner, mode, code) in [(1234 as UInt32, 0o700 as UInt32, "of-another-user"), (0, 0o755, "open-to-others")] {
        let tree = try QuarantineTree.npm()
        let place = tree.folder.path(QuarantineTree.quarantine)
        mkdir(place, mode)
        chmod(place, mode)
        chown(place, owner, owner)
        #expect(try tree.quarantine().refusals.compactMap(\.arguments.first) == [code])
        #expect(tree.exists("web/node_modules/node-ipc/package.json"))
      }
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser can become another user"))
    func `its owner can neither open nor start what is locked, and the scan still tells it`() async throws {
      let tree = try QuarantineTree.npm()
      for name in ["", "web", "web/node_modules"] { chown(tree.folder.path(name), 65534, 65534) }
      for name in try FileManager.default.subpathsOfDirectory(atPath: tree.path) {
        lchown(tree.folder.path(name), 65534, 65534)
      }
      // A folder that its owner may not write is moved as well, and gets its mode back.
      chmod(tree.folder.path("web/node_modules/node-ipc"), 0o555)
      await #expect(processExitsWith: .success) { [path = tree.path as String] in
        #expect(setgid(65534) == 0 && setuid(65534) == 0)
        try QuarantineTree.quarantine(path, calls: ChangingCalls())
        let held = "\(path)/\(QuarantineTree.batch)/held"
        #expect(open("\(held)/1/package.json", O_RDONLY) < 0 && errno == EACCES)
        #expect(chdir(held) < 0)
        let report = try QuarantineTree.scan(path)
        #expect(report.verdict == .clean)
        #expect(report.findings.count == 2)
        #expect(report.findings.filter(\.isQuarantined).count == 2)
        let restored = try QuarantineTree.restore(path + "/" + QuarantineTree.batch, calls: ChangingCalls())
        #expect(restored.isComplete && restored.restored.count == 1)
      }
      #expect(tree.mode("web/node_modules/node-ipc") == 0o555)
      #expect(tree.exists("web/node_modules/node-ipc/package.json"))
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser acts for others"))
    func `what the superuser makes in a user's folder is the user's`() throws {
      let tree = try QuarantineTree.npm()
      chown(tree.path, 65534, 65534)
      #expect(try tree.quarantine().isComplete)
      for name in ["", "/.gitignore", "/20261125T120000Z-abcd", "/20261125T120000Z-abcd/held"]
        + ["/20261125T120000Z-abcd/manifest.json"]
      {
        var status = stat()
        #expect(lstat(tree.folder.path(QuarantineTree.quarantine + name), &status) == 0)
        #expect(status.st_uid == 65534, "\(name)")
      }
      #expect(try tree.scanned().verdict == .clean)
    }

    // MARK: Changes between the look and the move

    @Test(arguments: ["contents", "mode", "another folder", "a link", "gone"])
    func `what has changed since it was looked at stays where it is`(change: String) throws {
      let tree = try QuarantineTree.npm()
      let plan = try tree.plan()
      let package = tree.folder.path("web/node_modules/node-ipc")
      switch change {
      case "contents": try tree.folder.write("module.exports = 2\n", to: "web/node_modules/node-ipc/lib/index.js")
      case "mode": chmod(package, 0o700)
      case "another folder":
        rename(package, tree.folder.path("aside"))
        try FileManager.default.copyItem(atPath: tree.folder.path("aside"), toPath: package)
      case "a link":
        rename(package, tree.folder.path("aside"))
        symlink(tree.folder.path("aside"), package)
      default: rename(package, tree.folder.path("aside"))
      }
      let report = try tree.quarantine(plan)
      #expect(report.refusals.map(\.code) == [change == "gone" ? .notThere : .changed])
      #expect(report.batches.first?.items == [])
      if change != "gone" { #expect(tree.exists("web/node_modules/node-ipc")) }
      if change == "a link" { #expect(tree.exists("aside/package.json")) }
    }

    @Test func `a link on the way is not followed`() throws {
      let tree = try QuarantineTree.npm()
      let plan = try tree.plan()
      let other = try TemporaryFolder()
      rename(tree.folder.path("web/node_modules"), other.path("node_modules"))
      try tree.folder.link("web/node_modules", to: other.path("node_modules"))
      #expect(try tree.quarantine(plan).refusals.map(\.code) == [.linkOnTheWay])
      #expect(FileManager.default.fileExists(atPath: other.path("node_modules/node-ipc/package.json")))
    }

    // MARK: Faults of the system

    @Test(arguments: [EROFS, ENOSPC, EPERM, EXDEV, EIO])
    func `a call that fails is told, and the rest goes on`(fault: Int32) throws {
      let counter = CallCounter()
      try QuarantineTree.npm().quarantine(calls: counter.calls)
      for number in 1...counter.total {
        let tree = try QuarantineTree.npm()
        let before = try tree.portrait()
        try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "b/node_modules/node-ipc/package.json")
        let report = try tree.quarantine(calls: CallCounter(at: number) { _ in fault }.calls)
        let moved = report.batches.flatMap(\.items).count
        #expect(moved + report.refusals.filter { !$0.path.contains(QuarantineTree.quarantine) }.count == 2, "\(number)")
        if tree.exists(QuarantineTree.quarantine) { #expect(try tree.restore().isComplete || moved == 0, "\(number)") }
        try FileManager.default.removeItem(atPath: tree.folder.path("b"))
        #expect(try tree.portrait() == before, "\(number)")
      }
    }

    // MARK: Killed

    @Test func `killed before any call that changes something, it is told, finished or undone`() async throws {
      let counter = CallCounter()
      try QuarantineTree.npm().quarantine(calls: counter.calls)
      #expect(counter.total > 12)
      for number in 1...counter.total {
        for isUndone in [true, false] {
          let tree = try QuarantineTree.npm()
          let before = try tree.portrait()
          await #expect(processExitsWith: .exitCode(77)) { [path = tree.path as String, number = number as Int] in
            try QuarantineTree.quarantine(path, calls: CallCounter(at: number) { _ in _exit(77) }.calls)
          }
          // Wherever the package lies, it is told: as installed, or as locked away.
          let report = try tree.scanned()
          #expect(report.findings.contains { $0.package.name == "node-ipc" }, "\(number)")
          if !tree.exists("web/node_modules/node-ipc"), tree.mode("\(batch)/held") != 0o400 {
            #expect(report.verdict == .malicious, "\(number)")
            #expect(report.coverage.problems.map(\.reason) == [.quarantineNotLocked], "\(number)")
          }
          if !isUndone {
            try tree.quarantine()
            #expect(!tree.exists("web/node_modules/node-ipc"), "\(number)")
            #expect(try tree.scanned().verdict == .clean, "\(number)")
          }
          if tree.exists(QuarantineTree.quarantine) { #expect(try tree.restore().isComplete, "\(number)") }
          #expect(try tree.portrait() == before, "\(number)")
        }
      }
    }

    @Test func `killed while putting back, doing it again ends it`() async throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      let counter = CallCounter()
      try tree.restore(calls: counter.calls)
      #expect(counter.total > 3)
      for number in 1...counter.total {
        let tree = try QuarantineTree.npm()
        let before = try tree.portrait()
        try tree.quarantine()
        await #expect(processExitsWith: .exitCode(77)) { [path = tree.path as String, number = number as Int] in
          try QuarantineTree.restore(
            path + "/" + QuarantineTree.quarantine, calls: CallCounter(at: number) { _ in _exit(77) }.calls)
        }
        #expect(try tree.scanned().findings.contains { $0.package.name == "node-ipc" }, "\(number)")
        #expect(try tree.restore().isComplete, "\(number)")
        #expect(try tree.portrait() == before, "\(number)")
        #expect(try tree.scanned().coverage.problems == [], "\(number)")
      }
    }
  }
#endif
