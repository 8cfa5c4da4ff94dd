// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Versions

/// Finds incidents by what people call them: an id, an advisory, a package.
public struct IncidentSearch: Sendable {
  private let incidents: [Incident]

  public init(_ incidents: [Incident]) {
    self.incidents = incidents
  }

  /// The incidents that `text` names: the one of this id, else those of this advisory, else those about this package.
  ///
  /// A package is named by its name in any spelling of its ecosystem, by a purl, or either with `@` and a version, which then must be
  /// a bad one or one that cannot be compared. Small and capital letters are the same.
  /// - Complexity: O(names of all incidents).
  public func matches(_ text: String) -> [Incident] {
    let wanted = Self.folded(text)
    guard !wanted.isEmpty else { return [] }
    for isMeant in [Self.hasID, Self.hasAdvisory, Self.hasPackage] {
      let found = incidents.filter { isMeant($0, wanted) }
      if !found.isEmpty { return found }
    }
    guard let (name, version) = Self.split(text) else { return [] }
    return incidents.filter { incident in
      incident.record.affected.contains { Self.isNamed($0, Self.folded(name)) && $0.evaluate(version) != .no }
    }
  }

  private static func hasID(_ incident: Incident, _ text: String) -> Bool { folded(incident.record.id) == text }

  private static func hasAdvisory(_ incident: Incident, _ text: String) -> Bool {
    let variants = incident.detail.variants.values.flatMap { $0.aliases ?? [] }
    let advisories = incident.record.affected.flatMap(\.detail.advisories)
    let all =
      incident.record.aliases + incident.record.related + (incident.detail.aliases ?? []) + variants + advisories
    return all.contains { folded($0) == text }
  }

  private static func hasPackage(_ incident: Incident, _ text: String) -> Bool {
    incident.record.affected.contains { isNamed($0, text) }
  }

  /// - Parameter text: Folded.
  private static func isNamed(_ affected: AffectedPackage, _ text: String) -> Bool {
    guard !text.hasPrefix("pkg:") else {
      let package = Package(ecosystem: affected.ecosystem, name: affected.name, version: nil)
      return folded(package.purl) == text
    }
    let ecosystem = affected.ecosystem
    return folded(ecosystem.matchingName(affected.name)) == ecosystem.matchingName(text)
  }

  /// The part before the last `@` and the part behind it, where both are there and the first is no scope.
  private static func split(_ text: String) -> (name: String, version: String)? {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at != text.startIndex else { return nil }
    let version = text[text.utf8.index(after: at)...].prefix { $0 != "?" && $0 != "#" }
    return version.isEmpty ? nil : (String(text[..<at]), String(version))
  }

  /// The same in small ASCII letters.
  static func folded(_ text: String) -> String {
    String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

// MARK: What somebody may have meant

extension IncidentSearch {
  /// More of a name is not looked at: nobody mistypes that much.
  private static let longestText = 64

  /// Ids of incidents whose id, or a package of which, is spelled nearly like `text` or holds it; the nearest first.
  /// - Complexity: O(names of all incidents × length²), with lengths bounded.
  public func near(_ text: String, most: Int = 5) -> [String] {
    let name = Self.split(text)?.name ?? text
    let wanted = Array(Self.folded(name).utf8.prefix(Self.longestText))
    guard wanted.count > 2 else { return [] }
    let ranked = incidents.compactMap { incident -> (rank: Int, id: String)? in
      let names = [incident.record.id] + incident.record.affected.map { $0.ecosystem.matchingName($0.name) }
      let rank = names.compactMap { Self.distance(wanted, Array(Self.folded($0).utf8)) }.min()
      return rank.map { ($0, incident.record.id) }
    }
    return ranked.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }.prefix(most).map(\.id)
  }

  /// How many letters must change, be added or taken away; 1 where one name is a part of the other; nil where they have too little in common.
  private static func distance(_ wanted: [UInt8], _ name: [UInt8]) -> Int? {
    let (short, long) = wanted.count < name.count ? (wanted, name) : (name, wanted)
    guard long.count <= 4 * longestText else { return nil }
    if short.count > 3, contains(long, short) { return 1 }
    let limit = wanted.count / 3
    guard long.count - short.count <= limit else { return nil }
    var row = Array(0...name.count)
    for (index, byte) in wanted.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in name.indices {
        let changed = diagonal + (name[column] == byte ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
      }
    }
    return row[name.count] <= limit ? row[name.count] : nil
  }

  private static func contains(_ long: [UInt8], _ short: [UInt8]) -> Bool {
    (0...(long.count - short.count)).contains { long[$0..<($0 + short.count)].elementsEqual(short) }
  }
}
