// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Refs and their logs out of a stack of reftables, of which later ones overrule earlier ones.
///
/// - Source: https://git-scm.com/docs/reftable (read 2026-11-25)
struct GitTables {
  private(set) var references: [[UInt8]: GitReferences.Target] = [:]
  private var logs: [LogKey: GitReflog.Entry?] = [:]
  private let hashBytes: Int

  private struct LogKey: Hashable {
    let name: [UInt8]
    let update: UInt64
  }

  /// Bytes of one table, and how many there may be.
  private static let tableLimit = 256 << 20
  private static let stackLimit = 1_000
  private static let logBlockLimit = 16 << 20

  /// Reads `tables.list` and the tables that it names.
  init(_ folder: GitFolder, hashBytes: Int) throws(GitFault) {
    self.hashBytes = hashBytes
    guard let list = try folder.bytes(of: "tables.list", limit: 1 << 20) else { return }
    let names = list.split(separator: 0x0A)
    guard names.count <= Self.stackLimit else { throw GitFault(.tooMany, ["\(Self.stackLimit)"], path: folder.path) }
    for name in names {
      let name = String(decoding: name, as: UTF8.self)
      guard !name.utf8.contains(UInt8(ascii: "/")), name != "..", name != "." else {
        throw GitFault(.malformed, ["name"], path: folder.shown("tables.list"))
      }
      guard let bytes = try folder.bytes(of: name, limit: Self.tableLimit) else {
        throw GitFault(.vanished, path: folder.shown(name))
      }
      do throws(GitFault) {
        try bytes.withUnsafeBufferPointer { (table) throws(GitFault) in try read(table) }
      } catch { throw error.of(folder.shown(name)) }
    }
  }

  /// The logs by the names of their refs, the oldest entry first.
  var reflogs: [[UInt8]: GitReflog] {
    var result: [[UInt8]: GitReflog] = [:]
    for (key, entry) in logs.sorted(by: { $0.key.update < $1.key.update }) {
      if let entry { result[key.name, default: GitReflog()].entries.append(entry) }
    }
    return result
  }

  private static let malformed = GitFault(.malformed, ["reftable"])

  private mutating func read(_ table: Bytes) throws(GitFault) {
    guard table.count >= 24, table.starts(with: "REFT") else { throw Self.malformed }
    guard table[4] == 1 || table[4] == 2 else { throw GitFault(.unknownFormatVersion, ["\(table[4])"]) }
    let head = table[4] == 2 ? 28 : 24
    let footer = head + 44
    // The footer begins with the head once more.
    guard table.count >= head + footer,
      table[slice: table.count - footer..<table.count - footer + head].equals(table[slice: 0..<head])
    else { throw GitFault(.truncated) }
    let blockSize = Int(Self.number(table, 5, bytes: 3))
    let firstUpdate = Self.number(table, 8, bytes: 8)
    let end = table.count - footer
    let inflater = GitInflater()
    var offset = head
    while offset < end {
      let type = table[offset]
      // Padding up to the next block.
      if type == 0 {
        guard blockSize > 0 else { throw Self.malformed }
        offset = (offset / blockSize + 1) * blockSize
        continue
      }
      guard end - offset >= 4 else { throw GitFault(.truncated) }
      let length = Int(Self.number(table, offset + 1, bytes: 3))
      // The first block begins with the table's own head, which its length counts.
      let start = offset == head ? 0 : offset
      if type == UInt8(ascii: "g") {
        offset += try readLogs(table[slice: offset..<end], length: length - (offset - start), inflater)
        continue
      }
      guard length >= offset - start + 6, length <= end - start else { throw GitFault(.truncated) }
      if type == UInt8(ascii: "r") {
        try readReferences(table[slice: start..<start + length], from: offset - start + 4, firstUpdate)
      } else if type != UInt8(ascii: "o"), type != UInt8(ascii: "i") {
        throw Self.malformed
      }
      offset = start + length
    }
  }

  private static func number(_ bytes: Bytes, _ offset: Int, bytes count: Int) -> UInt64 {
    (offset..<offset + count).reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
  }

