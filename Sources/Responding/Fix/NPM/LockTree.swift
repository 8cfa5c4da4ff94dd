// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Versions

/// Who gets what in a tree of `node_modules`: a package asks for a name, and gets the nearest one on the way up.
///
/// - Source: https://nodejs.org/api/modules.html#loading-from-node_modules-folders (read 2026-11-25)
struct LockTree {
  private var versions: [String: String?] = [:]
  private var asked: [String: [KnownEntries.Dependency]] = [:]
  private var roots: [String] = []
  /// In the file's order.
  private var keys: [String] = []

  /// - Parameter entries: By place: `node_modules/a/node_modules/b`; `""` and folders of members ask and are not installed.
  init(_ entries: [(key: String, version: String?, asks: [KnownEntries.Dependency])]) {
    for entry in entries {
      keys.append(entry.key)
      versions[entry.key] = .some(entry.version)
      asked[entry.key] = entry.asks
    }
  }

  /// Names that are asked for from the top, by nobody who is in the tree.
  mutating func addRoots(_ names: [String]) { roots += names }

  mutating func set(_ key: String, version: String, asks: [KnownEntries.Dependency]) {
    versions[key] = .some(version)
    asked[key] = asks
  }

  /// Every request.
  var asks: [(asker: String, dependency: KnownEntries.Dependency)] {
    keys.flatMap { key in (asked[key] ?? []).map { (key, $0) } }
  }

  func asks(of key: String) -> [KnownEntries.Dependency] { asked[key] ?? [] }

  /// The place of what `asker` gets for a name.
  func resolve(_ name: String, from asker: String) -> String? {
    var folder = asker
    while true {
      let key = folder.isEmpty ? "node_modules/" + name : folder + "/node_modules/" + name
      if versions[key] != nil { return key }
      if folder.isEmpty { return nil }
      folder = Self.parent(of: folder)
    }
  }

  /// The folder in which the one that holds this package looks on: what is before the last `/node_modules`, or for a member's folder the
  /// folder above.
  private static func parent(of folder: String) -> String {
    let parts = folder.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let node = parts.lastIndex { $0.elementsEqual("node_modules".utf8) }
    let kept = node.map { parts[..<$0] } ?? parts.dropLast()
    return kept.map { String(Substring($0)) }.joined(separator: "/")
  }

  func satisfies(_ dependency: KnownEntries.Dependency, from asker: String) -> Bool {
    guard let key = resolve(dependency.name, from: asker), let version = versions[key] ?? nil else {
      return false
    }
    return Self.takes(dependency.specifier, version, dependency.name)
  }

  static func takes(_ specifier: String, _ version: String, _ name: String) -> Bool {
    var text = specifier
    if text.utf8.starts(with: "npm:".utf8) {
      text =
        text.utf8.lastIndex(of: UInt8(ascii: "@")).map { String(text[text.utf8.index(after: $0)...]) }
        ?? String(text.dropFirst(4))
    }
    return text.isEmpty || SemVer.range(text)?.contains(version) == true
  }

  /// What the project needs, itself or through others.
  func reachable() -> Set<String> {
    var found: Set<String> = []
    var waiting = keys.filter { !$0.utf8.starts(with: "node_modules/".utf8) && !$0.contains("/node_modules/") }
    waiting += roots.compactMap { resolve($0, from: "") }
    while let key = waiting.popLast() {
      guard found.insert(key).inserted else { continue }
      waiting += (asked[key] ?? []).compactMap { resolve($0.name, from: key) }
    }
    return found
  }
}
