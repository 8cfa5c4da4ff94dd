// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://metacpan.org/pod/version; what its 0.9929 in Perl 5.36 answers (asked 2026-11-25)
@Suite struct CPANTests {
  static let samples = combined(
    ["v0.0", "v1.2", "v1.20", "v2.0", "v10.1", "v1.200", "v1.1000"],
    [".1", ".2", ".10", ".100", ".1.1", ".0.0.1", ".1.0.5", ".99"])

  @Test func `decimals and dotted versions stand in one order`() {
    let chain = OrderTable(
      "0", "0.000001", "v0.1", "0.01", "0.1", "v0.500", "1", "v1.2.3", "1.002004", "1.01", "v1.50", "1.10", "1.2",
      "1.5",
      "1.9", "v1.900.1", "2.0", "v10", "20240101")
    #expect(chain.misplaced(by: CPAN.self) == [])
  }

  @Test func `one version has many spellings`() {
    let pairs = [
      Pair("1.002003", "v1.2.3"), Pair("1.5", "1.500"), Pair("1.5", "v1.500"), Pair("1.02_03", "1.0203"),
      Pair("1", "1.0"),
      Pair("v1.2_3", "v1.23"), Pair("1.2.3_4", "v1.2.34"), Pair("1.", "1.000"), Pair(".1", "0.100"),
      Pair(".1.2", "v0.1.2"),
      Pair("v1.", "v1"), Pair("v1.2.3.0", "1.2.3"), Pair("01.5", "1.5"), Pair("v01.02", "v1.2"), Pair(" 1.5\t", "1.5"),
      Pair("v1.2_", "v1.2"), Pair("1.2.3_", "1.2.3"),
    ]
    #expect(CPAN.different(pairs) == [])
  }

  @Test func `every version prints in dotted notation`() throws {
    let texts = [
      ("1", "v1.0.0"), ("1.5", "v1.500.0"), ("1.0203", "v1.20.300"), ("v1.2", "v1.2.0"), ("1.2.3.4", "v1.2.3.4"),
    ]
    for (text, printed) in texts { #expect(try #require(CPAN.parse(text)).description == printed) }
  }

  @Test func `what Perl refuses is no version, nor is what only its parser takes`() {
    let texts = [
      "", " ", "v", "1.2.", "v1.2.", "1_2", "v1_2", "1.2_", "1.2__3", "v.1", "1.2_3.4", "1.5a", "1e5", "V1.2",
      "version",
      "1._2", "1..2", "._1", "1.2_3_4", "v1..2", "..1", "1.2.3._4", "v 1", "undef", ".", "1.5;", "1.5 6", "1.٣",
    ]
    #expect(CPAN.valid(texts) == [])
  }

  @Test func `numbers may be of any length`() {
    #expect(OrderTable("v1.2147483647", "v1.2147483648", "v1.99999999999999999999").misplaced(by: CPAN.self) == [])
    let long = String(repeating: "7", count: 100_000)
    #expect(CPAN.compare("0.\(long)", "0.\(long)1") == .ascending)
  }
}
