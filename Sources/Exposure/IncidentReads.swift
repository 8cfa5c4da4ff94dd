// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// What an incident reads, held against what is here.
public struct IncidentReads: Sendable {
  /// Why a credential counts as read, or not. Stable, kebab-case; `Reports` has the words.
  public enum Reason: String, CaseIterable, Sendable {
    /// The incident's record names what this kind belongs to.
    case named
    /// It reads environment variables, and this is one.
    case environment
    /// It searches the disk for files, and this is one.
    case files
    /// Nothing is known of what it reads, so that everything may have been.
    case notKnown = "not-known"
    /// The record names what it reads, and this is not among it.
    case notNamed = "not-named"
  }

  /// The codes of the record that are known here.
  public let codes: Set<IncidentCode.Reading>
  /// Whether the record says what it reads. Where it does not, everything that is here counts as read.
  public let isKnown: Bool

  /// - Parameter codes: ``IncidentDetail/reads``; a code that is not known here makes the whole list one that says too little.
  public init(_ codes: [String]) {
    let known = codes.compactMap(IncidentCode.Reading.init(rawValue:))
    self.codes = Set(known)
    isKnown = !known.isEmpty && known.count == codes.count
  }

  /// Why the incident read a credential of this kind, or why it did not.
  public func reason(for sighting: CredentialSighting, _ kind: CredentialKind) -> Reason {
    if kind.reads.contains(where: { codes.contains($0) }) { return .named }
    if codes.contains(.environment), sighting.place == .variable { return .environment }
    if codes.contains(.files), sighting.place != .variable { return .files }
    return isKnown ? .notNamed : .notKnown
  }

  /// Whether it counts as read: what is not known to be safe has to be replaced.
  public func hasRead(_ sighting: CredentialSighting, _ kind: CredentialKind) -> Bool {
    reason(for: sighting, kind) != .notNamed
  }
}
