// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Little-endian numbers at any offset, each checked.
struct BinaryBytes {
  let bytes: Bytes

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  func byte(at offset: Int) throws(ParseError) -> UInt8 {
    guard bytes.indices.contains(offset) else { throw ParseError(.unexpectedEnd, at: bytes.count) }
    return bytes[offset]
  }

  /// - Parameter width: 4 or 8 bytes.
  func number(at offset: Int, width: Int) throws(ParseError) -> UInt64 {
    guard offset >= 0, offset <= bytes.count, bytes.count - offset >= width else {
      throw ParseError(.unexpectedEnd, at: bytes.count)
    }
    var value: UInt64 = 0
    for index in (offset..<(offset + width)).reversed() { value = value << 8 | UInt64(bytes[index]) }
    return value
  }

  /// A number of eight bytes that stands for an offset or a count, and so must fit.
  func size(at offset: Int) throws(ParseError) -> Int {
    guard let value = Int(exactly: try number(at: offset, width: 8)) else {
      throw ParseError(.invalidHeader, at: offset)
    }
    return value
  }
}

/// Where what lies in a `bun.lockb`.
///
/// 42 bytes of header, the format's version (4), a hash (32), the size of all that counts (8). Then the packages: their
/// number, alignment, number of fields, begin and end (8 each); from `begin` on each field of all packages in turn,
/// without gaps. Then six arrays, each with begin and end (8 each): trees, hoisted dependencies, resolutions (package
/// numbers, 4 each), dependencies, external strings, string bytes.
/// - A string is 8 bytes: itself, zero-filled, or, where the highest bit is set, offset and length in the string bytes.
/// - A resolution is a tag, 7 bytes of padding, and a union, of which the tag says what it holds.
struct BunLockBinaryLayout {
  static let knownVersions = 2...3

  private static let header: StaticString = "#!/usr/bin/env bun\nbun-lockfile-format-v0\n"
  /// Behind the header: version, hash, total size.
  private static let packagesOffset = header.utf8CodeUnitCount + 4 + 32 + 8

  private let file: BinaryBytes
  /// Of each of a version's three numbers, in bytes.
  private let numberWidth: Int
  /// How many packages have at least their name and a part of their resolution in the file; all, unless it is cut.
  let packageCount: Int
  /// Whether the file is shorter than its header says.
  let isCut: Bool
  /// Begin of each field that is read here.
  private let fields: Fields
  /// Numbers of packages, four bytes each, of which every package has a slice.
  private let resolutions: Range<Int>
  private let strings: Range<Int>

  /// Offsets of the first package's name, resolution, dependencies and metadata.
  private struct Fields {
    let name: Int
    let resolution: Int
    let resolutionSize: Int
    let targets: Int
    let metadata: Int
  }

  /// The tag of a resolution, which tells what its union holds.
  private enum Tag: UInt8 {
    case root = 1
    case npm = 2
    case folder = 4
    case localTarball = 8
    case github = 16
    case git = 32
    case symlink = 64
    case workspace = 72
    case remoteTarball = 80
    case singleFileModule = 100
  }

  // MARK: Finding the parts

  static func version(_ file: BinaryBytes) throws(ParseError) -> Int {
    let length = header.utf8CodeUnitCount
    for index in 0..<min(length, file.count) where file.bytes[index] != header.utf8Start[index] {
      throw ParseError(.invalidHeader, at: index)
    }
    return Int(try file.number(at: length, width: 4))
  }

  init(_ file: BinaryBytes, version: Int) throws(ParseError) {
    self.file = file
    numberWidth = version == 2 ? 4 : 8
    let total = try file.size(at: Self.packagesOffset - 8)
    isCut = total > file.count
    let count = try file.size(at: Self.packagesOffset)
    let begin = try file.size(at: Self.packagesOffset + 24)
    let end = try file.size(at: Self.packagesOffset + 32)
    fields = try Self.fields(file, count: count, begin: begin, end: end, numberWidth: numberWidth)
    packageCount = min(count, max(0, file.count - fields.resolution) / fields.resolutionSize)
    guard end <= total else { throw ParseError(.invalidHeader, at: Self.packagesOffset + 32) }
    (resolutions, strings) = try Self.arrays(file, from: end, total: total)
  }

  private static func fields(
    _ file: BinaryBytes, count: Int, begin: Int, end: Int, numberWidth: Int
  ) throws(ParseError) -> Fields {
    // 8 of padding and tag, 8 of address, three numbers (with 4 of padding where they are narrow), 32 of prerelease and
    // build.
    let resolutionSize = 8 + 8 + (numberWidth == 4 ? 16 : 24) + 32
    // Name, its hash, resolution, dependencies, resolutions, metadata, executables.
    let sizeWithoutScripts = 8 + 8 + resolutionSize + 8 + 8 + 88 + 20
    let fieldCount = try file.size(at: packagesOffset + 16)
    // `scripts` came with bun 0.6.8.
    let size = fieldCount == 8 ? sizeWithoutScripts + 49 : sizeWithoutScripts
    guard (7...8).contains(fieldCount) else { throw ParseError(.invalidHeader, at: packagesOffset + 16) }
    let (bytes, overflows) = count.multipliedReportingOverflow(by: size)
    guard !overflows, begin <= end, end - begin == bytes else {
      throw ParseError(.invalidHeader, at: packagesOffset + 24)
    }
    let resolution = begin + count * 16
    let targets = resolution + count * (resolutionSize + 8)
    return Fields(
      name: begin, resolution: resolution, resolutionSize: resolutionSize, targets: targets,
      metadata: targets + count * 8)
  }

