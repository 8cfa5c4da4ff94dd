// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// What one extractor found in one file, in file order.
public struct Extraction: Sendable {
  /// Something in the file that could not be understood, while the rest could.
  public struct Problem: Hashable, Sendable {
    public let reason: Coverage.Reason
    public let arguments: [String]
    /// 1-based; nil where the format has no lines.
    public let line: Int?

    public init(_ reason: Coverage.Reason, arguments: [String] = [], line: Int? = nil) {
      self.reason = reason
      self.arguments = arguments
      self.line = line
    }
  }

  /// Something in the file, or the file itself, that is left out by rule, and listed.
  public struct Skip: Hashable, Sendable {
    public let reason: Coverage.SkipReason
    public let arguments: [String]
  }

  /// Another file that this one wants to be read with it.
  public struct Include: Hashable, Sendable {
    /// As it is written: relative to the folder of this file, or absolute.
    public let path: String
    /// 1-based.
    public let line: Int
    /// The id of the extractor that is to read it.
    public let extractor: String
  }

  /// How many other files one file may include, and how many things in it may be listed as skipped.
  public static let mostIncludes = 256

  public private(set) var packages: [ExtractedPackage] = []
  public private(set) var problems: [Problem] = []
  public private(set) var skipped: [Skip] = []
  public private(set) var includes: [Include] = []
  /// Set by an extractor that has seen that the file rightly names no package: a lockfile of a project without dependencies.
  public var isRightlyEmpty = false
  /// Who asks for whom, where the file tells and ``SourceFile/wantsGraph`` is set. Node numbers are indices into ``packages``.
  public var graph = DependencyGraph()

  /// How many problems of one file are told.
  static let mostProblems = 1000

  public init() {}

  /// Notes a package and returns its number, which ``graph`` uses.
  @discardableResult
  public mutating func add(_ package: ExtractedPackage) -> Int {
    packages.append(package)
    return packages.count - 1
  }

  /// Puts `package` in the place of the one with this number, for formats that tell what an entry is only at its end.
  mutating func replace(_ number: Int, with package: ExtractedPackage) {
    packages[number] = package
  }

  /// Takes back the packages with these numbers.
  /// - Returns: For each old number the new one; nil for those that are gone.
  mutating func remove(_ numbers: Set<Int>) -> [Int?] {
    var next = 0
    let renumbered = packages.indices.map { number -> Int? in
      if numbers.contains(number) { return nil }
      next += 1
      return next - 1
    }
    packages = packages.indices.filter { !numbers.contains($0) }.map { packages[$0] }
    return renumbered
  }

  /// Makes every package so far `partial`: the file is of a version that may mean something else by what was read.
  mutating func makePartial() {
    for number in packages.indices { packages[number].confidence = .partial }
  }

  /// Notes something that was not understood, and goes on.
  ///
  /// Of one file not more than ``mostProblems`` are told, and then that there are more: a file of a million odd entries says no more than
  /// one of a thousand.
  public mutating func note(_ reason: Coverage.Reason, _ arguments: [String] = [], line: Int? = nil) {
    guard problems.count < Self.mostProblems else {
      if problems.count == Self.mostProblems {
        problems.append(Problem(.tooMany, arguments: ["\(Self.mostProblems)"], line: line))
      }
      return
    }
    problems.append(Problem(reason, arguments: arguments, line: line))
  }

  /// Lists something that is left out by rule. What is said twice is listed once; more than ``mostIncludes`` are a problem.
  public mutating func skip(_ reason: Coverage.SkipReason, _ arguments: [String] = []) {
    guard skipped.count < Self.mostIncludes else { return noteOnce(.tooMany, ["\(Self.mostIncludes)"]) }
    let skip = Skip(reason: reason, arguments: arguments)
    if !skipped.contains(skip) { skipped.append(skip) }
  }

  /// Wants the file at `path` to be read as well, whatever it is called, by the extractor with the id `extractor`. It is read once, where it
  /// lies below the same root; else that is a problem.
  public mutating func include(_ path: String, line: Int, as extractor: String) {
    guard !includes.contains(where: { $0.path == path }) else { return }
    guard includes.count < Self.mostIncludes else { return noteOnce(.tooMany, ["\(Self.mostIncludes)"]) }
    includes.append(Include(path: path, line: line, extractor: extractor))
  }

  private mutating func noteOnce(_ reason: Coverage.Reason, _ arguments: [String]) {
    let problem = Problem(reason, arguments: arguments)
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Makes room for about `count` packages.
  public mutating func reserve(_ count: Int) {
    packages.reserveCapacity(packages.count + count)
  }
}

/// A package as one file names it.
public struct ExtractedPackage: Hashable, Sendable {
  public var ecosystem: Ecosystem
  /// The real name in the registry, aliases resolved.
  public var name: String
  /// nil where the file gives no exact version (a range; a link without one).
  public var version: String?
  public var kind: Sighting.Kind
  public var confidence: Sighting.Confidence
  /// 1-based; 0 where the format has no lines or the whole file speaks of this package.
  public var line: Int
  /// What a `declared` package asks for: `^9.1.0`.
  public var requirement: String?
  /// Where it comes from, when that is not the registry; without credentials. See ``PackageSource``.
  public var source: String?
  /// Whether it may rightly be missing from disk (optional, or for another platform).
  public var isOptional: Bool

  public init(
    ecosystem: Ecosystem = .npm, name: String, version: String?, kind: Sighting.Kind,
    confidence: Sighting.Confidence = .exact, line: Int = 0, requirement: String? = nil, source: String? = nil,
    isOptional: Bool = false
  ) {
    self.ecosystem = ecosystem
    self.name = name
    self.version = version
    self.kind = kind
    self.confidence = confidence
    self.line = line
    self.requirement = requirement
    self.source = source
    self.isOptional = isOptional
  }

  /// `name@version`, as it stands in `via`.
  public var title: String {
    guard let version else { return name }
    return "\(name)@\(version)"
  }
}
