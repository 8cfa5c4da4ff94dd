// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Parsing
import TestSupport
import Testing

@testable import History

@Suite struct NPMCacheTests {
  private static let bucket = ".npm/_cacache/index-v5/ab/cd/ef01"
  /// The SHA-512 digest of nothing, and where npm keeps what has it.
  private static let integrity =
    "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
  private static let content =
    ".npm/_cacache/content-v2/sha512/cf/83/e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"

  private static func address(_ file: String = "node-ipc/-/node-ipc-9.1.6.tgz") -> String {
    "make-fetch-happen:request-cache:https://registry.example/\(file)"
  }

  /// A line as npm adds it.
  private static func line(_ key: String, _ integrity: String?, _ milliseconds: Int64) -> String {
    let json =
      "{\"key\":\"\(key)\",\"integrity\":\(integrity.map { "\"\($0)\"" } ?? "null"),\"time\":\(milliseconds),\"size\":0}"
    let digest = Array(json.utf8).withUnsafeBufferPointer { SHA1.hexDigest(of: $0) }
    return "\n\(digest)\t\(json)"
  }

  // The examples of RFC 3174, 7.3, and what `sha1sum` says.
  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    (
      String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10),
      "dea356a2cddd90c7a7ecedc5ebb563934f460452"
    ),
  ])
  func `SHA-1 is the standard's`(text: String, digest: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { SHA1.hexDigest(of: $0) } == digest)
  }

  @Test func `a download and its archive`() throws {
    let home = try TraceHome()
    try home.folder.write(Self.line(Self.address(), Self.integrity, 1_578_770_931_123), to: Self.bucket)
    try home.folder.write("", to: Self.content)
    let traces = home.traces()
    let sighting = try #require(traces.sightings.first)
    #expect(traces.sightings.count == 1)
    #expect(sighting.package == TraceHome.nodeIPC)
    #expect(sighting.place == home.folder.path(".npm/_cacache"))
    #expect(sighting.from == PastSighting.Bound(1_578_770_931))
    #expect(sighting.to == nil)
    #expect(sighting.degree == .onDisk)
    #expect(sighting.evidence.map(\.code) == [.cacheIndexed, .cacheContent])
    #expect(sighting.evidence.first?.path == home.folder.path(Self.bucket))
    #expect(sighting.evidence.first?.arguments == ["2020-01-11T19:28:51Z"])
    #expect(sighting.evidence.last?.path == home.folder.path(Self.content))
    #expect(traces.reading(.npmCache)?.entries == 1)
    #expect(traces.problems.isEmpty)
  }

  @Test func `a later line ends it, and one after that begins it anew`() throws {
    let home = try TraceHome()
    let text =
      Self.line(Self.address(), Self.integrity, 1_778_000_000_000)
      + Self.line(Self.address(), Self.integrity, 1_778_000_001_000)
      + Self.line(Self.address(), nil, 1_778_000_100_000) + Self.line(Self.address(), Self.integrity, 1_778_000_200_000)
      + Self.line(Self.address(), nil, 1_778_000_300_000)
    try home.folder.write(text, to: Self.bucket)
    let sightings = home.traces().sightings
    #expect(sightings.map(\.from?.seconds) == [1_778_000_000, 1_778_000_200])
    #expect(sightings.map(\.to) == [PastSighting.Bound(1_778_000_100), PastSighting.Bound(1_778_000_300)])
    #expect(sightings.first?.evidence.map(\.code) == [.cacheIndexed, .cacheRemoved, .cacheContentGone])
  }

  @Test func `an archive that is gone without a word ended by now`() throws {
    let home = try TraceHome()
    try home.folder.write(Self.line(Self.address(), Self.integrity, 1_778_000_000_000), to: Self.bucket)
    let sighting = try #require(home.traces().sightings.first)
    #expect(sighting.to == PastSighting.Bound(TraceHome.now, isExact: false))
    #expect(sighting.evidence.map(\.code) == [.cacheIndexed, .cacheContentGone])
  }

  @Test func `an archive that lies there although its entry was removed is still there`() throws {
    let home = try TraceHome()
    let text =
      Self.line(Self.address(), Self.integrity, 1_778_000_000_000) + Self.line(Self.address(), nil, 1_778_000_100_000)
    try home.folder.write(text, to: Self.bucket)
    try home.folder.write("", to: Self.content)
    let sighting = try #require(home.traces().sightings.first)
    #expect(sighting.to == nil)
    #expect(sighting.evidence.map(\.code) == [.cacheIndexed, .cacheRemoved, .cacheContent])
  }

  @Test(arguments: [
    // Another version, a look-alike, another scope, a list of versions, an address that only ends so.
    "node-ipc/-/node-ipc-9.1.5.tgz", "node-ipc-x/-/node-ipc-x-9.1.6.tgz", "node-ipc-9/-/node-ipc-9-1.6.tgz",
    "@evil/node-ipc/-/node-ipc-9.1.6.tgz", "node-ipc/-/evil-ipc-9.1.6.tgz", "node-ipc",
    "x/-/x-1.0.0.tgz?y=node-ipc/-/node-ipc-9.1.6.tgz",
  ])
  func `what is not the package is nothing`(file: String) throws {
    let home = try TraceHome()
    try home.folder.write(Self.line(Self.address(file), Self.integrity, 1_778_000_000_000), to: Self.bucket)
    let traces = home.traces()
    #expect(traces.sightings.isEmpty)
    #expect(traces.reading(.npmCache)?.state == .read)
  }

  @Test(arguments: [
    "https://registry.example/@acme/tool/-/tool-1.0.0-rc.1.tgz",
    "https://registry.example/npm/api/@acme%2ftool/-/tool-1.0.0-rc.1.tgz",
    "https://npm.example/download/@acme/tool/1.0.0-rc.1/0123abcd",
  ])
  func `a scoped package is found however its address is written`(address: String) throws {
    let home = try TraceHome()
    try home.folder.write(
      Self.line("make-fetch-happen:request-cache:" + address, Self.integrity, 1_778_000_000_000), to: Self.bucket)
    let package = Package(ecosystem: .npm, name: "@acme/tool", version: "1.0.0-rc.1")
    #expect(home.traces(of: [package]).sightings.map(\.package) == [package])
  }

  @Test func `a packed archive is known by its specifier`() throws {
    let home = try TraceHome()
    try home.folder.write(
      Self.line("pacote:tarball:node-ipc@9.1.6", Self.integrity, 1_778_000_000_000), to: Self.bucket)
    #expect(home.traces().sightings.map(\.package) == [TraceHome.nodeIPC])
  }

  @Test func `an archive that was added from a folder is known by its file's name`() throws {
    let home = try TraceHome()
    let scoped = Package(ecosystem: .npm, name: "@acme/tool", version: "1.0.0")
    let keys = [
      "../x/node-ipc-9.1.6.tgz", "/x/acme-tool-1.0.0.tgz", "/x/node-ipc-x-9.1.6.tgz", "/x/node-ipc-9.1.5.tgz",
      "/node-ipc-9.1.6.tgz/x",
    ]
    for (number, key) in keys.enumerated() {
      let line = Self.line("pacote:tarball:file:" + key, Self.integrity, 1_778_000_000_000)
      try home.folder.write(line, to: ".npm/_cacache/index-v5/ab/cd/\(number)")
    }
    #expect(home.traces(of: [TraceHome.nodeIPC, scoped]).sightings.map(\.package) == [TraceHome.nodeIPC, scoped])
  }

  @Test(arguments: ["cut", "hash", "json", "deep"])
  func `a bad line is passed over as npm does, and the good one beside it counts`(kind: String) throws {
    let home = try TraceHome()
    let good = Self.line(Self.address(), Self.integrity, 1_778_000_200_000)
    let other = Self.line(Self.address(), Self.integrity, 1_778_000_000_000)
    let bad: String =
      switch kind {
      case "cut": String(other.dropLast(9))
      case "hash": other.replacing("1778000000000", with: "1778000000001")
      case "json": "\n0000000000000000000000000000000000000000\t{node-ipc-9.1.6.tgz"
      default: "\n0\t{\"a\":" + String(repeating: "[", count: 100_000) + ",\"/-/node-ipc-9.1.6.tgz\""
      }
    try home.folder.write(bad + good, to: Self.bucket)
    let traces = home.traces()
    #expect(traces.sightings.map(\.from?.seconds) == [1_778_000_200])
    #expect(traces.reading(.npmCache)?.passedOver == 1)
  }

  @Test func `a time in the future is not believed`() throws {
    let home = try TraceHome()
    try home.folder.write(Self.line(Self.address(), Self.integrity, 9_000_000_000_000), to: Self.bucket)
    let sighting = try #require(home.traces().sightings.first)
    #expect(sighting.from == nil)
    // It is told all the same, as the index's word.
    #expect(sighting.evidence.first?.arguments == ["2255-03-14T16:00:00Z"])
  }

  @Test func `a digest that leads elsewhere opens nothing`() throws {
    let home = try TraceHome()
    let hostile = "sha512-Li4v" + String(repeating: "Li4v", count: 8)
    try home.folder.write(
      Self.line(Self.address(), hostile, 1_778_000_000_000)
        + Self.line(Self.address(), "../../../etc-aaaaaaaaaaaaaaaa", 1_778_000_000_000),
      to: Self.bucket)
    #expect(home.traces().codes() == [.cacheIndexed, .cacheContentGone])
  }

  @Test func `the cache is also where a variable says, and is read once`() throws {
    let home = try TraceHome()
    try home.folder.write(
      Self.line(Self.address(), Self.integrity, 1_778_000_000_000), to: "big/npm/_cacache/index-v5/ab/cd/ef01")
    let path = home.folder.path("big/npm")
    let traces = home.traces(environment: ["npm_config_cache": path, "NPM_CONFIG_CACHE": path + "/"])
    #expect(traces.sightings.count == 1)
    #expect(traces.readings.filter { $0.kind == .npmCache }.map(\.state) == [.read, .absent])
  }

  @Test func `a cache outside of what may be read is told`() throws {
    let home = try TraceHome()
    let traces = home.traces(environment: ["npm_config_cache": "/elsewhere"])
    #expect(traces.readings.contains(Traces.Reading(.npmCache, path: "/elsewhere/_cacache", .outside)))
  }

  @Test(arguments: ["/../escape", "/./a/../../escape", "//escape/"])
  func `a variable that leads up opens nothing outside`(ending: String) throws {
    let home = try TraceHome()
    try home.folder.write(
      Self.line(Self.address(), Self.integrity, 1_778_000_000_000), to: "escape/_cacache/index-v5/ab/cd/ef01")
    let inner = try home.folder.makeFolder("inner")
    let descriptor = open(inner, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    let traces = Traces(
      of: WantedPackages([TraceHome.nodeIPC]), in: TraceRoots([TraceRoots.Root(path: inner, descriptor: descriptor)]),
      home: inner, environment: ["npm_config_cache": inner + ending], now: TraceHome.now)
    #expect(traces.sightings.isEmpty)
    #expect(
      traces.readings.contains { $0.kind == .npmCache && $0.state == (ending.contains("..") ? .outside : .absent) })
  }

  @Test func `links and pipes are told, and do not wait`() throws {
    let home = try TraceHome()
    try home.folder.makeFolder(".npm/_cacache/index-v5/ab/cd")
    try home.folder.link(".npm/_cacache/index-v5/ab/cd/ef01", to: "/etc/hostname")
    #expect(mkfifo(home.folder.path(".npm/_cacache/index-v5/ab/cd/ef02"), 0o600) == 0)
    let traces = home.traces()
    #expect(traces.problems.map(\.reason) == [.notAFile, .notAFile])
    #expect(traces.problems.last?.path == home.folder.path(".npm/_cacache/index-v5/ab/cd/ef02"))
  }

  @Test func `a link to a folder outside is told, one below the home is followed`() throws {
    let home = try TraceHome()
    try home.folder.write(
      Self.line(Self.address(), Self.integrity, 1_778_000_000_000), to: "big/_cacache/index-v5/ab/cd/ef01")
    try home.folder.link(".npm", to: "big")
    #expect(home.traces().sightings.count == 1)
    let other = try TraceHome()
    try other.folder.link(".npm", to: home.folder.path("big"))
    let traces = other.traces()
    #expect(traces.sightings.isEmpty)
    #expect(
      traces.problems.contains { $0.reason == .linkLeadsOut && $0.arguments == [home.folder.path("big/_cacache")] })
  }

  @Test func `limits are told`() throws {
    let home = try TraceHome()
    for name in ["a", "b", "c"] {
      try home.folder.write(
        Self.line(Self.address(), Self.integrity, 1_778_000_000_000), to: ".npm/_cacache/index-v5/ab/cd/" + name)
    }
    #expect(home.traces(limits: TraceLimits(entries: 2)).problems.contains { $0.reason == .tooMany })
    #expect(home.traces(limits: TraceLimits(indexBytes: 100)).problems.map(\.reason) == [.tooBig, .tooBig, .tooBig])
  }

  @Test func `an index of another version is told`() throws {
    let home = try TraceHome()
    try home.folder.makeFolder(".npm/_cacache/index-v6")
    #expect(home.traces().problems.map(\.reason) == [.unknownFormatVersion])
  }
}
