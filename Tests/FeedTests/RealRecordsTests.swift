// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Feed

@Suite struct RealRecordsTests {
  private static let mirror = SharedFiles.file("advisories/osv")

  @Test(
    .enabled(if: mirror != nil, "no public records beside this checkout"),
    arguments: ["Go", "Julia", "GitHub Actions", "crates.io"])
  func `every record that the list of a real ecosystem names is taken or counted`(ecosystem: String) throws {
    let mirror = try #require(Self.mirror)
    let index = try TestIndex()
    let counts = try #require(
      try index.update(from: mirror.path) { $0.ecosystems = [ecosystem] }.ecosystems[ecosystem])
    let list = try String(contentsOf: mirror.appending(path: "\(ecosystem)/modified_id.csv"), encoding: .utf8)
    #expect(counts.records + counts.refused == list.split(separator: "\n").count)
    #expect(try index.update(from: mirror.path).isNew == false)
  }
}
