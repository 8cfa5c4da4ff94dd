// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// A package that was, or is, at one place for some time, and what says so.
public struct PastSighting: Hashable, Sendable {
  /// How far a bad package came, the least first. What is not seen is never "did not happen".
  public enum Degree: String, CaseIterable, Comparable, Sendable {
    /// A lockfile pins it.
    case locked
    /// Its files lie, or lay, on this machine: installed, in a cache, in a layer of a container.
    case onDisk = "on-disk"
    /// Something that only its running leaves was seen.
    case ran

    private var rank: Int {
      switch self {
      case .locked: 0
      case .onDisk: 1
      case .ran: 2
      }
    }

    public static func < (first: Degree, second: Degree) -> Bool { first.rank < second.rank }
  }

  /// One end of the time.
  public struct Bound: Hashable, Sendable {
    /// Since 1970, UTC.
    public var seconds: Int64
    /// Whether it is that moment; false where it was at that moment at the latest (of a beginning) or was gone by then (of an end).
    public var isExact: Bool

    public init(_ seconds: Int64, isExact: Bool = true) {
      self.seconds = seconds
      self.isExact = isExact
    }
  }

  /// What says so: a file, and what it says.
  public struct Evidence: Hashable, Sendable {
    /// As it is to be shown: a file, or a repository's folder.
    public var path: String
    public var code: EvidenceCode
    /// Facts for the reader, in no language: a commit, a branch, a time, a line's number. Never a line of a shell's history.
    public var arguments: [String]

    public init(path: String, _ code: EvidenceCode, _ arguments: [String] = []) {
      self.path = path
      self.code = code
      self.arguments = arguments
    }
  }

  public var package: Package
  /// One lockfile on one branch, one installed folder, one cache: as it is to be shown.
  public var place: String
  /// nil where nothing tells it.
  public var from: Bound?
  /// nil while it is still there.
  public var to: Bound?
  public var degree: Degree
  public var evidence: [Evidence]

  public init(
    package: Package, place: String, from: Bound?, to: Bound?, degree: Degree, evidence: [Evidence]
  ) {
    self.package = package
    self.place = place
    self.from = from
    self.to = to
    self.degree = degree
    self.evidence = evidence
  }
}
