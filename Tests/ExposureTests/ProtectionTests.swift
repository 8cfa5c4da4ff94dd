// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exposure

@Suite struct ProtectionTests {
  @Test func `the system's store has its code in kebab-case`() {
    #expect(Protection(rawValue: "system-store") == .systemStore)
  }
}
