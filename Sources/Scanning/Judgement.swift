// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Discovery
internal import Inventory
internal import Parsing
internal import Versions

/// Turns what was seen into findings and notes.
struct Judgement {
  private let contents: InventoryBuilder.Contents
  private let index: IncidentIndex
  private(set) var findings: [Finding] = []
  private(set) var notes: [Note] = []
  private(set) var problems: [Coverage.Problem] = []
  private(set) var upgrades: [Upgrade] = []

  init(contents: InventoryBuilder.Contents, index: IncidentIndex) {
    self.contents = contents
    self.index = index
  }

  mutating func judge(signs: IncidentSigns = IncidentSigns()) {
    for number in contents.packages.packages.indices where index.mayName(contents.packages.nameHashes[number]) {
      judge(contents.packages.packages[number], number)
    }
    findings = Finding.sorted(findings)
    if !contents.signs.isEmpty {
      var judgement = SignJudgement(index: index, signs: signs)
      findings = judgement.findings(findings, adding: contents.signs)
      notes += judgement.notes
    }
    notes += LockComparison(contents).notes()
    notes.sort(by: Note.precedes)
  }

  /// Adds what records say, where there is an index of them.
  ///
  /// - Returns: The index that was used. One that turns out to be damaged is a problem, and what it said before is not used.
  mutating func judgeRecords(_ options: ScanOptions, _ digests: RecordDigests) -> AdvisoryIndex? {
    if let failure = options.advisoriesFailure ?? digests.failure { tell(failure) }
    guard let advisories = options.advisories else { return nil }
    var records = RecordJudgement(contents: contents, index: advisories, incidents: index, findings: findings)
    do throws(AdvisoryIndexError) {
      try records.judge()
      try records.judge(digests, behind: options.signs.digests.count)
      try records.addStatements()
    } catch {
      tell(error)
      return nil
    }
    findings = Finding.sorted(records.findings)
    let told = Set(problems)
    problems += Set(records.problems).subtracting(told)
    upgrades = records.upgrades.sorted { Package.precedes($0.package, $1.package) }
    notes = (notes + records.notes).sorted(by: Note.precedes)
    return advisories
  }

  /// Once: a file that is damaged for one question is so for the next.
  private mutating func tell(_ error: AdvisoryIndexError) {
    guard !problems.contains(where: { $0.reason == .advisoriesNotRead }) else { return }
    problems.append(
      Coverage.Problem(
        path: error.path, reason: .advisoriesNotRead,
        arguments: [error.code.rawValue] + (error.detail.isEmpty ? [] : [error.detail])))
  }

  private mutating func judge(_ package: Package, _ number: Int) {
    let sightings = contents.sightings.sightings(of: number)
    // An exact version either is bad, and a finding, or is not.
    if package.version == nil { noteRanges(package, sightings) }
    // What a project only asks for has no version; what lies here without one is bad where every version is, unless it never came
    // from the registry.
    let present = package.version == nil ? sightings.filter { $0.kind != .declared && $0.source == nil } : sightings
    guard !present.isEmpty else { return }
    for match in index.matches(package) {
      switch match.certainty {
      case .yes:
        let detail = match.incident.detail(for: match.affected)
        findings.append(
          Finding(match.incident, match.affected, detail, package: package, sightings: present))
      case .unknown:
        problems += sightings.map {
          Coverage.Problem(path: $0.path, reason: .versionNotComparable, arguments: [package.title], line: $0.line)
        }
      case .no: break
      }
    }
  }

  /// Would what the project asks for take a bad version? One note for each incident that has one.
  private mutating func noteRanges(_ package: Package, _ sightings: [Sighting]) {
    let entries = index.entries(named: package.name, in: package.ecosystem)
    for sighting in sightings {
      guard let requirement = sighting.requirement else { continue }
      var bad: [String: [String]] = [:]
      for (incident, affected) in entries {
        bad[incident.record.id, default: []] += affected.isWhole ? ["*"] : affected.versions(acceptedBy: requirement)
      }
      for (incident, versions) in bad.sorted(by: { $0.key < $1.key }) where !versions.isEmpty {
        notes.append(
          Note(
            code: .rangeTakesBadVersion, path: sighting.path, line: sighting.line, package: package,
            incident: incident, arguments: [requirement] + versions))
      }
    }
  }

  /// Reads the files in which findings are locked once more, now with the chains from the project: they cost time and memory,
  /// and only findings need them.
  mutating func addPaths(_ roots: borrowing ScanRoots, options: DiscoveryOptions) {
    guard !options.wantsPaths else { return }
    // One file after the other, each forgotten before the next: a tree may hold many large ones.
    for (path, places) in lockedSightings().sorted(by: { $0.key < $1.key }) {
      guard let file = rereadForPaths(path, below: roots, options: options) else { continue }
      let chains = file.chains(toPackagesNamed: Set(places.map { findings[$0.finding].package.name }))
      for (finding, position) in places {
        let (package, sighting) = (findings[finding].package, findings[finding].sightings[position])
        let entry = LockEntry(name: package.name, version: package.version, line: sighting.line ?? 0)
        guard let via = chains[entry] else { continue }
        findings[finding].sightings[position] = sighting.with(via: via)
      }
    }
  }

