// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Who asks for whom in a lockfile of npm, resolved as Node.js does: from the package's own `node_modules` outwards.
struct PackageLockTree {
  private struct Package {
    let place: String
    let node: Int
    let asks: [String]
  }

  private var packages: [Package] = []
  /// The project itself is the empty place.
  private var projects: [(place: String, asks: [String])] = []
  private var nodes: [String: Int] = [:]
  private var links: [String: String] = [:]

  mutating func addPackage(_ place: String, node: Int, asks: [String]) {
    packages.append(Package(place: place, node: node, asks: asks))
    nodes[place] = node
  }

  mutating func addProject(_ place: String, asks: [String]) {
    projects.append((place, asks))
  }

  /// - Parameter target: The folder of a workspace member, as `addProject` has it.
  mutating func addLink(_ place: String, to target: String) {
    links[place] = target
  }

  /// Follows the extraction where it took packages back.
  mutating func renumber(_ numbers: [Int?]) {
    packages = packages.compactMap { package in
      numbers[package.node].map { Package(place: package.place, node: $0, asks: package.asks) }
    }
    nodes = nodes.compactMapValues { numbers[$0] }
  }

  /// - Complexity: O(packages × dependencies × depth of `node_modules`).
  func fill(_ graph: inout DependencyGraph) {
    for project in projects {
      for name in project.asks {
        guard let node = resolve(name, from: project.place) else { continue }
        graph.addRoot(node, project: project.place.isEmpty ? nil : project.place)
      }
    }
    var isAskedFor: Set<Int> = []
    for package in packages {
      for name in package.asks {
        guard let node = resolve(name, from: package.place) else { continue }
        graph.addEdge(from: package.node, to: node)
        isAskedFor.insert(node)
      }
    }
    // Version 1 and the hidden lockfile do not tell what the project asks for: whatever nobody else does.
    guard graph.roots.isEmpty else { return }
    for package in packages where !isAskedFor.contains(package.node) { graph.addRoot(package.node) }
  }

  private func resolve(_ name: String, from place: String) -> Int? {
    var folder = Substring(place)
    while true {
      let candidate = folder.isEmpty ? "node_modules/\(name)" : "\(folder)/node_modules/\(name)"
      if let node = nodes[candidate] { return node }
      if links[candidate] != nil { return nil }  // A workspace member: what it asks for is a root of its own.
      guard !folder.isEmpty else { return nil }
      folder = Self.parent(of: folder)
    }
  }

  private static func parent(of folder: Substring) -> Substring {
    guard let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    var parent = folder[..<slash]
    // `node_modules` itself is no place that has a `node_modules`.
    if parent.hasSuffix("/node_modules") { parent = parent.dropLast("/node_modules".count) }
    return parent == "node_modules" ? "" : parent
  }
}
