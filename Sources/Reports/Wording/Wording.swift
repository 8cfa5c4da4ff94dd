// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Scanning

/// Makes sentences of codes and arguments: the only place in the program that does.
///
/// What comes from outside is escaped on its way in.
public struct Wording: Sendable {
  let language: Language
  /// Whether signs beyond ASCII may be used.
  let isUnicode: Bool

  init(_ language: Language = .english, isUnicode: Bool = true) {
    self.language = language
    self.isUnicode = isUnicode
  }

  /// For what is said on standard error.
  private static let standard = Wording()

  /// An error, and below it what to do.
  func error(_ sentence: String, hint: String?) -> String {
    let lines = [self(.error, .words(sentence))] + (hint.map { [self(.hint, .words($0))] } ?? [])
    return Glue.dissolved(lines.joined(separator: "\n"))
  }
}

// MARK: Errors of the command line

extension Wording {
  /// Why a query cannot be understood.
  public static func sentence(for error: QueryError) -> String {
    let explanation = standard.language.query(error.code)
    let sentence = standard.fill(explanation.sentence, [.text(error.text)])
    return standard.error(sentence, hint: explanation.hint)
  }

  /// Why a path that the user named cannot be scanned.
  /// - Parameter errorName: The errno's symbolic name: `ENOENT`.
  public static func cannotOpenRoot(path: String, errorName: String) -> String {
    let sentence = standard(.cannotOpenRoot, .words(standard.path(path)), .words(standard.meaning(ofError: errorName)))
    return standard.error(sentence, hint: standard(.cannotOpenRootHint))
  }

  /// Why the answer cannot be written.
  /// - Parameter path: The file; empty for standard output.
  public static func cannotWrite(path: String, errorName: String) -> String {
    let meaning = Argument.words(standard.meaning(ofError: errorName))
    guard !path.isEmpty else {
      return standard.error(standard(.cannotWriteAnswer, meaning), hint: standard(.cannotWriteAnswerHint))
    }
    let sentence = standard(.cannotWrite, .words(standard.path(path)), meaning)
    return standard.error(sentence, hint: standard(.cannotWriteHint))
  }

  /// No order of versions is known for an ecosystem.
  /// - Parameter known: Those for which there is one.
  public static func unknownEcosystem(_ ecosystem: String, known: [String]) -> String {
    let hint = standard(.unknownEcosystemHint, .words(known.joined(separator: ", ")))
    return standard.error(standard(.unknownEcosystem, .text(ecosystem)), hint: known.isEmpty ? nil : hint)
  }

  /// No incident has the name that the user gave.
  /// - Parameter near: Ids of incidents that may have been meant.
  public static func noSuchIncident(_ text: String, near: [String]) -> String {
    let hint =
      near.isEmpty
      ? standard(.noSuchIncidentHint)
      : standard(.noSuchIncidentNear, .words(standard.list(near, most: near.count)))
    return standard.error(standard(.noSuchIncident, .text(text)), hint: hint)
  }

  /// No incident is about an ecosystem.
  /// - Parameter known: Those that some are about.
  public static func noIncident(inEcosystem ecosystem: String, known: [String]) -> String {
    let hint = standard(.thereAre, .words(standard.list(known, most: known.count)))
    return standard.error(standard(.noSuchEcosystem, .text(ecosystem)), hint: hint)
  }

  /// No incident is of a kind.
  /// - Parameter known: Those that there are.
  public static func noIncident(ofKind kind: String, known: [String]) -> String {
    let hint = standard(.thereAre, .words(standard.list(known, most: known.count)))
    return standard.error(standard(.noSuchKind, .text(kind)), hint: hint)
  }

  /// A scan without a path has nowhere to look.
  public static var noDefaultRoots: String {
    standard.error(standard(.noDefaultRoots), hint: standard(.noDefaultRootsHint))
  }

  /// What a system error means, with its name: `permission denied (EACCES)`.
  func meaning(ofError name: String) -> String {
    guard let meaning = language.systemError(name) else { return quoted(name) }
    return "\(meaning) (\(name))"
  }
}

// MARK: Progress and confinement

extension Wording {
  /// The line that shows how far a scan has come.
  ///
  /// - Parameters:
  ///   - folder: The folder that is being read; its middle is left out where it is too long.
  ///   - width: The terminal's columns. The line stays below, so that no terminal breaks it.
  public static func progress(entries: Int, packages: Int, folder: String, width: Int, isUnicode: Bool) -> String {
    let wording = Wording(isUnicode: isUnicode)
    let counts = wording(.progress, .count(entries), .count(packages))
    let limit = max(0, width - 1)
    let room = limit - Columns.count(counts) - 2
    guard room >= 10 else { return Columns.shortened(counts, to: limit, ellipsis: wording.ellipsis) }
    let shown = Escaping.terminal(folder, isUnicode: isUnicode)
    return counts + "  " + Columns.shortened(shown, to: room, ellipsis: wording.ellipsis)
  }

  /// What keeps the program harmless, or how much of that is missing.
  public static func confinement(landlock: Int?, seccomp: Bool) -> String {
    let sentence = standard.confinementSentence(landlock: landlock, seccomp: seccomp)
    return landlock != nil && seccomp ? sentence : standard(.warning, .words(sentence))
  }

  func confinementSentence(landlock: Int?, seccomp: Bool) -> String {
    switch (landlock, seccomp) {
    case (let version?, true): self(.confined, .count(version))
    case (let version?, false): self(.partlyConfinedByLandlock, .count(version))
    case (nil, true): self(.partlyConfinedByFilter)
    case (nil, false): self(.notConfined)
    }
  }
}
