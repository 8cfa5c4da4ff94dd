// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@testable import Feed

@Suite struct ModifiedListTests {
  private func list(_ text: String, _ body: (ModifiedList) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try body(ModifiedList(file: try #require(try OpenFile.reading(try folder.write(text, to: "modified_id.csv")))))
  }

  private static let now = Moment("2026-11-25T00:00:00Z")

  @Test func `the newest line is found by its time, not by its place`() throws {
    // As OSV sorts it: the text of the whole second stands first.
    try list("2026-01-01T00:00:00Z,A\n2026-01-01T00:00:00.5Z,B\n2025-12-31T23:59:59Z,C\n") { list in
      let now = try #require(Self.now)
      let start = Moment("2026-01-01T00:00:00.1Z")
      let summary = try list.summary(changedFrom: start, now: now, limit: 10)
      #expect(summary.newest == Moment("2026-01-01T00:00:00.5Z"))
      #expect(summary.changed.map(\.id) == ["B"])
      #expect(summary.count == 3)
    }
  }

  @Test func `a time in the future is a change, and never the newest`() throws {
    try list("2099-01-01T00:00:00Z,A\n2026-01-01T00:00:00Z,B\n") { list in
      let now = try #require(Self.now)
      let summary = try list.summary(changedFrom: Moment("2026-02-01T00:00:00Z"), now: now, limit: 10)
      #expect(summary.newest == Moment("2026-01-01T00:00:00Z"))
      #expect(summary.changed.map(\.id) == ["A"])
    }
  }

  @Test func `changes beyond the limit are only told`() throws {
    try list((0..<5).map { "2026-01-01T00:00:0\($0)Z,A-\($0)\n" }.joined()) { list in
      let now = try #require(Self.now)
      let start = Moment("2025-01-01T00:00:00Z")
      #expect(try list.summary(changedFrom: start, now: now, limit: 5).hasMore == false)
      let summary = try list.summary(changedFrom: start, now: now, limit: 4)
      #expect(summary.changed.count == 4)
      #expect(summary.hasMore)
    }
  }

  @Test func `a last line without its end was cut off`() throws {
    try list("2026-01-01T00:00:00Z,A\n2026-01-01T00:00:00Z,B") { list in
      #expect { _ = try list.ids() } throws: { ($0 as? FeedError)?.detail == "cut off in line 2" }
    }
  }

  @Test func `lines may end as on Windows`() throws {
    try list("2026-01-01T00:00:00Z,A\r\n2026-01-01T00:00:00Z,B\r\n") { list in
      let ids = try list.ids()
      #expect(ids.count == 2)
      #expect(ids.contains("A") && ids.contains("B") && !ids.contains("C"))
    }
  }

  @Test(arguments: [
    "<html>\n", "2026-01-01T00:00:00Z\n", "2026-01-01T00:00:00Z,\n", "2026-01-01T00:00:00Z,../x\n",
    "2026-01-01T00:00:00Z,a/b\n", "2026-01-01T00:00:00Z,.x\n", "2026-01-01T0\n", "2026-13-01T00:00:00Z,A\n",
    "2026-01-01T00:00:00Z,\(String(repeating: "A", count: 5000))\n",
  ])
  func `what is no such list is refused at its line`(text: String) throws {
    try list("2026-01-01T00:00:00Z,A\n\(text)") { list in
      #expect { _ = try list.ids() } throws: {
        ($0 as? FeedError)?.code == .unreadableList && ($0 as? FeedError)?.detail == "line 2"
      }
    }
  }

  @Test func `a long list is read in pieces`() throws {
    let lines = (0..<20_000).map { "2026-01-01T00:00:00.123456789Z,GHSA-\($0)\n" }
    try list(lines.joined()) { list in
      let ids = try list.ids()
      #expect(ids.count == 20_000)
      #expect((0..<20_000).allSatisfy { ids.contains("GHSA-\($0)") })
      #expect(!ids.contains("GHSA-20000"))
    }
  }
}
