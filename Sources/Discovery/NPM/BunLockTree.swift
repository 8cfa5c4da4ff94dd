// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Who asks for whom in `bun.lock`, whose keys are paths of names: `a/b` is the `b` that `a` alone sees.
///
/// A name is looked up below the asking package's own key, then below each key outwards, as Node.js looks into
/// `node_modules`.
struct BunLockTree {
  /// A name below a place.
  private struct Step: Hashable {
    let parent: Int
    let name: Int
  }

  private enum Content {
    /// Only a part of longer keys.
    case nothing
    case package(node: Int)
    /// A workspace member or a linked folder: what it asks for are roots.
    case own
  }

  private struct Asking {
    let place: Int
    /// nil for a project.
    let node: Int?
    let project: String?
    let names: [Int]
  }

  private let depthLimit: Int
  private let placeLimit: Int
  private var names: [String: Int] = [:]
  private var places: [Step: Int] = [:]
  /// Place 0 is the top folder, its own parent.
  private var parents = [0]
  private var contents = [Content.nothing]
  private var askings: [Asking] = []

  init(depthLimit: Int, placeLimit: Int) {
    self.depthLimit = depthLimit
    self.placeLimit = placeLimit
  }

  /// The number that stands for a name, so that a name costs its bytes only once.
  mutating func number(ofName name: String) -> Int {
    if let number = names[name] { return number }
    names[name] = names.count
    return names.count - 1
  }

  mutating func addPackage(_ key: String, node: Int, asks: [Int]) {
    guard let place = place(ofKey: key) else { return }
    contents[place] = .package(node: node)
    askings.append(Asking(place: place, node: node, project: nil, names: asks))
  }

  mutating func addOwn(_ key: String) {
    guard let place = place(ofKey: key) else { return }
    contents[place] = .own
  }

  /// - Parameters:
  ///   - project: The folder; nil for the top project.
  ///   - name: The name below which packages lie that only this project sees.
  mutating func addProject(_ project: String?, name: String?, asks: [Int]) {
    let folder = project == nil ? nil : name.flatMap { place(ofKey: $0) }
    askings.append(Asking(place: folder ?? 0, node: nil, project: project, names: asks))
  }

  /// - Complexity: O(dependencies × depth of the keys).
  func fill(_ graph: inout DependencyGraph) {
    for asking in askings {
      for name in asking.names {
        guard let target = resolve(name, from: asking.place) else { continue }
        if let node = asking.node {
          graph.addEdge(from: node, to: target)
        } else {
          graph.addRoot(target, project: asking.project)
        }
      }
    }
  }

  private func resolve(_ name: Int, from place: Int) -> Int? {
    var folder = place
    while true {
      if let found = places[Step(parent: folder, name: name)] {
        switch contents[found] {
        case .package(let node): return node
        case .own: return nil
        case .nothing: break
        }
      }
      guard folder != 0 else { return nil }
      folder = parents[folder]
    }
  }

  /// nil for a key nested deeper than the limit.
  private mutating func place(ofKey key: String) -> Int? {
    var place = 0
    var depth = 0
    var rest = Substring(key)
    while !rest.isEmpty {
      depth += 1
      guard depth <= depthLimit, parents.count < placeLimit else { return nil }
      let name = Self.firstName(of: rest)
      rest = rest[name.endIndex...].dropFirst()
      let step = Step(parent: place, name: number(ofName: String(name)))
      if let known = places[step] {
        place = known
      } else {
        parents.append(place)
        contents.append(.nothing)
        place = parents.count - 1
        places[step] = place
      }
    }
    return place
  }

  /// Up to the next slash, or the one after it where a scope begins the name.
  private static func firstName(of path: Substring) -> Substring {
    let bytes = path.utf8
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return path }
    guard bytes.first == UInt8(ascii: "@") else { return path[..<slash] }
    let end = bytes[bytes.index(after: slash)...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
    return path[..<end]
  }
}
