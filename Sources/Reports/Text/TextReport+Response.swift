// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import History
internal import Inventory
internal import Responding
internal import Scanning

extension TextReport {
  /// Places, and pieces of evidence of one, that are shown without `--verbose`.
  private static let mostPlaces = 20
  private static let mostEvidence = 4

  func write(_ response: Response) {
    writeOutcome(response)
    writeExposure(response.exposure, isAttack: response.target.isAttack)
    writeHints(response.hints)
    writeRotation(response)
    writeSteps(response)
    writeNext(response)
    writeProblems(response.coverage.ledger)
    writeSkips(response.coverage.ledger)
    writeLookedAt(response)
  }

  // MARK: The first lines

  private func writeOutcome(_ response: Response) {
    let problems = response.coverage.ledger.problems.count
    switch response.outcome {
    case .ran: writer.line(wording(ResponsePhrase.ran), paint: .bad)
    case .onDisk: writer.line(wording(ResponsePhrase.onDisk), paint: .bad)
    case .locked: writer.line(wording(ResponsePhrase.locked), paint: .warning)
    case .notSeen: writer.line(wording(ResponsePhrase.neverHere), paint: .good)
    case .notVerified: writer.line(wording(ResponsePhrase.unseenNotVerified, .count(problems)), paint: .warning)
    }
    writeSubject(response.target)
    if let window = response.window {
      writer.line(wording.window(window.from, window.to, isSentence: true), paint: .heading)
    }
    if problems > 0, response.outcome != .notVerified { writer.line(wording(.notEverythingRead, .count(problems))) }
  }

  /// What the alarm is about.
  private func writeSubject(_ target: ResponseTarget) {
    let title = target.detail.title(in: style.language) ?? target.summary
    writer.line(title.map(wording.prose) ?? wording.quoted(target.id), paint: .heading)
    let names = [target.id] + target.aliases.filter { $0 != target.id }
    writer.line(wording.list(names, most: style.verbose ? names.count : 4))
    if let dates = wording.dates(published: target.detail.published, removed: target.detail.removed) {
      writer.line(dates)
    }
    if target.class == nil { writer.line(wording(ResponsePhrase.notNamed)) }
  }

  // MARK: Since when

  private func writeExposure(_ exposure: [PastSighting], isAttack: Bool) {
    guard !exposure.isEmpty else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.exposureHeading), paint: .heading)
    let (places, rest) = shown(exposure, most: Self.mostPlaces)
    for place in places { write(place) }
    if rest > 0 { writer.line(wording(.severalMorePlaces, .count(rest)), indent: 2) }
    let degree = exposure.map(\.degree).max()
    // Of a flaw there is no running to be seen.
    guard isAttack else { return }
    if degree != .ran { writer.line(wording(ResponsePhrase.ranNotSeen), indent: 2) }
    if degree == .locked { writer.line(wording(ResponsePhrase.diskNotSeen), indent: 2) }
  }

  private func write(_ place: PastSighting) {
    let labels = [ResponsePhrase.degreeLocked, .degreeOnDisk, .degreeRan].map { wording($0) }
    let columns = 2 + (labels.map(Columns.count).max() ?? 0)
    let label: ResponsePhrase =
      switch place.degree {
      case .locked: .degreeLocked
      case .onDisk: .degreeOnDisk
      case .ran: .degreeRan
      }
    writer.line(
      "\(place.package.shown(wording)): \(wording.path(place.place))", indent: 2, label: wording(label),
      hanging: columns)
    writer.line(wording.window(place.from, place.to, isSentence: false), indent: 2 + columns, hanging: 2)
    let (evidence, rest) = shown(place.evidence, most: Self.mostEvidence)
    for item in evidence {
      let path = item.path == place.place ? "" : wording.path(item.path) + " "
      writer.line(path + wording.sentence(for: item), indent: 2 + columns, label: "-", hanging: 2)
    }
    writeMore(rest, indent: 2 + columns)
  }

  private func writeHints(_ hints: [PastSighting]) {
    guard !hints.isEmpty else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.hintsHeading), paint: .heading)
    let (places, rest) = shown(hints, most: Self.mostPlaces)
    for place in places { write(place) }
    if rest > 0 { writer.line(wording(.severalMorePlaces, .count(rest)), indent: 2) }
  }

  // MARK: What to do

  private func writeSteps(_ response: Response) {
    let steps = response.steps(for: style, wording)
    guard !steps.isEmpty else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.stepsHeading), paint: .heading)
    writeNumbered(steps.map { prose($0, response.target.detail) })
  }

  // MARK: What was looked at

  private func writeLookedAt(_ response: Response) {
    writer.blank()
    writer.line(wording(ResponsePhrase.lookedAtHeading), paint: .heading)
    let coverage = response.coverage
    for kind in ResponseCoverage.Kind.allCases {
      guard let count = coverage.read[kind], count > 0 else { continue }
      writeItem(wording.counted(kind, count))
    }
    if !coverage.absentPlaces.isEmpty {
      writeItem(wording(ResponsePhrase.noneHere, .words(wording.list(coverage.absentPlaces, most: 8))))
    }
    if coverage.hiddenProcesses > 0 {
      writeItem(wording(ResponsePhrase.hiddenProcesses, .count(coverage.hiddenProcesses)))
    }
    for trace in coverage.unclearTraces { writeItem(wording(ResponsePhrase.unclearTrace, .text(trace))) }
    writer.blank()
    let columns = 2 + Columns.count(wording(.totalsScanned))
    writer.line(
      response.scanned.paths.map(wording.path).joined(separator: ", "), label: wording(.totalsScanned), hanging: columns
    )
  }
}

extension Response {
  /// What to do: the record's own words for who reads, else what its codes mean.
  func steps(for style: ReportStyle, _ wording: Wording) -> [String] {
    guard !exposure.isEmpty else { return [] }
    let own = target.detail.text(for: style).steps
    if !own.isEmpty { return own }
    let codes = target.detail.cleanup.compactMap(IncidentCode.Cleanup.init(rawValue:))
    return codes.map(wording.language.cleanup)
  }
}
