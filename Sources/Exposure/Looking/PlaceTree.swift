// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Paths below one folder, as a tree: each folder is opened once, and what is not there costs one call for all that would lie in it.
struct PlaceTree {
  struct Node {
    /// By name, and by pattern.
    var children: [(name: Wildcard, text: String, node: Int)] = []
    /// The rules of what lies here.
    var rules: [Int] = []
  }

  private(set) var nodes = [Node()]

  /// - Parameter parts: Components; `*` stands for anything within one.
  mutating func add(_ parts: [String], rule: Int) {
    guard !parts.isEmpty else { return }
    var at = 0
    for part in parts {
      if let child = nodes[at].children.first(where: { $0.text == part }) {
        at = child.node
      } else {
        nodes.append(Node())
        nodes[at].children.append((Wildcard(part), part, nodes.count - 1))
        at = nodes.count - 1
      }
    }
    if !nodes[at].rules.contains(rule) { nodes[at].rules.append(rule) }
  }

  var isEmpty: Bool { nodes.count == 1 }
}
