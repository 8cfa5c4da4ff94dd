// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://projects.gentoo.org/pms/8/pms.html#version-comparison (read 2026-11-25)
/// - Source: https://github.com/gentoo/portage, `lib/portage/tests/versions/test_vercmp.py` (read 2026-11-25)
@Suite struct GentooTests {
  @Test(arguments: [
    ["4", "4.0", "5", "5.0", "6.0"],
    [
      "1.0_alpha", "1.0_alpha1", "1.0_beta", "1.0_pre2", "1.0_rc3", "1.0", "1.0-r1", "1.0_p", "1.0_p2", "1.0b", "1.0.0",
    ],
    ["12.2", "12.2b", "12.2.5"],
    ["1_p1", "1b", "1b_p1", "1.1", "1.1b"],
    ["1.001000000000000000001", "1.001000000000000000002", "1.01", "1.1", "1.2", "1.10"],
    ["999999999999999999999999999998", "999999999999999999999999999999"],
    ["1_alpha_p", "1_beta_alpha", "1_beta", "1_beta_p"],
  ])
  func `versions stand where the specification puts them`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: Gentoo.self) == [])
  }

  @Test(arguments: [["1.0", "1.0-r0", "01.0", "1.00", "1.0-r00"], ["1.01", "1.010"], ["1_p", "1_p0", "1_p00"]])
  func `noughts that do not count`(same: [String]) {
    #expect(Gentoo.different(same) == [])
  }

  @Test(arguments: [
    "", "a", ".1", "1.", "1..2", "1.0aa", "1.0A", "1.0a1", "1_", "1_foo", "1_git", "1-1", "1-r", "1-r1-r2", "1-r1_p",
    "1 ",
    "1:1", "1~a", "1.\u{661}", "1\n", "1.0\u{E9}",
  ])
  func `what the specification does not allow is no version`(text: String) {
    #expect(!Gentoo.isValid(text))
    #expect(Gentoo.compare("1.0", text) == nil)
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 100_000)
    #expect(Gentoo.compare("1.\(long)", "1.1\(String(repeating: "0", count: 100_000))") == .ascending)
  }

  @Test func `the ecosystem has the name that vers gives it`() {
    #expect(scheme(for: Ecosystem("gentoo"))?.id == "Gentoo")
    #expect(Gentoo.range(">=1.0") == nil)
  }

  /// No two are the same version.
  static let lawful: [String] = ["0", "1", "1.0", "1.01", "1.1", "1.10", "1b", "10"].flatMap { numbers in
    ["", "_alpha", "_alpha1", "_rc_p", "_p", "_p1", "_p1_alpha"].flatMap { suffixes in
      ["", "-r1", "-r10"].map { numbers + suffixes + $0 }
    }
  }
}
