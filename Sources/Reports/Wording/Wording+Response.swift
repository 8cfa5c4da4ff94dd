// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Exposure
internal import History
internal import Parsing
internal import Responding

extension Wording {
  func callAsFunction(_ phrase: ResponsePhrase, _ arguments: Argument...) -> String {
    fill(language.response(phrase), arguments)
  }

  /// A name stands for several incidents.
  public static func severalIncidents(_ text: String, ids: [String]) -> String {
    let wording = Wording()
    return wording.error(
      wording(ResponsePhrase.severalIncidents, .text(text), .count(ids.count)),
      hint: wording(ResponsePhrase.severalIncidentsHint, .words(wording.list(ids, most: 8))))
  }

  /// A fault of ours.
  public static func brokenCatalogue(code: String) -> String {
    let wording = Wording()
    return wording.error(wording(ResponsePhrase.brokenCatalogue, .text(code)), hint: nil)
  }

  /// The file of `--checklist` is none.
  public static func checklistNotRead(path: String) -> String {
    let wording = Wording()
    return wording.error(
      wording(ResponsePhrase.checklistNotRead, .words(wording.path(path))),
      hint: wording(ResponsePhrase.checklistNotReadHint))
  }

  /// What keeps a credential; nil where nothing does.
  func protection(_ protection: Protection) -> String? {
    switch protection {
    case .none: nil
    case .passphrase: self(ResponsePhrase.protectedByPassphrase)
    case .hardware: self(ResponsePhrase.protectedByHardware)
    case .systemStore: self(ResponsePhrase.protectedBySystemStore)
    case .unknown: self(ResponsePhrase.protectionUnknown)
    }
  }

  /// What is to be said of one place: its age, who can read it, what keeps it.
  func remarks(on credential: CredentialSighting, now: Int64) -> String {
    var parts: [String] = []
    switch credential.place {
    case .variable: parts.append(self(ResponsePhrase.isVariable))
    case .folder(_, let entries): parts.append(self(ResponsePhrase.holdsEntries, .count(entries)))
    case .file: break
    }
    if let age = credential.age(at: now) {
      parts.append(self(ResponsePhrase.writtenDaysAgo, .count(Int(age / 86_400))))
    }
    if let protection = protection(credential.protection) { parts.append(protection) }
    if credential.identity?.isReadableByOthers ?? false { parts.append(self(ResponsePhrase.readableByOthers)) }
    return parts.joined(separator: ", ")
  }

  /// What a piece of evidence says, without its path.
  func sentence(for evidence: PastSighting.Evidence) -> String {
    fill(language.evidence(evidence.code), evidence.arguments.map(Argument.text))
  }

  /// The same for programs, as plain text.
  static func detail(of evidence: PastSighting.Evidence, in language: Language) -> String {
    Wording(language).sentence(for: evidence)
  }

  /// `2026-05-14 15:02:11 UTC`, and that it is a bound where it is one.
  func time(_ bound: PastSighting.Bound) -> String {
    let text = Moment(seconds: bound.seconds).text
    let shown = String(text.prefix(10)) + " " + String(text.dropFirst(11).prefix(8)) + " UTC"
    return bound.isExact ? shown : self(.atLatest, .words(shown))
  }

  /// From when to when, as a sentence of its own or as a part of one.
  func window(_ from: PastSighting.Bound?, _ to: PastSighting.Bound?, isSentence: Bool) -> String {
    if let from, from == to { return self(isSentence ? .moment : .placeMoment, .words(time(from))) }
    let phrase: ResponsePhrase =
      switch (from, to) {
      case (nil, nil): isSentence ? .windowUnknownOpen : .placeUnknownOpen
      case (nil, _): isSentence ? .windowUnknown : .placeUnknown
      case (_, nil): isSentence ? .windowOpen : .placeOpen
      default: isSentence ? .window : .placeWindow
      }
    return self(phrase, .words(from.map(time) ?? ""), .words(to.map(time) ?? ""))
  }

  /// How many of a kind of place were read.
  func counted(_ kind: ResponseCoverage.Kind, _ count: Int) -> String {
    let phrase: ResponsePhrase =
      switch kind {
      case .lockfiles: .readLockfiles
      case .installed: .readInstalled
      case .repositories: .readRepositories
      case .branches: .readBranches
      case .commits: .readCommits
      case .lockfileVersions: .readLockfileVersions
      case .caches: .readCaches
      case .logs: .readLogs
      case .shellHistories: .readShellHistories
      case .containerLayers: .readContainerLayers
      case .processes: .readProcesses
      case .credentialFiles: .readCredentialFiles
      }
    return self(phrase, .count(count))
  }
}
