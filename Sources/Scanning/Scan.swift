// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Confinement
public import Discovery
internal import Inventory

/// What steers a scan.
public struct ScanOptions {
  public var discovery: DiscoveryOptions
  /// What is looked for beside packages; the numbers of its incidents are those of the index.
  public var signs = IncidentSigns()
  /// Whether every file's content is looked at, not only that of files which a sign names.
  public var hashesEverything = false
  /// The public record and the user's own; nil where there is none, or it could not be read.
  public var advisories: AdvisoryIndex?
  /// Why there is none where there should be one: then the scan is not complete.
  public var advisoriesFailure: AdvisoryIndexError?
  /// From which age on, in whole days, an index is called old.
  public var maximumAge = 7
  /// Where homes and temporary files lie on this machine.
  public var machine = MachinePlaces()
  /// Whether every package's sightings are wanted in order. Findings' sightings always are.
  public var wantsInventory: Bool
  public var confinement: Confinement
  /// Seconds since 1970 at the start, UTC.
  public var started: Double
  /// A clock that only goes forward, in seconds.
  public var clock: () -> Double

  public init(
    discovery: DiscoveryOptions = DiscoveryOptions(), wantsInventory: Bool = true, confinement: Confinement = .none,
    started: Double, clock: @escaping () -> Double
  ) {
    self.discovery = discovery
    self.wantsInventory = wantsInventory
    self.confinement = confinement
    self.started = started
    self.clock = clock
  }
}

/// The one pipeline: find every package below `roots`, hold it against `index`, judge.
public func scan(_ roots: borrowing ScanRoots, against index: IncidentIndex, options: ScanOptions) -> ScanReport {
  scan(roots, options: options) { index }
}

/// The same, with the index made by `makeIndex` while other threads walk: a scan of one file takes hardly longer than either.
public func scan<Failure: Error>(
  _ roots: borrowing ScanRoots, options: ScanOptions, makeIndex: () throws(Failure) -> IncidentIndex
) throws(Failure) -> ScanReport {
  let start = options.clock()
  let builder = InventoryBuilder()
  var discovery = options.discovery
  let digests = RecordDigests(options.advisories)
  discovery.signs = options.signs.list(
    adding: digests.texts, hashesEverything: options.hashesEverything, machine: options.machine)
  let (entries, index) = try discover(roots, options: discovery, sink: builder, meanwhile: makeIndex)
  var contents = builder.take()
  contents.coverage.entriesSeen = entries
  var judgement = Judgement(contents: contents, index: index)
  judgement.judge(signs: options.signs)
  let records = judgement.judgeRecords(options, digests)
  judgement.addPaths(roots, options: options.discovery)
  contents.coverage.problems += judgement.problems
  contents.coverage.problems.sort(by: Coverage.Problem.precedes)
  contents.coverage.skipped.sort { $0.path < $1.path }
  let packages = options.wantsInventory ? contents.inventory() : []
  let verdict = Verdict(findings: judgement.findings, coverage: contents.coverage)
  var report = ScanReport(
    verdict: verdict,
    scanned: ScanReport.Scanned(
      paths: roots.titles, started: options.started, seconds: options.clock() - start, entries: entries),
    advisories: ScanReport.AdvisorySource(incidents: index, index: records, options),
    packages: packages, packageCount: contents.packages.packages.count, findings: judgement.findings,
    notes: judgement.notes,
    coverage: contents.coverage, confinement: options.confinement)
  report.upgrades = judgement.upgrades
  return report
}

extension ScanReport.AdvisorySource {
  /// - Parameter index: The one that was used; nil where only incidents were.
  init(incidents: IncidentIndex, index: AdvisoryIndex?, _ options: ScanOptions) {
    self.init(source: "embedded", records: incidents.count, asOf: String(incidents.asOf.prefix(10)))
    guard let information = index?.information else { return }
    source = "index"
    records += information.counts.records
    origin = information.source
    guard let seconds = information.asOfSeconds else { return }
    asOf = String(information.asOf.prefix(10))
    let age = max(0, (options.started - Double(seconds)) / 86_400)
    ageInDays = Int(age)
    isOld = age > Double(options.maximumAge)
  }
}

extension IncidentSigns {
  /// The folders of this machine in which attacks leave something that is neither in a home nor in a project.
  public func places(on machine: MachinePlaces) -> [String] {
    list(adding: [], hashesEverything: false, machine: machine).places
  }

  /// - Parameter texts: Digests that records know, behind those of the incidents.
  fileprivate func list(adding texts: [String], hashesEverything: Bool, machine: MachinePlaces) -> SignList {
    SignList(
      signs: entries.map(\.sign), digests: (digests.map(\.text) + texts).map(SignList.KnownDigest.init),
      hashesEverything: hashesEverything, machine: machine)
  }
}

extension Coverage.Problem {
  /// By place, then by what it says: the same in every run, whichever thread was first.
  static func precedes(_ first: Coverage.Problem, _ second: Coverage.Problem) -> Bool {
    let (place, other) = ((first.path, first.line ?? 0), (second.path, second.line ?? 0))
    if place != other { return place < other }
    if first.reason != second.reason { return first.reason.rawValue < second.reason.rawValue }
    return first.arguments.lexicographicallyPrecedes(second.arguments)
  }
}

extension Package {
  /// By ecosystem, name and version, in byte order: the same everywhere, whatever the locale.
  static func precedes(_ first: Package, _ second: Package) -> Bool {
    (first.ecosystem.rawValue, first.name, first.version ?? "")
      < (second.ecosystem.rawValue, second.name, second.version ?? "")
  }
}

extension Sighting {
  static func precedes(_ first: Sighting, _ second: Sighting) -> Bool {
    (first.path, first.line ?? 0) < (second.path, second.line ?? 0)
  }
}
