// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/JuliaLang/julia, `base/version.jl` (read 2026-11-25)
@Suite struct JuliaTests {
  static let samples = combined(
    ["0.0.0", "1.0.0", "1.0.10", "1.2.3"], ["", "-", "-0", "-1", "-a", "-A", "-a.1", "-0a"]
  ).flatMap { $0.hasSuffix("-") ? [$0] : [$0, $0 + "+0", $0 + "+1.a", $0 + "+"] }

  @Test func `builds count, and a lone sign is the lowest or the highest`() {
    let chain = OrderTable(
      "1.2.3-", "1.2.3-0", "1.2.3-rc1", "1.2.3-rc1+0", "1.2.3-rc1+", "1.2.3", "1.2.3+0", "1.2.3+1", "1.2.3+1.0",
      "1.2.3+2",
      "1.2.3+10", "1.2.3+a", "1.2.3+", "1.2.4-")
    #expect(chain.misplaced(by: Julia.self) == [])
  }

  @Test func `short forms, a v, and a prerelease without a hyphen are read`() {
    let pairs = [
      Pair("v1", "1.0.0"), Pair("V1.2", "1.2.0"), Pair("1.2rc1", "1.2.0-rc1"), Pair("1rc.1+2", "1.0.0-rc.1+2"),
      Pair("1.02.3", "1.2.3"), Pair("1.2.3-01", "1.2.3-1"), Pair("1-a", "1.0.0-a"), Pair("1+b", "1.0.0+b"),
    ]
    #expect(Julia.different(pairs) == [])
  }

  @Test func `what Julia refuses is no version`() {
    let texts = [
      "v", "1.2.3.4", "1.2.3-a..b", "1.2.3-+", "1.2.3-+b", "1.2.3+a+", "1.2.3-a.", "4294967296.0.0", "1.2.3_1",
      "1.2.3+18446744073709551616", "1.", "1.2.",
    ]
    #expect(Julia.valid(texts) == [])
    #expect(Julia.valid(["4294967295.0.0", "1.2.3+18446744073709551615", "1.2.3--"]).count == 3)
  }

  @Test func `what is said of a version is said of its builds, not the other way round`() {
    #expect(Julia.isMeant("1.2.3+4", by: "1.2.3") == true)
    #expect(Julia.isMeant("1.2.3", by: "1.2.3+4") == false)
    #expect(Julia.isMeant("1.2.3+4", by: "1.2.3+5") == false)
    #expect(Julia.isMeant("1.2.3-rc1+4", by: "1.2.3") == false)
    #expect(RangeEvents([.introduced("0"), .lastAffected("1.2.3")]).evaluate("1.2.3+9", in: Julia.self) == .yes)
    #expect(RangeEvents([.introduced("0"), .fixed("1.2.12+3")]).evaluate("1.2.12+2", in: Julia.self) == .yes)
    #expect(RangeEvents([.introduced("0"), .fixed("1.2.12+3")]).evaluate("1.2.12+3", in: Julia.self) == .no)
  }
}
