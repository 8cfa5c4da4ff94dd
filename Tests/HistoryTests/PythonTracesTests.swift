// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct PythonTracesTests {
  private static let wanted = Package(ecosystem: .pypi, name: "some-thing", version: "1.0")
  private static let body = ".cache/pip/http-v2/a/b/c/d/e/abcde0123.body"

  /// A stored zip archive with these files, all empty.
  private static func zip(_ names: [String]) -> [UInt8] {
    var (local, table): ([UInt8], [UInt8]) = ([], [])
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    for name in names {
      let bytes = Array(name.utf8)
      table +=
        [0x50, 0x4B, 1, 2] + [UInt8](repeating: 0, count: 24) + number(bytes.count, 2)
        + [UInt8](repeating: 0, count: 12)
      table += number(local.count, 4) + bytes
      local += [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + number(bytes.count, 2) + [0, 0] + bytes
    }
    return local + table + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + number(names.count, 2) + number(names.count, 2)
      + number(table.count, 4)
      + number(local.count, 4) + [0, 0]
  }

  private static let wheel = zip([
    "some_thing/__init__.py", "some_thing-1.0.dist-info/METADATA", "some_thing-1.0.dist-info/RECORD",
  ])

  /// What `tar` and `gzip` make of a folder with this name and one file.
  private static func sourceArchive(_ folder: String) throws -> [UInt8] {
    let home = try TemporaryFolder()
    try home.write("x", to: folder + "/PKG-INFO")
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = ["tar", "-czf", home.path("x.tar.gz"), "-C", home.path, folder + "/PKG-INFO"]
    try tar.run()
    tar.waitUntilExit()
    return try [UInt8](Data(contentsOf: URL(filePath: home.path("x.tar.gz"))))
  }

  private func traces(_ bytes: [UInt8], _ path: String = body) throws -> Traces {
    let home = try TraceHome()
    try home.folder.write(bytes, to: path)
    return home.traces(of: [Self.wanted], now: TraceHome.clock())
  }

  @Test func `a wheel in pip's cache is known by what it holds`() throws {
    let before = TraceHome.clock() - 1
    let traces = try traces(Self.wheel)
    let sighting = try #require(traces.sightings.first)
    #expect(sighting.package == Self.wanted)
    #expect(sighting.degree == .onDisk)
    #expect(try #require(sighting.from).seconds >= before)
    #expect(sighting.evidence.map(\.code) == [.cacheHolds])
    #expect(traces.reading(.pipDownloads)?.entries == 1)
  }

  @Test func `a source archive too`() throws {
    #expect(try traces(Self.sourceArchive("some_thing-1.0")).sightings.map(\.package) == [Self.wanted])
    #expect(try traces(Self.sourceArchive("some_thing-1.0.1")).sightings.isEmpty)
    #expect(try traces(Self.sourceArchive("some_thing_x-1.0")).sightings.isEmpty)
  }

  @Test func `an answer of older pips holds its head as well`() throws {
    let bytes =
      Array("cc=4,".utf8) + [0x82, 0xA8] + Array("response".utf8) + [0x81, 0xA4] + Array("body".utf8) + [
        0xC6, 0, 0, 0, 9,
      ] + Self.wheel
      + Array("\u{7}headers".utf8)
    #expect(try traces(bytes, ".cache/pip/http/a/b/c/d/e/abcde0123").sightings.map(\.package) == [Self.wanted])
  }

  @Test func `poetry keeps answers in the same way`() throws {
    let path = ".cache/pypoetry/cache/repositories/x/_http_/a/b/c/d/e/abcde0123.body"
    let traces = try traces(Self.wheel, path)
    #expect(traces.sightings.map(\.package) == [Self.wanted])
    #expect(traces.reading(.poetryCache)?.entries == 1)
  }

  @Test(arguments: [
    zip(["some_thing-1.0.1.dist-info/METADATA"]), zip(["some_thing_x-1.0.dist-info/METADATA"]),
    zip(["x/some_thing-1.0.dist-info/METADATA"]), zip([]),
    Array(
      "Metadata-Version: 2.1\nName: some-thing\nVersion: 1.0\n\nThe facts of a wheel alone are no download of it.".utf8),
    [0x1F, 0x8B, 8] + [UInt8](repeating: 7, count: 200),
    Array(wheel.dropLast(30)), [],
  ])
  func `what is no such archive is nothing`(bytes: [UInt8]) throws {
    let traces = try traces(bytes)
    #expect(traces.sightings.isEmpty)
    #expect(traces.reading(.pipDownloads)?.state == .read)
  }

  @Test func `no cut or flipped archive traps`() throws {
    let home = try TraceHome()
    var generator = SeededGenerator(seed: 5)
    let archives = [Self.wheel, try Self.sourceArchive("some_thing-1.0")]
    for round in 0..<400 {
      var bytes = archives[round % 2]
      bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
      for _ in 0..<4 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try home.folder.write(bytes, to: ".cache/pip/http-v2/a/b/c/d/e/\(round).body")
    }
    #expect(home.traces(of: [Self.wanted]).reading(.pipDownloads)?.entries == 400)
  }

  // MARK: Logs

  @Test func `pip's log`() throws {
    let home = try TraceHome()
    let path = try home.folder.write(
      """
      2026-05-14T15:02:10,999 Collecting some-thing==1.0
      2026-05-14T15:02:11,123   Downloading https://files.example/some_thing-1.0-py3-none-any.whl (11 kB)
      2026-05-14T15:02:12,123   Using cached Some.Thing-1.0.tar.gz (11 kB)
      2026-05-14T15:02:13,123 Successfully installed other-2.0 some_thing-1.0
      2026-05-14T15:02:14,123   Successfully uninstalled some-thing-1.0
      2026-05-14T15:02:15,123 Successfully installed some-thing-1.0.1 some-thing-x-1.0
      2026-05-14T15:02:16,123   Downloading some_thing-1.1-py3-none-any.whl (11 kB)
      Successfully installed some-thing-1.0
      """, to: "logs/pip.log")
    let traces = home.traces(of: [Self.wanted], environment: ["PIP_LOG": path])
    #expect(traces.codes() == [.logFetched, .logFetched, .logInstalled, .logRemoved, .logInstalled])
    #expect(traces.sightings.map(\.evidence.first?.arguments) == [["2"], ["3"], ["4"], ["5"], ["8"]])
    // The log has no zone.
    #expect(traces.sightings.first?.from == PastSighting.Bound(1_778_770_931, isExact: false))
    #expect(traces.sightings.map(\.from?.seconds) == [1_778_770_931, 1_778_770_932, 1_778_770_933, nil, nil])
    #expect(traces.reading(.pipLog)?.entries == 8)
  }

  @Test func `pipx's logs`() throws {
    let home = try TraceHome()
    try home.folder.write(
      """
          60.2ms (setup:2166): /usr/bin/pipx install some-thing==1.0
          99.3ms (run_subprocess:276): running /usr/bin/uv pip install --quiet some-thing==1.0
          99.4ms (run_subprocess:345): stdout: pipx install some-thing-x==1.0
      """, to: ".local/state/pipx/log/cmd_2026-05-14_15.02.11.log")
    let traces = home.traces(of: [Self.wanted])
    #expect(traces.codes() == [.logPlanned])
    #expect(traces.sightings.first?.from == PastSighting.Bound(1_778_770_931, isExact: false))
    #expect(traces.reading(.pipxLogs)?.oldest == 1_778_770_931)
  }
}
