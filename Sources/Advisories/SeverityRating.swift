// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How severe a record is for one package, out of all that it says about that.
struct SeverityRating {
  /// nil where the record has no vector that can be read.
  var score: Double?
  /// nil where it says nothing at all.
  var severity: Severity?

  /// A package's own vectors count before the record's, newer versions of CVSS before older ones, and vectors before the database's word.
  init(record: OSVRecord, affected: AffectedPackage) {
    let own = affected.severities.isEmpty ? record.severities : affected.severities
    let word = affected.remarks.severity ?? record.remarks.severity
    let vectors = own.compactMap { CVSSVector($0.score) }
    if let vector = vectors.max(by: { Self.rank($0.version) < Self.rank($1.version) }) {
      score = vector.score
      severity = Self.severity(of: vector)
    } else {
      severity = ([word] + own.map(\.score)).compactMap { $0 }.lazy.compactMap(Self.severity(named:)).first
    }
  }

  private static func rank(_ version: CVSSVersion) -> Int { CVSSVersion.allCases.firstIndex(of: version) ?? 0 }

  /// A score of 0 says that there is a flaw, and that it does no harm: low, for there is no less.
  private static func severity(of vector: CVSSVector) -> Severity {
    switch vector.severity {
    case .critical: .critical
    case .high: .high
    case .medium: .medium
    case .low, .none: .low
    }
  }

  /// Words of GitHub, of RetireJS, and of Ubuntu.
  private static func severity(named word: String) -> Severity? {
    switch word.lowercased() {
    case "critical": .critical
    case "high", "important": .high
    case "moderate", "medium": .medium
    case "low", "negligible": .low
    default: nil
    }
  }
}
