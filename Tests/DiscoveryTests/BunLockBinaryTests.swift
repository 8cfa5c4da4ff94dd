// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

/// Points of `bun.lockb` that its fixtures do not show, and what a hostile file may try.
struct BunLockBinaryTests {
  private func read(_ bytes: [UInt8], limits: Limits = Limits()) -> Reading.Outcome {
    bytes.withUnsafeBufferPointer { bytes in
      Reading.read(
        bytes,
        .init(
          extractor: BunLockBinary.self, place: FilePlace(path: "/project/bun.lockb"), limits: limits, wantsPaths: true)
      )
    }
  }

  /// A project that asks for node-ipc 9.2.3, which asks for a package with a long name.
  private func example(version: UInt32 = 3) -> BinaryLockfile {
    var file = BinaryLockfile(version: version)
    file.add("app", tag: 1, asks: [1])
    file.add("node-ipc", version: "9.2.3", asks: [2])
    file.add("a-much-longer-name", version: "1.0.0-rc.1+b.2")
    return file
  }

  @Test(arguments: [2, 3] as [UInt32])
  func `names, versions and who asks for whom are read`(version: UInt32) {
    let outcome = read(example(version: version).bytes)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3", "a-much-longer-name@1.0.0-rc.1+b.2"])
    #expect(outcome.paths == [[], ["node-ipc@9.2.3"]])
    #expect(outcome.packages.allSatisfy { $0.confidence == .exact && $0.line == 0 && $0.source == nil })
    #expect(outcome.problems.isEmpty)
  }

  @Test func `a file from before the scripts field is read`() {
    var file = example(version: 2)
    file.hasScripts = false
    #expect(read(file.bytes).packages.map(\.title) == ["node-ipc@9.2.3", "a-much-longer-name@1.0.0-rc.1+b.2"])
  }

  @Test(
    arguments: [
      (0x01FE_0FFE, false), (0x01FE_FFFF, false), (0x01FE_0800, true), (0x0010_0FFE, true), (0, true),
    ] as [(UInt32, Bool)])
  func `a package for some systems only is optional`(systems: UInt32, isOptional: Bool) {
    var file = BinaryLockfile(version: 3)
    file.add("app", tag: 1)
    file.add("node-ipc", version: "9.2.3", systems: systems)
    #expect(read(file.bytes).packages.map(\.isOptional) == [isOptional])
  }

