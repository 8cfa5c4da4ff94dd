// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// What a record claims about one package: which versions, of what class, how severe.
public struct AdvisoryClaim: Sendable {
  /// What kind of a claim it is.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case malicious = 0
    case suspicious = 1
    case vulnerable = 3
    /// Nobody looks after the package any more, or there is something else to know: no finding.
    case unmaintained = 4
    case notice = 5
  }

  public var kind: Kind
  /// The score of its vector; nil where there is none.
  public var score: Double?
  public var severity: Severity
  public var affected: AffectedPackage

  public init(kind: Kind, score: Double?, severity: Severity, affected: AffectedPackage) {
    self.kind = kind
    self.score = score
    self.severity = severity
    self.affected = affected
  }

  /// The class of a finding; nil for what is a note.
  public var findingClass: FindingClass? {
    switch kind {
    case .malicious: .malicious
    case .suspicious: .suspicious
    case .vulnerable: .vulnerable
    case .unmaintained, .notice: nil
    }
  }
}

extension OSVRecord {
  /// What the record claims of one of its packages.
  public func claim(_ affected: AffectedPackage) -> AdvisoryClaim {
    let kind = kind(of: affected)
    let rating = SeverityRating(record: self, affected: affected)
    // Malware has no vector, and is as bad as it gets unless somebody says otherwise.
    let fallback: Severity = kind == .malicious ? .critical : kind == .suspicious ? .high : .unknown
    return AdvisoryClaim(
      kind: kind, score: rating.score, severity: rating.severity ?? fallback, affected: affected)
  }

  private func kind(of affected: AffectedPackage) -> AdvisoryClaim.Kind {
    if isMalware(affected) { return .malicious }
    if isResearch { return .suspicious }
    switch affected.remarks.informational ?? remarks.informational {
    case "unmaintained": return .unmaintained
    case "notice": return .notice
    default: return .vulnerable
    }
  }

  /// CWE-506 is embedded malicious code. GitHub's own malware records and the campaign lists say it in the summary alone.
  private func isMalware(_ affected: AffectedPackage) -> Bool {
    if id.hasPrefix("MAL-") || remarks.isMalicious || affected.remarks.isMalicious { return true }
    if (remarks.weaknesses + affected.remarks.weaknesses).contains("CWE-506") { return true }
    let starts = ["malicious code in ", "malware in ", "embedded malicious code in ", "embedded malware in "]
    let beginning = summary.prefix(40).lowercased()
    return starts.contains { beginning.hasPrefix($0) }
  }

  /// Packages that phone home to prove a point, or do more than they say: nobody's flaw, and not proved to be malware.
  private var isResearch: Bool {
    let starts = ["Security-research / proof-of-concept", "Potentially-unwanted package"]
    return starts.contains { summary.hasPrefix($0) }
  }
}
