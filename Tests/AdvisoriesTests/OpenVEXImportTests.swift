// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Testing

/// - Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md 0.2.0 and `openvex_json_schema.json` (read 2026-11-25)
@Suite struct OpenVEXImportTests {
  private func document(_ statements: String, version: String = "1") -> String {
    """
    {
      "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vendor.example/vex-1", "author": "Cheese Ltd",
      "timestamp": "2099-01-08T18:02:03Z", "version": \(version),
      "statements": [
    \(statements)
      ]
    }
    """
  }

  @Test func `a statement tells the vulnerability, the products, the status and why`() throws {
    let file = try importing(
      document(
        """
        {
          "vulnerability": {"name": "CVE-2099-0001", "aliases": ["GHSA-2222-3333-4444"], "description": "Holes."},
          "timestamp": "2099-02-01T00:00:00Z",
          "products": [
            {"@id": "pkg:npm/cheese@1.0.0", "hashes": {"sha-256": "00"}},
            {
              "@id": "https://vendor.example/board", "identifiers": {"purl": "pkg:oci/board@sha256:00"},
              "subcomponents": [{"@id": "pkg:npm/left-cheese@1.0.0"}, {"@id": "https://vendor.example/part"}]
            },
            {"identifiers": {"cpe23": "cpe:2.3:a:example:cheese:1.0:*:*:*:*:*:*:*"}}
          ],
          "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path",
          "impact_statement": "Never called.", "status_notes": "Read twice."
        },
        {
          "vulnerability": {"name": "CVE-2099-0002"}, "products": [{"@id": "pkg:npm/cheese@1.0.0"}],
          "status": "affected", "action_statement": "Take 1.0.1."
        }
        """))
    #expect(file.format == .openVEX)
    #expect(file.problems.isEmpty)
    #expect(file.records.isEmpty)
    let first = try #require(file.statements.first)
    #expect(first.vulnerability == "CVE-2099-0001")
    #expect(first.aliases == ["GHSA-2222-3333-4444"])
    #expect(first.status == .notAffected)
    #expect(first.justification == .vulnerableCodeNotInExecutePath)
    #expect(first.impactStatement == "Never called.")
    #expect(first.statusNotes == "Read twice.")
    #expect(first.timestamp == "2099-02-01T00:00:00Z")
    #expect(first.document == "https://vendor.example/vex-1")
    #expect(first.author == "Cheese Ltd")
    #expect(first.products.map(\.purl) == ["pkg:npm/cheese@1.0.0", "pkg:oci/board@sha256:00", nil])
    #expect(
      first.products.map(\.id) == [
        "pkg:npm/cheese@1.0.0", "https://vendor.example/board", "cpe:2.3:a:example:cheese:1.0:*:*:*:*:*:*:*",
      ])
    #expect(first.products[1].subcomponents == ["pkg:npm/left-cheese@1.0.0", "https://vendor.example/part"])
    let second = try #require(file.statements.last)
    #expect(second.status == .affected)
    #expect(second.actionStatement == "Take 1.0.1.")
    #expect(second.timestamp == "2099-01-08T18:02:03Z")
  }

  @Test func `documents from before 0-2-0 write vulnerabilities and products as texts`() throws {
    let file = try importing(
      document(
        #"{"vulnerability": "CVE-2099-0001", "products": ["pkg:apk/x/git@1?arch=a", "pkg:apk/x/git@1"], "status": "fixed"}"#,
        version: #""1""#
      ).replacing("/ns/v0.2.0", with: "/ns"))
    #expect(file.statements.map(\.vulnerability) == ["CVE-2099-0001"])
    #expect(file.statements.first?.products.map(\.purl) == ["pkg:apk/x/git@1?arch=a", "pkg:apk/x/git@1"])
    #expect(file.statements.first?.status == .fixed)
  }

  @Test func `what stands behind the statements is inherited as well`() throws {
    let text =
      #"{"statements": [{"vulnerability": "V", "products": ["pkg:npm/a@1"], "status": "fixed"}], "timestamp": "T","#
      + #" "author": "A", "@id": "I", "@context": "https://openvex.dev/ns"}"#
    let statement = try #require(try importing(text).statements.first)
    #expect([statement.timestamp, statement.author, statement.document] == ["T", "A", "I"])
  }

  @Test(arguments: [
    (#""status": "not_affected", "impact_statement": "No.""#, nil), (#""status": "under_investigation""#, nil),
    (#""status": "affected""#, nil), (#""status": "not_affected""#, "no-reason"),
    (#""status": "not_affected", "impact_statement": """#, "no-reason"),
    (#""status": "not_affected", "justification": "because""#, "unknown-justification"),
    (#""status": "not_affected", "justification": 7"#, "unknown-justification"),
    (#""status": "harmless""#, "unknown-status"), (#""status": 7"#, "unknown-status"),
    (#""status": "Fixed""#, "unknown-status"), (#""note": 1"#, "unknown-status"),
  ])
  func `what might hide a finding has to be right`(fields: String, code: String?) throws {
    let good = #"{"vulnerability": "GOOD", "products": ["pkg:npm/a@1"], "status": "fixed"}"#
    let statement = #"{"vulnerability": {"name": "V"}, "products": [{"@id": "pkg:npm/a@1"}], \#(fields)}"#
    let file = try importing(document("\(good),\n\(statement)"))
    #expect(file.statements.map(\.vulnerability) == (code == nil ? ["GOOD", "V"] : ["GOOD"]))
    #expect(file.problems.map(\.code.rawValue) == (code.map { [$0] } ?? []))
    #expect(file.problems.map(\.line) == (code == nil ? [] : [6]))
  }

  @Test(arguments: [
    ("", "no-product"), (#""products": [],"#, "no-product"), (#""products": "pkg:npm/a@1","#, "unexpected-type"),
    (#""products": [{}],"#, "unexpected-type"), (#""products": [{"hashes": {}}],"#, "unexpected-type"),
    (#""products": ["pkg:npm/a@1", 7],"#, "unexpected-type"), (#""products": [""],"#, "unexpected-type"),
  ])
  func `a statement about no product that can be told is about none`(products: String, code: String) throws {
    let good = #"{"vulnerability": "GOOD", "products": ["pkg:npm/a@1"], "status": "fixed"}"#
    let file = try importing(document("\(good), {\"vulnerability\": \"V\", \(products) \"status\": \"fixed\"}, 7"))
    #expect(file.statements.map(\.vulnerability) == ["GOOD"])
    #expect(file.problems.map(\.code.rawValue) == [code, "unexpected-type"])
  }

  @Test func `a statement about no vulnerability is none`() throws {
    let good = #"{"vulnerability": "GOOD", "products": ["pkg:npm/a@1"], "status": "fixed"}"#
    let file = try importing(
      document(
        good + #", {"products": ["pkg:npm/a@1"], "status": "fixed"}"#
          + #", {"vulnerability": {"@id": "x"}, "products": ["pkg:npm/a@1"], "status": "fixed"}"#))
    #expect(file.statements.count == 1)
    #expect(file.problems.map(\.code) == [.noID, .noID])
  }
}
