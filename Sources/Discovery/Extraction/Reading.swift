// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads one file's bytes with one extractor: decoding, merge conflicts, errors and empty results are seen to here, so that
/// no extractor has to and none can forget. A pure function; it never throws and never traps, whatever the bytes are.
public enum Reading {
  /// What is read, and how.
  public struct Request: Sendable {
    public let extractor: any Extractor.Type
    public let place: FilePlace
    public let limits: Limits
    /// Whether ``Outcome/paths`` is wanted.
    public let wantsPaths: Bool
    /// What ``SourceFile/sibling(_:)`` gives.
    public let siblings: [String: [UInt8]]

    public init(
      extractor: any Extractor.Type, place: FilePlace, limits: Limits = Limits(), wantsPaths: Bool = false,
      siblings: [String: [UInt8]] = [:]
    ) {
      self.siblings = siblings
      self.extractor = extractor
      self.place = place
      self.limits = limits
      self.wantsPaths = wantsPaths
    }
  }

  /// What came of it.
  public struct Outcome: Sendable {
    public var packages: [ExtractedPackage] = []
    public var problems: [Extraction.Problem] = []
    public var skipped: [Extraction.Skip] = []
    /// Other files that this one wants to be read with it.
    public var includes: [Extraction.Include] = []
    /// For each package the shortest chain from the project; empty where paths were not wanted.
    public var paths: [[String]] = []

    public init() {}
  }

  /// - Complexity: O(bytes); three times that for a file with merge conflicts.
  public static func read(_ bytes: Bytes, _ request: Request) -> Outcome {
    guard !bytes.isEmpty else { return request.extractor.mayBeEmpty ? Outcome() : problem(.empty) }
    if request.extractor.isBinary { return outcome(of: bytes, request) }
    let bytes = request.extractor.role == .script ? withoutCutCharacter(bytes) : bytes
    return withDecodedText(bytes) { text, isWellFormed in
      guard !isBlank(text) else {
        let isInOrder = request.extractor.mayBeEmpty && (request.extractor.role == .script || !text.contains(0))
        return isInOrder ? Outcome() : problem(.empty)
      }
      var result = outcome(of: text, request)
      if !result.problems.isEmpty, let conflict = MergeConflict(text) {
        result = outcome(of: conflict, request)
      }
      // A program may be written in any encoding; it matters where something was read from it.
      let isOther = request.extractor.role == .script && result.packages.isEmpty && result.problems.isEmpty
      if !isWellFormed, !isOther {
        result.problems.append(Extraction.Problem(.wrongEncoding))
        makePartial(&result.packages)
      }
      return result
    }
  }

  /// What was read of a script, without a character of UTF-8 of which the limit cut off the end.
  private static func withoutCutCharacter(_ bytes: Bytes) -> Bytes {
    guard bytes.count >= SourceFile.scriptBytes else { return bytes }
    let start = bytes.suffix(4).lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
    return start < bytes.count && bytes[start] >= 0xC0 ? bytes[slice: 0..<start] : bytes
  }

  private static func problem(_ reason: Coverage.Reason) -> Outcome {
    var outcome = Outcome()
    outcome.problems = [Extraction.Problem(reason)]
    return outcome
  }

