// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

/// The answer for programs.
///
/// Fields may be added within a schema; none is taken away or changes its meaning.
struct JSONReport {
  let style: ReportStyle
  let output: Output

  private var language: Language { Language.named(style.language) }

  func write(_ report: ScanReport) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.scan/1")
      json.field("verdict", report.verdict.rawValue)
      json.scanned(report)
      json.advisories(report.advisories)
      json.confinement(report.confinement)
      json.findings(report.findings, style: style)
      json.upgrades(report.upgrades)
      json.notes(report.notes, language: language)
      json.coverage(report.coverage, language: language)
      json.packages(report.packages)
    }
    output.write("\n")
  }

  func write(_ report: FindReport) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.find/1")
      json.field("query", report.query.text)
      json.field("found", !report.packages.isEmpty)
      json.field("verdict", report.verdict.rawValue)
      json.scanned(report.scan)
      json.advisories(report.scan.advisories)
      json.confinement(report.scan.confinement)
      json.object("evidence", .inline) { json in
        json.field("lockfiles", report.evidence.lockfiles)
        json.field("installed", report.evidence.installed)
        json.field("manifests", report.evidence.manifests)
      }
      json.packages(report.packages)
      json.findings(report.findings, style: style)
      json.upgrades(report.upgrades)
      json.notes(report.notes, language: language)
      json.coverage(report.scan.coverage, language: language)
    }
    output.write("\n")
  }
}
