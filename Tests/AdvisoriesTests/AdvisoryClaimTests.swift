// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Advisories

/// What a record says of a package, and how bad that is.
///
/// - Source: the words of OSV's home databases, see ``OSVRemarks``; https://cwe.mitre.org/data/definitions/506.html;
///   https://github.com/rustsec/advisory-db/blob/main/README.md#advisory-format (read 2026-11-25)
@Suite struct AdvisoryClaimTests {
  private func claim(_ fields: String, entry: String = "") throws -> AdvisoryClaim {
    let package = #"{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]\#(entry)}"#
    let id = fields.contains(#""id""#) ? "" : #""id": "X-1", "#
    let json = "{\(id)\(fields)\(fields.isEmpty ? "" : ", ")\"affected\": [\(package)]}"
    let record = try Array(json.utf8).withUnsafeBufferPointer { try OSVRecord(json: $0) }
    return record.claim(try #require(record.affected.first))
  }

  @Test(
    arguments: [
      (#""id": "MAL-2026-1""#, "", .malicious),
      (#""id": "GHSA-MAL-1""#, "", .vulnerable),
      (#""id": "mal-1""#, "", .vulnerable),
      (#""summary": "Malicious code in a (npm)""#, "", .malicious),
      (#""summary": "Malware in a""#, "", .malicious),
      (#""summary": "Embedded malicious code in a""#, "", .malicious),
      (#""summary": "Embedded Malicious Code in a""#, "", .malicious),
      (#""summary": "Embedded malware in a""#, "", .malicious),
      (#""summary": "A flaw that malicious code in a page can use""#, "", .vulnerable),
      (#""database_specific": {"cwe_ids": ["CWE-79", "CWE-506"]}"#, "", .malicious),
      (#""database_specific": {"cwe_ids": ["CWE-79", "CWE-5060"]}"#, "", .vulnerable),
      (#""database_specific": {"cwes": [{"cweId": "CWE-506"}]}"#, "", .malicious),
      (#""database_specific": {"cwes": ["CWE-506"]}"#, "", .malicious),
      (#""database_specific": {"malicious": true}"#, "", .malicious),
      (#""database_specific": {"malicious": false}"#, "", .vulnerable),
      ("", #", "database_specific": {"cwes": [{"cweId": "CWE-506", "name": "Embedded Malicious Code"}]}"#, .malicious),
      ("", #", "database_specific": {"categories": ["malicious"]}"#, .malicious),
      ("", #", "database_specific": {"categories": ["memory-exposure"], "informational": null}"#, .vulnerable),
      ("", #", "database_specific": {"informational": "unmaintained"}"#, .unmaintained),
      ("", #", "database_specific": {"informational": "notice"}"#, .notice),
      ("", #", "database_specific": {"informational": "unsound"}"#, .vulnerable),
      ("", #", "database_specific": {"categories": ["malicious"], "informational": "notice"}"#, .malicious),
      (#""id": "LWA-1", "summary": "Security-research / proof-of-concept package a""#, "", .suspicious),
      (#""id": "LWA-2", "summary": "Potentially-unwanted package a""#, "", .suspicious),
      (#""id": "MAL-1", "summary": "Security-research / proof-of-concept package a""#, "", .malicious),
      (#""id": "GHSA-1", "summary": "Security hole""#, "", .vulnerable),
    ] as [(String, String, AdvisoryClaim.Kind)])
  func `a record's own words tell malware from flaws and notes`(
    fields: String, entry: String, kind: AdvisoryClaim.Kind
  ) throws {
    #expect(try claim(fields, entry: entry).kind == kind)
  }

  @Test func `notes are no findings`() {
    let kinds: [AdvisoryClaim.Kind] = [.malicious, .suspicious, .vulnerable, .unmaintained, .notice]
    let classes = kinds.map {
      AdvisoryClaim(kind: $0, score: nil, severity: .low, affected: AffectedPackage()).findingClass
    }
    #expect(classes == [.malicious, .suspicious, .vulnerable, nil, nil])
  }

  // MARK: Severity

  private static let v2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P"
  private static let v30 = "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"
  private static let v31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
  private static let v40 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"

  private static func severities(_ scores: [String]) -> String {
    let entries = scores.map { #"{"type": "CVSS", "score": "\#($0)"}"# }
    return #""severity": [\#(entries.joined(separator: ", "))]"#
  }

  /// Scores by the calculators of FIRST: https://www.first.org/cvss/calculator/ (read 2026-11-25).
  @Test(
    arguments: [
      ([v2], 7.5, .high), ([v30], 6.1, .medium), ([v31], 9.8, .critical), ([v40], 6.9, .medium),
      ([v2, v30], 6.1, .medium), ([v30, v2], 6.1, .medium), ([v31, v30], 9.8, .critical), ([v30, v31], 9.8, .critical),
      ([v31, v40], 6.9, .medium), ([v40, v31, v30, v2], 6.9, .medium), (["nonsense", v30], 6.1, .medium),
      (["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"], 0, .low),
      (["high"], nil, .high), (["negligible"], nil, .low), (["Medium"], nil, .medium), (["nonsense"], nil, .unknown),
      ([], nil, .unknown),
    ] as [([String], Double?, Severity)])
  func `a newer vector counts before an older one, and any before a word`(
    scores: [String], score: Double?, severity: Severity
  ) throws {
    let claim = try claim(Self.severities(scores))
    #expect(claim.score == score)
    #expect(claim.severity == severity)
  }

  @Test(
    arguments: [
      ("CRITICAL", .critical), ("HIGH", .high), ("MODERATE", .medium), ("LOW", .low), ("important", .high),
      ("?", .unknown),
    ] as [(String, Severity)])
  func `where there is no vector, the database's word counts`(word: String, severity: Severity) throws {
    #expect(try claim(#""database_specific": {"severity": "\#(word)"}"#).severity == severity)
    let both = try claim(Self.severities([Self.v30]) + #", "database_specific": {"severity": "\#(word)"}"#)
    #expect(both.severity == .medium)
    let own = try claim(
      #""database_specific": {"severity": "LOW"}"#, entry: #", "database_specific": {"severity": "\#(word)"}"#)
    #expect(own.severity == severity)
  }

  @Test func `a package's own vector counts before the record's`() throws {
    let claim = try claim(Self.severities([Self.v40]), entry: ", " + Self.severities([Self.v30]))
    #expect(claim.score == 6.1)
  }

  @Test func `malware is critical and research high, unless somebody says otherwise`() throws {
    #expect(try claim(#""id": "MAL-1""#).severity == .critical)
    #expect(try claim(#""id": "MAL-1", "database_specific": {"severity": "LOW"}"#).severity == .low)
    #expect(try claim(#""summary": "Potentially-unwanted package a""#).severity == .high)
    #expect(try claim("").severity == .unknown)
  }
}
