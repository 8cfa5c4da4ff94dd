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
    severity = word.flatMap(Self.severity(named:))
    if severity == nil { severity = own.compactMap { Self.severity(named: $0.score) }.first }
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
