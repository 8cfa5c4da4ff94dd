// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

@testable internal import Advisories

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The folder of this run's indexes, in memory where the system has such a place.
private let folder: String = {
  for place in ["/dev/shm", "/tmp"] {
    var template = Array("\(place)/gifthorse-fuzz-XXXXXX".utf8CString)
    if mkdtemp(&template) != nil {
      return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
  fatalError("no folder for indexes")
}()

/// A record is refused and leaves nothing behind, or is stored, and found by its id, its aliases and each of its names, and goes out again.
func fuzzIndex(_ bytes: Bytes) {
  let (first, second) = (folder + "/first", folder + "/second")
  defer { for path in [first, second, first + ".scratch"] { unlink(path) } }
  do throws(AdvisoryIndexError) {
    let outcome = try put(bytes, first)
    let index = try AdvisoryIndex(path: first)
    if case .refused = outcome { return require(index.information.counts == IndexCounts(), "a refused record counts") }
    let source = try? OSVRecord(json: bytes)
    guard let id = source?.id, let record = try index.record(id) else { fatalError("a stored record is not there") }
    try check(record, index)
    let writer = try AdvisoryIndexWriter(path: second, basedOn: first)
    require(try writer.put(bytes, origin: .feed) == .unchanged, "the same record is another")
    require(try writer.remove(id: id), "a stored record does not go out")
    try writer.finish()
    let empty = try AdvisoryIndex(path: second).information
    require(empty.counts == IndexCounts() && empty.content == "0", "something stays behind")
  } catch {
    fatalError("\(error)")
  }
}

private func put(_ bytes: Bytes, _ path: String) throws(AdvisoryIndexError) -> RecordOutcome {
  let writer = try AdvisoryIndexWriter(path: path, basedOn: nil)
  let outcome = try writer.put(bytes, origin: .feed)
  try writer.finish()
  return outcome
}

private func check(_ record: AdvisoryRecord, _ index: AdvisoryIndex) throws(AdvisoryIndexError) {
  require(index.information.counts.records == 1, "one record is not one")
  require(try index.claims(of: record).count >= record.names.count, "a name without a claim")
  for alias in record.aliases { require(try index.ids(ofAlias: alias) == [record.id], "an alias is not found") }
  for name in record.names {
    let key = NameKey(name.ecosystem, name.name)
    require(try index.mayName(key), "the filter denies a name")
    var ids: [String] = []
    try index.forEachClaim(under: key) { id, claims in
      ids.append(id)
      require(claims.isWithdrawn == (record.withdrawn != nil), "withdrawn in one place alone")
      for claim in claims.claims { _ = (claim.affected.evaluate("1.0.0"), claim.affected.evaluateCommit("0")) }
    }
    require(ids == [record.id], "a name is not found")
  }
}

/// Rows of an index, as bytes at random: an error, or something that is written and read as the same from then on.
func fuzzRows(_ bytes: Bytes) {
  let packer = Packer()
  let claims = { (bytes: Bytes) in (try? ClaimCoding.decoded(bytes)).map { ClaimCoding.encoded($0, packer: packer) } }
  let record = { (bytes: Bytes) in
    (try? RecordCoding.decoded(id: "X", bytes)).map { RecordCoding.encoded($0, packer: packer) }
  }
  for coding in [claims, record] {
    guard let once = coding(bytes) else { continue }
    require(once.withUnsafeBufferPointer(coding) == once, "written and read, it is another")
  }
}
