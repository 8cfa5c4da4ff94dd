// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

extension TextReport {
  /// What is known of one incident: first what it does and what to do, then the facts, then what they rest on.
  func writeExplanation(of incident: Incident) {
    let (own, variants) = IncidentPart.parts(of: incident)
    writeHeading(of: incident)
    writeAdvice(own.detail)
    writePackages(of: own, hasVariants: !variants.isEmpty, hidden: shownAdvisories(incident))
    writeFacts(of: own, beside: nil)
    for variant in variants { write(variant, beside: own, hidden: shownAdvisories(incident)) }
    writeSureness(own.detail)
    writeDisagreements(of: [own] + variants)
    writeSources(incident)
    guard style.verbose, !own.detail.notes.isEmpty else { return }
    heading(.incidentNotes)
    for note in own.detail.notes { writeItem(prose(note, own.detail)) }
  }

  private func writeHeading(of incident: Incident) {
    let detail = incident.detail
    let `class` = detail.class ?? .malicious
    writer.line(prose(detail.title(in: style.language) ?? incident.record.summary, detail), paint: paint(`class`))
    var facts = [classAndKind(detail), detail.severity.map(wording.language.severity)].compactMap { $0 }
    facts.append(wording.quoted(incident.record.id))
    if detail.isUnverified { facts.append(wording(.unverified)) }
    writer.line(facts.joined(separator: separator))
    writeNames(shownAdvisories(incident), .alsoKnownAs)
    writeNames(incident.record.related, .incidentRelated)
    if let dates = wording.dates(published: detail.published, removed: detail.removed) { writer.line(dates) }
  }

  private func shownAdvisories(_ incident: Incident) -> [String] {
    var names = incident.record.aliases
    for alias in incident.detail.aliases ?? [] where !names.contains(alias) { names.append(alias) }
    return names
  }

  private func writeNames(_ names: [String], _ phrase: Phrase) {
    guard !names.isEmpty else { return }
    writer.line(wording(phrase, .words(wording.list(names, most: style.verbose ? names.count : 6))))
  }

  /// A variant: its name, and what is not as the record has it.
  private func write(_ variant: IncidentPart, beside own: IncidentPart, hidden: [String]) {
    let detail = variant.detail
    writer.blank()
    let title = detail.title(in: style.language) ?? variant.variant ?? ""
    writer.line(wording(.incidentVariant, .words(prose(title, detail))), paint: paint(detail.class ?? .malicious))
    let facts = [classAndKind(detail), detail.severity.map(wording.language.severity)].compactMap { $0 }
    writer.line(facts.joined(separator: separator))
    writeNames((detail.aliases ?? []).filter { !hidden.contains($0) }, .alsoKnownAs)
    let dates = wording.dates(published: detail.published, removed: detail.removed)
    if let dates, dates != wording.dates(published: own.detail.published, removed: own.detail.removed) {
      writer.line(dates)
    }
    writer.line(wording(.incidentVariantRest))
    if detail.text(for: style) != own.detail.text(for: style) { writeAdvice(detail) }
    if !variant.packages.isEmpty {
      writePackages(of: variant, hasVariants: false, hidden: hidden + (detail.aliases ?? []))
    }
    writeFacts(of: variant, beside: own.detail)
  }

  // MARK: What it does and what to do

  private func writeAdvice(_ detail: IncidentDetail) {
    let advice = detail.text(for: style)
    if !advice.what.isEmpty {
      heading(.whatItDoes)
      writer.line(prose(advice.what, detail), indent: 2)
    }
    heading(.whatToDo)
    let steps = advice.steps.isEmpty ? [wording(.noAdvice)] : advice.steps.map { prose($0, detail) }
    writeNumbered(steps)
  }

  func writeNumbered(_ steps: [String]) {
    let hanging = "\(steps.count).".utf8.count + 1
    for (index, step) in steps.enumerated() {
      writer.line(step, indent: 2, label: "\(index + 1).", hanging: hanging)
    }
  }

  /// A text of the record; the attacker's hosts in it are no links.
  func prose(_ text: String, _ detail: IncidentDetail) -> String {
    let hosts = detail.leaves.flatMap { $0.hosts + $0.addresses + $0.queries }
    return wording.prose(Defanging(hosts).text(text))
  }

  /// An item of a list without numbers.
  func writeItem(_ text: String) {
    writer.line(text, indent: 2, label: "-", hanging: 2)
  }

  // MARK: What it rests on

  private func writeSureness(_ detail: IncidentDetail) {
    let marks: [(Bool, Phrase)] = [
      (detail.isUnverified, .incidentUnverified), (detail.isNetworkUnverified, .incidentNetworkUnverified),
      (detail.isFromGeneralKnowledge, .incidentGeneralKnowledge),
    ]
    guard marks.contains(where: { $0.0 }) else { return }
    heading(.incidentSureness)
    for (_, phrase) in marks.filter({ $0.0 }) { writeItem(wording(phrase)) }
  }

  private func writeDisagreements(of parts: [IncidentPart]) {
    var said: Set<Disagreement> = []
    let all = parts.flatMap { part in part.detail.disagreements.map { ($0, part.detail) } }
    let points = all.filter { said.insert($0.0).inserted }
    guard !points.isEmpty else { return }
    heading(.disagreementsHeading)
    let (items, rest) = shown(points, most: 3)
    for (point, detail) in items {
      writer.line(prose(point.point, detail), indent: 2)
      for side in [point.first, point.second] where !side.isEmpty {
        writer.line(prose(side, detail), indent: 4, label: "-", hanging: 2)
      }
      guard !point.ours.isEmpty else { continue }
      writer.line(wording(.disagreementOurs, .words(prose(point.ours, detail))), indent: 4, hanging: 2)
    }
    writeMore(rest)
  }

  private func writeSources(_ incident: Incident) {
    heading(.references)
    let links = incident.record.references.map(wording.path)
    let names = incident.detail.sourcesWithoutLink.map {
      wording(.incidentSourceWithoutLink, .words(wording.prose($0)))
    }
    let (items, rest) = shown(links + names, most: 5)
    if items.isEmpty { writer.line(wording(.incidentNoSource), indent: 2) }
    for source in items { writer.line(source, indent: 2, hanging: 2) }
    writeMore(rest)
  }

  func writeMore(_ rest: Int, indent: Int = 2) {
    guard rest > 0 else { return }
    writer.line(wording(.severalMoreItems, .count(rest)), indent: indent)
  }
}
