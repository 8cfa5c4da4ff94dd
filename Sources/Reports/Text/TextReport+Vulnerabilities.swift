// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning
internal import Versions

/// The flaws of one package in one version.
private struct VulnerablePackage {
  let package: Package
  let label: String?
  /// The worst first.
  let findings: [Finding]
  let upgrade: Upgrade?
}

extension TextReport {
  /// The most packages, and flaws of one package, that are shown without `--verbose`.
  private static let mostVulnerable = 20
  private static let mostFlaws = 5

  /// Flaws come after everything that was made to do harm, by package: what to do about them is one step for each.
  func writeVulnerabilities(_ findings: [Finding], _ upgrades: [Upgrade]) {
    let packages = Self.packages(findings, upgrades)
    guard !packages.isEmpty else { return }
    writer.blank()
    writer.line(
      wording(.vulnerabilitiesHeading, .count(packages.count), .count(findings.count)), paint: .heading)
    let (items, rest) = shown(packages, most: Self.mostVulnerable)
    for package in items { write(package) }
    guard rest > 0 else { return }
    writer.blank()
    writer.line(wording(.severalMorePackages, .count(rest)), indent: 2)
  }

  /// In the order of their worst flaws.
  private static func packages(_ findings: [Finding], _ upgrades: [Upgrade]) -> [VulnerablePackage] {
    struct Key: Hashable {
      let package: Package
      let label: String?
    }
    var order: [Key] = []
    var groups: [Key: [Finding]] = [:]
    for finding in findings {
      let key = Key(package: finding.package, label: finding.label)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(finding)
    }
    let targets = Dictionary(
      upgrades.map { (Key(package: $0.package, label: $0.label), $0) }, uniquingKeysWith: { first, _ in first })
    return order.map { key in
      VulnerablePackage(
        package: key.package, label: key.label, findings: worstFirst(groups[key] ?? []), upgrade: targets[key])
    }
  }

  /// What attackers use comes before what is only severe, and of one severity the higher score: of many flaws the first few are shown.
  private static func worstFirst(_ findings: [Finding]) -> [Finding] {
    findings.enumerated().sorted { first, second in
      let (one, other) = (first.element, second.element)
      let (used, otherUsed) = (one.record?.exploited != nil, other.record?.exploited != nil)
      if used != otherUsed { return used }
      if one.severity != other.severity { return one.severity < other.severity }
      let (score, otherScore) = (one.record?.score ?? 0, other.record?.score ?? 0)
      return score == otherScore ? first.offset < second.offset : score > otherScore
    }.map(\.element)
  }

  private func write(_ entry: VulnerablePackage) {
    writer.blank()
    let name = entry.label.map(wording.quoted) ?? entry.package.shown(wording)
    writer.line([name, advice(entry)].joined(separator: separator), indent: 2, hanging: 2, paint: .heading)
    let (flaws, rest) = shown(entry.findings, most: Self.mostFlaws)
    for finding in flaws { write(finding, needsEnd: entry.upgrade?.to == nil) }
    if rest > 0 { writer.line(wording(.severalMoreFlaws, .count(rest)), indent: 4) }
    if let first = entry.findings.first { writePlaces(of: first, indent: 4) }
  }

  /// Where to go from the version that is here.
  private func advice(_ entry: VulnerablePackage) -> String {
    let count = Argument.count(entry.findings.count)
    if let version = entry.upgrade?.to { return wording(.upgradeEndsAll, .text(version), count) }
    if entry.findings.allSatisfy({ $0.safe.isEmpty }) { return wording(.notFixed, count) }
    return wording(entry.upgrade == nil ? .upgradeEach : .upgradeNone)
  }

  /// - Parameter needsEnd: Whether no version ends all, so that each must say its own.
  private func write(_ finding: Finding, needsEnd: Bool) {
    let score = finding.record?.score.map { " " + Tenths($0).text } ?? ""
    var facts = [severity(finding) + score, wording.quoted(finding.id)]
    let cves = finding.aliases.filter { $0.hasPrefix("CVE-") }
    if !cves.isEmpty { facts.append(wording.list(cves, most: 2)) }
    if let exploited = finding.record?.exploited {
      facts.append(
        wording(exploited.isUsedForRansom ? .exploitedForRansom : .exploitedSince, .text(exploited.added)))
    }
    if needsEnd, !finding.safe.isEmpty {
      facts.append(wording(.fixedIn, .words(wording.list(finding.safe, most: 3))))
    }
    writer.line(facts.joined(separator: separator), indent: 4, hanging: 4)
    if let statement = finding.record?.leading, !statement.summary.isEmpty {
      let text = wording.attributed(statement)
      let isOther = statement.id != finding.id
      writer.line(isOther ? wording(.recordSays, .text(statement.id), .words(text)) : text, indent: 6)
    }
    writeDispute(finding)
  }

  private func writeDispute(_ finding: Finding) {
    let others = finding.record?.statements.filter { $0.affected == .no }.map(\.id) ?? []
    guard !others.isEmpty else { return }
    let list = Argument.words(wording.list(others, most: 3))
    writer.line(wording(.notAffectedSays, list, .count(others.count)), indent: 6)
  }
}
