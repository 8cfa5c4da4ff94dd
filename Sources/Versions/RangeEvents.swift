// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One event of an OSV range: from this version on, something about the package is different.
///
/// - Source: https://ossf.github.io/osv-schema/#affectedrangesevents-fields (read 2026-11-23)
public enum RangeEvent: Hashable, Sendable {
  /// Affected from this version on, inclusive. `"0"` stands before every version.
  case introduced(String)
  /// No longer affected from this version on, inclusive.
  case fixed(String)
  /// No longer affected above this version; the version itself still is, and what its scheme means by it.
  case lastAffected(String)
  /// Nothing from this version on is described. `"*"` is above every version.
  case limit(String)
}

/// Whether a version is affected, as far as a range can tell.
public enum Affected: Hashable, Sendable {
  case yes
  case no
  /// The question could not be decided: a version or an event that the scheme cannot read or compare. Never to be taken
  /// for `no`.
  case unknown
}

/// The events of one OSV range, ready to be asked about versions.
///
/// Follows the specification's evaluation: events are taken in the order of their versions, not of their writing, and
/// the last one at or below the version decides. Events at the same version keep the order in which the record has
/// them; the specification leaves that open.
/// - Source: https://ossf.github.io/osv-schema/#evaluation (read 2026-11-23)
public struct RangeEvents: Hashable, Sendable {
  /// The events as the record has them, in any order.
  public let events: [RangeEvent]

  public init(_ events: [RangeEvent]) {
    self.events = events
  }

  /// Whether a version lies in the range.
  ///
  /// - Returns: ``Affected/unknown`` where the version or any event is not a version of the scheme, where the scheme
  ///   cannot compare the two, or where no event is `introduced` (the specification demands one, so the record is
  ///   broken and its silence proves nothing).
  /// - Complexity: O(events); nothing is sorted or stored.
  public func evaluate(_ version: String, in scheme: any VersionScheme.Type) -> Affected {
    evaluate(text: version, scheme)
  }

  private func evaluate<Scheme: VersionScheme>(text: String, _ scheme: Scheme.Type) -> Affected {
    guard let version = scheme.parse(text) else { return .unknown }
    return evaluate(version, in: scheme)
  }

  /// The same for a version that is parsed already: many ranges may ask about one version.
  public func evaluate<Scheme: VersionScheme>(_ version: Scheme.Version, in scheme: Scheme.Type) -> Affected {
    var timeline = Timeline<Scheme>(version: version)
    for event in events {
      guard timeline.take(event) else { return .unknown }
    }
    return timeline.answer
  }
}

/// What is known about one version after some of a range's events.
///
/// Sorting is not needed: in sorted order the last event that applies decides, and that is the highest one that
/// applies.
private struct Timeline<Scheme: VersionScheme> {
  let version: Scheme.Version
  private var hasIntroduction = false
  private var hasLimit = false
  private var isBelowLimit = false
  /// The state after the highest event that applies so far.
  private var isAffected = false
  /// Where that event stands; `nil` before every version, which is where nothing has happened and where `"0"` stands.
  private var latest: Scheme.Version?

  init(version: Scheme.Version) {
    self.version = version
  }

  /// Takes one event into account.
  ///
  /// - Returns: `false` where the event's version cannot be read, or not compared.
  mutating func take(_ event: RangeEvent) -> Bool {
    switch event {
    case .introduced("0"):
      hasIntroduction = true
      if latest == nil { isAffected = true }
      return true
    case .introduced(let text):
      hasIntroduction = true
      return change(at: text, to: true) { order, _ in order != .ascending }
    case .fixed(let text):
      return change(at: text, to: false) { order, _ in order != .ascending }
    case .lastAffected(let text):
      let version = version
      return change(at: text, to: false) { $0 == .descending && !Scheme.isMeant(version, by: $1) }
    case .limit(let text):
      return limit(at: text)
    }
  }

  /// Takes up an event that applies where `applies` holds for the order of the version to the event's, and for that
  /// one.
  private mutating func change(
    at text: String, to affected: Bool, where applies: (VersionOrder, Scheme.Version) -> Bool
  ) -> Bool {
    guard let point = Scheme.parse(text), Scheme.isComparable(version, point) else { return false }
    guard applies(Scheme.order(version, point), point) else { return true }
    if let latest {
      guard Scheme.isComparable(point, latest) else { return false }
      if Scheme.order(point, latest) == .ascending { return true }
    }
    latest = point
    isAffected = affected
    return true
  }

  private mutating func limit(at text: String) -> Bool {
    hasLimit = true
    // The specification calls any limit that contains an asterisk infinity.
    if text.utf8.contains(UInt8(ascii: "*")) {
      isBelowLimit = true
      return true
    }
    guard let point = Scheme.parse(text), Scheme.isComparable(version, point) else { return false }
    if Scheme.order(version, point) == .ascending { isBelowLimit = true }
    return true
  }

  var answer: Affected {
    guard hasIntroduction else { return .unknown }
    return isAffected && (isBelowLimit || !hasLimit) ? .yes : .no
  }
}
