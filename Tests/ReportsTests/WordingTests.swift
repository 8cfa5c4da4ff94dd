// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Inventory
import Scanning
import TestSupport
import Testing

@testable import Reports

struct WordingTests {
  private let wording = Wording()

  // MARK: Every code

  /// What an extractor or the walk says with each reason.
  private static let arguments: [Coverage.Reason: [String]] = [
    .unreadable: ["EIO"], .notAFile: ["socket"], .tooBig: ["70000", "60000"], .tooDeep: ["128"], .tooMany: ["1000"],
    .malformed: ["unexpected-byte"], .unknownFormatVersion: ["99"], .entryNotUnderstood: ["node_modules/odd"],
    .versionNotComparable: ["odd@one"], .linkLeadsOut: ["/srv/other"], .includeNotRead: ["base.txt", "missing"],
    .purlNotUnderstood: ["odd@one", "no-scheme"], .releaseNotKnown: ["odd@one", "DSA-1"],
    .ecosystemNotCovered: ["pkg:cpan/Odd@1", "CPAN"], .advisoriesNotRead: ["damaged"],
    .gitOutside: ["/srv/other/objects"], .gitObjectsMissing: ["shallow", "3"],
    .quarantineNotLocked: ["not-locked"], .ecosystemNotRead: ["crates.io"],
  ]

  @Test(arguments: Language.all.map(\.code))
  func `each reason has a sentence of its own that names the place and the facts`(code: String) {
    let language = Language.named(code)
    var sentences: Set<String> = []
    var headings: Set<String> = []
    for reason in Coverage.Reason.allCases {
      let arguments = Self.arguments[reason] ?? []
      let problem = Coverage.Problem(path: "/a b/c.json", reason: reason, arguments: arguments, line: 412)
      let sentence = Wording.sentence(for: problem, in: language)
      #expect(sentence.contains("'/a b/c.json' at line 412"), "\(reason): \(sentence)")
      #expect(!sentence.contains("{") && !sentence.contains("()") && !sentence.contains("  "), "\(reason): \(sentence)")
      let places = Wording.placeCount(language.problem(reason).sentence)
      #expect(places == 1 + arguments.count, "\(reason) has \(places) places")
      #expect(sentences.insert(sentence.replacing("'/a b/c.json' at line 412", with: "")).inserted, "\(reason)")
      #expect(headings.insert(language.problem(reason).heading).inserted, "\(reason)")
      #expect(language.problem(reason).hint?.isEmpty == false, "\(reason) tells nothing to do")
    }
  }

