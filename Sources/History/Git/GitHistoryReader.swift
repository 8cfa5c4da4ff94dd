// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Goes through one repository's history.
final class GitHistoryReader {
  private let repository: GitRepository
  private let options: GitHistoryOptions
  private var history = GitHistory()
  private var knownProblems: Set<Coverage.Problem> = []
  private var missing = 0
  private var table = CommitTable()
  private var isStopped = false

  /// More say no more.
  private static let problemLimit = 100
  private static let tagDepth = 10

  init(_ repository: GitRepository, _ options: GitHistoryOptions) {
    (self.repository, self.options) = (repository, options)
  }

  func history(isWanted: @escaping TreeReader.Wanted, read: @escaping TreeReader.Reading) -> GitHistory {
    history.counts.repositories = 1
    var references = GitReferences(repository)
    var sources = references.sources()
    for fault in references.faults { tell(fault) }
    // After the refs, so that no object of theirs is newer than the list of packs.
    let store = GitObjectStore(
      repository.objectFolders(tell), hashBytes: repository.hashBytes, objectLimit: options.objectLimit)
    sources = sources.map { peeled($0, store) }
    history.counts.references = sources.count
    history.counts.branches = references.references.keys.filter { $0.starts(with: "refs/heads/".utf8) }.count
    readCommits(sources, store)
    history.counts.commits = table.count
    let (order, hasCycle) = table.order()
    if hasCycle { tell(GitFault(.malformed, ["commit-cycle"])) }
    let reader = TreeReader(
      store, options: options, shown: repository.shown, isWanted: isWanted, read: read, tell: { self.tell($0) })
    let (sets, isWhole) = readTrees(reader, order)
    history.counts.lockfileVersions = reader.versionsRead
    for fault in store.faults { tell(fault) }
    if isStopped { tell(GitFault(.interrupted)) }
    if missing > 0 { tell(GitFault(.gitObjectsMissing, [repository.isPartial ? "partial" : "missing", "\(missing)"])) }
    findWindows(sources, order, sets, isWhole, reader.bad)
    return history
  }

  private func tell(_ fault: GitFault) {
    if fault.reason == .gitObjectsMissing, fault.arguments.isEmpty {
      missing += 1
      return
    }
    let path =
      fault.path.isEmpty
      ? repository.shown : fault.path.hasPrefix("/") ? fault.path : "\(repository.shown)/\(fault.path)"
    let problem = Coverage.Problem(path: path, reason: fault.reason, arguments: fault.arguments)
    guard knownProblems.count < Self.problemLimit else {
      let last = Coverage.Problem(path: repository.shown, reason: .tooMany, arguments: ["\(Self.problemLimit)"])
      if knownProblems.insert(last).inserted { history.problems.append(last) }
      return
    }
    if knownProblems.insert(problem).inserted { history.problems.append(problem) }
  }

  private func isInterrupted(at step: Int) -> Bool {
    if !isStopped, step & 0xFF == 0, options.isInterrupted() { isStopped = true }
    return isStopped
  }

  // MARK: Commits

  /// The same source with tags replaced by what they lead to. What leads to a file is left out: it has no name.
  private func peeled(_ source: GitSource, _ store: GitObjectStore) -> GitSource {
    guard source.tier == .other else { return source }
    var id = source.tips[0]
    do throws(GitFault) {
      for _ in 0..<Self.tagDepth {
        let object = try store.object(id)
        guard object.kind == .tag else { break }
        guard let next = Self.target(object.bytes, digits: repository.hashBytes * 2) else {
          throw GitFault(.malformed, ["tag"], path: store.shown(id))
        }
        id = next
      }
      let kind = try store.object(id).kind
      return GitSource(source.name, source.tier, kind == .blob ? [] : [id])
    } catch {
      tell(error)
      return GitSource(source.name, source.tier, [])
    }
  }

