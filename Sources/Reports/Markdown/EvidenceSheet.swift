// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import History
public import Inventory
public import Responding
public import Scanning

/// What a customer or an insurer is given after a clean-up: what was found, since when, what was done, and what is not known.
///
/// It holds no secret and no digest of one: credentials are no part of it but as items of a checklist.
public struct EvidenceSheet: Sendable {
  /// A scan that was saved, and its file's digest: whoever has the file can tell that it is the one.
  public struct SavedScan: Sendable {
    public var name: String
    /// SHA-256 in hexadecimal.
    public var digest: String

    public init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// A file that was edited, and what was changed in it.
  public struct Edit: Sendable {
    public var path: String
    /// Facts in no language: `node-ipc 9.1.6 -> 9.1.5`.
    public var detail: String

    public init(path: String, detail: String) {
      self.path = path
      self.detail = detail
    }
  }

  /// Seconds since 1970, UTC.
  public var made: Double
  /// Who did it, and on which machine, as the caller knows it.
  public var user: String
  public var host: String
  public var programVersion: String
  public var before: ScanReport
  /// nil where no scan was made afterwards.
  public var after: ScanReport?
  public var exposure: [PastSighting] = []
  /// What was not read to say since when.
  public var exposureLedger = Coverage()
  /// Findings of which it was not looked up since when they were here.
  public var withoutExposure: [String] = []
  public var edits: [Edit] = []
  public var quarantine = QuarantineReport()
  /// Items of the checklist, in words: those that are ticked, and those that are not.
  public var ticked: [String] = []
  public var open: [String] = []
  public var scans: [SavedScan] = []

  public init(
    made: Double, user: String, host: String, programVersion: String, before: ScanReport, after: ScanReport? = nil
  ) {
    self.made = made
    self.user = user
    self.host = host
    self.programVersion = programVersion
    self.before = before
    self.after = after
  }
}

/// Writes the sheet to `output` as Markdown, without flushing it.
public func write(_ sheet: EvidenceSheet, style: ReportStyle, to output: Output) {
  SheetWriter(wording: Wording(.named(style.language)), output: output).write(sheet)
}

private struct SheetWriter {
  let wording: Wording
  let output: Output

  func write(_ sheet: EvidenceSheet) {
    line("# " + wording(.sheetTitle))
    line()
    item(wording(.sheetMade, .words(Timestamp(secondsSince1970: sheet.made).text), code(sheet.user), code(sheet.host)))
    let records = "\(sheet.before.advisories.source) \(sheet.before.advisories.asOf)"
    item(wording(.sheetProgram, code(sheet.programVersion), code(records)))
    for path in sheet.before.scanned.paths { item(wording(.sheetScanned, code(path))) }
    writeFindings(sheet.before.findings)
    section(.sheetSince, sheet.exposure.map(exposure))
    writeDeeds(sheet)
    if !sheet.open.isEmpty { section(.sheetOpen, sheet.open.map(Markdown.code)) }
    writeNow(sheet.after)
    writeUnchecked([sheet.before.coverage] + (sheet.after.map { [$0.coverage] } ?? []) + [sheet.exposureLedger], sheet)
    section(.sheetScans, sheet.scans.map { wording(.sheetScan, code($0.name), code($0.digest)) })
    line()
    line(wording(.sheetRemark))
  }

  // MARK: Sections

  private func writeFindings(_ findings: [Finding]) {
    section(
      .sheetFound,
      findings.flatMap { finding -> [String] in
        let head = [code(finding.label ?? finding.package.purl), code(finding.class.rawValue), code(finding.id)]
        let title = head.map(Self.text).joined(separator: ", ")
        return [title] + finding.sightings.map { "  - " + place($0) }
      })
  }

  private func place(_ sighting: Sighting) -> String {
    let line = sighting.line.map { ":\($0)" } ?? ""
    return Markdown.code(sighting.path + line) + " (" + wording.language.sighting(sighting.kind) + ")"
  }

