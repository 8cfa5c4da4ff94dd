// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Versions

/// Turns what an index of records says about the packages of a scan into findings, and joins these with what our incidents say.
struct RecordJudgement {
  let contents: InventoryBuilder.Contents
  let index: AdvisoryIndex
  private let incidents: IncidentIndex
  var findings: [Finding]
  var notes: [Note] = []
  private(set) var problems: [Coverage.Problem] = []
  private(set) var upgrades: [Upgrade] = []
  /// Records that were read already, by id.
  private var records: [String: AdvisoryRecord] = [:]

  /// - Parameter findings: Those of the incidents.
  init(
    contents: InventoryBuilder.Contents, index: AdvisoryIndex, incidents: IncidentIndex, findings: [Finding]
  ) {
    self.contents = contents
    self.index = index
    self.incidents = incidents
    self.findings = findings
  }

  /// What is looked up: a package under a key, as itself or as a commit of a repository.
  private struct Question {
    let key: NameKey
    let package: Int
    var origin: GitSource?
  }

  /// - Throws: ``AdvisoryIndexError`` where the index turns out to be damaged: what was judged before then is not all there is.
  mutating func judge() throws(AdvisoryIndexError) {
    var byPackage: [Int: [Int]] = [:]
    for (position, finding) in findings.enumerated() where !finding.isTrace {
      byPackage[contents.packages.find(finding.package) ?? -1, default: []].append(position)
    }
    var questions = try questions()
    // Names before commits, so that what both lead to is told once.
    questions.sort { ($0.origin == nil ? 0 : 1, $0.key, $0.package) < ($1.origin == nil ? 0 : 1, $1.key, $1.package) }
    var next = 0
    while next < questions.count {
      let key = questions[next].key
      var rows: [(id: String, claims: NamedClaims)] = []
      try index.forEachClaim(under: key) { (id, claims) in rows.append((id, claims)) }
      while next < questions.count, questions[next].key == key {
        if !rows.isEmpty { try judge(questions[next], rows, byPackage[questions[next].package] ?? []) }
        next += 1
      }
    }
  }

  private func questions() throws(AdvisoryIndexError) -> [Question] {
    var questions: [Question] = []
    for (number, package) in contents.packages.packages.enumerated() {
      let key = NameKey(package.ecosystem, package.name)
      if try index.mayName(key) { questions.append(Question(key: key, package: number)) }
    }
    for (number, source) in contents.sightings.sources() {
      guard let origin = GitSource(source) else { continue }
      let key = NameKey(.git, origin.repository)
      if try index.mayName(key) { questions.append(Question(key: key, package: number, origin: origin)) }
    }
    return questions
  }

  // MARK: One package

  private mutating func judge(
    _ question: Question, _ rows: [(id: String, claims: NamedClaims)], _ known: [Int]
  ) throws(AdvisoryIndexError) {
    let package = contents.packages.packages[question.package]
    let sightings = contents.sightings.sightings(of: question.package)
    if let origin = question.origin { return try judge(package, of: origin, sightings, rows, known) }
    if package.version == nil { noteRanges(package, sightings, rows) }
    let present = package.version == nil ? sightings.filter { $0.kind != .declared && $0.source == nil } : sightings
    guard !present.isEmpty else { return }
    let outcomes = RecordMatching(package: package).outcomes(rows)
    // What an incident condemns needs no record that knows the same thing to be decided.
    tellUndecided(outcomes.filter { outcome in !known.contains { findings[$0].isNamed(outcome.id) } }, package, present)
    guard outcomes.contains(where: { $0.affected == .yes }) else { return }
    let before = findings.count
    try findings(of: outcomes, package, present, known)
    addUpgrade(package, outcomes, known.map { findings[$0] } + findings[before...])
  }

