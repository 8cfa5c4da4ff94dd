// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import TestSupport
import Versions

/// Records and claims of every shape, the same in every run.
struct GeneratedRecords {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func claims() -> NamedClaims {
    var claims = NamedClaims()
    claims.isWithdrawn = .random(using: &random)
    claims.isOwn = .random(using: &random)
    claims.claims = several(upTo: 3) { $0.claim() }
    return claims
  }

  mutating func record() -> AdvisoryRecord {
    var record = AdvisoryRecord()
    record.id = "X-\(number(upTo: 999))"
    record.summary = text()
    record.aliases = texts()
    record.names = several(upTo: 3) { AdvisoryRecord.Name(ecosystem: $0.ecosystem(), name: $0.text()) }
    if Bool.random(using: &random), let name = record.names.first {
      record.summary = "Malicious code in \(name.name) (\(name.ecosystem.rawValue))"
    }
    if Bool.random(using: &random) { record.origin = .own(label: text()) }
    record.modified = pick([0, 1, 999_999_999, 1_000_000_000, 1_800_000_000_123_456_789, .max])
    record.published = pick([0, 1, 1_700_000_000, 1_900_000_000, -5_000_000_000])
    record.withdrawn = pick([nil, 0, 1, 1_800_000_000])
    if Bool.random(using: &random) { addDetails(to: &record) }
    return record
  }

  private mutating func addDetails(to record: inout AdvisoryRecord) {
    record.related = texts()
    record.severities = several(upTo: 3) { SeverityClaim(type: $0.text(), score: $0.text()) }
    record.weaknesses = texts()
    record.references = texts()
    record.licence = pick([nil, "CC0-1.0"])
    record.digests = texts()
    record.flaws = texts()
  }

  private mutating func claim() -> AdvisoryClaim {
    var affected = AffectedPackage()
    affected.ecosystem = ecosystem()
    affected.name = text()
    affected.versions = texts()
    affected.ranges = several(upTo: 3) { $0.range() }
    return AdvisoryClaim(
      kind: pick(AdvisoryClaim.Kind.allCases), score: pick([nil, 0, 0.1, 5.5, 9.8, 10]),
      severity: pick(Severity.allCases),
      affected: affected)
  }

  private mutating func range() -> AffectedPackage.Range {
    var range = AffectedPackage.Range()
    range.type = pick(["SEMVER", "ECOSYSTEM", "GIT", "SOMETHING", ""])
    if range.type == "GIT" { range.repository = text() }
    range.events = several(upTo: 4) { records in
      records.pick([
        .introduced("0"), .introduced(records.text()), .fixed(records.text()), .lastAffected(records.text()),
        .limit("*"),
      ])
    }
    return range
  }

  private mutating func ecosystem() -> Ecosystem {
    Ecosystem(
      pick(["npm", "PyPI", "openEuler", "VSCode:https://open-vsx.org", "Debian:12", "Leiden Cheese Board", "", "é"]))
  }

  private mutating func texts() -> [String] { several(upTo: 4) { $0.text() } }

  private mutating func text() -> String {
    pick([
      "", "a", "1.2.3", "é\u{0}\n\t", "CVE-2026-1234", "Prototype Pollution in a package",
      String(repeating: "🐴", count: 70),
      "\(number(upTo: 1_000_000))",
    ])
  }

  mutating func number(upTo limit: Int) -> Int { .random(in: 0...limit, using: &random) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[number(upTo: values.count - 1)] }

  private mutating func several<Value>(upTo limit: Int, _ make: (inout Self) -> Value) -> [Value] {
    (0..<number(upTo: limit)).map { _ in make(&self) }
  }
}
