// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Exposure

@Suite struct CanaryTests {
  static let catalogue = try? CredentialCatalogue.embedded()

  @Test func `each kind is found at each of its places`() throws {
    let catalogue = try #require(Self.catalogue)
    let planted = try PlantedHome.shared.get()
    let findings = try planted.findings(catalogue)
    let found = Set(findings.sightings.map { "\($0.kind) \($0.path)" })
    let missing = planted.plants.map { "\($0.kind) \($0.shown)" }.filter { !found.contains($0) }
    #expect(missing == [], "\(missing.count) of \(planted.plants.count)")
    #expect(planted.plants.count > 800)
    #expect(Set(findings.sightings.map(\.kind)) == Set(catalogue.kinds.map(\.id)))
    #expect(findings.problems == [])
  }

  @Test func `no piece of a secret is in anything that a search gives out`() throws {
    let catalogue = try #require(Self.catalogue)
    let planted = try PlantedHome.shared.get()
    let findings = try planted.findings(catalogue)
    #expect(findings.sightings.count > 500)
    var text = String(reflecting: findings)
    dump(findings, to: &text)
    expectNoCanary(of: planted, in: text)
  }

  @Test func `the search for canaries finds one where it is`() throws {
    let planted = try PlantedHome.shared.get()
    let canary = try #require(planted.canaries["npm-token"])
    #expect(!planted.pieces(in: "x" + canary.prefix(12)).isEmpty)
    #expect(!planted.pieces(in: Data(canary.utf8).base64EncodedString()).isEmpty)
    #expect(!planted.pieces(in: canary.utf8.map { String(format: "%02x", $0) }.joined()).isEmpty)
    #expect(planted.pieces(in: "nothing of the sort").isEmpty)
  }
}

extension PlantedHome {
  /// Eight bytes and more of a canary that stand in a text: as they are, in Base64 at each of its three phases, or in hexadecimal digits.
  func pieces(in text: String) -> [String] {
    var wanted: Set<[UInt8]> = []
    for canary in canaries.values {
      let bytes = Array(canary.utf8)
      let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
      let phases = (0..<3).map {
        String(Data([UInt8](repeating: 0x20, count: $0) + bytes).base64EncodedString().dropFirst(4).dropLast(4))
      }
      for form in [canary, String(canary.reversed()), hexadecimal, hexadecimal.uppercased()] + phases {
        let form = Array(form.utf8)
        for start in 0...(form.count - 8) { wanted.insert(Array(form[start..<(start + 8)])) }
      }
    }
    let bytes = Array(text.utf8)
    guard bytes.count >= 8 else { return [] }
    return (0...(bytes.count - 8)).lazy.map { Array(bytes[$0..<($0 + 8)]) }.filter { wanted.contains($0) }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

func expectNoCanary(of planted: PlantedHome, in text: String, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(planted.pieces(in: text) == [], sourceLocation: sourceLocation)
}
