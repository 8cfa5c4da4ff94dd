// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Parsing
import TestSupport
import Testing
import Versions

@testable import Advisories

/// A folder in which indexes are made.
struct IndexFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> String { folder.path(name) }

  /// Makes the index `name` of these records, on the index `basis` where that is given, and opens it.
  @discardableResult
  func make(
    _ name: String, _ records: [String] = [], on basis: String? = nil, removing: [String] = [],
    then: (AdvisoryIndexWriter) throws -> Void = { _ in }
  ) throws -> AdvisoryIndex {
    let writer = try AdvisoryIndexWriter(path: path(name), basedOn: basis.map(path))
    for record in records { _ = try writer.put(record) }
    for id in removing { _ = try writer.remove(id: id) }
    try then(writer)
    try writer.finish()
    return try open(name)
  }

  func open(_ name: String) throws -> AdvisoryIndex { try AdvisoryIndex(path: path(name)) }

  func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path(name)))) }
}

extension AdvisoryIndexWriter {
  func put(_ json: String, origin: RecordOrigin = .feed) throws -> RecordOutcome {
    try Array(json.utf8).withUnsafeBufferPointer { try put($0, origin: origin) }
  }
}

extension AdvisoryIndex {
  /// The ids of the records that name a package, and the versions of these that they condemn.
  func ids(_ ecosystem: Ecosystem, _ name: String, _ version: String) throws -> [String] {
    var ids: [String] = []
    guard try mayName(NameKey(ecosystem, name)) else { return [] }
    try forEachClaim(under: NameKey(ecosystem, name)) { id, claims in
      let isMeant = claims.claims.contains { $0.affected.name == name && $0.affected.evaluate(version) == .yes }
      if isMeant, !claims.isWithdrawn { ids.append(id) }
    }
    return ids
  }

  /// Everything that the index answers, one behind the other.
  func everything(ids: [String], names: [AdvisoryRecord.Name]) throws -> [UInt8] {
    let packer = Packer()
    var answers = ByteWriter()
    answers.texts([information.counts.text, information.content, information.asOf])
    for id in ids {
      guard let record = try record(id) else {
        answers.text("none")
        continue
      }
      answers.append(RecordCoding.encoded(record, packer: packer))
      var all = NamedClaims()
      all.claims = try claims(of: record)
      answers.append(ClaimCoding.encoded(all, packer: packer))
      for alias in record.aliases { answers.texts(try self.ids(ofAlias: alias)) }
    }
    for name in names {
      let key = NameKey(name.ecosystem, name.name)
      answers.byte(try mayName(key) ? 1 : 0)
      try forEachClaim(under: key) {
        answers.text($0)
        answers.append(ClaimCoding.encoded($1, packer: packer))
      }
    }
    try forEachDigest { answers.texts([$0, $1]) }
    try forEachOwnRecord { answers.texts([$0.string, $1]) }
    try forEachVEXDocument { answers.texts([$0, $1.string]) }
    answers.text(String(describing: try exploited("CVE-2026-1")))
    return answers.bytes
  }
}

/// `#expect` for what a call that may throw answers: a closure around the macro is not seen to throw.
func expect(
  _ outcome: RecordOutcome, _ expected: RecordOutcome, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome == expected, sourceLocation: sourceLocation)
}