  /// The same for the places at which the package is a commit of a repository.
  private mutating func judge(
    _ package: Package, of origin: GitSource, _ sightings: [Sighting], _ rows: [(id: String, claims: NamedClaims)],
    _ known: [Int]
  ) throws(AdvisoryIndexError) {
    let present = sightings.filter { $0.source.flatMap(GitSource.init) == origin }
    let repository = Package(ecosystem: .git, name: origin.repository, version: package.version)
    let outcomes = RecordMatching(package: repository, commit: origin.commit).outcomes(rows)
      // What the package's own name has told of a record is not told once more.
      .filter { outcome in !findings.contains { $0.package == package && $0.isNamed(outcome.id) } }
    tellUndecided(outcomes, package, present)
    guard outcomes.contains(where: { $0.affected == .yes }) else { return }
    try findings(of: outcomes, package, present, known)
  }

  /// One problem for each place, whatever number of records cannot be decided.
  private mutating func tellUndecided(
    _ outcomes: [RecordMatching.Outcome], _ package: Package, _ sightings: [Sighting]
  ) {
    let undecided = outcomes.filter { $0.affected == .unknown && $0.findingClass != nil }
    guard let first = undecided.first else { return }
    let reason: Coverage.Reason = first.needsRelease ? .releaseNotKnown : .versionNotComparable
    let arguments = [package.title] + (first.needsRelease ? undecided.map(\.id) : [])
    // What never came from a registry has no version that a registry's records could mean.
    for sighting in sightings where sighting.source == nil || package.version != nil {
      problems.append(
        Coverage.Problem(path: sighting.path, reason: reason, arguments: arguments, line: sighting.line))
    }
  }

  private mutating func noteRanges(
    _ package: Package, _ sightings: [Sighting], _ rows: [(id: String, claims: NamedClaims)]
  ) {
    let malicious = RecordMatching(package: package).outcomes(rows).filter { $0.kind == .malicious }
    for sighting in sightings {
      guard let requirement = sighting.requirement else { continue }
      for outcome in malicious {
        let bad = outcome.claims.flatMap { claim in
          claim.affected.isWhole ? ["*"] : claim.affected.badVersions(acceptedBy: requirement)
        }
        guard !bad.isEmpty, !isNoted(package, outcome.id) else { continue }
        notes.append(
          Note(
            code: .rangeTakesBadVersion, path: sighting.path, line: sighting.line, package: package,
            incident: outcome.id, arguments: [requirement] + (bad.contains("*") ? ["*"] : Set(bad).sorted())))
      }
    }
  }

  /// Whether one of our incidents that knows the record speaks of the package: it has said so itself.
  private func isNoted(_ package: Package, _ id: String) -> Bool {
    incidents.entries(named: package.name, in: package.ecosystem).contains { $0.incident.names(id) }
  }

  // MARK: Findings

  /// Groups of records about one and the same thing, as their aliases say, each a finding.
  private mutating func findings(
    of outcomes: [RecordMatching.Outcome], _ package: Package, _ sightings: [Sighting], _ known: [Int]
  ) throws(AdvisoryIndexError) {
    var groups = AliasGroups()
    for outcome in outcomes {
      let record = try record(outcome.id)
      groups.add(outcome.id, names: record.aliases)
    }
    // That a version is malware is one thing to know, whoever says it.
    let malicious = outcomes.filter {
      $0.affected == .yes && $0.kind.rawValue <= AdvisoryClaim.Kind.suspicious.rawValue
    }
    for outcome in malicious.dropFirst() { groups.join(malicious[0].id, outcome.id) }
    for position in known { groups.add("\t\(position)", names: names(of: findings[position])) }
    if let first = known.first, let bad = malicious.first { groups.join("\t\(first)", bad.id) }
    for members in groups.groups {
      let told = outcomes.filter { members.contains($0.id) }
      let incident = known.first { members.contains("\t\($0)") }
      guard told.contains(where: { $0.affected == .yes }) else { continue }
      try tell(told, package, sightings, incident)
    }
  }

  private func names(of finding: Finding) -> [String] {
    [finding.id] + finding.aliases + (finding.incident.map { [$0] } ?? [])
  }

