// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory
internal import Responding
internal import Scanning

extension Wording {
  /// What could not be read, and what was left out, as lines for standard error: empty where there is nothing to tell.
  ///
  /// - Parameter style: Its width and signs; standard error is never coloured.
  public static func ledger(_ coverage: Coverage, style: ReportStyle) -> [String] {
    var bytes: [UInt8] = []
    let output = Output { bytes.append(contentsOf: $0) }
    var plain = style
    plain.color = false
    let report = TextReport(style: plain, output: output)
    report.writeProblems(coverage)
    report.writeSkips(coverage)
    output.flush()
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A blank line stands before each section and an empty piece behind the last line feed.
    return lines.map { String(decoding: $0, as: UTF8.self) }.drop { $0.isEmpty }.dropLast()
  }

  static func sentence(for problem: Coverage.Problem, in language: Language) -> String {
    Glue.dissolved(Wording(language).sentence(for: problem))
  }

  static func sentence(for skip: Coverage.Skip, in language: Language) -> String {
    Glue.dissolved(Wording(language).sentence(for: skip))
  }

  func sentence(for problem: Coverage.Problem) -> String {
    let explanation = language.problem(problem.reason)
    let place = place(problem.path, line: problem.line)
    return sentence(explanation, place: place, facts: arguments(of: problem))
  }

  func sentence(for skip: Coverage.Skip) -> String {
    sentence(language.skip(skip.reason), place: place(skip.path, line: nil), facts: skip.arguments.map { .text($0) })
  }

  func sentence(for refusal: QuarantineRefusal) -> String {
    let facts = refusal.arguments.map { argument -> Argument in
      switch refusal.code {
      case .quarantineUnusable: .words(fault(argument))
      case .system: .words(meaning(ofError: argument))
      case .tooMany: Int(argument).map { .count($0) } ?? .text(argument)
      default: .text(argument)
      }
    }
    return sentence(language.refusal(refusal.code), place: place(refusal.path, line: nil), facts: facts)
  }

  /// What to do about a problem.
  func hint(for problem: Coverage.Problem) -> String? {
    let isManifest = problem.path.utf8.suffix(12).elementsEqual("package.json".utf8)
    if problem.reason == .tooBig, isManifest { return self(.tooBigManifestHint) }
    return language.problem(problem.reason).hint
  }

  /// A sentence that copes with fewer facts than it has places for, and shows those for which it has none.
  private func sentence(_ explanation: Language.Explanation, place: String, facts: [Argument]) -> String {
    let wanted = Self.placeCount(explanation.sentence) - 1
    guard facts.count >= wanted else {
      return self(.problemWithoutFacts, .words(place), .words(explanation.heading)) + remainder(facts[...])
    }
    return fill(explanation.sentence, [.words(place)] + facts) + remainder(facts[max(0, wanted)...])
  }

  private func remainder(_ facts: ArraySlice<Argument>) -> String {
    facts.isEmpty ? "" : " (" + facts.map { fill("{0}", [$0]) }.joined(separator: ", ") + ")"
  }

  /// The facts of a problem in a few words, for a list whose heading says the rest; nil where there are none.
  func facts(of problem: Coverage.Problem) -> String? {
    guard !problem.arguments.isEmpty else { return nil }
    let facts = arguments(of: problem).map { fill("{0}", [$0]) }
    switch problem.reason {
    case .tooBig: return facts.joined(separator: " > ")
    case .tooDeep, .tooMany: return "> " + facts.joined(separator: ", ")
    default: return facts.joined(separator: ", ")
    }
  }

  /// The arguments of a problem as its sentence takes them: one that is a list is told as one.
  private func arguments(of problem: Coverage.Problem) -> [Argument] {
    let facts = problem.arguments
    switch problem.reason {
    case .purlNotUnderstood:
      return facts.prefix(1).map { .text($0) } + facts.dropFirst().map { .words(fault($0)) }
    case .releaseNotKnown where facts.count > 1:
      return [.text(facts[0]), .words(list(Array(facts.dropFirst()), most: 3))]
    case .advisoriesNotRead where facts.count > 1:
      return [.words(self(.faultWithDetail, .words(fault(facts[0])), .text(facts[1])))]
    case .advisoriesNotRead: return facts.map { .words(fault($0)) }
    default: return facts.map { fact($0, about: problem.reason) }
    }
  }

  /// What a code says is wrong.
  func fault(_ code: String) -> String { language.fault(code) ?? quoted(code) }

  /// An argument of a problem, in words where it is a code.
  private func fact(_ argument: String, about reason: Coverage.Reason) -> Argument {
    switch reason {
    case .unreadable: .words(meaning(ofError: argument))
    case .notAFile: language.fileKind(argument).map { .words($0) } ?? .text(argument)
    case .malformed, .quarantineNotLocked: .words(fault(argument))
    case .tooBig, .tooDeep, .tooMany: Int(argument).map { .count($0) } ?? .text(argument)
    default: .text(argument)
    }
  }

  /// `'web/package-lock.json' at line 412`
  func place(_ path: String, line: Int?) -> String {
    let shown = Argument.words(self.path(path))
    guard let line else { return self(.place, shown) }
    return self(.placeWithLine, shown, .words(String(line)))
  }
}
