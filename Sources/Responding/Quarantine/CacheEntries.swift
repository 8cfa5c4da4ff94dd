// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
public import Inventory
public import Scanning

/// What package managers' caches hold of bad packages, where a scan came across a cache and did not look into it.
///
/// npm's is searched through its index, yarn's and pip's by the names of their files, pnpm's store by the inodes of the files that it shares
/// with the bad packages' folders. What pip has downloaded lies under digests of addresses, which nothing leads back from.
/// - Source: https://github.com/yarnpkg/berry, `structUtils.slugifyLocator` and `Cache.getVersionFilename`;
///   https://pnpm.io/faq#why-is-my-node_modules-folder-using-more-space-than-expected;
///   https://packaging.python.org/en/latest/specifications/binary-distribution-format/ (read 2026-11-26)
public enum CacheEntries {
  /// - Parameter skipped: The scan's list of what was left out.
  public static func requests(
    for findings: [Finding], skipped: [Coverage.Skip], below roots: borrowing ScanRoots
  ) -> [QuarantinePlan.Request] {
    let bad = findings.filter { $0.package.version != nil && !$0.isTrace }
    var requests = NPMCache.requests(for: bad, skipped: skipped, below: roots)
    for skip in skipped where skip.reason == .packageCache && !bad.isEmpty {
      guard let location = roots.location(ofShown: skip.path), let owner = skip.arguments.first else { continue }
      switch owner {
      case "yarn": requests += named(bad, yarnName, depth: 1, in: location, skip.path, below: roots)
      case "pip": requests += named(bad, isWheel, depth: 6, in: location, skip.path, below: roots)
      case "pnpm": requests += shared(bad, in: location, skip.path, below: roots)
      default: break
      }
    }
    return requests
  }

  // MARK: By name

  private static func named(
    _ findings: [Finding], _ isName: (String, Package) -> Bool, depth: Int, in cache: ScanRoots.Location,
    _ shown: String, below roots: borrowing ScanRoots
  ) -> [QuarantinePlan.Request] {
    var requests: [QuarantinePlan.Request] = []
    CacheFiles.forEach(in: cache.path, below: roots.descriptor(ofRoot: cache.root), depth: depth) { way, _ in
      let name = String(decoding: way.split.name, as: UTF8.self)
      for finding in findings where isName(name, finding.package) {
        requests.append(request(finding, shown, way))
      }
    }
    return requests
  }

  /// `node-ipc-npm-9.1.6-0123456789-0123456789.zip`, `@scope-name-npm-1.0.0-….zip`
  private static func yarnName(_ name: String, of package: Package) -> Bool {
    guard package.ecosystem == .npm, let version = package.version else { return false }
    let slug = String(decoding: package.name.utf8.map { $0 == 0x2F ? 0x2D : $0 }, as: UTF8.self)
    let beginning = "\(slug)-npm-\(version)-".utf8
    guard name.utf8.starts(with: beginning), name.utf8.suffix(4).elementsEqual(".zip".utf8) else { return false }
    let rest = name.utf8.dropFirst(beginning.count).dropLast(4)
    // Digits of digests alone: `1.0.0-` is not the beginning of `1.0.0-rc.1-`.
    return rest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D }
  }

  /// `litellm-1.82.8-py3-none-any.whl`
  private static func isWheel(_ name: String, of package: Package) -> Bool {
    guard package.ecosystem == .pypi, name.utf8.suffix(4).elementsEqual(".whl".utf8) else { return false }
    let parts = name.utf8.split(separator: UInt8(ascii: "-")).map { String(Substring($0)) }
    return parts.count >= 5 && PyPIName.normalised(parts[0]) == PyPIName.normalised(package.name)
      && parts[1] == package.version
  }

  // MARK: By inode

  /// The files of a store that bad packages' folders have as well (hard links).
  private static func shared(
    _ findings: [Finding], in store: ScanRoots.Location, _ shown: String, below roots: borrowing ScanRoots
  ) -> [QuarantinePlan.Request] {
    let root = roots.descriptor(ofRoot: store.root)
    var owners: [FileKey: Finding] = [:]
    for finding in findings where finding.package.ecosystem == .npm {
      for sighting in finding.sightings where sighting.kind == .installed && sighting.line == nil {
        guard let place = roots.location(ofShown: sighting.path) else { continue }
        let descriptor = roots.descriptor(ofRoot: place.root)
        CacheFiles.forEach(in: place.path.split.folder, below: descriptor, depth: 32) { way, status in
          if status.links > 1 { owners[FileKey(status.facts)] = finding }
        }
      }
    }
    guard !owners.isEmpty else { return [] }
    var requests: [QuarantinePlan.Request] = []
    CacheFiles.forEach(in: store.path, below: root, depth: 2) { way, status in
      guard let finding = owners[FileKey(status.facts)] else { return }
      requests.append(request(finding, shown, way))
    }
    return requests
  }

  private struct FileKey: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ facts: SafeOpening.Facts) {
      (device, inode) = (facts.device, facts.inode)
    }
  }

  private static func request(_ finding: Finding, _ shown: String, _ way: [UInt8]) -> QuarantinePlan.Request {
    QuarantinePlan.Request(
      path: shown + "/" + QuarantineManifest.shown(way), role: .cache, package: finding.package, findings: [finding.id])
  }
}

/// Goes through the files of a cache.
enum CacheFiles {
  /// Folders of the largest cache that is searched.
  private static let mostFolders = 1_000_000

  /// Calls `body` with the way to each file below `folder`, and what it is. What cannot be opened is passed over: the scan has listed the whole
  /// cache as not looked into.
  ///
  /// - Parameter depth: How many folders deep, `folder` itself being the first.
  static func forEach(
    in folder: [UInt8], below root: Int32, depth: Int, _ body: ([UInt8], FileStatus) -> Void
  ) {
    guard let top = try? SafeOpening.folder(folder.terminated, below: root) else { return }
    top.whileOpen { top in
      var waiting: [(way: [UInt8], depth: Int)] = [([], 1)]
      var count = 0
      while let (way, level) = waiting.popLast(), count < mostFolders {
        count += 1
        guard let open = try? SafeOpening.folder(way.terminated, below: top) else { continue }
        open.whileOpen { open in
          for name in (try? EntryReader().sortedNames(of: open)) ?? [] {
            guard let status = try? FileStatus(of: name.terminated, in: open) else { continue }
            let below = way.appending(name)
            if status.facts.kind == .file { body(below, status) }
            if status.facts.kind == .folder, level < depth { waiting.append((below, level + 1)) }
          }
        }
      }
    }
  }
}
