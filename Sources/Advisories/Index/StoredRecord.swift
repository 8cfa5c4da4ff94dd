// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing
internal import Versions

/// A record as an index keeps it.
struct StoredRecord {
  let record: AdvisoryRecord
  let claims: [NameKey: NamedClaims]

  init(_ source: OSVRecord, origin: RecordOrigin) {
    var record = AdvisoryRecord()
    record.id = source.id
    record.origin = origin
    record.summary = source.summary
    record.aliases = Self.distinct(source.aliases.filter { !$0.isEmpty && $0 != source.id })
    record.related = Self.distinct(source.related)
    record.severities = source.severities + source.affected.flatMap(\.severities)
    record.weaknesses = Self.distinct(source.remarks.weaknesses + source.affected.flatMap(\.remarks.weaknesses))
    record.licence = source.remarks.licence
    record.digests = Self.distinct((source.remarks.digests + source.affected.flatMap(\.remarks.digests)))
    record.modified = Moment(source.modified)?.nanoseconds ?? 0
    record.published = Moment(source.published)?.seconds ?? 0
    // Whatever stands there, the record was taken back.
    record.withdrawn = source.withdrawn.map { Moment($0)?.seconds ?? 0 }
    var claims: [NameKey: NamedClaims] = [:]
    // By their bytes: to Swift, names are one that differ only in how a letter is composed.
    var seen: Set<[UInt8]> = []
    func isNew(_ affected: AffectedPackage) -> Bool {
      seen.insert(Array(affected.ecosystem.rawValue.utf8) + [0] + Array(affected.name.utf8)).inserted
    }
    for affected in source.affected.flatMap(Self.named) {
      let claim = source.claim(affected)
      let key = NameKey(affected.ecosystem, affected.name)
      claims[key, default: NamedClaims()].claims.append(claim)
      if isNew(affected) {
        record.names.append(AdvisoryRecord.Name(ecosystem: affected.ecosystem, name: affected.name))
      }
    }
    for key in claims.keys {
      claims[key]?.isWithdrawn = record.withdrawn != nil
      claims[key]?.isOwn = origin != .feed
    }
    // What only condemns a name needs no more than that: its source has the rest.
    if !Self.onlyCondemns(claims) { record.references = Array(source.references.prefix(Self.mostReferences)) }
    record.flaws = Self.flaws(of: source)
    self.record = record
    self.claims = claims
  }

  private static let mostReferences = 12

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private static func onlyCondemns(_ claims: [NameKey: NamedClaims]) -> Bool {
    claims.values.allSatisfy { $0.claims.allSatisfy { $0.kind == .malicious && $0.affected.isWhole } }
  }

  /// The entry under the names that it is looked up by: its package's, and for commits the repositories'.
  private static func named(_ affected: AffectedPackage) -> [AffectedPackage] {
    var entries: [AffectedPackage] = []
    if !affected.name.isEmpty, isUsable(affected.ecosystem) { entries.append(affected) }
    let commits = Dictionary(grouping: affected.ranges.filter { $0.type == "GIT" }, by: \.repository)
    for (repository, ranges) in commits.sorted(by: { $0.key < $1.key }) where !repository.isEmpty {
      var entry = affected
      entry.ecosystem = .git
      entry.name = Ecosystem.git.matchingName(repository)
      entry.ranges = ranges
      // The names of the repository's tags, where no package is named whose versions they would be.
      if !affected.name.isEmpty { entry.versions = [] }
      entries.append(entry)
    }
    return entries
  }

  /// Ecosystems are words of ASCII; anything else would be no part of the counts, which are lines of text.
  private static func isUsable(_ ecosystem: Ecosystem) -> Bool {
    !ecosystem.rawValue.isEmpty && ecosystem.rawValue.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }

  /// Whether an entry stands under so many repositories, with so many versions each time, that a small record becomes a huge one.
  static func multiplies(_ source: OSVRecord) -> Bool {
    source.affected.contains { affected in
      affected.name.isEmpty && affected.ranges.count > 1
        && affected.ranges.count * affected.versions.count > mostCopies
    }
  }

  private static let mostCopies = 1_000_000

  // MARK: Flaws

  private static func flaws(of source: OSVRecord) -> [String] {
    var flaws: [RecordFlaw] = []
    if source.affected.isEmpty { flaws.append(.noPackages) }
    if Moment(source.modified) == nil { flaws.append(.modifiedNotReadable) }
    for affected in source.affected {
      if named(affected).isEmpty { flaws.append(.entryWithoutPackage) }
      if affected.versions.isEmpty, affected.ranges.isEmpty { flaws.append(.entryWithoutVersions) }
      flaws += affected.ranges.compactMap { flaw(of: $0, in: affected.ecosystem) }
    }
    return RecordFlaw.allCases.filter(flaws.contains).map(\.rawValue)
  }

  private static func flaw(of range: AffectedPackage.Range, in ecosystem: Ecosystem) -> RecordFlaw? {
    guard ["SEMVER", "ECOSYSTEM", "GIT"].contains(range.type) else { return .unknownRangeType }
    let hasIntroduction = range.events.contains { if case .introduced = $0 { true } else { false } }
    guard hasIntroduction else { return .rangeWithoutIntroduced }
    guard range.type != "GIT", let scheme = range.scheme(in: ecosystem) else { return nil }
    return range.events.allSatisfy { $0.isReadable(in: scheme) } ? nil : .eventNotReadable
  }

  // MARK: Counting

  /// The kinds of the record's worst claim in each ecosystem that it names, the release left out.
  var kinds: [String: AdvisoryClaim.Kind] { Self.kinds(of: claims.values) }

  static func kinds(of claims: some Sequence<NamedClaims>) -> [String: AdvisoryClaim.Kind] {
    var kinds: [String: AdvisoryClaim.Kind] = [:]
    for claim in claims.flatMap(\.claims) {
      let base = claim.affected.ecosystem.base
      if let known = kinds[base], known.rawValue <= claim.kind.rawValue { continue }
      kinds[base] = claim.kind
    }
    return kinds
  }
}

extension RangeEvent {
  fileprivate func isReadable(in scheme: any VersionScheme.Type) -> Bool {
    switch self {
    case .introduced("0"): true
    case .introduced(let text), .fixed(let text), .lastAffected(let text): scheme.isValid(text)
    case .limit(let text): text.utf8.contains(UInt8(ascii: "*")) || scheme.isValid(text)
    }
  }
}
