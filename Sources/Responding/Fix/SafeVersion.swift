// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import Inventory
internal import Versions

/// The version to go to from a bad one, and how far it is vouched for.
public struct SafeVersion: Hashable, Sendable {
  /// Who names it. Stable: part of the JSON contract.
  public enum Origin: String, CaseIterable, Sendable {
    /// The incident names it as clean.
    case incident
    /// The incident names it as a neighbour believed to be clean; no source confirms it.
    case incidentUnverified = "incident-unverified"
    /// The first version in which no record finds anything.
    case records
  }

  public var version: String
  public var origin: Origin
  /// Whether it is older than the bad one.
  public var isOlder: Bool
  /// Whether the incident is less than sure of it: its record says so, and which others are surer.
  public var isLessSure = false

  public init(version: String, origin: Origin, isOlder: Bool) {
    self.version = version
    self.origin = origin
    self.isOlder = isOlder
  }

  /// Chooses the nearest version of the same line: of the same major and minor, else the same major, else any; within these the nearest older
  /// one, else the nearest newer one, for a release that was made after an attack is newer code that nobody here has run.
  ///
  /// - Parameters:
  ///   - safe: Versions that the incident names as clean.
  ///   - unverified: Its neighbours; taken only where nothing else is left.
  ///   - upgrade: The version that ends what records find.
  ///   - isBad: Whether anything known on this machine condemns a version.
  /// - Returns: nil where no version is left.
  public static func choose(
    for package: Package, safe: [String], unverified: [String], upgrade: String?, isBad: (Package) -> Bool
  ) -> SafeVersion? {
    let groups: [(Origin, [String])] = [
      (.incident, safe), (.records, upgrade.map { [$0] } ?? []), (.incidentUnverified, unverified),
    ]
    for (origin, versions) in groups {
      let allowed = versions.filter {
        $0 != package.version && !isBad(Package(ecosystem: package.ecosystem, name: package.name, version: $0))
      }
      if let found = nearest(to: package, among: allowed) {
        return SafeVersion(version: found.version, origin: origin, isOlder: found.isOlder)
      }
    }
    return nil
  }

  private static func nearest(to package: Package, among versions: [String]) -> (version: String, isOlder: Bool)? {
    guard let bad = package.version, let scheme = scheme(for: package.ecosystem) else { return nil }
    let line = numbers(bad)
    for depth in [2, 1, 0] {
      let candidates = versions.filter {
        line.count >= depth && numbers($0).prefix(depth).elementsEqual(line.prefix(depth))
      }
      let older = candidates.filter { scheme.compare($0, bad) == .ascending }
      if let best = best(older, scheme, wants: .descending) { return (best, true) }
      let newer = candidates.filter { scheme.compare($0, bad) == .descending }
      if let best = best(newer, scheme, wants: .ascending) { return (best, false) }
    }
    return nil
  }

  private static func best(_ versions: [String], _ scheme: any VersionScheme.Type, wants: VersionOrder) -> String? {
    versions.dropFirst().reduce(versions.first) { best, next in
      best.flatMap { scheme.compare(next, $0) == wants ? next : $0 }
    }
  }

  /// The numbers at a version's beginning: `v9.1.6-beta` → 9, 1, 6.
  private static func numbers(_ version: String) -> [Int] {
    var bytes = version.utf8[...]
    if let first = bytes.first, first | 0x20 == UInt8(ascii: "v") { bytes.removeFirst() }
    let core = bytes.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    return core.split(separator: UInt8(ascii: ".")).prefix(3).compactMap { Int(Substring($0)) }
  }
}
