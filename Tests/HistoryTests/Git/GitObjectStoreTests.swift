// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import TestSupport
import Testing

@testable import History

@Suite struct GitObjectStoreTests {
  private let fixture: GitFixture
  /// Two commits of which the second one has a bad lockfile, which is still there.
  private let tip: String
  private static let expected = ["alpha project/l.lock (main) 200 -"]

  init() throws {
    fixture = try GitFixture()
    tip = Self.fill(fixture)
    try fixture.set("refs/heads/main", tip)
  }

  private static let long = String(repeating: "one more line of a lockfile\n", count: 20)

  private static func fill(_ fixture: GitFixture) -> String {
    let first = fixture.commit(["l.lock": long + "fine\n"], at: 100)
    return fixture.commit(["l.lock": long + "BAD alpha\n"], [first], at: 200)
  }

  private func object(_ id: String) throws -> GitFixture.Object {
    try #require(fixture.objects.first { $0.id == id })
  }

  private var blobs: [GitFixture.Object] { fixture.objects.filter { $0.kind == "blob" } }

  private func lines() throws -> [String] { try fixture.history().sightings.map(\.line) }

  // MARK: What is read

  @Test(arguments: [20, 32]) func `loose objects of both kinds of names`(hashBytes: Int) throws {
    let fixture = try GitFixture(hashBytes: hashBytes)
    try fixture.set("refs/heads/main", Self.fill(fixture))
    try fixture.writeLoose()
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.sightings.first?.arguments(.branchHasIt)?.first?.utf8.count == hashBytes * 2)
    #expect(history.problems.isEmpty)
  }

  @Test(arguments: GitPackFixture.IndexVersion.allCases, [20, 32])
  func `a pack with each kind of index`(index: GitPackFixture.IndexVersion, hashBytes: Int) throws {
    let fixture = try GitFixture(hashBytes: hashBytes)
    try fixture.set("refs/heads/main", Self.fill(fixture))
    try GitPackFixture(fixture.objects.map { .whole($0) }, version: 3, index: index, hashBytes: hashBytes)
      .write(to: fixture)
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
  }

  private var others: [GitPackFixture.Entry] { fixture.objects.filter { $0.kind != "blob" }.map { .whole($0) } }

  @Test func `a difference to an earlier entry of its pack`() throws {
    let (base, target) = (blobs[0], blobs[1])
    try GitPackFixture([.whole(base)] + others + [.near(target, base: base, back: others.count + 1)])
      .write(to: fixture)
    #expect(try lines() == Self.expected)
  }

  @Test func `a difference to an object in another pack, in a file, and in a borrowed folder`() throws {
    let (base, target) = (blobs[0], blobs[1])
    let delta = GitPackFixture.delta(from: base.bytes, to: target.bytes)
    try GitPackFixture(others + [.named(target, base: base.id, delta: delta)]).write(to: fixture)
    try GitPackFixture([.whole(base)]).write(to: fixture, "pack-2")
    #expect(try lines() == Self.expected)
    try fixture.folder.write([], to: ".git/objects/pack/pack-2.pack")
    #expect(try lines() != Self.expected)
    try fixture.writeLoose(base)
    #expect(try lines() == Self.expected)
  }

  @Test func `a chain of differences`() throws {
    var chain = [blobs[0]]
    for number in 1..<200 {
      let text = String(decoding: blobs[0].bytes, as: UTF8.self) + "\(number)"
      chain.append(GitFixture.Object(id: fixture.add("blob", Array(text.utf8)), kind: "blob", bytes: Array(text.utf8)))
    }
    chain.append(blobs.first { $0.bytes.suffix(6).elementsEqual("alpha\n".utf8) } ?? blobs[0])
    let deltas = zip(chain, chain.dropFirst()).map { GitPackFixture.Entry.near($1, base: $0, back: 1) }
    try GitPackFixture(others + [.whole(chain[0])] + deltas).write(to: fixture)
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
  }

  @Test func `a pack that only the index of several packs knows`() throws {
    let pack = GitPackFixture(fixture.objects.map { .whole($0) })
    try fixture.folder.write(pack.pack, to: ".git/objects/pack/pack-1.pack")
    let count = fixture.objects.count
    // The tables of the index of one pack: 8 bytes of head, then 1,024, the names, checksums, and the offsets.
    let names = Array(pack.index[1032..<1032 + count * 20])
    let offsets = Array(pack.index[(1032 + count * 24)..<(1032 + count * 28)])
    let packNames = Array("pack-1.idx\u{0}\u{0}".utf8)
    let rows = stride(from: 0, to: offsets.count, by: 4).flatMap { GitFixture.word(0) + offsets[$0..<$0 + 4] }
    let chunks: [(String, [UInt8])] = [
      ("PNAM", packNames), ("OIDF", Array(pack.index[8..<1032])), ("OIDL", names), ("OOFF", rows),
    ]
    var bytes = Array("MIDX".utf8) + [1, 1, UInt8(chunks.count), 0] + GitFixture.word(1)
    var offset = bytes.count + 12 * (chunks.count + 1)
    for (name, content) in chunks + [("\u{0}\u{0}\u{0}\u{0}", [])] {
      bytes += Array(name.utf8) + GitFixture.word(offset, bytes: 8)
      offset += content.count
    }
    try fixture.folder.write(bytes + chunks.flatMap(\.1), to: ".git/objects/pack/multi-pack-index")
    let history = try fixture.history()
    #expect(history.sightings.map(\.line) == Self.expected)
    #expect(history.problems.isEmpty)
  }

  // MARK: What is told

  @Test(arguments: [0, 3, 11, 12, 40, 300])
  func `a pack that ends early is told`(length: Int) throws {
    let pack = GitPackFixture(fixture.objects.map { .whole($0) })
    try pack.write(to: fixture)
    try fixture.folder.write(pack.pack.prefix(length), to: ".git/objects/pack/pack-1.pack")
    #expect(!(try fixture.history().problems.isEmpty))
  }

  @Test(arguments: [0, 3, 8, 100, 1031, 1100, 1220])
  func `an index that ends early is told`(length: Int) throws {
    let pack = GitPackFixture(fixture.objects.map { .whole($0) })
    try pack.write(to: fixture)
    try fixture.folder.write(pack.index.prefix(length), to: ".git/objects/pack/pack-1.idx")
    let history = try fixture.history()
    #expect(history.problems.contains { $0.path == "project/.git/objects/pack/pack-1.idx" })
    #expect(history.sightings.isEmpty)
  }

  @Test func `versions that are not known are told`() throws {
    try GitPackFixture(fixture.objects.map { .whole($0) }, version: 4).write(to: fixture)
    let problems = try fixture.history().problems
    #expect(
      problems.contains(
        Coverage.Problem(
          path: "project/.git/objects/pack/pack-1.pack", reason: .unknownFormatVersion, arguments: ["4"])))
  }

  @Test func `differences to each other end and are told`() throws {
    let (one, two) = (blobs[0], blobs[1])
    try GitPackFixture(
      others + [
        .named(one, base: two.id, delta: GitPackFixture.delta(from: two.bytes, to: one.bytes)),
        .named(two, base: one.id, delta: GitPackFixture.delta(from: one.bytes, to: two.bytes)),
      ]
    ).write(to: fixture)
    let history = try fixture.history()
    #expect(history.problems.contains { $0.path == "project/l.lock" && $0.reason == .tooDeep })
    #expect(history.sightings.isEmpty)
  }

  /// Each makes something else of the base than a lockfile.
  private static let badDeltas: [(String, @Sendable (Int) -> [UInt8], Coverage.Reason)] = [
    ("another base's size", { GitPackFixture.number($0 + 1) + [1, 1, 65] }, .malformed),
    ("a copy beyond the base", { GitPackFixture.number($0) + [5, 0x91, UInt8($0 & 0x7F), 250] }, .malformed),
    ("an insertion beyond the end", { GitPackFixture.number($0) + [9, 9, 65] }, .malformed),
    ("more than it says", { GitPackFixture.number($0) + [1, 2, 65, 65] }, .malformed),
    ("less than it says", { GitPackFixture.number($0) + [3, 1, 65] }, .malformed),
    ("the reserved command", { GitPackFixture.number($0) + [1, 0] }, .malformed),
    ("a copy without its offset", { GitPackFixture.number($0) + [1, 0xFF] }, .malformed),
    ("a number without an end", { _ in [UInt8](repeating: 0xFF, count: 20) }, .malformed),
    ("more than fits", { GitPackFixture.number($0) + GitPackFixture.number(1 << 40) + [1, 65] }, .tooBig),
  ]

  @Test(arguments: badDeltas.indices) func `a broken difference is told`(number: Int) throws {
    let (name, delta, reason) = Self.badDeltas[number]
    let (base, target) = (blobs[0], blobs[1])
    try GitPackFixture(others + [.whole(base), .named(target, base: base.id, delta: delta(base.bytes.count))])
      .write(to: fixture)
    let history = try fixture.history()
    #expect(history.problems.map(\.reason) == [reason], "\(name)")
    #expect(history.sightings.isEmpty)
  }

  @Test func `an entry that is said to be larger than it is, or smaller, is told`() throws {
    let target = blobs[1]
    for size in [target.bytes.count - 1, target.bytes.count + 1, 1 << 27, 1 << 50] {
      let raw = GitPackFixture.head(3, size) + GitFixture.deflated(target.bytes)
      try GitPackFixture(others + [.whole(blobs[0]), .raw(id: target.id, raw)]).write(to: fixture)
      let history = try fixture.history()
      #expect(history.problems.map(\.reason) == [size == 1 << 50 ? .tooBig : .malformed], "\(size)")
      #expect(history.sightings.isEmpty)
    }
  }

  @Test func `a lockfile beyond the limit is told with its path`() throws {
    try fixture.writeLoose()
    let size = blobs[1].bytes.count
    let options = GitHistoryOptions(limits: Limits(lockfileBytes: size - 1))
    let history = try fixture.history(options: options)
    #expect(
      history.problems == [
        Coverage.Problem(path: "project/l.lock", reason: .tooBig, arguments: ["\(size)", "\(size - 1)"])
      ])
  }

  @Test(arguments: ["..", ".", "a/b"]) func `a name that no file can have is told and not entered`(name: String) throws
  {
    let inner = fixture.tree(["l.lock": "BAD alpha"])
    let commit = fixture.commit(tree: fixture.tree(entries: [(name, "40000", inner)]), at: 300)
    try fixture.set("refs/heads/main", commit)
    try fixture.writeLoose()
    let history = try fixture.history()
    #expect(history.problems.map(\.arguments) == [["name"]])
    #expect(history.sightings.isEmpty)
  }

  @Test(arguments: [
    "40000", "40000 \u{0}12345678901234567890", "9 a\u{0}12345678901234567890", "100644 l.lock\u{0}short",
  ])
  func `a folder that breaks off or has no grammar is told`(text: String) throws {
    let commit = fixture.commit(tree: fixture.add("tree", Array(text.utf8)), at: 300)
    try fixture.set("refs/heads/main", commit)
    try fixture.writeLoose()
    #expect(try fixture.history().problems.map(\.arguments) == [["tree"]])
  }

  @Test func `folders that hold each other many times over end at the limit`() throws {
    var tree = fixture.tree(["l.lock": "BAD alpha"])
    for _ in 0..<30 { tree = fixture.tree(entries: (0..<10).map { ("\($0)", "40000", tree) }) }
    try fixture.set("refs/heads/main", fixture.commit(tree: tree, at: 300))
    try fixture.writeLoose()
    let history = try fixture.history(options: GitHistoryOptions(folders: 5_000))
    #expect(history.problems.map(\.reason) == [.tooMany])
  }

  @Test func `folders in folders end at the limit`() throws {
    var tree = fixture.tree(["l.lock": "BAD alpha"])
    for _ in 0..<100 { tree = fixture.tree(entries: [("a", "40000", tree)]) }
    try fixture.set("refs/heads/main", fixture.commit(tree: tree, at: 300))
    try fixture.writeLoose()
    let history = try fixture.history(options: GitHistoryOptions(limits: Limits(depth: 50)))
    #expect(history.problems.map(\.reason) == [.tooDeep])
    #expect(try fixture.history().sightings.count == 1)
  }

  @Test func `links and submodules of a lockfile's name are no lockfiles`() throws {
    let blob = fixture.add("blob", Array("BAD alpha".utf8))
    let tree = fixture.tree(entries: [
      ("l.lock", "120000", blob), ("m.lock", "160000", String(repeating: "a", count: 40)),
    ])
    try fixture.set("refs/heads/main", fixture.commit(tree: tree, at: 300))
    try fixture.writeLoose()
    let history = try fixture.history()
    #expect(history.sightings.isEmpty)
    #expect(history.problems.isEmpty)
  }

  /// Whatever stands in a pack or an index: an answer comes, and it is not that everything was read and nothing found.
  @Test(arguments: 0..<300) func `a changed pack or index never traps, and is never silently clean`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed), name: "git-pack")
    let (base, target) = (blobs[0], blobs[1])
    let pack = GitPackFixture([.whole(base)] + others + [.near(target, base: base, back: others.count + 1)])
    try pack.write(to: fixture)
    var (bytes, isIndex) = seed.isMultiple(of: 2) ? (pack.pack, false) : (pack.index, true)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
    try fixture.folder.write(bytes, to: ".git/objects/pack/pack-1.\(isIndex ? "idx" : "pack")")
    let history = try fixture.history()
    // A changed digit may stand in a message or a time, or make another lockfile of it; names are not held against contents.
    if history.sightings.isEmpty, history.problems.isEmpty {
      #expect(history.counts.commits > 0)
      #expect(!isIndex)
    }
  }
}
