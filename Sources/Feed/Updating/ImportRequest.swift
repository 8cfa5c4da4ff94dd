// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What an import of somebody's own advisories is asked to do.
public struct ImportRequest: Sendable {
  /// OSV records, lists, tables, catalogues and OpenVEX documents; folders of such JSON files, and zips of them.
  public var paths: [String]
  /// The folder of the index.
  public var folder: String
  /// Under which what is imported is kept; nil is each file's own name.
  public var label: String?
  /// Of names that do not say it themselves.
  public var ecosystem: String?
  /// Whether what lists and tables name is malware, and not a flaw.
  public var isMalicious = true
  /// Whether lines and entries that cannot be taken are left out; else they end the import.
  public var skipsBad = false
  public var waits = true

  public init(paths: [String], folder: String) {
    self.paths = paths
    self.folder = folder
  }
}

/// What of somebody's own is to go.
public struct ForgetRequest: Sendable {
  public var label: String
  /// The folder of the index.
  public var folder: String
  public var waits = true

  public init(label: String, folder: String) {
    self.label = label
    self.folder = folder
  }
}
