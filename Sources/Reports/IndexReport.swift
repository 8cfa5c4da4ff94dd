// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// What an index is, and whether it is old.
public struct IndexReport: Sendable {
  public let path: String
  public let information: AdvisoryIndexInformation
  /// Whole days since the records were as they are here; nil where nobody knows.
  public let ageInDays: Int?
  public let isOld: Bool

  /// - Parameters:
  ///   - now: Seconds since 1970, UTC.
  ///   - maximumAge: From which age on it is old, in days. One of which the age is not known is old.
  public init(path: String, information: AdvisoryIndexInformation, now: Double, maximumAge: Int) {
    self.path = path
    self.information = information
    let age = information.asOfSeconds.map { max(0, (now - Double($0)) / 86_400) }
    ageInDays = age.map { Int($0) }
    isOld = age.map { $0 > Double(maximumAge) } ?? true
  }
}

/// A record with its claims, as it is shown.
public struct ShownRecord: Sendable {
  public let record: AdvisoryRecord
  public let claims: [AdvisoryClaim]
  public let exploited: KnownExploitation?

  /// The record of this id, else those that have it as another name, else those that know a file of this digest.
  ///
  /// Letters may be of either size, as people write ids.
  public static func find(_ text: String, in index: AdvisoryIndex) throws(AdvisoryIndexError) -> [ShownRecord] {
    if let digest = FileDigest(text) {
      var found: [ShownRecord] = []
      for id in try index.ids(of: digest) { found += try find(id, in: index) }
      return found
    }
    for spelling in spellings(of: text) {
      var ids = try index.record(spelling) == nil ? [] : [spelling]
      if ids.isEmpty { ids = try index.ids(ofAlias: spelling) }
      guard !ids.isEmpty else { continue }
      var found: [ShownRecord] = []
      for id in ids {
        guard let record = try index.record(id) else { continue }
        var exploited: KnownExploitation?
        for name in [id] + record.aliases where name.hasPrefix("CVE-") && exploited == nil {
          exploited = try index.exploited(name)
        }
        found.append(ShownRecord(record: record, claims: try index.claims(of: record), exploited: exploited))
      }
      return found
    }
    return []
  }

  /// As it is; in capital letters; with a prefix in capital letters and the rest in small ones, as GitHub writes its ids.
  private static func spellings(of text: String) -> [String] {
    let upper = text.uppercased()
    guard let hyphen = upper.utf8.firstIndex(of: UInt8(ascii: "-")) else { return [text, upper] }
    return [text, upper, String(upper[..<hyphen]) + text.lowercased()[hyphen...]]
  }
}
