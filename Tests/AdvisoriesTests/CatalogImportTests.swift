// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing

/// - Source: https://github.com/perplexityai/bumblebee, `docs/schema/v0.2.0/exposure-catalog.schema.json` (read 2026-11-25)
@Suite struct CatalogImportTests {
  private static let catalog = """
    {
      "schema_version": "0.2.0",
      "_comment": "A campaign that never was.",
      "_indicators": {"sha256": ["00"]},
      "entries": [
        {
          "id": "cheese-npm-left-cheese", "name": "left-cheese (Cheese campaign)", "ecosystem": "npm",
          "package": "left-cheese", "versions": ["1.0.0", "1.0.1"], "severity": "critical",
          "source": "https://vendor.example/cheese", "indicators": {"x": 1}
        },
        {"id": "cheese-ext", "ecosystem": "editor-extension", "package": "publisher.cheese", "versions": ["*"]},
        {"id": "cheese-gems", "ecosystem": "rubygems", "package": "cheese", "versions": ["0.1"]},
        {"id": "cheese-gems", "ecosystem": "rubygems", "package": "blue-cheese", "versions": ["0.2"]}
      ]
    }
    """

  @Test func `a catalogue becomes one record for each id`() throws {
    let file = try importing(Self.catalog, name: "cheese-2099.json")
    #expect(file.format == .bumblebee)
    #expect(file.problems.isEmpty)
    #expect(
      summaries(file) == [
        "npm left-cheese: 1.0.0 1.0.1", "VSCode publisher.cheese: *", "RubyGems cheese: 0.1",
        "RubyGems blue-cheese: 0.2",
      ])
    #expect(
      file.records.map(\.id) == [
        "private/cheese-2099.json/cheese-npm-left-cheese", "private/cheese-2099.json/cheese-ext",
        "private/cheese-2099.json/cheese-gems",
      ])
    let first = try #require(file.records.first)
    #expect(first.summary == "left-cheese (Cheese campaign)")
    #expect(first.remarks.severity == "critical")
    #expect(first.references == ["https://vendor.example/cheese"])
    #expect(file.records.allSatisfy { $0.remarks.isMalicious })
    #expect(file.records[1].affected[0].isWhole)
  }

  @Test func `a star is every version in catalogues of 0-1-0 as well`() throws {
    let file = try importing(Self.catalog.replacing("0.2.0", with: "0.1.0"))
    #expect(file.records[1].affected[0].isWhole)
  }

  @Test func `a catalogue is about malware whatever is said of the file`() throws {
    let file = try importing(Array(Self.catalog.utf8), ImportOptions(name: "x", isMalicious: false))
    #expect(file.records.allSatisfy { $0.remarks.isMalicious })
  }

  @Test(arguments: [
    (#"{"ecosystem": "npm", "package": "a", "versions": ["1"]}"#, "no-id"),
    (#"{"id": " ", "ecosystem": "npm", "package": "a", "versions": ["1"]}"#, "no-id"),
    (#"{"id": "e\n", "ecosystem": "npm", "package": "a", "versions": ["1"]}"#, "no-id"),
    (#"{"id": "e", "package": "a", "versions": ["1"]}"#, "unknown-ecosystem"),
    (#"{"id": "e", "ecosystem": "mcp", "package": "a", "versions": ["1"]}"#, "unknown-ecosystem"),
    (#"{"id": "e", "ecosystem": "homebrew", "package": "a", "versions": ["1"]}"#, "unknown-ecosystem"),
    (#"{"id": "e", "ecosystem": "npm", "versions": ["1"]}"#, "no-name"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a"}"#, "no-version"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": []}"#, "no-version"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": [""]}"#, "no-version"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": ["1", "*"]}"#, "not-only-all"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": [">=1"]}"#, "not-a-version"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": "1"}"#, "unexpected-type"),
    (#"{"id": "e", "ecosystem": "npm", "package": "a", "versions": [1]}"#, "unexpected-type"),
    (#"{"id": "e", "ecosystem": "npm", "package": 7, "versions": ["1"]}"#, "unexpected-type"),
    (#"{"id": null, "ecosystem": "npm", "package": "a", "versions": ["1"]}"#, "unexpected-type"),
    ("7", "unexpected-type"), ("[]", "unexpected-type"),
  ])
  func `an entry that breaks the schema is told and the others are taken`(entry: String, code: String) throws {
    let good = #"{"id": "good", "ecosystem": "npm", "package": "good", "versions": ["1"]}"#
    let file = try importing("{\"schema_version\": \"0.2.0\", \"entries\": [\n\(good),\n\(entry)\n]}")
    #expect(summaries(file) == ["npm good: 1"])
    #expect(file.problems.map(\.code.rawValue) == [code])
    #expect(file.problems.map(\.line) == [3])
  }

  @Test func `exceptions are told and not taken, for what is imported only adds`() throws {
    let allowed = #""allowlist": [{"id": "fine", "ecosystem": "npm", "package": "left-cheese", "versions": ["*"]}],"#
    let file = try importing(Self.catalog.replacing("\"entries\"", with: allowed + "\n\"entries\""))
    #expect(file.records.count == 3)
    #expect(summaries(file.problems) == ["5 exception-ignored fine"])
  }
}