  private func exposure(_ past: PastSighting) -> String {
    let degree: Phrase =
      switch past.degree {
      case .locked: .sheetLocked
      case .onDisk: .sheetOnDisk
      case .ran: .sheetRan
      }
    let from = past.from.map { bound($0, .sheetBefore) }
    let to = past.to.map { bound($0, .sheetAtTheLatest) }
    let time =
      switch (from, to) {
      case (let from?, let to?): wording(.sheetFromTo, .words(from), .words(to))
      case (let from?, nil): wording(.sheetFromUntilNow, .words(from))
      case (nil, let to?): wording(.sheetUnknownUntil, .words(to))
      case (nil, nil): wording(.sheetUnknownUntilNow)
      }
    let words = wording(
      .sheetExposure, code(past.package.purl), code(past.place), .words(time), .words(wording(degree)))
    let files = Set(past.evidence.map(\.path)).sorted().map(Markdown.code)
    return files.isEmpty ? words : words + " (" + files.joined(separator: ", ") + ")"
  }

  private func bound(_ bound: PastSighting.Bound, _ inexact: Phrase) -> String {
    let time = Timestamp(secondsSince1970: Double(bound.seconds)).text
    return bound.isExact ? time : wording(inexact, .words(time))
  }

  private func writeDeeds(_ sheet: EvidenceSheet) {
    let edits = sheet.edits.map { wording(.sheetEdited, code($0.path), code($0.detail)) }
    let moved = sheet.quarantine.batches.flatMap { batch in
      batch.items.map { wording(.sheetMoved, code("\(batch.folder)/\($0.shownOrigin)"), code(batch.path)) }
    }
    let refused = sheet.quarantine.refusals.map { refusal in
      wording(.sheetNotMoved, code(refusal.path), .words(wording.language.refusal(refusal.code).heading))
    }
    section(.sheetDone, edits + moved + refused + sheet.ticked.map { wording(.sheetTicked, code($0)) })
  }

  private func writeNow(_ report: ScanReport?) {
    guard let report else { return section(.sheetNow, [wording(.sheetNotScannedAgain)]) }
    let present = report.findings.filter { !$0.isQuarantined }.flatMap { finding in
      finding.sightings.filter { $0.kind != .quarantined }.map {
        wording(.sheetStillThere, code(finding.label ?? finding.package.purl), .words(place($0)))
      }
    }
    section(.sheetNow, [wording(.sheetVerdict, code(report.verdict.rawValue))] + present)
  }

  /// What either scan could not read, or left out: each once.
  private func writeUnchecked(_ ledgers: [Coverage], _ sheet: EvidenceSheet) {
    let problems = ledgers.flatMap(\.problems).map {
      ledgerLine($0.path, $0.arguments, wording.language.problem($0.reason).heading)
    }
    let skips = ledgers.flatMap(\.skipped).map {
      ledgerLine($0.path, $0.arguments, wording.language.skip($0.reason).heading)
    }
    var seen: Set<String> = []
    let others = sheet.withoutExposure.map { wording(ResponsePhrase.sinceNotLookedUp, code($0)) }
    let lines = (problems + skips + others).filter { seen.insert($0).inserted }
    section(.sheetNotChecked, lines.isEmpty ? [wording(.sheetAllChecked)] : lines)
  }

  private func ledgerLine(_ path: String, _ arguments: [String], _ heading: String) -> String {
    let facts = arguments.map(Markdown.code).joined(separator: ", ")
    return "\(Markdown.code(path)): \(heading)" + (facts.isEmpty ? "" : " (\(facts))")
  }

  // MARK: Lines

  private func section(_ title: Phrase, _ items: [String]) {
    line()
    line("## " + wording(title))
    line()
    for text in items.isEmpty ? [wording(.sheetNothing)] : items { item(text) }
  }

  /// Text that begins with two spaces is an item below the last one.
  private func item(_ text: String) { line(text.utf8.starts(with: "  - ".utf8) ? text : "- " + text) }

  private func line(_ text: String = "") { output.write(Glue.dissolved(text) + "\n") }

  private func code(_ text: String) -> Argument { .words(Markdown.code(text)) }

  private static func text(_ argument: Argument) -> String {
    if case .words(let words) = argument { return words }
    return ""
  }
}
