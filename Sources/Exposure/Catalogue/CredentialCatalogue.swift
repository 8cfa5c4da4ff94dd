// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CCredentials
public import Inventory
public import Parsing

/// Every kind of credential that we know: where it lies, and what to do once it was read.
///
/// `Schemas/credentials-1.schema.json` describes the files of `Credentials/`, which are compiled into the program.
public struct CredentialCatalogue: Sendable {
  /// In the order in which they are replaced.
  public internal(set) var kinds: [CredentialKind] = []
  /// What leaves less to lose, the most worth first.
  public internal(set) var ways: [EasierWay] = []
  /// The last components of paths, anywhere in projects, under which a credential may lie: signs that a name tells, to be looked at
  /// by ``CredentialFinder/look(at:pattern:shown:)`` with the number that a sign has here.
  public private(set) var projectSigns: [Sign] = []

  var rules: [CredentialRule] = []
  /// For each of ``projectSigns`` the rules of files of that name.
  private(set) var projectRules: [[Int]] = []

  init() {}

  /// The catalogue in the program.
  /// - Throws: ``ParseError`` where it is no catalogue: a fault of ours, which a test rules out.
  /// - Complexity: O(its size): a few milliseconds.
  public static func embedded() throws(ParseError) -> CredentialCatalogue {
    var length = 0
    let text = gifthorse_credentials(&length)
    return try CredentialCatalogue(json: Bytes(start: text, count: length))
  }

  /// The kind with this id.
  public func kind(_ id: String) -> CredentialKind? { kinds.first { $0.id == id } }

  /// Lays out what is read: to be called once, at its end.
  mutating func complete() {
    var numbers: [String: Int] = [:]
    for (number, rule) in rules.enumerated() {
      for path in rule.paths where path.anchor == .project {
        let text = path.parts.joined(separator: "/")
        if numbers[text] == nil {
          numbers[text] = projectSigns.count
          projectSigns.append(Sign(kind: .file, path: text))
          projectRules.append([])
        }
        if let sign = numbers[text] { projectRules[sign].append(number) }
      }
    }
  }

  /// Files and folders outside of a home that a search looks into, absolute: what a program that confines itself has to leave readable.
  /// - Parameter environment: Values count only where a variable says where a file lies.
  public func places(environment: [String: String] = [:]) -> [String] {
    var seen: Set<String> = []
    var found: [String] = []
    for path in rules.lazy.flatMap(\.paths) {
      for parts in path.absolute(environment) {
        // What is written out, and of a pattern the folder that is listed.
        let fixed = parts.prefix { !$0.contains("*") }
        let place = "/" + fixed.joined(separator: "/")
        if !fixed.isEmpty, seen.insert(place).inserted { found.append(place) }
      }
    }
    return found
  }
}

extension CredentialPath {
  /// The components of each absolute path that it stands for; none for what lies in a home or in a project.
  func absolute(_ environment: [String: String]) -> [[String]] {
    switch anchor {
    case .home, .project: return []
    case .root: return [parts]
    case .variable(let name, let isList):
      guard let value = environment[name], value.utf8.count <= 8192 else { return [] }
      let values = isList ? value.split(separator: ":").map(String.init) : [value]
      return values.prefix(64).compactMap { Self.components($0) }.map { $0 + parts }
    }
  }

  /// nil for what is no plain absolute path: there is no telling where a program would look for it.
  static func components(_ value: String) -> [String]? {
    var value = value[...]
    // As Kerberos writes the places of its tickets.
    if value.hasPrefix("FILE:") { value = value.dropFirst(5) }
    guard value.hasPrefix("/"), !value.utf8.contains(0) else { return nil }
    let parts = value.split(separator: "/").map(String.init)
    guard parts.count <= 64, !parts.contains(where: { $0 == "." || $0 == ".." || $0.contains("*") }) else { return nil }
    return parts
  }
}
