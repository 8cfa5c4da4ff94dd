// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One thing that was moved, as it was before.
public struct QuarantinedItem: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case folder
    case file
    /// A symbolic link: it is moved itself, wherever it leads.
    case link
  }

  /// What it is to the package manager. Stable, kebab-case: part of the JSON contract.
  public enum Role: String, CaseIterable, Sendable {
    /// A package's folder.
    case package
    /// The notes that an installer keeps of a package: `x-1.0.dist-info`.
    case metadata
    /// A folder or file that such notes list.
    case part
    /// A link that leads to a package.
    case link
    /// What a cache holds of a package.
    case cache
  }

  /// A package that it holds, and why it is bad.
  public struct Content: Hashable, Sendable {
    public var package: Package
    /// Ids of findings.
    public var findings: [String]

    public init(package: Package, findings: [String]) {
      self.package = package
      self.findings = findings
    }
  }

  /// From 1; its name in the locked folder.
  public var number: Int
  /// The way to it from the folder that holds the quarantine, as the file system spells it.
  public var origin: [UInt8]
  /// The same as it is shown: bytes that are no UTF-8 as `\xNN`.
  public var shownOrigin: String
  public var kind: Kind
  public var role: Role
  public var inode: UInt64
  public var device: UInt64
  /// The permission bits.
  public var mode: UInt32
  /// Nanoseconds since 1970, UTC.
  public var modified: Int64
  /// Bytes in its files.
  public var size: Int
  /// Files in it; itself where it is one.
  public var files: Int
  /// Files among these that have other names elsewhere (hard links), so that their contents may lie in a store as well.
  public var sharedFiles: Int
  /// SHA-256 in hexadecimal: of a file's bytes, of a link's target, of the sorted list of a folder's entries.
  public var digest: String
  public var contents: [Content]

  public init(
    number: Int, origin: [UInt8], shownOrigin: String, kind: Kind, role: Role, inode: UInt64, device: UInt64,
    mode: UInt32, modified: Int64,
    size: Int, files: Int, sharedFiles: Int, digest: String, contents: [Content]
  ) {
    self.number = number
    self.origin = origin
    self.shownOrigin = shownOrigin
    self.kind = kind
    self.role = role
    self.inode = inode
    self.device = device
    self.mode = mode
    self.modified = modified
    self.size = size
    self.files = files
    self.sharedFiles = sharedFiles
    self.digest = digest
    self.contents = contents
  }
}
