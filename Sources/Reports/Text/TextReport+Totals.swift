// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Scanning

extension TextReport {
  func writeTotals(_ report: ScanReport) {
    writer.blank()
    let coverage = report.coverage
    var rows: [(Phrase, String)] = [
      (.totalsScanned, paths(report.scanned.paths)),
      (.totalsEntries, wording.language.number(report.scanned.entries)),
      (.totalsRead, filesRead(coverage)),
      (.totalsPackages, wording.language.number(report.packageCount)),
      (.totalsAdvisories, advisories(report.advisories)),
      (.totalsTime, wording(.totalsSeconds, .words(Seconds(report.scanned.seconds).text))),
    ]
    if style.verbose || !report.confinement.isComplete {
      let sentence = wording.confinementSentence(
        landlock: report.confinement.landlock, seccomp: report.confinement.seccomp)
      rows.append((.totalsConfinement, sentence))
    }
    let columns = 2 + (rows.map { Columns.count(wording($0.0)) }.max() ?? 0)
    for (label, text) in rows { writer.line(text, label: wording(label), hanging: columns) }
  }

  private func paths(_ paths: [String]) -> String {
    let (items, rest) = shown(paths, most: 5)
    let list = items.map(wording.path).joined(separator: ", ")
    return rest > 0 ? list + " " + wording(.severalMore, .count(rest)) : list
  }

  /// `321 (npm/package-json 300, npm/package-lock 21)`
  private func filesRead(_ coverage: Coverage) -> String {
    let total = Argument.count(coverage.totalFilesRead)
    let kinds = coverage.filesRead.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !kinds.isEmpty else { return wording.language.number(0) }
    let list = kinds.map { "\(wording.quoted($0.key)) \(wording.language.number($0.value))" }.joined(separator: ", ")
    return wording(.totalsFiles, total, .words(list))
  }

  /// What was held against, and how old that is.
  private func advisories(_ source: ScanReport.AdvisorySource) -> String {
    guard source.source != "embedded" else {
      let incidents = wording(.totalsAdvisoriesEmbedded, .count(source.records), .text(source.asOf))
      return incidents + "; " + wording(.totalsNoRecords)
    }
    let age = source.ageInDays.map { wording(.advisoriesAge, .count($0)) } ?? "?"
    return wording(
      .totalsAdvisoriesIndex, .count(source.records - source.incidents), .count(source.incidents), .text(source.asOf),
      .words(age))
  }
}
