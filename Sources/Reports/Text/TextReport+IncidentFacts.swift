// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

extension TextReport {
  /// The most packages, versions of one package, and traces of one kind, that are shown without `--verbose`.
  private static let mostPackages = 20
  private static let mostVersions = 10
  private static let mostTraces = 5

  /// - Parameter record: That of the whole incident, where the part is a variant: what is the same is not said again.
  func writeFacts(of part: IncidentPart, beside record: IncidentDetail?) {
    let detail = part.detail
    if detail.triggers != record?.triggers { writeTriggers(detail) }
    if detail.reads != record?.reads { writeReads(detail) }
    if detail.leaves != record?.leaves { writeLeaves(detail) }
    if detail.traces != record?.traces { writeTraces(detail) }
    writeSigns(part.signs, detail)
    if detail.cleanup != record?.cleanup { writeCleanup(detail) }
  }

  // MARK: Packages

  /// - Parameter hidden: Advisories that have been named already.
  func writePackages(of part: IncidentPart, hasVariants: Bool, hidden: [String]) {
    heading(.incidentPackages)
    guard !part.packages.isEmpty else {
      writer.line(wording(hasVariants ? .incidentPackagesInVariants : .incidentNoPackage), indent: 2)
      return
    }
    let isNoneSafe = part.packages.allSatisfy { $0.detail.safe.isEmpty && $0.detail.safeUnverified.isEmpty }
    // Said once of all of them rather than of each.
    let hasRows = !isNoneSafe || part.packages.count == 1
    let (items, rest) = shown(part.packages, most: Self.mostPackages)
    for affected in items {
      writeVersions(of: affected, hidden: hidden)
      if hasRows { writeRow(.safe, safe(affected.detail)) }
      if let note = affected.detail.note { writeRow(.incidentNote, prose(note, part.detail)) }
    }
    writeMore(rest)
    if !hasRows { writer.line(wording(.incidentNoSafeVersions, .count(part.packages.count)), indent: 2) }
  }

  private func writeVersions(of affected: AffectedPackage, hidden: [String]) {
    var facts = [versions(of: affected)]
    let advisories = affected.detail.advisories.filter { !hidden.contains($0) }
    facts += advisories.prefix(style.verbose ? advisories.count : 1).map(wording.quoted)
    if affected.detail.isUnverified { facts.append(wording(.incidentPackageUnverified)) }
    writer.line(facts.joined(separator: separator), indent: 2, hanging: 2, paint: .heading)
  }

  /// `node-ipc 9.1.6, 9.2.3`
  private func versions(of affected: AffectedPackage) -> String {
    let name = Package(ecosystem: affected.ecosystem, name: affected.name, version: nil).shown(wording)
    if affected.isWhole { return wording(.incidentEveryVersion, .words(name)) }
    let most = style.verbose ? affected.versions.count : Self.mostVersions
    return name + " " + wording.list(affected.versions, most: most)
  }

  /// The versions that are safe, the surest first.
  private func safe(_ detail: AffectedDetail) -> String {
    let sure = detail.safe.filter { detail.safeConfidence[$0] == nil }
    let lessSure = detail.safe.filter { detail.safeConfidence[$0] != nil }
    var words = sure.isEmpty ? [] : [wording.list(sure, most: sure.count)]
    for (versions, phrase) in [(lessSure, Phrase.incidentLessSure), (detail.safeUnverified, .safeUnverified)]
    where !versions.isEmpty {
      words.append(wording(phrase, .words(wording.list(versions, most: versions.count))))
    }
    return words.isEmpty ? wording(.noSafeVersion) : words.joined(separator: "; ")
  }

  private func writeRow(_ label: Phrase, _ text: String) {
    let columns = 2 + ([Phrase.safe, .incidentNote].map { Columns.count(wording($0)) }.max() ?? 0)
    writer.line(text, indent: 4, label: wording(label), hanging: columns)
  }

  // MARK: How it works

  private func writeTriggers(_ detail: IncidentDetail) {
    guard !detail.triggers.isEmpty else { return }
    heading(detail.triggers.count > 1 ? .incidentTriggers : .incidentTrigger)
    for code in detail.triggers {
      writeItem(IncidentCode.Trigger(rawValue: code).map(wording.language.trigger) ?? wording.quoted(code))
    }
  }

