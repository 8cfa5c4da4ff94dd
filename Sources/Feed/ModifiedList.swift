// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// An ecosystem's `modified_id.csv`: lines `TIME,ID`, one for each of its records, newest first as text.
///
/// Newest first as text is not newest first: `…00Z` stands before `…00.5Z`. So every line is read, and its time parsed.
/// - Source: https://google.github.io/osv.dev/data/#downloading-recent-changes (read 2026-11-25)
struct ModifiedList {
  let file: OpenFile

  /// What one reading of the list tells.
  struct Summary {
    var count = 0
    /// The newest time that is not in the future.
    var newest: Moment?
    /// Lines at or after the time that was asked for, up to the limit.
    var changed: [(id: String, time: Moment)] = []
    /// Whether there were more of them.
    var hasMore = false
  }

  /// - Parameters:
  ///   - start: The time from which on a line counts as changed; nil where none does.
  ///   - now: Times after it are in the future. They count as changed, and are never the newest.
  func summary(changedFrom start: Moment?, now: Moment, limit: Int) throws(FeedError) -> Summary {
    var summary = Summary()
    try forEachLine { (id, time) throws(FeedError) -> Void in
      summary.count += 1
      if time <= now { summary.newest = max(summary.newest ?? time, time) }
      guard let start, time >= start else { return }
      if summary.changed.count < limit { summary.changed.append((id.string, time)) } else { summary.hasMore = true }
    }
    return summary
  }

  /// The lines that `isWanted` picks, up to `limit`, and how many there are in all.
  func lines(
    limit: Int, where isWanted: (Bytes, Moment) -> Bool
  ) throws(FeedError) -> (picked: [(id: String, time: Moment)], count: Int) {
    var picked: [(id: String, time: Moment)] = []
    var count = 0
    try forEachLine { (id, time) throws(FeedError) -> Void in
      guard isWanted(id, time) else { return }
      count += 1
      if picked.count < limit { picked.append((id.string, time)) }
    }
    return (picked, count)
  }

  /// The ids of all lines, sorted.
  func ids() throws(FeedError) -> HashedSet {
    var ids = HashedSet()
    try forEachLine { (id, _) throws(FeedError) -> Void in ids.insert(id) }
    ids.sort()
    return ids
  }

  /// - Throws: ``FeedError`` at a line that is none: a list that was cut off in the middle must not pass for a
  ///   short one.
  func forEachLine(_ body: (Bytes, Moment) throws(FeedError) -> Void) throws(FeedError) {
    try LineReader.forEachLine(of: file) { (line, number) throws(FeedError) -> Void in
      if line.isEmpty { return }
      guard let (time, id) = Self.parts(of: line), EcosystemName.isSoundID(id) else {
        throw FeedError(.unreadableList, file.path, "line \(number)")
      }
      try body(id, time)
    }
  }

  static func parts(of line: Bytes) -> (Moment, Bytes)? {
    guard let comma = line.firstOffset(of: UInt8(ascii: ",")), let time = Moment(line[slice: 0..<comma]) else {
      return nil
    }
    return (time, line[slice: (comma + 1)..<line.count])
  }

  /// The newest time, not after `now`, in the first lines of the list of the whole bucket; nil where there is none.
  static func newest(inBeginning bytes: Bytes, now: Moment) -> Moment? {
    var newest: Moment?
    var start = 0
    while let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start) {
      if let (time, _) = parts(of: bytes[slice: start..<end]), time <= now { newest = max(newest ?? time, time) }
      start = end + 1
    }
    return newest
  }
}
