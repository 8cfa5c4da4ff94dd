// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct IncidentsTests {
  private static let files = Repository.files(below: Repository.root.appending(path: "Incidents"))

  private func lines(_ outcome: Outcome) -> [Substring] {
    outcome.transcript.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func `without a name all incidents are listed, the newest first`() throws {
    let outcome = try run("incidents", in: TemporaryFolder())
    #expect(outcome.status == 0 && outcome.error == [])
    let days = lines(outcome).compactMap { $0.firstMatch(of: #/^\| (\d{4}-\d{2}(?:-\d{2})?) /#)?.1 }
    #expect(days.count == Self.files.count)
    #expect(days == days.sorted(by: >))
    #expect(outcome.transcript.contains("\n| 2026-05-14  npm-node-ipc-2026 · npm · stealer\n"))
    let counts = try #require(
      outcome.transcript.firstMatch(of: /\n\| (\d+) incidents, [\d,]+ packages, [\d,]+ bad versions\./))
    #expect(Int(counts.1) == Self.files.count)
  }

  @Test func `a list has no line of more than 80 columns, and ASCII alone where that is asked for`() throws {
    let outcome = try run("incidents", "--ascii", in: TemporaryFolder())
    #expect(outcome.output.allSatisfy { $0 < 0x80 })
    // Two of them mark standard output.
    #expect(lines(outcome).allSatisfy { $0.count <= 82 })
    #expect(outcome.transcript.contains("npm-node-ipc-2026 | npm | stealer"))
  }

  @Test(arguments: [
    "npm-node-ipc-2026", "MAL-2026-3744", "ghsa-pvh2-rg5g-69v7", "node-ipc@9.1.6", "pkg:npm/node-ipc@9.1.6",
  ])
  func `one is explained by its id, an advisory, or a package`(name: String) throws {
    let outcome = try run("incidents", name, in: TemporaryFolder())
    #expect(outcome.status == 0 && outcome.error == [])
    #expect(
      lines(outcome).prefix(4) == [
        "exit 0", "| node-ipc 9.1.6, 9.2.3 and 12.0.1 steal passwords and access keys (May 2026)",
        "| malicious (stealer) · critical · npm-node-ipc-2026",
        "| also known as MAL-2026-3744, GHSA-pvh2-rg5g-69v7",
      ])
    #expect(outcome.transcript.contains("\n|     hosts: sh[.]azurestaticprovider[.]net, azurestaticprovider[.]net\n"))
    #expect(!outcome.transcript.contains("azurestaticprovider.net"))
  }

  @Test func `a Python package is found in each of its spellings`() throws {
    for name in ["litellm", "LiteLLM", "pkg:pypi/litellm"] {
      let outcome = try run("incidents", name, in: TemporaryFolder())
      #expect(outcome.status == 0 && outcome.transcript.contains(" · pypi-litellm-2026\n"), "\(name)")
    }
  }

  @Test func `a name that stands for several lists them`() throws {
    expect(
      try run("incidents", "node-ipc", in: TemporaryFolder()),
      is: """
        exit 0
        | 'node-ipc' stands for 2 incidents: ask for one by its id.
        |
        | 2026-05-14  npm-node-ipc-2026 · npm · stealer
        |   node-ipc 9.1.6, 9.2.3 and 12.0.1 steal passwords and access keys (May 2026)
        | 2022-03-07  npm-node-ipc-2022 · npm · wiper
        |   node-ipc: two versions that destroy files and three that write a protest …

        """)
  }

  @Test func `a name that stands for none is a wrong command line, and leads to what may be meant`() throws {
    let folder = try TemporaryFolder()
    expect(
      try run("incidents", "nod-ipc", in: folder),
      is: """
        exit 64
        ! error: no incident, advisory or package of an incident is called 'nod-ipc'
        ! hint: near it: npm-node-ipc-2022, npm-node-ipc-2026

        """)
    expect(
      try run("incidents", "\u{1B}[2J\u{202E}", in: folder),
      is: """
        exit 64
        ! error: no incident, advisory or package of an incident is called '\\x1b[2J\\u{202e}'
        ! hint: `gifthorse incidents` lists all that are known; one that is not listed may still be bad

        """)
    #expect(try run("incidents", "node-ipc@9.1.5", in: folder).status == 64)
    #expect(try run("incidents", "", in: folder).status == 64)
  }

  @Test func `an ecosystem and a kind leave those that have both`() throws {
    let folder = try TemporaryFolder()
    let outcome = try run("incidents", "--ecosystem", "pypi", "--kind", "Miner", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.transcript.contains("pypi-ultralytics-2024 · PyPI · miner\n"))
    #expect(lines(outcome).filter { $0.contains(" · ") }.allSatisfy { $0.contains("PyPI") && $0.contains("miner") })
    // The record is of a wiper, two of its variants of protestware.
    #expect(try run("incidents", "--kind", "protestware", in: folder).transcript.contains("npm-node-ipc-2022 · "))
    #expect(try run("incidents", "node-ipc", "--kind", "stealer", in: folder).transcript.contains("What to do now"))
    #expect(try run("incidents", "litellm", "--ecosystem", "npm", in: folder).status == 64)
    #expect(
      try run("incidents", "--ecosystem", "npm", "--kind", "miner", "--ecosystem", "GitHub Actions", in: folder)
        .transcript.hasPrefix("exit 0\n| 0 incidents, 0 packages, 0 bad versions. "))
  }

  @Test(arguments: [
    ("--ecosystem", "Cobol", "is about the ecosystem 'Cobol'", "npm"),
    ("--kind", "flaw", "is of the kind 'flaw'", "worm"),
  ])
  func `a filter that nothing can pass is a wrong command line, and names those that there are`(
    option: String, value: String, complaint: String, known: String
  ) throws {
    let outcome = try run("incidents", option, value, in: TemporaryFolder())
    #expect(outcome.status == 64 && outcome.output == [])
    #expect(outcome.transcript.contains("! error: no incident \(complaint)\n! hint: there are: "))
    #expect(outcome.transcript.contains(known))
  }

  /// What the record itself says to an audience.
  private func what(_ audience: String, _ language: String = "en") throws -> String {
    let file = Repository.root.appending(path: "Incidents/npm-node-ipc-2026.json")
    var value: Any? = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    for key in ["database_specific", "gifthorse", "texts", language, audience, "what"] {
      value = (value as? [String: Any])?[key]
    }
    return try #require(value as? String)
  }

  @Test func `an explanation is for the owner unless another audience is asked for`() throws {
    func answer(_ options: String...) throws -> String {
      let outcome = try run(["incidents", "npm-node-ipc-2026", "--format", "json"] + options, in: TemporaryFolder())
      let incidents = try #require(try outcome.json()["incidents"] as? [[String: Any]])
      return try #require(incidents.first?["what"] as? String)
    }
    #expect(try answer() == what("owner"))
    #expect(try answer("--audience", "it") == what("it"))
    #expect(try answer("--audience", "developer") == what("developer"))
    #expect(try answer("--language", "nl") == what("owner", "nl"))
  }

  @Test func `programs get every incident whole, and hosts as they are`() throws {
    let outcome = try run("incidents", "--format", "json", "--color", "always", in: TemporaryFolder())
    #expect(outcome.status == 0 && outcome.error == [] && !outcome.output.contains(0x1B))
    let answer = try outcome.json()
    #expect(answer["schema"] as? String == "gifthorse.incidents/1")
    let incidents = try #require(answer["incidents"] as? [[String: Any]])
    let ids = incidents.compactMap { $0["id"] as? String }
    #expect(ids.sorted() == Self.files.map { $0.deletingPathExtension().lastPathComponent }.sorted())
    let one = try #require(incidents.first { $0["id"] as? String == "npm-node-ipc-2026" })
    let leaves = try #require(one["leaves"] as? [[String: Any]])
    #expect(leaves.first?["hosts"] as? [String] == ["sh.azurestaticprovider.net", "azurestaticprovider.net"])
  }

  @Test func `the answer goes into the file that was named, and colours come where they are asked for`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("answer")
    #expect(try run("incidents", "node-ipc", "--output", "answer", in: folder).transcript == "exit 0\n")
    let direct = try run("incidents", "node-ipc", in: folder)
    #expect(try [UInt8](Data(contentsOf: URL(filePath: file))) == direct.output)
    #expect(!direct.output.contains(0x1B))
    let environment = ["NO_COLOR": "1", "TERM": "xterm"]
    let plain = try run("incidents", "node-ipc", in: folder, environment: environment)
    #expect(plain.output == direct.output)
    let painted = try run("incidents", "node-ipc", "--color", "always", in: folder, environment: environment)
    #expect(painted.output.starts(with: [0x1B]))
  }
}
