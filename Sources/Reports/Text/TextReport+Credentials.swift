// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Exposure
internal import Responding
internal import Scanning

extension TextReport {
  /// Places of one item that are shown without `--verbose`.
  private static let mostPlaces = 4

  /// What the attack can have read, and what to replace first.
  func writeRotation(_ response: Response) {
    guard let plan = response.rotation else { return }
    let read = response.credentials.filter(response.isRead)
    writer.blank()
    writer.line(
      wording(ResponsePhrase.credentialsHeading, .count(read.count), .count(response.credentials.count)),
      paint: .heading)
    if response.credentials.isEmpty { return writer.line(wording(ResponsePhrase.credentialsNone), indent: 2) }
    if !plan.isReadKnown { writer.line(wording(ResponsePhrase.readNotKnown), indent: 2) }
    writer.blank()
    writer.line(wording(ResponsePhrase.rotationHeading), paint: .heading)
    if plan.isFromAnotherComputer { writer.line(wording(ResponsePhrase.rotationElsewhere), indent: 2, paint: .warning) }
    let columns = "\(plan.before.count + plan.items.count).".utf8.count + 1
    for (number, step) in plan.before.enumerated() {
      writer.line(wording.language.cleanup(step), indent: 2, label: "\(number + 1).", hanging: columns, paint: .warning)
    }
    for item in plan.items { write(item, of: response, columns, after: plan.before.count) }
    let others = plan.others.compactMap { response.catalogue.kind($0.kind)?.texts(in: style.language).name }
    if !others.isEmpty {
      writer.line(
        wording(ResponsePhrase.credentialsOthers, .words(others.map(wording.prose).joined(separator: ", "))), indent: 2)
    }
  }

  private func write(_ item: RotationPlan.Item, of response: Response, _ columns: Int, after steps: Int) {
    guard let texts = response.catalogue.kind(item.kind)?.texts(in: style.language) else { return }
    let entry = response.progress?.entries.first { $0.item == item }
    let state = entry.flatMap { self.state($0.state) }.map { " (\($0))" } ?? ""
    writer.line(
      wording.prose(texts.name) + state, indent: 2, label: "\(item.order + steps).", hanging: columns,
      paint: entry?.state.isWarning ?? false ? .bad : .heading)
    let indent = 2 + columns
    let now = Int64(response.scanned.started)
    let (places, rest) = shown(item.places, most: Self.mostPlaces)
    for place in places {
      let remarks = wording.remarks(on: place, now: now)
      writer.line(
        wording.path(place.path) + (remarks.isEmpty ? "" : " (\(remarks))"), indent: indent, label: "-", hanging: 2)
    }
    writeMore(rest, indent: indent)
    writer.line(wording(ResponsePhrase.rotationWhere, .words(wording.prose(texts.where))), indent: indent, hanging: 2)
    writer.line(wording.prose(texts.how), indent: indent, hanging: 2)
    if let log = texts.log {
      writer.line(wording(ResponsePhrase.rotationLog, .words(wording.prose(log))), indent: indent, hanging: 2)
    }
  }

  private func state(_ state: ChecklistProgress.State) -> String? {
    switch state {
    case .new, .open: nil
    case .openAndChanged: wording(ResponsePhrase.stateChanged)
    case .done: wording(ResponsePhrase.stateDone)
    case .doneButUnchanged: wording(ResponsePhrase.stateDoneButUnchanged)
    case .doneWithNewPlaces: wording(ResponsePhrase.stateDoneWithNewPlaces)
    }
  }

  // MARK: Without an incident

  func write(_ report: ExposureReport) {
    let count = report.credentials.count
    writer.line(
      count == 0 ? wording(ResponsePhrase.exposureNothing) : wording(ResponsePhrase.exposureFirst, .count(count)),
      paint: count == 0 ? .good : .heading)
    for kind in report.catalogue.kinds {
      let places = report.credentials.filter { $0.kind == kind.id }
      guard !places.isEmpty else { continue }
      let texts = kind.texts(in: style.language)
      writer.blank()
      writer.line(wording.prose(texts.name), paint: .heading)
      writer.line(wording(ResponsePhrase.rotationScope, .words(wording.prose(texts.scope))), indent: 2, hanging: 2)
      let (items, rest) = shown(places, most: Self.mostPlaces)
      for place in items {
        let remarks = wording.remarks(on: place, now: report.now)
        writer.line(
          wording.path(place.path) + (remarks.isEmpty ? "" : " (\(remarks))"), indent: 2, label: "-", hanging: 2)
      }
      writeMore(rest, indent: 2)
    }
    writeEasiest(report.easiest)
    writeProblems(report.coverage)
    writeSkips(report.coverage)
  }

  private func writeEasiest(_ easiest: EasiestWays) {
    guard !easiest.ways.isEmpty else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.easiestHeading), paint: .heading)
    for (number, way) in easiest.ways.enumerated() {
      let texts = way.way.texts(in: style.language)
      writer.line(wording.prose(texts.what), indent: 2, label: "\(number + 1).", hanging: 3)
      let (places, rest) = shown(way.sightings, most: Self.mostPlaces)
      let list = places.map { wording.path($0.path) }.joined(separator: ", ")
      let more = rest > 0 ? " " + wording(.severalMore, .count(rest)) : ""
      writer.line(wording(ResponsePhrase.rotationPlaces, .words(list + more)), indent: 5, hanging: 2)
      writer.line(wording.prose(texts.how), indent: 5, hanging: 2)
    }
  }
}
