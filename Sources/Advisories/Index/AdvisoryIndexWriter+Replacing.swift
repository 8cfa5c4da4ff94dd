// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension AdvisoryIndexWriter {
  /// What an index has of one record.
  private struct Present {
    let record: AdvisoryRecord
    let body: [UInt8]
    let rows: [(key: NameKey, claims: [UInt8])]

    var hash: UInt64 { AdvisoryIndexWriter.hash(record.id, body, rows) }
  }

  /// Puts a record into a copy of an index, in the place of the one with its id.
  func replace(with stored: StoredRecord) throws(AdvisoryIndexError) -> RecordOutcome {
    let body = RecordCoding.encoded(stored.record, packer: packer)
    let rows = rows(of: stored)
    if let present = try present(stored.record.id) {
      if present.hash == Self.hash(stored.record.id, body, rows) { return .unchanged }
      try takeOut(present)
    }
    try statements.run("INSERT INTO record VALUES(?1, ?2)") {
      $0.bind(stored.record.id, at: 1)
      $0.bind(body, at: 2)
    }
    for row in rows { try insert(row, of: stored.record.id) }
    try insert(stored.record.aliases, of: stored.record.id, into: "alias")
    try insert(stored.record.digests, of: stored.record.id, into: "digest")
    counts.add(IndexCounts.Tally(stored))
    content &+= Self.hash(stored.record.id, body, rows)
    return .stored
  }

  private func insert(_ row: (key: NameKey, claims: [UInt8]), of id: String) throws(AdvisoryIndexError) {
    try statements.run("INSERT INTO name VALUES(?1, ?2, ?3)") {
      $0.bind(row.key.value, at: 1)
      $0.bind(id, at: 2)
      $0.bind(row.claims, at: 3)
    }
    if let segment = filter?.segment(of: row.key) { changedSegments.insert(segment) }
    filter?.insert(row.key)
  }

  private func insert(_ texts: [String], of id: String, into table: String) throws(AdvisoryIndexError) {
    for text in texts {
      try statements.run("INSERT OR IGNORE INTO \(table) VALUES(?1, ?2)") {
        $0.bind(text, at: 1)
        $0.bind(id, at: 2)
      }
    }
  }

  func takeOut(_ id: String) throws(AdvisoryIndexError) -> Bool {
    guard let present = try present(id) else { return false }
    try takeOut(present)
    try statements.run("DELETE FROM own WHERE id = ?1") { $0.bind(id, at: 1) }
    return true
  }

  private func takeOut(_ present: Present) throws(AdvisoryIndexError) {
    let id = present.record.id
    try statements.run("DELETE FROM record WHERE id = ?1") { $0.bind(id, at: 1) }
    for row in present.rows {
      try statements.run("DELETE FROM name WHERE key = ?1 AND id = ?2") {
        $0.bind(row.key.value, at: 1)
        $0.bind(id, at: 2)
      }
    }
    for (table, texts) in [("alias", present.record.aliases), ("digest", present.record.digests)] {
      for text in texts {
        try statements.run("DELETE FROM \(table) WHERE \(table) = ?1 AND id = ?2") {
          $0.bind(text, at: 1)
          $0.bind(id, at: 2)
        }
      }
    }
    counts.add(try tally(of: present), times: -1)
    content &-= present.hash
  }

  private func tally(of present: Present) throws(AdvisoryIndexError) -> IndexCounts.Tally {
    var claims: [NamedClaims] = []
    for row in present.rows {
      do throws(ByteCodingError) {
        claims.append(
          try row.claims.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in try ClaimCoding.decoded(bytes) })
      } catch {
        throw AdvisoryIndexError(.damaged, path: path)
      }
    }
    return IndexCounts.Tally(
      kinds: StoredRecord.kinds(of: claims), flaws: present.record.flaws, isWithdrawn: present.record.withdrawn != nil)
  }

  private func present(_ id: String) throws(AdvisoryIndexError) -> Present? {
    let statement = try statements.prepared("SELECT id, body FROM record WHERE id = ?1")
    statement.bind(id, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let record = try decoded(statement)
    let body = Array(statement.bytes(1))
    let keys = Set(record.names.map { NameKey($0.ecosystem, $0.name) }).sorted()
    var rows: [(key: NameKey, claims: [UInt8])] = []
    for key in keys {
      let row = try statements.prepared("SELECT claims FROM name WHERE key = ?1 AND id = ?2")
      row.bind(key.value, at: 1)
      row.bind(id, at: 2)
      defer { row.reset() }
      if try row.step() { rows.append((key, Array(row.bytes(0)))) }
    }
    return Present(record: record, body: body, rows: rows)
  }
}
