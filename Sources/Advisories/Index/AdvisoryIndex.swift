// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CIndex
internal import CSQLite
internal import Inventory
public import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The public record of bad and vulnerable packages, as it lies on this machine: open to be read, never written.
///
/// Nothing is read ahead: a look-up costs a few pages of the file. Not to be used by two threads at once.
public final class AdvisoryIndex {
  public let path: String
  private let database: Database
  private let statements: IndexStatements
  public let information: AdvisoryIndexInformation
  /// Read when it is first of use.
  private var filter: NameFilter?

  /// Opens the file; everything that is read of it later is checked when it is read.
  /// - Throws: ``AdvisoryIndexError`` where it is missing, not an index, of another version, or damaged.
  public init(path: String) throws(AdvisoryIndexError) {
    self.path = path
    let database = try Self.open(path)
    self.database = database
    statements = IndexStatements(database)
    information = try AdvisoryIndexInformation(statements, path: path)
  }

  private static func open(_ path: String) throws(AdvisoryIndexError) -> Database {
    var handle: OpaquePointer?
    var version: Int32 = 0
    let state = gifthorse_index_open(path, Int32(AdvisoryIndexPlace.version), &version, &handle)
    if state == 0, let handle { return Database(handle, path: path) }
    switch state {
    case Int32(bitPattern: gifthorse_index_foreign.rawValue): throw AdvisoryIndexError(.foreign, path: path)
    case Int32(bitPattern: gifthorse_index_other_version.rawValue):
      throw AdvisoryIndexError(.otherVersion, path: path, detail: "\(version)")
    case -ENOENT, -ENOTDIR: throw AdvisoryIndexError(.missing, path: path)
    case ..<0: throw AdvisoryIndexError(.notReadable, path: path, detail: String(cString: strerror(-state)))
    default: throw AdvisoryIndexError(.damaged, path: path)
    }
  }

  // MARK: Names

  /// Whether a record may name what stands under this key; false is certain.
  /// - Complexity: O(1), in memory. The first call reads a few bytes of the file for each name in it.
  public func mayName(_ key: NameKey) throws(AdvisoryIndexError) -> Bool {
    try loadedFilter().mayContain(key)
  }

  /// Calls `body` with the id of every record that has something under this key, in their order, and its claims. Another name may have
  /// the same key: it is for the caller to look at the claims' names.
  /// - Complexity: One look-up in the file; many are quickest in the order of the keys.
  public func forEachClaim(
    under key: NameKey, _ body: (String, NamedClaims) throws(AdvisoryIndexError) -> Void
  ) throws(AdvisoryIndexError) {
    let statement = try statements.prepared("SELECT id, claims FROM name WHERE key = ?1")
    statement.bind(key.value, at: 1)
    defer { statement.reset() }
    while try statement.step() {
      try body(statement.text(0), try decoded(statement.bytes(1), ClaimCoding.decoded))
    }
  }

