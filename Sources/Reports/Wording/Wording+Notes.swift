// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Scanning

extension Wording {
  static func sentence(for note: Note, in language: Language) -> String {
    Glue.dissolved(Wording(language).sentence(for: note))
  }

  func sentence(for note: Note) -> String {
    let facts: [Argument] =
      switch note.code {
      case .rangeTakesBadVersion: range(note)
      case .lockDisagreesWithInstalled: versions(note)
      case .installedNotLocked: unknown(note)
      case .quarantined: note.arguments.prefix(1).map { .text($0) }
      case .unmaintained, .recordNotice: remark(note)
      case .sourcesDisagree: [package(note)] + note.arguments.map { .text($0) }
      case .ownStatement: statement(note)
      }
    return fill(language.note(note.code).sentence, [.words(place(note.path, line: note.line))] + facts)
  }

  private func package(_ note: Note) -> Argument { .text(note.package?.title ?? "") }

  /// The package, the record, and its text with its source and licence.
  private func remark(_ note: Note) -> [Argument] {
    let facts = note.arguments
    let record = [package(note)] + facts.prefix(1).map { .text($0) }
    guard facts.count > 1, !facts[1].isEmpty else { return record }
    let text = attributed(facts[1], source: facts.dropFirst(2).first, licence: facts.dropFirst(3).first)
    return record + [.words(self(.furtherWords, .words(text)))]
  }

  /// The package, the finding, the status, and why.
  private func statement(_ note: Note) -> [Argument] {
    let facts = note.arguments
    let reason = facts.dropFirst(2).first.flatMap { $0.isEmpty ? nil : $0 }
    return [package(note)] + facts.prefix(2).map { .text($0) }
      + (reason.map { [.words(self(.inBrackets, .text($0)))] } ?? [])
  }

  /// The package's name, the requirement, and what is bad.
  private func range(_ note: Note) -> [Argument] {
    let bad = Array(note.arguments.dropFirst())
    let words =
      bad == ["*"] ? self(.wholePackageIsBad) : self(.badVersions, .count(bad.count), .words(list(bad, most: 5)))
    return [.text(note.package?.name ?? ""), .text(note.arguments.first ?? ""), .words(words)]
  }

  /// The package's name, the locked versions and the installed ones.
  private func versions(_ note: Note) -> [Argument] {
    let lists = note.arguments.dropFirst().prefix(2).map { versions in
      versions.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }
    let words = lists.map { Argument.words(list($0, most: 5)) }
    return [.text(note.arguments.first ?? "")] + words + [.count(lists.last?.count ?? 0)]
  }

  /// How many packages, and the first of them.
  private func unknown(_ note: Note) -> [Argument] {
    let named = Array(note.arguments.dropFirst())
    let count = note.arguments.first.flatMap { Int($0) } ?? named.count
    return [.count(count), .words(list(named, of: count, most: 5))]
  }

  /// `a, b, c and 3 more`
  /// - Parameter total: How many there are, where more than `items` are.
  func list(_ items: [String], of total: Int? = nil, most: Int) -> String {
    let shown = items.prefix(most).map(quoted).joined(separator: ", ")
    let rest = max(total ?? items.count, items.count) - min(items.count, most)
    return rest > 0 ? shown + " " + self(.severalMore, .count(rest)) : shown
  }
}
