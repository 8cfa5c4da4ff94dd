// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package at a place: what was seen, where, how directly and how surely.
public struct Sighting: Hashable, Sendable {
  /// How a package shows itself.
  public enum Kind: String, CaseIterable, Sendable {
    /// Unpacked on this machine.
    case installed
    /// Pinned in a lockfile.
    case locked
    /// Asked for by a project's manifest.
    case declared
    /// In a package manager's cache or store.
    case cached
    /// Inside an archive.
    case archived
    /// In the past: a deleted file, an earlier commit.
    case historical
    /// Locked away by Gifthorse, where nothing loads or starts it. The path is the manifest's.
    case quarantined
  }

  /// How sure a sighting is.
  public enum Confidence: String, CaseIterable, Sendable {
    /// Canonical metadata, read whole.
    case exact
    /// A range, an inexact source, or a file that could be read in part only.
    case partial
  }

  public let kind: Kind
  public let confidence: Confidence
  /// The file, as it is to be shown: below the root as the user named it.
  public let path: String
  /// 1-based; nil where the format has no lines or the whole file speaks of one package.
  public let line: Int?
  /// The shortest chain from the project to the package, the package itself left out: `["web", "@scope/tool"]`.
  /// Empty where the project asks for it itself, or where the format does not tell.
  public let via: [String]
  /// What a `declared` sighting asks for, in the ecosystem's own words: `^9.1.0`.
  public let requirement: String?
  /// Where the package comes from when that is not the ecosystem's registry: a git or tarball address without credentials, or a folder.
  public let source: String?
  /// What told the package, or the attack, where that is not the name and version that the file gives.
  public let evidence: Evidence?

  public init(
    kind: Kind, confidence: Confidence, path: String, line: Int? = nil, via: [String] = [],
    requirement: String? = nil, source: String? = nil, evidence: Evidence? = nil
  ) {
    self.kind = kind
    self.confidence = confidence
    self.path = path
    self.line = line
    self.via = via
    self.requirement = requirement
    self.source = source
    self.evidence = evidence
  }
}
