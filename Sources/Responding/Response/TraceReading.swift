// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Discovery
internal import History
internal import Inventory
internal import Versions

/// What caches, logs and shell histories of all homes say of a target.
struct TraceReading {
  private(set) var sightings: [PastSighting] = []
  /// What tells only that some version was here, or that one went.
  private(set) var hints: [PastSighting] = []
  private(set) var problems: [Coverage.Problem] = []
  private(set) var places: [ResponseCoverage.Place] = []
  private(set) var read: [ResponseCoverage.Kind: Int] = [:]

  init(of target: ResponseTarget, in homes: Homes, environment: [String: String], now: Int64, paths: ShownPaths) {
    let wanted = WantedPackages(
      target.affected.map { entry in
        (
          ecosystem: entry.ecosystem, name: entry.name,
          judge: { version in
            switch entry.evaluate(version) {
            case .yes: .wanted
            case .unknown: .unclear
            case .no: .unwanted
            }
          }
        )
      })
    for home in homes.homes {
      let traces = Traces(
        of: wanted, in: homes.places, home: home.path, environment: home.isOwn ? environment : [:], now: now)
      add(traces, paths)
    }
  }

  private mutating func add(_ traces: Traces, _ paths: ShownPaths) {
    problems += traces.problems.map(paths.shown)
    for reading in traces.readings {
      let path = paths.shown(reading.path)
      places.append(
        ResponseCoverage.Place(
          kind: reading.kind.rawValue, path: path, state: reading.state.rawValue, entries: reading.entries))
      let kind = Self.kind(reading.kind)
      read[kind, default: 0] += reading.state == .read ? 1 : 0
    }
    for sighting in traces.sightings.map(paths.shown) {
      if sighting.tellsNoBadVersion { hints.append(sighting) } else { sightings.append(sighting) }
    }
  }

  private static func kind(_ place: TracePlace) -> ResponseCoverage.Kind {
    switch place {
    case .shellHistory: .shellHistories
    case .npmLogs, .pipLog, .pipxLogs: .logs
    default: .caches
    }
  }
}

extension PastSighting {
  /// Whether it tells only that some version was here, or that one was taken away.
  fileprivate var tellsNoBadVersion: Bool {
    package.version == nil
      || evidence.allSatisfy { [.logRemoved, .shellRemoved, .shellInstalledSomeVersion].contains($0.code) }
  }
}

/// Turns absolute paths into those that a walk shows, so that one place has one name.
struct ShownPaths: Sendable {
  private let roots: [(real: String, title: String)]

  init(_ roots: borrowing ScanRoots) {
    var pairs: [(real: String, title: String)] = []
    roots.forEachFolder { _, title, real in pairs.append((real, title)) }
    self.roots = pairs
  }

  func shown(_ path: String) -> String {
    for root in roots where path == root.real || path.hasPrefix(root.real == "/" ? "/" : root.real + "/") {
      let rest = path.dropFirst(root.real == "/" ? 0 : root.real.count)
      return root.title == "/" ? String(rest) : root.title + rest
    }
    return path
  }

  func shown(_ problem: Coverage.Problem) -> Coverage.Problem {
    Coverage.Problem(
      path: shown(problem.path), reason: problem.reason, arguments: problem.arguments, line: problem.line)
  }

  func shown(_ sighting: PastSighting) -> PastSighting {
    var result = sighting
    result.place = shown(sighting.place)
    result.evidence = sighting.evidence.map {
      PastSighting.Evidence(path: shown($0.path), $0.code, $0.arguments)
    }
    return result
  }
}
