// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// The kinds of files that can be imported. Stable, kebab-case.
public enum ImportFormat: String, CaseIterable, Sendable {
  /// Lines of `name@version` or of purls.
  case list
  /// A table in CSV or TSV with columns for names and versions.
  case table
  /// A catalogue of bumblebee: JSON with `schema_version` and `entries`.
  case bumblebee
  /// An OpenVEX document: JSON with `@context` and `statements`.
  case openVEX = "openvex"
  /// One OSV record: JSON with `id` and `affected`.
  case osv
}

/// What the importing person says about a file.
public struct ImportOptions: Sendable {
  /// Becomes part of the records' ids; what is not a letter, a digit, `.`, `_` or `-` becomes `-`.
  public var name: String
  /// Of the names in lists and tables that do not say it themselves.
  public var ecosystem: Ecosystem?
  /// Whether what lists and tables name is malware. Catalogues of bumblebee always are about that.
  public var isMalicious: Bool
  /// Becomes `modified` of the records: RFC 3339.
  public var modified: String

  public init(name: String, ecosystem: Ecosystem? = nil, isMalicious: Bool = true, modified: String = "") {
    self.name = name
    self.ecosystem = ecosystem
    self.isMalicious = isMalicious
    self.modified = modified
  }
}
