// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory
public import Versions

/// An OSV record, without its long text: what decides which packages it is about, and what is said of it.
///
/// - Source: https://ossf.github.io/osv-schema/ 1.7 (read 2026-11-23)
public struct OSVRecord: Sendable {
  public var id = ""
  public var aliases: [String] = []
  /// Records that are about something near it.
  public var related: [String] = []
  public var summary = ""
  /// RFC 3339, as written.
  public var modified = ""
  /// RFC 3339, as written; empty where the record does not say.
  public var published = ""
  /// Set where the record was taken back: it then says nothing about any package.
  public var withdrawn: String?
  /// How severe it says it is: a kind (`CVSS_V3`) and a vector, in the record's order. Those of single packages stand with them.
  public var severities: [SeverityClaim] = []
  /// Remarks of the database that it comes from.
  public var remarks = OSVRemarks()
  public var affected: [AffectedPackage] = []
  public var references: [String] = []

  public init() {}
}

/// One entry of a `severity` field.
public struct SeverityClaim: Hashable, Sendable {
  /// `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, `Ubuntu`.
  public var type: String
  /// A vector, or a word.
  public var score: String

  public init(type: String, score: String) {
    self.type = type
    self.score = score
  }
}

/// What the `database_specific` of a record, or of one of its packages, says that is of use here. Each database has its own words.
///
/// - Source: the records of OSV's bucket and of their home databases: GitHub (`severity`, `cwe_ids`), OpenSSF malicious-packages (`cwes`, `iocs`), RustSec
///   (`informational`, `categories`), Julia (`license`) (read 2026-11-25)
public struct OSVRemarks: Hashable, Sendable {
  /// `CRITICAL`, `HIGH`, `MODERATE`, `LOW`.
  public var severity: String?
  /// `CWE-506` and its like.
  public var weaknesses: [String] = []
  /// Whether the database says outright that the package is malicious.
  public var isMalicious = false
  /// Of RustSec: `unmaintained`, `unsound` or `notice`.
  public var informational: String?
  /// The licence of the record's texts.
  public var licence: String?
  /// Digests of files or archives that carry the bad code, as they are written: hexadecimal, or `sha512-…`.
  public var digests: [String] = []

  public init() {}
}

/// One entry of a record's `affected`: a package and which of its versions.
public struct AffectedPackage: Sendable {
  /// One of the entry's ranges.
  public struct Range: Sendable {
    /// `SEMVER`, `ECOSYSTEM` or `GIT`.
    public var type = ""
    /// The address of the repository whose commits the events are; of a `GIT` range.
    public var repository = ""
    public var events: [RangeEvent] = []

    public init() {}
  }

  public var ecosystem = Ecosystem("")
  public var name = ""
  public var versions: [String] = []
  public var ranges: [Range] = []
  /// How severe the record is for this package, where that differs from the rest.
  public var severities: [SeverityClaim] = []
  /// Remarks of the database about this package.
  public var remarks = OSVRemarks()
  /// What our own incidents add to the entry.
  public var detail = AffectedDetail()

  public init() {}