  @Test(arguments: [0, 1, 4, 0xFFFF_FFFF] as [UInt32])
  func `another version of the format is a problem`(version: UInt32) {
    let outcome = read(example(version: version).bytes)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems == [.init(.unknownFormatVersion, arguments: ["\(version)"])])
  }

  @Test func `no cut goes unnoticed`() {
    let file = example()
    let whole = read(file.bytes)
    for length in 1..<file.bytes.count {
      let outcome = read(Array(file.bytes.prefix(length)))
      #expect(!outcome.problems.isEmpty || outcome.packages == whole.packages, "cut after \(length) bytes")
    }
  }

  @Test func `what a cut file still holds is partial`() {
    let file = example()
    // The padding behind the end, eight zero bytes, and a part of the strings.
    let outcome = read(Array(file.bytes.prefix(file.totalSize - 30)))
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.packages.map(\.confidence) == [.partial])
    #expect(outcome.problems == [.init(.truncated)])
  }

  /// Offsets are of the header: 78 the size of all, 86 the number of packages, 102 of fields, 110 begin and 118 end.
  @Test(
    arguments: [
      (78, UInt64.max), (78, 100), (86, 4), (86, UInt64.max), (86, 1 << 60), (102, 9), (102, 6), (110, 0),
      (110, UInt64.max),
      (118, 0), (118, 1 << 62),
    ] as [(Int, UInt64)])
  func `a header that does not fit is malformed`(offset: Int, value: UInt64) {
    var bytes = example().bytes
    bytes.replaceSubrange(offset..<(offset + 8), with: BinaryLockfile.littleEndian(value))
    let outcome = read(bytes)
    #expect(outcome.problems == [.init(.malformed, arguments: ["invalid-header"])])
    #expect(outcome.packages.isEmpty)
  }

  /// Number, begin and end fit each other; in the first row the arrays are not where they end, in the second they end
  /// beyond the file.
  @Test(arguments: [(3, 120), (1 << 20, 128)] as [(UInt64, UInt64)])
  func `packages outside of their place are malformed`(count: UInt64, begin: UInt64) {
    var bytes = example().bytes
    bytes.replaceSubrange(86..<94, with: BinaryLockfile.littleEndian(count))
    bytes.replaceSubrange(110..<118, with: BinaryLockfile.littleEndian(begin))
    bytes.replaceSubrange(118..<126, with: BinaryLockfile.littleEndian(begin + count * 261))
    #expect(read(bytes).problems == [.init(.malformed, arguments: ["invalid-header"])])
  }

  @Test func `a size beyond the end of the file with a huge number of packages ends soon`() {
    var bytes = example().bytes
    let count: UInt64 = 1 << 40
    bytes.replaceSubrange(78..<86, with: BinaryLockfile.littleEndian(UInt64(1) << 60))
    bytes.replaceSubrange(86..<94, with: BinaryLockfile.littleEndian(count))
    bytes.replaceSubrange(118..<126, with: BinaryLockfile.littleEndian(128 + count * 261))
    #expect(read(bytes).problems.contains { $0.reason == .truncated })
  }

  @Test func `a string outside of the strings is malformed`() {
    var file = BinaryLockfile(version: 3)
    file.add("app", tag: 1)
    file.add("node-ipc", version: "9.2.3")
    file.add(name: BinaryLockfile.littleEndian(UInt64(9) << 32 | 0xFFFF_FFF0 | 1 << 63), tag: 4)
    let outcome = read(file.bytes)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.packages.map(\.confidence) == [.partial])
    #expect(outcome.problems == [.init(.malformed, arguments: ["invalid-header"])])
  }

  @Test func `packages that all claim every answer cost no more than their number`() {
    var file = BinaryLockfile(version: 3)
    file.add("app", tag: 1, asks: Array(repeating: 1, count: 20_000))
    for _ in 0..<5_000 { file.add("node-ipc", version: "9.2.3") }
    file.slices = Array(repeating: (0, 20_000), count: 5_001)
    let outcome = read(file.bytes)
    #expect(outcome.packages.count == 5_000)
    #expect(outcome.paths.first == [])
  }

  @Test(arguments: [3, 5, 99, 255] as [UInt8])
  func `an unknown kind of resolution is named`(tag: UInt8) {
    var file = BinaryLockfile(version: 3)
    file.add("app", tag: 1)
    file.add("odd", tag: tag)
    let outcome = read(file.bytes)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: ["odd"])])
  }

  @Test func `an ill-formed name is named`() {
    var file = BinaryLockfile(version: 3)
    file.add("app", tag: 1)
    file.add(name: [0xFF, 0x61, 0, 0, 0, 0, 0, 0], version: "1.0.0")
    let outcome = read(file.bytes)
    #expect(outcome.packages.map(\.version) == ["1.0.0"])
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: ["\u{FFFD}a"])])
  }

  @Test func `more packages than the limit are a problem`() {
    let outcome = read(example().bytes, limits: Limits(entriesPerFile: 1))
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.problems == [.init(.tooMany, arguments: ["1"])])
  }

  @Test(arguments: [
    "", "#!/usr/bin/env bun\n", "#!/usr/bin/env bun\nbun-lockfile-format-v0\n", "{}", "#!/usr/bin/env node\n",
  ])
  func `a file that only begins like one is a problem`(text: String) {
    #expect(!read(Array(text.utf8)).problems.isEmpty)
  }
}

/// Writes a `bun.lockb` as its layout is described in ``BunLockBinaryLayout``.
struct BinaryLockfile {
  private struct Package {
    let name: [UInt8]
    let resolution: [UInt8]
    let asks: [UInt32]
    let systems: UInt32
  }

  private let version: UInt32
  private var packages: [Package] = []
  private var strings: [UInt8] = []
  var hasScripts = true
  /// What each package claims of the answers; by default each its own.
  var slices: [(first: UInt32, count: UInt32)] = []

  init(version: UInt32) {
    self.version = version
  }

