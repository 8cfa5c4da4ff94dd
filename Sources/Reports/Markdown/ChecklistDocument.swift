// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import Exposure
public import Responding

/// A rotation plan as a list with boxes to tick, in Markdown.
///
/// What ``Checklist`` reads: comments say which lines are ours, so that ticks and notes of people come through when it is written anew.
public struct ChecklistDocument: Sendable {
  let plan: RotationPlan
  let progress: ChecklistProgress
  let catalogue: CredentialCatalogue
  /// The incident's, or what was asked for.
  let title: String
  /// Seconds since 1970, UTC.
  let made: Int64
  let language: Language

  /// - Parameters:
  ///   - progress: The plan held against the list of an earlier run, if there is one.
  ///   - title: The incident's.
  ///   - made: Seconds since 1970, UTC.
  ///   - language: `en` …
  public init(
    _ plan: RotationPlan, _ progress: ChecklistProgress, _ catalogue: CredentialCatalogue, title: String, made: Int64,
    language: String = "en"
  ) {
    self.plan = plan
    self.progress = progress
    self.catalogue = catalogue
    self.title = title
    self.made = made
    self.language = Language.named(language)
  }

  /// The whole document, ending with a line break.
  public func markdown() -> String {
    var outside = [heading(1, say(.title, .words(plain(title))))]
    var body: [String] = []
    outside += introduction
    for line in outside { body += [line, ""] }
    func section(_ phrase: ChecklistPhrase, _ blocks: [[String]]) {
      guard !blocks.isEmpty else { return }
      let line = heading(2, say(phrase))
      outside.append(line)
      body += [line, ""] + blocks.flatMap { $0 + [""] }
    }
    let read = progress.entries.filter { $0.item.reason != .notNamed }
    section(.beforeHeading, progress.steps.map(step))
    section(.itemsHeading, read.map(item))
    section(.othersHeading, progress.entries.filter { $0.item.reason == .notNamed }.map(item))
    section(.goneHeading, progress.gone.map(gone))
    if !progress.ownItems.isEmpty || !progress.notes.isEmpty {
      let line = heading(2, say(.notesHeading))
      outside.append(line)
      // Notes come first: what stands below a box belongs to it.
      body += [line, ""] + (progress.notes.isEmpty ? [] : progress.notes + [""])
      body += progress.ownItems.flatMap { own($0) + [""] }
    }
    body.insert(ChecklistKey.comment(lines: outside), at: 1)
    return body.joined(separator: "\n") + "\n"
  }

  private var introduction: [String] {
    let read = plan.items.count
    var lines = [say(.made, .words(date(made, isLong: true)), .count(read))]
    if progress.done > 0 { lines.append(say(.progress, .count(progress.done), .count(progress.entries.count))) }
    if read == 0 { lines.append(say(.nothing)) }
    if plan.isFromAnotherComputer, read > 0 { lines.append(say(.fromAnotherComputer)) }
    if !plan.isReadKnown { lines.append(say(.readsNotKnown)) }
    if progress.problem != nil { lines.append(say(.cut)) }
    return lines + [say(.howTo)]
  }

  // MARK: Boxes

  private func step(_ step: (key: String, isTicked: Bool, notes: [String])) -> [String] {
    let code = String(step.key.dropFirst(ChecklistKey.step("").count))
    let text = IncidentCode.Cleanup(rawValue: code).map { language.cleanup($0) } ?? plain(code)
    return block(text, step.isTicked, key: step.key, places: [], lines: [], notes: step.notes)
  }

  private func item(_ entry: ChecklistProgress.Entry) -> [String] {
    let texts = catalogue.kind(entry.item.kind)?.texts(in: language.code) ?? CredentialKind.Texts()
    var lines = state(entry) + entry.item.places.map(place)
    lines += [say(.scope, .words(texts.scope)), say(.whereTo, .words(texts.where)), say(.how, .words(texts.how))]
    if let log = texts.log { lines.append(say(.log, .words(log))) }
    let title = "\(entry.item.order). **\(texts.name.isEmpty ? plain(entry.item.kind) : texts.name)**"
    return block(
      title, entry.isTicked, key: ChecklistKey.item(entry.item), places: entry.places, lines: lines,
      notes: entry.notes)
  }

