// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: deb-version(7) of dpkg 1.21 (read 2026-11-25)
@Suite struct DpkgTests {
  @Test(arguments: [
    ["1~~", "1~~a", "1~", "1", "1a", "1+", "1."],
    [
      "1.0~beta1~svn1245", "1.0~beta1", "1.0", "1.0-0ubuntu1", "1.0-0.1", "1.0-1~bpo12+1", "1.0-1", "1.0-1+b1", "1.0.1",
    ],
    ["9", "10", "1:0", "1:9", "2:0~", "10:0"],
    ["2.36-9+deb12u9", "2.36-9+deb12u10", "2.37-1"],
    ["1.2-1", "1.2a", "1.2a-1", "1.2z", "1.2-1-1"],
    ["0Z", "0a", "0+", "0."],
    ["1:1:1", "1:1:2", "2:1:1"],
  ])
  func `versions stand where the manual puts them`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: Dpkg.self) == [])
  }

  @Test(arguments: [
    ["1.0", "0:1.0", "1.0-0", "00:1.0-00", " 1.0\t", "1.00", "01.0", "+0:1.0"],
    ["1.2.3-1", "1.02.003-01", "0:1.2.3-1"],
    ["1a", "1a0", "1a-0", "1a00-0"],
  ])
  func `noughts and what is missing do not count`(same: [String]) {
    #expect(Dpkg.different(same) == [])
  }

  /// What `dpkg --validate-version` refuses.
  @Test(arguments: [
    "", " ", "abc", "1.0-", "-1", "1:", ":1", "a:1", "-1:2", "2147483648:1", "1.0a:", "1:-1", "1-:1", "1 0", "1.0_1",
    "1.0-a_b", "1.0%", "1.0\n", "1.0\u{E9}", "1.0\u{0}", "v1", "~1", "1.0-1:1", "1:a", "+:1", "++1:1",
  ])
  func `what dpkg refuses is no version`(text: String) {
    #expect(!Dpkg.isValid(text))
    #expect(Dpkg.compare(text, "1.0") == nil)
  }

  @Test(arguments: ["2147483647:1", "1:2:3", "1-2-3", "0", "1.0+~-+~", "+1:2", "1:1-1"])
  func `what dpkg takes is a version`(text: String) {
    #expect(Dpkg.isValid(text))
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 100_000)
    #expect(Dpkg.compare("1.\(long)", "1.1\(String(repeating: "0", count: 100_000))") == .ascending)
    #expect(Dpkg.compare("1.\(long)", "1.000\(long)") == .same)
  }

  @Test(arguments: [
    ("(>= 1.0)", true, true, false), (">= 1.0", true, true, false), ("(>> 1.0-0)", false, true, false),
    ("( = 1.0 )", true, false, false), ("(<= 1.0)", true, false, true), ("(<< 1.0)", false, false, true),
    ("(<1.0)", true, false, true), ("(>\t1.0)", true, true, false),
  ])
  func `a relation is asked about the same version, a later one and an earlier one`(
    text: String, same: Bool, later: Bool, earlier: Bool
  ) throws {
    let range = try #require(Dpkg.range(text))
    #expect(range.contains("1.0") == same)
    #expect(range.contains("1.0-1") == later)
    #expect(range.contains("1.0~rc1") == earlier)
    #expect(range.contains("latest") == nil)
    #expect(Dpkg.range(range.description)?.contains("1.0-1") == later)
  }

  @Test(arguments: ["", "()", "1.0", "(1.0)", "(>= )", "(>= 1.0", "(=> 1.0)", ">= 1.0, << 2", "(~= 1.0)", "(== 1.0)"])
  func `what is no relation is no range`(text: String) {
    #expect(Dpkg.range(text) == nil)
  }

  @Test(arguments: ["Debian:12", "Ubuntu:22.04:LTS", "Ubuntu:Pro:18.04:LTS", "Echo", "deb"])
  func `the order is that of Debian and its relatives`(ecosystem: String) {
    #expect(scheme(for: Ecosystem(ecosystem))?.id == "Dpkg")
  }

  /// No two are the same version.
  static let lawful: [String] = ["", "1:", "12:"].flatMap { epoch in
    ["0", "1~rc1", "1", "1a", "1+b", "1.", "10"].flatMap { upstream in
      ["", "-0~", "-1", "-1ubuntu1", "-1.1", "-10"].map { epoch + upstream + $0 }
    }
  }
}
