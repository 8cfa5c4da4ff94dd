// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

/// The answer for people: the verdict first, then what was found, what could not be read, and what was looked at.
struct TextReport {
  let style: ReportStyle
  let writer: TextWriter
  let wording: Wording

  init(style: ReportStyle, output: Output) {
    self.style = style
    writer = TextWriter(output: output, width: style.width, hasColor: style.color)
    wording = Wording(.named(style.language), isUnicode: style.isUnicode)
  }

  func write(_ report: ScanReport) {
    writeVerdict(report)
    writeAll(report.findings, report.upgrades)
    writeNext(report)
    writeNotes(report.notes)
    writeProblems(report.coverage)
    writeSkips(report.coverage)
    writeTotals(report)
  }

  func write(_ report: FindReport) {
    writeAnswer(report)
    writeAll(report.findings, report.upgrades)
    writeHarmless(report)
    writeNotes(report.notes)
    writeProblems(report.scan.coverage)
    writeSkips(report.scan.coverage)
    writeTotals(report.scan)
  }

  /// What was made to do harm first and whole; flaws below it, by package.
  private func writeAll(_ findings: [Finding], _ upgrades: [Upgrade]) {
    let present = findings.filter { !$0.isQuarantined }
    let flaws = present.filter { $0.class == .vulnerable && $0.incident == nil }
    writeFindings(present.filter { $0.class != .vulnerable || $0.incident != nil })
    writeVulnerabilities(flaws, upgrades)
    writeQuarantined(findings.filter(\.isQuarantined))
  }

  /// A blank line and a heading.
  func heading(_ phrase: Phrase, paint: TextWriter.Paint = .heading) {
    writer.blank()
    writer.line(wording(phrase), paint: paint)
  }

  /// Of `items`, those that are shown, and how many are not.
  func shown<Item>(_ items: [Item], most: Int) -> (items: [Item], rest: Int) {
    if style.verbose || items.count <= most { return (items, 0) }
    return (Array(items.prefix(most)), items.count - most)
  }
}

extension Package {
  /// `node-ipc 9.1.6`; the ecosystem before it where that is not npm.
  func shown(_ wording: Wording) -> String {
    let prefix = ecosystem == .npm ? [] : [ecosystem.rawValue]
    return (prefix + [name] + (version.map { [$0] } ?? [])).map(wording.quoted).joined(separator: " ")
  }
}
