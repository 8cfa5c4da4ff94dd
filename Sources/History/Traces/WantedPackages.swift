// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// The packages that traces are looked for of: names, and which of their versions.
public struct WantedPackages: Sendable {
  /// Whether a version is one of those.
  public enum Certainty: Sendable {
    case wanted
    /// The version cannot be compared with the range that a record names.
    case unclear
    case unwanted
  }

  /// Says of a version, as the ecosystem writes it, whether it is wanted.
  public typealias Judge = @Sendable (_ version: String) -> Certainty

  private struct Key: Hashable {
    let ecosystem: String
    /// In the spelling of ``Ecosystem/matchingName(_:)``.
    let name: String
  }

  private var judges: [Key: [Judge]] = [:]
  private var namesByEcosystem: [String: [String]] = [:]

  /// Several rows may name one package: a version is wanted if one of them wants it.
  public init(_ rows: [(ecosystem: Ecosystem, name: String, judge: Judge)]) {
    var named: Set<Key> = []
    for row in rows {
      let key = Self.key(row.ecosystem, row.name)
      // Names of Python packages are told as normalised everywhere; the others' own spelling is what folders are named for.
      let name = row.ecosystem.base == "PyPI" ? key.name : row.name
      if named.insert(Key(ecosystem: key.ecosystem, name: name)).inserted {
        namesByEcosystem[key.ecosystem, default: []].append(name)
      }
      judges[key, default: []].append(row.judge)
    }
  }

  /// Just these versions; a package without one stands for all of them.
  public init(_ packages: [Package]) {
    self.init(
      packages.map { package in
        (package.ecosystem, package.name, { package.version == nil || package.version == $0 ? .wanted : .unwanted })
      })
  }

  public var isEmpty: Bool { judges.isEmpty }

  /// The wanted names of an ecosystem, as they were given.
  func names(in ecosystem: Ecosystem) -> [String] { namesByEcosystem[ecosystem.base] ?? [] }

  /// nil where no package of that name is wanted.
  func judge(_ ecosystem: Ecosystem, _ name: String, _ version: String) -> Certainty? {
    guard let judges = judges[Self.key(ecosystem, name)] else { return nil }
    var isUnclear = false
    for judge in judges {
      switch judge(version) {
      case .wanted: return .wanted
      case .unclear: isUnclear = true
      case .unwanted: continue
      }
    }
    return isUnclear ? .unclear : .unwanted
  }

  func hasName(_ ecosystem: Ecosystem, _ name: String) -> Bool { judges[Self.key(ecosystem, name)] != nil }

  private static func key(_ ecosystem: Ecosystem, _ name: String) -> Key {
    Key(ecosystem: ecosystem.base, name: ecosystem.matchingName(name))
  }
}
