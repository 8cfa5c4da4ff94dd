// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Our own record of one compromise: an OSV record, and what a person needs to know and do.
///
/// `Schemas/incident-1.schema.json` describes the files. A record whose versions differ in what they do has variants.
public struct Incident: Sendable {
  public var record = OSVRecord()
  public var detail = IncidentDetail()

  /// What holds for the versions of `affected`: the record's detail with its variant's laid over it.
  public func detail(for affected: AffectedPackage) -> IncidentDetail {
    guard let variant = affected.detail.variant.flatMap({ detail.variants[$0] }) else { return detail }
    return detail.overlaid(with: variant)
  }

  public init() {}
}

/// What our incidents add to one entry of `affected`.
public struct AffectedDetail: Sendable {
  /// The key of one of the incident's variants.
  public var variant: String?
  /// Identifiers of this package's own advisories, best first.
  public var advisories: [String] = []
  /// Versions that a source names as clean.
  public var safe: [String] = []
  /// Neighbouring versions believed to be clean, which no source confirms.
  public var safeUnverified: [String] = []
  /// Of versions in `safe`, how sure that is where it is less than sure: `medium` or `low`.
  public var safeConfidence: [String: String] = [:]
  /// Whether no source that we could read confirms these versions.
  public var isUnverified = false
  /// What is to be said of these versions, in English.
  public var note: String?

  public init() {}
}

/// What an incident does, and what to do about it. Every field may be missing in a variant.
public struct IncidentDetail: Sendable {
  public var title: String?
  public var `class`: FindingClass?
  /// `stealer`, `wiper`, `worm` … as the schema lists them.
  public var kind: String?
  public var severity: Severity?
  /// What sets it off: `install-hook`, `require` … as the schema lists them.
  public var triggers: [String] = []
  /// What it reads: `aws`, `ssh` … as the schema lists them.
  public var reads: [String] = []
  public var leaves: [WayOut] = []
  public var traces = IncidentTraces()
  /// The record's own, with those of its variants among them.
  public var signs: [NamedSign] = []
  /// What to do, in this order: ``IncidentCode/Cleanup``.
  public var cleanup: [String] = []
  /// nil where the variant does not say, and the record's hold.
  public var aliases: [String]?
  /// When the bad versions were published, and when removed: RFC 3339, or a date.
  public var published: String?
  public var removed: String?
  /// Where sources say different things.
  public var disagreements: [Disagreement] = []
  /// Whether no source that we could read confirms the incident.
  public var isUnverified = false
  /// Whether hosts and addresses were read in no source.
  public var isNetworkUnverified = false
  /// Whether names of files and the way it works were read in no source.
  public var isFromGeneralKnowledge = false
  /// Remarks for whoever keeps the record, in English.
  public var notes: [String] = []
  /// Sources that are known by name only.
  public var sourcesWithoutLink: [String] = []
  /// Texts by language (`en`), then audience.
  public var texts: [String: [Audience: Advice]] = [:]
  /// Titles by language, other than English.
  public var titles: [String: String] = [:]
  public var variants: [String: IncidentDetail] = [:]
  /// What is given and empty: in a variant, that takes the record's away.
  var emptied: Set<Emptied> = []

  enum Emptied: Hashable, Sendable {
    case reads
    case leaves
    case traces
  }

  public init() {}

  public func overlaid(with variant: IncidentDetail) -> IncidentDetail {
    var result = self
    result.variants = [:]
    result.title = variant.title ?? title
    result.class = variant.class ?? self.class
    result.kind = variant.kind ?? kind
    result.severity = variant.severity ?? severity
    result.published = variant.published ?? published
    result.removed = variant.removed ?? removed
    if !variant.triggers.isEmpty { result.triggers = variant.triggers }
    if !variant.reads.isEmpty || variant.emptied.contains(.reads) { result.reads = variant.reads }
    if !variant.leaves.isEmpty || variant.emptied.contains(.leaves) { result.leaves = variant.leaves }
    if variant.traces != IncidentTraces() || variant.emptied.contains(.traces) { result.traces = variant.traces }
    if !variant.cleanup.isEmpty { result.cleanup = variant.cleanup }
    result.aliases = variant.aliases ?? aliases
    if !variant.disagreements.isEmpty { result.disagreements = variant.disagreements }
    for (language, texts) in variant.texts { result.texts[language] = texts }
    // Titles in other languages come with texts: a variant that tells the same story keeps the record's.
    if !variant.texts.isEmpty { result.titles = variant.titles }
    return result
  }

  /// The text for `audience` in `language`, in English where that language is missing.
  public func advice(for audience: Audience, language: String = "en") -> Advice? {
    texts[language]?[audience] ?? texts["en"]?[audience]
  }
}

/// Who reads.
public enum Audience: String, CaseIterable, Sendable {
  /// Runs the firm; no jargon.
  case owner
  /// Looks after the machines.
  case it
  case developer
}

/// What a package does and what to do now, in one audience's words.
public struct Advice: Hashable, Sendable {
  public var what = ""
  public var steps: [String] = []

  public init() {}
}

/// A point on which sources differ.
public struct Disagreement: Hashable, Sendable {
  public var point = ""
  public var first = ""
  public var second = ""
  /// Which of them our record follows, and why.
  public var ours = ""

  public init() {}
}
