// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Discovery
internal import Inventory
internal import Versions

extension RecordJudgement {
  /// Adds what was found by a digest that a record knows.
  /// - Parameter first: How many digests of incidents come before those of records in the numbers of the walk.
  mutating func judge(_ digests: RecordDigests, behind first: Int) throws(AdvisoryIndexError) {
    for seen in contents.signs {
      switch seen.what {
      case .sign: break
      case .digest(let number): try add(seen, digests, number - first, package: nil)
      case .pinnedDigest(let number, let package): try add(seen, digests, number - first, package: package)
      }
    }
  }

  private mutating func add(
    _ seen: SignSighting, _ digests: RecordDigests, _ number: Int, package: Package?
  ) throws(AdvisoryIndexError) {
    guard digests.ids.indices.contains(number) else { return }
    let record = try record(digests.ids[number])
    guard record.withdrawn == nil, !Quarantine.holds(seen.path) else { return }
    let kind: Sighting.Kind =
      seen.line != nil ? .locked : FilePlace(path: seen.path).isInCache ? .cached : .installed
    let isPinned = if case .pinnedDigest = seen.what { true } else { false }
    let sighting = Sighting(
      kind: kind, confidence: .exact, path: seen.path, line: seen.line,
      evidence: Evidence(kind: isPinned ? .pinnedDigest : .digest, value: Self.value(digests.texts[number])))
    add(sighting, record, package ?? Self.subject(of: record))
  }

  private mutating func add(_ sighting: Sighting, _ record: AdvisoryRecord, _ package: Package) {
    if let position = findings.firstIndex(where: {
      $0.package == package && ($0.id == record.id || $0.aliases.contains(record.id))
    }) {
      guard !findings[position].sightings.contains(where: { $0.path == sighting.path && $0.line == sighting.line })
      else {
        return
      }
      findings[position].sightings = (findings[position].sightings + [sighting]).sorted(by: Sighting.precedes)
      return
    }
    var finding = Finding(
      id: record.id, aliases: record.aliases, class: .malicious, severity: .critical, package: package, incident: nil,
      detail: IncidentDetail(), safe: [], safeUnverified: [], isUnverified: false, references: record.references,
      sightings: [sighting])
    finding.record = RecordFacts(statements: [
      RecordStatement(
        id: record.id, affected: .yes, kind: .malicious, severity: .critical, summary: record.summary,
        licence: record.licence, published: record.published, references: record.references)
    ])
    findings.append(finding)
  }

  private static func value(_ digest: String) -> String {
    digest.utf8.count == 64 ? "sha256:\(digest)" : digest
  }

  /// The first package that the record names, without a version; else the record itself.
  private static func subject(of record: AdvisoryRecord) -> Package {
    guard let name = record.names.first else {
      return Package(ecosystem: Ecosystem("generic"), name: record.id, version: nil)
    }
    return Package(ecosystem: name.ecosystem, name: name.ecosystem.matchingName(name.name), version: nil)
  }
}
