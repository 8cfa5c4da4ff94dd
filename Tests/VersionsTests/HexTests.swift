// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/elixir-lang/elixir, `lib/elixir/lib/version.ex`, and what Elixir 1.14 answers
///   (read 2026-11-25)
@Suite struct HexTests {
  static let samples = semanticSamples + ["99999999999999999999.0.0", "1.0.0-18446744073709551616"]

  @Test func `build metadata does not count`() {
    #expect(Hex.different([Pair("2.0.1+build0", "2.0.1"), Pair("1.0.0-a+1", "1.0.0-a+2")]) == [])
  }

  @Test func `only SemVer 2.0 is read`() {
    let texts = ["1", "1.2", "v1.2.3", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+", "1.2.3-a..b", "2.0-alpha1"]
    #expect(Hex.valid(texts) == [])
    #expect(Hex.valid(["1.2.3-0a", "1.2.3+01", "1.2.3--", "1.2.3-0"]).count == 4)
  }
}
