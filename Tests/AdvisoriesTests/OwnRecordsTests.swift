// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Advisories

/// Records that somebody has put in beside the public ones.
@Suite struct OwnRecordsTests {
  private let folder: IndexFolder
  private let own = SampleRecord.malware("OWN-1", "inside")

  init() throws { folder = try IndexFolder() }

  private func ownRecords(_ index: AdvisoryIndex) throws -> [String] {
    var records: [String] = []
    try index.forEachOwnRecord { records.append("\($1): \($0.string)") }
    return records
  }

  @Test(arguments: [true, false])
  func `an own record is found as one, under its label, and kept as it came`(isFirstBuild: Bool) throws {
    if !isFirstBuild { try folder.make("basis", [SampleRecord.flaw(1)]) }
    let index = try folder.make("a", on: isFirstBuild ? nil : "basis") {
      expect(try $0.put(own, origin: .own(label: "our list")), .stored)
      expect(try $0.put(own, origin: .own(label: "our list")), .unchanged)
      expect(try $0.put(own, origin: .own(label: "their list")), .stored)
    }
    #expect(try index.record("OWN-1")?.origin == .own(label: "their list"))
    #expect(try index.ids(.npm, "inside", "1.0.0") == ["OWN-1"])
    var areOwn: [Bool] = []
    try index.forEachClaim(under: NameKey(.npm, "inside")) { areOwn.append($1.isOwn) }
    #expect(areOwn == [true])
    #expect(try ownRecords(index) == ["their list: \(own)"])
  }

  @Test(arguments: [true, false])
  func `an own record takes no public one's place`(isFirstBuild: Bool) throws {
    let publicOne = SampleRecord.malware("MAL-1", "left-pad")
    if !isFirstBuild { try folder.make("basis", [publicOne]) }
    let index = try folder.make("a", isFirstBuild ? [publicOne] : [], on: isFirstBuild ? nil : "basis") {
      let record = SampleRecord.malware("MAL-1", "other").dropLast() + #", "withdrawn": "2026-01-01"}"#
      expect(try $0.put(String(record), origin: .own(label: "l")), .refused(reason: "id-of-a-public-record"))
    }
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == ["MAL-1"])
    #expect(try ownRecords(index) == [])
  }

  @Test(arguments: [true, false])
  func `a public record takes the place of an own one`(isFirstBuild: Bool) throws {
    if !isFirstBuild { try folder.make("basis") { _ = try $0.put(own, origin: .own(label: "l")) } }
    let index = try folder.make("a", on: isFirstBuild ? nil : "basis") {
      if isFirstBuild { _ = try $0.put(own, origin: .own(label: "l")) }
      expect(try $0.put(own), .stored)
    }
    #expect(try index.record("OWN-1")?.origin == .feed)
    #expect(try ownRecords(index) == [])
    #expect(try index.information.content == folder.make("only", [own]).information.content)
  }

  @Test func `an own record goes out as it came in`() throws {
    try folder.make("a") { _ = try $0.put(own, origin: .own(label: "l")) }
    let index = try folder.make("b", on: "a", removing: ["OWN-1"])
    #expect(try ownRecords(index) == [])
    #expect(index.information.counts == IndexCounts())
  }

  @Test func `own records do not make the public ones look newer`() throws {
    let late = SampleRecord.malware("OWN-1", "a", modified: "2026-03-01T00:00:00Z")
    let index = try folder.make("a", [SampleRecord.malware("MAL-1", "b", modified: "2026-02-01T00:00:00Z")]) {
      _ = try $0.put(late, origin: .own(label: "l"))
    }
    #expect(index.information.asOf == "2026-02-01T00:00:00Z")
  }

  @Test func `a new build takes own records and documents over, but no public ones`() throws {
    try folder.make("old", [SampleRecord.flaw(6)]) {
      _ = try $0.put(own, origin: .own(label: "l"))
      _ = try $0.put(SampleRecord.malware("MAL-1", "mine"), origin: .own(label: "l"))
      try $0.putVEX(Array("{}".utf8), named: "v")
    }
    let index = try folder.make("new", [SampleRecord.malware("MAL-1", "public")]) {
      try $0.takeOwn(from: folder.path("old"))
    }
    #expect(try ownRecords(index) == ["l: \(own)"])
    #expect(try index.ids(.npm, "inside", "1.0.0") == ["OWN-1"])
    #expect(try index.ids(.npm, "public", "1.0.0") == ["MAL-1"])
    #expect(try index.ids(.npm, "mine", "1.0.0") == [])
    #expect(try index.record("GHSA-6") == nil)
    var names: [String] = []
    try index.forEachVEXDocument { name, _ in names.append(name) }
    #expect(names == ["v"])
    #expect(throws: AdvisoryIndexError(.missing, path: folder.path("none"))) {
      try folder.make("next") { try $0.takeOwn(from: folder.path("none")) }
    }
  }
}
