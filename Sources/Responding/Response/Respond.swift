// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Confinement
public import Discovery
public import Exposure
internal import History
internal import Inventory
internal import Parsing
internal import Scanning
internal import Versions

/// What steers a response.
public struct ResponseOptions {
  public var discovery: DiscoveryOptions
  /// Folders of the machine whose logs are searched for an attacker's hosts.
  public static var logFolders: [String] { SurveySigns.logFolders }
  /// The signs of all incidents.
  public var signs = IncidentSigns()
  /// The number of the target's incident among them; nil where there is none.
  public var incident: Int?
  public var machine = MachinePlaces()
  /// The user's own home, absolute and without links; nil where nothing says which that is.
  public var home: String?
  /// Open folders that are read by name and not walked: absolute paths without links.
  public var otherFolders: [(path: String, descriptor: Int32)] = []
  /// The variables of the process, which say where tools keep their things.
  public var environment: [String: String] = [:]
  /// Which credentials there are to lose.
  public var catalogue: CredentialCatalogue
  /// The open root of the file system, by which credentials of the machine are found; nil where these are not looked at.
  public var machineRoot: Int32?
  /// The list of an earlier run, with what was ticked on it.
  public var checklist = Checklist()
  /// What was seen of processes before the program confined itself.
  public var processes = RunningProcesses()
  public var confinement: Confinement
  /// Seconds since 1970 at the start, UTC.
  public var started: Double
  /// A clock that only goes forward, in seconds.
  public var clock: () -> Double

  public init(
    discovery: DiscoveryOptions = DiscoveryOptions(), catalogue: CredentialCatalogue, confinement: Confinement = .none,
    started: Double, clock: @escaping () -> Double
  ) {
    self.catalogue = catalogue
    self.discovery = discovery
    self.confinement = confinement
    self.started = started
    self.clock = clock
  }
}

/// Finds out since when the target was below `roots`, how far it came, and what was within its reach.
public func respond(_ target: ResponseTarget, _ roots: borrowing ScanRoots, _ options: ResponseOptions) -> Response {
  let start = options.clock()
  let signs = SurveySigns(
    options.signs, incident: options.incident, detail: target.detail,
    credentials: options.catalogue.projectSigns.map(\.path))
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
  let homes = Homes(own: options.home, others: options.otherFolders, below: roots)
  let paths = ShownPaths(roots)
  let traces = TraceReading(
    of: target, in: homes, environment: options.environment, skipped: found.coverage.skipped,
    now: Int64(options.started), paths: paths)
  var repositories = RepositoryReading(target, limits: options.discovery.limits)
  repositories.read(
    signPlaces.repositories, links: signPlaces.gitLinks, below: roots, isInterrupted: options.discovery.isInterrupted)
  let published = target.detail.published.flatMap { Moment($0)?.seconds }
  var seen = SeenPlaces(
    published: published, now: PastSighting.Bound(Int64(options.started), isExact: false), times: times
  ).places(found.seen)
  let layers = ImageLayers(in: homes.places, now: Int64(options.started))
  for number in seen.indices { seen[number].tell(layers, paths) }
  var response = Response(
    target: target,
    scanned: ScanReport.Scanned(paths: roots.titles, started: options.started, seconds: 0, entries: entries),
    exposure: PastSighting.joined(
      seen, signPlaces.places + repositories.sightings + traces.sightings + target.places(of: options.processes)),
    catalogue: options.catalogue, coverage: ResponseCoverage(found, options.processes),
    confinement: options.confinement)
  response.exposure.sort(by: PastSighting.precedes)
  response.hints = traces.hints.sorted(by: PastSighting.precedes)
  response.coverage.add(logs)
  response.coverage.add(traces)
  response.coverage.add(repositories)
  response.coverage.add(layers.problems.map(paths.shown))
  response.coverage.add(target.incomparable(found.seen))
  response.coverage.add(
    target.unreadEcosystems.map {
      Coverage.Problem(path: roots.titles.first ?? "", reason: .ecosystemNotRead, arguments: [$0])
    })
  let credentials = CredentialReading(options.catalogue, environment: options.environment)
  credentials.read(homes, machine: options.machineRoot, projects: signPlaces.credentials, below: roots)
  response.add(credentials.findings, options)
  response.coverage.sort()
  response.scanned.seconds = options.clock() - start
  return response
}

