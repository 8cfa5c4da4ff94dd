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
  private var membersLeft = Self.limit

  /// How many entries all sets may have together.
  static let limit = 4_000_000

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

  /// Entries that are in the same sets, with the numbers of these, in the order in which they were first seen.
  func alike() -> [(sets: [UInt32], entries: [UInt32])] {
    var setsOfEntries = [[UInt32]](repeating: [], count: entries.count)
    for (number, set) in sets.enumerated() {
      for entry in set { setsOfEntries[Int(entry)].append(UInt32(number)) }
    }
    var entriesOfSets: [[UInt32]: [UInt32]] = [:]
    for (entry, list) in setsOfEntries.enumerated() { entriesOfSets[list, default: []].append(UInt32(entry)) }
    return entriesOfSets.sorted { $0.value[0] < $1.value[0] }.map { (sets: $0.key, entries: $0.value) }
  }
}