  private mutating func readReferences(_ block: Bytes, from start: Int, _ firstUpdate: UInt64) throws(GitFault) {
    var records = try Records(block, from: start)
    while let (name, type) = try records.next() {
      _ = try records.varint()
      switch type {
      case 0: references[name] = nil
      case 1: references[name] = .id(try records.id(hashBytes))
      case 2:
        references[name] = .id(try records.id(hashBytes))
        _ = try records.id(hashBytes)
      case 3: references[name] = .symbolic(try records.text())
      default: throw Self.malformed
      }
    }
  }

  /// - Parameter length: Of the block unpacked, its own head of four bytes counted.
  /// - Returns: How many bytes the block takes in the table.
  private mutating func readLogs(_ packed: Bytes, length: Int, _ inflater: GitInflater) throws(GitFault) -> Int {
    guard length >= 6, length <= Self.logBlockLimit else { throw Self.malformed }
    let (bytes, taken, isWhole) = try inflater.inflate(packed[slice: 4..<packed.count], limit: length - 4)
    guard isWhole || bytes.count == length - 4 else { throw GitFault(.truncated) }
    guard bytes.count == length - 4 else { throw Self.malformed }
    try bytes.withUnsafeBufferPointer { (block) throws(GitFault) in
      var records = try Records(block, from: 0)
      while let (key, type) = try records.next() { try readLog(key, type, &records) }
    }
    return 4 + taken
  }

  private mutating func readLog(_ key: [UInt8], _ type: UInt8, _ records: inout Records) throws(GitFault) {
    guard key.count >= 9, key[key.count - 9] == 0, type <= 1 else { throw Self.malformed }
    // Counted down, so that the newest comes first.
    let update = ~key.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let logKey = LogKey(name: Array(key.dropLast(9)), update: update)
    guard type == 1 else {
      logs[logKey] = .some(nil)
      return
    }
    let (old, new) = (try records.id(hashBytes), try records.id(hashBytes))
    _ = try records.text()
    _ = try records.text()
    let seconds = try records.varint()
    _ = try records.raw(2)
    _ = try records.text()
    logs[logKey] = GitReflog.Entry(old: old, new: new, seconds: Int64(min(seconds, 9_000_000_000)))
  }

  /// The records of one block, each of which repeats the beginning of the key before it.
  private struct Records {
    private let block: Bytes
    private var offset: Int
    private let end: Int
    private var key: [UInt8] = []

    init(_ block: Bytes, from start: Int) throws(GitFault) {
      self.block = block
      offset = start
      let restarts = block.count >= 2 ? Int(number(block, block.count - 2, bytes: 2)) : 0
      end = block.count - 2 - restarts * 3
      // There is no block without a record, and the first one is a restart.
      guard restarts > 0, end > start else { throw malformed }
    }

    mutating func next() throws(GitFault) -> (key: [UInt8], type: UInt8)? {
      guard offset < end else { return nil }
      let prefix = try length()
      let word = try varint()
      guard prefix <= key.count, word >> 3 <= UInt64(end - offset) else { throw malformed }
      key.removeLast(key.count - prefix)
      key += try raw(Int(word >> 3))
      return (key, UInt8(word & 7))
    }

    mutating func raw(_ count: Int) throws(GitFault) -> Bytes {
      guard count <= end - offset else { throw GitFault(.truncated) }
      offset += count
      return block[slice: offset - count..<offset]
    }

    mutating func id(_ count: Int) throws(GitFault) -> GitObjectID { GitObjectID(try raw(count)) }

    mutating func text() throws(GitFault) -> [UInt8] { Array(try raw(try length())) }

    private mutating func length() throws(GitFault) -> Int {
      let value = try varint()
      guard value <= UInt64(block.count) else { throw malformed }
      return Int(value)
    }

    /// As the distances in a pack: the highest bits first, one added for each further byte.
    mutating func varint() throws(GitFault) -> UInt64 {
      var byte = try raw(1)[0]
      var value = UInt64(byte & 0x7F)
      while byte & 0x80 != 0 {
        guard value < 1 << 56 else { throw malformed }
        byte = try raw(1)[0]
        value = (value + 1) << 7 | UInt64(byte & 0x7F)
      }
      return value
    }
  }
}
