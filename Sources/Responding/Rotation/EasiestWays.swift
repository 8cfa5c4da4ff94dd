// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Exposure

/// The easiest ways to have less to lose, out of what is here.
public struct EasiestWays: Sendable {
  /// One way, and what of the credentials it helps.
  public struct Way: Sendable {
    public let way: EasierWay
    public let sightings: [CredentialSighting]
  }

  /// The most worth first.
  public let ways: [Way]

  /// How long a credential lies unchanged before it counts as forgotten, in seconds: a year.
  static let forgottenAfter: Int64 = 365 * 86_400

  /// - Parameters:
  ///   - now: Seconds since 1970, UTC.
  ///   - most: How many there are to be at most.
  public init(_ sightings: [CredentialSighting], _ catalogue: CredentialCatalogue, now: Int64, most: Int = 3) {
    let all = catalogue.ways.lazy.map { way in
      Way(way: way, sightings: sightings.filter { Self.helps(way, $0, catalogue, now: now) })
    }
    ways = Array(all.filter { !$0.sightings.isEmpty }.prefix(most))
  }

  private static func helps(
    _ way: EasierWay, _ sighting: CredentialSighting, _ catalogue: CredentialCatalogue, now: Int64
  ) -> Bool {
    guard way.kinds.isEmpty || way.kinds.contains(sighting.kind) else { return false }
    switch way.when {
    case .any: return true
    case .unprotected: return sighting.protection == .none && sighting.place != .variable
    case .inHome: return sighting.reach == .home && sighting.path.hasSuffix("/.env")
    case .readableByOthers: return sighting.identity?.isReadableByOthers ?? false
    case .old:
      // A file that a program writes by itself says nothing of the age of what is in it, and one that does not change nothing either.
      guard catalogue.kind(sighting.kind)?.changesFile ?? false else { return false }
      return (sighting.age(at: now) ?? 0) > forgottenAfter
    }
  }
}