  /// A file of white space or zero bytes (what a crash leaves of a file that was being written) holds nothing.
  private static func isBlank(_ text: Bytes) -> Bool {
    text.allSatisfy { $0 == 0 || $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  private static func outcome(of text: Bytes, _ request: Request) -> Outcome {
    var extraction = Extraction()
    let file = SourceFile(
      text: text, place: request.place, limits: request.limits, wantsGraph: request.wantsPaths,
      siblings: request.siblings)
    var failure: Extraction.Problem?
    do throws(ParseError) {
      try request.extractor.extract(file, into: &extraction)
    } catch {
      failure = Self.problem(for: error, in: text, request)
    }
    return finish(extraction, failure: failure, request)
  }

  private static func finish(_ extraction: Extraction, failure: Extraction.Problem?, _ request: Request) -> Outcome {
    var extraction = extraction
    noteNameless(&extraction)
    var outcome = Outcome()
    outcome.packages = extraction.packages
    outcome.problems = extraction.problems
    outcome.skipped = extraction.skipped
    outcome.includes = extraction.includes
    if let failure { outcome.problems.append(failure) }
    if outcome.problems.contains(where: \.reason.isOfWholeFile) { makePartial(&outcome.packages) }
    let isEmptyLockfile = request.extractor.role == .lockfile && outcome.packages.isEmpty && !extraction.isRightlyEmpty
    if isEmptyLockfile, outcome.problems.isEmpty {
      outcome.problems.append(Extraction.Problem(.nothingRecognised))
    }
    if request.wantsPaths {
      outcome.paths = extraction.graph.shortestPaths(titles: outcome.packages.map(\.title)).map { $0 ?? [] }
    }
    takeOutNameless(&outcome)
    return outcome
  }

  /// A name of nothing, or of slashes alone, names no package: it becomes a problem, whichever extractor took it over from its file.
  private static func noteNameless(_ extraction: inout Extraction) {
    for package in extraction.packages where package.isNameless {
      extraction.note(.entryNotUnderstood, [package.title], line: package.line == 0 ? nil : package.line)
    }
  }

  private static func takeOutNameless(_ outcome: inout Outcome) {
    guard outcome.packages.contains(where: \.isNameless) else { return }
    let kept = outcome.packages.indices.filter { !outcome.packages[$0].isNameless }
    if !outcome.paths.isEmpty { outcome.paths = kept.map { outcome.paths[$0] } }
    outcome.packages = kept.map { outcome.packages[$0] }
  }

  /// Both sides of every conflict are read, each with the text around it: either may be what gets installed.
  private static func outcome(of conflict: MergeConflict, _ request: Request) -> Outcome {
    let sides = conflict.sides.map { side in
      side.withUnsafeBufferPointer { outcome(of: $0, request) }
    }
    var result = Outcome()
    result.problems = [Extraction.Problem(.conflictMarkers, line: conflict.firstLine)]
    var seen: Set<ExtractedPackage> = []
    for side in sides {
      for (index, package) in side.packages.enumerated() where seen.insert(package).inserted {
        result.packages.append(package)
        if request.wantsPaths { result.paths.append(side.paths[index]) }
      }
      for problem in side.problems where !result.problems.contains(problem) { result.problems.append(problem) }
      for skip in side.skipped where !result.skipped.contains(skip) { result.skipped.append(skip) }
      for include in side.includes where !result.includes.contains(include) { result.includes.append(include) }
    }
    makePartial(&result.packages)
    return result
  }

  private static func makePartial(_ packages: inout [ExtractedPackage]) {
    for index in packages.indices { packages[index].confidence = .partial }
  }

  private static func problem(for error: ParseError, in text: Bytes, _ request: Request) -> Extraction.Problem {
    let reason: Coverage.Reason
    var arguments: [String] = []
    switch error.code {
    case .unexpectedEnd: reason = .truncated
    case .tooDeep: (reason, arguments) = (.tooDeep, ["\(request.limits.depth)"])
    case .tooMany: (reason, arguments) = (.tooMany, ["\(request.limits.entriesPerFile)"])
    default: (reason, arguments) = (.malformed, [error.code.rawValue])
    }
    guard !request.extractor.isBinary else { return Extraction.Problem(reason, arguments: arguments) }
    var lines = LineCounter(text)
    return Extraction.Problem(reason, arguments: arguments, line: lines.line(at: error.offset))
  }
}

extension Coverage.Reason {
  /// Whether it says that the file was read in part only, so that nothing in it may be called exact.
  fileprivate var isOfWholeFile: Bool {
    switch self {
    case .truncated, .malformed, .tooDeep, .tooMany: true
    default: false
    }
  }
}

extension ExtractedPackage {
  fileprivate var isNameless: Bool { name.utf8.allSatisfy { $0 == UInt8(ascii: "/") } }
}
