// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Goes through a ``PlaceTree`` below one open folder, and hands each file and folder that is there to whoever looks into it.
///
/// Links are followed where they lead to a place below the same folder, as those of people do who keep their settings in a repository;
/// others are told.
struct PlaceWalk {
  /// One thing that is there.
  struct Found {
    /// Open, for the length of the call.
    let descriptor: Int32
    let facts: SafeOpening.Facts
    let shown: String
    let rules: [Int]
    /// Whether only a pattern names it: what is no file is then none of our business.
    let isByPattern: Bool
    /// Whether the folders on the way let other users through.
    let isReachable: Bool
  }

  /// Where the walk is: an open folder, and the path from it on that is not opened yet.
  private struct Position {
    let base: Int32
    /// Relative to `base`.
    var path: [UInt8]
    /// As it is shown, with a slash at its end.
    var shown: String
    var isReachable: Bool

    func entering(_ name: [UInt8]) -> Position {
      var next = self
      next.path = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
      next.shown = shown + String(decoding: name, as: UTF8.self) + "/"
      return next
    }
  }

  /// Of a folder that a pattern lists.
  static let mostEntries = 10_000

  let tree: PlaceTree
  /// The open folder that everything has to lie in.
  let root: Int32
  /// Whether a file that the system refuses belongs to others, and is left out by rule.
  let isOfMachine: Bool
  let look: (Found) -> Void
  let problem: (Coverage.Problem) -> Void
  let skip: (Coverage.Skip) -> Void

  /// - Parameter shown: How the root is shown: `~`, or nothing for `/`.
  func run(shown: String) {
    var isReachable = true
    if let mode = Self.mode(of: "", in: root) { isReachable = mode & 0o011 != 0 }
    visit(0, Position(base: root, path: [], shown: shown + "/", isReachable: isReachable), byPattern: false)
  }

  /// Goes down the tree; no deeper than a path of the catalogue is long.
  private func visit(_ node: Int, _ position: Position, byPattern: Bool) {
    let node = tree.nodes[node]
    for child in node.children where !child.name.isWild {
      let next = position.entering(Array(child.text.utf8))
      if !tree.nodes[child.node].rules.isEmpty { open(child.node, next, byPattern: byPattern) }
      if !tree.nodes[child.node].children.isEmpty { visit(child.node, next, byPattern: byPattern) }
    }
    let patterns = node.children.filter(\.name.isWild)
    if !patterns.isEmpty { list(position, patterns.map { ($0.name, $0.node) }) }
  }

  // MARK: Opening

  private func open(_ node: Int, _ position: Position, byPattern: Bool) {
    let shown = String(position.shown.dropLast())
    do throws(SystemError) {
      guard let file = try resolve(position, isFolder: false, shown: shown, mustBeFolder: false) else { return }
      try file.whileOpen { (file) throws(SystemError) in
        let facts = try SafeOpening.facts(of: file)
        look(
          Found(
            descriptor: file, facts: facts, shown: shown, rules: tree.nodes[node].rules, isByPattern: byPattern,
            isReachable: isReachable(position)))
      }
    } catch {
      tell(error, shown)
    }
  }

  /// Opens what is at a position; nil where a link leads out of the root, which is told.
  private func resolve(
    _ position: Position, isFolder: Bool, shown: String, mustBeFolder: Bool
  ) throws(SystemError) -> Descriptor? {
    let path = position.path.map { CChar(bitPattern: $0) } + [0]
    do throws(SystemError) {
      return isFolder
        ? try SafeOpening.folder(path, below: position.base) : try SafeOpening.file(path, below: position.base)
    } catch {
      guard error.isLink || error.code == EXDEV else { throw error }
    }
    let target = try SafeOpening.anything(path, at: position.base)
    let kind = try target.whileOpen { (target) throws(SystemError) in try SafeOpening.facts(of: target).kind }
    // A browser's lock links to a socket: where only folders count, nothing is lost with it.
    if mustBeFolder, kind != .folder { return nil }
    guard let inside = target.whileOpen({ insideRoot($0) }) else {
      let leadsTo = target.whileOpen { SafeOpening.path(of: $0) }.map { String(decoding: $0, as: UTF8.self) } ?? ""
      problem(Coverage.Problem(path: shown, reason: .linkLeadsOut, arguments: [leadsTo]))
      return nil
    }
    return kind == .folder ? try SafeOpening.folder(inside, below: root) : try SafeOpening.file(inside, below: root)
  }

