// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// A wrong command line: 64, a message that quotes the user, nothing on standard output.
@Suite struct UsageTests {
  @Test(arguments: ["scan", "inventory", "find node-ipc"])
  func `a path that does not exist is a wrong command line`(command: String) throws {
    let folder = try TemporaryFolder()
    let words = command.split(separator: " ").map(String.init)
    expect(
      try run(words + ["nowhere"], in: folder),
      is: """
        exit 64
        ! error: cannot scan 'nowhere': there is no such file or folder (ENOENT)
        ! hint: check the path, and whether you may read it

        """)
  }

  @Test func `one path that does not exist spoils those that do`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    expect(
      try run("scan", "bad", "", in: folder),
      is: """
        exit 64
        ! error: cannot scan '': there is no such file or folder (ENOENT)
        ! hint: check the path, and whether you may read it

        """)
  }

  @Test func `an unknown option is a wrong command line`() throws {
    let outcome = try run("scan", "--frobnicate", in: TemporaryFolder())
    #expect(outcome.transcript.hasPrefix("exit 64\n! Error: Unknown option '--frobnicate'\n! Usage: gifthorse scan "))
    #expect(outcome.output == [])
  }

  @Test func `an unknown command is a wrong command line`() throws {
    let outcome = try run("frobnicate", in: TemporaryFolder())
    #expect(outcome.transcript.hasPrefix("exit 64\n! Error: Unexpected argument 'frobnicate'\n"))
    #expect(outcome.output == [])
  }

  @Test(arguments: [("scan", "'text' and 'json'"), ("inventory", "'text' and 'ndjson'")])
  func `an unknown format is a wrong command line, and names those there are`(command: String, known: String) throws {
    let outcome = try run(command, ".", "--format", "xml", in: TemporaryFolder())
    #expect(
      outcome.transcript.hasPrefix(
        "exit 64\n! Error: The value 'xml' is invalid for '--format <format>'. Please provide one of \(known).\n"))
    #expect(outcome.output == [])
  }

  @Test(arguments: [
    ["--max-depth", "0"], ["--max-depth", "2001"], ["--max-lockfile-bytes", "0"], ["--max-manifest-bytes", "-1"],
    ["--max-depth", "many"], ["--fail-on", "bad"], ["--audience", "everybody"], ["--color", "pink"],
    ["--fail-on", "high"], ["--fail-on", "vulnerable:unknown"], ["--fail-on", "kev:high"], ["--max-age", "-1"],
    ["--max-age", "36501"],
  ])
  func `a value out of its range is a wrong command line`(option: [String]) throws {
    let outcome = try run(["scan", ".", "\(option[0])=\(option[1])"], in: TemporaryFolder())
    #expect(outcome.status == 64)
    #expect(outcome.output == [])
    #expect(outcome.transcript.contains("! Error: "))
    #expect(outcome.transcript.contains(option[0]))
  }

  @Test(arguments: [["."], ["--hash-all"]])
  func `purls are judged without a place to look at`(more: [String]) throws {
    let outcome = try run(["scan", "--stdin"] + more, in: TemporaryFolder())
    #expect(outcome.transcript.hasPrefix("exit 64\n! Error: --stdin takes no path and no --hash-all.\n"))
    #expect(outcome.output == [])
  }

  @Test func `find without a package is a wrong command line`() throws {
    let outcome = try run("find", in: TemporaryFolder())
    #expect(outcome.transcript.hasPrefix("exit 64\n! Error: Missing expected argument '<package>'\n"))
  }

  @Test(arguments: ["scan .", "inventory .", "find x .", "incidents", "roots", "selftest"])
  func `a file that cannot be written is a wrong command line`(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    expect(
      try run(words + ["--output", "nowhere/answer"], in: TemporaryFolder()),
      is: """
        exit 64
        ! error: cannot write 'nowhere/answer': there is no such file or folder (ENOENT)
        ! hint: name a file in a folder that exists and that you may write to

        """)
  }
}
