// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Confinement
public import Discovery
internal import History
internal import Inventory
internal import Parsing
internal import Scanning
internal import Versions

/// What steers a response.
public struct ResponseOptions {
  public var discovery: DiscoveryOptions
  /// The signs of all incidents.
  public var signs = IncidentSigns()
  /// The number of the target's incident among them; nil where there is none.
  public var incident: Int?
  public var machine = MachinePlaces()
  /// What was seen of processes before the program confined itself.
  public var processes = RunningProcesses()
  public var confinement: Confinement
  /// Seconds since 1970 at the start, UTC.
  public var started: Double
  /// A clock that only goes forward, in seconds.
  public var clock: () -> Double

  public init(
    discovery: DiscoveryOptions = DiscoveryOptions(), confinement: Confinement = .none, started: Double,
    clock: @escaping () -> Double
  ) {
    self.discovery = discovery
    self.confinement = confinement
    self.started = started
    self.clock = clock
  }
}

/// Finds out since when the target was below `roots`, how far it came, and what was within its reach.
public func respond(_ target: ResponseTarget, _ roots: borrowing ScanRoots, _ options: ResponseOptions) -> Response {
  let start = options.clock()
  let signs = SurveySigns(options.signs, incident: options.incident, detail: target.detail, credentials: [])
  let survey = Survey(target)
  var discovery = options.discovery
  discovery.signs = SignList(
    signs: signs.signs, digests: signs.digests.map { SignList.KnownDigest($0.text) }, machine: options.machine)
  let entries = discover(roots, options: discovery, sink: survey)
  let found = survey.take()
  let times = SeenPlaces.times(of: found.seen.map(\.path) + found.signs.map(\.path), below: roots)
  var signPlaces = SignPlaces(target, signs, times: times)
  signPlaces.add(found.signs)
  let logs = signPlaces.searchLogs(below: roots)
  let published = target.detail.published.flatMap { Moment($0)?.seconds }
  var exposure = SeenPlaces(published: published, times: times).places(found.seen)
  exposure = PastSighting.joined(exposure, signPlaces.places + target.places(of: options.processes))
  exposure.sort(by: PastSighting.precedes)
  var coverage = ResponseCoverage()
  coverage.ledger = found.coverage
  coverage.ledger.problems += logs.problems
  coverage.ledger.skipped += logs.skipped
  coverage.read[.logs] = logs.read
  coverage.read[.lockfiles] = extractors.filter { $0.role == .lockfile }.reduce(0) {
    $0 + (found.coverage.filesRead[$1.id] ?? 0)
  }
  coverage.read[.installed] = found.installed
  if options.processes.isListed { coverage.read[.processes] = options.processes.seen }
  coverage.hiddenProcesses = options.processes.hidden
  coverage.unclearTraces = options.processes.unclear
  coverage.ledger.problems += target.incomparable(found.seen)
  coverage.ledger.problems.sort { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
  return Response(
    target: target,
    scanned: ScanReport.Scanned(
      paths: roots.titles, started: options.started, seconds: options.clock() - start, entries: entries),
    exposure: exposure, coverage: coverage, confinement: options.confinement)
}

extension PastSighting {
  /// Adds to places what was told of a part of them: a file in an installed package is no place of its own.
  static func joined(_ places: [PastSighting], _ more: [PastSighting]) -> [PastSighting] {
    var result = places
    for other in more {
      let holder = result.firstIndex { $0.place == other.place || other.place.hasPrefix($0.place + "/") }
      guard let holder, other.degree < .ran else {
        result.append(other)
        continue
      }
      result[holder].degree = max(result[holder].degree, other.degree)
      result[holder].evidence += other.evidence.filter { !result[holder].evidence.contains($0) && $0.code != .fileMade }
    }
    return result
  }

  /// What came furthest first; then by place, time and version.
  static func precedes(_ first: PastSighting, _ second: PastSighting) -> Bool {
    if first.degree != second.degree { return first.degree > second.degree }
    let (one, other) = (
      (first.place, first.from?.seconds ?? .min, first.package.title),
      (second.place, second.from?.seconds ?? .min, second.package.title)
    )
    return one < other
  }
}

extension ResponseTarget {
  /// Versions that cannot be held against those that it names.
  fileprivate func incomparable(_ seen: [Survey.Seen]) -> [Coverage.Problem] {
    seen.filter { $0.certainty == .unknown }.map {
      Coverage.Problem(path: $0.path, reason: .versionNotComparable, arguments: [$0.package.title], line: $0.line)
    }
  }

  /// One place for each process that has a mark of the incident.
  fileprivate func places(of processes: RunningProcesses) -> [PastSighting] {
    guard let package = names.first else { return [] }
    return processes.matches.map { match in
      PastSighting(
        package: package, place: match.path, from: match.began.map { PastSighting.Bound($0, isExact: false) }, to: nil,
        degree: .ran, evidence: [PastSighting.Evidence(path: match.path, .process, [match.mark])])
    }
  }
}
