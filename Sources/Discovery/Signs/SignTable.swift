// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// A ``SignList`` laid out for a walk: asked once for each folder, and then only for names that the folder or any place gives reason to.
struct SignTable: Sendable {
  /// A sign that a name in the folder at hand may be.
  struct Candidate: Sendable {
    let number: Int
    let name: NamePattern
    let isInPlace: Bool
  }

  /// What of a sign's path counts in the folder that holds it.
  private struct Entry: Sendable {
    let number: Int
    let pattern: SignPattern
  }

  /// Entries by one folder of their path that is no pattern: the last such one.
  private struct Group: Sendable {
    let name: [UInt8]
    var entries: [Entry]
  }

  let list: SignList
  /// Signs of one name, wherever it lies: by a small hash of the name.
  private var anywhere: [[Candidate]] = []
  private var wildAnywhere: [Candidate] = []
  private var anywhereFilter = NameFilter()
  /// The others: by how many folders lie between the one of a group and the file, then by the length of its name.
  private var groups = [[[Group]]](repeating: [], count: mostFolders)
  private var groupFilters = [NameFilter](repeating: NameFilter(), count: mostFolders)
  /// Those of which every folder is a pattern.
  private var wholly: [Entry] = []
  /// Those that lie directly in a home, in a folder for temporary files, or in the root.
  private var atAnchors: [Entry] = []
  /// Those that begin at the root or in a folder for temporary files.
  private var anchored: [SignPattern] = []
  /// Names of branches, part by part, with the numbers of their signs.
  private(set) var branches: [(number: Int, parts: [NamePattern])] = []
  /// By SHA-256, with the numbers of ``SignList/digests``.
  private(set) var digests: [SHA256.Digest: [Int]] = [:]
  /// For each sign the digests of which a file must have one.
  let digestsOfSigns: [[SHA256.Digest]]

  /// The folders of a path that are looked at first.
  static let mostFolders = 4
  /// A power of two.
  private static let buckets = 1024

  init(_ list: SignList) {
    self.list = list
    digestsOfSigns = list.signs.map { $0.digests.compactMap { SHA256.Digest(hexadecimal: $0) } }
    anywhere = [[Candidate]](repeating: [], count: Self.buckets)
    for (number, sign) in list.signs.enumerated() { add(sign, number) }
    for (number, digest) in list.digests.enumerated() {
      if let value = SHA256.Digest(hexadecimal: digest.text) { digests[value, default: []].append(number) }
    }
  }

  private mutating func add(_ sign: Sign, _ number: Int) {
    guard sign.kind != .branch else {
      branches.append((number, sign.path.utf8.split(separator: UInt8(ascii: "/")).map { NamePattern($0) }))
      for place in ["refs/heads/", "refs/remotes/*/"] { add(SignPattern(place + sign.path), number) }
      return
    }
    add(SignPattern(sign.path), number)
  }

  private mutating func add(_ pattern: SignPattern, _ number: Int) {
    let entry = Entry(number: number, pattern: pattern)
    if pattern.anchor == .root || pattern.anchor == .temporary { anchored.append(pattern) }
    guard pattern.folders.isEmpty else { return add(entry) }
    guard pattern.anchor == .anywhere else { return atAnchors.append(entry) }
    let candidate = Candidate(number: number, name: pattern.name, isInPlace: true)
    if let name = pattern.name.literal {
      let bucket = name.withUnsafeBufferPointer(Self.bucket)
      anywhereFilter.add(name)
      anywhere[bucket].append(candidate)
    } else {
      wildAnywhere.append(candidate)
    }
  }

  private mutating func add(_ entry: Entry) {
    let folders = entry.pattern.folders.reversed().prefix(Self.mostFolders)
    guard
      let (distance, name) = folders.enumerated().lazy.compactMap({ at, folder in folder.literal.map { (at, $0) } })
        .first
    else { return wholly.append(entry) }
    groupFilters[distance].add(name)
    while groups[distance].count <= name.count { groups[distance].append([]) }
    if let group = groups[distance][name.count].firstIndex(where: { $0.name == name }) {
      groups[distance][name.count][group].entries.append(entry)
    } else {
      groups[distance][name.count].append(Group(name: name, entries: [entry]))
    }
  }

  /// Whether there is nothing to look for.
  var isEmpty: Bool { list.signs.isEmpty && !list.hashesEverything }

  // MARK: Once for each folder

  /// The signs that may lie in this folder because of where it is.
  /// - Parameters:
  ///   - path: The folder's real path.
  ///   - tail: Where its last components lie in it, the very last first; ``mostFolders`` of them, or all.
  ///   - count: How many components it has.
  /// - Complexity: O(``mostFolders``) for nearly every folder.
  func addCandidates(for path: Bytes, tail: [Range<Int>], count: Int, to candidates: inout [Candidate]) {
    for (distance, range) in tail.enumerated() where groupFilters[distance].mayHold(path[slice: range]) {
      guard range.count < groups[distance].count else { continue }
      for group in groups[distance][range.count] where path[slice: range].equals(group.name) {
        add(group.entries, path, tail, &candidates)
      }
    }
    if !wholly.isEmpty { add(wholly, path, tail, &candidates) }
    guard let last = tail.first, list.machine.mayBeAnchor(count: count, last: path[slice: last]) else { return }
    add(atAnchors, path, tail, &candidates)
  }

  private func add(_ entries: [Entry], _ path: Bytes, _ tail: [Range<Int>], _ candidates: inout [Candidate]) {
    for entry in entries where entry.pattern.mayFit(path, tail, list.machine) {
      guard let fit = fit(of: entry.pattern, path) else { continue }
      candidates.append(
        Candidate(number: entry.number, name: entry.pattern.name, isInPlace: fit == .inPlace))
    }
  }

  /// How a folder stands to a pattern of which the last components fit.
  private func fit(of pattern: SignPattern, _ path: Bytes) -> SignPattern.Fit? {
    // Where it may begin anywhere, there is nothing more to look at: this is so for nearly every folder that comes here.
    if pattern.anchor == .anywhere, pattern.folders.count <= Self.mostFolders { return .inPlace }
    let components = path.split(separator: UInt8(ascii: "/")).map { ArraySlice(Array($0)) }
    return pattern.fit(of: components, list.machine)
  }

  /// Whether the path of a sign that begins at the root, or in a folder for temporary files, goes through this folder.
  func leads(through folder: [UInt8], of root: [UInt8]) -> Bool {
    let components = (root[...] + [UInt8(ascii: "/")] + folder[...]).split(separator: UInt8(ascii: "/"))
    return anchored.contains { $0.goes(through: components, list.machine) }
  }

  // MARK: For each entry

  /// The signs that an entry of this name may be.
  /// - Parameter local: What ``addCandidates(for:tail:count:to:)`` gave for its folder.
  /// - Complexity: O(length of the name) for nearly every name.
  func signs(named name: Bytes, local: [Candidate]) -> [Candidate] {
    var found: [Candidate] = []
    if anywhereFilter.mayHold(name) {
      for candidate in anywhere[Self.bucket(name)] where candidate.name.matches(name) { found.append(candidate) }
    }
    for candidate in wildAnywhere where candidate.name.matches(name) { found.append(candidate) }
    for candidate in local where candidate.name.matches(name) { found.append(candidate) }
    return found
  }

  private static func bucket(_ name: Bytes) -> Int {
    guard let first = name.first, let last = name.last else { return 0 }
    let middle = name[name.count / 2]
    return (name.count &* 31 &+ Int(first) &* 7 &+ Int(middle) &* 131 &+ Int(last) &* 17) & (buckets - 1)
  }
}