  @Test func `the facts of a reason are told in words`() {
    func sentence(_ reason: Coverage.Reason, _ arguments: [String]) -> String {
      Wording.sentence(for: Coverage.Problem(path: "p", reason: reason, arguments: arguments), in: .english)
    }
    #expect(sentence(.unreadable, ["EIO"]) == "cannot read 'p': the device reported an input or output error (EIO)")
    #expect(sentence(.unreadable, ["errno 999"]) == "cannot read 'p': errno 999")
    #expect(sentence(.notAFile, ["fifo"]) == "cannot read 'p': it is a FIFO, not a file")
    #expect(
      sentence(.tooBig, ["70000", "60000"]) == "cannot read 'p': its 70,000 bytes are more than the limit of 60,000")
    #expect(
      sentence(.malformed, ["unexpected-byte"]).hasSuffix("its own grammar: a character that must not stand here"))
    #expect(sentence(.malformed, ["some-new-code"]).hasSuffix("its own grammar: some-new-code"))
    #expect(sentence(.entryNotUnderstood, ["node_modules/odd"]).contains("its entry 'node_modules/odd'"))
  }

  @Test func `line numbers are written as editors take them`() {
    let problem = Coverage.Problem(path: "p", reason: .truncated, line: 15_450)
    #expect(Wording.sentence(for: problem, in: .english).contains("'p' at line 15450 "))
  }

  @Test func `a reason with fewer or more facts than usual is still said, with all of them`() {
    let less = Coverage.Problem(path: "p", reason: .tooBig)
    #expect(Wording.sentence(for: less, in: .english) == "'p': Larger than the limit")
    let more = Coverage.Problem(path: "p", reason: .truncated, arguments: ["packages", "\u{1B}x"])
    #expect(
      Wording.sentence(for: more, in: .english)
        == "cannot read 'p' to its end: it breaks off in the middle (packages, \\x1bx)")
  }

  @Test(arguments: Language.all.map(\.code))
  func `each reason for leaving something out has a sentence of its own that names the place and the facts`(
    code: String
  ) {
    let language = Language.named(code)
    var sentences: Set<String> = []
    var headings: Set<String> = []
    for reason in Coverage.SkipReason.allCases {
      let skip = Coverage.Skip(path: "/a b", reason: reason, arguments: ["FACT"])
      let sentence = Wording.sentence(for: skip, in: language)
      #expect(sentence.contains("'/a b'") && sentence.contains("FACT") && !sentence.contains("{"), "\(sentence)")
      #expect(sentences.insert(sentence).inserted && headings.insert(language.skip(reason).heading).inserted)
    }
  }

  @Test(arguments: Language.all.map(\.code))
  func `each note has a sentence of its own that names the place and the facts`(code: String) {
    let language = Language.named(code)
    let arguments: [Note.Code: [String]] = [
      .rangeTakesBadVersion: ["^1.2.3", "1.2.4", "1.2.5"],
      .lockDisagreesWithInstalled: ["demo", "1.2.3", "1.2.4 1.2.5"],
      .installedNotLocked: ["9", "a@1", "b@1", "c@1", "d@1", "e@1"],
      .unmaintained: ["RUSTSEC-1", "demo is unmaintained", "RustSec Advisory Database", "CC0-1.0"],
      .recordNotice: ["GHSA-1", "demo has a remark", "GitHub Advisory Database", "CC-BY-4.0"],
      .sourcesDisagree: ["MAL-1", "npm-demo-2026"], .ownStatement: ["GHSA-2", "not_affected", "code_not_reachable"],
    ]
    var sentences: Set<String> = []
    for noteCode in Note.Code.allCases {
      let facts = arguments[noteCode] ?? []
      let note = Note(code: noteCode, path: "/a b/c.json", line: 3, package: Sample.npm("demo"), arguments: facts)
      let sentence = Wording.sentence(for: note, in: language)
      #expect(sentence.contains("'/a b/c.json' at line 3") && !sentence.contains("{"), "\(sentence)")
      for fact in facts.flatMap({ $0.split(separator: " ") }) { #expect(sentence.contains(fact), "\(sentence)") }
      #expect(sentences.insert(sentence).inserted)
      let poor = Wording.sentence(for: Note(code: noteCode, path: "p"), in: language)
      #expect(poor.contains("'p'") && !poor.contains("{"), "\(poor)")
    }
  }

  @Test func `notes count and cut what they list`() {
    let whole = Note(code: .rangeTakesBadVersion, path: "p", package: Sample.npm("demo"), arguments: ["*", "*"])
    #expect(
      Wording.sentence(for: whole, in: .english)
        == "'p' asks for demo '*', which would take a package of which every version is bad")
    let unknown = Note(code: .installedNotLocked, path: "p", arguments: ["7", "a@1", "b@1"])
    #expect(
      Wording.sentence(for: unknown, in: .english)
        == "'p' does not name 7 packages that are installed beside it: a@1, b@1 and 5 more")
    let versions = Note(code: .lockDisagreesWithInstalled, path: "p", arguments: ["demo", "1.0.0 1.0.1", "2.0.0"])
    #expect(
      Wording.sentence(for: versions, in: .english) == "'p' has demo 1.0.0, 1.0.1, yet 2.0.0 is installed beside it")
    let one = Note(code: .installedNotLocked, path: "p", arguments: ["1", "a@1"])
    #expect(Wording.sentence(for: one, in: .english) == "'p' does not name 1 package that is installed beside it: a@1")
  }

  @Test func `a text of a record is told with its source and licence, as far as these are known`() {
    func sentence(_ code: Note.Code, _ arguments: String...) -> String {
      Wording.sentence(
        for: Note(code: code, path: "p", package: Sample.npm("demo", "1.0.0"), arguments: arguments), in: .english)
    }
    #expect(
      sentence(.unmaintained, "RUSTSEC-1", "Look elsewhere", "RustSec Advisory Database", "CC0-1.0")
        == "'p' has demo@1.0.0, which nobody looks after any more, says RUSTSEC-1: Look elsewhere [RustSec Advisory Database, CC0-1.0]"
    )
    #expect(
      sentence(.recordNotice, "X-1", "Look \u{1B}here", "Our List")
        == "'p' has demo@1.0.0, about which X-1 has a remark: Look \\x1bhere [Our List]")
    #expect(
      sentence(.recordNotice, "X-1", "Look here")
        == "'p' has demo@1.0.0, about which X-1 has a remark: Look here [source and licence not known]")
    #expect(
      sentence(.unmaintained, "X-1", "", "RustSec Advisory Database", "CC0-1.0")
        == "'p' has demo@1.0.0, which nobody looks after any more, says X-1")
    #expect(
      sentence(.ownStatement, "X-1", "not_affected")
        == "'p' has demo@1.0.0; your own statement about X-1 says: not_affected"
    )
    #expect(
      sentence(.ownStatement, "X-1", "not_affected", "unreachable").hasSuffix("says: not_affected (unreachable)"))
  }

  @Test func `what could not be held against the records is told in words`() {
    func sentence(_ reason: Coverage.Reason, _ arguments: String...) -> String {
      Wording.sentence(for: Coverage.Problem(path: "p", reason: reason, arguments: arguments), in: .english)
    }
    #expect(
      sentence(.purlNotUnderstood, "no-name", "no-name")
        == "cannot judge 'p': 'no-name' is no package URL that a record could name: it names no package")
    #expect(
      sentence(.releaseNotKnown, "curl@1", "A-1", "A-2", "A-3", "A-4", "A-5")
        == "cannot judge 'p': 'curl@1' is bad in some releases of its distribution and not in others, as A-1, A-2, A-3 and 2 more say"
    )
    #expect(
      sentence(.ecosystemNotCovered, "pkg:cpan/A@1", "CPAN")
        == "cannot judge 'p': no record here is about packages of CPAN, such as 'pkg:cpan/A@1'")
    #expect(
      sentence(.advisoriesNotRead, "not-readable", "Permission denied")
        == "cannot use the advisories in 'p': the file cannot be read (Permission denied); only the incidents in this program were looked for"
    )
  }

  @Test(
    arguments: PackageURLError.Code.allCases.map(\.rawValue) + ["no-ecosystem"]
      + AdvisoryIndexError.Code.allCases.map(\.rawValue))
  func `each code of a purl and of an index has words of its own`(code: String) {
    let words = Language.english.fault(code)
    #expect(words?.isEmpty == false)
    let others =
      PackageURLError.Code.allCases.map(\.rawValue) + ["no-ecosystem"]
      + AdvisoryIndexError.Code.allCases.map(\.rawValue)
    #expect(others.count { Language.english.fault($0) == words } == 1)
  }

  @Test(arguments: AdvisoryIndexError.Code.allCases)
  func `each error of an index names the file and says what to do`(code: AdvisoryIndexError.Code) {
    let sentence = Wording.sentence(for: AdvisoryIndexError(code, path: "/a b/\u{1B}x.db", detail: "DETAIL"))
    let lines = sentence.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("error: ") && lines[0].contains("'/a b/\\x1bx.db'"))
    #expect(lines[1].hasPrefix("hint: "))
    let others = AdvisoryIndexError.Code.allCases.filter { $0 != code }
    #expect(
      !others.map { Wording.sentence(for: AdvisoryIndexError($0, path: "/a b/\u{1B}x.db", detail: "DETAIL")) }
        .contains(sentence))
  }

  @Test(arguments: QueryError.Code.allCases)
  func `each error of a query quotes the user and says what to write`(code: QueryError.Code) {
    let sentence = Wording.sentence(for: QueryError(code, text: "my \u{1B}words"))
    let lines = sentence.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("error: ") && lines[0].contains("'my \\x1bwords'"))
    #expect(lines[1].hasPrefix("hint: "))
    let others = QueryError.Code.allCases.filter { $0 != code }
    #expect(!others.map { Wording.sentence(for: QueryError($0, text: "my \u{1B}words")) }.contains(sentence))
  }

  @Test(arguments: FindingClass.allCases)
  func `each class and each deed of an incident has words for one and for several`(class: FindingClass) {
    let kinds = [
      "stealer", "drainer", "wiper", "worm", "miner", "backdoor", "dropper", "exploit", "probe", "protestware",
      "sabotage",
    ]
    #expect(!wording.language.findingClass(`class`).isEmpty)
    let deeds = kinds.compactMap { wording.language.deed($0) }
    #expect(deeds.count == kinds.count)
    for deed in deeds { #expect(wording.fill(deed, [.count(1)]) != wording.fill(deed, [.count(2)])) }
  }

  @Test(arguments: Language.all.map(\.code))
  func `each code of an incident has words of its own`(code: String) {
    let language = Language.named(code)
    let tables = [
      IncidentCode.Trigger.allCases.map(language.trigger), IncidentCode.Reading.allCases.map(language.reading),
      IncidentCode.Way.allCases.map(language.way), IncidentCode.Cleanup.allCases.map(language.cleanup),
      Sign.Kind.allCases.map(language.signKind),
    ]
    for words in tables {
      #expect(Set(words).count == words.count)
      #expect(words.allSatisfy { $0.count > 4 && !$0.contains("{") && !$0.contains("  ") }, "\(words)")
    }
    #expect(tables[3].allSatisfy { $0.hasSuffix(".") }, "a step is a sentence")
  }

  @Test func `a name that no incident has is quoted, with what may have been meant`() {
    #expect(
      Wording.noSuchIncident("x\u{1B}", near: ["a", "b"])
        == "error: no incident, advisory or package of an incident is called 'x\\x1b'\nhint: near it: a, b")
    let hint = Wording.noSuchIncident("x", near: []).split(separator: "\n").last
    #expect(hint?.hasPrefix("hint: `gifthorse incidents` lists all that are known") == true)
    #expect(
      Wording.noIncident(inEcosystem: "Cobol", known: ["npm", "PyPI"])
        == "error: no incident is about the ecosystem 'Cobol'\nhint: there are: npm, PyPI")
    #expect(
      Wording.noIncident(ofKind: "flaw", known: ["worm"])
        == "error: no incident is of the kind 'flaw'\nhint: there are: worm")
  }

  @Test(arguments: Language.all.map(\.code), Phrase.allCases)
  func `each phrase has words, and its places are well formed`(code: String, phrase: Phrase) {
    let language = Language.named(code)
    let template = language.phrase(phrase)
    #expect(!template.isEmpty)
    let count = Wording.placeCount(template)
    for number in [1, 2] {
      let filled = Wording(language).fill(template, Array(repeating: .count(number), count: count))
      #expect(
        !filled.contains("{") && !filled.contains("}") && !filled.contains("|") && !filled.contains("  "), "\(filled)")
    }
    for number in 0..<count { #expect(template.contains("{\(number)"), "place \(number) is left out of: \(template)") }
  }

  @Test func `what is filled in brings in no places of its own`() {
    #expect(wording.fill("<{0}|{1}>", [.text("{1}"), .text("x")]) == "<{1}|x>")
    #expect(wording.fill("{0#one|many} {0} {9}.", [.count(1234)]) == "many 1,234 .")
  }

  @Test(arguments: [
    (0, "0"), (12, "12"), (123, "123"), (1234, "1,234"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `numbers are grouped by three`(number: Int, text: String) {
    #expect(Language.english.number(number) == text)
  }

  // MARK: Errors, progress, confinement

  @Test func `errors of the command line quote the user and say what to do`() {
    #expect(
      Wording.cannotOpenRoot(path: "no\u{1B}where", errorName: "ENOENT")
        == "error: cannot scan 'no\\x1bwhere': there is no such file or folder (ENOENT)\nhint: check the path, and whether you may read it"
    )
    #expect(
      Wording.cannotWrite(path: "/x/y", errorName: "EACCES").hasPrefix(
        "error: cannot write '/x/y': permission denied (EACCES)\nhint: "))
    #expect(
      Wording.cannotWrite(path: "", errorName: "ENOSPC").hasPrefix(
        "error: cannot write the answer: no space is left on the device (ENOSPC)\nhint: "))
    #expect(
      Wording.unknownEcosystem("Cobol", known: ["npm", "JSR"])
        == "error: versions of the ecosystem 'Cobol' cannot be compared\nhint: those of npm, JSR can")
    #expect(
      Wording.noDefaultRoots.hasPrefix("error: ")
        && Wording.noDefaultRoots.contains("\nhint: name a folder: gifthorse scan PATH"))
  }

  @Test func `less than full confinement is a warning that says what is missing`() {
    #expect(!Wording.confinement(landlock: 7, seccomp: true).hasPrefix("warning: "))
    let sentences = [
      Wording.confinement(landlock: 7, seccomp: true), Wording.confinement(landlock: 7, seccomp: false),
      Wording.confinement(landlock: nil, seccomp: true), Wording.confinement(landlock: nil, seccomp: false),
    ]
    #expect(Set(sentences).count == 4)
    #expect(sentences.dropFirst().allSatisfy { $0.hasPrefix("warning: ") })
  }

  @Test(arguments: [0, 1, 5, 20, 40, 80, 200])
  func `the progress line is never wider than the terminal`(width: Int) {
    for folder in ["/home/anna/" + String(repeating: "日本/", count: 60), "/\u{1B}[2J", ""] {
      let line = Wording.progress(entries: 123_456, packages: 789, folder: folder, width: width, isUnicode: true)
      #expect(Columns.count(line) <= width)
      #expect(dangerous(in: line).isEmpty)
    }
  }

  @Test func `the progress line keeps both ends of a long folder`() {
    let folder = "/home/anna/" + String(repeating: "x", count: 100) + "/node_modules"
    let line = Wording.progress(entries: 1234, packages: 5, folder: folder, width: 60, isUnicode: false)
    #expect(line.hasPrefix("1,234 entries, 5 packages  /home/anna/"))
    #expect(line.contains("...") && line.hasSuffix("/node_modules"))
    #expect(Wording.progress(entries: 1, packages: 1, folder: "/a", width: 80, isUnicode: true).hasSuffix("  /a"))
  }

  @Test func `the ledger of standard error holds what could not be read, without colour`() {
    let lines = Wording.ledger(Sample.coverage, style: ReportStyle(color: true))
    #expect(lines.first == "What could not be read, and may hide something")
    #expect(lines.contains("    /srv/deep/package-lock.json:412 (> 128)"))
    #expect(lines.last?.isEmpty == false)
    #expect(lines.allSatisfy { dangerous(in: $0).isEmpty })
    #expect(Wording.ledger(Coverage(), style: ReportStyle()).isEmpty)
  }
}
