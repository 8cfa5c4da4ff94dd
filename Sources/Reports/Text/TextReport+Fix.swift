// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Responding
internal import Scanning

extension TextReport {
  /// Places of one list that are shown without `--verbose`.
  private static let mostPlaces = 12

  func write(_ plan: FixPlan) {
    writeOutcome(plan)
    writeChoices(plan.choices)
    writeChanges(plan)
    writeDoubts(plan.doubts)
    writeCommands(plan)
    writeUntouched(plan.quarantine == nil ? plan.untouched : [])
    writeQuarantine(plan)
    writeProblems(plan.scan.coverage)
    writeNext(plan)
    writeAfter(plan)
  }

  private func writeQuarantine(_ plan: FixPlan) {
    if let moved = plan.quarantine {
      writer.blank()
      write(moved)
    } else if let planned = plan.quarantinePlan {
      writer.blank()
      write(planned)
      writer.line(wording(FixPhrase.howToQuarantine), indent: 2)
    }
  }

  /// What a scan found after it was done, and where the evidence lies.
  private func writeAfter(_ plan: FixPlan) {
    if let after = plan.after {
      writer.blank()
      let left = after.findings.filter { !$0.isQuarantined }.count
      let phrase: FixPhrase =
        left > 0 ? .afterFound : after.coverage.isComplete ? .afterClean : .afterNotVerified
      writer.line(
        wording(phrase, .count(left), .count(after.coverage.problems.count)),
        paint: left > 0 ? .bad : phrase == .afterClean ? .good : .warning)
    }
    guard !plan.evidence.isEmpty else { return }
    writer.blank()
    writer.line(wording(FixPhrase.evidenceWritten))
    for path in plan.evidence { writeItem(wording.path(path)) }
  }

  private func writeOutcome(_ plan: FixPlan) {
    let changed = plan.files.count { $0.state == .applied || $0.state == .planned }
    let left =
      plan.doubts.count + plan.untouched.count + plan.files.count { $0.state != .applied && $0.state != .planned }
      + plan.choices.count { $0.safe == nil }
    let phrase: FixPhrase =
      plan.choices.isEmpty
      ? .nothing
      : plan.files.isEmpty
        ? .leftOnly
        : plan.isApplied ? (left == 0 ? .applied : .appliedAndLeft) : left == 0 ? .planned : .plannedAndLeft
    let isGood = plan.isDone
    writer.line(wording(phrase, .count(changed), .count(left)), paint: isGood ? .good : .warning)
    let problems = plan.scan.coverage.problems.count
    if problems > 0 { writer.line(wording(FixPhrase.partlyRead, .count(problems)), paint: .warning) }
  }

  private func heading(_ phrase: FixPhrase, _ arguments: Argument..., paint: TextWriter.Paint = .heading) {
    writer.blank()
    writer.line(wording.fill(wording.language.fix(phrase), arguments), paint: paint)
  }

  private func writeChoices(_ choices: [FixPlan.Choice]) {
    guard !choices.isEmpty else { return }
    heading(.choices)
    for choice in choices {
      let phrase: FixPhrase =
        switch choice.safe {
        case nil: .choiceNone
        case let safe? where safe.isLessSure: .choiceLessSure
        case let safe? where safe.origin == .incident: safe.isOlder ? .choiceOlder : .choice
        case let safe?: safe.origin == .records ? .choiceByRecords : .choiceUnverified
        }
      let version = Argument.words(wording.quoted(choice.safe?.version ?? ""))
      writer.line(wording(phrase, .words(choice.package.shown(wording)), version), indent: 2, hanging: 2)
    }
  }

  private func writeChanges(_ plan: FixPlan) {
    guard !plan.files.isEmpty else { return }
    heading(plan.isApplied ? .changesApplied : .changes)
    for file in plan.files {
      switch file.state {
      case .planned, .applied: writeDiff(file.diff)
      case .changedMeanwhile:
        writer.line(wording(.changedMeanwhile, .words(wording.path(file.path))), indent: 2, paint: .warning)
      case .failed:
        let meaning = Argument.words(wording.meaning(ofError: file.failure ?? ""))
        writer.line(wording(.failed, .words(wording.path(file.path)), meaning), indent: 2, paint: .warning)
      }
    }
  }

  /// Line for line as it is, so that it can be applied, but for what a terminal would obey.
  private func writeDiff(_ diff: [UInt8]) {
    for line in diff.split(separator: 0x0A) {
      let text = line.last == 0x0D ? line.dropLast() : line
      let shown = text.split(separator: 0x09, omittingEmptySubsequences: false)
        .map { Escaping.terminal(String(decoding: $0, as: UTF8.self), isUnicode: style.isUnicode) }.joined(
          separator: "\t")
      let paint: TextWriter.Paint =
        switch text.first {
        case UInt8(ascii: "+"): .good
        case UInt8(ascii: "-"): .bad
        case UInt8(ascii: "@"): .faint
        default: .plain
        }
      writer.whole(shown, paint: paint)
    }
  }

  private func writeDoubts(_ doubts: [FixPlan.Doubt]) {
    guard !doubts.isEmpty else { return }
    heading(.doubts, paint: .warning)
    let (items, rest) = shown(doubts, most: Self.mostPlaces)
    for doubt in items { writer.line(wording.sentence(for: doubt), indent: 2, hanging: 2) }
    writeRest(rest)
  }

  private func writeCommands(_ plan: FixPlan) {
    guard !plan.commands.isEmpty else { return }
    heading(plan.files.contains { $0.state == .planned } ? .commandsAfterwards : .commands)
    for command in plan.commands {
      writer.whole("  " + Escaping.terminal(command.text, isUnicode: style.isUnicode), paint: .plain)
    }
  }

  private func writeUntouched(_ places: [FixPlan.Untouched]) {
    guard !places.isEmpty else { return }
    heading(.untouched, .count(places.count))
    let (items, rest) = shown(places, most: Self.mostPlaces)
    for place in items {
      writer.line(
        wording(
          .untouchedOne, .words(place.package.shown(wording)), .words(wording.language.sighting(place.kind)),
          .words(wording.path(place.path))), indent: 2, hanging: 2)
    }
    writeRest(rest)
    writer.line(wording(.hint, .words(wording(.untouchedHint))), indent: 2, hanging: 2)
  }

  private func writeRest(_ rest: Int) {
    if rest > 0 { writer.line(wording(FixPhrase.more, .count(rest)), indent: 2) }
  }

  private func writeNext(_ plan: FixPlan) {
    guard !plan.files.isEmpty else { return }
    writer.blank()
    writer.line(wording(plan.isApplied ? .undo : .howToApply))
    if plan.isApplied { writer.line(wording(FixPhrase.afterwards)) }
  }
}
