// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Responding
internal import Scanning

extension TextReport {
  // MARK: What a scan finds in one

  /// The findings of which everything lies locked away.
  func writeQuarantined(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    heading(.quarantineHeading)
    let (items, rest) = shown(findings, most: 20)
    for finding in items {
      let facts = [wording.language.findingClass(finding.class), wording.quoted(finding.id)].joined(
        separator: separator)
      writer.line("\(finding.package.shown(wording)) (\(facts))", indent: 2, hanging: 2)
    }
    if rest > 0 { writer.line(wording(.severalMorePackages, .count(rest)), indent: 2) }
    let folders = Set(findings.flatMap(\.sightings).map { Self.folder(ofManifest: $0.path) })
    for folder in folders.sorted() { writeUndo(folder) }
  }

  private static func folder(ofManifest path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[..<slash])
  }

  private func writeUndo(_ folder: String) {
    let hint = wording(.quarantineUndo, .words(wording.path(folder)))
    writer.line(wording(.hint, .words(hint)), indent: 2, hanging: 2, paint: .faint)
  }

  // MARK: Moving

  /// What would be moved: nothing has been.
  func write(_ plan: QuarantinePlan) {
    let count = plan.batches.reduce(0) { $0 + $1.items.count }
    writer.line(count > 0 ? wording(.quarantineWouldMove, .count(count)) : wording(.quarantineNothing))
    for batch in plan.batches { write(batch.items, below: batch.shownFolder) }
    write(plan.refusals, .quarantineRefused)
  }

  func write(_ report: QuarantineReport) {
    let count = report.batches.reduce(0) { $0 + $1.items.count }
    writer.line(count > 0 ? wording(.quarantineMoved, .count(count)) : wording(.quarantineNothing))
    for batch in report.batches where !batch.items.isEmpty {
      write(batch.items, below: batch.folder)
      writer.line(wording(.quarantineIn, .words(wording.path(batch.path))), indent: 2, hanging: 2)
      if batch.isLocked {
        writeUndo(batch.path)
      } else {
        writer.line(wording(.quarantineNotLocked, .words(wording.path(batch.path))), indent: 2, paint: .warning)
      }
    }
    for path in report.finished { writer.line(wording(.quarantineFinished, .words(wording.path(path)))) }
    write(report.refusals, .quarantineRefused)
  }

  func write(_ report: RestoreReport) {
    let count = report.restored.count
    writer.line(count > 0 ? wording(.restoreDone, .count(count)) : wording(.restoreNothing))
    write(report.restored, below: report.folder)
    let others = report.alreadyBack.count
    if others > 0 { writer.line(wording(.restoreAlreadyBack, .count(others))) }
    write(report.refusals, .restoreRefused)
  }

  private func write(_ items: [QuarantinedItem], below folder: String) {
    for item in items {
      writer.line(wording.path(folder == "/" ? "/" + item.shownOrigin : folder + "/" + item.shownOrigin), indent: 2)
      let packages = wording.list(item.contents.map(\.package.title), most: 5)
      var words = wording(
        .quarantineThing, .words(wording.language.role(item.role)), .words(packages), .count(item.files))
      if item.sharedFiles > 0 { words += "; " + wording(.quarantineShared, .count(item.sharedFiles)) }
      writer.line(words, indent: 4, hanging: 2)
    }
  }

  private func write(_ refusals: [QuarantineRefusal], _ title: Phrase) {
    guard !refusals.isEmpty else { return }
    heading(title, paint: .warning)
    for refusal in refusals {
      writer.line(wording.sentence(for: refusal), indent: 2, hanging: 2)
      if let hint = wording.language.refusal(refusal.code).hint {
        writer.line(wording(.hint, .words(hint)), indent: 4, hanging: 2, paint: .faint)
      }
    }
  }
}
