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
    let commit: String?
  }

  /// - Throws: ``AdvisoryIndexError`` where the index turns out to be damaged: what was judged before then is not all there is.
  mutating func judge() throws(AdvisoryIndexError) {
    var byPackage: [Int: [Int]] = [:]
    for (position, finding) in findings.enumerated() where !finding.isTrace {
      byPackage[contents.packages.find(finding.package) ?? -1, default: []].append(position)
    }
    var questions = try questions()
    questions.sort { $0.key == $1.key ? $0.package < $1.package : $0.key < $1.key }
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
      if try index.mayName(key) { questions.append(Question(key: key, package: number, commit: nil)) }
    }
    for (number, source) in contents.sightings.sources() {
      guard let (repository, commit) = GitSource.parts(of: source) else { continue }
      let key = NameKey(.git, repository)
      if try index.mayName(key) { questions.append(Question(key: key, package: number, commit: commit)) }
    }
    return questions
  }

  // MARK: One package

  private mutating func judge(
    _ question: Question, _ rows: [(id: String, claims: NamedClaims)], _ known: [Int]
  ) throws(AdvisoryIndexError) {
    let package = contents.packages.packages[question.package]
    let sightings = contents.sightings.sightings(of: question.package)
    var subject = package
    if question.commit != nil { subject = Package(ecosystem: .git, name: gitName(sightings), version: package.version) }
    if package.version == nil { noteRanges(package, sightings, rows) }
    let present = package.version == nil ? sightings.filter { $0.kind != .declared && $0.source == nil } : sightings
    guard !present.isEmpty else { return }
    let outcomes = RecordMatching(package: subject, commit: question.commit).outcomes(rows)
    tellUndecided(outcomes, package, present)
    guard outcomes.contains(where: { $0.affected == .yes }) else { return }
    try findings(of: outcomes, package, present, known)
    addUpgrade(package, outcomes)
  }

  private func gitName(_ sightings: [Sighting]) -> String {
    sightings.lazy.compactMap { $0.source.flatMap(GitSource.parts)?.repository }.first ?? ""
  }

  /// One problem for each place, whatever number of records cannot be decided.
  private mutating func tellUndecided(
    _ outcomes: [RecordMatching.Outcome], _ package: Package, _ sightings: [Sighting]
  ) {
    let undecided = outcomes.filter { $0.affected == .unknown && $0.claims.contains { $0.findingClass != nil } }
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
        guard !bad.isEmpty, !isNoted(package, sighting, outcome.id) else { continue }
        notes.append(
          Note(
            code: .rangeTakesBadVersion, path: sighting.path, line: sighting.line, package: package,
            incident: outcome.id, arguments: [requirement] + Set(bad).sorted()))
      }
    }
  }

  /// Whether one of our incidents that knows the record speaks of the package: it has said so itself.
  private func isNoted(_ package: Package, _ sighting: Sighting, _ id: String) -> Bool {
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
      return add(statements, to: position)
    }
    if try setAside(condemning, package, sightings) { return }
    let kind = condemning.map(\.kind).min { $0.rawValue < $1.rawValue } ?? .vulnerable
    guard let findingClass = group.first(where: { $0.affected == .yes && $0.kind == kind })?.claims.findingClass else {
      return note(condemning, kind, package, sightings)
    }
    findings.append(
      try finding(statements, condemning, findingClass, package, sightings))
  }

  /// Our incident has the word; the records' names go to its aliases.
  private mutating func add(_ statements: [RecordStatement], to position: Int) {
    let known = names(of: findings[position])
    let new = statements.map(\.id).filter { !known.contains($0) }
    findings[position].aliases += new
    findings[position].record = RecordFacts(statements: statements)
  }

  /// Whether an incident of ours knows these records and says that this version is not among the bad ones: then that is told, and no alarm given.
  private mutating func setAside(
    _ condemning: [RecordStatement], _ package: Package, _ sightings: [Sighting]
  ) throws(AdvisoryIndexError) -> Bool {
    guard condemning.allSatisfy({ $0.kind == .malicious && $0.ownLabel == nil }), let version = package.version else {
      return false
    }
    let entries = incidents.entries(named: package.name, in: package.ecosystem)
    for statement in condemning {
      let incident = entries.first { $0.incident.names(statement.id) && !$0.incident.isUnverified }
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

  private mutating func note(
    _ statements: [RecordStatement], _ kind: AdvisoryClaim.Kind, _ package: Package, _ sightings: [Sighting]
  ) {
    guard let statement = statements.first, let sighting = sightings.first else { return }
    notes.append(
      Note(
        code: kind == .unmaintained ? .unmaintained : .recordNotice, path: sighting.path, line: sighting.line,
        package: package, arguments: [statement.id, statement.summary]))
  }

  private mutating func finding(
    _ statements: [RecordStatement], _ condemning: [RecordStatement], _ findingClass: FindingClass, _ package: Package,
    _ sightings: [Sighting]
  ) throws(AdvisoryIndexError) -> Finding {
    let ids = condemning.map(\.id)
    let id = Finding.best(ids) ?? ids[0]
    var names = statements.map(\.id)
    for id in names { names += try record(id).aliases }
    let aliases = names.reduce(into: [String]()) { if $1 != id, !$0.contains($1) { $0.append($1) } }
    var facts = RecordFacts(statements: statements, score: condemning.compactMap(\.score).max())
    for name in [id] + aliases where name.hasPrefix("CVE-") {
      if let exploited = try index.exploited(name) { facts.exploited = exploited }
    }
    var finding = Finding(
      id: id, aliases: aliases, class: findingClass, severity: condemning.map(\.severity).min() ?? .unknown,
      package: package, incident: nil, detail: IncidentDetail(), safe: safe(condemning, package), safeUnverified: [],
      isUnverified: false, references: statements.flatMap(\.references), sightings: sightings)
    finding.record = facts
    return finding
  }

  /// The versions in which the records say that it ends, lowest first.
  private func safe(_ statements: [RecordStatement], _ package: Package) -> [String] {
    let fixed = Set(statements.flatMap(\.fixed)).sorted()
    guard let scheme = scheme(for: package.ecosystem) else { return fixed }
    return fixed.sorted { scheme.compare($0, $1) == .ascending }
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

  private mutating func addUpgrade(_ package: Package, _ outcomes: [RecordMatching.Outcome]) {
    let ids = findings.filter { $0.package == package && $0.class == .vulnerable }.map(\.id)
    guard !ids.isEmpty, let version = package.version, let scheme = scheme(for: package.ecosystem) else { return }
    let claims = outcomes.flatMap(\.claims).filter { $0.findingClass != nil }
    let ends = Set(claims.flatMap(\.affected.ends)).filter { scheme.compare(version, $0) == .ascending }
      .sorted { scheme.compare($0, $1) == .ascending }
    let target = ends.first { end in claims.allSatisfy { $0.affected.evaluateQuickly(end) == .no } }
    upgrades.append(Upgrade(package: package, to: target, findings: ids))
  }
}

extension [AdvisoryClaim] {
  /// The worst class among them.
  fileprivate var findingClass: FindingClass? { compactMap(\.findingClass).min() }
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