  private func writeReads(_ detail: IncidentDetail) {
    heading(.incidentReads)
    let words = detail.reads.map { code in
      IncidentCode.Reading(rawValue: code).map(wording.language.reading) ?? wording.quoted(code)
    }
    if words.isEmpty { writer.line(wording(.incidentReadsNothing), indent: 2) }
    for item in words { writeItem(item) }
  }

  private func writeCleanup(_ detail: IncidentDetail) {
    guard !detail.cleanup.isEmpty else { return }
    heading(.incidentCleanup)
    let steps = detail.cleanup.map { code in
      IncidentCode.Cleanup(rawValue: code).map(wording.language.cleanup) ?? wording.quoted(code)
    }
    writeNumbered(steps)
  }

  // MARK: How it gets out

  private func writeLeaves(_ detail: IncidentDetail) {
    heading(.incidentLeaves)
    if detail.leaves.isEmpty { writer.line(wording(.incidentLeavesNothing), indent: 2) }
    for way in detail.leaves { write(way, detail) }
    let isDefanged = detail.leaves.contains { !($0.hosts + $0.addresses + $0.queries).isEmpty }
    if isDefanged { writer.line(wording(.incidentDefanged), indent: 2, paint: .faint) }
  }

  private func write(_ way: WayOut, _ detail: IncidentDetail) {
    writeItem(IncidentCode.Way(rawValue: way.via).map(wording.language.way) ?? wording.quoted(way.via))
    let rows: [(Phrase, [String])] = [
      (.incidentHosts, way.hosts.map(Defanging.host)), (.incidentAddresses, way.addresses.map(Defanging.host)),
      (.incidentQueries, way.queries.map(Defanging.host)),
    ]
    for (label, items) in rows where !items.isEmpty {
      let (items, rest) = shown(items, most: Self.mostTraces)
      writer.line(wording(label) + ": " + items.map(wording.quoted).joined(separator: ", "), indent: 4, hanging: 2)
      writeMore(rest, indent: 6)
    }
    if let note = way.note { writer.line(prose(note, detail), indent: 4) }
  }

  // MARK: What stays behind

  private func writeTraces(_ detail: IncidentDetail) {
    heading(.incidentTraces)
    let traces = detail.traces
    if traces == IncidentTraces() { writer.line(wording(.incidentNoTraces), indent: 2) }
    writeTraces(wording(.incidentFiles), traces.files.map(wording.path))
    writeTraces(wording(.incidentProcesses), traces.processes.map(wording.path))
    writeTraces("SHA-256", traces.sha256.map(digest))
    writeTraces("SHA-1", traces.sha1.map(digest))
    writeTraces("SHA-512", traces.integrity.map(digest))
    writeTraces(wording(.incidentOther), traces.other.map { prose($0, detail) })
    writeTraces(wording(.incidentSharedHosts), traces.sharedHosts.map(wording.quoted))
  }

  private func writeTraces(_ label: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    writer.line(label, indent: 2)
    let (items, rest) = shown(items, most: Self.mostTraces)
    for item in items { writer.line(item, indent: 4, label: "-", hanging: 2) }
    writeMore(rest, indent: 4)
  }

  /// The digest, and the file that it is of.
  private func digest(_ digest: IncidentTraces.Digest) -> String {
    let value = wording.path(digest.value)
    return digest.file.map { "\(value) (\(wording.quoted($0)))" } ?? value
  }

  private func writeSigns(_ signs: [NamedSign], _ detail: IncidentDetail) {
    guard !signs.isEmpty else { return }
    heading(.incidentSigns)
    let (items, rest) = shown(signs, most: Self.mostTraces)
    for sign in items {
      var facts = [Sign.Kind(rawValue: sign.kind).map(wording.language.signKind) ?? wording.quoted(sign.kind)]
      if !sign.isCertain { facts.append(wording(.incidentSignIsLessSure)) }
      writeItem("\(wording.path(sign.path)) (\(facts.joined(separator: "; ")))")
      if let note = sign.note { writer.line(prose(note, detail), indent: 4) }
    }
    writeMore(rest)
  }
}
