// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What an update did.
public struct UpdateReport: Sendable {
  public static let schema = "gifthorse.update/1"

  /// What became of one ecosystem's records.
  public struct Counts: Hashable, Sendable {
    /// Those that the index now holds.
    public var records = 0
    public var added = 0
    public var changed = 0
    public var removed = 0
    /// Those that cannot be read at all.
    public var refused = 0
    /// Those of which some fields cannot be read.
    public var inPart = 0
  }

  /// What became of somebody's own.
  public struct Imported: Hashable, Sendable {
    /// Those of the import that the index now holds.
    public var records = 0
    /// Those of them of which some fields cannot be read.
    public var inPart = 0
    /// Of OpenVEX documents.
    public var statements = 0
    /// Lines and entries that could not be taken.
    public var leftOut = 0
    /// Records that an earlier import under the same label had brought, and this one does not.
    public var gone = 0
    /// The same of OpenVEX documents.
    public var goneDocuments = 0
  }

  /// What of somebody's own was taken out.
  public struct Forgotten: Hashable, Sendable {
    public var records = 0
    /// Of OpenVEX.
    public var documents = 0
  }

  public var ecosystems: [String: Counts] = [:]
  /// How often each reason for refusing a record, or a part of one, came up.
  public var reasons: [String: Int] = [:]
  /// The date of the advisories, RFC 3339; empty for an import.
  public var asOf = ""
  public var source = ""
  public var seconds = 0.0
  /// nil but for an import.
  public var imported: Imported?
  /// nil but where something was forgotten.
  public var forgotten: Forgotten?
  /// Whether a new index took the place of the old one.
  public var isNew = false
  /// Where it is.
  public var path = ""

  public init() {}

  /// All ecosystems together. A record that several of them share counts in each.
  public var total: Counts {
    ecosystems.values.reduce(into: Counts()) {
      $0.records += $1.records
      $0.added += $1.added
      $0.changed += $1.changed
      $0.removed += $1.removed
      $0.refused += $1.refused
      $0.inPart += $1.inPart
    }
  }

  public var sortedEcosystems: [(name: String, counts: Counts)] {
    ecosystems.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }
}
