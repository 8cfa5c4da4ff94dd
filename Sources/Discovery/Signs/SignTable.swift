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

  let list: SignList
  /// Signs of one name, wherever it lies: by a small hash of the name.
  private var anywhere: [[Candidate]] = []
  private var wildAnywhere: [Candidate] = []
  /// The others, by the name of the folder that holds them.
  private var byFolder: [[UInt8]: [Entry]] = [:]
  /// Those whose folder's name is wild.
  private var inWildFolder: [Entry] = []
  /// Those that lie directly in a home, in a folder for temporary files, or in the root.
  private var atAnchors: [Entry] = []
  /// Those that begin at the root or in a folder for temporary files.
  private var anchored: [SignPattern] = []
  /// For each length of a folder's name whether `byFolder` has any: most folders need no further look.
  private var folderLengths = [Bool](repeating: false, count: 256)
  /// Names of branches, part by part, with the numbers of their signs.
  private(set) var branches: [(number: Int, parts: [NamePattern])] = []
  /// By SHA-256, with the numbers of ``SignList/digests``.
  private(set) var digests: [SHA256.Digest: Int] = [:]
  /// For each sign the digests of which a file must have one.
  let digestsOfSigns: [[SHA256.Digest]]

  /// A power of two.
  private static let buckets = 1024

  init(_ list: SignList) {
    self.list = list
    digestsOfSigns = list.signs.map { $0.digests.compactMap { SHA256.Digest(hexadecimal: $0.utf8) } }
    anywhere = [[Candidate]](repeating: [], count: Self.buckets)
    for (number, sign) in list.signs.enumerated() { add(sign, number) }
    for (number, digest) in list.digests.enumerated() {
      if let value = SHA256.Digest(hexadecimal: digest.text.utf8), digests[value] == nil { digests[value] = number }
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
    if let folder = pattern.folders.last {
      guard let name = folder.literal else { return inWildFolder.append(entry) }
      byFolder[name, default: []].append(entry)
      folderLengths[min(name.count, 255)] = true
    } else if pattern.anchor != .anywhere {
      atAnchors.append(entry)
    } else {
      let candidate = Candidate(number: number, name: pattern.name, isInPlace: true)
      if let name = pattern.name.literal {
        anywhere[Self.bucket(name)].append(candidate)
      } else {
        wildAnywhere.append(candidate)
      }
    }
  }

  /// Whether there is nothing to look for.
  var isEmpty: Bool { list.signs.isEmpty && !list.hashesEverything }

  // MARK: Once for each folder

  /// The signs that may lie in this folder because of where it is.
  /// - Parameters:
  ///   - folder: Below the root; empty for the root itself.
  ///   - root: The root's own real path.
  /// - Complexity: O(length of the last component) for nearly every folder.
  func candidates(inFolder folder: [UInt8], of root: [UInt8]) -> [Candidate] {
    let last = Self.lastComponent(of: folder.isEmpty ? root : folder)
    var entries = inWildFolder.filter { Self.mayFit($0.pattern, folder, last) }
    if folderLengths[min(last.count, 255)] { entries += byFolder[Array(last)] ?? [] }
    if list.machine.mayBeAnchor(count: Self.count(root) + Self.count(folder), last: last) { entries += atAnchors }
    guard !entries.isEmpty else { return [] }
    let components = (root[...] + [UInt8(ascii: "/")] + folder[...]).split(separator: UInt8(ascii: "/"))
    return entries.compactMap { entry in
      entry.pattern.fit(of: components, list.machine).map { fit in
        Candidate(number: entry.number, name: entry.pattern.name, isInPlace: fit == .inPlace)
      }
    }
  }

  /// Whether the path of a sign that begins at the root, or in a folder for temporary files, goes through this folder.
  func leads(through folder: [UInt8], of root: [UInt8]) -> Bool {
    let components = (root[...] + [UInt8(ascii: "/")] + folder[...]).split(separator: UInt8(ascii: "/"))
    return anchored.contains { $0.goes(through: components, list.machine) }
  }

  /// A first look that costs little: at the last folder of the pattern, or where that may be called anything at the one that holds it.
  private static func mayFit(_ pattern: SignPattern, _ folder: [UInt8], _ last: ArraySlice<UInt8>) -> Bool {
    guard let name = pattern.folders.last, name.matches(last) else { return false }
    // A folder directly below the root is told by the root's path, which is looked at afterwards.
    guard name.isAnything, pattern.folders.count > 1, folder.count > last.count else { return true }
    let above = lastComponent(of: folder[..<(folder.count - last.count - 1)])
    return above.isEmpty || pattern.folders[pattern.folders.count - 2].matches(above)
  }

  /// The components of a path without a slash at its end.
  private static func count(_ path: [UInt8]) -> Int {
    path.count { $0 == UInt8(ascii: "/") } + (path.isEmpty || path.first == UInt8(ascii: "/") ? 0 : 1)
  }

  private static func lastComponent(of path: [UInt8]) -> ArraySlice<UInt8> {
    lastComponent(of: path[...])
  }

  private static func lastComponent(of path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return path[(slash + 1)...]
  }

  // MARK: For each entry

  /// The signs that an entry of this name may be.
  /// - Parameter local: What ``candidates(inFolder:of:)`` gave for its folder.
  /// - Complexity: O(length of the name) for nearly every name.
  func signs(named name: Bytes, local: [Candidate]) -> [Candidate] {
    var found: [Candidate] = []
    for candidate in anywhere[Self.bucket(name)] where candidate.name.matches(name) { found.append(candidate) }
    for candidate in wildAnywhere where candidate.name.matches(name) { found.append(candidate) }
    for candidate in local where candidate.name.matches(name) { found.append(candidate) }
    return found
  }

  private static func bucket(_ name: some RandomAccessCollection<UInt8>) -> Int {
    guard let first = name.first, let last = name.last else { return 0 }
    let middle = name[name.index(name.startIndex, offsetBy: name.count / 2)]
    return (name.count &* 31 &+ Int(first) &* 7 &+ Int(middle) &* 131 &+ Int(last) &* 17) & (buckets - 1)
  }
}
