// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
internal import Inventory
internal import Synchronization

/// Gathers what a walk finds, from all its threads.
final class InventoryBuilder: DiscoverySink {
  /// What a lockfile of npm's package managers names, to be held against what is installed beside it.
  struct Lockfile {
    let path: String
    /// Numbers of packages.
    let packages: [Int32]
  }

  /// Everything gathered.
  struct Contents {
    var packages = PackageTable()
    var sightings = SightingTable()
    var lockfiles: [Lockfile] = []
    /// What lies on disk: numbers of packages, and of the files that are their own manifests.
    var installed: [(package: Int32, file: Int32)] = []
    var coverage = Coverage()
    var signs: [SignSighting] = []
  }

  /// Protected by its mutex.
  private let contents = Mutex(Contents())

  func receive(_ file: FileSightings) {
    contents.withLock { $0.add(file) }
  }

  func receive(_ problem: Coverage.Problem) {
    contents.withLock { $0.coverage.problems.append(problem) }
  }

  func receive(_ skip: Coverage.Skip) {
    contents.withLock { $0.coverage.skipped.append(skip) }
  }

  func receive(_ sign: SignSighting) {
    contents.withLock { $0.signs.append(sign) }
  }

  /// What was gathered, leaving nothing behind.
  func take() -> Contents {
    contents.withLock { contents in
      let taken = contents
      contents = Contents()
      return taken
    }
  }
}

extension InventoryBuilder.Contents {
  fileprivate mutating func add(_ file: FileSightings) {
    coverage.filesRead[file.extractor, default: 0] += 1
    let fileNumber = sightings.add(file: file.path)
    let isManifest = file.extractor == PackageJSON.id
    // Only npm's own are held against what lies in `node_modules`.
    let isLockfile = Self.npmLockfiles.contains(file.extractor)
    var numbers: [Int32] = []
    if isLockfile { numbers.reserveCapacity(file.packages.count) }
    // A small file's packages are mostly known already.
    if file.packages.count > 10_000 { packages.reserve(file.packages.count) }
    file.packages.withUnsafeBufferPointer { packages in
      for index in packages.indices {
        let via = index < file.paths.count ? file.paths[index] : []
        let number = add(packages, index, via: via, fileNumber)
        if isLockfile {
          numbers.append(Int32(number))
        } else if isManifest, packages[index].kind == .installed {
          installed.append((Int32(number), Int32(fileNumber)))
        }
      }
    }
    if isLockfile { lockfiles.append(InventoryBuilder.Lockfile(path: file.path, packages: numbers)) }
  }

  /// Looks at the package where it lies: a copy of each costs more than the look-up.
  private static let npmLockfiles = Set(
    extractors.filter { $0.role == .lockfile && $0.id.hasPrefix("npm/") }.map { $0.id })

  private mutating func add(
    _ extracted: UnsafeBufferPointer<ExtractedPackage>, _ index: Int, via: [String], _ file: Int
  ) -> Int {
    let number = packages.number(
      ecosystem: extracted[index].ecosystem, name: extracted[index].name, version: extracted[index].version)
    let facts = SightingFacts(
      kind: extracted[index].kind, confidence: extracted[index].confidence, line: extracted[index].line, via: via,
      requirement: extracted[index].requirement, source: extracted[index].source)
    sightings.add(facts, of: number, in: file)
    return number
  }

  /// Every package with its sightings, sorted.
  func inventory() -> [InventoriedPackage] {
    packages.packages.enumerated().map { number, package in
      InventoriedPackage(package: package, sightings: sightings.sightings(of: number))
    }.sorted { Package.precedes($0.package, $1.package) }
  }
}