  /// What a tag's first line says: `object ID`.
  private static func target(_ bytes: [UInt8], digits: Int) -> GitObjectID? {
    bytes.withUnsafeBufferPointer { bytes in
      guard bytes.starts(with: "object "), bytes.count > 7 + digits, bytes[7 + digits] == 0x0A else { return nil }
      return GitObjectID(hexadecimal: bytes[slice: 7..<7 + digits])
    }
  }

  private func readCommits(_ sources: [GitSource], _ store: GitObjectStore) {
    let shallow = shallowCommits()
    var waiting = sources.reversed().flatMap(\.tips)
    var gone: Set<GitObjectID> = []
    var counts: [Int32] = []
    var parents: [GitObjectID] = []
    var edges = 0
    while let id = waiting.popLast(), !isInterrupted(at: counts.count) {
      if table.number(id) != nil || gone.contains(id) { continue }
      guard table.count < min(options.commits, CommitTable.limit) else {
        tell(GitFault(.tooMany, ["\(options.commits)"]))
        break
      }
      do throws(GitFault) {
        let commit = try commit(id, store)
        let isEdge = shallow.contains(id)
        if isEdge { edges += 1 }
        table.add(id, tree: commit.tree, seconds: commit.seconds, isCut: isEdge)
        counts.append(isEdge ? 0 : Int32(commit.parents.count))
        if isEdge { continue }
        parents += commit.parents
        waiting += commit.parents.reversed().filter { table.number($0) == nil }
      } catch {
        gone.insert(id)
        tell(error)
      }
    }
    table.connect(counts: counts, parents)
    if edges > 0 { tell(GitFault(.gitObjectsMissing, ["shallow", "\(edges)"])) }
  }

  /// A tag may lead to a folder without a commit: that stands for a commit without parents and time.
  private func commit(_ id: GitObjectID, _ store: GitObjectStore) throws(GitFault) -> GitCommit {
    let object = try store.object(id)
    if object.kind == .tree { return GitCommit(tree: id) }
    guard object.kind == .commit else { throw GitFault(.malformed, ["unexpected-type"], path: store.shown(id)) }
    do throws(GitFault) { return try GitCommit(object.bytes, hashBytes: repository.hashBytes) } catch {
      throw error.of(store.shown(id))
    }
  }

  /// Commits whose parents were never fetched.
  private func shallowCommits() -> Set<GitObjectID> {
    do throws(GitFault) {
      let lines = try repository.common.bytes(of: "shallow", limit: 64 << 20) ?? []
      return Set(
        lines.split(separator: 0x0A).compactMap { line in
          Array(line).withUnsafeBufferPointer { GitObjectID(hexadecimal: $0) }
        })
    } catch {
      tell(error)
      return []
    }
  }

  // MARK: Trees

  /// By commits: the set of bad entries, and whether all of the tree could be read.
  ///
  /// The newest first: packs hold the newest version of a folder whole, and older ones as differences to it.
  private func readTrees(_ reader: TreeReader, _ order: [Int32]) -> (sets: [UInt32], isWhole: [Bool]) {
    var sets = [UInt32](repeating: 0, count: table.count)
    var isWhole = [Bool](repeating: false, count: table.count)
    let newestFirst = (0..<table.count).sorted { table.seconds[$0] > table.seconds[$1] }
    for (step, commit) in newestFirst.enumerated() where !isInterrupted(at: step) {
      let result = reader.result(of: table.trees[commit])
      (sets[commit], isWhole[commit]) = (result.set, result.isWhole)
    }
    // What could not be read is taken to be as it was before: nothing says that it was removed.
    for commit in order.reversed() where !isWhole[Int(commit)] {
      for parent in table.parents(Int(commit)) where sets[Int(parent)] != 0 {
        sets[Int(commit)] = reader.union(sets[Int(commit)], sets[Int(parent)])
      }
    }
    return (sets, isWhole)
  }

  // MARK: Windows

