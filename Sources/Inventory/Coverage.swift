// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The ledger of a scan: what was read, what could not be, and what was left out by rule.
///
/// "Clean" may be said only of a ledger that ``isComplete``.
public struct Coverage: Sendable {
  /// Something that should have been read and was not, or not wholly. One of these makes a scan unverified.
  public struct Problem: Hashable, Sendable {
    public let path: String
    public let reason: Reason
    /// Facts for the reader, in no language: a byte count, a limit, an errno name, a JSON path.
    public let arguments: [String]
    /// 1-based line, where the reader knew it.
    public let line: Int?

    public init(path: String, reason: Reason, arguments: [String] = [], line: Int? = nil) {
      self.path = path
      self.reason = reason
      self.arguments = arguments
      self.line = line
    }
  }

  /// Why something was not read wholly. Stable, kebab-case: part of the JSON contract.
  public enum Reason: String, CaseIterable, Sendable {
    /// The system refused it. Arguments: none.
    case permissionDenied = "permission-denied"
    /// It was there when its folder was listed, and gone when it was opened.
    case vanished
    /// An input or output error. Arguments: the errno name.
    case unreadable
    /// It has the name of a file we read, yet is a FIFO, a socket, a device or a folder. Arguments: what it is.
    case notAFile = "not-a-file"
    /// Larger than the limit. Arguments: its size and the limit, in bytes.
    case tooBig = "too-big"
    /// Nested deeper than the limit. Arguments: the limit.
    case tooDeep = "too-deep"
    /// More entries than the limit. Arguments: the limit.
    case tooMany = "too-many"
    /// It ends in the middle.
    case truncated
    /// It breaks its own grammar. Arguments: what was expected (a code of the parser).
    case malformed
    /// Merge conflict markers were left in it.
    case conflictMarkers = "conflict-markers"
    /// Neither UTF-8 nor UTF-16.
    case wrongEncoding = "wrong-encoding"
    /// No bytes where a file of this name has some.
    case empty
    /// A lockfile that has content and from which no package could be read.
    case nothingRecognised = "nothing-recognised"
    /// A version of the format that we do not know. Arguments: the version.
    case unknownFormatVersion = "unknown-format-version"
    /// One entry could not be understood. Arguments: the entry's key.
    case entryNotUnderstood = "entry-not-understood"
    /// An installed package without a name of its own.
    case missingName = "missing-name"
    /// An installed package without a version.
    case missingVersion = "missing-version"
    /// A symbolic link that points nowhere, where a file we read was expected.
    case danglingLink = "dangling-link"
    /// A symbolic link in the place of a file that we read, of an installed package or of `node_modules`, to a place outside the scanned
    /// roots. Arguments: the target.
    case linkLeadsOut = "link-leads-out"
    /// The version of a package that an incident names cannot be ordered. Arguments: `name@version`.
    case versionNotComparable = "version-not-comparable"
    /// A line that was to be a purl is none, or one of which no record could speak. Arguments: the line, and why (a code).
    case purlNotUnderstood = "purl-not-understood"
    /// A record is about some releases of a distribution and not about others, and which one this package is of was not told. Arguments:
    /// `name@version`, then the records.
    case releaseNotKnown = "release-not-known"
    /// No record and no incident is about packages of this ecosystem, so that nothing can be said of one. Arguments: the purl as it was given,
    /// the ecosystem.
    case ecosystemNotCovered = "ecosystem-not-covered"
    /// Packages of an ecosystem that was asked about are not looked for on disk yet. Arguments: the ecosystem.
    case ecosystemNotRead = "ecosystem-not-read"
    /// The index of advisories could not be read, so that only the incidents in the program were looked for. Arguments: a code, and
    /// what the system says where it says something.
    case advisoriesNotRead = "advisories-not-read"
    /// A file that another one includes was not read. Arguments: the path as it is written, and why: `missing`, `outside`, `link`, `address`.
    case includeNotRead = "include-not-read"
    /// A part of a git repository lies in a place that may not be read: its folder, a worktree's, or objects that it borrows. Arguments: the place.
    case gitOutside = "git-outside"
    /// Objects of a git repository's history that are not here. Arguments: why (`shallow`, `partial`, `missing`), and how many; for
    /// `shallow` the commits at the edge.
    case gitObjectsMissing = "git-objects-missing"
    /// A folder is called like a quarantine of Gifthorse's and is not locked as one is, so that what lies in it counts as lying there openly.
    /// Arguments: why (a code of `QuarantineFault`), and a detail where there is one.
    case quarantineNotLocked = "quarantine-not-locked"
    /// The scan was stopped before its end.
    case interrupted
  }

