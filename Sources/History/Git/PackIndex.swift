// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Where in a pack, or in one of several packs, an object lies.
///
/// Names are looked up in the file itself; only the table of first bytes is kept.
/// - Source: https://git-scm.com/docs/gitformat-pack, versions 1 and 2 of the index, and the multi-pack-index (read
///   2026-11-25)
final class PackIndex {
  /// An object's place: which of the packs (always 0 in an index of one), and where in it.
  struct Place: Hashable {
    var pack: Int
    var offset: Int
  }

  private enum Layout {
    /// Offset and name side by side.
    case together
    /// One table each, and one for offsets beyond 31 bits.
    case apart(offsets: Int, large: Int)
    /// Number of the pack and offset side by side; a table for large offsets, if there is any.
    case several(offsets: Int, large: Int?)
  }

  private let file: FileWindows.File
  private let hashBytes: Int
  private let layout: Layout
  /// Where the names begin, and from each to the next.
  private let names: Int
  private let stride: Int
  /// How many names begin with a byte up to this one.
  private let fanout: [Int]
  /// The files `pack-….idx` that a multi-pack-index speaks for.
  let packNames: [String]

  var count: Int { fanout[255] }

  /// Opens `pack-….idx`.
  init(_ file: FileWindows.File, hashBytes: Int) throws(GitFault) {
    (self.file, self.hashBytes, packNames) = (file, hashBytes, [])
    let start = try file.bytes(8, at: 0)
    guard start[..<4] == [0xFF, 0x74, 0x4F, 0x63] else {
      fanout = try Self.fanout(file, at: 0)
      (layout, names, stride) = (.together, 1024 + 4, 4 + hashBytes)
      try check(end: 1024 + fanout[255] * stride + 2 * hashBytes)
      return
    }
    guard start[4...] == [0, 0, 0, 2] else { throw Self.unknownVersion(start[7], file) }
    fanout = try Self.fanout(file, at: 8)
    (names, stride) = (8 + 1024, hashBytes)
    let offsets = names + fanout[255] * (hashBytes + 4)
    layout = .apart(offsets: offsets, large: offsets + fanout[255] * 4)
    try check(end: offsets + fanout[255] * 4 + 2 * hashBytes)
  }

  /// Opens `multi-pack-index`.
  init(multiple file: FileWindows.File, hashBytes: Int) throws(GitFault) {
    (self.file, self.hashBytes, stride) = (file, hashBytes, hashBytes)
    let start = try file.bytes(12, at: 0)
    guard start[..<4].elementsEqual("MIDX".utf8) else { throw Self.malformed(file) }
    guard start[4] == 1, start[5] == (hashBytes == 32 ? 2 : 1) else { throw Self.unknownVersion(start[4], file) }
    var chunks: [String: Range<Int>] = [:]
    var previous: (String, Int)?
    for number in 0...Int(start[6]) {
      let row = try file.bytes(12, at: 12 + number * 12)
      let offset = row[4...].reduce(0) { $0 &<< 8 | Int($1) }
      guard offset >= 0, offset <= file.size, offset >= previous?.1 ?? 0 else { throw Self.malformed(file) }
      if let previous { chunks[previous.0] = previous.1..<offset }
      previous = (String(decoding: row[..<4], as: UTF8.self), offset)
    }
    guard let packs = chunks["PNAM"], let table = chunks["OIDF"], let ids = chunks["OIDL"],
      let offsets = chunks["OOFF"],
      packs.count <= 16 << 20
    else { throw Self.malformed(file) }
    packNames = try file.bytes(packs.count, at: packs.lowerBound).split(separator: 0).map {
      String(decoding: $0, as: UTF8.self)
    }
    fanout = try Self.fanout(file, at: table.lowerBound)
    (names, layout) = (ids.lowerBound, .several(offsets: offsets.lowerBound, large: chunks["LOFF"]?.lowerBound))
    try check(end: max(names + fanout[255] * hashBytes, offsets.lowerBound + fanout[255] * 8))
  }

  /// Where the object lies; nil where this index does not have it.
  func place(of id: GitObjectID) throws(GitFault) -> Place? {
    var low = id.firstByte == 0 ? 0 : fanout[id.firstByte - 1]
    var high = fanout[id.firstByte]
    var lowWord = UInt64(id.firstByte) << 56
    var highWord = lowWord | ((1 << 56) - 1)
    // Names are spread evenly, so that the place can be guessed well; where somebody chose them, halving goes on.
    var guesses = 4
    while low < high {
      var middle = (low + high) / 2
      if guesses > 0, highWord > lowWord, id.firstWord >= lowWord {
        let share = Double(id.firstWord - lowWord) / Double(highWord - lowWord)
        middle = min(high - 1, low + Int(Double(high - low) * min(share, 1)))
        guesses -= 1
      }
      let found = try name(middle)
      if found == id { return try place(at: middle) }
      if found < id {
        (low, lowWord) = (middle + 1, found.firstWord)
      } else {
        (high, highWord) = (middle, found.firstWord)
      }
    }
    return nil
  }

  private func name(_ number: Int) throws(GitFault) -> GitObjectID {
    let offset = names + number * stride
    let piece = try file.piece(at: offset)
    if piece.count >= hashBytes { return GitObjectID(piece[slice: 0..<hashBytes]) }
    return try file.bytes(hashBytes, at: offset).withUnsafeBufferPointer { GitObjectID($0) }
  }

  private func place(at number: Int) throws(GitFault) -> Place {
    switch layout {
    case .together: return Place(pack: 0, offset: try file.number32(at: names - 4 + number * stride))
    case .apart(let offsets, let large):
      return Place(pack: 0, offset: try offset(try file.number32(at: offsets + number * 4), large))
    case .several(let offsets, let large):
      let pack = try file.number32(at: offsets + number * 8)
      return Place(pack: pack, offset: try offset(try file.number32(at: offsets + number * 8 + 4), large))
    }
  }

  /// The highest bit says that the rest is a row of the table of large offsets, where there is such a table.
  private func offset(_ word: Int, _ large: Int?) throws(GitFault) -> Int {
    guard let large, word & 0x8000_0000 != 0 else { return word }
    let value = try file.bytes(8, at: large + (word & 0x7FFF_FFFF) * 8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let offset = Int(exactly: value) else { throw Self.malformed(file) }
    return offset
  }

  private static func fanout(_ file: FileWindows.File, at offset: Int) throws(GitFault) -> [Int] {
    let bytes = try file.bytes(1024, at: offset)
    let table = (0..<256).map { index in bytes[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | Int($1) } }
    for index in 1..<256 where table[index] < table[index - 1] { throw malformed(file) }
    return table
  }

  private func check(end: Int) throws(GitFault) {
    guard end <= file.size else { throw GitFault(.truncated, path: file.path) }
  }

  private static func malformed(_ file: FileWindows.File) -> GitFault {
    GitFault(.malformed, ["invalid-header"], path: file.path)
  }

  private static func unknownVersion(_ version: UInt8, _ file: FileWindows.File) -> GitFault {
    GitFault(.unknownFormatVersion, ["\(version)"], path: file.path)
  }
}
