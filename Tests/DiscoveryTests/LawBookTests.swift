// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Discovery
import Foundation
import Inventory
import Parsing
import TestSupport
import Testing

/// The law book: what every extractor owes, on each of its fixtures, whatever is done to them.
///
/// A new extractor is judged by it as soon as it is in the table. `GIFTHORSE_LAW_BOOK_ROUNDS` in the environment sets how
/// many mutations each extractor goes through (2,000 without it).
@Suite struct LawBookTests {
  static let all = FixtureCase.all
  static let texts = all.filter { !$0.extractor.isBinary }
  static let jsonTexts = texts.filter { fixture in
    (try? fixture.bytes()).flatMap(Laws.text)?.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
  }

  // MARK: Too little

  @Test(arguments: all)
  func `a file that holds nothing is a problem`(_ fixture: FixtureCase) throws {
    for nothing in [[], Array(" \n\t\r\n".utf8), [UInt8](repeating: 0, count: 4096)] {
      let outcome = try fixture.read(nothing)
      #expect(outcome.packages.isEmpty)
      // A source file, or a list of wishes, may well be empty; what a crash leaves of a list says so, and a source file asks for nothing.
      let isLeftByCrash = nothing.contains(0) && !fixture.extractor.isBinary && fixture.extractor.role != .script
      guard !fixture.extractor.mayBeEmpty || isLeftByCrash else { continue }
      #expect(!outcome.problems.isEmpty)
      if !fixture.extractor.isBinary { #expect(outcome.problems.map(\.reason) == [.empty]) }
    }
  }

  /// A file cut off anywhere is a problem, or yields what the whole one does: never less in silence.
  @Test(arguments: all)
  func `a truncated fixture is a problem, or loses nothing`(_ fixture: FixtureCase) throws {
    let bytes = try fixture.bytes()
    let whole = try fixture.outcome()
    let lineCount = Laws.lineCount(bytes)
    let request = Reading.Request(
      extractor: fixture.extractor, place: try fixture.place(), siblings: fixture.siblings)
    var failures: [String] = []
    for cut in Self.cuts(of: bytes, fixture) {
      let outcome = FixtureCase.read(bytes[..<cut], request)
      let violations = Laws.violations(of: outcome, lineCount: lineCount, isThorough: false)
      if !violations.isEmpty { failures.append("cut at byte \(cut): \(violations)") }
      guard outcome.problems.isEmpty, !outcome.holds(whole) else { continue }
      let isExcused = UndetectableCuts.of(fixture.extractor).map { $0.excuses(bytes, cut, outcome, whole) } ?? false
      if !isExcused { failures.append("cut at byte \(cut): \(outcome.titles.sorted()) in silence") }
    }
    #expect(failures.isEmpty, "\(failures.count) cuts: \(failures.prefix(3))")
  }

  /// Each byte of a small file; 500 places of a large one, and 100 of a clean twin, which its other half stands for.
  private static func cuts(of bytes: [UInt8], _ fixture: FixtureCase) -> [Int] {
    let isTwin = fixture.name.hasSuffix("-clean")
    guard bytes.count > (isTwin ? 100 : 4096) else { return Array(bytes.indices) }
    var random = SeededGenerator(seed: 1, name: fixture.testDescription)
    return (0..<(isTwin ? 100 : 500)).map { _ in Int.random(in: 0..<bytes.count, using: &random) }.sorted()
  }

  // MARK: Too much

  /// One hundred thousand containers in each other.
  enum Nesting: String, CaseIterable, CustomTestStringConvertible {
    case arrays, closedArrays, objects, closedObjects, flowMappings, blockLists, arrayInAnObject

    var testDescription: String { rawValue }

    var bytes: [UInt8] {
      switch self {
      case .arrays: repeated("[")
      case .closedArrays: repeated("[", "", "]")
      case .objects: repeated("{\"a\":")
      case .closedObjects: repeated("{\"a\":", "1", "}")
      case .flowMappings: repeated("{a: ")
      case .blockLists: repeated("- ")
      case .arrayInAnObject: Array("{\"lockfileVersion\": 3, \"x\": ".utf8) + repeated("[", "", "]") + Array("}".utf8)
      }
    }

    private func repeated(_ opening: String, _ middle: String = "", _ closing: String = "") -> [UInt8] {
      let count = 100_000
      return Array((String(repeating: opening, count: count) + middle + String(repeating: closing, count: count)).utf8)
    }
  }

  @Test(arguments: extractors.map { $0.id }, Nesting.allCases)
  func `nesting without end is a problem`(_ id: String, _ nesting: Nesting) throws {
    let extractor = try #require(extractors.first { $0.id == id })
    // Of a source file only a comment is read.
    guard extractor.role != .script else { return }
    let pattern = try #require(extractor.files.first)
    let request = Reading.Request(extractor: extractor, place: FilePlace(path: "/project/\(Self.name(of: pattern))"))
    let outcome = nesting.bytes.withUnsafeBufferPointer { Reading.read($0, request) }
    #expect(!outcome.problems.isEmpty)
    #expect(outcome.packages.allSatisfy { $0.confidence == .partial })
  }

  /// A path that the pattern is made for.
  private static func name(of pattern: FilePattern) -> String {
    switch pattern {
    case .name(let name): name
    case .inFolder(let folder, let name): "\(folder)/\(name)"
    case .inFolderEnding(let ending, let name): "x\(ending)/\(name)"
    case .endingInFolder(let folder, let ending): "\(folder)/x\(ending)"
    case .affixes(let prefix, let suffix): "\(prefix)x\(suffix)"
    case .ending(let ending, _): "x\(ending)"
    }
  }

  @Test(arguments: all)
  func `more entries than the limit are a problem`(_ fixture: FixtureCase) throws {
    let whole = try fixture.outcome()
    var limits = Limits()
    limits.entriesPerFile = 1
    let outcome = try fixture.read(try fixture.bytes(), limits: limits)
    #expect(whole.packages.count <= 2 || outcome.problems.contains { $0.reason == .tooMany })
  }

  // MARK: Encodings

  @Test(arguments: texts)
  func `line ends of both kinds yield the same packages in the same lines`(_ fixture: FixtureCase) throws {
    guard let text = Laws.text(try fixture.bytes()) else { return }
    let whole = try fixture.outcome()
    #expect(try fixture.read(Laws.lineEnds(text, "\n")).lines == whole.lines)
    #expect(try fixture.read(Laws.lineEnds(text, "\r\n")).lines == whole.lines)
  }

  @Test(arguments: texts)
  func `byte order marks and UTF-16 yield the same packages`(_ fixture: FixtureCase) throws {
    guard let text = Laws.text(try fixture.bytes()), !text.isEmpty else { return }
    let whole = try fixture.outcome()
    let (little, big) = (Laws.utf16(text, isBigEndian: false), Laws.utf16(text, isBigEndian: true))
    for bytes in [[0xEF, 0xBB, 0xBF] + text, [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(try fixture.read(bytes).lines == whole.lines)
    }
  }

  @Test(arguments: texts)
  func `a byte that is no UTF-8 makes everything partial`(_ fixture: FixtureCase) throws {
    guard let text = Laws.text(try fixture.bytes()) else { return }
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    // Inside of words: in a JSON file most of these are strings.
    let places = text.indices.dropFirst().filter { isLetter(text[$0 - 1]) && isLetter(text[$0]) }
    for place in stride(from: 0, to: places.count, by: max(1, places.count / 40)).map({ places[$0] }) {
      let outcome = try fixture.read(Array(text[..<place]) + [0xFF] + Array(text[place...]))
      // A program that says nothing may be in any encoding.
      if fixture.extractor.role == .script, outcome.packages.isEmpty { continue }
      #expect(outcome.problems.contains { $0.reason == .wrongEncoding }, "at byte \(place)")
      #expect(outcome.packages.allSatisfy { $0.confidence == .partial }, "at byte \(place)")
    }
  }

  @Test(arguments: jsonTexts)
  func `JSON escapes hide nothing`(_ fixture: FixtureCase) throws {
    guard let text = Laws.text(try fixture.bytes()), try fixture.outcome().problems.isEmpty else { return }
    #expect(try fixture.read(Laws.escapingFirstLetters(text)).lines == fixture.outcome().lines)
  }

  // MARK: Merge conflicts

  @Test(arguments: texts)
  func `both sides of a conflict over the whole file are told`(_ fixture: FixtureCase) throws {
    let whole = try fixture.outcome()
    guard whole.problems.isEmpty, let text = Laws.text(try fixture.bytes()),
      let version = whole.packages.compactMap(\.version).first
    else { return }
    let changed = Laws.changing(version, in: text)
    let other = try fixture.read(changed)
    let outcome = try fixture.read(Laws.conflict(text, changed))
    #expect(outcome.titles == whole.titles.union(other.titles))
    #expect(outcome.problems.first?.reason == .conflictMarkers)
    #expect(outcome.problems.first?.line == 1)
    #expect(outcome.packages.allSatisfy { $0.confidence == .partial })
  }

  /// The extractors of which at least one fixture has a line that can be changed alone.
  @Test(arguments: extractors.filter { !$0.isBinary }.map { $0.id })
  func `both sides of a conflict over one line are told`(_ id: String) throws {
    var tried = 0
    for fixture in Self.texts where fixture.extractor.id == id {
      guard let text = Laws.text(try fixture.bytes()), let conflict = try Self.lineConflict(fixture, text) else {
        continue
      }
      tried += 1
      let outcome = try fixture.read(conflict.text)
      #expect(outcome.titles == conflict.titles, "\(fixture)")
      #expect(outcome.problems.contains(Extraction.Problem(.conflictMarkers, line: conflict.line)), "\(fixture)")
      #expect(outcome.packages.allSatisfy { $0.confidence == .partial }, "\(fixture)")
    }
    #expect(tried > 0)
  }

  /// A conflict over the first line that holds a version and can be changed alone without breaking the file.
  private static func lineConflict(
    _ fixture: FixtureCase, _ text: [UInt8]
  ) throws -> (text: [UInt8], line: Int, titles: Set<String>)? {
    let whole = try fixture.outcome()
    guard whole.problems.isEmpty else { return nil }
    let newline = [UInt8(ascii: "\n")]
    let lines = text.split(separator: newline[0], omittingEmptySubsequences: false).map(Array.init)
    for version in whole.packages.compactMap(\.version) {
      for (index, line) in lines.enumerated() {
        let changed = Laws.changing(version, in: line)
        guard changed != line else { continue }
        var (others, sides) = (lines, lines)
        others[index] = changed
        sides[index] = Array(Laws.conflict(line, changed).dropLast())
        let other = try fixture.read(Array(others.joined(separator: newline)))
        guard other.problems.isEmpty, other.titles != whole.titles else { continue }
        return (Array(sides.joined(separator: newline)), index + 1, whole.titles.union(other.titles))
      }
    }
    return nil
  }

  // MARK: Chance

  private static let rounds = ProcessInfo.processInfo.environment["GIFTHORSE_LAW_BOOK_ROUNDS"].flatMap(Int.init) ?? 2000

  @Test(arguments: all)
  func `random mutations never trap, and twice the same bytes yield the same`(_ fixture: FixtureCase) throws {
    let bytes = try fixture.bytes()
    let siblings = Self.all.filter { $0.extractor.id == fixture.extractor.id }.count
    var random = SeededGenerator(seed: 2026, name: fixture.testDescription)
    var failures: [String] = []
    for round in 0..<max(20, Self.rounds / siblings) {
      let mutated = Laws.mutation(of: bytes, &random)
      let outcome = try fixture.read(mutated)
      let violations = Laws.violations(of: outcome, lineCount: Laws.lineCount(Laws.text(mutated) ?? mutated))
      if !violations.isEmpty { failures.append("\(violations) \(String(decoding: mutated, as: UTF8.self))") }
      let again = try fixture.read(mutated)
      if again.lines != outcome.lines { failures.append("round \(round) yields two outcomes") }
    }
    #expect(failures.isEmpty, "\(failures.count) mutations: \(failures.prefix(2))")
  }

  @Test(arguments: all)
  func `what a fixture yields is lawful`(_ fixture: FixtureCase) throws {
    let bytes = try fixture.bytes()
    let violations = Laws.violations(of: try fixture.outcome(), lineCount: Laws.lineCount(Laws.text(bytes) ?? bytes))
    #expect(violations.isEmpty)
  }

  @Test(arguments: [
    ("pkg:npm/node-ipc@9.1.6", true), ("pkg:npm/%40scope/name@1.0.0-rc.1%2Bbuild", true), ("pkg:npm/name", true),
    ("pkg:npm/@1.0.0", false), ("pkg:npm/", false), ("pkg:npm", false), ("pkg:npm/a b", false), ("pkg:npm/a@", false),
    ("pkg:npm/@scope/name@1", false), ("pkg:npm/a//b", false), ("pkg:npm/..", false), ("pkg:npm/a%2", false),
    ("pkg:npm/a%zz", false), ("npm/a", false),
  ])
  func `the law book knows a purl`(_ text: String, _ isValid: Bool) {
    #expect(Laws.isValidPURL(text) == isValid)
  }
}