  static func littleEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  mutating func add(_ name: String, tag: UInt8, asks: [UInt32] = []) {
    add(name: string(name), tag: tag, asks: asks)
  }

  mutating func add(name: [UInt8], tag: UInt8, asks: [UInt32] = []) {
    add(name, resolution: [tag], asks: asks, systems: 0x01FE_0FFE)
  }

  /// A package of a registry, without an address.
  mutating func add(_ name: String, version: String, asks: [UInt32] = [], systems: UInt32 = 0x01FE_0FFE) {
    add(name: string(name), version: version, asks: asks, systems: systems)
  }

  mutating func add(name: [UInt8], version text: String, asks: [UInt32] = [], systems: UInt32 = 0x01FE_0FFE) {
    let (core, build) = Self.halves(text, at: "+")
    let (numbers, prerelease) = Self.halves(core, at: "-")
    var resolution: [UInt8] = [2, 0, 0, 0, 0, 0, 0, 0] + string("")
    for number in numbers.split(separator: ".") {
      let value = UInt64(number) ?? 0
      resolution += version == 2 ? Self.littleEndian(UInt32(value)) : Self.littleEndian(value)
    }
    if version == 2 { resolution += [0, 0, 0, 0] }
    for tag in [prerelease, build] { resolution += string(tag) + Self.littleEndian(UInt64(0)) }
    add(name, resolution: resolution, asks: asks, systems: systems)
  }

  private mutating func add(_ name: [UInt8], resolution: [UInt8], asks: [UInt32], systems: UInt32) {
    let size = version == 2 ? 64 : 72
    let padded = resolution + Array(repeating: 0, count: size - resolution.count)
    packages.append(Package(name: name, resolution: padded, asks: asks, systems: systems))
  }

  private static func halves(_ text: String, at separator: Character) -> (String, String) {
    let parts = text.split(separator: separator, maxSplits: 1)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }

  private mutating func string(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    if bytes.count <= 8 { return bytes + Array(repeating: 0, count: 8 - bytes.count) }
    let offset = strings.count
    strings += bytes
    return Self.littleEndian(UInt64(offset) | UInt64(bytes.count) << 32 | 1 << 63)
  }

  /// What the header says: all but the padding at the end.
  var totalSize: Int { bytes.count - 144 }

  var bytes: [UInt8] {
    var file = Array("#!/usr/bin/env bun\nbun-lockfile-format-v0\n".utf8) + Self.littleEndian(version)
    file += Array(repeating: 0, count: 32 + 8)
    let fields = self.fields
    file += Self.littleEndian(UInt64(packages.count)) + Self.littleEndian(UInt64(8))
    file += Self.littleEndian(UInt64(hasScripts ? 8 : 7))
    file += Self.littleEndian(UInt64(128)) + Self.littleEndian(UInt64(128 + fields.count))
    file += [0, 0] + fields
    let answers = packages.flatMap(\.asks).flatMap { Self.littleEndian($0) }
    for array in [[], [], answers, [], [], strings] {
      let begin = file.count + 16 + 7
      file += Self.littleEndian(UInt64(begin)) + Self.littleEndian(UInt64(begin + array.count))
      file += Array("\n<any>\n".utf8) + array
    }
    file += Self.littleEndian(UInt64(0))
    file.replaceSubrange(78..<86, with: Self.littleEndian(UInt64(file.count)))
    return file + Array(repeating: 0, count: 144)
  }

  /// Field after field, each for all packages.
  private var fields: [UInt8] {
    var fields: [UInt8] = packages.flatMap(\.name)
    fields += Array(repeating: 0, count: packages.count * 8)
    fields += packages.flatMap(\.resolution)
    var next: UInt32 = 0
    var claims: [UInt8] = []
    for (index, package) in packages.enumerated() {
      let slice = slices.isEmpty ? (next, UInt32(package.asks.count)) : slices[index]
      claims += Self.littleEndian(slice.0) + Self.littleEndian(slice.1)
      next += UInt32(package.asks.count)
    }
    fields += claims + claims
    for package in packages {
      fields += [0, 0] + Self.littleEndian(package.systems) + Array(repeating: 0, count: 82)
    }
    return fields + Array(repeating: 0, count: packages.count * (20 + (hasScripts ? 49 : 0)))
  }
}
