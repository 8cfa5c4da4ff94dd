// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Exposure

/// What to replace on account of an incident, in the order in which to do it.
///
/// A worm that waits for its stolen token to be revoked is stopped before anything is revoked; money is moved before all else; then what lets
/// a thief reach others (publishing tokens), then clouds, source, and the rest in the order of the catalogue. What a passphrase or a
/// device protects comes after what nothing protects, in its own group, and is not left out.
public struct RotationPlan: Sendable {
  /// One kind of credential, with each place where it lies.
  public struct Item: Hashable, Sendable {
    /// From 1.
    public let order: Int
    /// ``CredentialKind/id``
    public let kind: String
    public let places: [CredentialSighting]
    /// Why it counts as read, or does not; of several places the worst.
    public let reason: IncidentReads.Reason

    /// That of the least protected place.
    public var protection: Protection {
      places.map(\.protection).min { $0.strength < $1.strength } ?? .none
    }

    /// When one of its files was last written, seconds since 1970; nil where there is none.
    public var modified: Int64? { places.compactMap { $0.identity?.modified }.max() }
  }

  /// What comes before anything is revoked, in order: of ``IncidentCode/Cleanup``.
  public let before: [IncidentCode.Cleanup]
  /// What the incident read, or may have read.
  public let items: [Item]
  /// What is here and is not among what the incident reads. Its order goes on behind ``items``.
  public let others: [Item]
  /// Whether the record says what it reads. If not, all that is here is among ``items``.
  public let isReadKnown: Bool
  /// Whether all of it is to be done from another, clean computer.
  public let isFromAnotherComputer: Bool

  /// - Parameters:
  ///   - detail: The incident's, for the versions that were here.
  public init(_ sightings: [CredentialSighting], _ catalogue: CredentialCatalogue, for detail: IncidentDetail) {
    let reads = IncidentReads(detail.reads)
    let cleanup = detail.cleanup.compactMap(IncidentCode.Cleanup.init(rawValue:))
    let isMoneyFirst = reads.codes.contains(.wallets) || cleanup.contains(.moveFunds)
    before = Self.before(cleanup, isMoneyFirst: isMoneyFirst && sightings.contains { $0.isWallet(catalogue) })
    isReadKnown = reads.isKnown
    isFromAnotherComputer = cleanup.isEmpty || cleanup.contains(.rotateElsewhere)
    let groups = Self.grouped(sightings, catalogue, reads)
    let read = groups.filter { $0.reason != .notNamed }.sorted { $0.precedes($1, isMoneyFirst: isMoneyFirst) }
    let rest = groups.filter { $0.reason == .notNamed }.sorted { $0.precedes($1, isMoneyFirst: false) }
    items = read.enumerated().map { $1.item(order: $0 + 1) }
    others = rest.enumerated().map { $1.item(order: read.count + $0 + 1) }
  }

  /// What ends a watcher comes first whatever place it has in the record's list: a revoked token would set it off.
  private static func before(_ cleanup: [IncidentCode.Cleanup], isMoneyFirst: Bool) -> [IncidentCode.Cleanup] {
    var steps: [IncidentCode.Cleanup] = []
    if cleanup.contains(.stopWatchers) {
      steps = [.isolate, .stopWatchers, .removeHooks]
    } else {
      steps = [.isolate, .removeHooks].filter { cleanup.contains($0) }
    }
    return isMoneyFirst ? steps + [.moveFunds] : steps
  }

  /// One kind with its places, before it has its number.
  private struct Group {
    let kind: CredentialKind
    let places: [CredentialSighting]
    let reason: IncidentReads.Reason

    func item(order: Int) -> Item { Item(order: order, kind: kind.id, places: places, reason: reason) }

    func precedes(_ other: Group, isMoneyFirst: Bool) -> Bool {
      func key(_ group: Group) -> (Int, Int, Int, Int) {
        let isMoney = isMoneyFirst && group.kind.group == walletGroup
        let strength = group.places.map(\.protection.strength).min() ?? 0
        // Within its group, what a passphrase or a device protects comes last.
        let isProtected = strength >= Protection.passphrase.strength
        return (isMoney ? 0 : 1, group.kind.order / 1000, isProtected ? 1 : 0, group.kind.order)
      }
      return key(self) < key(other)
    }
  }

  fileprivate static let walletGroup = "wallets"

  private static func grouped(
    _ sightings: [CredentialSighting], _ catalogue: CredentialCatalogue, _ reads: IncidentReads
  ) -> [Group] {
    let byKind = Dictionary(grouping: sightings, by: \.kind)
    return catalogue.kinds.flatMap { kind -> [Group] in
      let places = byKind[kind.id] ?? []
      let reasons = Dictionary(grouping: places) { reads.reason(for: $0, kind) }
      let read = places.filter { reads.hasRead($0, kind) }.sorted(by: placePrecedes)
      let rest = places.filter { !reads.hasRead($0, kind) }.sorted(by: placePrecedes)
      let reason = IncidentReads.Reason.allCases.first { reasons[$0] != nil && $0 != .notNamed }
      return (read.isEmpty ? [] : [Group(kind: kind, places: read, reason: reason ?? .named)])
        + (rest.isEmpty ? [] : [Group(kind: kind, places: rest, reason: .notNamed)])
    }
  }

  private static func placePrecedes(_ first: CredentialSighting, _ second: CredentialSighting) -> Bool {
    (first.protection.strength, first.path) < (second.protection.strength, second.path)
  }
}

extension CredentialSighting {
  fileprivate func isWallet(_ catalogue: CredentialCatalogue) -> Bool {
    catalogue.kind(kind)?.group == RotationPlan.walletGroup
  }
}
