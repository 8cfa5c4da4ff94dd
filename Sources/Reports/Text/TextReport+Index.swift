// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing
internal import Scanning

extension TextReport {
  // MARK: An index

  func write(_ report: IndexReport) {
    let information = report.information
    let counts = information.counts
    if report.isOld {
      let sentence = report.ageInDays.map { wording(.statusOld, .count($0)) } ?? wording(.statusNoAge)
      writer.line(sentence, paint: .warning)
      writer.blank()
    }
    let none = wording(.statusNone)
    let age = report.ageInDays.map { " (" + wording(.advisoriesAge, .count($0)) + ")" } ?? ""
    writeRows([
      (.statusPath, wording.path(report.path)),
      (.statusSource, information.source.isEmpty ? none : wording.path(information.source)),
      (.statusAsOf, information.asOf.isEmpty ? none : wording.quoted(information.asOf) + age),
      (.statusChecked, information.checked.map(wording.quoted) ?? none),
      (.statusExploited, information.exploitedAsOf.map(wording.quoted) ?? none),
      (.statusContent, wording.quoted(information.content)),
      (.statusRecords, wording.language.number(counts.records)),
    ])
    writeEcosystems(counts)
    writeOwn(report)
    guard !counts.flaws.isEmpty else { return }
    heading(.statusFlaws)
    for (flaw, count) in counts.flaws.sorted(by: { $0.key < $1.key }) {
      writer.line("\(wording.fault(flaw)): \(wording.language.number(count))", indent: 2, hanging: 2)
    }
  }

  /// What `gifthorse advisories forget` can take out again.
  private func writeOwn(_ report: IndexReport) {
    guard !report.own.isEmpty else { return }
    heading(.statusOwn)
    for (label, own) in report.own.sorted(by: { $0.key < $1.key }) {
      var facts = own.records > 0 ? [wording(.statusOwnRecords, .count(own.records))] : []
      if own.documents > 0 { facts.append(wording(.statusDocuments, .count(own.documents))) }
      writer.line("\(wording.quoted(label)): \(facts.joined(separator: ", "))", indent: 2, hanging: 2)
    }
  }

  private func writeRows(_ rows: [(Phrase, String)]) {
    let columns = 2 + (rows.map { Columns.count(wording($0.0)) }.max() ?? 0)
    for (label, text) in rows { writer.line(text, label: wording(label), hanging: columns) }
  }

  /// `npm  29,313 (malicious 27,000, vulnerable 2,313)`
  private func writeEcosystems(_ counts: IndexCounts) {
    let names = counts.byEcosystem.keys.sorted()
    let columns = 2 + (names.map { Columns.count(wording.quoted($0)) }.max() ?? 0)
    for name in names {
      let kinds = counts.byEcosystem[name] ?? [:]
      let parts = AdvisoryClaim.Kind.allCases.compactMap { kind in
        kinds[kind].map { "\(kind.code) \(wording.language.number($0))" }
      }
      let total = wording.language.number(counts.records(of: name))
      writer.line(
        "\(total) (\(parts.joined(separator: ", ")))", indent: 2, label: wording.quoted(name), hanging: columns)
    }
    let withdrawn = wording.language.number(counts.withdrawn)
    if counts.withdrawn > 0 { writer.line("\(wording(.statusWithdrawn)): \(withdrawn)", indent: 2) }
  }

  // MARK: Records

  func write(_ records: [ShownRecord], askedFor text: String) {
    if records.first?.record.id != text, !records.isEmpty {
      let ids = wording.list(records.map(\.record.id), most: records.count)
      writer.line(wording(.recordByAlias, .text(text), .words(ids)))
    }
    for (number, shown) in records.enumerated() {
      if number > 0 || records[0].record.id != text { writer.blank() }
      write(shown)
    }
  }

