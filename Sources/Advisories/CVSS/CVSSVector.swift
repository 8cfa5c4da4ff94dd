// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Which edition of the Common Vulnerability Scoring System a vector is written in.
public enum CVSSVersion: String, CaseIterable, Sendable {
  case v20 = "2.0"
  case v30 = "3.0"
  case v31 = "3.1"
  case v40 = "4.0"
}

/// The word for a score, the mildest first.
public enum CVSSSeverity: String, CaseIterable, Comparable, Sendable {
  case none
  case low
  case medium
  case high
  case critical

  public static func < (first: CVSSSeverity, second: CVSSSeverity) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}

/// A CVSS vector and the scores that follow from it: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H`.
///
/// Scores are computed from the metrics, never taken from a record: two sources that write the same vector get the same
/// score.
/// - Source: https://www.first.org/cvss/v2/guide, https://www.first.org/cvss/v3-0/specification-document,
///   https://www.first.org/cvss/v3-1/specification-document and
///   https://www.first.org/cvss/v4-0/specification-document (read 2026-11-25)
public struct CVSSVector: Hashable, Sendable {
  public let version: CVSSVersion
  private let baseTenths: Int
  private let tenths: Int

  /// The longest vector that is read, in bytes. One of version 4.0 with every metric has 221.
  public static let maximumLength = 512

  /// Reads a vector. One of version 2.0 has no prefix, and may stand between parentheses.
  ///
  /// - Returns: `nil` for what the specification of the version calls no vector: a mandatory metric that is missing, one
  ///   that is given twice, a value it does not have, small letters for capitals, a `/` at the end; and, in versions 2.0 and
  ///   4.0, metrics in another than the one order. Versions 3.0 and 3.1 allow every order.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var text = text
    let read = text.withUTF8 { bytes in
      Self.version(bytes).flatMap { version, fields in
        CVSSMetrics(fields, CVSSMetricTable.of(version)).map { (version, $0) }
      }
    }
    guard let (version, metrics) = read else { return nil }
    self.version = version
    switch version {
    case .v20: (baseTenths, tenths) = CVSS2(metrics).tenths
    case .v30, .v31: (baseTenths, tenths) = CVSS3(metrics, version).tenths
    case .v40: (baseTenths, tenths) = CVSS4.tenths(metrics)
    }
  }

  /// The version, and what stands behind its prefix.
  private static func version(_ bytes: Bytes) -> (CVSSVersion, Bytes)? {
    guard bytes.starts(with: "CVSS:") else { return (.v20, withoutParentheses(bytes)) }
    let prefixLength = "CVSS:4.0/".utf8.count
    guard bytes.count > prefixLength, bytes[prefixLength - 1] == UInt8(ascii: "/") else { return nil }
    // CVSS:2.0/ is no prefix: version 2.0 has none.
    guard let version = CVSSVersion(rawValue: bytes[slice: 5..<(prefixLength - 1)].string), version != .v20 else {
      return nil
    }
    return (version, bytes[slice: prefixLength..<bytes.count])
  }

  private static func withoutParentheses(_ bytes: Bytes) -> Bytes {
    guard bytes.count > 1, bytes.starts(with: "("), bytes.ends(with: ")") else { return bytes }
    return bytes[slice: 1..<(bytes.count - 1)]
  }

  /// The score of the base metrics alone, 0.0 to 10.0 with one decimal.
  public var baseScore: Double { Double(baseTenths) / 10 }

  /// The score with everything that the vector says: the environmental one where it defines an environmental metric, else the
  /// temporal one where it defines a temporal metric, else the base score. Version 4.0 has one score for all.
  public var score: Double { Double(tenths) / 10 }

  /// The word for ``score``.
  ///
  /// Version 2.0 itself has no words: those of the National Vulnerability Database are used, which know neither `none` nor
  /// `critical`.
  /// - Source: https://nvd.nist.gov/vuln-metrics/cvss (read 2026-11-25)
  public var severity: CVSSSeverity {
    switch tenths {
    case 0: version == .v20 ? .low : .none
    case ..<40: .low
    case ..<70: .medium
    case ..<90: .high
    default: version == .v20 ? .high : .critical
    }
  }
}
