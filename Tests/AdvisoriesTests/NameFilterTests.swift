// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Advisories

@Suite struct NameFilterTests {
  private func keys(_ range: Range<Int>) -> [NameKey] { range.map { NameKey(.npm, "package-\($0)") } }

  @Test(arguments: [0, 1, 2, 100, 50_000])
  func `a name that was put in is never denied`(count: Int) throws {
    var filter = NameFilter(names: count)
    // One more than there is room for: full or not, no answer is a false no.
    for key in keys(0..<count + 1) { filter.insert(key) }
    let again = try #require(NameFilter(filter.bytes))
    #expect(keys(0..<count + 1).allSatisfy(filter.mayContain))
    #expect(keys(0..<count + 1).allSatisfy(again.mayContain))
  }

  @Test func `of names that were not put in, fewer than three in a hundred pass`() {
    var filter = NameFilter(names: 100_000)
    for key in keys(0..<100_000) { filter.insert(key) }
    let passed = keys(100_000..<300_000).count(where: filter.mayContain)
    #expect(passed > 0)
    #expect(passed < 200_000 * 3 / 100)
  }

  @Test(arguments: [1000, 50_000]) func `a filter is full when it has more names than there was room for`(count: Int) {
    var filter = NameFilter(names: count)
    for key in keys(0..<count) { filter.insert(key) }
    #expect(!filter.isFull)
    for key in keys(count..<count * 5 / 4) { filter.insert(key) }
    #expect(filter.isFull)
  }

  @Test func `an empty filter denies everything`() {
    let filter = NameFilter(names: 1000)
    #expect(!keys(0..<1000).contains(where: filter.mayContain))
  }

  @Test(arguments: [0, 1, 63, 65, 127]) func `bytes that are no blocks are no filter`(count: Int) {
    #expect(NameFilter([UInt8](repeating: 0, count: count)) == nil)
  }
}
