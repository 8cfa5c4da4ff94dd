// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory

/// One look through one cache.
final class CacheSearch {
  private let reader: TraceReader
  private let ecosystem: Ecosystem
  private let root: TraceFolder
  /// How many entries were looked at.
  private(set) var entries = 0
  /// Listings of the folders that many names may lie in; they are few, and one may be long.
  private var listings: [String: [TraceFolder.Entry]] = [:]

  init(_ reader: TraceReader, _ ecosystem: Ecosystem, _ root: TraceFolder) {
    self.reader = reader
    self.ecosystem = ecosystem
    self.root = root
  }

  /// What the way so far says of a package.
  private struct Found {
    var name: String
    var version: String?
    /// Where the package's own file or folder lies, and when it came.
    var path = ""
    var arrival: PastSighting.Bound?

    /// With what a component says; nil where that contradicts the way so far.
    func taking(_ match: CacheComponent.Match) -> Self? {
      var found = self
      if let name = match.name { found.name = name }
      if let version = match.version {
        guard found.version == nil || found.version == version else { return nil }
        found.version = version
      }
      return found
    }
  }

  func look(for pattern: String, _ names: [String]) {
    guard pattern.contains("name}") else {
      return follow(CacheComponent.components(of: pattern), Found(name: ""), root)
    }
    for name in names {
      for written in CacheComponent.patterns(pattern, name: name, ecosystem) {
        follow(CacheComponent.components(of: written), Found(name: name), root)
      }
    }
  }

  private func follow(_ components: ArraySlice<CacheComponent>, _ found: Found, _ folder: TraceFolder) {
    guard let component = components.first else { return }
    let rest = components.dropFirst()
    if case .literal(let name) = component {
      guard let next = try? open(name, in: folder) else { return }
      return follow(rest, found, next)
    }
    for entry in list(folder) {
      guard let match = component.match(entry.name, ecosystem) else { continue }
      guard let found = found.taking(match), isStillWanted(found, folder) else { continue }
      take(entry, rest, found, match, folder)
    }
  }

  private func take(
    _ entry: TraceFolder.Entry, _ rest: ArraySlice<CacheComponent>, _ found: Found, _ match: CacheComponent.Match,
    _ folder: TraceFolder
  ) {
    var found = found
    if match.version != nil || rest.isEmpty, found.path.isEmpty {
      found.path = folder.shown(entry.name)
      found.arrival = arrival(of: entry.name, in: folder)
    }
    if rest.isEmpty { return sight(found) }
    guard entry.kind == .folder else {
      if entry.kind == .link { reader.tell(.notAFile, folder.shown(entry.name), ["link"]) }
      return
    }
    if let next = reader.folder(entry.name, in: folder) { follow(rest, found, next) }
  }

  /// Opens what need not be there.
  private func open(_ name: [UInt8], in folder: TraceFolder) throws(SystemError) -> TraceFolder {
    do throws(SystemError) {
      return try folder.folder(name)
    } catch {
      reader.tell(error, folder.shown(name))
      throw error
    }
  }

  private func list(_ folder: TraceFolder) -> [TraceFolder.Entry] {
    if let known = listings[folder.path] { return known }
    guard reader.isWithin(entries, root.path) else { return [] }
    let found = reader.entries(of: folder)
    entries += found.count
    if listings.count < 64 { listings[folder.path] = found }
    return found
  }

  private func isStillWanted(_ found: Found, _ folder: TraceFolder) -> Bool {
    guard let version = found.version else { return found.name.isEmpty || reader.wanted.hasName(ecosystem, found.name) }
    return reader.isWanted(ecosystem, found.name, version, folder.path)
  }

  private func arrival(of name: [UInt8], in folder: TraceFolder) -> PastSighting.Bound? {
    do throws(SystemError) {
      return try folder.times(of: name).arrival(now: reader.now)
    } catch {
      reader.tell(error, folder.shown(name))
      return nil
    }
  }

  private func sight(_ found: Found) {
    let code: EvidenceCode = found.version == nil ? .cacheHoldsSomeVersion : .cacheHolds
    reader.sightMerged(
      PastSighting(
        package: Package(ecosystem: ecosystem, name: found.name, version: found.version), place: root.path,
        from: found.arrival, to: nil, degree: .onDisk,
        evidence: [PastSighting.Evidence(path: found.path, code)]))
  }
}
