// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How what an incident takes gets out, and how it is commanded.
public struct WayOut: Hashable, Sendable {
  /// An ``IncidentCode/Way``.
  public var via = ""
  /// Hosts of the attacker's own.
  public var hosts: [String] = []
  /// IP addresses of the attacker's own.
  public var addresses: [String] = []
  /// Endings of the names that its DNS queries ask for.
  public var queries: [String] = []
  public var note: String?

  public init() {}
}

/// What an incident leaves behind, or what can be seen while it runs.
public struct IncidentTraces: Hashable, Sendable {
  /// The digest of a file.
  public struct Digest: Hashable, Sendable {
    /// As the record writes it: hexadecimal, or `sha512-…`.
    public var value = ""
    /// The file, where the sources say it.
    public var file: String?

    public init() {}
  }

  /// Paths: `~` is a home, `$TMPDIR` the folder for temporary files, `<x>` and `*` stand for anything.
  public var files: [String] = []
  public var processes: [String] = []
  public var sha256: [Digest] = []
  public var sha1: [Digest] = []
  /// Digests as lockfiles hold them.
  public var integrity: [Digest] = []
  /// Strings, names of repositories, markers.
  public var other: [String] = []
  /// Honest services that it also uses: no sign of it by themselves.
  public var sharedHosts: [String] = []

  public init() {}
}

/// A sign as a person reads of it; ``IncidentSigns`` has those that a scan looks for.
public struct NamedSign: Hashable, Sendable {
  /// `file`, `folder`, `line` or `branch`.
  public var kind = ""
  public var path = ""
  /// The key of the variant that leaves it.
  public var variant: String?
  /// Whether nobody but this attacker has such a thing.
  public var isCertain = false
  public var note: String?

  public init() {}
}