  /// Something left out by rule. It is listed, and does not make a scan unverified.
  public struct Skip: Hashable, Sendable {
    public let path: String
    public let reason: SkipReason
    /// Facts for the reader: the file system's type, the link's target.
    public let arguments: [String]

    public init(path: String, reason: SkipReason, arguments: [String] = []) {
      self.path = path
      self.reason = reason
      self.arguments = arguments
    }
  }

  /// Why something was left out. Stable, kebab-case: part of the JSON contract.
  public enum SkipReason: String, CaseIterable, Sendable {
    /// `/proc`, `/sys` and their like, which hold no files. Arguments: the type.
    case pseudoFileSystem = "pseudo-filesystem"
    /// A file system on another machine, not named by the user. Arguments: the type.
    case networkFileSystem = "network-filesystem"
    /// A symbolic link to a place outside the scanned roots, where no package was to be expected. Arguments: the target.
    case linkOutsideRoot = "link-outside-root"
    /// A symbolic link that leads to itself, at once or through others.
    case linkLoop = "link-loop"
    /// What is locked away in a quarantine of Gifthorse's: told by its manifest, and not read. Arguments: how many things.
    case quarantine
    /// A package manager's cache that holds archives, or files named by their hashes: what it holds is not read yet. Arguments: whose it is.
    case packageCache = "package-cache"
    /// A broken manifest or lockfile deep inside an installed package whose own was read: a test's fixture or an example, from which nothing
    /// is installed.
    case fixtureInsidePackage = "fixture-inside-package"
    /// What an interrupted pip left of a package that it was to remove: not installed for Python's tools. Arguments: the leftover's name.
    case interruptedInstall = "interrupted-install"
    /// A package in one archive, told by the name of its file: what it holds is not read yet.
    case packageArchive = "package-archive"
    /// A line that is run each time a language starts, whatever it is asked to do: its code is not inspected yet. Arguments: the line.
    case startupCode = "startup-code"
    /// A place of the whole machine in which attacks leave traces, and that this user may not enter: another user's crontabs.
    case placeOfOthers = "place-of-others"
    /// A log that is packed in a way that is not read, and was not searched for an attacker's hosts.
    case packedLog = "packed-log"
    /// History of a git repository that was never fetched to this machine: a shallow clone. Arguments: how many commits are at its edge.
    case shallowHistory = "shallow-history"
    /// A path that lies inside another root of the same scan.
    case insideAnotherRoot = "inside-another-root"
  }

  /// What was read, by the extractor's id: `["npm/package-lock": 3]`.
  public var filesRead: [String: Int]
  /// Entries of every kind that the walk saw, folders included.
  public var entriesSeen: Int
  public var problems: [Problem]
  public var skipped: [Skip]

  public init(filesRead: [String: Int] = [:], entriesSeen: Int = 0, problems: [Problem] = [], skipped: [Skip] = []) {
    self.filesRead = filesRead
    self.entriesSeen = entriesSeen
    self.problems = problems
    self.skipped = skipped
  }

  /// Whether everything that should have been read was read.
  public var isComplete: Bool { problems.isEmpty }

  public var totalFilesRead: Int { filesRead.values.reduce(0, +) }
}
