// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// A branch, or something else that leads to commits, with what it is to be called.
struct GitSource {
  /// What is told of a later tier is only what no earlier one tells.
  enum Tier: Int, Comparable {
    /// A local branch, a worktree's HEAD that is on no branch, a stash.
    case branch = 0
    /// A branch of another repository as it was fetched last, a tag, any other ref.
    case other = 1
    /// Commits that only a log still knows: amended, reset, or of a deleted branch.
    case log = 2

    static func < (first: Tier, second: Tier) -> Bool { first.rawValue < second.rawValue }
  }

  /// `main`, `stash@{0}`, `HEAD`, `worktrees/NAME/HEAD`, `remotes/origin/main`, `tags/v1`, `logs/HEAD`.
  let name: String
  let tier: Tier
  /// What it points at, and for a log all that it ever pointed at.
  let tips: [GitObjectID]
  var log: GitReflog?

  init(_ name: String, _ tier: Tier, _ tips: [GitObjectID], log: GitReflog? = nil) {
    (self.name, self.tier, self.tips, self.log) = (name, tier, tips, log)
  }
}

extension GitReferences {
  /// All sources, in the order in which they speak for a window that several of them share: the branch that is
  /// checked out, `main` and
  /// `master`, other branches by name, then the rest.
  mutating func sources() -> [GitSource] {
    let stashes = stashes()
    let named = pointers() + pastSources()
    let sorted = named.map { (rank($0), $0) }.sorted { ($0.0, $0.1.name) < ($1.0, $1.1.name) }
    let branches = sorted.prefix { $0.1.tier == .branch }
    return branches.map(\.1) + stashes + sorted.dropFirst(branches.count).map(\.1)
  }

  private func rank(_ source: GitSource) -> Int {
    let base = source.tier.rawValue * 8
    if source.tier == .log { return base + (source.name == "logs/HEAD" ? 0 : 1) }
    if source.tier == .other { return base + (source.name.hasPrefix("remotes/") ? 0 : 1) }
    if case .symbolic(let name) = heads["HEAD"], source.name == Self.title(name) { return base }
    return base + (source.name == "main" || source.name == "master" ? 1 : 2)
  }

  /// `refs/heads/main` → `main`, `refs/tags/v1` → `tags/v1`.
  private static func title(_ name: [UInt8]) -> String {
    for prefix in ["refs/heads/", "refs/"] where name.starts(with: prefix.utf8) {
      return String(decoding: name.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func pointers() -> [GitSource] {
    var sources: [GitSource] = []
    for (name, target) in references {
      // Replacements are not obeyed; a symbolic ref leads to one that is told by itself.
      if name.starts(with: "refs/replace/".utf8) || name.elementsEqual("refs/stash".utf8) { continue }
      let id = resolved(target, path: String(decoding: name, as: UTF8.self))
      if case .symbolic = target { continue }
      let isBranch = name.starts(with: "refs/heads/".utf8)
      if let id { sources.append(GitSource(Self.title(name), isBranch ? .branch : .other, [id])) }
    }
    for (name, target) in heads {
      if case .symbolic = target {
        _ = resolved(target, path: name)
      } else if let id = resolved(target, path: name) {
        sources.append(GitSource(name, name.hasSuffix("HEAD") ? .branch : .other, [id]))
      }
    }
    return sources
  }

  private mutating func resolved(_ target: Target, path: String) -> GitObjectID? {
    do throws(GitFault) { return try resolve(target, path: path) } catch {
      faults.append(error)
      return nil
    }
  }

  /// The newest stash is a ref; older ones are what its log says, the newest last.
  private func stashes() -> [GitSource] {
    var ids = (logs["refs/stash"]?.entries ?? []).reversed().map(\.new).filter { !$0.isZero }
    if case .id(let id) = references[Array("refs/stash".utf8)], id != ids.first { ids.insert(id, at: 0) }
    return ids.enumerated().map { GitSource("stash@{\($0.offset)}", .branch, [$0.element]) }
  }

  private func pastSources() -> [GitSource] {
    logs.compactMap { name, log in
      guard name != "refs/stash" else { return nil }
      let tips = Set(log.entries.flatMap { [$0.old, $0.new] }).filter { !$0.isZero }
      return tips.isEmpty ? nil : GitSource("logs/" + name, .log, tips.sorted(), log: log)
    }
  }
}