/// Finds the credentials that lie below `roots`, in homes, on the machine and in the environment.
public func findExposure(_ roots: borrowing ScanRoots, _ options: ResponseOptions) -> ExposureReport {
  let signs = SurveySigns(credentials: options.catalogue.projectSigns.map(\.path))
  let survey = Survey(nil)
  var discovery = options.discovery
  discovery.signs = SignList(signs: signs.signs, machine: options.machine)
  _ = discover(roots, options: discovery, sink: survey)
  let found = survey.take()
  var places = SignPlaces(nil, signs, times: [:])
  places.add(found.signs)
  let homes = Homes(own: options.home, others: options.otherFolders, below: roots)
  let credentials = CredentialReading(options.catalogue, environment: options.environment)
  credentials.read(homes, machine: options.machineRoot, projects: places.credentials, below: roots)
  var coverage = Coverage()
  // Lockfiles that are broken hold no credentials: only what could not be entered matters here.
  coverage.problems = found.coverage.problems.filter {
    [.permissionDenied, .unreadable, .interrupted].contains($0.reason)
  }
  return ExposureReport(credentials.findings, options.catalogue, coverage: coverage, now: Int64(options.started))
}

extension Response {
  /// What lies here to be taken, and what of it to replace first.
  fileprivate mutating func add(_ found: CredentialFindings, _ options: ResponseOptions) {
    credentials = found.sightings
    coverage.read[.credentialFiles] = found.filesRead
    coverage.ledger.problems += found.problems
    coverage.ledger.skipped += found.skipped
    guard target.isAttack, !exposure.isEmpty else { return }
    let plan = RotationPlan(credentials, options.catalogue, for: target.detail)
    rotation = plan
    progress = ChecklistProgress(plan, options.catalogue, since: options.checklist)
  }
}

extension ResponseCoverage {
  fileprivate init(_ found: Survey.Contents, _ processes: RunningProcesses) {
    self.init()
    ledger = found.coverage
    read[.lockfiles] = extractors.filter { $0.role == .lockfile }.reduce(0) {
      $0 + (found.coverage.filesRead[$1.id] ?? 0)
    }
    read[.installed] = found.installed
    if processes.isListed { read[.processes] = processes.seen }
    hiddenProcesses = processes.hidden
    unclearTraces = processes.unclear
  }

  fileprivate mutating func add(_ logs: SignPlaces.LogReading) {
    ledger.problems += logs.problems
    ledger.skipped += logs.skipped
    read[.logs, default: 0] += logs.read
  }

  fileprivate mutating func add(_ traces: TraceReading) {
    ledger.problems += traces.problems
    places += traces.places
    for (kind, count) in traces.read { read[kind, default: 0] += count }
    // What the walk passes by was looked into by name.
    let readCaches = Set(traces.places.filter { $0.state == "read" }.map(\.path))
    ledger.skipped.removeAll { skip in
      skip.reason == .packageCache
        && readCaches.contains { skip.path == $0 || skip.path.hasPrefix($0 + "/") || $0.hasPrefix(skip.path + "/") }
    }
  }

  fileprivate mutating func add(_ repositories: RepositoryReading) {
    ledger.problems += repositories.problems
    ledger.skipped += repositories.skipped
    let counts = repositories.counts
    read[.repositories] = counts.repositories
    read[.branches] = counts.references
    read[.commits] = counts.commits
    read[.lockfileVersions] = counts.lockfileVersions
  }

  fileprivate mutating func add(_ problems: [Coverage.Problem]) {
    ledger.problems += problems
  }

  fileprivate mutating func sort() {
    ledger.problems.sort { ($0.path, $0.line ?? 0, $0.reason.rawValue) < ($1.path, $1.line ?? 0, $1.reason.rawValue) }
    ledger.skipped.sort { $0.path < $1.path }
  }
}

extension PastSighting {
  /// Says of which container image's layer the place is a part, where it is.
  fileprivate mutating func tell(_ layers: ImageLayers, _ paths: ShownPaths) {
    guard let real = paths.real(place), let layer = layers.layer(of: real) else { return }
    evidence.append(layer.evidence(at: place))
    // What a layer brings with it came with the layer.
    if let arrival = layer.arrival, from?.isExact != true { from = arrival }
  }

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
    let package = subject
    return processes.matches.map { match in
      PastSighting(
        package: package, place: match.path, from: match.began.map { PastSighting.Bound($0, isExact: false) }, to: nil,
        degree: .ran, evidence: [PastSighting.Evidence(path: match.path, .process, [match.mark])])
    }
  }
}