  private func findWindows(
    _ sources: [GitSource], _ order: [Int32], _ sets: [UInt32], _ isWhole: [Bool], _ bad: BadEntries
  ) {
    guard bad.sets.count > 1 else { return }
    var windows = GitWindows(table: table, order: order, isWhole: isWhole, sources: sources)
    forEachPattern(order, sets, bad) { windows.find($0) }
    windows.finish()
    let found = windows.windows.values.flatMap { window in
      window.entries.map { (entry: bad.entries[Int($0)], window: window) }
    }
    history.sightings = found.sorted { Self.isBefore($0, $1) }.map {
      sighting($0.entry, $0.window, sources[$0.window.source])
    }
  }

  private static func isBefore(
    _ first: (entry: BadEntry, window: GitWindows.Window), _ second: (entry: BadEntry, window: GitWindows.Window)
  ) -> Bool {
    if first.entry.path != second.entry.path { return first.entry.path.lexicographicallyPrecedes(second.entry.path) }
    if first.entry.package != second.entry.package { return first.entry.package.title < second.entry.package.title }
    let (one, other) = (first.window, second.window)
    if one.source != other.source { return one.source < other.source }
    return (one.from?.seconds ?? 0, one.added) < (other.from?.seconds ?? 0, other.added)
  }

  /// Commits of patterns that are kept at a time.
  private static let patternWeight = 4_000_000

  /// Calls `body` with some patterns at a time: a few where many commits have them.
  private func forEachPattern(
    _ order: [Int32], _ sets: [UInt32], _ bad: BadEntries, _ body: ([GitWindows.Pattern]) -> Void
  ) {
    let touched = order.filter { commit in
      sets[Int(commit)] != 0 || table.parents(Int(commit)).contains { sets[Int($0)] != 0 }
    }
    var patterns: [GitWindows.Pattern] = []
    var weight = 0
    for (setNumbers, entries) in bad.alike() {
      var isHaving = [Bool](repeating: false, count: bad.sets.count)
      for set in setNumbers { isHaving[Int(set)] = true }
      func has(_ commit: Int32) -> Bool { isHaving[Int(sets[Int(commit)])] }
      let pattern = GitWindows.Pattern(
        entries: entries, having: touched.filter(has),
        leaving: touched.filter { !has($0) && table.parents(Int($0)).contains(where: has) })
      patterns.append(pattern)
      weight += pattern.having.count + pattern.leaving.count
      if weight > Self.patternWeight {
        body(patterns)
        (patterns, weight) = ([], 0)
      }
    }
    body(patterns)
  }

  private func sighting(_ entry: BadEntry, _ window: GitWindows.Window, _ source: GitSource) -> PastSighting {
    let path = (repository.shown.isEmpty ? "" : repository.shown + "/") + String(decoding: entry.path, as: UTF8.self)
    return PastSighting(
      package: entry.package, place: "\(path) (\(source.name))", from: window.from, to: window.to, degree: .locked,
      evidence: evidence(window, source))
  }

  private func evidence(_ window: GitWindows.Window, _ source: GitSource) -> [PastSighting.Evidence] {
    func one(_ code: EvidenceCode, _ arguments: [String]) -> PastSighting.Evidence {
      PastSighting.Evidence(path: repository.shown, code, arguments)
    }
    func id(_ commit: Int32) -> String { table.ids[Int(commit)].text(bytes: repository.hashBytes) }
    var evidence = [one(.commitAdded, [id(Int32(window.added)), source.name])]
    if window.isCut { evidence.append(one(.historyCut, [id(Int32(window.added))])) }
    switch window.end {
    case .open(let commit): evidence.append(one(.branchHasIt, [id(commit), source.name]))
    case .removed(let commit): evidence.append(one(.commitRemoved, [id(commit), source.name]))
    case .left(let commit, let next):
      evidence.append(one(.logHadIt, [id(commit), source.name]))
      if let next { evidence.append(one(.logWentOn, [id(next), source.name])) }
    }
    if window.others > 0 { evidence.append(one(.alsoOnBranches, ["\(window.others)"])) }
    return evidence
  }
}
