// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning
internal import Versions

/// Findings of one incident that share its words: said once, with the packages below.
struct FindingGroup {
  private struct Key: Hashable {
    /// nil for packages of which records alone speak: what is said and to be done is the same for all of a class.
    let incident: String?
    let isOwn: Bool
    let `class`: FindingClass
    let title: String?
    let advice: Advice
  }

  let findings: [Finding]
  /// What all of them share.
  let first: Finding

  /// The groups in the order of their first findings.
  static func groups(_ findings: [Finding], _ wording: Wording, style: ReportStyle) -> [FindingGroup] {
    var order: [Key] = []
    var members: [Key: [Finding]] = [:]
    for finding in findings {
      let key = Key(
        incident: finding.incident, isOwn: finding.incident == nil && finding.isOwn, class: finding.class,
        title: finding.incident == nil ? nil : finding.title(wording, style), advice: finding.advice(wording, style))
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(finding)
    }
    return order.compactMap { key in
      guard let findings = members[key], let first = findings.first else { return nil }
      return FindingGroup(findings: findings, first: first)
    }
  }

  /// Whether one id stands for all of them.
  var hasOneID: Bool { Set(findings.map(\.id)).count == 1 }
}

extension TextReport {
  /// Columns by which everything below a finding's number is indented.
  private static let indent = 3
  /// The most packages of one incident, and places of one kind, that are shown without `--verbose`.
  private static let mostPackages = 20
  private static let mostPlaces = 3

  func writeFindings(_ findings: [Finding]) {
    for (index, group) in FindingGroup.groups(findings, wording, style: style).enumerated() {
      writer.blank()
      writeHeading(group, number: index + 1)
      if group.findings.count == 1 {
        writePackages(group)
        writeText(group.first)
      } else {
        writeText(group.first)
        writePackages(group)
      }
      guard group.findings.count == 1 || group.first.incident != nil else { continue }
      writeRecords(group.first)
      writeHistory(group.first)
    }
  }

  private func writeHeading(_ group: FindingGroup, number: Int) {
    let finding = group.first
    // Titles of our own are made of escaped words already.
    let title =
      finding.incident == nil ? recordTitle(of: group) : wording.prose(finding.title(wording, style))
    writer.line(title, label: "\(number).", hanging: Self.indent, paint: paint(finding.class))
    let named = wording.language.findingClass(finding.class)
    let words = finding.detail.kind.map { kind in
      kind == finding.class.rawValue ? named : wording(.kindOfClass, .words(named), .text(kind))
    }
    var facts = [words ?? named, severity(finding)]
    if group.hasOneID { facts.append(wording.quoted(finding.id)) }
    if let incident = finding.incident, finding.id != incident { facts.append(wording.quoted(incident)) }
    if group.findings.allSatisfy(\.isUnverified) { facts.append(wording(.unverified)) }
    writer.line(facts.joined(separator: separator), indent: Self.indent)
    let aliases = finding.aliases.filter { $0 != finding.incident }
    guard group.hasOneID, !aliases.isEmpty else { return }
    let names = style.verbose ? wording.list(aliases, most: aliases.count) : wording.list(aliases, most: 3)
    writer.line(wording(.alsoKnownAs, .words(names)), indent: Self.indent)
  }

  private func recordTitle(of group: FindingGroup) -> String {
    let count = group.findings.count
    guard count > 1 else { return group.first.title(wording, style) }
    if group.first.isOwn { return wording(.recordTitleSeveralOwn, .count(count)) }
    return wording(
      group.first.class == .suspicious ? .recordTitleSeveralSuspicious : .recordTitleSeveral, .count(count))
  }

  func severity(_ finding: Finding) -> String {
    finding.severity == .unknown ? wording(.severityUnknown) : wording.language.severity(finding.severity)
  }

  var separator: String { style.isUnicode ? " · " : " | " }

  func paint(_ class: FindingClass) -> TextWriter.Paint {
    `class` <= .suspicious ? .bad : .warning
  }

  // MARK: What it does and what to do