  private mutating func tell(
    _ group: [RecordMatching.Outcome], _ package: Package, _ sightings: [Sighting], _ known: Int?
  ) throws(AdvisoryIndexError) {
    var statements: [RecordStatement] = []
    for outcome in group { statements.append(try statement(outcome, package)) }
    statements.sort(by: RecordStatement.precedes)
    let condemning = statements.filter { $0.affected == .yes }
    if let position = known {
      return try add(statements, to: position)
    }
    if try setAside(condemning, package, sightings) { return }
    guard let findingClass = group.filter({ $0.affected == .yes }).compactMap(\.findingClass).min() else {
      return note(condemning, package, sightings)
    }
    let claims = group.flatMap(\.claims)
    findings.append(try finding(statements, findingClass, safe: safe(condemning, claims, package), package, sightings))
  }

  /// Our incident has the word; the records' names go to its aliases.
  private mutating func add(_ statements: [RecordStatement], to position: Int) throws(AdvisoryIndexError) {
    let known = names(of: findings[position])
    findings[position].aliases += statements.map(\.id).filter { !known.contains($0) }
    findings[position].record = try facts(statements, names: names(of: findings[position]))
  }

  /// - Parameter names: All under which the thing is known.
  private func facts(_ statements: [RecordStatement], names: [String]) throws(AdvisoryIndexError) -> RecordFacts {
    let scores = statements.filter { $0.affected == .yes }.compactMap(\.score)
    var facts = RecordFacts(statements: statements, score: scores.max())
    for name in names where name.hasPrefix("CVE-") {
      guard let exploited = try index.exploited(name) else { continue }
      // What is known longest counts.
      if facts.exploited.map({ exploited.added < $0.added }) ?? true { facts.exploited = exploited }
    }
    return facts
  }

  /// Whether an incident of ours knows these records and says that this version is not among the bad ones: then that is told, and no alarm given.
  ///
  /// Only an incident that names clean versions can say so: of a package that was made to do harm, the versions that it lists may not be all.
  private mutating func setAside(
    _ condemning: [RecordStatement], _ package: Package, _ sightings: [Sighting]
  ) throws(AdvisoryIndexError) -> Bool {
    guard condemning.allSatisfy({ $0.kind == .malicious && $0.ownLabel == nil }), let version = package.version else {
      return false
    }
    let entries = incidents.entries(named: package.name, in: package.ecosystem)
    for statement in condemning {
      let incident = entries.first { entry in
        entry.incident.names(statement.id) && !entry.incident.isUnverified && !entry.affected.detail.safe.isEmpty
      }
      guard let incident, entries.allSatisfy({ $0.affected.evaluate(version) == .no }) else { return false }
      for sighting in sightings {
        notes.append(
          Note(
            code: .sourcesDisagree, path: sighting.path, line: sighting.line, package: package,
            incident: incident.incident.record.id, arguments: [statement.id, incident.incident.record.id]))
      }
    }
    return true
  }

  private mutating func note(_ statements: [RecordStatement], _ package: Package, _ sightings: [Sighting]) {
    guard let statement = statements.first, let sighting = sightings.first else { return }
    let isUnmaintained = statements.contains { $0.kind == .unmaintained }
    notes.append(
      Note(
        code: isUnmaintained ? .unmaintained : .recordNotice, path: sighting.path, line: sighting.line,
        package: package, arguments: [statement.id, statement.summary] + statement.attribution))
  }

  private mutating func finding(
    _ statements: [RecordStatement], _ findingClass: FindingClass, safe: [String], _ package: Package,
    _ sightings: [Sighting]
  ) throws(AdvisoryIndexError) -> Finding {
    let condemning = statements.filter { $0.affected == .yes }
    let ids = condemning.map(\.id)
    let id = Finding.best(ids) ?? ids[0]
    var names = statements.map(\.id)
    for id in names { names += try record(id).aliases }
    let aliases = names.reduce(into: [String]()) { if $1 != id, !$0.contains($1) { $0.append($1) } }
    var finding = Finding(
      id: id, aliases: aliases, class: findingClass, severity: condemning.map(\.severity).min() ?? .unknown,
      package: package, incident: nil, detail: IncidentDetail(), safe: safe, safeUnverified: [], isUnverified: false,
      references: statements.flatMap(\.references), sightings: sightings)
    finding.record = try facts(statements, names: [id] + aliases)
    return finding
  }

