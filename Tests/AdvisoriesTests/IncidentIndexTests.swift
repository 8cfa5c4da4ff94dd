// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing
import Testing
import Versions

@Suite struct IncidentIndexTests {
  /// An incident file: its id, the affected entries, and what else its own part has.
  private func document(_ id: String, _ affected: String, own: String = "", fields: String = "") -> [UInt8] {
    let part = #"{"class": "malicious", "severity": "critical"\#(own.isEmpty ? "" : ", " + own)}"#
    return Array(
      #"{"id": "\#(id)", "summary": "What \#(id) does"\#(fields), "affected": [\#(affected)], "database_specific": {"gifthorse": \#(part)}}"#
        .utf8)
  }

  private func entry(_ name: String, _ versions: String, ecosystem: String = "npm", own: String = "{}") -> String {
    #"{"package": {"ecosystem": "\#(ecosystem)", "name": "\#(name)"}, "versions": [\#(versions)], "database_specific": {"gifthorse": \#(own)}}"#
  }

  private func ids(
    _ index: IncidentIndex, _ name: String, _ version: String?, _ ecosystem: Ecosystem = .npm
  ) -> [String] {
    index.matches(Package(ecosystem: ecosystem, name: name, version: version)).map(\.incident.record.id)
  }

  private func detail(_ index: IncidentIndex, _ version: String) throws -> IncidentDetail {
    let match = try #require(index.matches(Package(ecosystem: .npm, name: "a", version: version)).first)
    return match.incident.detail(for: match.affected)
  }

