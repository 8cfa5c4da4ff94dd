// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing
import Versions

/// The package for which all of this began: three different stories under one name.
@Suite struct NodeIPCTests {
  private let index: IncidentIndex

  init() throws {
    index = IncidentIndex.embedded()
  }

  private func matches(_ name: String, _ version: String) -> [IncidentIndex.Match] {
    index.matches(Package(ecosystem: .npm, name: name, version: version))
  }

  private func detail(_ name: String, _ version: String) throws -> IncidentDetail {
    let match = try #require(matches(name, version).first)
    return match.incident.detail(for: match.affected)
  }

  @Test(arguments: ["9.1.6", "9.2.3", "12.0.1", "v9.1.6", "12.0.1+build"])
  func `the versions of May 2026 are a stealer`(version: String) throws {
    let found = matches("node-ipc", version)
    #expect(found.map(\.incident.record.id) == ["npm-node-ipc-2026"])
    #expect(found.map(\.certainty) == [.yes])
    let detail = try detail("node-ipc", version)
    #expect(detail.class == .malicious)
    #expect(detail.kind == "stealer")
    #expect(detail.severity == .critical)
    #expect(detail.triggers == ["require"])
    #expect(detail.reads.contains("ssh") && detail.reads.contains("aws") && detail.reads.contains("npm-token"))
    #expect(found.first?.affected.detail.advisories == ["MAL-2026-3744"])
  }

  @Test(arguments: ["10.1.1", "10.1.2"])
  func `the versions of March 2022 are a wiper`(version: String) throws {
    let found = matches("node-ipc", version)
    #expect(found.map(\.incident.record.id) == ["npm-node-ipc-2022"])
    let detail = try detail("node-ipc", version)
    #expect(detail.class == .malicious)
    #expect(detail.kind == "wiper")
    #expect(detail.reads.isEmpty)
    #expect(found.first?.affected.detail.advisories.contains("GHSA-97m3-w2cp-4xx6") == true)
  }

  @Test(arguments: [
    ("node-ipc", "9.2.2"), ("node-ipc", "11.0.0"), ("node-ipc", "11.1.0"), ("peacenotwar", "9.1.3"),
    ("peacenotwar", "9.1.6"),
    ("peacenotwar", "0.0.1"), ("peacenotwar", "99.0.0-beta"), ("peacenotwar", "not-a-version"),
  ])
  func `the protest is protestware, with a title and advice of its own`(name: String, version: String) throws {
    #expect(matches(name, version).map(\.incident.record.id) == ["npm-node-ipc-2022"])
    #expect(matches(name, version).map(\.certainty) == [.yes])
    let protest = try detail(name, version)
    #expect(protest.class == .protestware)
    #expect(protest.kind == "protestware")
    for other in [try detail("node-ipc", "10.1.1"), try detail("node-ipc", "9.1.6")] {
      #expect(protest.title != other.title)
      for audience in Audience.allCases { #expect(protest.advice(for: audience) != other.advice(for: audience)) }
    }
  }

  @Test(arguments: [
    "9.1.5", "9.2.1", "10.1.0", "12.0.0", "13.0.0", "14.0.0", "9.1.7", "9.2.4", "12.0.2", "9.1.60", "91.6.0",
    "12.0.1-rc.1",
  ])
  func `every other version is clean`(version: String) {
    #expect(matches("node-ipc", version).isEmpty)
  }

  @Test(arguments: [
    "node_ipc", "nodeipc", "node-ipcs", "node-ipc2", "Node-IPC", "@a/node-ipc", "node-ipc ", "node-lpc",
    "peace-not-war", "peacenotwars",
  ])
  func `a name that only looks like it is clean`(name: String) {
    for version in ["9.1.6", "9.2.3", "12.0.1", "10.1.1", "9.2.2"] { #expect(matches(name, version).isEmpty) }
    #expect(!index.names(name, in: .npm))
  }

  @Test func `the same name in another ecosystem is clean`() {
    #expect(index.matches(Package(ecosystem: Ecosystem("PyPI"), name: "node-ipc", version: "9.1.6")).isEmpty)
  }

  @Test(arguments: [
    ("node-ipc", "9.1.6"), ("node-ipc", "10.1.1"), ("node-ipc", "9.2.2"), ("node-ipc", "11.0.0"),
    ("peacenotwar", "9.1.3"),
  ])
  func `each story is told in five languages, to each audience, in words of its own`(
    name: String, version: String
  ) throws {
    let detail = try detail(name, version)
    var told: Set<String> = []
    for language in ["en", "nl", "de", "fr", "es"] {
      #expect(language == "en" || detail.titles[language]?.isEmpty == false, "\(language)")
      for audience in Audience.allCases {
        let advice = try #require(detail.texts[language]?[audience], "\(language) \(audience)")
        #expect(advice.steps.count >= 3, "\(language) \(audience)")
        told.insert(advice.what)
      }
    }
    #expect(told.count == 15)
    #expect(Set(detail.titles.values).count == 4)
  }

  @Test func `the way back never leads to another bad version`() {
    let bad = ["9.1.6", "9.2.3", "12.0.1", "10.1.1", "10.1.2", "9.2.2", "11.0.0", "11.1.0"]
    for version in bad {
      let match = matches("node-ipc", version).first
      #expect(match?.affected.detail.safe.isEmpty == false, "\(version)")
      for safe in match?.affected.detail.safe ?? [] {
        #expect(matches("node-ipc", safe).isEmpty, "\(version) to \(safe)")
      }
    }
  }
}
