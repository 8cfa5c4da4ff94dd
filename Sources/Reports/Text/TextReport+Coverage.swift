// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Scanning

extension TextReport {
  /// The most places of one reason, and notes of one code, that are shown without `--verbose`.
  private static let mostItems = 5

  // MARK: Notes

  func writeNotes(_ notes: [Note]) {
    guard !notes.isEmpty else { return }
    heading(.notesHeading)
    for code in Note.Code.allCases {
      let (items, rest) = shown(Self.merged(notes.filter { $0.code == code }), most: Self.mostItems)
      guard !items.isEmpty else { continue }
      let explanation = wording.language.note(code)
      writer.line(counted(explanation.heading, items.count + rest), indent: 2)
      for note in items { writer.line(wording.sentence(for: note), indent: 4, label: "-", hanging: 2) }
      writeRest(rest)
      writeHint(explanation.hint)
    }
  }

  /// Several incidents may condemn versions that one requirement takes: for a reader that is one note.
  private static func merged(_ notes: [Note]) -> [Note] {
    var merged: [Note] = []
    var positions: [Note: Int] = [:]
    for note in notes {
      guard note.code == .rangeTakesBadVersion else {
        merged.append(note)
        continue
      }
      var key = note
      (key.incident, key.arguments) = (nil, Array(note.arguments.prefix(1)))
      guard let position = positions[key] else {
        positions[key] = merged.count
        merged.append(note)
        continue
      }
      let known = merged[position].arguments
      let new = note.arguments.dropFirst().filter { !known.dropFirst().contains($0) }
      let isWhole = known.dropFirst() == ["*"] || new == ["*"]
      merged[position].arguments = isWhole ? known.prefix(1) + ["*"] : known + new
    }
    return merged
  }

  // MARK: What could not be read

  func writeProblems(_ coverage: Coverage) {
    guard !coverage.problems.isEmpty else { return }
    heading(.problemsHeading, paint: .warning)
    for reason in Coverage.Reason.allCases {
      let (items, rest) = shown(coverage.problems.filter { $0.reason == reason }, most: Self.mostItems)
      guard !items.isEmpty else { continue }
      writer.line(counted(wording.language.problem(reason).heading, items.count + rest), indent: 2)
      for problem in items { writeItem(problem.path, line: problem.line, facts: wording.facts(of: problem)) }
      writeRest(rest)
      writeHints(items)
    }
  }

  /// Each different hint once.
  private func writeHints(_ problems: [Coverage.Problem]) {
    var said: Set<String> = []
    for hint in problems.compactMap(wording.hint) where said.insert(hint).inserted { writeHint(hint) }
  }

  // MARK: What was left out

  func writeSkips(_ coverage: Coverage) {
    guard !coverage.skipped.isEmpty else { return }
    heading(.skipsHeading)
    for reason in Coverage.SkipReason.allCases {
      let skips = coverage.skipped.filter { $0.reason == reason }
      guard !skips.isEmpty else { continue }
      let explanation = wording.language.skip(reason)
      writer.line(counted(explanation.heading, skips.count), indent: 2)
      guard style.verbose else { continue }
      for skip in skips {
        let facts = skip.arguments.map(wording.quoted).joined(separator: ", ")
        writeItem(skip.path, line: nil, facts: facts.isEmpty ? nil : facts)
      }
      writeHint(explanation.hint)
    }
  }

  // MARK: Pieces

  /// `Permission was denied (12)`
  private func counted(_ heading: String, _ count: Int) -> String {
    "\(heading) (\(wording.language.number(count)))"
  }

  private func writeItem(_ path: String, line: Int?, facts: String?) {
    let place = wording.path(path) + (line.map { ":\($0)" } ?? "")
    writer.line(facts.map { "\(place) (\($0))" } ?? place, indent: 4, hanging: 2)
  }

  private func writeRest(_ rest: Int) {
    guard rest > 0 else { return }
    writer.line(wording(.severalMorePlaces, .count(rest)), indent: 4)
  }

  private func writeHint(_ hint: String?) {
    guard let hint else { return }
    writer.line(wording(.hint, .words(hint)), indent: 4, hanging: 6, paint: .faint)
  }
}