  @Test func `a package is found by its ecosystem, name and version, and by nothing like it`() throws {
    let index = try IncidentIndex(documents: [document("one", entry("a", #""1.0.0""#) + ", " + entry("b", #""2.0.0""#))]
    )
    #expect(ids(index, "a", "1.0.0") == ["one"])
    #expect(ids(index, "b", "2.0.0") == ["one"])
    #expect(ids(index, "a", "2.0.0") == [])
    #expect(ids(index, "A", "1.0.0") == [])
    #expect(ids(index, "a ", "1.0.0") == [])
    #expect(ids(index, "a", "1.0.0", Ecosystem("PyPI")) == [])
    #expect(ids(index, "a", nil) == [])
    #expect(index.names("a", in: .npm))
    #expect(!index.names("c", in: .npm))
    #expect(!index.names("a", in: Ecosystem("PyPI")))
    #expect(index.count == 1)
  }

  @Test(arguments: ["Django_Foo", "django-foo", "DJANGO.-_foo"])
  func `a Python package is found by every spelling of its name, whichever the incident has`(spelling: String) throws {
    let index = try IncidentIndex(documents: [
      document("one", entry(spelling, #""1.0.0""#, ecosystem: "PyPI")),
      document("two", entry("django-foobar", #""1.0.0""#, ecosystem: "PyPI")),
      document("three", entry(spelling, #""1.0.0""#)),
    ])
    for name in ["django-foo", "Django_Foo", "django.foo"] {
      #expect(ids(index, name, "1.0.0", .pypi) == ["one"], "\(name)")
      #expect(ids(index, name, "1.0.0+local", .pypi) == ["one"], "\(name)")
      #expect(ids(index, name, "1.0.1", .pypi) == [], "\(name)")
      #expect(index.names(name, in: .pypi))
      #expect(index.entries(named: name, in: .pypi).map(\.affected.name) == [spelling])
    }
    // Extractors give the normal form.
    #expect(index.mayName(TextHash.of("django-foo")))
    for name in ["djangofoo", "django-fo", "django-foo-"] { #expect(ids(index, name, "1.0.0", .pypi) == []) }
    // npm's names have one spelling.
    for name in ["django-foo", "Django_Foo", "DJANGO.-_foo"] {
      #expect(ids(index, name, "1.0.0") == (name == spelling ? ["three"] : []), "\(name)")
    }
  }

  @Test func `every incident about a package is found, in the order of the documents`() throws {
    let index = try IncidentIndex(documents: [
      document("one", entry("a", #""1.0.0""#)), document("two", entry("b", #""1.0.0""#)),
      document("three", entry("a", #""1.0.0", "2.0.0""#)),
    ])
    #expect(ids(index, "a", "1.0.0") == ["one", "three"])
    #expect(ids(index, "a", "2.0.0") == ["three"])
    #expect(index.all().map(\.record.id) == ["one", "two", "three"])
  }

  @Test func `a withdrawn incident condemns nothing`() throws {
    let index = try IncidentIndex(documents: [
      document("one", entry("a", #""1.0.0""#), fields: #", "withdrawn": "2026-01-01T00:00:00Z""#),
      document("two", entry("a", #""1.0.0""#)),
    ])
    #expect(ids(index, "a", "1.0.0") == ["two"])
  }

  @Test func `the index is as old as its newest record`() throws {
    let dates = ["2025-03-01T00:00:00Z", "2026-11-20T00:00:00Z", "2024-01-01"]
    let index = try IncidentIndex(
      documents: dates.map { document("x", entry("a", #""1.0.0""#), fields: #", "modified": "\#($0)""#) })
    #expect(index.asOf == "2026-11-20T00:00:00Z")
  }

  @Test func `a document that is no JSON is refused when the index is made`() {
    #expect(throws: ParseError.self) { try IncidentIndex(documents: [Array("{".utf8)]) }
    #expect(throws: ParseError.self) {
      try IncidentIndex(documents: [document("a", entry("a", "\"1\"")), Array("[]".utf8)])
    }
  }

  @Test(arguments: [
    #"{"id": "x", "database_specific": {"gifthorse": {}}}"#, #"{"id": "x"}"#,
    #"{"database_specific": {"gifthorse": {"class": "malicious"}}}"#,
    #"{"id": "x", "database_specific": {"gifthorse": {"class": "naughty"}}}"#, #"{"id": "x", "database_specific": 1}"#,
  ])
  func `an incident without an id or a class is none`(json: String) {
    #expect(throws: ParseError.self) {
      try Array(json.utf8).withUnsafeBufferPointer { (bytes) throws(ParseError) in try Incident(json: bytes) }
    }
  }

  @Test func `a variant lays over the record what differs, and leaves the rest`() throws {
    let own = #"""
      "title": "T", "kind": "stealer", "published": "2026-01-01", "trigger": ["require"], "reads": ["ssh"], "aliases": ["CVE-1"],
      "texts": {"en": {"owner": {"what": "W", "do": ["D"]}}, "nl": {"title": "N", "owner": {"what": "V", "do": ["E"]}}},
      "variants": {"same": {"severity": "high", "title": "T2"},
                   "other": {"class": "protestware", "severity": "low", "title": "O", "aliases": [],
                             "texts": {"en": {"owner": {"what": "OW", "do": []}}}}}
      """#
    let entries = [
      entry("a", #""1.0.0""#), entry("a", #""2.0.0""#, own: #"{"variant": "same"}"#),
      entry("a", #""3.0.0""#, own: #"{"variant": "other"}"#),
      entry("a", #""4.0.0""#, own: #"{"variant": "missing"}"#),
    ]
    let index = try IncidentIndex(documents: [document("x", entries.joined(separator: ", "), own: own)])
    #expect(try detail(index, "1.0.0").title == "T")
    #expect(try detail(index, "4.0.0").title == "T")
    let same = try detail(index, "2.0.0")
    #expect(same.severity == .high)
    #expect(same.class == .malicious)
    #expect(same.title == "T2")
    #expect(same.titles == ["nl": "N"])
    #expect(same.aliases == ["CVE-1"])
    #expect(same.reads == ["ssh"])
    #expect(same.advice(for: .owner, language: "nl")?.what == "V")
    let other = try detail(index, "3.0.0")
    #expect(other.class == .protestware)
    #expect(other.aliases == [])
    #expect(other.titles == [:])
    #expect(other.kind == "stealer")
    #expect(other.advice(for: .owner)?.what == "OW")
    #expect(other.variants.isEmpty)
  }

  @Test func `a text that is missing in a language is given in English`() throws {
    let own = #""texts": {"en": {"owner": {"what": "W", "do": ["D", "E"]}}, "nl": {"it": {"what": "V"}}}"#
    let index = try IncidentIndex(documents: [document("x", entry("a", #""1.0.0""#), own: own)])
    let detail = try #require(index.all().first).detail
    #expect(detail.advice(for: .owner, language: "nl")?.steps == ["D", "E"])
    #expect(detail.advice(for: .it, language: "nl")?.what == "V")
    #expect(detail.advice(for: .developer, language: "nl") == nil)
  }

  @Test func `classes and severities are ordered worst first`() {
    #expect(FindingClass.allCases.sorted() == [.malicious, .suspicious, .protestware, .vulnerable])
    #expect(Severity.allCases.sorted() == [.critical, .high, .medium, .low, .unknown])
  }
}
