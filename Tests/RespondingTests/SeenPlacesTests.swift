// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import History
import Inventory
import Testing
import Versions

@testable import Responding

@Suite struct SeenPlacesTests {
  private let path = "home/shop/node_modules/node-ipc/package.json"
  private let published: Int64 = 1_778_768_730
  private let now: Int64 = 1_795_000_000

  private func place(
    born: Int64?, modified: Int64, changed: Int64, published: Int64?, kind: Sighting.Kind = .installed
  ) -> PastSighting? {
    let seen = Survey.Seen(
      package: Package(ecosystem: .npm, name: "node-ipc", version: "9.1.6"), path: path, line: nil, kind: kind,
      certainty: .yes)
    let times = [path: SeenPlaces.Times(born: born, modified: modified, changed: changed)]
    return SeenPlaces(published: published, now: PastSighting.Bound(now, isExact: false), times: times).places([seen])
      .first
  }

  @Test func `when a file was made on this disk is exact`() {
    let place = place(born: 1_779_000_000, modified: 1_779_000_000, changed: 1_779_000_000, published: published)
    #expect(place?.place == "home/shop/node_modules/node-ipc")
    #expect(place?.from == PastSighting.Bound(1_779_000_000))
    #expect(place?.to == nil)
    #expect(place?.evidence.map(\.code) == [.installedHere, .fileMade])
  }

  @Test func `what came from elsewhere counts from its own time, if the bad version was out by then`() {
    let copied = place(born: 1_790_000_000, modified: 1_779_000_000, changed: 1_790_000_000, published: published)
    #expect(copied?.from == PastSighting.Bound(1_779_000_000, isExact: false))
    let packed = place(born: 1_790_000_000, modified: 499_162_500, changed: 1_790_000_000, published: published)
    #expect(packed?.from == PastSighting.Bound(1_790_000_000))
  }

  @Test func `without a time of making it was there at the last change at the latest`() {
    let place = place(born: nil, modified: 499_162_500, changed: 1_780_000_000, published: published)
    #expect(place?.from?.isExact == false)
    #expect((place?.from?.seconds ?? 0) <= 1_780_000_000)
  }

  @Test func `a lockfile may have been written for another reason since`() {
    let place = place(
      born: 1_779_000_000, modified: 1_779_000_000, changed: 1_779_000_000, published: nil, kind: .locked)
    #expect(place?.degree == .locked)
    #expect(place?.place == path)
    #expect(place?.from?.isExact == false)
  }

  @Test func `what lies in quarantine is over`() {
    let place = place(
      born: 1_779_000_000, modified: 1_779_000_000, changed: 1_790_000_000, published: published, kind: .quarantined)
    #expect(place?.to == PastSighting.Bound(now, isExact: false))
  }
}
