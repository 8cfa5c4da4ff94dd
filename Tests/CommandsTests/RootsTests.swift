// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite struct RootsTests {
  /// The rows below the test's own home: the machine's own folders are what they are.
  private func rows(_ outcome: Outcome) -> [String] {
    // How long the temporary folder's name is decides where a row is broken.
    outcome.transcript.replacing("\n|               ", with: " ").split(separator: "\n").map(String.init)
      .filter { $0.contains("FOLDER") }
  }

  @Test func `the places of this user are listed, with what becomes of each`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("home/.nvm")
    try folder.makeFolder("bun")
    let outcome = try run("roots", in: folder, environment: ["BUN_INSTALL": folder.path("bun")])
    #expect(outcome.status == 0)
    #expect(outcome.error == [])
    #expect(
      rows(outcome) == [
        "| home          FOLDER/home (scanned)",
        "| nvm           FOLDER/home/.nvm (inside FOLDER/home)",
        "| fnm           FOLDER/home/.local/share/fnm (not there)",
        "| volta         FOLDER/home/.volta (not there)",
        "| pnpm-global   FOLDER/home/.local/share/pnpm (not there)",
        "| yarn-global   FOLDER/home/.config/yarn/global (not there)",
        "| bun-global    FOLDER/bun (scanned)",
        // Beside the folder of programs on the PATH.
        "| npm-global    FOLDER/lib/node_modules (not there)",
      ])
  }

  @Test func `global packages beside a program on the PATH are listed`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("home")
    try folder.makeFolder("node/lib/node_modules")
    let outcome = try run("roots", in: folder, environment: ["PATH": "\(folder.path)/node/bin:relative/bin"])
    #expect(rows(outcome).contains("| npm-global    FOLDER/node/lib/node_modules (scanned)"))
    #expect(!outcome.transcript.contains("relative"))
  }

  @Test func `a scan without a path looks at exactly the roots that are said to be scanned`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad("home/project")
    try folder.makeFolder("bun")
    let environment = ["BUN_INSTALL": folder.path("bun")]
    let roots = try run("roots", in: folder, environment: environment)
    let listed = roots.transcript.replacing("\n|               ", with: " ").split(separator: "\n")
      .filter { $0.hasSuffix(" (scanned)") }.map { String($0.dropFirst(16).dropLast(10)) }
    let outcome = try run("scan", "--format", "json", in: folder, environment: environment)
    #expect(outcome.status == 1)
    let scanned = try #require(try outcome.json()["scanned"] as? [String: Any])
    let paths = try #require(scanned["paths"] as? [String]).map { $0.replacing(folder.path, with: "FOLDER") }
    #expect(paths == listed)
    #expect(paths.prefix(2) == ["FOLDER/home", "FOLDER/bun"])
  }
}