  private func writeText(_ finding: Finding) {
    let advice = finding.advice(wording, style)
    // Words of our own are made of escaped ones already.
    let prose = finding.incident == nil ? { $0 } : wording.prose
    if !advice.what.isEmpty {
      subheading(.whatItDoes)
      writer.line(prose(advice.what), indent: Self.indent + 2)
    }
    subheading(.whatToDo)
    let steps = advice.steps.isEmpty ? [wording(.noAdvice)] : advice.steps.map(prose)
    let hanging = "\(steps.count).".utf8.count + 1
    for (index, step) in steps.enumerated() {
      writer.line(step, indent: Self.indent + 2, label: "\(index + 1).", hanging: hanging)
    }
  }

  private func subheading(_ phrase: Phrase) {
    writer.blank()
    writer.line(wording(phrase), indent: Self.indent, paint: .heading)
  }

  private func writeHistory(_ finding: Finding) {
    let detail = finding.detail
    let dates = wording.dates(published: detail.published, removed: detail.removed)
    let count = detail.disagreements.count
    guard dates != nil || count > 0 else { return writeReferences(finding) }
    writer.blank()
    if let dates { writer.line(dates, indent: Self.indent) }
    if count > 0, !style.verbose { writer.line(wording(.disagreements, .count(count)), indent: Self.indent) }
    guard style.verbose else { return }
    if count > 0 { writeDisagreements(detail.disagreements) }
    writeReferences(finding)
  }

  private func writeDisagreements(_ disagreements: [Disagreement]) {
    subheading(.disagreementsHeading)
    for disagreement in disagreements {
      writer.line(wording.prose(disagreement.point), indent: Self.indent + 2)
      for side in [disagreement.first, disagreement.second] where !side.isEmpty {
        writer.line(wording.prose(side), indent: Self.indent + 4, label: "-", hanging: 2)
      }
      guard !disagreement.ours.isEmpty else { continue }
      writer.line(
        wording(.disagreementOurs, .words(wording.prose(disagreement.ours))), indent: Self.indent + 4, hanging: 2)
    }
  }

  /// What records say in their own words, and which say otherwise.
  private func writeRecords(_ finding: Finding) {
    guard let record = finding.record else { return }
    let told = record.statements.filter { !$0.summary.isEmpty && $0.affected == .yes }
    let (items, rest) = shown(told, most: 2)
    if !items.isEmpty { writer.blank() }
    for statement in items {
      let text = Argument.words(wording.attributed(statement))
      writer.line(wording(.recordSays, .text(statement.id), text), indent: Self.indent, hanging: 2)
    }
    if rest > 0 { writer.line(wording(.severalMore, .count(rest)), indent: Self.indent) }
  }

  private func writeReferences(_ finding: Finding) {
    guard style.verbose, !finding.references.isEmpty else { return }
    subheading(.references)
    for reference in finding.references { writer.line(wording.path(reference), indent: Self.indent + 2) }
  }

  // MARK: Packages and places

  private func writePackages(_ group: FindingGroup) {
    let (findings, rest) = shown(group.findings, most: Self.mostPackages)
    let isPartlyUnverified = !group.findings.allSatisfy(\.isUnverified)
    for finding in findings {
      let name = finding.label.map(wording.quoted) ?? finding.package.shown(wording)
      var facts = [finding.isTrace ? wording(.traces) : name]
      if !group.hasOneID { facts.append(wording.quoted(finding.id)) }
      if finding.isUnverified, isPartlyUnverified { facts.append(wording(.unverified)) }
      writer.blank()
      writer.line(facts.joined(separator: separator), indent: Self.indent, paint: .heading)
      writePlaces(of: finding, indent: Self.indent + 2)
      if !finding.isTrace { writeSafe(finding, indent: Self.indent + 2) }
    }
    guard rest > 0 else { return }
    writer.blank()
    writer.line(wording(.severalMorePackages, .count(rest)), indent: Self.indent)
  }

  private func writeSafe(_ finding: Finding, indent: Int) {
    var words = finding.safe.isEmpty ? [] : [wording.list(finding.safe, most: finding.safe.count)]
    if !finding.safeUnverified.isEmpty {
      let list = wording.list(finding.safeUnverified, most: finding.safeUnverified.count)
      words.append(wording(.safeUnverified, .words(list)))
    }
    let text = words.isEmpty ? wording(.noSafeVersion) : words.joined(separator: "; ")
    writer.line(text, indent: indent, label: wording(.safe), hanging: labelColumns)
  }

  /// The columns that the longest kind of sighting takes, and two.
  private var labelColumns: Int {
    2 + (Sighting.Kind.allCases.map { Columns.count(wording.language.sighting($0)) }.max() ?? 0)
  }