  private func write(_ shown: ShownRecord) {
    let record = shown.record
    writer.line(wording.quoted(record.id), paint: .heading)
    writeText(of: record)
    if let withdrawn = record.withdrawn {
      writer.line(wording(.explainWithdrawn, .text(Self.date(withdrawn))), indent: 2, paint: .warning)
    }
    if !record.aliases.isEmpty {
      writer.line(wording(.alsoKnownAs, .words(wording.list(record.aliases, most: 20))), indent: 2)
    }
    writeFacts(shown)
    writer.line(wording(.recordPackages), indent: 2, paint: .heading)
    for claim in shown.claims { write(claim) }
    guard !record.references.isEmpty else { return }
    writer.line(wording(.references), indent: 2, paint: .heading)
    for reference in record.references { writer.line(wording.path(reference), indent: 4) }
  }

  private func writeFacts(_ shown: ShownRecord) {
    let record = shown.record
    var facts: [(Phrase, String)] = []
    if record.published != 0 { facts.append((.recordPublished, Self.date(record.published))) }
    if record.modified != 0 { facts.append((.recordModified, Moment(nanoseconds: record.modified).text)) }
    let severities = record.severities.map { "\(wording.quoted($0.type)) \(wording.quoted($0.score))" }
    if !severities.isEmpty { facts.append((.recordSeverity, severities.joined(separator: ", "))) }
    if !record.weaknesses.isEmpty { facts.append((.recordWeaknesses, wording.list(record.weaknesses, most: 10))) }
    if !record.related.isEmpty { facts.append((.recordRelated, wording.list(record.related, most: 10))) }
    if !record.digests.isEmpty { facts.append((.recordDigests, wording.list(record.digests, most: 5))) }
    if !record.flaws.isEmpty { facts.append((.recordFlaws, record.flaws.map(wording.fault).joined(separator: "; "))) }
    for (label, text) in facts { writer.line("\(wording(label)): \(text)", indent: 2, hanging: 2) }
    if let exploited = shown.exploited {
      let phrase: Phrase = exploited.isUsedForRansom ? .exploitedForRansom : .exploitedSince
      writer.line(wording(phrase, .text(exploited.added)), indent: 2)
    }
    guard record.origin == .feed, let page = AdvisorySource.page(of: record.id) else { return }
    writer.line(page, indent: 2)
  }

  private func write(_ claim: AdvisoryClaim) {
    var facts = [
      wording.quoted(claim.affected.ecosystem.rawValue) + " " + wording.quoted(claim.affected.name), claim.kind.code,
      severity(claim.severity) + (claim.score.map { " " + Tenths($0).text } ?? ""),
    ]
    let (ranges, rest) = self.shown(claim.affected.ranges.map(\.notation), most: 12)
    facts += claim.affected.isWhole ? [wording(.explainEveryVersion)] : ranges.map(wording.quoted)
    if rest > 0 { facts.append(wording(.severalMore, .count(rest))) }
    let versions = claim.affected.versions
    if !versions.isEmpty { facts.append(wording.list(versions, most: style.verbose ? versions.count : 12)) }
    if claim.affected.versions.isEmpty, claim.affected.ranges.isEmpty {
      facts.append(wording.language.explanationReason(.noVersions))
    }
    writer.line(facts.joined(separator: separator), indent: 4, hanging: 2)
  }

  // MARK: Recalls

  func write(_ report: RecallReport) {
    if report.recalls.isEmpty {
      writer.line(wording(.recallNone, .count(report.scans)), paint: .good)
    } else {
      writer.line(wording(.recallSome, .count(report.recalls.count)), paint: .warning)
    }
    for recall in report.recalls {
      let records = recall.records.map { record in
        record.withdrawn.map { "\(wording.quoted(record.id)) (\(Self.date($0)))" }
          ?? wording(.recallGone, .text(record.id))
      }
      writer.line(
        wording(.recallOne, .text(recall.purl), .text(recall.id), .words(records.joined(separator: ", "))),
        label: "-", hanging: 2)
      writer.line(wording.path(recall.file), indent: 4)
    }
    for (file, reason) in report.unread {
      writer.line(wording(.recallNotRead, .words(wording.path(file)), .words(wording.fault(reason))), paint: .bad)
    }
    if !report.unread.isEmpty { writer.line(wording(.hint, .words(wording(.recallHint)))) }
  }
}
