// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

extension TextReport {
  /// The line that says it all, and below it what it leaves out.
  func writeVerdict(_ report: ScanReport) {
    let age = report.advisories.isOld ? report.advisories.ageInDays : nil
    let old = age.map { " " + wording(.advisoriesOld, .count($0)) } ?? ""
    writer.line(verdict(report) + old, paint: paint(report.verdict))
    let problems = report.coverage.problems.count
    var more: [String] = []
    let others = FindingClass.allCases.filter { $0.rawValue != report.verdict.rawValue }.compactMap { other in
      let count = packageCount(report.findings, of: other)
      return count == 0 ? nil : wording(.countOfClass, .count(count), .words(wording.language.findingClass(other)))
    }
    let traces = traceCount(report.findings, of: .malicious)
    if traces > 0, packageCount(report.findings, of: .malicious) > 0 {
      more.append(wording(.alsoTraces, .count(traces)))
    }
    if !others.isEmpty { more.append(wording(.alsoFound, .words(others.joined(separator: ", ")))) }
    if problems > 0, report.verdict != .notVerified { more.append(wording(.notEverythingRead, .count(problems))) }
    if !more.isEmpty { writer.line(more.joined(separator: " ")) }
  }

  private func verdict(_ report: ScanReport) -> String {
    switch report.verdict {
    case .malicious: found(.foundMalicious, report.findings, .malicious, deed: .deedMalicious)
    case .suspicious: found(.foundSuspicious, report.findings, .suspicious, deed: .deedSuspicious)
    case .protestware: found(.foundProtestware, report.findings, .protestware, deed: .deedProtestware)
    case .vulnerable: found(.foundVulnerable, report.findings, .vulnerable, deed: .deedVulnerable)
    case .notVerified: wording(.notVerified, .count(report.coverage.problems.count))
    case .clean:
      report.packageCount == 0 ? wording(.cleanWithoutPackages) : wording(.clean, .count(report.packageCount))
    }
  }

  /// - Parameter deed: What is said of packages that do different things.
  private func found(_ phrase: Phrase, _ findings: [Finding], _ class: FindingClass, deed: Phrase) -> String {
    let count = packageCount(findings, of: `class`)
    guard count > 0 else {
      let phrase: Phrase = `class` == .malicious ? .foundTraces : .foundTracesOfProtestware
      return wording(phrase, .count(traceCount(findings, of: `class`)))
    }
    let kinds = Set(findings.filter { $0.class == `class` && !$0.isTrace && !$0.isQuarantined }.map(\.detail.kind))
    let common = kinds.count == 1 ? kinds.first.flatMap { $0 }.flatMap(wording.language.deed) : nil
    let words = common.map { wording.fill($0, [.count(count)]) } ?? wording(deed, .count(count))
    return wording(phrase, .count(count), .words(words))
  }

  private func packageCount(_ findings: [Finding], of class: FindingClass) -> Int {
    Set(findings.filter { $0.class == `class` && !$0.isTrace && !$0.isQuarantined }.map(\.package)).count
  }

  private func traceCount(_ findings: [Finding], of class: FindingClass) -> Int {
    Set(findings.filter { $0.class == `class` && $0.isTrace }.compactMap(\.incident)).count
  }

  private func paint(_ verdict: Verdict) -> TextWriter.Paint {
    switch verdict {
    case .malicious, .suspicious: .bad
    case .protestware, .vulnerable, .notVerified: .warning
    case .clean: .good
    }
  }
}

// MARK: The answer of `find`

extension TextReport {
  func writeAnswer(_ report: FindReport) {
    let problems = report.scan.coverage.problems.count
    let query = Argument.text(report.query.text)
    let places = Argument.count(report.packages.reduce(0) { $0 + $1.sightings.count })
    if !report.packages.isEmpty {
      writer.line(wording(phrase(for: report), query, places), paint: paint(report))
      if problems > 0 { writer.line(wording(.notEverythingRead, .count(problems))) }
    } else if problems > 0 {
      writer.line(wording(.queryNotVerified, query, .count(problems)), paint: .warning)
    } else {
      writer.line(wording(.queryNotFound, query), paint: .good)
    }
    let evidence = report.evidence
    writer.line(wording(.evidence, .count(evidence.lockfiles), .count(evidence.installed), .count(evidence.manifests)))
  }

  private func phrase(for report: FindReport) -> Phrase {
    guard report.findings.allSatisfy(\.isQuarantined) else { return .queryFoundBad }
    guard report.findings.isEmpty else { return .queryFoundQuarantined }
    return report.notes.contains { $0.code == .rangeTakesBadVersion } ? .queryFoundWithNotes : .queryFound
  }

  private func paint(_ report: FindReport) -> TextWriter.Paint {
    report.findings.allSatisfy(\.isQuarantined) ? .heading : paint(report.verdict)
  }

  /// The packages that match and about which there is no finding.
  func writeHarmless(_ report: FindReport) {
    let condemned = Set(report.findings.map(\.package))
    for entry in report.packages where !condemned.contains(entry.package) {
      writer.blank()
      writer.line(entry.package.shown(wording), paint: .heading)
      writePlaces(entry.sightings, indent: 2)
    }
  }
}