  private func gone(_ gone: ChecklistProgress.Gone) -> [String] {
    let name = catalogue.kind(gone.kind)?.texts(in: language.code).name ?? plain(gone.kind)
    return block(
      say(.gone, .words("**\(name)**")), gone.isTicked, key: gone.key, places: gone.places, lines: [],
      notes: gone.notes)
  }

  /// A box of somebody's own, as it was.
  private func own(_ item: Checklist.Item) -> [String] {
    ["- [\(item.isTicked ? "x" : " ")] \(item.notes.first ?? "")"] + item.notes.dropFirst()
  }

  private func block(
    _ title: String, _ isTicked: Bool, key: String, places: [Checklist.Place], lines: [String], notes: [String]
  ) -> [String] {
    let own = lines.map { "  - " + $0 }
    let comments = [ChecklistKey.comment(key: key, lines: [title] + own)] + places.map { ChecklistKey.comment($0) }
    return ["- [\(isTicked ? "x" : " ")] \(title)"] + comments.map { "  " + $0 } + own + notes
  }

  // MARK: Lines of a box

  private func state(_ entry: ChecklistProgress.Entry) -> [String] {
    var lines: [String] = []
    if entry.state == .new, progress.entries.contains(where: { $0.state != .new }) { lines.append(say(.new)) }
    if !entry.unchanged.isEmpty { lines.append(say(.unchanged, .words(list(entry.unchanged)))) }
    if !entry.added.isEmpty { lines.append(say(.added, .words(list(entry.added)))) }
    if !entry.changed.isEmpty { lines.append(say(.changed, .words(list(entry.changed)))) }
    return lines
  }

  private func place(_ sighting: CredentialSighting) -> String {
    let path = Argument.words(code(sighting.path))
    var text =
      switch sighting.place {
      case .variable: say(.variable, path)
      case .file(let identity): say(.fileWithDate, path, .words(date(identity.modified)))
      case .folder(let identity, let entries):
        say(.folder, path, .words(date(identity.modified)), .count(entries))
      }
    let remarks = remarks(on: sighting)
    if !remarks.isEmpty { text += " (" + remarks.joined(separator: "; ") + ")" }
    return text
  }

  private func remarks(on sighting: CredentialSighting) -> [String] {
    let protection: ChecklistPhrase? =
      switch sighting.protection {
      case .none, .unknown: nil
      case .passphrase: .passphrase
      case .hardware: .hardware
      case .systemStore: .systemStore
      }
    let others: ChecklistPhrase? = (sighting.identity?.isReadableByOthers ?? false) ? .readableByOthers : nil
    return [protection, others].compactMap { $0 }.map { say($0) }
  }

  private func list(_ paths: [String]) -> String {
    let shown = paths.prefix(5).map(code).joined(separator: ", ")
    return paths.count > 5 ? shown + " … (\(language.number(paths.count)))" : shown
  }

  // MARK: Text

  private func say(_ phrase: ChecklistPhrase, _ arguments: Argument...) -> String {
    Wording(language).fill(language.checklist(phrase), arguments)
  }

  private func heading(_ level: Int, _ text: String) -> String {
    String(repeating: "#", count: level) + " " + text
  }

  /// A path or a name as code: nothing in it is markup, and no backquote ends it.
  private func code(_ text: String) -> String {
    let escaped = Escaping.terminal(text).split(separator: "`", omittingEmptySubsequences: false)
    return "`" + escaped.joined(separator: "'") + "`"
  }

  /// A text from outside in the midst of ours, without what Markdown or HTML would obey.
  private func plain(_ text: String) -> String {
    let signs = Set("\\`*_{}[]<>#|!~&".unicodeScalars)
    return Escaping.terminal(text).unicodeScalars.reduce(into: "") { result, scalar in
      if signs.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }

  private func date(_ seconds: Int64, isLong: Bool = false) -> String {
    let text = Timestamp(secondsSince1970: Double(seconds)).text
    return isLong ? text.prefix(10) + " " + text.dropFirst(11).prefix(5) : String(text.prefix(10))
  }
}
