// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing
import Versions

@testable import Responding

@Suite struct ResponseTargetTests {
  private let incidents = IncidentIndex.embedded()

  private func target(_ text: String) throws -> ResponseTarget {
    try ResponseTarget(text, incidents: incidents, index: nil)
  }

  private func nodeIPC(_ version: String?) -> Package { Package(ecosystem: .npm, name: "node-ipc", version: version) }

  @Test(arguments: ["npm-node-ipc-2026", "MAL-2026-3744", "ghsa-pvh2-rg5g-69v7"])
  func `an incident and its advisories mean the same`(text: String) throws {
    let target = try target(text)
    #expect(target.id == "npm-node-ipc-2026")
    #expect(target.isAttack)
    #expect(!target.mayHaveReadAnything)
    #expect(["9.1.6", "9.2.3", "12.0.1"].allSatisfy { target.certainty(nodeIPC($0)) == .yes })
    #expect(["9.1.5", "9.2.2", "10.1.1"].allSatisfy { target.certainty(nodeIPC($0)) == .no })
  }

  @Test func `a purl with a version is about that version alone`() throws {
    let target = try target("pkg:npm/node-ipc@9.1.6")
    #expect(target.id == "npm-node-ipc-2026")
    #expect(target.certainty(nodeIPC("9.1.6")) == .yes)
    #expect(target.certainty(nodeIPC("12.0.1")) == .no)
  }

  @Test func `a purl that two incidents are about must be told apart`() {
    #expect(throws: ResponseTarget.Failure.several(["npm-node-ipc-2022", "npm-node-ipc-2026"])) {
      try target("pkg:npm/node-ipc")
    }
  }

  @Test func `a purl that nothing condemns is looked for all the same`() throws {
    let target = try target("pkg:pypi/Some_Thing@1.0")
    #expect(target.class == nil)
    #expect(!target.isAttack)
    #expect(target.certainty(Package(ecosystem: .pypi, name: "some-thing", version: "1.0")) == .yes)
    #expect(target.certainty(Package(ecosystem: .pypi, name: "some-thing", version: "1.1")) == .no)
  }

  @Test func `a name that nothing has is an error, with what is near`() {
    #expect(throws: ResponseTarget.Failure.unknown(near: ["npm-node-ipc-2022", "npm-node-ipc-2026"])) {
      try target("npm-node-ipc-2027")
    }
  }

  @Test func `an incident whose versions do different things reads what any of them reads`() throws {
    for incident in incidents.all() where !incident.detail.variants.isEmpty {
      let target = try target(incident.record.id)
      let reads = Set(incident.record.affected.flatMap { incident.detail(for: $0).reads })
      #expect(reads.isEmpty || Set(target.detail.reads) == reads, "\(incident.record.id)")
    }
  }
}
