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

/// Makes an index file, or a changed copy of one.
///
/// The file is not to be read before ``finish()``; whoever calls puts it in place by renaming it. Not to be used by two threads at once.
/// - Complexity: Memory is bounded whatever the number of records: what a first build gets lies in a file beside the index, and is sorted by SQLite.
public final class AdvisoryIndexWriter {
  let path: String
  let database: Database
  let packer = Packer()
  /// Whether this is a first build: then everything is gathered without order, and sorted at the end.
  let isFirstBuild: Bool
  var counts = IndexCounts()
  /// The sum of the hashes of all records: the same for the same records, however they came.
  var content: UInt64 = 0
  /// The latest change of any public record that is not in the future, in nanoseconds since 1970.
  var newest: Int64 = 0
  var filter: NameFilter?
  var changedSegments: Set<Int> = []
  private let now: Int64
  private var scratchPath: String { path + ".scratch" }
  /// How often a record came that was there already with another content.
  var turns = 0
  let statements: IndexStatements

  /// A new index at `path`, which must not exist; as a copy of the one at `basis` where that is given.
  public init(path: String, basedOn basis: String?) throws(AdvisoryIndexError) {
    self.path = path
    isFirstBuild = basis == nil
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    now = Int64(time.tv_sec) * 1_000_000_000
    if let basis {
      // Says what is wrong with it, if anything is.
      _ = try AdvisoryIndex(path: basis)
      try Self.copy(basis, to: path)
    }
    database = try Database.create(path)
    statements = IndexStatements(database)
    // The file is nobody's yet: it is made durable at the end, and thrown away if anything goes wrong before.
    if basis == nil { gifthorse_index_reserve(database.handle) }
    try database.execute(
      "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        + "PRAGMA cache_size = -32768; PRAGMA temp_store = FILE;")
    if basis == nil { try begin() } else { try goOn() }
  }

  private static func copy(_ basis: String, to path: String) throws(AdvisoryIndexError) {
    let result = gifthorse_index_copy(basis, path)
    guard result != 0 else { return }
    if result == gifthorse_index_damaged.rawValue { throw AdvisoryIndexError(.damaged, path: basis) }
    throw AdvisoryIndexError(.notWritable, path: path, detail: String(cString: strerror(-result)))
  }

  private func begin() throws(AdvisoryIndexError) {
    try database.execute(
      "PRAGMA application_id = \(gifthorse_index_application); PRAGMA user_version = \(AdvisoryIndexPlace.version);"
        + IndexTables.create)
    unlink(scratchPath)
    let statement = try database.prepare("ATTACH ?1 AS scratch")
    statement.bind(scratchPath, at: 1)
    try statement.run()
    try database.execute(
      "PRAGMA scratch.journal_mode = OFF; PRAGMA scratch.synchronous = OFF; PRAGMA scratch.cache_size = -32768;"
        + IndexTables.createScratch + "BEGIN")
  }

  private func goOn() throws(AdvisoryIndexError) {
    try database.execute("BEGIN")
    guard let text = try meta("counts"), let counts = IndexCounts(text), let sum = try meta("content"),
      let content = UInt64(sum, radix: 16), let newest = try meta("newest").flatMap({ Int64($0) }),
      let filter = NameFilter(try storedFilter())
    else { throw AdvisoryIndexError(.damaged, path: path) }
    (self.counts, self.content, self.newest, self.filter) = (counts, content, newest, filter)
  }

  private func storedFilter() throws(AdvisoryIndexError) -> [UInt8] {
    let statement = try database.prepare("SELECT bits FROM filter ORDER BY segment")
    var bytes: [UInt8] = []
    while try statement.step() { bytes.append(contentsOf: statement.bytes(0)) }
    return bytes
  }

  // MARK: Records

  /// Reads one OSV record and adds it, or puts it in the place of the one with its id.
  public func put(_ json: Bytes, origin: RecordOrigin) throws(AdvisoryIndexError) -> RecordOutcome {
    guard json.count <= Self.longestRecord else { return .refused(reason: "too-large") }
    let source: OSVRecord
    do throws(ParseError) {
      source = try OSVRecord(json: json)
    } catch {
      return .refused(reason: error.code == .unexpectedType ? "no-record" : "no-json")
    }
    return try put(source, json: Array(json), origin: origin)
  }

  /// Adds a record of somebody's own that did not come as JSON, under a label of theirs.
  public func put(_ record: OSVRecord, label: String) throws(AdvisoryIndexError) -> RecordOutcome {
    try put(record, json: record.json, origin: .own(label: label))
  }

  /// The longest id; the longest public one that is known has 60 bytes, and one's own hold names of packages.
  private static let longestID = 400
  /// The longest record, in bytes of JSON; none is known of a third of it.
  static let longestRecord = 16 << 20

  private func put(_ source: OSVRecord, json: [UInt8], origin: RecordOrigin) throws(AdvisoryIndexError) -> RecordOutcome
  {
    guard !source.id.isEmpty, source.id.utf8.count <= Self.longestID,
      source.id.utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F })
    else { return .refused(reason: "id-not-usable") }
    guard !StoredRecord.multiplies(source) else { return .refused(reason: "too-large") }
    let stored = StoredRecord(source, origin: origin)
    if origin != .feed, try isPublic(stored.record.id) { return .refused(reason: "id-of-a-public-record") }
    let outcome = try isFirstBuild ? gather(stored) : replace(with: stored)
    guard outcome != .unchanged else { return outcome }
    try keepOwn(stored.record, json)
    if origin == .feed, stored.record.modified <= now { newest = max(newest, stored.record.modified) }
    guard let flaw = stored.record.flaws.first else { return .stored }
    return .storedInPart(reason: flaw)
  }

  /// The user's own records are kept as they came, so that a new build can take them over.
  private func keepOwn(_ record: AdvisoryRecord, _ json: [UInt8]) throws(AdvisoryIndexError) {
    guard case .own(let label) = record.origin else {
      return try statements.run("DELETE FROM own WHERE id = ?1") { $0.bind(record.id, at: 1) }
    }
    try statements.run("INSERT OR REPLACE INTO own VALUES(?1, ?2, ?3)") {
      $0.bind(record.id, at: 1)
      $0.bind(label, at: 2)
      $0.bind(json, at: 3)
    }
  }

  private func isPublic(_ id: String) throws(AdvisoryIndexError) -> Bool {
    let table = isFirstBuild ? "scratch.record" : "record"
    guard try statements.has("SELECT 1 FROM \(table) WHERE id = ?1", id) else { return false }
    return try !statements.has("SELECT 1 FROM own WHERE id = ?1", id)
  }

  /// Takes the user's own records and remarks over from another index, as far as no public record has the same id.
  public func takeOwn(from path: String) throws(AdvisoryIndexError) {
    let other = try AdvisoryIndex(path: path)
    try other.forEachOwnRecord { (json, label) throws(AdvisoryIndexError) in
      _ = try put(json, origin: .own(label: label))
    }
    try other.forEachVEXDocument { (name, json) throws(AdvisoryIndexError) in try putVEX(Array(json), named: name) }
  }

  /// Takes a record out. Returns whether it was there.
  public func remove(id: String) throws(AdvisoryIndexError) -> Bool {
    precondition(!isFirstBuild, "a first build has nothing to take out")
    return try takeOut(id)
  }

  // MARK: The rest

  /// Keeps an OpenVEX document; what it says is told beside findings.
  public func putVEX(_ json: [UInt8], named name: String) throws(AdvisoryIndexError) {
    try statements.run("INSERT OR REPLACE INTO vex VALUES(?1, ?2)") {
      $0.bind(name, at: 1)
      $0.bind(json, at: 2)
    }
  }

  /// Replaces the catalogue of flaws that are known to be exploited.
  public func setKnownExploited(
    _ entries: [(cve: String, added: String, ransomware: Bool)], asOf: String
  ) throws(AdvisoryIndexError) {
    try database.execute("DELETE FROM exploited")
    for entry in entries {
      try statements.run("INSERT OR REPLACE INTO exploited VALUES(?1, ?2, ?3)") {
        $0.bind(entry.cve, at: 1)
        $0.bind(entry.added, at: 2)
        $0.bind(entry.ransomware ? 1 : 0, at: 3)
      }
    }
    try setMeta(asOf, for: "exploited-as-of")
  }

  /// How many records name this ecosystem, whatever its release.
  public func recordCount(of ecosystem: String) throws(AdvisoryIndexError) -> Int {
    counts.records(of: ecosystem)
  }

  /// Calls `body` with the id of every public record that names this ecosystem, in order.
  /// - Complexity: O(records).
  public func forEachID(of ecosystem: String, _ body: (String) -> Void) throws(AdvisoryIndexError) {
    precondition(!isFirstBuild, "a first build cannot be read yet")
    let statement = try database.prepare("SELECT id, body FROM record ORDER BY id")
    while try statement.step() {
      let record = try decoded(statement)
      guard record.origin == .feed, record.names.contains(where: { $0.ecosystem.base == ecosystem }) else { continue }
      body(record.id)
    }
  }

  func decoded(_ statement: Statement) throws(AdvisoryIndexError) -> AdvisoryRecord {
    do throws(ByteCodingError) {
      return try RecordCoding.decoded(id: statement.text(0), statement.bytes(1))
    } catch {
      throw AdvisoryIndexError(.damaged, path: path)
    }
  }

  /// What the feed has kept under a key of its own.
  public func value(_ key: String) throws(AdvisoryIndexError) -> String? { try meta("feed." + key) }

  /// Keeps a text for the feed; nil takes it away.
  public func setValue(_ value: String?, for key: String) throws(AdvisoryIndexError) {
    try setMeta(value, for: "feed." + key)
  }

  private func meta(_ key: String) throws(AdvisoryIndexError) -> String? {
    try statements.text("SELECT value FROM meta WHERE key = ?1", key)
  }

  private func setMeta(_ value: String?, for key: String) throws(AdvisoryIndexError) {
    guard let value else { return try statements.run("DELETE FROM meta WHERE key = ?1") { $0.bind(key, at: 1) } }
    try statements.run("INSERT OR REPLACE INTO meta VALUES(?1, ?2)") {
      $0.bind(key, at: 1)
      $0.bind(value, at: 2)
    }
  }

  // MARK: The end

  /// Sorts what was gathered, seals every page and makes the file durable. Afterwards this object is of no use.
  public func finish() throws(AdvisoryIndexError) {
    if isFirstBuild { try sortGathered() } else { try renewFilter() }
    try writeFilter()
    try setMeta(counts.text, for: "counts")
    try setMeta(String(content, radix: 16), for: "content")
    try setMeta(String(newest), for: "newest")
    statements.close()
    try database.execute("COMMIT")
    if isFirstBuild { try database.execute("DETACH scratch") }
    database.close()
    unlink(scratchPath)
    let result = gifthorse_index_seal(path)
    guard result == 0 else {
      throw AdvisoryIndexError(.notWritable, path: path, detail: String(cString: strerror(-result)))
    }
  }

  /// Makes the filter anew where it has become too full to be of use.
  private func renewFilter() throws(AdvisoryIndexError) {
    guard let old = filter, old.isFull else { return }
    try makeFilter()
    try database.execute("DELETE FROM filter")
    changedSegments = Set(0...(filter?.bytes.count ?? 0) / IndexTables.segmentBytes)
  }

  private func writeFilter() throws(AdvisoryIndexError) {
    guard let filter else { return }
    let segments = (filter.bytes.count + IndexTables.segmentBytes - 1) / IndexTables.segmentBytes
    for segment in 0..<segments where isFirstBuild || changedSegments.contains(segment) {
      let start = segment * IndexTables.segmentBytes
      let end = min(filter.bytes.count, start + IndexTables.segmentBytes)
      try statements.run("INSERT OR REPLACE INTO filter VALUES(?1, ?2)") {
        $0.bind(Int64(segment), at: 1)
        $0.bind(Array(filter.bytes[start..<end]), at: 2)
      }
    }
  }
}
