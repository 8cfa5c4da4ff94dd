// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://github.com/package-url/vers-spec, `types/lexicographic-definition.json` (read 2026-11-25)
@Suite struct LexicographicTests {
  @Test(arguments: [
    ["1", "10", "2", "A", "Z", "a", "aa", "z", "\u{E4}", "\u{E9}", "\u{20AC}", "\u{FF5E}", "\u{1F600}"],
    ["e\u{301}", "\u{E9}"],
    ["A\u{30A}", "\u{C5}"],
    ["ss", "\u{DF}"],
    [" ", "!", "a", "a\u{0}", "a "],
  ])
  func `texts stand in the order of their bytes`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: Lexicographic.self) == [])
  }

  @Test func `nothing is no version`() {
    #expect(!Lexicographic.isValid(""))
    #expect(Lexicographic.compare("", "") == nil)
    #expect(Lexicographic.compare("a", "a") == .same)
  }

  @Test func `the ecosystem has the name that vers gives it`() {
    #expect(scheme(for: Ecosystem("lexicographic"))?.id == "Lexicographic")
    #expect(Lexicographic.range("a") == nil)
  }

  /// No two have the same bytes.
  static let lawful: [String] = ["a", "A", "0", "e\u{301}", "\u{E9}", "\u{1F600}", " "].flatMap { first in
    ["", "a", "Z", "\u{301}", "1", "10", "2", "\u{20AC}"].map { first + $0 }
  }
}
