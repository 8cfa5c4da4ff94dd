// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package's key in `deno.lock`: `name@1.0.0`, with the peers it was resolved with behind an underscore.
struct DenoPackageID {
  let name: String
  let version: String

  /// nil where there is no exact version.
  init?(_ text: String) {
    guard let at = Self.separator(in: text) else { return nil }
    guard let version = Self.version(in: text[text.utf8.index(after: at)...]) else { return nil }
    name = String(text[..<at])
    self.version = version
  }

  /// The exact version at the beginning of `1.0.0_peer@2.0.0`.
  static func version(in text: Substring) -> String? {
    let version = NPMVersion.normalised(String(Substring(text.utf8.prefix { $0 != UInt8(ascii: "_") })))
    return NPMVersion.isExact(version) ? version : nil
  }

  /// The first `@` that does not begin a scope.
  static func separator(in text: String) -> String.Index? {
    let bytes = text.utf8
    guard bytes.count > 1 else { return nil }
    return bytes[bytes.index(after: bytes.startIndex)...].firstIndex(of: UInt8(ascii: "@"))
  }

  /// `real@1.0.0` of `alias@npm:real@1.0.0`.
  static func withoutAlias(_ text: String) -> String {
    guard let at = separator(in: text) else { return text }
    let rest = text[text.utf8.index(after: at)...]
    return rest.hasPrefix("npm:") ? String(rest.dropFirst(4)) : text
  }
}

/// Who asks for whom in `deno.lock`. All keys begin with their registry: `npm:chalk@5.3.0`, `jsr:@std/path@1.0.6`.
struct DenoLockGraph {
  /// What was asked for, and the key of the package that it was resolved to.
  struct Specifier {
    let text: String
    let id: String
    let line: Int
  }

  private struct Asking {
    /// nil for a project.
    let node: Int?
    let project: String?
    let reference: String
    /// Whether a bare name stands for its one specifier (JSR packages, projects) or for its one package (npm).
    let isSpecifier: Bool
  }

  private(set) var specifiers: [Specifier] = []
  private var nodes: [String: Int] = [:]
  /// By name with registry; nil where there are several.
  private var onlyNodes: [String: Int?] = [:]
  private var askings: [Asking] = []

  /// - Parameter resolved: A version (from version 4 on), or a package's key with or without the registry.
  /// - Returns: Whether it was understood.
  mutating func addSpecifier(_ text: String, resolved: String, line: Int) -> Bool {
    let registry = text.prefix(4)
    guard registry == "npm:" || registry == "jsr:" else { return false }
    let id: String
    if resolved.hasPrefix("npm:") || resolved.hasPrefix("jsr:") {
      id = resolved
    } else if DenoPackageID.version(in: resolved[...]) != nil {
      id = "\(Self.name(of: text))@\(resolved)"
    } else {
      id = registry + resolved
    }
    guard DenoPackageID(String(id.dropFirst(4))) != nil else { return false }
    specifiers.append(Specifier(text: text, id: id, line: line))
    return true
  }

  mutating func addPackage(_ key: String, name: String, node: Int, asks: [String]) {
    nodes[key] = node
    let name = "\(key.prefix(4))\(name)"
    onlyNodes[name] = onlyNodes[name] == nil ? .some(node) : .some(nil)
    let isSpecifier = key.hasPrefix("jsr:")
    for reference in asks {
      askings.append(Asking(node: node, project: nil, reference: reference, isSpecifier: isSpecifier))
    }
  }

  mutating func addProject(_ project: String?, asks specifier: String) {
    askings.append(Asking(node: nil, project: project, reference: specifier, isSpecifier: true))
  }

  /// Specifiers whose package is not listed, each package once.
  var unlisted: [Specifier] {
    var seen: Set<String> = []
    return specifiers.filter { nodes[$0.id] == nil && seen.insert($0.id).inserted }
  }

  /// - Complexity: O(specifiers + packages + dependencies).
  func fill(_ graph: inout DependencyGraph) {
    var numbers: [String: Int] = [:]
    // By name; nil where there are several.
    var only: [String: Int?] = [:]
    for (number, specifier) in specifiers.enumerated() {
      numbers[specifier.text] = number
      let name = Self.name(of: specifier.text)
      only[name] = only[name] == nil ? .some(number) : .some(nil)
    }
    var isAskedFor = [Bool](repeating: false, count: specifiers.count)
    for asking in askings {
      let number = asking.isSpecifier ? numbers[asking.reference] ?? only[Self.bareName(asking.reference)] ?? nil : nil
      if let number { isAskedFor[number] = true }
      let node = number.flatMap { nodes[specifiers[$0].id] } ?? node(asking.reference)
      guard let node else { continue }
      if let origin = asking.node {
        graph.addEdge(from: origin, to: node)
      } else {
        graph.addRoot(node, project: asking.project)
      }
    }
    // What no package and no configuration asks for, a module of the project does.
    for (number, specifier) in specifiers.enumerated() where !isAskedFor[number] {
      if let node = nodes[specifier.id] { graph.addRoot(node) }
    }
  }

  private func node(_ reference: String) -> Int? {
    nodes[reference] ?? onlyNodes[reference] ?? nil
  }

  /// A name for which `*` was asked is written with it or without.
  private static func bareName(_ reference: String) -> String {
    reference.hasSuffix("@*") ? String(reference.dropLast(2)) : reference
  }

  /// `npm:chalk` of `npm:chalk@5`.
  private static func name(of specifier: String) -> String {
    let rest = String(specifier.dropFirst(4))
    guard let at = DenoPackageID.separator(in: rest) else { return specifier }
    return "\(specifier.prefix(4))\(rest[..<at])"
  }
}
