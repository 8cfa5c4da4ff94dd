// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Parsing
import TestSupport
import Testing

/// What only an explanation of an incident needs.
@Suite struct IncidentFieldsTests {
  private func incident(_ detail: String, affected: String = "", fields: String = "") throws -> Incident {
    let json =
      #"{"id": "one", "summary": "s", "affected": [\#(affected)]\#(fields), "database_specific": {"gifthorse": {"class": "malicious", \#(detail)}}}"#
    return try Array(json.utf8).withUnsafeBufferPointer { (bytes) throws(ParseError) in try Incident(json: bytes) }
  }

  @Test func `the ways out are read, with all that is known of each`() throws {
    let leaves = try incident(
      #""leaves": [{"via": "dns", "hosts": ["a.example"], "addresses": ["192.0.2.1"], "queries": ["q.example"], "note": "n", "new": {}}, 7, {"via": "tor"}]"#
    ).detail.leaves
    #expect(leaves.map(\.via) == ["dns", "", "tor"])
    #expect(leaves[0].hosts == ["a.example"] && leaves[0].addresses == ["192.0.2.1"])
    #expect(leaves[0].queries == ["q.example"] && leaves[0].note == "n")
  }

  @Test func `each kind of trace is read`() throws {
    let traces = try incident(
      #""traces": {"files": ["f"], "processes": ["p"], "sha256": [{"value": "aa", "of": "x.js"}, {"value": "bb"}], "sha1": [{"value": "cc"}], "integrity": [{"value": "sha512-dd", "of": "x.tgz"}], "other": ["o"], "shared_hosts": ["honest.example"], "new": [1]}"#
    ).detail.traces
    #expect(traces.files == ["f"] && traces.processes == ["p"] && traces.other == ["o"])
    #expect(traces.sha256.map(\.value) == ["aa", "bb"] && traces.sha256.map(\.file) == ["x.js", nil])
    #expect(traces.sha1.map(\.value) == ["cc"])
    #expect(traces.integrity.map(\.value) == ["sha512-dd"] && traces.integrity.map(\.file) == ["x.tgz"])
    #expect(traces.sharedHosts == ["honest.example"])
  }

  @Test func `marks, remarks, sources and signs are read`() throws {
    let incident = try incident(
      #""network_unverified": true, "details_from_general_knowledge": true, "cleanup": ["isolate"], "notes": ["n"], "sources_without_link": ["s"], "signs": [{"is": "line", "path": "~/.profile", "contains": ["marker-of-one"], "certain": true, "variant": "v", "note": "why"}]"#,
      fields: #", "related": ["CVE-2026-0001"]"#)
    let detail = incident.detail
    #expect(detail.isNetworkUnverified && detail.isFromGeneralKnowledge && !detail.isUnverified)
    #expect(detail.cleanup == ["isolate"] && detail.notes == ["n"] && detail.sourcesWithoutLink == ["s"])
    #expect(detail.signs.map(\.kind) == ["line"] && detail.signs.map(\.path) == ["~/.profile"])
    #expect(detail.signs.map(\.isCertain) == [true] && detail.signs.map(\.variant) == ["v"])
    #expect(detail.signs.map(\.note) == ["why"])
    #expect(incident.record.related == ["CVE-2026-0001"])
    let plain = try self.incident(#""kind": "worm""#).detail
    #expect(!plain.isNetworkUnverified && !plain.isFromGeneralKnowledge && plain.signs.isEmpty)
  }

  @Test func `how sure a safe version is, and what is to be said of it, are read`() throws {
    let entry =
      #"{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1"], "database_specific": {"gifthorse": {"safe": ["2", "3"], "safe_confidence": {"3": "low"}, "note": "n"}}}"#
    let affected = try #require(try incident(#""kind": "worm""#, affected: entry).record.affected.first)
    #expect(affected.detail.safeConfidence == ["3": "low"])
    #expect(affected.detail.note == "n")
  }

  @Test func `what a variant gives, though empty, takes the record's place, and what it leaves out does not`() throws {
    let detail = try incident(
      #""reads": ["ssh"], "leaves": [{"via": "dns"}], "traces": {"files": ["f"]}, "cleanup": ["isolate"], "variants": {"empty": {"reads": [], "leaves": [], "traces": {}}, "silent": {"kind": "worm"}, "other": {"leaves": [{"via": "tor"}], "traces": {"files": ["g"]}, "cleanup": ["remove"]}}"#
    ).detail
    func overlaid(_ name: String) throws -> IncidentDetail {
      detail.overlaid(with: try #require(detail.variants[name]))
    }
    let (empty, silent, other) = (try overlaid("empty"), try overlaid("silent"), try overlaid("other"))
    #expect(empty.reads == [] && empty.leaves == [] && empty.traces == IncidentTraces())
    #expect(empty.cleanup == ["isolate"])
    #expect(silent.reads == ["ssh"] && silent.leaves.map(\.via) == ["dns"] && silent.traces.files == ["f"])
    #expect(other.reads == ["ssh"] && other.leaves.map(\.via) == ["tor"] && other.traces.files == ["g"])
    #expect(other.cleanup == ["remove"])
  }

  // MARK: Codes

  /// The list of codes at `path` of the schema.
  private func codes(_ path: String...) throws -> [String] {
    let file = Repository.root.appending(path: "Schemas/incident-1.schema.json")
    var value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    for key in ["$defs"] + path + ["enum"] { value = try #require((value as? [String: Any])?[key], "\(key)") }
    return try #require(value as? [String])
  }

  @Test func `the codes are exactly those that the schema allows`() throws {
    #expect(try codes("trigger", "items") == IncidentCode.Trigger.allCases.map(\.rawValue))
    #expect(try codes("reads", "items") == IncidentCode.Reading.allCases.map(\.rawValue))
    #expect(try codes("leaves", "items", "properties", "via") == IncidentCode.Way.allCases.map(\.rawValue))
    #expect(try codes("cleanup", "items") == IncidentCode.Cleanup.allCases.map(\.rawValue))
  }

  @Test func `every embedded incident has what an explanation needs`() {
    let incidents = IncidentIndex.embedded().all()
    #expect(incidents.count { !$0.detail.leaves.isEmpty } > 100)
    #expect(incidents.count { $0.detail.traces != IncidentTraces() } > 100)
    #expect(incidents.count { !$0.detail.signs.isEmpty } > 50)
    for incident in incidents {
      let id = incident.record.id
      #expect(!incident.detail.cleanup.isEmpty && !incident.detail.triggers.isEmpty, "\(id)")
      #expect(incident.detail.leaves.allSatisfy { IncidentCode.Way(rawValue: $0.via) != nil }, "\(id)")
      let sources = incident.record.references + incident.detail.sourcesWithoutLink
      #expect(!sources.isEmpty || incident.detail.isUnverified, "\(id)")
    }
  }
}
