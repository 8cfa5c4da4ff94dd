// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension AdvisoryIndexWriter {
  /// Puts a record to the others of a first build.
  func gather(_ stored: StoredRecord) throws(AdvisoryIndexError) -> RecordOutcome {
    let body = RecordCoding.encoded(stored.record, packer: packer)
    let rows = rows(of: stored)
    let hash = Self.hash(stored.record.id, body, rows)
    if let known = try gathered(stored.record.id) {
      if known.hash == hash { return .unchanged }
      turns = max(turns, known.turn + 1)
      try write(stored, body, rows, hash, turn: known.turn + 1)
      counts.add(known.tally, times: -1)
      content &-= known.hash
    } else {
      try write(stored, body, rows, hash, turn: 0)
    }
    counts.add(IndexCounts.Tally(stored))
    content &+= hash
    return .stored
  }

  /// The claims under each name, by key.
  func rows(of stored: StoredRecord) -> [(key: NameKey, claims: [UInt8])] {
    stored.claims.sorted { $0.key < $1.key }.map { ($0.key, ClaimCoding.encoded($0.value, packer: packer)) }
  }

  private func gathered(_ id: String) throws(AdvisoryIndexError) -> (hash: UInt64, turn: Int, tally: IndexCounts.Tally)?
  {
    let statement = try statements.prepared("SELECT hash, turn, tally FROM scratch.record WHERE id = ?1")
    statement.bind(id, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    guard let tally = IndexCounts.Tally(statement.text(2)) else { throw AdvisoryIndexError(.damaged, path: path) }
    return (UInt64(bitPattern: statement.integer(0)), Int(statement.integer(1)), tally)
  }

  private func write(
    _ stored: StoredRecord, _ body: [UInt8], _ rows: [(key: NameKey, claims: [UInt8])], _ hash: UInt64, turn: Int
  ) throws(AdvisoryIndexError) {
    let record = stored.record
    try statements.run("INSERT OR REPLACE INTO scratch.record VALUES(?1, ?2, ?3, ?4, ?5)") {
      $0.bind(record.id, at: 1)
      $0.bind(body, at: 2)
      $0.bind(Int64(bitPattern: hash), at: 3)
      $0.bind(IndexCounts.Tally(stored).text, at: 4)
      $0.bind(Int64(turn), at: 5)
    }
    for row in rows {
      try statements.run("INSERT INTO scratch.name VALUES(?1, ?2, ?3, ?4)") {
        $0.bind(row.key.value, at: 1)
        $0.bind(record.id, at: 2)
        $0.bind(row.claims, at: 3)
        $0.bind(Int64(turn), at: 4)
      }
    }
    try write(record.aliases, of: record.id, to: "scratch.alias", turn)
    try write(record.digests, of: record.id, to: "scratch.digest", turn)
  }

  private func write(
    _ texts: [String], of id: String, to table: String, _ turn: Int
  ) throws(AdvisoryIndexError) {
    for text in texts {
      try statements.run("INSERT INTO \(table) VALUES(?1, ?2, ?3)") {
        $0.bind(text, at: 1)
        $0.bind(id, at: 2)
        $0.bind(Int64(turn), at: 3)
      }
    }
  }

  /// Brings everything that was gathered into the index, in order: the file is the same whatever order it came in.
  func sortGathered() throws(AdvisoryIndexError) {
    // Of a record that came twice, the newer rows alone.
    let isCurrent = turns == 0 ? "1" : "turn = (SELECT r.turn FROM scratch.record r WHERE r.id = t.id)"
    try database.execute(
      """
      INSERT INTO name SELECT key, id, claims FROM scratch.name t WHERE \(isCurrent) ORDER BY key, id;
      INSERT INTO record SELECT id, body FROM scratch.record ORDER BY id;
      INSERT OR IGNORE INTO alias SELECT alias, id FROM scratch.alias t WHERE \(isCurrent) ORDER BY alias, id;
      INSERT OR IGNORE INTO digest SELECT digest, id FROM scratch.digest t WHERE \(isCurrent) ORDER BY digest, id;
      """)
    try makeFilter()
  }

  /// A filter with room for as many names as there are, and a quarter more for those that come later.
  func makeFilter() throws(AdvisoryIndexError) {
    let count = try database.prepare("SELECT count(*) FROM name")
    _ = try count.step()
    var filter = NameFilter(names: Int(count.integer(0)) * 5 / 4)
    let keys = try database.prepare("SELECT key FROM name")
    while try keys.step() { filter.insert(NameKey(value: keys.integer(0))) }
    self.filter = filter
  }

  /// Of all that is kept of one record; the sum over all records stands for the content of the index.
  static func hash(_ id: String, _ body: [UInt8], _ rows: [(key: NameKey, claims: [UInt8])]) -> UInt64 {
    var digest = SHA256()
    Array(id.utf8).withUnsafeBufferPointer { digest.add($0) }
    body.withUnsafeBufferPointer { digest.add($0) }
    for row in rows {
      withUnsafeBytes(of: row.key.value.littleEndian) { digest.add($0.bindMemory(to: UInt8.self)) }
      row.claims.withUnsafeBufferPointer { digest.add($0) }
    }
    return digest.digest().firstWord
  }
}
