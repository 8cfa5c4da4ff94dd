// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct SafeVersionTests {
  private func choose(
    _ bad: String, safe: [String], unverified: [String] = [], upgrade: String? = nil, condemned: Set<String> = [],
    _ ecosystem: Ecosystem = .npm
  ) -> SafeVersion? {
    SafeVersion.choose(
      for: Package(ecosystem: ecosystem, name: "node-ipc", version: bad), safe: safe, unverified: unverified,
      upgrade: upgrade, isBad: { condemned.contains($0.version ?? "") })
  }

  @Test(arguments: [
    // The same line first, however near another one is; within it the older one.
    ("9.1.6", ["9.1.5", "9.2.1", "12.0.0"], "9.1.5", true), ("9.1.6", ["9.1.3", "9.1.5", "9.1.7"], "9.1.5", true),
    ("9.1.6", ["9.1.9", "9.1.7"], "9.1.7", false),
    ("9.1.6", ["9.0.9", "9.1.7"], "9.1.7", false),
    // Then the same major version, then any.
    ("9.2.3", ["8.9.9", "9.3.0"], "9.3.0", false),
    ("9.2.3", ["9.1.5", "12.0.0"], "9.1.5", true), ("9.1.6", ["9.2.1", "12.0.0"], "9.2.1", false),
    ("12.0.1", ["9.1.5", "11.0.0"], "11.0.0", true), ("12.0.1", ["13.0.0", "14.0.0"], "13.0.0", false),
    // Numbers, not letters.
    ("9.1.10", ["9.1.9", "9.1.8"], "9.1.9", true), ("1.0.0-beta.2", ["1.0.0-beta.1", "0.9.0"], "1.0.0-beta.1", true),
  ])
  func `the nearest version of the same line`(bad: String, safe: [String], version: String, isOlder: Bool) {
    #expect(choose(bad, safe: safe) == SafeVersion(version: version, origin: .incident, isOlder: isOlder))
  }

  @Test func `what the incident names comes before what records name, and what nobody confirms last`() {
    #expect(choose("1.2.0", safe: [], unverified: ["1.1.9"], upgrade: "1.3.0")?.origin == .records)
    #expect(choose("1.2.0", safe: ["2.0.0"], unverified: ["1.1.9"], upgrade: "1.3.0")?.version == "2.0.0")
    #expect(choose("1.2.0", safe: [], unverified: ["1.1.9"])?.origin == .incidentUnverified)
    #expect(choose("1.2.0", safe: []) == nil)
  }

  @Test func `a condemned version is never chosen`() {
    #expect(choose("9.1.6", safe: ["9.1.5", "9.1.4"], condemned: ["9.1.5"])?.version == "9.1.4")
    #expect(choose("9.1.6", safe: ["9.1.5"], upgrade: "9.1.7", condemned: ["9.1.5", "9.1.7"]) == nil)
    #expect(choose("9.1.6", safe: ["9.1.6"]) == nil)
  }

  @Test func `versions are ordered as their ecosystem does`() {
    #expect(choose("1.0.post1", safe: ["1.0", "1.0rc1"], .pypi)?.version == "1.0")
    #expect(choose("v1.2.3", safe: ["v1.2.2", "v1.2.10"], Ecosystem("Go"))?.version == "v1.2.2")
  }
}
