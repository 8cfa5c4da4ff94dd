// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

extension FindReport {
  /// The worst class among the findings about what was looked for and is not locked away; without one, whether everything was read.
  var verdict: Verdict {
    let worst = findings.filter { !$0.isQuarantined }.map(\.class).min().flatMap { Verdict(rawValue: $0.rawValue) }
    return worst ?? (scan.coverage.isComplete ? .clean : .notVerified)
  }

  /// Those of the scan's notes that are about a package of the name that was looked for.
  var notes: [Note] {
    scan.notes.filter { note in note.package.map(query.names) ?? false }
  }
}
