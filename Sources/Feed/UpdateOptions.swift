// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What an update is asked to do.
public struct UpdateOptions: Sendable {
  /// Where the list of known exploited vulnerabilities comes from.
  public enum KnownExploitedSource: Hashable, Sendable {
    /// The public file where the advisories come from the public bucket; else the index keeps what it has.
    case automatic
    case none
    case address(FeedAddress)
    case file(String)

    /// The source that `text` names, as a user writes it; nil is ``automatic``.
    public init(_ text: String?, allowsPlain: Bool) throws(FeedError) {
      switch text {
      case nil: self = .automatic
      case "none"?: self = .none
      case let text?:
        guard let address = FeedAddress(text) else {
          self = .file(text)
          return
        }
        guard !address.isPlain || address.isLoopback || allowsPlain else {
          throw FeedError(.insecureAddress, address.redacted)
        }
        self = .address(address)
      }
    }
  }

  public var source: FeedSource
  /// Empty: those of the index, or, for a new one, those of the source.
  public var ecosystems: [String] = []
  /// The folder of the index.
  public var folder: String
  public var knownExploited = KnownExploitedSource.automatic
  /// Whether to wait for another update that is running.
  public var waits = true
  /// Takes a set that lost more than a tenth of its records.
  public var acceptsShrinking = false
  /// Reads the zips again, whatever the lists say.
  public var isWhole = false
  public var fetching = FetchSettings()
  /// Above so many changes the zip is read instead.
  public var changeLimit = 5000
  /// Seconds below the last time that is known in which records are read again: what was written in the same moments
  /// may come out later.
  public var overlap: Int64 = 60

  public init(source: FeedSource, folder: String) {
    self.source = source
    self.folder = folder
  }
}

/// What an update needs of the world, passed in.
public struct UpdateSurroundings {
  /// Seconds since 1970, UTC.
  public var now: () -> Double
  /// Seconds since some moment; never goes back.
  public var clock: () -> Double
  /// Gets what a person should know meanwhile.
  public var tell: (FeedNotice) -> Void
  /// Gets what is being done, several times a second.
  public var progress: (FeedProgress) -> Void

  public init(
    now: @escaping () -> Double, clock: @escaping () -> Double, tell: @escaping (FeedNotice) -> Void,
    progress: @escaping (FeedProgress) -> Void
  ) {
    self.now = now
    self.clock = clock
    self.tell = tell
    self.progress = progress
  }
}

/// What an update is doing right now.
public enum FeedProgress: Hashable, Sendable {
  case fetching(ecosystem: String, bytes: Int)
  case reading(ecosystem: String, records: Int)
  case finishing
}

/// Something that a person should know, and that does not end the update.
public enum FeedNotice: Hashable, Sendable {
  /// Another update holds this folder; this one waits.
  case waiting(folder: String)
  /// How many ecosystems a first update is about to bring in.
  case beginning(ecosystems: Int, source: String)
  /// The index that is there cannot be used: a new one is made, without the private records that it may have held.
  case indexUnusable(path: String, detail: String)
  /// The source lists an ecosystem and has no records of it.
  case ecosystemAbsent(String)
  /// The list names records that are not there; they are asked for again next time.
  case recordsAbsent(ecosystem: String, count: Int)
  /// Records that cannot be read at all.
  case recordsRefused(ecosystem: String, count: Int)
  /// The list of known exploited vulnerabilities could not be had; the index keeps the one before.
  case knownExploitedKept(FeedError)
  /// Something that is to be imported, and cannot be.
  case notTaken(ImportFault)
  /// How many more faults there are than were told.
  case moreNotTaken(Int)
}
