// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import History

@Suite struct PastSightingTests {
  @Test func `degrees are in the order of how far it came`() {
    #expect(PastSighting.Degree.locked < .onDisk)
    #expect(PastSighting.Degree.onDisk < .ran)
    #expect(!(PastSighting.Degree.ran < .ran))
  }
}
