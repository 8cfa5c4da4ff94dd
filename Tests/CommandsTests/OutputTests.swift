// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
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

/// Where the answer goes, and in whose words and signs.
@Suite struct OutputTests {
  private static let sequence = UInt8(0x1B)

  @Test func `the answer goes into the file that was named, and nothing to standard output`() throws {
    let folder = try TemporaryFolder()
    try folder.addClean()
    let file = try folder.write(String(repeating: "an older and longer answer\n", count: 1000), to: "answer")
    #expect(try run("scan", "clean", "--output", "answer", in: folder).transcript == "exit 0\n")
    let direct = try run("scan", "clean", in: folder)
    let written = Outcome(
      status: 0, output: try [UInt8](Data(contentsOf: URL(filePath: file))), error: [], folder: folder.path)
    #expect(written.transcript == direct.transcript)
  }

  @Test func `a wrong path leaves an older answer alone`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("an older answer", to: "answer")
    #expect(try run("scan", "nowhere", "--output", "answer", in: folder).status == 64)
    #expect(try String(contentsOf: URL(filePath: file), encoding: .utf8) == "an older answer")
  }

  @Test func `a file is plain unless colours are asked for`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    #expect(try run("scan", "bad", in: folder).output.contains(Self.sequence) == false)
    #expect(try run("scan", "bad", "--color", "never", in: folder).output.contains(Self.sequence) == false)
    #expect(try run("scan", "bad", "--color", "always", in: folder).output.starts(with: [Self.sequence]))
  }

  @Test func `colours that are asked for outweigh NO_COLOR`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    let noColor = ["NO_COLOR": "1", "TERM": "xterm"]
    #expect(try run("scan", "bad", in: folder, environment: noColor).output.contains(Self.sequence) == false)
    #expect(
      try run("scan", "bad", "--color", "always", in: folder, environment: noColor).output.contains(Self.sequence))
  }

  @Test func `JSON is never coloured`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    let outcome = try run("scan", "bad", "--format", "json", "--color", "always", in: folder)
    #expect(outcome.output.contains(Self.sequence) == false)
    #expect(try outcome.json()["verdict"] as? String == "malicious")
  }

  @Test(arguments: [
    (["--ascii"], "C.UTF-8", true), ([], "C", true), ([], "POSIX", true), ([], "de_DE.utf8", false),
    ([], "C.UTF-8", false),
  ])
  func `signs beyond ASCII appear only where the locale has them and nobody objects`(
    options: [String], locale: String, isASCII: Bool
  ) throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    try folder.makeFolder("bad/node_modules/größe")
    try folder.write("{", to: "bad/node_modules/größe/package.json")
    let outcome = try run(["scan", "bad"] + options, in: folder, environment: ["LANG": locale])
    #expect(outcome.status == 1)
    #expect(outcome.output.allSatisfy { $0 < 0x80 } == isASCII)
    #expect(outcome.transcript.contains("gr\\u{f6}\\u{df}e") == isASCII)
  }

  @Test func `a pipe that nobody reads does not change the exit status`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    try folder.addTruncated()
    for (path, status) in [("bad", Int32(1)), ("truncated", 2)] {
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      close(ends[0])
      let outcome = try Child(["scan", path], in: folder, output: ends[1]).wait()
      #expect(outcome.status == status)
      #expect(outcome.error == [])
    }
  }

  @Test func `an answer that cannot be written to its end is a fault, not a verdict`() throws {
    let full = "/dev/full"
    try #require(FileManager.default.fileExists(atPath: full))
    let folder = try TemporaryFolder()
    try folder.addBad()
    expect(
      try run("scan", "bad", "--output", full, in: folder),
      is: """
        exit 70
        ! error: cannot write the answer: no space is left on the device (ENOSPC)
        ! hint: what was written is not whole; run it again

        """)
  }

  /// The record itself says what each audience is to read.
  private func texts(_ language: String, _ audience: String) throws -> [String: Any] {
    let file = Repository.root.appending(path: "Incidents/npm-node-ipc-2026.json")
    let record = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let ours = (record?["database_specific"] as? [String: Any])?["gifthorse"] as? [String: Any]
    let texts = (ours?["texts"] as? [String: Any])?[language] as? [String: Any]
    return try #require(texts?[audience] as? [String: Any])
  }

  @Test(arguments: ["owner", "it", "developer"])
  func `each audience gets the words written for it`(audience: String) throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    let report = try run("scan", "bad", "--format", "json", "--audience", audience, in: folder).json()
    let finding = try #require((report["findings"] as? [[String: Any]])?.first)
    let expected = try texts("en", audience)
    #expect(finding["what"] as? String == expected["what"] as? String)
    #expect(finding["advice"] as? [String] == expected["do"] as? [String])
  }

  @Test func `texts come in the language asked for, and in English where there is none`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    for (asked, given) in [("nl", "nl"), ("en", "en"), ("xx", "en")] {
      let report = try run(
        "scan", "bad", "--format", "json", "--audience", "owner", "--language", asked, in: folder
      ).json()
      let finding = try #require((report["findings"] as? [[String: Any]])?.first)
      let expected = try texts(given, "owner")
      #expect(finding["what"] as? String == expected["what"] as? String)
    }
  }

  #if os(Linux)
    @Test func `what confines the program is told on standard error where it is asked for`() throws {
      let folder = try TemporaryFolder()
      try folder.addClean()
      let outcome = try run("scan", "clean", "--verbose", "--format", "json", in: folder)
      let confinement = try #require(try outcome.json()["confinement"] as? [String: Any])
      let said = String(decoding: outcome.error, as: UTF8.self)
      #expect(said.contains("Landlock"))
      let isComplete = confinement["landlock"] is Int && confinement["seccomp"] as? Bool == true
      #expect(said.hasPrefix("warning: ") == !isComplete)
      #expect(said.split(separator: "\n").count == 1)
    }
  #endif
}
