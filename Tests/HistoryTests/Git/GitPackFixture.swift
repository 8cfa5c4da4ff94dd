// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport

@testable import History

/// Writes packs and their indexes.
struct GitPackFixture {
  enum Entry {
    case whole(GitFixture.Object)
    /// A difference to the entry that many entries before.
    case near(GitFixture.Object, base: GitFixture.Object, back: Int)
    /// A difference to an object by its name.
    case named(GitFixture.Object, base: String, delta: [UInt8])
    /// Bytes as they are to stand there.
    case raw(id: String, [UInt8])

    var id: String {
      switch self {
      case .whole(let object), .near(let object, _, _), .named(let object, _, _): object.id
      case .raw(let id, _): id
      }
    }
  }

  enum IndexVersion: CaseIterable {
    case one
    case two
    /// Version 2, with all offsets in the table of large ones.
    case large
  }

  let pack: [UInt8]
  let index: [UInt8]

  init(_ entries: [Entry], version: UInt8 = 2, index: IndexVersion = .two, hashBytes: Int = 20) {
    var bytes = Array("PACK".utf8) + [0, 0, 0, version] + GitFixture.word(entries.count)
    var offsets: [Int] = []
    for (number, entry) in entries.enumerated() {
      offsets.append(bytes.count)
      switch entry {
      case .whole(let object):
        let types = ["commit": 1, "tree": 2, "blob": 3, "tag": 4]
        bytes += Self.head(types[object.kind] ?? 0, object.bytes.count) + GitFixture.deflated(object.bytes)
      case .near(let object, let base, let back):
        let delta = Self.delta(from: base.bytes, to: object.bytes)
        bytes += Self.head(6, delta.count) + Self.distance(bytes.count - offsets[number - back])
        bytes += GitFixture.deflated(delta)
      case .named(_, let base, let delta):
        bytes += Self.head(7, delta.count) + GitFixture.bytes(base) + GitFixture.deflated(delta)
      case .raw(_, let raw): bytes += raw
      }
    }
    pack = bytes + [UInt8](repeating: 0, count: hashBytes)
    let rows = zip(entries.map { GitFixture.bytes($0.id) }, offsets).sorted { $0.0.lexicographicallyPrecedes($1.0) }
    self.index = Self.index(rows, index, hashBytes)
  }

  func write(to fixture: GitFixture, _ name: String = "pack-1", store: String = ".git/objects") throws {
    try fixture.folder.write(pack, to: "\(store)/pack/\(name).pack")
    try fixture.folder.write(index, to: "\(store)/pack/\(name).idx")
  }

  static func head(_ type: Int, _ size: Int) -> [UInt8] {
    var result = [UInt8(type << 4 | size & 15)]
    var rest = size >> 4
    while rest > 0 {
      result[result.count - 1] |= 0x80
      result.append(UInt8(rest & 0x7F))
      rest >>= 7
    }
    return result
  }

  static func distance(_ value: Int) -> [UInt8] {
    var result = [UInt8(value & 0x7F)]
    var rest = value >> 7
    while rest > 0 {
      rest -= 1
      result.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
      rest >>= 7
    }
    return result
  }

  static func number(_ value: Int) -> [UInt8] {
    var (result, rest): ([UInt8], Int) = ([], value)
    repeat {
      result.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return result
  }

  /// Copies what both begin with, and inserts the rest.
  static func delta(from base: [UInt8], to target: [UInt8]) -> [UInt8] {
    let shared = zip(base, target).prefix { $0 == $1 }.count
    var result = number(base.count) + number(target.count)
    if shared > 0 { result += [0x80 | 0x10 | 0x20 | 0x40] + [0, 1, 2].map { UInt8(shared >> ($0 * 8) & 0xFF) } }
    var rest = target[shared...]
    while !rest.isEmpty {
      let part = rest.prefix(127)
      result += [UInt8(part.count)] + part
      rest = rest.dropFirst(part.count)
    }
    return result
  }

  private static func index(_ rows: [([UInt8], Int)], _ version: IndexVersion, _ hashBytes: Int) -> [UInt8] {
    let fanout = (0..<256).flatMap { byte in GitFixture.word(rows.filter { Int($0.0[0]) <= byte }.count) }
    let trailer = [UInt8](repeating: 0, count: 2 * hashBytes)
    if version == .one { return fanout + rows.flatMap { GitFixture.word($0.1) + $0.0 } + trailer }
    var result: [UInt8] = [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2] + fanout + rows.flatMap(\.0)
    result += [UInt8](repeating: 0, count: 4 * rows.count)
    if version == .two { return result + rows.flatMap { GitFixture.word($0.1) } + trailer }
    result += rows.indices.flatMap { GitFixture.word(0x8000_0000 | $0) }
    return result + rows.flatMap { GitFixture.word($0.1, bytes: 8) } + trailer
  }
}
