// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Confinement
internal import Discovery
internal import History
internal import Inventory
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Makes places of the signs that a walk came upon, and sorts out those that only say where else to look.
struct SignPlaces {
  private let target: ResponseTarget?
  private let signs: SurveySigns
  private let times: [String: SeenPlaces.Times]
  private(set) var places: [PastSighting] = []
  /// Folders of repositories, as they are shown: the one that holds `objects`.
  private(set) var repositories: [String] = []
  /// Files called `.git`, which name a folder elsewhere.
  private(set) var gitLinks: [String] = []
  /// Files in which hosts are looked for.
  private(set) var logs: [String] = []
  /// Files of projects that may hold credentials, with the number of the catalogue's pattern.
  private(set) var credentials: [(path: String, pattern: Int)] = []
  private var positions: [String: Int] = [:]

  init(_ target: ResponseTarget?, _ signs: SurveySigns, times: [String: SeenPlaces.Times]) {
    (self.target, self.signs, self.times) = (target, signs, times)
  }

  mutating func add(_ sightings: [SignSighting]) {
    for sighting in sightings {
      switch sighting.what {
      case .sign(let number): add(sighting, signs.meanings[number])
      case .digest(let number): addContent(sighting, number, .onDisk, package: nil)
      case .pinnedDigest(let number, let package): addContent(sighting, number, .locked, package: package)
      }
    }
  }

  private mutating func add(_ sighting: SignSighting, _ meaning: SurveySigns.Meaning) {
    switch meaning {
    case .repository:
      let ending = "/objects/pack"
      if sighting.path.hasSuffix(ending) { repositories.append(String(sighting.path.dropLast(ending.count))) }
    case .gitLink: gitLinks.append(sighting.path)
    case .credential(let pattern): credentials.append((sighting.path, pattern))
    case .log:
      let name = sighting.path.split(separator: "/").last ?? ""
      if SurveySigns.isLogName(name), !sighting.path.contains("/node_modules/") { logs.append(sighting.path) }
    case .trace(let pattern):
      guard sighting.isInPlace, pattern.takes(sighting.path) else { return }
      add(sighting.path, .ran, .trace, [pattern.text], package: nil)
    case .sign(let entry, let isPartOfPackage):
      let degree: PastSighting.Degree = isPartOfPackage ? .onDisk : .ran
      let digest = sighting.digest.map { [String($0.prefix(Self.shownDigits))] }
      add(
        sighting.path, degree, digest == nil ? .sign : .knownContent, digest ?? [entry.sign.path],
        package: entry.package)
    }
  }

  /// What came of searching logs.
  struct LogReading {
    var read = 0
    var problems: [Coverage.Problem] = []
    var skipped: [Coverage.Skip] = []
  }

  /// Searches the logs that the walk came upon.
  mutating func searchLogs(below roots: borrowing ScanRoots) -> LogReading {
    var reading = LogReading()
    let buffer = ReadBuffer()
    for path in Set(logs).sorted() {
      if [".xz", ".zst", ".bz2", ".lz4"].contains(where: { path.hasSuffix($0) }) {
        reading.skipped.append(Coverage.Skip(path: path, reason: .packedLog))
        continue
      }
      do throws(SystemError) {
        guard let file = try roots.open(path) else { throw SystemError(code: ENOENT) }
        try file.whileOpen { (file) throws(SystemError) in
          guard try SafeOpening.facts(of: file).kind == .file else { return }
          try search(file, path, buffer, &reading)
        }
      } catch {
        let reason: Coverage.Reason = error.isPermission ? .permissionDenied : .unreadable
        reading.problems.append(
          Coverage.Problem(path: path, reason: reason, arguments: error.isPermission ? [] : [error.name]))
      }
    }
    return reading
  }

  private mutating func search(
    _ file: Int32, _ path: String, _ buffer: ReadBuffer, _ reading: inout LogReading
  ) throws(SystemError) {
    var search = LogSearch(for: signs.hosts, modified: times[path]?.modified ?? 0)
    if path.hasSuffix(".gz") {
      let isWhole = try PackedLog()?.read(file, with: buffer) { search.add($0) } ?? false
      if !isWhole { reading.problems.append(Coverage.Problem(path: path, reason: .truncated)) }
      search.end()
    } else {
      try search.read(file, with: buffer)
    }
    reading.read += 1
    add(search.hits, in: path)
  }

  /// One place for each log, from the first line that names one of the hosts to the last.
  private mutating func add(_ hits: [LogSearch.Hit], in path: String) {
    guard let package = target?.subject, !hits.isEmpty else { return }
    let times = hits.flatMap { [$0.first, $0.last].compactMap { $0 } }
    // What has no time was written by the time of the file's last writing.
    let last = times.max().map { PastSighting.Bound($0) }
    let written = self.times[path].map { PastSighting.Bound($0.modified, isExact: false) }
    places.append(
      PastSighting(
        package: package, place: path, from: times.min().map { PastSighting.Bound($0) } ?? written, to: last ?? written,
        degree: .ran,
        evidence: hits.map {
          PastSighting.Evidence(path: path, .hostInLog, [$0.host, "\($0.firstLine)", "\($0.count)"])
        }))
  }

  private static let shownDigits = 12

  private mutating func addContent(
    _ sighting: SignSighting, _ number: Int, _ degree: PastSighting.Degree, package: Package?
  ) {
    guard signs.digests.indices.contains(number) else { return }
    let digest = signs.digests[number]
    let shown =
      digest.text.hasPrefix("sha") ? String(digest.text.prefix(20)) : String(digest.text.prefix(Self.shownDigits))
    add(sighting.path, degree, .knownContent, [shown], package: package ?? digest.package)
  }

  private mutating func add(
    _ path: String, _ degree: PastSighting.Degree, _ code: EvidenceCode, _ arguments: [String], package: Package?
  ) {
    let evidence = PastSighting.Evidence(path: path, code, arguments)
    if let position = positions[path] {
      places[position].degree = max(places[position].degree, degree)
      guard !places[position].evidence.contains(evidence) else { return }
      return places[position].evidence.append(evidence)
    }
    guard let package = package ?? target?.subject else { return }
    positions[path] = places.count
    let made = times[path].map { $0.born ?? $0.changed }
    places.append(
      PastSighting(
        package: package, place: path, from: made.map { PastSighting.Bound($0, isExact: false) }, to: nil,
        degree: degree,
        evidence: [evidence]
          + (made.map { [PastSighting.Evidence(path: path, .fileMade, [Moment(seconds: $0).text])] } ?? [])))
  }
}
