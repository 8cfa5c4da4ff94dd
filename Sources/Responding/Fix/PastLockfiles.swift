// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
internal import History
internal import Inventory
public import Parsing

/// Earlier versions of lockfiles, out of the repositories that hold those which are to be fixed: they may hold a secure version's entry.
public enum PastLockfiles {
  /// More than these of one repository say nothing new, and take memory.
  private static let mostVersions = 40
  private static let mostBytes = 128 << 20

  /// - Parameter plan: What was planned without them: what is left there over is what they are looked for.
  public static func find(
    for plan: FixPlan, below roots: borrowing ScanRoots, limits: Limits
  ) -> [(name: String, bytes: [UInt8])] {
    let wanted = plan.choices.compactMap { choice in choice.safe.map { (choice.package, $0.version) } }
    let files = Set(plan.doubts.map(\.path))
    guard !wanted.isEmpty, !files.isEmpty else { return [] }
    let open = openFolders(roots)
    let found = Found(wanted, most: mostVersions, bytes: mostBytes)
    var known: Set<GitRepository.Identity> = []
    for path in files.sorted() {
      guard let repository = repository(holding: path, below: roots, open), known.insert(repository.identity).inserted
      else { continue }
      let name = Array(name(of: path).utf8)
      found.begin()
      _ = repository.history(
        GitHistoryOptions(limits: limits), isWanted: { _, other in other.elementsEqual(name) },
        read: { path, bytes in
          found.take(bytes, Self.name(of: path))
          return []
        })
    }
    return found.versions
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The nearest repository above a file.
  private static func repository(
    holding path: String, below roots: borrowing ScanRoots, _ open: [(path: String, descriptor: Int32)]
  ) -> GitRepository? {
    guard let location = roots.location(ofShown: path) else { return nil }
    var parts = location.path.split(separator: UInt8(ascii: "/"))
    while parts.popLast() != nil {
      let folder = Array(parts.joined(separator: [UInt8(ascii: "/")]))
      let repository = try? GitRepository.open(
        below: roots.descriptor(ofRoot: location.root), path: folder, shown: path,
        opening: GitRepository.opening(below: open))
      if let repository { return repository }
    }
    return nil
  }

  private static func openFolders(_ roots: borrowing ScanRoots) -> [(path: String, descriptor: Int32)] {
    var open: [(path: String, descriptor: Int32)] = []
    roots.forEachFolder { descriptor, _, path in open.append((path, descriptor)) }
    return open
  }

  /// Gathers versions in which a secure version may stand, on one thread.
  private final class Found {
    private let wanted: [(package: Package, version: String)]
    private let mostVersions: Int
    private var bytesLeft: Int
    private var count = 0
    private(set) var versions: [(name: String, bytes: [UInt8])] = []

    init(_ wanted: [(Package, String)], most: Int, bytes: Int) {
      self.wanted = wanted.map { (package: $0.0, version: $0.1) }
      (mostVersions, bytesLeft) = (most, bytes)
    }

    func begin() { count = 0 }

    func take(_ bytes: Bytes, _ name: String) {
      guard count < mostVersions, bytes.count <= bytesLeft else { return }
      let isWanted = wanted.contains { NameSearch([$0.package]).mayBeIn(bytes) && bytes.contains($0.version) }
      guard isWanted else { return }
      count += 1
      bytesLeft -= bytes.count
      versions.append((name, Array(bytes)))
    }
  }
}