  /// Whether the package in `version` is affected: by the list, or by one of the ranges.
  ///
  /// What its ecosystem means by a listed version counts as listed (`v9.1.6`, `9.1.6+build`).
  /// - Returns: `.unknown` where a range cannot be decided for this version and nothing else says yes.
  /// - Source: https://ossf.github.io/osv-schema/#evaluation (read 2026-11-23)
  public func evaluate(_ version: String) -> Affected {
    // Every version there is needs no order: what cannot be compared is affected as well.
    if versions.contains(version) || isWhole { return .yes }
    if let scheme = scheme(for: ecosystem), Self.lists(versions, version, scheme) { return .yes }
    // An entry that names no version at all decides nothing.
    var answer: Affected = versions.isEmpty && ranges.isEmpty ? .unknown : .no
    for range in ranges {
      switch range.evaluate(version, in: ecosystem) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// Whether a commit is affected, as far as that can be told without the repository's history: a commit that an event names, or any where the
  /// whole history is.
  ///
  /// - Parameter commit: Its 40 or 64 hexadecimal digits.
  public func evaluateCommit(_ commit: String) -> Affected {
    if versions.contains(commit) { return .yes }
    var answer = Affected.no
    for range in ranges where range.type == "GIT" {
      switch range.evaluateCommit(commit) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// For each range that `version` lies in, the first version after it in which the range ends.
  public func fixes(of version: String) -> [String] {
    ranges.compactMap { range in
      guard range.evaluate(version, in: ecosystem) == .yes, let scheme = range.scheme(in: ecosystem) else { return nil }
      let ends = range.events.compactMap { event in
        if case .fixed(let end) = event, scheme.compare(version, end) == .ascending { end } else { nil }
      }
      return ends.min { scheme.compare($0, $1) == .ascending }
    }
  }

  /// Whether one of the ranges holds the version, whatever is listed.
  public func isInRange(_ version: String) -> Bool {
    ranges.contains { $0.evaluate(version, in: ecosystem) == .yes }
  }

  /// Every version in which something ends, in no order.
  public var ends: [String] {
    ranges.flatMap { range in
      range.type == "GIT" ? [] : range.events.compactMap { if case .fixed(let end) = $0 { end } else { nil } }
    }
  }

  /// The same as ``evaluate(_:)``, but that a listed version is only compared letter by letter where ranges say the same: for many questions in a
  /// row.
  public func evaluateQuickly(_ version: String) -> Affected {
    if versions.contains(version) || isWhole { return .yes }
    guard !ranges.isEmpty else { return evaluate(version) }
    var answer = Affected.no
    for range in ranges {
      switch range.evaluate(version, in: ecosystem) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// Whether the scheme means `version` by one of those listed.
  private static func lists<Scheme: VersionScheme>(_ versions: [String], _ version: String, _: Scheme.Type) -> Bool {
    guard !versions.isEmpty, let wanted = Scheme.parse(version) else { return false }
    return versions.contains { Scheme.parse($0).map { Scheme.isMeant(wanted, by: $0) } ?? false }
  }

  /// Whether every version is affected.
  public var isWhole: Bool {
    ranges.contains { $0.ordersVersions && $0.events == [.introduced("0")] }
  }

  /// The listed versions that `requirement`, in the ecosystem's own words, would accept.
  public func versions(acceptedBy requirement: String) -> [String] {
    guard let range = scheme(for: ecosystem)?.range(requirement) else { return [] }
    return versions.filter { range.contains($0) == true }
  }
}

extension AffectedPackage {
  /// The versions that the entry names, listed or as an end of a range, and condemns, as far as `requirement` would accept them.
  public func badVersions(acceptedBy requirement: String) -> [String] {
    guard let range = scheme(for: ecosystem)?.range(requirement) else { return [] }
    let named = ranges.filter { $0.type != "GIT" }.flatMap(\.events).compactMap { event -> String? in
      switch event {
      case .introduced(let version) where version != "0": version
      case .lastAffected(let version): version
      default: nil
      }
    }
    return (versions + named.filter { evaluate($0) == .yes }).filter { range.contains($0) == true }
  }
}

extension AffectedPackage.Range {
  /// Whether its events are versions. Commits are none, and what a range of another type means is not known.
  var ordersVersions: Bool { type == "SEMVER" || type == "ECOSYSTEM" }

  /// The range for people: `>= 1.0, < 1.2.3`, in the order of the record; of commits their first digits.
  public var notation: String {
    let parts = events.map { event in
      switch event {
      case .introduced(let version): version == "0" ? ">= 0" : ">= \(short(version))"
      case .fixed(let version): "< \(short(version))"
      case .lastAffected(let version): "<= \(short(version))"
      case .limit(let version): "limit \(short(version))"
      }
    }
    return (type == "GIT" ? ["git"] : []).joined() + (type == "GIT" ? " " : "") + parts.joined(separator: ", ")
  }

  private func short(_ version: String) -> String { type == "GIT" ? String(version.prefix(12)) : version }

  /// The order of its versions: SemVer's where the ecosystem has none of its own and the record says that its versions are such.
  func scheme(in ecosystem: Ecosystem) -> (any VersionScheme.Type)? {
    Versions.scheme(for: ecosystem) ?? (type == "SEMVER" ? SemVer.self : nil)
  }

  /// Between events only the history could tell.
  fileprivate func evaluateCommit(_ commit: String) -> Affected {
    if events == [.introduced("0")] { return .yes }
    var answer = Affected.unknown
    for event in events {
      switch event {
      case .introduced(commit), .lastAffected(commit): return .yes
      case .fixed(commit), .limit(commit): answer = .no
      default: break
      }
    }
    return answer
  }

  fileprivate func evaluate(_ version: String, in ecosystem: Ecosystem) -> Affected {
    switch type {
    // Commits are not versions: a git range says nothing about a package whose commit is not known.
    case "GIT": return .no
    case "SEMVER", "ECOSYSTEM":
      guard let scheme = scheme(in: ecosystem) else { return .unknown }
      return RangeEvents(events).evaluate(version, in: scheme)
    default: return .unknown
    }
  }
}
