// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@Suite struct BytesTests {
  private func ask<Result>(_ text: String, _ question: (Bytes) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer(question)
  }

  @Test func `beginnings and ends are compared byte by byte`() {
    #expect(ask("package.json") { $0.starts(with: "package") && $0.ends(with: ".json") && $0.equals("package.json") })
    #expect(ask("package.json") { !$0.starts(with: "Package") && !$0.ends(with: "_json") && !$0.equals("package") })
    #expect(ask("js") { !$0.starts(with: "json") && !$0.ends(with: "x.js") && !$0.equals("json") })
    #expect(ask("") { $0.starts(with: "") && $0.ends(with: "") && $0.equals("") && !$0.equals("a") })
  }

  @Test func `the first of a byte is found from where one asks`() {
    #expect(
      ask("a/b/c") { [$0.firstOffset(of: 0x2F), $0.firstOffset(of: 0x2F, from: 2), $0.firstOffset(of: 0x2F, from: 4)] }
        == [1, 3, nil])
    #expect(ask("") { $0.firstOffset(of: 0x2F) } == nil)
  }

  @Test func `a slice counts from its own beginning`() {
    #expect(ask("abcdef") { $0[slice: 2..<5].string } == "cde")
    #expect(ask("abcdef") { $0[slice: 2..<5][0] } == UInt8(ascii: "c"))
    #expect(ask("abc") { $0[slice: 3..<3].isEmpty })
  }
}
