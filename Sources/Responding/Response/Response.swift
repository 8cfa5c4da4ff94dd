// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import Confinement
public import Exposure
public import History
public import Inventory
public import Scanning

/// The answer after an alarm: since when it was here, how far it came, what was within its reach, what to do now. Codes and facts; `Reports`
/// makes the sentences.
public struct Response: Sendable {
  /// How far it came, as far as could be seen. Stable, kebab-case: part of the JSON contract.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Something that only its running leaves was seen.
    case ran
    case onDisk = "on-disk"
    case locked
    /// It was not seen, and everything was read.
    case notSeen = "not-seen"
    /// It was not seen, and something was not read.
    case notVerified = "not-verified"
  }

  public var target: ResponseTarget
  public var scanned: ScanReport.Scanned
  /// The one that came furthest first, then by place and time.
  public var exposure: [PastSighting]
  /// What tells only that some version of it was here, or that one was taken away: not which.
  public var hints: [PastSighting] = []
  /// Every credential that lies here, read or not.
  public var credentials: [CredentialSighting] = []
  public var catalogue: CredentialCatalogue
  /// What to replace, in order; nil where nothing was here that reads anything.
  public var rotation: RotationPlan?
  /// The same held against the list of an earlier run.
  public var progress: ChecklistProgress?
  public var coverage: ResponseCoverage
  public var confinement: Confinement

  /// Whether the target reads credentials of this kind, or may do so.
  public func isRead(_ credential: CredentialSighting) -> Bool {
    guard target.isAttack, let kind = catalogue.kind(credential.kind) else { return false }
    return IncidentReads(target.detail.reads).hasRead(credential, kind)
  }

  public var outcome: Outcome {
    switch exposure.map(\.degree).max() {
    case .ran: .ran
    case .onDisk: .onDisk
    case .locked: .locked
    case nil: coverage.ledger.isComplete ? .notSeen : .notVerified
    }
  }

  /// From the first moment that anything tells to the last; nil where nothing was seen.
  public var window: (from: PastSighting.Bound?, to: PastSighting.Bound?)? {
    guard !exposure.isEmpty else { return nil }
    let from = exposure.compactMap(\.from).min { $0.seconds < $1.seconds }
    guard exposure.allSatisfy({ $0.to != nil }) else { return (from, nil) }
    return (from, exposure.compactMap(\.to).max { $0.seconds < $1.seconds })
  }

  /// 1 where it is, or was, here; 0 where it was not and everything was read; else 2.
  public var exitStatus: ExitStatus {
    switch outcome {
    case .ran, .onDisk, .locked: .findings
    case .notSeen: .clean
    case .notVerified: .notVerified
    }
  }
}

/// What was read to say so, by kind, and what was not.
public struct ResponseCoverage: Sendable {
  /// A kind of place that was looked at. Stable, kebab-case: part of the JSON contract.
  public enum Kind: String, CaseIterable, Sendable {
    case lockfiles
    case installed
    case repositories
    case branches
    case commits
    case lockfileVersions = "lockfile-versions"
    case caches
    case logs
    case shellHistories = "shell-histories"
    case containerLayers = "container-layers"
    case processes
    case credentialFiles = "credential-files"
  }

  /// A known place in which a trace could be, and what became of it.
  public struct Place: Hashable, Sendable {
    /// `npm-logs`
    public var kind: String
    /// As it is to be shown.
    public var path: String
    /// `read`, `absent`, `outside` (it lies where nothing may be read) or `unread`.
    public var state: String
    public var entries: Int

    public init(kind: String, path: String, state: String, entries: Int) {
      (self.kind, self.path, self.state, self.entries) = (kind, path, state, entries)
    }
  }

  /// How many of each were read; a kind that is not in it was not looked at.
  public var read: [Kind: Int] = [:]
  public var places: [Place] = []
  /// Places of which there are none here: nothing can be told from them.
  public var absentPlaces: [String] { places.filter { $0.state == "absent" }.map(\.path) }
  public var ledger = Coverage()
  /// Traces of the record that tell nothing by which they could be looked for.
  public var unclearTraces: [String] = []
  /// How many processes belong to other users, whose environment may not be read.
  public var hiddenProcesses = 0

  public init() {}
}
