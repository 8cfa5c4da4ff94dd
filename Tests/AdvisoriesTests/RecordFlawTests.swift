// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Parsing
import Testing
import Versions

@testable import Advisories

/// Records that are taken as far as they are sound, and such that are not taken at all.
@Suite struct RecordFlawTests {
  private static let package = #""package": {"ecosystem": "npm", "name": "a"}"#
  private static let sound = #"{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"fixed": "2.0.0"}]}"#

  private static func record(_ affected: String, modified: String = "2026-01-01T00:00:00Z") -> String {
    #"{"id": "X-1", "modified": "\#(modified)", "affected": [\#(affected)]}"#
  }

  private static func record(range: String) -> String { record("{\(package), \"ranges\": [\(range)]}") }

  private static func record(event: String) -> String {
    record(range: #"{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, \#(event)]}"#)
  }

  private static let flawed: [(RecordFlaw, String)] = [
    (.noPackages, record("")),
    (.noPackages, #"{"id": "X-1", "modified": "2026-01-01T00:00:00Z"}"#),
    (.entryWithoutPackage, record("{\"ranges\": [\(sound)]}")),
    (.entryWithoutPackage, record(#"{"package": {"ecosystem": "npm"}, "versions": ["1.0.0"]}"#)),
    (.entryWithoutPackage, record(#"{"package": {"name": "a"}, "versions": ["1.0.0"]}"#)),
    (.entryWithoutPackage, record(#"{"package": {"ecosystem": "n\tpm", "name": "a"}, "versions": ["1.0.0"]}"#)),
    (.entryWithoutPackage, record(#"{"package": {"ecosystem": "n\npm", "name": "a"}, "versions": ["1.0.0"]}"#)),
    (.entryWithoutPackage, record(#"{"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}"#)),
    (.entryWithoutVersions, record("{\(package)}")),
    (.unknownRangeType, record(range: #"{"type": "SEMANTIC", "events": [{"introduced": "0"}]}"#)),
    (.unknownRangeType, record(range: #"{"events": [{"introduced": "0"}]}"#)),
    (.rangeWithoutIntroduced, record(range: #"{"type": "SEMVER", "events": [{"fixed": "1.0.0"}]}"#)),
    (.rangeWithoutIntroduced, record(range: #"{"type": "SEMVER"}"#)),
    (.eventNotReadable, record(event: #"{"fixed": "soon"}"#)),
    (.eventNotReadable, record(event: #"{"fixed": 2}"#)),
    (.eventNotReadable, record(event: #"{"mended": "2.0.0"}"#)),
    (.eventNotReadable, record(event: "{}")),
    (.eventNotReadable, record(event: #""2.0.0""#)),
    (.eventNotReadable, record(event: #"{"limit": "2"}"#)),
    (.modifiedNotReadable, record("{\(package), \"versions\": [\"1.0.0\"]}", modified: "yesterday")),
    (.modifiedNotReadable, record("{\(package), \"versions\": [\"1.0.0\"]}", modified: "")),
  ]

  @Test(arguments: flawed)
  func `a record that is flawed is stored, and counted with its flaw`(flaw: RecordFlaw, json: String) throws {
    let folder = try IndexFolder()
    let index = try folder.make("a") { expect(try $0.put(json), .storedInPart(reason: flaw.rawValue)) }
    #expect(index.information.counts.flaws == [flaw.rawValue: 1])
    #expect(try index.record("X-1")?.flaws == [flaw.rawValue])
    // Where it can say something of a version, it does not say no.
    for claim in try index.claims(of: #require(try index.record("X-1"))) where claim.affected.versions.isEmpty {
      #expect(claim.affected.evaluate("1.5.0") == .unknown)
    }
    let without = try folder.make("b", on: "a", removing: ["X-1"])
    #expect(without.information.counts == IndexCounts())
  }

  @Test func `every flaw there is has a case here`() {
    #expect(Set(Self.flawed.map(\.0)) == Set(RecordFlaw.allCases))
  }

  @Test(arguments: [
    record("{\(package), \"versions\": [\"1.0.0\"]}"),
    record(range: sound),
    record(range: #"{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"limit": "*"}]}"#),
    record(#"{"package": {"ecosystem": "Leiden Cheese Board", "name": "a"}, "versions": ["ripe"]}"#),
    record(#"{"ranges": [{"type": "GIT", "repo": "https://git.example/a", "events": [{"introduced": "0"}]}]}"#),
  ])
  func `a sound record has no flaw`(json: String) throws {
    let folder = try IndexFolder()
    let index = try folder.make("a") { expect(try $0.put(json), .stored) }
    #expect(index.information.counts.flaws == [:])
  }

  @Test func `several flaws are told in one order, and the first is the reason`() throws {
    let folder = try IndexFolder()
    let json = Self.record(
      "{\(Self.package)}, 1, {\(Self.package), \"ranges\": [{\"type\": \"X\", \"events\": []}]}", modified: "-")
    let flaws = ["entry-without-package", "entry-without-versions", "unknown-range-type", "modified-not-readable"]
    let index = try folder.make("a") { expect(try $0.put(json), .storedInPart(reason: flaws[0])) }
    #expect(try index.record("X-1")?.flaws == flaws)
  }

  // MARK: Not taken at all

  @Test(arguments: [
    ("", "no-json"), ("{", "no-json"), ("[]", "no-record"), ("{}", "no-record"), (#"{"id": 7}"#, "no-record"),
    (#"{"id": ""}"#, "no-record"), (#"{"id": "A\n"}"#, "id-not-usable"),
    (#"{"id": "A\u0000"}"#, "id-not-usable"), (#"{"id": "\u007F"}"#, "id-not-usable"),
    (#"{"id": "\#(String(repeating: "x", count: 401))"}"#, "id-not-usable"),
    (SampleRecord.flaw(1) + "x", "no-json"), (String(SampleRecord.flaw(1).dropLast()), "no-json"),
    (#"{"id": "X", "affected": \#(String(repeating: "[", count: 5000))"#, "no-json"),
  ])
  func `what is no record is refused, and leaves nothing behind`(json: String, reason: String) throws {
    let folder = try IndexFolder()
    let index = try folder.make("a") { expect(try $0.put(json), .refused(reason: reason)) }
    #expect(index.information.counts == IndexCounts())
    #expect(index.information.content == "0")
  }

  @Test func `values of another type than they should be are passed over`() throws {
    let json = #"""
      {"id": "X-1", "modified": "2026-01-01", "references": [{"url": 5}, 7, {"url": null, "type": "WEB"}, {"url": "https://a.example"}],
       "database_specific": {"cwes": [{"cweId": 79}, {"cweId": "CWE-80"}, 81], "cwe_ids": "CWE-82", "malicious": "yes", "severity": []},
       "severity": [{"type": 1, "score": 2}, 3], "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0", 2]}]}
      """#
    let folder = try IndexFolder()
    let index = try folder.make("a") { expect(try $0.put(json), .stored) }
    let record = try #require(try index.record("X-1"))
    #expect(record.references == ["https://a.example"])
    #expect(record.weaknesses == ["CWE-80"])
    #expect(record.severities == [])
    #expect(try index.claims(of: record).map(\.affected.versions) == [["1.0.0"]])
  }

  // MARK: Hostile ones

  @Test(arguments: ["1677-09-21T00:12:44Z", "1677-09-21T00:12:43Z", "2262-04-11T23:47:16Z", "0001-01-01T00:00:00Z"])
  func `times at the ends of what can be held do no harm`(time: String) throws {
    let json = #"""
      {"id": "X-1", "modified": "\#(time)", "published": "\#(time)", "withdrawn": "\#(time)",
       "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]}]}
      """#
    let index = try IndexFolder().make("a", [json])
    #expect(try index.record("X-1")?.withdrawn != nil)
    #expect(try index.ids(.npm, "a", "1.0.0") == [])
  }

  /// One letter, written in two ways: Swift holds both for one text, and the index does not.
  @Test func `names that only differ in how a letter is composed are two names`() throws {
    let packages = ["\\u00e9", "e\\u0301"].map { name in
      #"{"package": {"ecosystem": "npm", "name": "\#(name)"}, "versions": ["1.0.0"]}"#
    }
    let json =
      #"{"id": "X-1", "modified": "2026-01-01", "summary": "S", "affected": [\#(packages.joined(separator: ","))]}"#
    let folder = try IndexFolder()
    let first = try folder.make("a", [json])
    #expect(try first.claims(of: #require(try first.record("X-1"))).count == 2)
    let second = try folder.make("b", [json.replacingOccurrences(of: "\"S\"", with: "\"T\"")], on: "a")
    #expect(try second.record("X-1")?.summary == "T")
    let third = try folder.make("c", on: "b", removing: ["X-1"])
    for name in ["\u{E9}", "e\u{301}"] {
      #expect(try first.ids(.npm, name, "1.0.0") == ["X-1"])
      #expect(try second.ids(.npm, name, "1.0.0") == ["X-1"])
      #expect(try third.ids(.npm, name, "1.0.0") == [])
    }
    #expect(third.information.content == "0")
  }

  @Test func `a record of more than can be read again is refused`() throws {
    let versions = String(repeating: #""1.0.0","#, count: (17 << 20) / 6)
    let package = "{\(Self.package), \"versions\": [\(versions)\"1.0.1\"]}"
    let folder = try IndexFolder()
    let index = try folder.make("a") { expect(try $0.put(Self.record(package)), .refused(reason: "too-large")) }
    #expect(index.information.counts == IndexCounts())
  }
}
