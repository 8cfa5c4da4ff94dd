// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
public import History

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The homes in which caches, logs and credentials are looked for.
public struct Homes: Sendable {
  public struct Home: Hashable, Sendable {
    /// Absolute, without links.
    public var path: String
    /// Whether the variables of this process are about it.
    public var isOwn: Bool
  }

  public private(set) var homes: [Home] = []
  /// The open folders below which anything may be read.
  public let places: TraceRoots
  /// The same: absolute paths without links.
  let open: [(path: String, descriptor: Int32)]
  private let paths: ShownPaths

  /// - Parameters:
  ///   - home: The user's own, with what is open; nil where nothing says which that is.
  ///   - others: Open folders that are read by name: absolute paths without links.
  public init(
    own home: String?, others: [(path: String, descriptor: Int32)], below roots: borrowing ScanRoots
  ) {
    var open = others.map { TraceRoots.Root(path: $0.path, descriptor: $0.descriptor) }
    roots.forEachFolder { descriptor, _, path in open.append(TraceRoots.Root(path: path, descriptor: descriptor)) }
    places = TraceRoots(open)
    self.open = open.map { ($0.path, $0.descriptor) }
    paths = ShownPaths(roots)
    if let home { homes.append(Home(path: home, isOwn: true)) }
    roots.forEachFolder { descriptor, _, path in
      for found in Self.homes(in: descriptor, path) where !homes.contains(where: { $0.path == found }) {
        homes.append(Home(path: found, isOwn: false))
      }
    }
  }

  /// Opens a home again.
  func open(_ path: String) throws(SystemError) -> Descriptor {
    for place in open.sorted(by: { $0.path.utf8.count > $1.path.utf8.count }) {
      let base = place.path == "/" ? "" : place.path
      guard path == place.path || path.hasPrefix(base + "/") else { continue }
      let rest = path == place.path ? "" : String(path.dropFirst(base.count + 1))
      return try SafeOpening.folder(rest, below: place.descriptor)
    }
    // It could not be opened before the program confined itself.
    throw SystemError(code: EACCES)
  }

  /// As a walk would show it.
  func shown(_ path: String) -> String { paths.shown(path) }

  /// The root itself where it looks like a home, and homes where a whole disk has them.
  private static func homes(in root: Int32, _ path: String) -> [String] {
    let base = path == "/" ? "" : path
    var found = isHome(root, "") ? [path] : []
    if isHome(root, "root") { found.append(base + "/root") }
    let isFolderOfHomes = path.hasSuffix("/home") || path.hasSuffix("/Users")
    for folder in isFolderOfHomes ? [""] : ["home", "Users"] {
      for name in names(in: root, folder) {
        let below = folder.isEmpty ? name : folder + "/" + name
        if isHome(root, below) { found.append(base + "/" + below) }
      }
    }
    return found
  }

  /// What only homes have, and nearly every one of them has one of.
  private static let marks = [
    ".bashrc", ".profile", ".zshrc", ".bash_history", ".zsh_history", ".ssh", ".config", ".cache", ".local", ".npm",
    ".npmrc",
    ".aws", ".gitconfig", ".docker", "Library",
  ]

  private static func isHome(_ root: Int32, _ path: String) -> Bool {
    guard let folder = try? SafeOpening.folder(path, below: root) else { return false }
    return folder.whileOpen { folder in
      marks.contains { (try? SafeOpening.facts(of: $0, in: folder)) != nil }
    }
  }

  /// More homes than these has no machine that one person looks after.
  private static let mostHomes = 1000

  private static func names(in root: Int32, _ path: String) -> [String] {
    guard let folder = try? SafeOpening.folder(path, below: root) else { return [] }
    let names = folder.whileOpen { (try? EntryReader().sortedNames(of: $0)) ?? [] }
    // A folder that cannot be listed is told by the walk.
    return names.lazy.map { String(decoding: $0, as: UTF8.self) }.filter { !$0.hasPrefix(".") }.prefix(mostHomes).map {
      $0
    }
  }
}