  /// The third and the last of the six arrays, as far as the file goes.
  private static func arrays(
    _ file: BinaryBytes, from start: Int, total: Int
  ) throws(ParseError) -> (resolutions: Range<Int>, strings: Range<Int>) {
    var ranges: [Range<Int>] = []
    var position = start
    while ranges.count < 6 {
      guard position <= file.count - 16 || total <= file.count else { break }
      let begin = try file.size(at: position)
      let end = try file.size(at: position + 8)
      guard begin >= position + 16, begin <= end, end <= total else { throw ParseError(.invalidHeader, at: position) }
      ranges.append(min(begin, file.count)..<min(end, file.count))
      position = end
    }
    if total <= file.count {
      guard try file.size(at: position) == 0 else { throw ParseError(.invalidHeader, at: position) }
    }
    let nothing = file.count..<file.count
    return (ranges.count > 2 ? ranges[2] : nothing, ranges.count > 5 ? ranges[5] : nothing)
  }

  // MARK: Packages

  func offset(ofNameOf package: Int) -> Int {
    fields.name + package * 8
  }

  func name(ofPackage package: Int) throws(ParseError) -> String {
    try string(at: offset(ofNameOf: package))
  }

  /// What the package was resolved to; nil for a tag that is not known.
  func origin(ofPackage package: Int, named name: String) throws(ParseError) -> BunResolution.Origin? {
    let offset = fields.resolution + package * fields.resolutionSize
    let value = offset + 8
    switch Tag(rawValue: try file.byte(at: offset)) {
    case nil: return nil
    case .root: return .own(folder: nil)
    case .folder, .symlink, .workspace: return .own(folder: try string(at: value))
    case .npm: return .registry(version: try version(at: value + 8))
    case .localTarball, .remoteTarball:
      let address = try string(at: value)
      return .elsewhere(
        address: PackageSource.redacted(address), version: TarballAddress.version(in: address, of: name))
    case .github: return .elsewhere(address: "github:" + (try repository(at: value)), version: nil)
    case .git: return .elsewhere(address: PackageSource.redacted("git+" + (try repository(at: value))), version: nil)
    case .singleFileModule: return .elsewhere(address: PackageSource.redacted(try string(at: value)), version: nil)
    }
  }

  /// The tarball of a package from a registry; nil for any other.
  func address(ofPackage package: Int) throws(ParseError) -> String? {
    let offset = fields.resolution + package * fields.resolutionSize
    return try file.byte(at: offset) == Tag.npm.rawValue ? string(at: offset + 8) : nil
  }

  /// Whether the package is for some processors or systems only: two sets of bits, which are all set where it is for
  /// any.
  func isForOneSystem(_ package: Int) -> Bool {
    let offset = fields.metadata + package * 88
    guard let bits = try? file.number(at: offset + 2, width: 4) else { return false }
    return bits & Self.anySystem != Self.anySystem
  }

  /// Processors in the lower two bytes, of which bits 1 to 11 are known; systems in the upper two, bits 1 to 8.
  private static let anySystem: UInt64 = 0x01FE_0FFE

  /// How many answers there are to all that the packages ask for.
  var targetCount: Int { resolutions.count / 4 }

  /// The numbers of the packages that this one asks for, as far as they were resolved; at most `limit`.
  func targets(ofPackage package: Int, limit: Int) -> [Int] {
    let offset = fields.targets + package * 8
    guard let first = try? file.number(at: offset, width: 4), let count = try? file.number(at: offset + 4, width: 4)
    else {
      return []
    }
    guard first <= targetCount, count <= targetCount - Int(first) else { return [] }
    return (Int(first)..<(Int(first) + min(Int(count), limit))).compactMap { index in
      (try? file.number(at: resolutions.lowerBound + index * 4, width: 4)).map { Int($0) }
    }
  }

  // MARK: Values

  private func version(at offset: Int) throws(ParseError) -> String {
    var numbers: [String] = []
    for index in 0..<3 { numbers.append("\(try file.number(at: offset + index * numberWidth, width: numberWidth))") }
    let tags = offset + (numberWidth == 4 ? 16 : 24)
    let prerelease = try string(at: tags)
    let build = try string(at: tags + 16)
    return numbers.joined(separator: ".") + (prerelease.isEmpty ? "" : "-" + prerelease)
      + (build.isEmpty ? "" : "+" + build)
  }

  /// `owner/repository#commit`; owner, repository, what was asked for, and what that was resolved to are strings in a
  /// row.
  private func repository(at offset: Int) throws(ParseError) -> String {
    let owner = try string(at: offset)
    let name = try string(at: offset + 8)
    let asked = try string(at: offset + 16)
    let resolved = try string(at: offset + 24)
    // `owner-repository-commit`
    let commit = resolved.isEmpty ? asked : String(resolved.split(separator: "-").last ?? "")
    return (owner.isEmpty ? "" : owner + "/") + name + (commit.isEmpty ? "" : "#" + commit)
  }

  private func string(at offset: Int) throws(ParseError) -> String {
    let value = try file.number(at: offset, width: 8)
    guard value >> 63 == 1 else {
      let content = file.bytes[slice: offset..<(offset + 8)]
      return content[slice: 0..<(content.firstOffset(of: 0) ?? 8)].string
    }
    let (start, length) = (Int(value & 0xFFFF_FFFF), Int(value >> 32 & 0x7FFF_FFFF))
    guard start <= strings.count, length <= strings.count - start else { throw ParseError(.invalidHeader, at: offset) }
    return file.bytes[slice: (strings.lowerBound + start)..<(strings.lowerBound + start + length)].string
  }
}