  /// By file, the sightings of findings that may have a chain, as positions.
  private func lockedSightings() -> [String: [(finding: Int, position: Int)]] {
    var files: [String: [(finding: Int, position: Int)]] = [:]
    for (finding, value) in findings.enumerated() {
      for (position, sighting) in value.sightings.enumerated() {
        // A line tells an installed package that a state file lists from one that lies there itself; a binary lockfile has no lines.
        let mayHaveChain = sighting.kind != .declared && sighting.line != nil && sighting.evidence == nil
        guard sighting.kind == .locked || mayHaveChain else { continue }
        files[sighting.path, default: []].append((finding, position))
      }
    }
    return files
  }
}

/// What tells an entry of a lockfile from its others.
private struct LockEntry: Hashable {
  let name: String
  let version: String?
  /// 0 where the format has no lines.
  let line: Int
}

extension FileSightings {
  /// The chains to the entries of these packages; where two entries cannot be told apart, that to the first.
  fileprivate func chains(toPackagesNamed names: Set<String>) -> [LockEntry: [String]] {
    var chains: [LockEntry: [String]] = [:]
    for (package, path) in zip(packages, paths) where names.contains(package.name) {
      let entry = LockEntry(name: package.name, version: package.version, line: package.line)
      if chains[entry] == nil { chains[entry] = path }
    }
    return chains
  }
}

extension Note {
  /// By place, then by what it says: the same in every run, whichever thread was first.
  fileprivate static func precedes(_ first: Note, _ second: Note) -> Bool {
    let (place, other) = ((first.path, first.line ?? 0), (second.path, second.line ?? 0))
    if place != other { return place < other }
    if first.code != second.code { return first.code.rawValue < second.code.rawValue }
    return first.arguments.lexicographicallyPrecedes(second.arguments)
  }
}

extension Sighting {
  fileprivate func with(via: [String]) -> Sighting {
    Sighting(
      kind: kind, confidence: confidence, path: path, line: line, via: via, requirement: requirement, source: source,
      evidence: evidence)
  }
}

extension Finding {
  /// - Parameters:
  ///   - affected: The incident's entry of the package; nil where it has none.
  ///   - detail: What holds for this entry, or for this part of the incident.
  init(
    _ incident: Incident, _ affected: AffectedPackage?, _ detail: IncidentDetail, package: Package,
    sightings: [Sighting], isTrace: Bool = false
  ) {
    let own = affected?.detail.advisories ?? []
    let general = detail.aliases ?? incident.record.aliases
    let candidates = own + general.filter { !own.contains($0) }
    let id = Self.best(own) ?? Self.best(general) ?? incident.record.id
    // The advisories of an incident of many packages are each about one of them: only those of this one are its names.
    let names = own.isEmpty || incident.isAboutOnePackage ? candidates : own
    self.init(
      id: id, aliases: names.filter { $0 != id }, class: detail.class ?? .malicious,
      severity: detail.severity ?? .critical, package: package, incident: incident.record.id, detail: detail,
      safe: affected?.detail.safe ?? [], safeUnverified: affected?.detail.safeUnverified ?? [],
      isUnverified: detail.isUnverified || affected?.detail.isUnverified == true,
      references: incident.record.references, sightings: sightings, isTrace: isTrace)
  }

  /// The name by which others know it best: a malware record, then a reviewed advisory, then any other.
  static func best(_ names: [String]) -> String? {
    for prefix in ["MAL-", "GHSA-"] {
      if let name = names.first(where: { $0.hasPrefix(prefix) }) { return name }
    }
    return names.first
  }

  /// In order. What is compared is sorted, for a finding is large and there may be many.
  static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.enumerated().map { Rank($0.element, place: $0.offset) }.sorted().map { findings[$0.place] }
  }

  /// Which of two findings comes first: worst class first, then severity, then by name, then by place.
  private struct Rank: Comparable {
    let findingClass: FindingClass
    let severity: Severity
    let package: Package
    let id: String
    let sighting: Sighting?
    let place: Int

    init(_ finding: Finding, place: Int) {
      findingClass = finding.class
      severity = finding.severity
      package = finding.package
      id = finding.id
      sighting = finding.sightings.first
      self.place = place
    }

    static func < (first: Rank, second: Rank) -> Bool {
      if first.findingClass != second.findingClass { return first.findingClass < second.findingClass }
      if first.severity != second.severity { return first.severity < second.severity }
      if first.package != second.package { return Package.precedes(first.package, second.package) }
      if first.id != second.id { return first.id < second.id }
      guard let one = first.sighting, let other = second.sighting, one != other else {
        return first.place < second.place
      }
      return Sighting.precedes(one, other)
    }

    static func == (first: Rank, second: Rank) -> Bool { first.place == second.place }
  }
}

extension Incident {
  fileprivate var isAboutOnePackage: Bool {
    Set(record.affected.map(\.name)).count == 1
  }
}
