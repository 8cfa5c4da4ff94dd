// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory
public import Versions

/// The part of an OSV record that decides which packages it is about.
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
  /// Set where the record was taken back: it then says nothing about any package.
  public var withdrawn: String?
  public var affected: [AffectedPackage] = []
  public var references: [String] = []

  public init() {}
}

/// One entry of a record's `affected`: a package and which of its versions.
public struct AffectedPackage: Sendable {
  /// One of the entry's ranges.
  public struct Range: Sendable {
    /// `SEMVER`, `ECOSYSTEM` or `GIT`.
    public var type = ""
    public var events: [RangeEvent] = []

    public init() {}
  }

  public var ecosystem = Ecosystem("")
  public var name = ""
  public var versions: [String] = []
  public var ranges: [Range] = []
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
    guard let scheme = scheme(for: ecosystem) else { return ranges.isEmpty ? .no : .unknown }
    if versions.contains(where: { scheme.isMeant(version, by: $0) == true }) { return .yes }
    var answer = Affected.no
    for range in ranges {
      switch range.evaluate(version, in: scheme) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// Whether every version is affected.
  public var isWhole: Bool {
    ranges.contains { $0.type != "GIT" && $0.events == [.introduced("0")] }
  }

  /// The listed versions that `requirement`, in the ecosystem's own words, would accept.
  public func versions(acceptedBy requirement: String) -> [String] {
    guard let range = scheme(for: ecosystem)?.range(requirement) else { return [] }
    return versions.filter { range.contains($0) == true }
  }
}

extension AffectedPackage.Range {
  fileprivate func evaluate(_ version: String, in scheme: any VersionScheme.Type) -> Affected {
    // Commits are not versions: a git range says nothing about a package whose commit is not known.
    guard type != "GIT" else { return .no }
    return RangeEvents(events).evaluate(version, in: scheme)
  }
}
