// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Who asks for whom in one lockfile: nodes are numbers that the extractor gives, roots are what the project itself asks for.
///
/// A workspace's own packages need not be nodes: what they ask for are roots as well, with the workspace's name as ``Root/project``.
public struct DependencyGraph: Sendable {
  /// A package that a project asks for itself.
  public struct Root: Hashable, Sendable {
    public let node: Int
    /// The workspace member that asks, where that is not the top project; it comes first in `via`.
    public let project: String?
  }

  /// The longest chain that is told. Real ones have hardly twenty steps; a file made to hurt can have as many as packages, and
  /// then all chains together would take the square of that in memory.
  static let longestChain = 64
  /// Steps of all chains of one file together.
  static let mostSteps = 4_000_000

  public private(set) var roots: [Root] = []
  private var edges: [(from: Int, to: Int)] = []

  public init() {}

  public mutating func addRoot(_ node: Int, project: String? = nil) {
    roots.append(Root(node: node, project: project))
  }

  public mutating func addEdge(from: Int, to: Int) {
    edges.append((from, to))
  }

  /// For each node the shortest chain from a project to it, project first and the node itself left out; nil where nothing leads there,
  /// where the chain is longer than ``longestChain``, and once ``mostSteps`` have been told.
  ///
  /// Breadth first, roots without a project before those of workspace members, so the answer does not depend on hash order.
  /// - Parameter titles: One for each node, as it is to stand in the chain.
  /// - Complexity: O(nodes + edges), and the length of the chains, which is bounded.
  public func shortestPaths(titles: [String]) -> [[String]?] {
    let steps = predecessors(count: titles.count)
    var told = 0
    return titles.indices.map { node in
      guard told < Self.mostSteps, let chain = chain(to: node, steps: steps, titles: titles) else { return nil }
      told += chain.count
      return chain
    }
  }

  /// How a node was first reached.
  private enum Step {
    case unreached
    case root(project: String?)
    case node(Int)
  }

  private func predecessors(count: Int) -> [Step] {
    var steps = [Step](repeating: .unreached, count: count)
    var queue: [Int] = []
    for root in roots.filter({ $0.project == nil }) + roots.filter({ $0.project != nil }) {
      guard steps.indices.contains(root.node), case .unreached = steps[root.node] else { continue }
      steps[root.node] = .root(project: root.project)
      queue.append(root.node)
    }
    let (starts, targets) = adjacency(count: count)
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for target in targets[starts[node]..<starts[node + 1]] {
        guard case .unreached = steps[target] else { continue }
        steps[target] = .node(node)
        queue.append(target)
      }
    }
    return steps
  }

  /// The edges sorted by origin: those of node n are `targets[starts[n]..<starts[n + 1]]`, in the order they were added.
  private func adjacency(count: Int) -> (starts: [Int], targets: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    let valid = edges.filter { (0..<count).contains($0.from) && (0..<count).contains($0.to) }
    for edge in valid { starts[edge.from + 1] += 1 }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var next = starts
    var targets = [Int](repeating: 0, count: valid.count)
    for edge in valid {
      targets[next[edge.from]] = edge.to
      next[edge.from] += 1
    }
    return (starts, targets)
  }

  private func chain(to node: Int, steps: [Step], titles: [String]) -> [String]? {
    var chain: [String] = []
    var current = node
    while true {
      switch steps[current] {
      case .unreached: return nil
      case .root(let project):
        if let project { chain.append(project) }
        return chain.reversed()
      case .node(let previous):
        guard chain.count < Self.longestChain else { return nil }
        chain.append(titles[previous])
        current = previous
      }
    }
  }
}
