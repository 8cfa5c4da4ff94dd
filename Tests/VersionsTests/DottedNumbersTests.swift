// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/haskell/cabal, `Cabal-syntax/src/Distribution/Types/Version.hs` (read 2026-11-25)
@Suite struct PVPTests {
  static let samples = combined(
    ["0.0", "0.1", "1.0", "1.1", "1.9", "1.10", "2.0", "10.0", "1.20110401", "99999999999999999999.1"],
    ["", ".0", ".0.0", ".1", ".2.0", ".10"])

  @Test func `numbers decide one by one, and fewer are older`() {
    let chain = OrderTable(
      "0", "0.0", "0.20110401", "1", "1.0", "1.0.0", "1.0.0.0", "1.0.1", "1.9", "1.10", "9.10.2", "9.12.1", "10",
      "18446744073709551616")
    #expect(chain.misplaced(by: PVP.self) == [])
  }

  @Test func `what Cabal refuses is no version, nor is one with tags`() {
    let texts = [
      "", ".", "1.", ".1", "1..2", "01", "1.02", "1.0-beta", "1-0", "v1.0", "1.0 ", "1.a", "-1", "1.*", "1.٣",
    ]
    #expect(PVP.valid(texts) == [])
  }

  @Test func `requirements are not read`() {
    #expect(PVP.range(">=1.0 && <2") == nil)
  }
}

/// - Source: https://search.r-project.org/R/refmans/utils/html/compareVersion.html (read 2026-11-25)
@Suite struct CRANTests {
  static let samples = combined(
    ["0.0", "0-1", "1.0", "1-1", "1.9", "1-10", "2.0", "10.0", "1.20110401", "99999999999999999999.1"],
    ["", ".0", "-0.0", "-1", ".2-0", ".10"])

  @Test func `numbers decide one by one, and fewer are older`() {
    let chain = OrderTable(
      "0.1-3", "0.1-9", "0.1-10", "0.2", "1.0", "1.0-0", "1.0-1", "1.0.2", "1.1", "7.1-12", "7.2-0")
    #expect(chain.misplaced(by: CRAN.self) == [])
  }

  @Test func `both separators are one, and noughts in front do not count`() {
    #expect(CRAN.different([Pair("1.2.3", "1.2-3"), Pair("1-2-3", "1.2-3"), Pair("01.02", "1.2")]) == [])
  }

  @Test func `what R refuses is no version`() {
    let texts = ["", "1.", "-1", ".1", "1..2", "1--2", "1.a", "1.2a", " 1.0", "1.0 ", "1_0", "v1"]
    #expect(CRAN.valid(texts) == [])
  }

  @Test func `noughts at the end make no other version`() {
    #expect(CRAN.isMeant("1.0", by: "1.0.0") == true)
    #expect(CRAN.isMeant("1.0.0-0", by: "1") == true)
    #expect(CRAN.isMeant("1.0.1", by: "1.0") == false)
    #expect(RangeEvents([.introduced("0"), .lastAffected("1.0")]).evaluate("1.0.0", in: CRAN.self) == .yes)
  }
}
