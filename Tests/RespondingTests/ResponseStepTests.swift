// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

@Suite struct ResponseStepTests {
  @Test func `a step has its code`() {
    #expect(ResponseStep(rawValue: "isolate") == .isolate)
  }
}
