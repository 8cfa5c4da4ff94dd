// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A credential that is here: of what kind, and where. Never its value, and nothing made of it.
public struct CredentialSighting: Hashable, Sendable {
  /// What holds it.
  public enum Place: Hashable, Sendable {
    case file(FileIdentity)
    /// A folder of a program, and how many entries it has.
    case folder(FileIdentity, entries: Int)
    /// An environment variable.
    case variable
  }

  /// By which it is told later whether a file is still the same.
  public struct FileIdentity: Hashable, Sendable {
    /// Seconds since 1970, UTC, when it was last written.
    public let modified: Int64
    public let inode: UInt64
    public let device: UInt64
    /// Whether other users of the machine can read it, as far as the folders from the home on tell.
    public let isReadableByOthers: Bool

    public init(modified: Int64, inode: UInt64, device: UInt64, isReadableByOthers: Bool) {
      self.modified = modified
      self.inode = inode
      self.device = device
      self.isReadableByOthers = isReadableByOthers
    }
  }

  /// Where a search came upon it.
  public enum Reach: String, CaseIterable, Sendable {
    /// At its known place in a home.
    case home
    /// At its known place on the machine.
    case machine
    /// In a project, by its name.
    case project
    /// In the environment of this process.
    case environment
  }

  /// ``CredentialKind/id``
  public let kind: String
  /// As it is to be shown: a path, or the name of a variable.
  public let path: String
  public let place: Place
  public let reach: Reach
  public let protection: Protection

  public init(kind: String, path: String, place: Place, reach: Reach, protection: Protection) {
    self.kind = kind
    self.path = path
    self.place = place
    self.reach = reach
    self.protection = protection
  }

  /// nil for a variable.
  public var identity: FileIdentity? {
    switch place {
    case .file(let identity), .folder(let identity, _): identity
    case .variable: nil
    }
  }

  /// Seconds since it was last written; nil for a variable, 0 for a file of the future.
  /// - Parameter now: Seconds since 1970, UTC.
  public func age(at now: Int64) -> Int64? {
    identity.map { max(0, now.subtractingReportingOverflow($0.modified).partialValue) }
  }

  /// One sighting for each kind and file, the least protected of several; in a stable order.
  static func merged(_ sightings: [CredentialSighting]) -> [CredentialSighting] {
    struct Key: Hashable {
      let kind: String
      let path: String?
      let inode: UInt64?
      let device: UInt64?
    }
    var found: [Key: CredentialSighting] = [:]
    for sighting in sightings {
      // A file found by its known place and again in a project is one file, and one with two names two.
      let key = Key(
        kind: sighting.kind, path: sighting.identity == nil ? sighting.path : nil, inode: sighting.identity?.inode,
        device: sighting.identity?.device)
      guard let other = found[key] else {
        found[key] = sighting
        continue
      }
      let isWeaker = sighting.protection.strength < other.protection.strength
      let first = other.reach == .project && sighting.reach != .project ? sighting : other
      found[key] = CredentialSighting(
        kind: first.kind, path: first.path, place: first.place, reach: first.reach,
        protection: isWeaker ? sighting.protection : other.protection)
    }
    return found.values.sorted { ($0.path, $0.kind) < ($1.path, $1.kind) }
  }
}
