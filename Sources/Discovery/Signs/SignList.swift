// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory
internal import Parsing

/// What a walk looks for beside packages: signs of attacks, and contents that are known to be bad. Whoever made the list knows by the
/// numbers what each stands for.
public struct SignList: Sendable {
  /// What of a content's digest is known.
  public struct KnownDigest: Hashable, Sendable {
    /// 64 hexadecimal digits of SHA-256, or as lockfiles write another: `sha512-…`.
    public let text: String

    public init(_ text: String) {
      self.text = text
    }
  }

  public let signs: [Sign]
  public let digests: [KnownDigest]
  /// Whether every file's content is looked at, not only that of files which a sign names.
  public let hashesEverything: Bool
  public let machine: MachinePlaces

  public init(
    signs: [Sign] = [], digests: [KnownDigest] = [], hashesEverything: Bool = false,
    machine: MachinePlaces = MachinePlaces()
  ) {
    self.signs = signs
    self.digests = digests
    self.hashesEverything = hashesEverything
    self.machine = machine
  }
}

/// A sign, or a content, that was found.
public struct SignSighting: Hashable, Sendable {
  public enum What: Hashable, Sendable {
    /// The number of the sign in the list.
    case sign(Int)
    /// The number of the digest in the list: a file with that content, of whatever name.
    case digest(Int)
    /// The same, pinned in a lockfile. The package is the one that the lockfile pins by it, where that can be told.
    case pinnedDigest(Int, package: Package?)
  }

  public let what: What
  /// As it is to be shown.
  public let path: String
  /// 1-based; nil where the whole file, or the folder, is meant.
  public let line: Int?
  /// Whether it lies where it was seen to lie; false for the same names elsewhere.
  public let isInPlace: Bool
  /// The digest of the file, where that was what decided: 64 hexadecimal digits.
  public let digest: String?

  public init(what: What, path: String, line: Int? = nil, isInPlace: Bool = true, digest: String? = nil) {
    self.what = what
    self.path = path
    self.line = line
    self.isInPlace = isInPlace
    self.digest = digest
  }
}
