// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// One bad package in one lockfile, wherever in history.
struct BadEntry: Hashable {
  /// In the repository.
  let path: [UInt8]
  let package: Package
}

/// Sets of bad entries, each kept once. Number 0 is the empty set, which is that of nearly every commit.
struct BadEntries {
  private(set) var entries: [BadEntry] = []
  private(set) var sets: [[UInt32]] = [[]]
  private var entryNumbers: [BadEntry: UInt32] = [:]
  private var setNumbers: [[UInt32]: UInt32] = [[]: 0]
  private var membersLeft = 4_000_000

  mutating func number(of entry: BadEntry) -> UInt32 {
    if let number = entryNumbers[entry] { return number }
    let number = UInt32(entries.count)
    entries.append(entry)
    entryNumbers[entry] = number
    return number
  }

  /// - Parameter members: In any order, also several times.
  /// - Returns: nil where there would be more than can be kept.
  mutating func set(of members: [UInt32]) -> UInt32? {
    if members.isEmpty { return 0 }
    var sorted = members.sorted()
    var kept = 0
    for member in sorted where kept == 0 || sorted[kept - 1] != member {
      sorted[kept] = member
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    if let number = setNumbers[sorted] { return number }
    guard membersLeft >= sorted.count else { return nil }
    membersLeft -= sorted.count
    let number = UInt32(sets.count)
    sets.append(sorted)
    setNumbers[sorted] = number
    return number
  }
}
