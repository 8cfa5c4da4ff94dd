// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery
internal import History
internal import Inventory
internal import Parsing
internal import Versions

/// What the history of every repository that a walk came upon says of a target.
struct RepositoryReading {
  private(set) var sightings: [PastSighting] = []
  private(set) var problems: [Coverage.Problem] = []
  private(set) var skipped: [Coverage.Skip] = []
  private(set) var counts = GitHistory.Counts()

  private let target: ResponseTarget
  private let names: NameSearch
  private let limits: Limits

  init(_ target: ResponseTarget, limits: Limits) {
    (self.target, self.limits) = (target, limits)
    names = NameSearch(target.names)
  }

  /// - Parameters:
  ///   - folders: Folders that hold `objects`, as they are shown.
  ///   - links: Files called `.git` that lead elsewhere.
  mutating func read(
    _ folders: [String], links: [String], below roots: borrowing ScanRoots,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    // What a repository points to is read only where the user named it: not in other folders that happen to be open.
    var open: [(path: String, descriptor: Int32)] = []
    roots.forEachFolder { descriptor, _, path in open.append((path, descriptor)) }
    let opening = GitRepository.opening(below: open)
    var known: Set<GitRepository.Identity> = []
    for shown in folders + links where !links.contains(shown) || !Self.isEmpty(shown, below: roots) {
      guard let (root, path) = roots.position(of: shown) else {
        problems.append(Coverage.Problem(path: shown, reason: .vanished))
        continue
      }
      let isInWorkTree = shown.hasSuffix("/.git") || shown == ".git"
      let folder = isInWorkTree ? Array(path.dropLast(path.count > 4 ? 5 : 4)) : path
      let title = isInWorkTree ? String(shown.dropLast(shown.utf8.count > 4 ? 5 : 4)) : shown
      do throws(GitFault) {
        let repository = try GitRepository.open(
          below: roots.descriptor(ofRoot: root), path: folder, shown: title.isEmpty ? "." : title, opening: opening)
        guard known.insert(repository.identity).inserted else { continue }
        read(repository, GitHistoryOptions(limits: limits, isInterrupted: isInterrupted))
      } catch {
        let path = error.path.isEmpty ? shown : error.path.hasPrefix("/") ? error.path : title + "/" + error.path
        problems.append(Coverage.Problem(path: path, reason: error.reason, arguments: error.arguments))
      }
    }
  }

  private mutating func read(_ repository: GitRepository, _ options: GitHistoryOptions) {
    let judge = HistoricLockfiles(target, names, options.limits)
    let history = repository.history(
      options, isWanted: { folder, name in judge.lockfiles.hold(name, in: folder) },
      read: { path, bytes in judge.bad(in: bytes, path: path) })
    sightings += history.sightings
    // The same file may have been broken in many commits.
    var told: Set<Coverage.Problem> = []
    for problem in history.problems + judge.problems where told.insert(problem).inserted { tell(problem) }
    counts += history.counts
  }
}

extension RepositoryReading {
  /// What was never fetched was never on this machine: it is said, and keeps nothing from being "never here".
  private mutating func tell(_ problem: Coverage.Problem) {
    guard problem.reason == .gitObjectsMissing, problem.arguments.first == "shallow" else {
      return problems.append(problem)
    }
    skipped.append(
      Coverage.Skip(path: problem.path, reason: .shallowHistory, arguments: Array(problem.arguments.dropFirst())))
  }

  /// An empty file of that name is no repository: uv and others make one so that git looks no further up.
  private static func isEmpty(_ link: String, below roots: borrowing ScanRoots) -> Bool {
    guard let file = try? roots.open(link), let facts = try? file.whileOpen(SafeOpening.facts) else { return false }
    return facts.kind == .file && facts.size == 0
  }
}

/// Holds versions of lockfiles out of one repository's past against a target, on one thread.
private final class HistoricLockfiles {
  let lockfiles = LockfileNames()
  private let target: ResponseTarget
  private let names: NameSearch
  private let limits: Limits
  /// What of them could not be read.
  private(set) var problems: [Coverage.Problem] = []

  init(_ target: ResponseTarget, _ names: NameSearch, _ limits: Limits) {
    (self.target, self.names, self.limits) = (target, names, limits)
  }

  /// The bad packages that a version of a lockfile pins, each once.
  func bad(in bytes: Bytes, path: String) -> [Package] {
    guard names.mayBeIn(bytes), let outcome = lockfiles.read(bytes, path: path, limits: limits) else { return [] }
    for problem in outcome.problems { tell(problem.reason, problem.arguments, path, problem.line) }
    var found: [Package] = []
    for extracted in outcome.packages where extracted.version != nil {
      let package = Package(ecosystem: extracted.ecosystem, name: extracted.name, version: extracted.version)
      switch target.certainty(package) {
      case .yes: if !found.contains(package) { found.append(package) }
      case .unknown: tell(.versionNotComparable, [package.title], path, nil)
      case .no: break
      }
    }
    return found
  }

  private func tell(_ reason: Coverage.Reason, _ arguments: [String], _ path: String, _ line: Int?) {
    problems.append(Coverage.Problem(path: path, reason: reason, arguments: arguments, line: line))
  }
}

/// A first look, without reading a lockfile: whether one of a few names can be in it.
struct NameSearch {
  /// nil where looking for all of them would take as long as reading.
  private let names: [(text: String, foldsCase: Bool)]?

  private static let mostNames = 16

  init(_ packages: [Package]) {
    names =
      packages.count > Self.mostNames
      ? nil : packages.map { ($0.ecosystem == .pypi ? Self.longestPart($0.name) : $0.name, $0.ecosystem == .pypi) }
  }

  /// Python's names are written in several ways: `Some_Thing` is `some-thing`.
  private static func longestPart(_ name: String) -> String {
    let parts = name.lowercased().split { $0 == "-" || $0 == "_" || $0 == "." }
    return String(parts.max { $0.utf8.count < $1.utf8.count } ?? "")
  }

  /// False is certain. What escapes characters may write a name in another way, and so may what is no UTF-8.
  func mayBeIn(_ bytes: Bytes) -> Bool {
    guard let names, !bytes.contains("\\"), !bytes.prefix(2).contains(where: { $0 >= 0xFE }) else { return true }
    return names.contains { name in
      if bytes.contains(name.text) { return true }
      guard name.foldsCase else { return false }
      let folded = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      return folded.withUnsafeBufferPointer { $0.contains(name.text) }
    }
  }
}
