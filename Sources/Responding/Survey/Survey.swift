// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Discovery
internal import Inventory
internal import Synchronization
internal import Versions

/// Gathers what one walk finds of one target: sightings of its packages, and where else to look.
final class Survey: DiscoverySink {
  /// A package of the target at a place.
  struct Seen: Hashable {
    let package: Package
    let path: String
    let line: Int?
    let kind: Sighting.Kind
    let certainty: Affected
  }

  struct Contents {
    var seen: [Seen] = []
    var signs: [SignSighting] = []
    var coverage = Coverage()
    /// Sightings of installed packages, whatever they are.
    var installed = 0
  }

  private let target: ResponseTarget?
  /// The hashes of the names that it is about: nearly every package is none of them.
  private let names: Set<UInt64>
  /// Protected by its mutex.
  private let contents = Mutex(Contents())

  /// - Parameter target: nil where only signs are wanted.
  init(_ target: ResponseTarget?) {
    self.target = target
    names = Set((target?.names ?? []).map { TextHash.of($0.name) })
  }

  func receive(_ file: FileSightings) {
    let found = file.packages.filter { names.contains(TextHash.of($0.name)) }.compactMap { seen($0, file.path) }
    contents.withLock { contents in
      contents.coverage.filesRead[file.extractor, default: 0] += 1
      contents.seen += found
      contents.installed += file.packages.count { $0.kind == .installed }
    }
  }

  private func seen(_ extracted: ExtractedPackage, _ path: String) -> Seen? {
    let package = Package(ecosystem: extracted.ecosystem, name: extracted.name, version: extracted.version)
    // A range is no sighting of a bad version. Without a version only what lies here counts, unless it never came from the registry.
    guard extracted.version != nil || (extracted.kind != .declared && extracted.source == nil) else { return nil }
    guard let certainty = target?.certainty(package), certainty != .no else { return nil }
    return Seen(
      package: package, path: path, line: extracted.line > 0 ? extracted.line : nil, kind: extracted.kind,
      certainty: certainty)
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

  /// What was gathered, in the same order in every run.
  func take() -> Contents {
    var taken = contents.withLock { contents in
      let taken = contents
      contents = Contents()
      return taken
    }
    taken.seen = Set(taken.seen).sorted {
      ($0.path, $0.line ?? 0, $0.package.title) < ($1.path, $1.line ?? 0, $1.package.title)
    }
    taken.signs.sort { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
    return taken
  }
}
