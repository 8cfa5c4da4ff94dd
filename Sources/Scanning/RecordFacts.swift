// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Versions

/// What records say of one package, those that speak of one and the same thing taken together.
public struct RecordFacts: Sendable {
  /// Every record about it, those that condemn this version first; each with its own words.
  public var statements: [RecordStatement]
  /// The highest score among those that condemn it.
  public var score: Double?
  /// Set where the flaw is known to be exploited.
  public var exploited: KnownExploitation?

  public init(statements: [RecordStatement], score: Double? = nil, exploited: KnownExploitation? = nil) {
    self.statements = statements
    self.score = score
    self.exploited = exploited
  }

  /// The record whose summary is shown.
  public var leading: RecordStatement? { statements.first { !$0.summary.isEmpty } ?? statements.first }

  /// Whether records about the same thing differ on this version.
  public var isDisputed: Bool { Set(statements.map { $0.affected == .no }).count > 1 }
}

/// What one record says of one package in one version.
public struct RecordStatement: Sendable {
  public var id: String
  /// Whether it condemns the version.
  public var affected: Affected
  public var kind: AdvisoryClaim.Kind
  public var severity: Severity
  public var score: Double?
  /// The record's own text, whose licence asks for its source to be named.
  public var summary: String
  /// As the record says; nil where its source's holds.
  public var licence: String?
  /// Seconds since 1970, UTC; 0 where that is not told.
  public var published: Int64
  /// The label of somebody's own record; nil for a public one.
  public var ownLabel: String?
  /// The versions in which it ends, above this one, lowest first.
  public var fixed: [String]
  public var references: [String]

  public init(
    id: String, affected: Affected, kind: AdvisoryClaim.Kind, severity: Severity, score: Double? = nil,
    summary: String = "", licence: String? = nil, published: Int64 = 0, ownLabel: String? = nil, fixed: [String] = [],
    references: [String] = []
  ) {
    self.id = id
    self.affected = affected
    self.kind = kind
    self.severity = severity
    self.score = score
    self.summary = summary
    self.licence = licence
    self.published = published
    self.ownLabel = ownLabel
    self.fixed = fixed
    self.references = references
  }
  /// Of whom its text is, and the licence, as far as these are known: an own record's label stands for both.
  var attribution: [String] {
    if let ownLabel { return [ownLabel] }
    guard let source = AdvisorySource(of: id, licence: licence) else { return [] }
    return [source.name] + (source.licence.map { [$0] } ?? [])
  }
}
