// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Discovery
import TestSupport
import Testing

/// Every extractor against its fixtures.
@Suite struct FixtureTests {
  @Test(arguments: FixtureCase.all)
  func `a fixture yields what its table says, in file order`(_ fixture: FixtureCase) throws {
    let expected = try fixture.expectedLines()
    let outcome = try fixture.outcome()
    #expect(outcome.packageLines == expected.filter { !$0.hasPrefix("problem\t") })
    #expect(outcome.problemLines.sorted() == expected.filter { $0.hasPrefix("problem\t") }.sorted())
  }

  @Test(arguments: FixtureCase.all)
  func `reading a fixture without paths yields the same packages`(_ fixture: FixtureCase) throws {
    let bytes = try fixture.bytes()
    let request = Reading.Request(extractor: fixture.extractor, place: try fixture.place(), siblings: fixture.siblings)
    let plain = bytes.withUnsafeBufferPointer { Reading.read($0, request) }
    let whole = try fixture.outcome()
    #expect(plain.packages == whole.packages)
    #expect(plain.problems == whole.problems)
    #expect(plain.paths.isEmpty)
  }
}