  private func loadedFilter() throws(AdvisoryIndexError) -> NameFilter {
    if let filter { return filter }
    let count = try statements.prepared("SELECT count(*) FROM filter")
    _ = try count.step()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(count.integer(0)) * IndexTables.segmentBytes)
    count.reset()
    let statement = try statements.prepared("SELECT bits FROM filter ORDER BY segment")
    while try statement.step() { bytes.append(contentsOf: statement.bytes(0)) }
    statement.reset()
    guard let filter = NameFilter(bytes) else { throw AdvisoryIndexError(.damaged, path: path) }
    self.filter = filter
    return filter
  }

  private func decoded<Value>(
    _ bytes: Bytes, _ decode: (Bytes) throws(ByteCodingError) -> Value
  ) throws(AdvisoryIndexError) -> Value {
    do throws(ByteCodingError) {
      return try decode(bytes)
    } catch {
      throw AdvisoryIndexError(.damaged, path: path, detail: "row")
    }
  }

  // MARK: Records

  /// The record of this id; nil where there is none.
  public func record(_ id: String) throws(AdvisoryIndexError) -> AdvisoryRecord? {
    let statement = try statements.prepared("SELECT id, body FROM record WHERE id = ?1")
    statement.bind(id, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let id = statement.text(0)
    return try decoded(statement.bytes(1)) { (bytes) throws(ByteCodingError) in
      try RecordCoding.decoded(id: id, bytes)
    }
  }

  /// What a record claims about its packages.
  public func claims(of record: AdvisoryRecord) throws(AdvisoryIndexError) -> [AdvisoryClaim] {
    var claims: [AdvisoryClaim] = []
    for key in Set(record.names.map({ NameKey($0.ecosystem, $0.name) })).sorted() {
      let statement = try statements.prepared("SELECT claims FROM name WHERE key = ?1 AND id = ?2")
      statement.bind(key.value, at: 1)
      statement.bind(record.id, at: 2)
      defer { statement.reset() }
      if try statement.step() { claims += try decoded(statement.bytes(0), ClaimCoding.decoded).claims }
    }
    return claims
  }

  /// The ids of the records that have this alias, in order.
  public func ids(ofAlias alias: String) throws(AdvisoryIndexError) -> [String] {
    try ids("SELECT id FROM alias WHERE alias = ?1", alias)
  }

  /// The ids of the records that know a file or an archive of this digest.
  public func ids(of digest: FileDigest) throws(AdvisoryIndexError) -> [String] {
    try ids("SELECT id FROM digest WHERE digest = ?1", digest.text)
  }

  private func ids(_ text: String, _ value: String) throws(AdvisoryIndexError) -> [String] {
    let statement = try statements.prepared(text)
    statement.bind(value, at: 1)
    defer { statement.reset() }
    var ids: [String] = []
    while try statement.step() { ids.append(statement.text(0)) }
    return ids
  }

  /// Every digest of the index, with the id of its record.
  /// - Complexity: O(digests).
  public func forEachDigest(_ body: (String, String) -> Void) throws(AdvisoryIndexError) {
    let statement = try statements.prepared("SELECT digest, id FROM digest ORDER BY digest, id")
    defer { statement.reset() }
    while try statement.step() { body(statement.text(0), statement.text(1)) }
  }

  /// Whether a flaw is known to be exploited, and since when that is known.
  public func exploited(_ cve: String) throws(AdvisoryIndexError) -> KnownExploitation? {
    let statement = try statements.prepared("SELECT added, ransomware FROM exploited WHERE cve = ?1")
    statement.bind(cve, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return KnownExploitation(cve: cve, added: statement.text(0), isUsedForRansom: statement.integer(1) != 0)
  }

  // MARK: The user's own

  /// Calls `body` with each record that somebody here has put in, as it came, and its label.
  public func forEachOwnRecord(
    _ body: (Bytes, String) throws(AdvisoryIndexError) -> Void
  ) throws(AdvisoryIndexError) {
    let statement = try statements.prepared("SELECT json, label FROM own ORDER BY id")
    defer { statement.reset() }
    while try statement.step() { try body(statement.bytes(0), statement.text(1)) }
  }

  /// Calls `body` with each OpenVEX document, by name.
  public func forEachVEXDocument(
    _ body: (String, Bytes) throws(AdvisoryIndexError) -> Void
  ) throws(AdvisoryIndexError) {
    let statement = try statements.prepared("SELECT name, json FROM vex ORDER BY name")
    defer { statement.reset() }
    while try statement.step() { try body(statement.text(0), statement.bytes(1)) }
  }
}

/// That a flaw is used by attackers.
public struct KnownExploitation: Hashable, Sendable {
  public var cve: String
  /// The date on which it became known: `2026-11-23`.
  public var added: String
  public var isUsedForRansom: Bool

  public init(cve: String, added: String, isUsedForRansom: Bool) {
    self.cve = cve
    self.added = added
    self.isUsedForRansom = isUsedForRansom
  }
}
