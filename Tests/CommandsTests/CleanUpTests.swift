// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// From the alarm to the evidence: `fix` with quarantine, restoring, and the sheet; and that no secret comes out on the way.
@Suite struct CleanUpTests {
  private let folder: TemporaryFolder
  private let canary = "CANARY4711"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(#"{"name": "node-ipc", "version": "9.1.6"}"#, to: "home/shop/node_modules/node-ipc/package.json")
    try folder.write("nothing", to: "home/shop/node_modules/node-ipc/lib/a.js")
    try folder.write(Self.lock("9.1.6"), to: "home/shop/package-lock.json")
    try folder.write(Self.lock("9.1.5"), to: "home/other/package-lock.json")
  }

  private static func lock(_ version: String) -> String {
    """
    {
      "name": "shop", "lockfileVersion": 3,
      "packages": {
        "": {"name": "shop", "dependencies": {"node-ipc": "^9.1.0"}},
        "node_modules/node-ipc": {
          "version": "\(version)",
          "resolved": "https://registry.example/node-ipc/-/node-ipc-\(version).tgz",
          "integrity": "sha512-\(version == "9.1.5" ? "b2ss" : "ZWxz")"
        }
      }
    }

    """
  }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.path(name)) }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.path(name), encoding: .utf8) }

  @Test func `without --apply nothing is moved and nothing is written`() throws {
    let outcome = try run("fix", "home", "--quarantine", "--format", "json", in: folder)
    #expect(outcome.status == 1)
    let quarantine = try outcome.json()["quarantine"] as? [String: Any]
    #expect(quarantine?["applied"] as? Bool == false)
    #expect((quarantine?["batches"] as? [[String: Any]])?.count == 1)
    #expect(exists("home/shop/node_modules/node-ipc/lib/a.js"))
    #expect(!exists("home/.gifthorse-quarantine"))
    #expect(try text("home/shop/package-lock.json") == Self.lock("9.1.6"))
  }

  @Test func `what is applied is proved by a scan, told by later ones, and put back by --restore`() throws {
    let outcome = try run("fix", "home", "--quarantine", "--apply", "--format", "json", in: folder)
    let answer = try outcome.json()
    #expect(outcome.status == 0, "\(outcome.transcript)")
    let after = answer["after"] as? [String: Any]
    #expect(after?["verdict"] as? String == "clean")
    #expect(after?["findings"] as? Int == 0)
    #expect(after?["quarantined"] as? Int == 1)
    #expect(!exists("home/shop/node_modules/node-ipc"))
    #expect(try text("home/shop/package-lock.json").contains("node-ipc-9.1.5.tgz"))

    let scan = try run("scan", "home", "--format", "json", in: folder)
    #expect(scan.status == 0)
    let quarantined = try scan.json()["quarantined"] as? [[String: Any]]
    #expect(quarantined?.map { $0["purl"] as? String } == ["pkg:npm/node-ipc@9.1.6"])

    let batches = (answer["quarantine"] as? [String: Any])?["batches"] as? [[String: Any]]
    let place = try #require(batches?.first?["path"] as? String)
    let restored = try run("fix", "--restore", place, in: folder)
    #expect(restored.status == 0)
    #expect(try text("home/shop/node_modules/node-ipc/lib/a.js") == "nothing")
    #expect(try run("scan", "home", in: folder).status == 1)
  }

  @Test func `what stands where something was is never replaced`() throws {
    let outcome = try run("fix", "home", "--quarantine", "--apply", in: folder)
    #expect(outcome.status == 0)
    try folder.write(#"{"name": "node-ipc", "version": "9.1.5"}"#, to: "home/shop/node_modules/node-ipc/package.json")
    let restored = try run("fix", "--restore", "home/.gifthorse-quarantine", in: folder)
    #expect(restored.status == 1)
    #expect(try text("home/shop/node_modules/node-ipc/package.json").contains("9.1.5"))
  }

  @Test func `what is no quarantine cannot be restored`() throws {
    let outcome = try run("fix", "--restore", "home", in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.transcript.contains("is no quarantine of this program's"))
  }

  @Test func `the sheet tells what was found, done and left, with the digests of the scans`() throws {
    _ = try run("respond", "npm-node-ipc-2026", "home", "--checklist", "list.md", in: folder)
    let outcome = try run(
      "fix", "home", "--quarantine", "--apply", "--evidence", "sheet.md", in: folder, environment: ["USER": "anna"])
    #expect(outcome.status == 0)
    let sheet = try text("sheet.md")
    for part in ["`pkg:npm/node-ipc@9.1.6`", "by `anna`", "edited `home/shop/package-lock.json`", "locked away"] {
      #expect(sheet.contains(part), "\(part)")
    }
    for name in ["sheet.md.before.json", "sheet.md.after.json"] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/sha256sum")
      process.arguments = [folder.path(name)]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let digest = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
      process.waitUntilExit()
      #expect(digest.count == 64 && sheet.contains(digest), "\(name)")
    }
    let before = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appending(path: "sheet.md.before.json")))
    #expect((before as? [String: Any])?["verdict"] as? String == "malicious")
  }

  @Test func `what could not be read to say since when stands on the sheet`() throws {
    try folder.write("gitdir: \(folder.path("elsewhere/.git"))\n", to: "home/linked/.git")
    _ = try run("fix", "home", "--quarantine", "--evidence", "sheet.md", in: folder)
    let unchecked = try text("sheet.md").components(separatedBy: "\n## ").first {
      $0.hasPrefix("What could not be checked")
    }
    #expect(unchecked?.contains("`home/linked/.git`") == true, "\(unchecked ?? "")")
  }

  @Test func `no secret comes out of anything, whatever is asked`() throws {
    for (path, content) in [
      ".npmrc": "//registry.example/:_authToken=\(canary)", ".aws/credentials": "[a]\naws_secret_access_key=\(canary)",
      ".git-credentials": "https://anna:\(canary)@git.firm.example", ".bash_history": "export TOKEN=\(canary)",
      ".pypirc": "[pypi]\npassword = \(canary)", "shop/.env": "PASSWORD=\(canary)",
    ] {
      try folder.write(content + "\n", to: "home/" + path)
    }
    let environment = ["GITHUB_TOKEN": canary, "AWS_SECRET_ACCESS_KEY": canary]
    let commands = [
      ["exposure", "home"], ["exposure", "home", "--format", "json", "--verbose"],
      ["respond", "npm-node-ipc-2026", "home", "--verbose"],
      ["respond", "npm-node-ipc-2026", "home", "--format", "json", "--checklist", "list.md"],
      ["respond", "npm-node-ipc-2026", "home", "--checklist", "list.md", "--output", "answer.txt"],
      ["fix", "home", "--quarantine", "--evidence", "sheet.md", "--checklist", "list.md"],
      ["fix", "home", "--quarantine", "--apply", "--evidence", "sheet.md"], ["scan", "home", "--verbose"],
    ]
    for command in commands {
      let outcome = try run(command, in: folder, environment: environment)
      #expect(outcome.status < 64, "\(command)")
      #expect(!outcome.transcript.contains(canary), "\(command)")
    }
    let found = try run("exposure", "home", "--format", "json", in: folder, environment: environment)
    let kinds = Set((try found.json()["credentials"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String })
    #expect(
      kinds.isSuperset(of: ["npm-token", "aws-access-key", "env-file", "shell-history", "pypi-token"]), "\(kinds)")
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where !name.hasPrefix("home/") {
      let content = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
      #expect(content.range(of: Data(canary.utf8)) == nil, "\(name)")
    }
    #expect(exists("list.md") && exists("answer.txt") && exists("sheet.md"))
  }

  @Test func `a list keeps its ticks, and a file that changed is told`() throws {
    try folder.write("//registry.example/:_authToken=\(canary)\n", to: "home/.npmrc")
    func item() throws -> [String: Any]? {
      let outcome = try run(
        "respond", "npm-node-ipc-2026", "home", "--checklist", "list.md", "--format", "json", in: folder)
      return (try outcome.json()["rotation"] as? [[String: Any]])?.first { $0["kind"] as? String == "npm-token" }
    }
    #expect(try item()?["ticked"] == nil)
    let list = try text("list.md")
    #expect(list.contains("- [ ] 1. **npm token**"))
    try folder.write(list.replacingOccurrences(of: "- [ ] 1. **npm", with: "- [x] 1. **npm"), to: "list.md")
    #expect(try item()?["state"] as? String == "done-but-unchanged")
    try FileManager.default.removeItem(atPath: folder.path("home/.npmrc"))
    try folder.write("//registry.example/:_authToken=another\n", to: "home/.npmrc")
    let date = Date(timeIntervalSinceNow: 5000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("home/.npmrc"))
    #expect(try item()?["state"] as? String == "done")
    #expect(try text("list.md").contains("- [x] 1. **npm token**"))
  }
}
