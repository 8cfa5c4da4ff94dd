// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing
internal import Scanning
internal import Versions

extension TextReport {
  /// Records that do not hold, and are shown without `--verbose`.
  private static let mostOthers = 10

  func write(_ explanation: PackageExplanation) {
    let bad = explanation.records.filter { $0.affected == .yes }
    let open = explanation.records.filter { $0.affected == .unknown }
    let incidents = explanation.incidents.filter { $0.affected == .yes }
    let isBad = !bad.isEmpty || !incidents.isEmpty
    let hasVersion = explanation.packages.contains { $0.version != nil }
    let unclear: Phrase = hasVersion ? .explainOpen : .explainWithoutVersion
    let phrase: Phrase = isBad ? .explainBad : open.isEmpty ? .explainGood : unclear
    let count = isBad ? bad.count + Self.count(incidents) : open.count
    writer.line(
      wording(phrase, .text(explanation.given), .count(count)),
      paint: isBad ? .bad : open.isEmpty ? .good : .warning)
    writer.line(held(against: explanation))
    for entry in explanation.incidents { write(entry) }
    let rest = explanation.records.filter { $0.affected == .no }
    for entry in bad + open { write(entry) }
    let (others, more) = shown(rest, most: Self.mostOthers)
    for entry in others { write(entry) }
    guard more > 0 else { return }
    writer.blank()
    writer.line(wording(.severalMoreItems, .count(more)))
  }

  /// How many incidents: one may have several entries of a package.
  private static func count(_ entries: [PackageExplanation.IncidentEntry]) -> Int {
    Set(entries.map(\.incident.record.id)).count
  }

  private func held(against explanation: PackageExplanation) -> String {
    guard let information = explanation.advisories else { return wording(.totalsNoRecords) }
    return wording(
      information.asOf.isEmpty ? .explainHeldOwn : .explainHeld, .count(explanation.records.count),
      .count(Self.count(explanation.incidents)), .text(String(information.asOf.prefix(10))))
  }

  private func write(_ entry: PackageExplanation.IncidentEntry) {
    writer.blank()
    let title = entry.detail.title(in: style.language) ?? entry.incident.record.id
    writer.line(wording.prose(title), paint: entry.affected == .yes ? .bad : .heading)
    let id = entry.incident.record.id
    writer.line([wording(.explainIncident), wording.quoted(id)].joined(separator: separator), indent: 2)
    let versions = entry.versions.isEmpty ? wording(.explainEveryVersion) : wording.list(entry.versions, most: 12)
    writer.line(wording(answer(entry.affected)) + ": " + versions, indent: 2, hanging: 2)
  }

  private func write(_ entry: PackageExplanation.Record) {
    writer.blank()
    let record = entry.record
    let aliases = record.aliases.isEmpty ? "" : " (" + wording.list(record.aliases, most: 4) + ")"
    writer.line(wording.quoted(record.id) + aliases, paint: entry.affected == .yes ? .bad : .heading)
    writeText(of: record)
    if let withdrawn = record.withdrawn {
      writer.line(wording(.explainWithdrawn, .text(Self.date(withdrawn))), indent: 2)
    }
    for claim in entry.claims { write(claim, isWithdrawn: record.withdrawn != nil) }
    if let exploited = entry.exploited {
      let phrase: Phrase = exploited.isUsedForRansom ? .exploitedForRansom : .exploitedSince
      writer.line(wording(phrase, .text(exploited.added)), indent: 2)
    }
    if let page = AdvisorySource.page(of: record.id), record.origin == .feed {
      writer.line(page, indent: 2, paint: .faint)
    }
  }

  /// What the record says in its own words, from whom; of one's own record at least the label.
  func writeText(of record: AdvisoryRecord) {
    if !record.summary.isEmpty {
      writer.line(wording.attributed(RecordStatement(record)), indent: 2)
    } else if case .own(let label) = record.origin {
      writer.line(wording(.recordOwn, .text(label)), indent: 2)
    }
  }

  func severity(_ severity: Severity) -> String {
    severity == .unknown ? wording(.severityNotKnown) : wording.language.severity(severity)
  }

  private func write(_ claim: PackageExplanation.Claim, isWithdrawn: Bool) {
    // Of one that was taken back it does not matter what it said of this version.
    if !isWithdrawn {
      let reason = wording.language.explanationReason(claim.reason)
      writer.line(wording(answer(claim.affected)) + ": " + reason, indent: 2, hanging: 2)
    }
    var facts = [wording.quoted(claim.ecosystem.rawValue), claim.kind.code, severity(claim.severity)]
    if let score = claim.score { facts.append("CVSS " + Tenths(score).text) }
    let (ranges, rest) = shown(claim.ranges, most: 6)
    facts += ranges.map(wording.quoted)
    if rest > 0 { facts.append(wording(.severalMore, .count(rest))) }
    if claim.listedCount > 0 { facts.append(wording(.explainListed, .count(claim.listedCount))) }
    if !claim.fixed.isEmpty { facts.append(wording(.fixedIn, .words(wording.list(claim.fixed, most: 4)))) }
    writer.line(facts.joined(separator: separator), indent: 4, hanging: 2)
  }

  private func answer(_ affected: Affected) -> Phrase {
    switch affected {
    case .yes: .explainYes
    case .no: .explainNo
    case .unknown: .explainUnknown
    }
  }

  /// `2026-11-23`
  static func date(_ seconds: Int64) -> String {
    String(Timestamp(secondsSince1970: Double(seconds)).text.prefix(10))
  }
}

extension RecordStatement {
  /// What a record says in its own words, whatever it is held against.
  init(_ record: AdvisoryRecord) {
    var label: String?
    if case .own(let own) = record.origin { label = own }
    self.init(
      id: record.id, affected: .unknown, kind: .vulnerable, severity: .unknown, summary: record.summary,
      licence: record.licence, published: record.published, ownLabel: label, references: record.references)
  }
}
