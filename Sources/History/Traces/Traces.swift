// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// What caches, logs and shell histories say of wanted packages, and which of them were read.
public struct Traces: Sendable {
  /// One known place, and what became of it.
  public struct Reading: Hashable, Sendable {
    public enum State: String, Sendable {
      /// Read; where something in it was not, a problem says so.
      case read
      /// There is no such place.
      case absent
      /// It lies below no folder that may be read.
      case outside
      /// It could not be opened; a problem says why.
      case unread
    }

    public var kind: TracePlace
    public var path: String
    public var state: State
    /// How many entries of a cache, files of logs or lines of a history were looked at.
    public var entries: Int
    /// Of logs: when the oldest that is kept was begun, in seconds since 1970. Nothing is told of the time before.
    public var oldest: Int64?
    /// Lines of an index that were passed over, as its own tool does: cut ones, and those whose check digits are wrong.
    public var passedOver: Int

    public init(
      _ kind: TracePlace, path: String, _ state: State, entries: Int = 0, oldest: Int64? = nil, passedOver: Int = 0
    ) {
      self.kind = kind
      self.path = path
      self.state = state
      self.entries = entries
      self.oldest = oldest
      self.passedOver = passedOver
    }
  }

  public var sightings: [PastSighting] = []
  public var problems: [Coverage.Problem] = []
  public var readings: [Reading] = []

  /// Looks for traces of `wanted` in every place that is known.
  ///
  /// A cache tells since when something lies there. A log or a history tells of moments: what is seen in one begins and ends then, and
  /// where the line has no time of its own it has no beginning, and ended before the file was last written.
  /// - Parameters:
  ///   - places: The folders that may be read. All opening happens below them.
  ///   - home: The absolute path of the user's home.
  ///   - environment: The variables that say where tools keep their caches. Only these are looked at.
  ///   - found: Caches that a walk has found; those at the known places need not be among them.
  ///   - now: In seconds since 1970, UTC.
  /// - Complexity: One look at each entry of npm's, pip's and pnpm's indexes, whose files are named by hashes; for the others a listing of
  ///   the folders that can hold a wanted name.
  public init(
    of wanted: WantedPackages, in places: TraceRoots, home: String, environment: [String: String] = [:],
    found: [FoundCache] = [], limits: TraceLimits = TraceLimits(), now: Int64
  ) {
    guard !wanted.isEmpty else { return }
    let reader = TraceReader(
      wanted, places, home: home, environment: environment, found: found, limits: limits, now: now)
    NPMCache(reader).read()
    NPMLogs(reader).read()
    CacheLayouts(reader).read()
    PNPMStore(reader).read()
    PipDownloads(reader).read()
    PythonLogs(reader).read()
    ShellHistories(reader).read()
    self = reader.traces
  }

  init() {}
}

/// The bounds of looking for traces. What one of them cuts off is told.
public struct TraceLimits: Hashable, Sendable {
  /// Entries of one place: files of a cache, lines of a log or history.
  public var entries: Int
  /// Bytes of one index file of a cache.
  public var indexBytes: Int
  /// Bytes of one log or history.
  public var textBytes: Int

  public init(entries: Int = 1_000_000, indexBytes: Int = 16 << 20, textBytes: Int = 64 << 20) {
    self.entries = entries
    self.indexBytes = indexBytes
    self.textBytes = textBytes
  }
}
