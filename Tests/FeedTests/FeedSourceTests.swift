// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Feed
import Testing

@Suite struct FeedSourceTests {
  @Test func `a folder is no archive`() {
    #expect(FeedSource.folder("a") != FeedSource.archive("a"))
  }
}
