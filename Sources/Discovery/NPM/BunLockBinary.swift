// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads bun's binary lockfile `bun.lockb`, format versions 2 and 3 (bun 0.1.7 and later).
///
/// - All numbers are little-endian. Packages are stored field by field, then six arrays; versions 2 and 3 differ in the
///   width of the three numbers of a version (32 and 64 bits). See ``BunLockBinaryLayout``.
/// - There are no lines. A tarball address that belongs to another package or version than the entry says is reported
///   as that package as well.
/// - A file cut short is known by the size that its header gives; what its first part holds is still reported.
/// - Source: `src/install/lockfile/bun.lockb.zig`, `Buffers.zig`, `Package.zig` and `src/install/resolution.zig` of
///   https://github.com/oven-sh/bun (read 2026-11-23)
public enum BunLockBinary: Extractor {
  public static let id = "npm/bun-lockb"
  public static let files: [FilePattern] = [.name("bun.lockb")]
  public static let role = FileRole.lockfile
  public static let isBinary = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    let bytes = BinaryBytes(file.text)
    let version = try BunLockBinaryLayout.version(bytes)
    guard BunLockBinaryLayout.knownVersions.contains(version) else {
      return extraction.note(.unknownFormatVersion, ["\(version)"])
    }
    let layout = try BunLockBinaryLayout(bytes, version: version)
    var lockfile = BunLockBinaryReader(layout, file)
    try lockfile.read(into: &extraction)
    if layout.isCut { throw ParseError(.unexpectedEnd, at: bytes.count) }
  }
}

/// Turns the packages of one `bun.lockb` into sightings.
private struct BunLockBinaryReader {
  private let layout: BunLockBinaryLayout
  private let file: SourceFile
  /// For each package of the file the number that the extraction gave it, if any.
  private var nodes: [Int?] = []
  /// Packages of the file that are projects: the number, and the folder of one that is not the top project.
  private var projects: [(package: Int, folder: String?)] = []

  init(_ layout: BunLockBinaryLayout, _ file: SourceFile) {
    self.layout = layout
    self.file = file
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    defer { finish(&extraction) }
    extraction.reserve(min(layout.packageCount, file.limits.entriesPerFile))
    nodes.reserveCapacity(layout.packageCount)
    for index in 0..<layout.packageCount {
      guard extraction.packages.count < file.limits.entriesPerFile else {
        throw ParseError(.tooMany, at: layout.offset(ofNameOf: index))
      }
      nodes.append(nil)
      do {
        try readPackage(index, &extraction)
      } catch {
        // What it needs may lie behind the end of a cut file, which is reported as a whole.
        guard layout.isCut else { throw error }
      }
    }
  }

  private func finish(_ extraction: inout Extraction) {
    extraction.isRightlyEmpty = extraction.packages.isEmpty && !layout.isCut && nodes.count == layout.packageCount
    if file.wantsGraph { fill(&extraction.graph) }
  }

  private func fill(_ graph: inout DependencyGraph) {
    // Slices of real files are disjoint; those of a hostile one must not be worth more than that.
    var budget = layout.targetCount
    func targets(of package: Int) -> [Int] {
      let targets = layout.targets(ofPackage: package, limit: budget)
      budget -= targets.count
      return targets.compactMap { nodes.indices.contains($0) ? nodes[$0] : nil }
    }
    for (package, folder) in projects {
      for target in targets(of: package) { graph.addRoot(target, project: folder) }
    }
    for (package, node) in nodes.enumerated() {
      guard let node else { continue }
      for target in targets(of: package) { graph.addEdge(from: node, to: target) }
    }
  }

  private mutating func readPackage(_ index: Int, _ extraction: inout Extraction) throws(ParseError) {
    let name = try layout.name(ofPackage: index)
    guard let origin = try layout.origin(ofPackage: index, named: name), !name.isEmpty || isOwn(origin) else {
      // The first package is the project, whatever its tag says.
      if index == 0 { return projects.append((index, nil)) }
      return extraction.note(.entryNotUnderstood, [name])
    }
    // Ill-formed UTF-8 was repaired, so the name is not what stands there.
    if name.unicodeScalars.contains("\u{FFFD}") { extraction.note(.entryNotUnderstood, [name]) }
    if case .own(let folder) = origin { return projects.append((index, index == 0 ? nil : folder ?? name)) }
    let packages = BunResolution(name: name, origin: origin).packages(
      address: try layout.address(ofPackage: index), line: 0, isOptional: layout.isForOneSystem(index))
    for (position, package) in packages.enumerated() {
      let node = extraction.add(package)
      if position == 0 { nodes[index] = node }
    }
  }

  private func isOwn(_ origin: BunResolution.Origin) -> Bool {
    if case .own = origin { return true }
    return false
  }
}
