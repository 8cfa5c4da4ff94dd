// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Inventory
public import Versions

/// Everything that is known of one package, and for each claim why it holds or not.
public struct PackageExplanation: Sendable {
  /// Why a claim holds for a version, or does not. Stable, kebab-case: part of the JSON contract.
  public enum Reason: String, CaseIterable, Sendable {
    /// Every version is claimed.
    case everyVersion = "every-version"
    /// The version is in the claim's list.
    case listed
    /// It lies in one of the claim's ranges.
    case inRange = "in-range"
    /// It is in no list and no range of the claim.
    case outside
    /// The claim is about another release of the distribution, or another registry.
    case otherRelease = "other-release"
    /// The version, or the claim's own, cannot be read in the ecosystem's order.
    case notComparable = "not-comparable"
    /// The package was given without a version.
    case versionNotGiven = "version-not-given"
    /// The claim knows commits alone.
    case commitsOnly = "commits-only"
    /// The claim says nothing of versions.
    case noVersions = "no-versions"
  }

  /// One claim of a record, or an incident's entry, about the package.
  public struct Claim: Sendable {
    public var ecosystem: Ecosystem
    public var name: String
    public var affected: Affected
    public var reason: Reason
    /// Its ranges as `>= 1.0, < 1.2.3`, and the number of versions that it lists.
    public var ranges: [String]
    public var listedCount: Int
    public var kind: AdvisoryClaim.Kind
    public var severity: Severity
    public var score: Double?
    public var fixed: [String]
  }

  /// A record of the index, with its claims about the package.
  public struct Record: Sendable {
    public var record: AdvisoryRecord
    public var claims: [Claim]
    public var exploited: KnownExploitation?

    /// What the record says in the end: withdrawn records say no.
    public var affected: Affected {
      if record.withdrawn != nil { return .no }
      let answers = claims.map(\.affected)
      return answers.contains(.yes) ? .yes : answers.contains(.unknown) ? .unknown : .no
    }
  }

  /// What one of our incidents says of the package.
  public struct IncidentEntry: Sendable {
    public var incident: Incident
    public var affected: Affected
    /// The versions that it condemns; empty where that is every one.
    public var versions: [String]
    public var detail: IncidentDetail
  }

  /// As it was given.
  public var given: String
  /// What it may stand for, likeliest first.
  public var packages: [Package]
  public var incidents: [IncidentEntry]
  /// Those that condemn the version first, then those that cannot tell, those that do not, and withdrawn ones.
  public var records: [Record]
  /// nil where there is no index.
  public var advisories: AdvisoryIndexInformation?
}

/// Explains what is known of the package that a purl names.
/// - Throws: ``AdvisoryIndexError`` where the index is damaged.
public func explain(
  _ given: String, packages: [Package], incidents: IncidentIndex, index: AdvisoryIndex?
) throws(AdvisoryIndexError) -> PackageExplanation {
  var explanation = PackageExplanation(
    given: given, packages: packages, incidents: [], records: [], advisories: index?.information)
  var seen: Set<String> = []
  for package in packages {
    explanation.incidents += incidents.entries(named: package.name, in: package.ecosystem).map { incident, affected in
      PackageExplanation.IncidentEntry(
        incident: incident, affected: package.version.map(affected.evaluate) ?? (affected.isWhole ? .yes : .unknown),
        versions: affected.isWhole ? [] : affected.versions, detail: incident.detail(for: affected))
    }
    guard let index else { continue }
    var rows: [(id: String, claims: NamedClaims)] = []
    try index.forEachClaim(under: NameKey(package.ecosystem, package.name)) { (id, claims) in rows.append((id, claims))
    }
    for row in rows where !seen.contains(row.id) {
      guard let record = try entry(row.id, row.claims, of: package, in: index) else { continue }
      seen.insert(row.id)
      explanation.records.append(record)
    }
  }
  explanation.records.sort(by: PackageExplanation.Record.precedes)
  return explanation
}

private func entry(
  _ id: String, _ row: NamedClaims, of package: Package, in index: AdvisoryIndex
) throws(AdvisoryIndexError) -> PackageExplanation.Record? {
  let matching = RecordMatching(package: package)
  let claims = row.claims.filter { matching.isNamed($0.affected) }
  guard !claims.isEmpty, let record = try index.record(id) else { return nil }
  var exploited: KnownExploitation?
  for name in [id] + record.aliases where name.hasPrefix("CVE-") && exploited == nil {
    exploited = try index.exploited(name)
  }
  return PackageExplanation.Record(
    record: record, claims: claims.map { PackageExplanation.Claim($0, of: package) }, exploited: exploited)
}

extension PackageExplanation.Record {
  fileprivate static func precedes(_ first: Self, _ second: Self) -> Bool {
    func rank(_ entry: Self) -> Int {
      if entry.record.withdrawn != nil { return 3 }
      switch entry.affected {
      case .yes: return 0
      case .unknown: return 1
      case .no: return 2
      }
    }
    return (rank(first), first.record.id) < (rank(second), second.record.id)
  }
}

extension PackageExplanation.Claim {
  fileprivate init(_ claim: AdvisoryClaim, of package: Package) {
    let affected = claim.affected
    let isOfRelease = Release(of: package.ecosystem).takes(claimsOf: affected.ecosystem)
    let answer: Affected =
      isOfRelease ? package.version.map(affected.evaluate) ?? (affected.isWhole ? .yes : .unknown) : .no
    self.init(
      ecosystem: affected.ecosystem, name: affected.name, affected: answer,
      reason: isOfRelease ? Self.reason(affected, package.version, answer) : .otherRelease,
      ranges: affected.ranges.map(\.notation), listedCount: affected.versions.count, kind: claim.kind,
      severity: claim.severity, score: claim.score, fixed: package.version.map(affected.fixes) ?? [])
  }

  private static func reason(
    _ affected: AffectedPackage, _ version: String?, _ answer: Affected
  ) -> PackageExplanation.Reason {
    if affected.isWhole { return .everyVersion }
    if affected.versions.isEmpty, affected.ranges.isEmpty { return .noVersions }
    guard let version else { return .versionNotGiven }
    switch answer {
    case .yes: return affected.isInRange(version) ? .inRange : .listed
    case .unknown: return .notComparable
    case .no:
      let isOfCommits = affected.versions.isEmpty && affected.ranges.allSatisfy { $0.type == "GIT" }
      return isOfCommits ? .commitsOnly : .outside
    }
  }
}
