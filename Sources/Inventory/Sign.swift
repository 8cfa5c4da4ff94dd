// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Something that an attack leaves on a disk, by which a scan finds it whatever has become of the package.
///
/// `Schemas/incident-1.schema.json` describes signs as incidents write them.
public struct Sign: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case file
    case folder
    /// A line in a file that may well be there: a shell's profile, a crontab.
    case line
    /// A branch of a git repository, of its own or of a remote.
    case branch
  }

  public let kind: Kind
  /// `~/…` in a home, `/…`, `$TMPDIR/…` in a folder for temporary files; else the last components of a path anywhere. `*` stands for
  /// anything within one component. For a branch its name.
  public let path: String
  /// Texts of which each must be in the beginning of the file; for ``Kind/line`` all in one line of it.
  public let contains: [String]
  /// For ``Kind/line``: the whole line must be this, white space around it apart.
  public let equals: String?
  /// SHA-256 in hexadecimal digits, of which the file must have one; empty where its content does not matter.
  public let digests: [String]
  /// In bytes, where it is known.
  public let size: Int?

  public init(
    kind: Kind, path: String, contains: [String] = [], equals: String? = nil, digests: [String] = [], size: Int? = nil
  ) {
    self.kind = kind
    self.path = path
    self.contains = contains
    self.equals = equals
    self.digests = digests
    self.size = size
  }
}

/// By what a finding was told, where that is not a package's name and version.
public struct Evidence: Hashable, Sendable {
  /// Stable, kebab-case: part of the JSON contract.
  public enum Kind: String, CaseIterable, Sendable {
    /// The digest of a file's content. The value is `sha256:` and 64 hexadecimal digits, or `sha512:` and 128 where a cache names its file so.
    case digest
    /// A digest that a lockfile pins. The value is as the lockfile has it.
    case pinnedDigest = "pinned-digest"
    /// A file, folder or branch of this name. The value is the sign's path.
    case name
    /// A file of this name with this content. The value is the sign's path.
    case content
    /// A line in a file. The value is the sign's path.
    case line
  }

  public let kind: Kind
  public let value: String
  /// What it means, in the words of the incident's record (English).
  public let note: String?

  public init(kind: Kind, value: String, note: String? = nil) {
    self.kind = kind
    self.value = value
    self.note = note
  }
}
