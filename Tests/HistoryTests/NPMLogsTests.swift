// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct NPMLogsTests {
  private static let name = ".npm/_logs/2026-05-14T15_02_11_123Z-debug-0.log"
  private static let begun = PastSighting.Bound(1_778_770_931)

  /// What is told of one log, whose lines are numbered as npm does.
  private func sightings(_ lines: [String], name: String = name) throws -> [PastSighting] {
    let home = try TraceHome()
    try home.folder.write(lines.enumerated().map { "\($0.offset) \($0.element)\n" }.joined(), to: name)
    let traces = home.traces()
    #expect(traces.problems.isEmpty)
    return traces.sightings
  }

  // What npm 10.8 wrote, its registry renamed, and what npm 4 and 6 did according to their sources.
  @Test(arguments: [
    (
      "http fetch GET 200 https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz 123ms (cache miss)",
      EvidenceCode.logFetched
    ),
    ("http fetch GET 200 https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz 12ms (from cache)", .logFetched),
    ("http 200 https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz", .logFetched),
    ("silly extract node-ipc@9.1.6 extracted to /home/u/node_modules/.staging/node-ipc-1 (12ms)", .logInstalled),
    ("silly currentTree ├── node-ipc@9.1.6", .logInstalled), ("silly idealTree ├── node-ipc@9.1.6", .logPlanned),
    ("silly placeDep ROOT node-ipc@9.1.6 OK for: p2@1.0.0 want: 9.1.6", .logPlanned),
    ("info run node-ipc@9.1.6 postinstall node_modules/node-ipc node x.js", .logScriptRan),
    ("silly lifecycle node-ipc@9.1.6~postinstall: Args: [ '-c', 'node x.js' ]", .logScriptRan),
  ])
  func `a line tells how far it came`(line: String, code: EvidenceCode) throws {
    let sighting = try #require(try sightings([line]).first)
    #expect(sighting.package == TraceHome.nodeIPC)
    #expect(sighting.evidence.map(\.code) == [code])
    #expect(sighting.evidence.first?.arguments.first == "1")
    #expect(sighting.degree == (code == .logPlanned ? .locked : code == .logScriptRan ? .ran : .onDisk))
    #expect(sighting.from == Self.begun)
    #expect(sighting.to == Self.begun)
  }

  @Test(arguments: [
    "http fetch GET 200 https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz 1ms (cache miss)",
    "http fetch GET 200 https://registry.example/node-ipc-x/-/node-ipc-x-9.1.6.tgz 1ms (cache miss)",
    "http fetch GET 404 https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz 1ms (cache skip)",
    "http fetch GET 200 https://registry.example/node-ipc 33ms (cache updated)",
    "silly audit   'node-ipc': [ '9.1.6' ],",
    "verbose title npm view node-ipc@9.1.6 version", "verbose argv \"view\" \"node-ipc@9.1.6\"",
    "silly fetch manifest node-ipc@9.1.6", "silly placeDep ROOT node-ipc-x@9.1.6 OK for: p2@1.0.0 want: 9.1.6",
    "silly placeDep ROOT node-ipc@9.1.5 OK for: p2@1.0.0 want: ^9.1.5", "silly ADD node_modules/node-ipc",
    "info lifecycle node-ipc@9.1.6~postinstall: node-ipc@9.1.6",
    "silly lifecycle node-ipc@9.1.6~postinstall: no script for postinstall, continuing", "",
  ])
  func `what only asks, or is of another package, is nothing`(line: String) throws {
    #expect(try sightings([line]).isEmpty)
  }

  @Test func `what was chosen and put there was installed, where npm ran`() throws {
    let sighting = try #require(
      try sightings([
        "verbose argv \"i\" \"node-ipc@9.1.6\"", "silly placeDep ROOT node-ipc@9.1.6 OK for: p2@1.0.0 want: 9.1.6",
        "silly ADD node_modules/node-ipc", "verbose cwd /home/u/my project",
      ]).first)
    #expect(sighting.evidence.map(\.code) == [.logPlanned, .logInstalled])
    #expect(sighting.evidence.map(\.arguments) == [["2"], ["3"]])
    #expect(sighting.degree == .onDisk)
    #expect(sighting.place == "/home/u/my project")
  }

  @Test func `what was put elsewhere, or only shown, was chosen and no more`() throws {
    let chosen = "silly placeDep node_modules/a node-ipc@9.1.6 OK for: a@1.0.0 want: 9.1.6"
    let other = "silly placeDep ROOT node-ipc@9.1.5 OK for: p2@1.0.0 want: 9.1.5"
    #expect(try sightings([chosen, other, "silly ADD node_modules/node-ipc"]).map(\.degree) == [.locked])
    #expect(
      try sightings(["verbose argv \"i\" \"--dry-run\"", chosen, "silly ADD node_modules/a/node_modules/node-ipc"]).map(
        \.degree)
        == [.locked])
    #expect(try sightings([chosen, "silly ADD node_modules/a/node_modules/node-ipc"]).map(\.degree) == [.onDisk])
  }

  @Test func `the oldest log that is kept is told, for nothing is known of the time before`() throws {
    let home = try TraceHome()
    try home.folder.write("", to: ".npm/_logs/2026-05-14T15_02_11_123Z-debug-0.log")
    try home.folder.write("", to: ".npm/_logs/2019-05-14T15_02_11_123Z-debug.log")
    try home.folder.write("", to: ".npm/_logs/_update-notifier-last-checked")
    let path = home.folder.path(".npm/_logs")
    #expect(
      home.traces().reading(.npmLogs) == Traces.Reading(.npmLogs, path: path, .read, entries: 2, oldest: 1_557_846_131))
  }

  @Test func `no logs are kept here`() throws {
    let home = try TraceHome()
    #expect(home.traces().reading(.npmLogs)?.state == .absent)
  }

  @Test func `a log without a time in its name tells none`() throws {
    let line = "http fetch GET 200 https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz 1ms"
    let sighting = try #require(try sightings([line], name: ".npm/_logs/x.log").first)
    #expect(sighting.from == nil)
  }
}