  /// The versions in which the records say that it ends, and that none of them condemns; lowest first.
  private func safe(_ condemning: [RecordStatement], _ claims: [AdvisoryClaim], _ package: Package) -> [String] {
    let fixed = Set(condemning.flatMap(\.fixed)).filter { version in
      claims.allSatisfy { $0.affected.evaluateQuickly(version) != .yes }
    }
    guard let scheme = order(of: package, claims) else { return fixed.sorted() }
    return fixed.sorted { scheme.compare($0, $1) == .ascending }
  }

  /// The order of the package's versions: SemVer's where its ecosystem has none here and the records say that its versions are such.
  private func order(of package: Package, _ claims: [AdvisoryClaim]) -> (any VersionScheme.Type)? {
    let areSemVer = claims.contains { $0.affected.ranges.contains { $0.type == "SEMVER" } }
    return scheme(for: package.ecosystem) ?? (areSemVer ? SemVer.self : nil)
  }

  private mutating func statement(
    _ outcome: RecordMatching.Outcome, _ package: Package
  ) throws(AdvisoryIndexError) -> RecordStatement {
    let record = try record(outcome.id)
    var label: String?
    if case .own(let own) = record.origin { label = own }
    let fixed = package.version.map { version in outcome.claims.flatMap { $0.affected.fixes(of: version) } } ?? []
    return RecordStatement(
      id: outcome.id, affected: outcome.affected, kind: outcome.kind, severity: outcome.severity, score: outcome.score,
      summary: record.summary, licence: record.licence, published: record.published, ownLabel: label, fixed: fixed,
      references: record.references)
  }

  mutating func record(_ id: String) throws(AdvisoryIndexError) -> AdvisoryRecord {
    if let record = records[id] { return record }
    // A name without its record is a fault of the file.
    guard let record = try index.record(id) else {
      throw AdvisoryIndexError(.damaged, path: index.path, detail: id)
    }
    records[id] = record
    return record
  }

  // MARK: Upgrades

  /// - Parameter findings: Those of the package.
  private mutating func addUpgrade(
    _ package: Package, _ outcomes: [RecordMatching.Outcome], _ findings: [Finding]
  ) {
    let ids = findings.filter { $0.class == .vulnerable }.map(\.id)
    let claims = outcomes.flatMap(\.claims).filter { $0.findingClass != nil }
    guard !ids.isEmpty, let version = package.version, let scheme = order(of: package, claims) else { return }
    let incidents = incidents.entries(named: package.name, in: package.ecosystem)
    let ends = Set(claims.flatMap(\.affected.ends)).filter { scheme.compare(version, $0) == .ascending }
      .sorted { scheme.compare($0, $1) == .ascending }
    let target = ends.first { end in
      claims.allSatisfy { $0.affected.evaluateQuickly(end) == .no }
        && incidents.allSatisfy { $0.affected.evaluate(end) == .no }
    }
    upgrades.append(Upgrade(package: package, to: target, findings: ids))
  }
}

extension Finding {
  /// Whether it is known by this name.
  fileprivate func isNamed(_ name: String) -> Bool { id == name || aliases.contains(name) || incident == name }
}

extension RecordStatement {
  /// What condemns the version first, then the worse, then by id.
  fileprivate static func precedes(_ first: RecordStatement, _ second: RecordStatement) -> Bool {
    func rank(_ statement: RecordStatement) -> Int {
      switch statement.affected {
      case .yes: 0
      case .unknown: 1
      case .no: 2
      }
    }
    if rank(first) != rank(second) { return rank(first) < rank(second) }
    if first.kind != second.kind { return first.kind.rawValue < second.kind.rawValue }
    return first.id < second.id
  }
}

extension Incident {
  /// Whether the incident knows a record by this name.
  fileprivate func names(_ id: String) -> Bool {
    record.aliases.contains(id) || detail.aliases?.contains(id) == true
      || detail.variants.values.contains { $0.aliases?.contains(id) == true }
      || record.affected.contains { $0.detail.advisories.contains(id) }
  }

  fileprivate var isUnverified: Bool { detail.isUnverified }
}
