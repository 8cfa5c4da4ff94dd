// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The commits of a repository by small numbers, with their parents.
struct CommitTable {
  private(set) var ids: [GitObjectID] = []
  private(set) var trees: [GitObjectID] = []
  /// Since 1970, UTC; ``unknownTime`` where the commit does not tell.
  private(set) var seconds: [Int64] = []
  /// Whether there were commits before it that are not here: the edge of a shallow clone, or a missing parent.
  private(set) var isCut: [Bool] = []
  private var parentStarts: [Int32] = [0]
  private var parentNumbers: [Int32] = []
  /// Open addressing; a commit's number plus one, and 0 for nothing. A dictionary would take three times the memory.
  private var slots: [Int32] = Array(repeating: 0, count: 1 << 12)

  static let unknownTime = Int64.min
  static let limit = 20_000_000

  var count: Int { ids.count }

  func parents(_ commit: Int) -> ArraySlice<Int32> {
    parentNumbers[Int(parentStarts[commit])..<Int(parentStarts[commit + 1])]
  }

  func number(_ id: GitObjectID) -> Int? {
    let slot = slots[slot(of: id)]
    return slot == 0 ? nil : Int(slot) - 1
  }

  /// The slot that holds the name, or the free one where it belongs.
  private func slot(of id: GitObjectID) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: id.quickHash) & mask
    while slots[place] != 0, ids[Int(slots[place]) - 1] != id { place = (place + 1) & mask }
    return place
  }

  mutating func add(_ id: GitObjectID, tree: GitObjectID, seconds time: Int64?, isCut cut: Bool) {
    slots[slot(of: id)] = Int32(count + 1)
    ids.append(id)
    trees.append(tree)
    seconds.append(time ?? Self.unknownTime)
    isCut.append(cut)
    if count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, id) in ids.enumerated() {
      var place = Int(truncatingIfNeeded: id.quickHash) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = Int32(number + 1)
    }
  }

  /// Says who the parents of all commits are, in the order in which these were added; those that are not here are
  /// left out.
  ///
  /// - Parameters:
  ///   - counts: How many each commit has.
  ///   - parents: All of them, one commit's after the other's.
  mutating func connect(counts: [Int32], _ parents: [GitObjectID]) {
    var next = 0
    for (commit, count) in counts.enumerated() {
      for id in parents[next..<next + Int(count)] {
        if let parent = number(id) { parentNumbers.append(Int32(parent)) } else { isCut[commit] = true }
      }
      next += Int(count)
      parentStarts.append(Int32(parentNumbers.count))
    }
  }

  /// All commits, each before its parents.
  ///
  /// - Returns: Also whether some led to themselves, which no real history can. Their parents are then forgotten.
  mutating func order() -> (order: [Int32], hasCycle: Bool) {
    var children = [Int32](repeating: 0, count: count)
    for parent in parentNumbers { children[Int(parent)] += 1 }
    var order = (0..<Int32(count)).filter { children[Int($0)] == 0 }
    var next = 0
    while next < order.count {
      for parent in parents(Int(order[next])) {
        children[Int(parent)] -= 1
        if children[Int(parent)] == 0 { order.append(parent) }
      }
      next += 1
    }
    guard order.count < count else { return (order, false) }
    forgetParents { children[$0] > 0 }
    return (order + (0..<Int32(count)).filter { children[Int($0)] > 0 }, true)
  }

  private mutating func forgetParents(of isForgotten: (Int) -> Bool) {
    var (starts, numbers): ([Int32], [Int32]) = ([0], [])
    for commit in 0..<count {
      if isForgotten(commit) { isCut[commit] = true } else { numbers += parents(commit) }
      starts.append(Int32(numbers.count))
    }
    (parentStarts, parentNumbers) = (starts, numbers)
  }
}
