// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Who asks for whom in a `yarn.lock`: its keys list the patterns (`name@range`) that an entry answers, its entries the
/// patterns that they ask for.
///
/// Patterns are known by a hash of 64 bits with a random seed, so that a lockfile of a million entries needs no text
/// for them.
struct YarnDependencies {
  private struct Entry {
    /// The numbers of its packages; empty for what is none.
    let packages: Range<Int>
    /// The folder of a member of the workspace, which asks for the project.
    let folder: String?
  }

  private struct Request {
    let entry: Int
    let pattern: Int
    /// The same with the protocol that is meant where none is written.
    let patternWithProtocol: Int
    let name: Int
    /// Where the name stands in the order of names, as far as its first bytes tell.
    let rank: UInt64
    let line: Int
    let isOptional: Bool
  }

  /// What one name in the keys stands for.
  private enum Answer {
    case one(Int)
    case several
  }

  private var entries: [Entry] = []
  private var requests: [Request] = []
  private var answers: [Int: Int] = [:]
  private var patchedAnswers: [Int: Int] = [:]
  private var names: [Int: Answer] = [:]
  private var keys: [(pattern: Int, entry: Int)] = []
  private var highestRank: UInt64 = 0
  /// The entry whose requests and patterns are being added; it becomes one by ``endEntry(packages:folder:)``.
  private var current: Int { entries.count }

  // MARK: Adding

  /// Notes that the current entry answers `pattern`.
  mutating func answer(_ pattern: YarnPattern) {
    answer(Self.hash(pattern.name, pattern.range), name: pattern.name)
  }

  /// Notes that the current entry answers `name@range`, and, where it is a patch, that it takes the place of what it
  /// patches.
  mutating func answer(name: String, range: String) {
    let plain = YarnLocator.withoutParameters(range)
    Self.withBytes(name) { name in
      Self.withBytes(range) { answer(Self.hash(name, $0), name: name) }
      Self.withBytes(plain) { if answers[Self.hash(name, $0)] == nil { answers[Self.hash(name, $0)] = current } }
    }
    guard let patched = YarnLocator.patched(range), let (inner, innerRange) = YarnLocator.split(patched) else { return }
    Self.withBytes(inner) { inner in
      Self.withBytes(innerRange) { patchedAnswers[Self.hash(inner, $0)] = current }
    }
    // On disk there is only the patched one.
    request(inner, innerRange, line: 0, isOptional: true)
  }

  private mutating func answer(_ pattern: Int, name: Bytes) {
    answers[pattern] = current
    keys.append((pattern, current))
    highestRank = max(highestRank, Self.rank(of: name))
    let name = Self.hash(name)
    switch names[name] {
    case nil: names[name] = .one(current)
    case .one(current): break
    default: names[name] = .several
    }
  }

  /// Notes that the current entry asks for `name@range`.
  mutating func request(_ name: Bytes, _ range: Bytes, line: Int, isOptional: Bool) {
    let pattern = Self.hash(name, range)
    requests.append(
      Request(
        entry: current, pattern: pattern, patternWithProtocol: pattern, name: Self.hash(name),
        rank: Self.rank(of: name), line: line, isOptional: isOptional))
  }

  /// The same for yarn 2 and later, where `^1.0.0` means `npm:^1.0.0`.
  mutating func request(_ name: String, _ range: String, line: Int, isOptional: Bool) {
    Self.withBytes(name) { name in
      let pattern = Self.withBytes(range) { Self.hash(name, $0) }
      let other =
        range.utf8.contains(UInt8(ascii: ":")) ? pattern : Self.withBytes("npm:\(range)") { Self.hash(name, $0) }
      requests.append(
        Request(
          entry: current, pattern: pattern, patternWithProtocol: other, name: Self.hash(name),
          rank: Self.rank(of: name), line: line, isOptional: isOptional))
    }
  }

  /// Ends the current entry.
  /// - Parameters:
  ///   - packages: The numbers that the extraction gave to its packages.
  ///   - folder: For a folder of the project its path, `.` for the project itself.
  mutating func endEntry(packages: Range<Int>, folder: String? = nil) {
    entries.append(Entry(packages: packages, folder: folder))
  }

  // MARK: The end

  /// The line where something is asked for whose entry should stand behind the last one: the rest of the lockfile is
  /// missing.
  ///
  /// Entries stand in the order of their names. What is missing before the last one was left out on purpose: yarn 1 has
  /// no entries for members of the workspace, and some programs that write its lockfiles have none for aliases. Only
  /// the name is looked at: a project may say that another range is taken than the one that is asked for.
  var firstMissing: Int? {
    requests.first { names[$0.name] == nil && $0.rank > highestRank && $0.line > 0 }?.line
  }

  /// Marks the packages that are only asked for by what can do without them.
  func markOptional(in extraction: inout Extraction) {
    guard requests.contains(where: { $0.isOptional }) else { return }
    var isRequired = [Bool?](repeating: nil, count: entries.count)
    for request in requests {
      for target in targets(of: request) where isRequired[target] != true { isRequired[target] = !request.isOptional }
    }
    for (entry, isRequired) in zip(entries, isRequired) where isRequired == false {
      for number in entry.packages {
        var package = extraction.packages[number]
        package.isOptional = true
        extraction.replace(number, with: package)
      }
    }
  }

  /// Fills the graph. Where no entry is the project's own, what no entry asks for is asked for by the project.
  func fill(_ graph: inout DependencyGraph) {
    var asked: Set<Int> = []
    for request in requests {
      asked.insert(request.pattern)
      asked.insert(request.patternWithProtocol)
      let origin = entries[request.entry]
      for number in targets(of: request).flatMap({ entries[$0].packages }) {
        if let folder = origin.folder {
          graph.addRoot(number, project: folder == "." ? nil : folder)
        } else if let first = origin.packages.first {
          graph.addEdge(from: first, to: number)
        }
      }
    }
    guard !entries.contains(where: { $0.folder == "." }) else { return }
    for key in keys where !asked.contains(key.pattern) {
      for number in entries[key.entry].packages { graph.addRoot(number) }
    }
  }

  /// The entries that answer: those of the pattern, and the patch that takes their place; else the only one of the
  /// name.
  private func targets(of request: Request) -> [Int] {
    var targets: [Int] = []
    if let target = answers[request.pattern] ?? answers[request.patternWithProtocol] { targets.append(target) }
    if let target = patchedAnswers[request.pattern] ?? patchedAnswers[request.patternWithProtocol] {
      targets.append(target)
    }
    if targets.isEmpty, case .one(let target)? = names[request.name] { targets.append(target) }
    return targets.filter { entries.indices.contains($0) }
  }

  // MARK: Hashes

  /// The first eight bytes, so that two ranks are in the order of the names or equal.
  private static func rank(of name: Bytes) -> UInt64 {
    var rank: UInt64 = 0
    for index in 0..<8 { rank = rank << 8 | (index < name.count ? UInt64(name[index]) : 0) }
    return rank
  }

  private static func hash(_ name: Bytes) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    return hasher.finalize()
  }

  private static func hash(_ name: Bytes, _ range: Bytes) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    // No byte of UTF-8: name and range stay apart.
    hasher.combine(0xFF as UInt8)
    hasher.combine(bytes: UnsafeRawBufferPointer(range))
    return hasher.finalize()
  }

  private static func withBytes<Result>(_ text: String, _ body: (Bytes) -> Result) -> Result {
    var text = text
    return text.withUTF8(body)
  }
}