  /// The path from the root to what is open; nil where it lies elsewhere.
  private func insideRoot(_ descriptor: Int32) -> [CChar]? {
    guard let whole = SafeOpening.path(of: descriptor), let base = SafeOpening.path(of: root) else { return nil }
    let prefix = base == [UInt8(ascii: "/")] ? base : base + [UInt8(ascii: "/")]
    guard whole.starts(with: prefix) else { return nil }
    return whole.dropFirst(prefix.count).map { CChar(bitPattern: $0) } + [0]
  }

  // MARK: Listing

  private func list(_ position: Position, _ patterns: [(name: Wildcard, node: Int)]) {
    let shown = String(position.shown.dropLast())
    do throws(SystemError) {
      guard let folder = try resolve(position, isFolder: true, shown: shown, mustBeFolder: true) else { return }
      try folder.whileOpen { (folder) throws(SystemError) in
        let names = try FolderListing.names(of: folder, most: Self.mostEntries)
        if names.isCut {
          problem(Coverage.Problem(path: shown, reason: .tooMany, arguments: ["\(Self.mostEntries)"]))
        }
        let here = Position(
          base: folder, path: [], shown: position.shown, isReachable: isReachable(position, withLast: true))
        for name in names.names { enter(name, here, patterns) }
      }
    } catch {
      tell(error, shown)
    }
  }

  private func enter(_ name: [UInt8], _ folder: Position, _ patterns: [(name: Wildcard, node: Int)]) {
    for pattern in patterns where name.withUnsafeBufferPointer({ pattern.name.matches($0) }) {
      let next = folder.entering(name)
      if !tree.nodes[pattern.node].rules.isEmpty { open(pattern.node, next, byPattern: true) }
      if !tree.nodes[pattern.node].children.isEmpty { visit(pattern.node, next, byPattern: true) }
    }
  }

  // MARK: Who else can read

  private func isReachable(_ position: Position, withLast: Bool = false) -> Bool {
    guard position.isReachable else { return false }
    let parts = position.path.split(separator: UInt8(ascii: "/"))
    for count in 1..<max(1, parts.count + (withLast ? 1 : 0)) {
      let path = Array(parts.prefix(count).joined(separator: [UInt8(ascii: "/")]))
      guard let mode = Self.mode(of: String(decoding: path, as: UTF8.self), in: position.base) else { continue }
      if mode & 0o011 == 0 { return false }
    }
    return true
  }

  /// The permissions of an entry, not followed if it is a link; of the folder itself where the name is empty.
  static func mode(of name: String, in folder: Int32) -> UInt32? {
    var status = stat()
    guard (name.isEmpty ? fstat(folder, &status) : fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)) == 0 else {
      return nil
    }
    // A link says nothing: it may be read by everyone, whatever it leads to.
    return status.st_mode & S_IFMT == S_IFLNK ? nil : UInt32(status.st_mode)
  }

  private func tell(_ error: SystemError, _ shown: String) {
    guard !error.isAbsence else { return }
    if error.isPermission, isOfMachine { return skip(Coverage.Skip(path: shown, reason: .placeOfOthers)) }
    if error.isPermission { return problem(Coverage.Problem(path: shown, reason: .permissionDenied)) }
    // A socket cannot be opened, and holds nothing.
    guard error.code != ENXIO else { return }
    problem(Coverage.Problem(path: shown, reason: .unreadable, arguments: [error.name]))
  }
}
