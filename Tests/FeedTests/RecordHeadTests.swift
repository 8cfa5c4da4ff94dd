// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@testable import Feed

@Suite struct RecordHeadTests {
  private func read(_ text: String) -> RecordHead? {
    Array(text.utf8).withUnsafeBufferPointer { RecordHead($0, withEcosystems: true) }
  }

  @Test func `id, time and ecosystems are read, each base once`() throws {
    let head = try #require(
      read(
        """
        {"affected": [{"package": {"name": "a", "ecosystem": "Debian:12"}}, {"package": {"ecosystem": "Debian:11"}}, \
        {"package": {"ecosystem": "npm", "name": {"ecosystem": "x"}}}, {"package": {"ecosystem": 1}}, 5], \
        "modified": "2026-01-01T00:00:00.5Z", "id": "X-1"}
        """))
    #expect(head.id == "X-1")
    #expect(head.modified == Moment("2026-01-01T00:00:00.5Z"))
    #expect(head.ecosystems == ["Debian", "npm"])
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"id": "../x"}"#, #"{"id": ""}"#, #"{"id": "A""#, #"{"id": "A"} x"#, #"{"id": 1}"#,
  ])
  func `what is no record has no head`(text: String) {
    #expect(read(text) == nil)
  }
}
