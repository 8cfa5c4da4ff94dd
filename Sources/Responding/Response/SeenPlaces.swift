// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery
internal import History
internal import Inventory
internal import Parsing
internal import Versions

/// Makes places of what lies here now.
struct SeenPlaces {
  /// What the file system says of a file's age, in seconds since 1970.
  struct Times {
    /// nil where the file system does not keep it.
    var born: Int64?
    var modified: Int64
    var changed: Int64
  }

  /// When the bad version could be had first, in seconds since 1970; nil where nobody says.
  let published: Int64?
  /// When this was looked at: what lies in quarantine was put there before.
  let now: PastSighting.Bound
  /// Of what can still be looked at.
  let times: [String: Times]

  /// The times of files below roots, by their shown paths; a file that is gone meanwhile has none.
  static func times(of paths: [String], below roots: borrowing ScanRoots) -> [String: Times] {
    var result: [String: Times] = [:]
    for path in paths where result[path] == nil {
      result[path] = Self.times(of: path, below: roots)
    }
    return result
  }

  private static func times(of path: String, below roots: borrowing ScanRoots) -> Times? {
    guard let file = try? roots.open(path), let times = try? file.whileOpen(FileTimes.init(of:)) else { return nil }
    return Times(born: times.birth, modified: times.modified, changed: times.changed)
  }

  /// Everything that the walk saw, one entry for each place and package.
  func places(_ seen: [Survey.Seen]) -> [PastSighting] {
    var places: [PastSighting] = []
    var positions: [Key: Int] = [:]
    for one in seen where one.certainty == .yes {
      let place = Self.place(of: one)
      let key = Key(place: place, package: one.package)
      let evidence = PastSighting.Evidence(
        path: one.path, Self.code(one.kind), one.line.map { ["\($0)"] } ?? [])
      if let position = positions[key] {
        places[position].evidence.append(evidence)
        continue
      }
      positions[key] = places.count
      let from = began(one)
      places.append(
        PastSighting(
          package: one.package, place: place, from: from?.bound, to: one.kind == .quarantined ? now : nil,
          degree: Self.degree(one.kind),
          evidence: [evidence] + (from.map { [$0.evidence] } ?? [])))
    }
    return places
  }

  private struct Key: Hashable {
    let place: String
    let package: Package
  }

  /// A package's folder for what is installed, else the file.
  private static func place(of seen: Survey.Seen) -> String {
    guard seen.kind == .installed || seen.kind == .cached, seen.line == nil else { return seen.path }
    guard let slash = seen.path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != seen.path.startIndex else {
      return seen.path
    }
    return String(seen.path[..<slash])
  }

  private static func degree(_ kind: Sighting.Kind) -> PastSighting.Degree {
    switch kind {
    case .installed, .cached, .archived, .quarantined: .onDisk
    case .locked, .declared, .historical: .locked
    }
  }

  private static func code(_ kind: Sighting.Kind) -> EvidenceCode {
    switch kind {
    case .installed: .installedHere
    case .cached: .cachedHere
    case .archived: .archivedHere
    case .quarantined: .quarantinedHere
    case .locked, .declared, .historical: .lockedHere
    }
  }

  /// The earliest of the file's own times at which the bad version can have come.
  ///
  /// When a file was made on this file system is the surest. A time of modification before that came with it from elsewhere (a backup, another
  /// disk), and counts where it is not older than the bad version: archives bring times of their own.
  private func began(_ seen: Survey.Seen) -> (bound: PastSighting.Bound, evidence: PastSighting.Evidence)? {
    guard let times = times[seen.path] else { return nil }
    let earliest = published ?? 1_262_304_000  // 2010-01-01: older dates are those that archives carry.
    let born = times.born ?? min(times.changed, max(times.modified, earliest))
    let isMovedHere = times.modified >= earliest && times.modified < born
    let seconds = isMovedHere ? times.modified : born
    // A lockfile may have been written for another reason since.
    let isExact = Self.degree(seen.kind) == .onDisk && times.born != nil && !isMovedHere
    return (
      PastSighting.Bound(seconds, isExact: isExact),
      PastSighting.Evidence(path: seen.path, isMovedHere ? .fileModified : .fileMade, [Moment(seconds: seconds).text])
    )
  }
}
