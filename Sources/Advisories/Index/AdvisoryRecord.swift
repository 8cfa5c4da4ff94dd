// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Where a record came from.
public enum RecordOrigin: Hashable, Sendable {
  /// The public record.
  case feed
  /// Somebody's own, under a label of theirs. It can add findings, and takes none away.
  case own(label: String)
}

/// What an index keeps of a record beside its claims about packages.
public struct AdvisoryRecord: Sendable {
  /// A package that the record names.
  public struct Name: Hashable, Sendable {
    public var ecosystem: Ecosystem
    public var name: String

    public init(ecosystem: Ecosystem, name: String) {
      self.ecosystem = ecosystem
      self.name = name
    }
  }

  public var id = ""
  public var summary = ""
  public var aliases: [String] = []
  public var related: [String] = []
  public var severities: [SeverityClaim] = []
  public var weaknesses: [String] = []
  public var references: [String] = []
  /// nil where the record says nothing of it: then its source's licence holds.
  public var licence: String?
  public var names: [Name] = []
  public var digests: [String] = []
  public var origin = RecordOrigin.feed
  /// Nanoseconds since 1970, UTC; 0 where the record does not say.
  public var modified: Int64 = 0
  /// Seconds since 1970, UTC; 0 where the record does not say.
  public var published: Int64 = 0
  /// nil for a record that stands.
  public var withdrawn: Int64?
  /// What of it could not be taken as it is: codes.
  public var flaws: [String] = []

  public init() {}
}

/// What a record claims about the packages of one name.
public struct NamedClaims: Sendable {
  public var isWithdrawn = false
  public var isOwn = false
  public var claims: [AdvisoryClaim] = []

  public init() {}
}
