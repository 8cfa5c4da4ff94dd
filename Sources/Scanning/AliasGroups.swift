// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Records that are about one and the same thing, because one names the other or both name a third.
struct AliasGroups {
  private var members: [String] = []
  /// For each member the one that stands for its group; that one stands for itself.
  private var parents: [Int] = []
  private var byName: [String: Int] = [:]

  /// Adds a member that is known by its own name and by others.
  mutating func add(_ member: String, names: [String]) {
    let number = members.count
    members.append(member)
    parents.append(number)
    for name in [member] + names {
      if let other = byName[name] { union(number, other) } else { byName[name] = number }
    }
  }

  /// Makes one group of two members' groups.
  mutating func join(_ first: String, _ second: String) {
    guard let one = byName[first], let other = byName[second] else { return }
    union(one, other)
  }

  private mutating func union(_ first: Int, _ second: Int) {
    let (one, other) = (root(first), root(second))
    if one != other { parents[max(one, other)] = min(one, other) }
  }

  private func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number { number = parents[number] }
    return number
  }

  /// In the order of their first members.
  var groups: [Set<String>] {
    var order: [Int] = []
    var groups: [Int: Set<String>] = [:]
    for (number, member) in members.enumerated() {
      let root = root(number)
      if groups[root] == nil { order.append(root) }
      groups[root, default: []].insert(member)
    }
    return order.compactMap { groups[$0] }
  }
}