  /// Places by kind; of a purl that was given, the lines on which it was.
  func writePlaces(of finding: Finding, indent: Int) {
    guard finding.label != nil else { return writePlaces(finding.sightings, indent: indent) }
    let numbers = finding.sightings.compactMap(\.line).map(String.init)
    let list = style.verbose ? wording.list(numbers, most: numbers.count) : wording.list(numbers, most: 5)
    writer.line(
      wording(.givenOnLines, .count(numbers.count), .words(list)), indent: indent, label: wording(.given),
      hanging: labelColumns)
  }

  /// Places by kind, the surest first.
  func writePlaces(_ sightings: [Sighting], indent: Int) {
    for kind in Sighting.Kind.allCases {
      let (places, rest) = shown(sightings.filter { $0.kind == kind }, most: Self.mostPlaces)
      for (index, sighting) in places.enumerated() {
        let isTold = sighting.evidence != nil && kind == .installed
        let label = index > 0 ? "" : isTold ? wording(.traceHere) : wording.language.sighting(kind)
        writePlace(sighting, indent: indent, label: label)
      }
      guard rest > 0 else { continue }
      writer.line(wording(.severalMorePlaces, .count(rest)), indent: indent + labelColumns)
    }
  }

  private func writePlace(_ sighting: Sighting, indent: Int, label: String) {
    let line = sighting.line.map { ":\($0)" } ?? ""
    let place = wording.path(sighting.path) + line
    if label.isEmpty {
      writer.line(place, indent: indent + labelColumns)
    } else {
      writer.line(place, indent: indent, label: label, hanging: labelColumns)
    }
    var facts: [String] = []
    if let requirement = sighting.requirement { facts.append(wording(.asksFor, .text(requirement))) }
    if !sighting.via.isEmpty { facts.append(wording(.through, .words(chain(sighting.via)))) }
    if let source = sighting.source { facts.append(wording(.comesFrom, .text(source))) }
    if let evidence = sighting.evidence {
      facts += self.facts(of: evidence, isCertain: sighting.confidence == .exact)
    } else if sighting.confidence == .partial, sighting.kind != .declared {
      facts.append(wording(.partial))
    }
    if !facts.isEmpty {
      writer.line(facts.joined(separator: "; "), indent: indent + labelColumns + 2, hanging: 2)
    }
    guard let note = sighting.evidence?.note else { return }
    writer.line(wording.prose(note), indent: indent + labelColumns + 2, hanging: 2)
  }

  /// What told a trace, and how sure that is.
  private func facts(of evidence: Evidence, isCertain: Bool) -> [String] {
    let digest = evidence.value.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst().prefix(12)
    var facts: [String]
    switch evidence.kind {
    case .digest: facts = [wording(.evidenceDigest, .text(String(Substring(digest)) + "..."))]
    case .pinnedDigest: facts = [wording(.evidencePinnedDigest)]
    case .name: facts = [wording(.evidenceName)]
    case .content: facts = [wording(.evidenceContent)]
    case .line: facts = [wording(.evidenceLine)]
    }
    if !isCertain { facts.append(wording(.lessCertain)) }
    return facts
  }

  /// `a@1.0.0 > b@2.0.0`; of a long chain the beginning and the end.
  private func chain(_ via: [String]) -> String {
    let arrow = style.isUnicode ? " → " : " > "
    let titles = via.map(wording.quoted)
    guard !style.verbose, titles.count > 6 else { return titles.joined(separator: arrow) }
    return (titles.prefix(3) + [wording.ellipsis] + titles.suffix(2)).joined(separator: arrow)
  }
}

extension Wording {
  /// When the bad versions came and went; nil where neither is known.
  func dates(published: String?, removed: String?) -> String? {
    switch (published.map(moment), removed.map(moment)) {
    case (let published?, let removed?): self(.publishedAndRemoved, .words(published), .words(removed))
    case (let published?, nil): self(.published, .words(published))
    case (nil, let removed?): self(.removed, .words(removed))
    case (nil, nil): nil
    }
  }

  /// `2026-05-14T14:25:30Z` → `2026-05-14 14:25 UTC`; anything else as it is.
  private func moment(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z") else { return quoted(text) }
    return Glue.joined(quoted(String(decoding: bytes[..<10] + [0x20] + bytes[11..<16], as: UTF8.self)) + " UTC")
  }
}
