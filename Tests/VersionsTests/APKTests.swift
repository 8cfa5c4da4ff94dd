// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://gitlab.alpinelinux.org/alpine/apk-tools, `src/version.c`, `test/unit/version.data` and
///   `doc/apk-package.5.scd` of 3.0 (read 2026-11-25)
@Suite struct APKTests {
  @Test(arguments: [
    [
      "1.0_alpha_pre2", "1.0_alpha", "1.0_alpha1", "1.0_beta", "1.0_pre", "1.0_rc1", "1.0_rc10", "1.0", "1.0-r0",
      "1.0-r10", "1.0_cvs", "1.0_svn", "1.0_git20240101", "1.0_hg", "1.0_p", "1.0_p9-r0", "1.0_p10-r0", "1.0a", "1.0b",
      "1.0.0",
    ],
    [
      "0.9.2", "0.12", "0.12.3", "0.13_beta1", "0.98", "1.00_beta2", "1.00", "1.02", "1.02.07", "1.02.10-r1", "1.06-r6",
    ],
    ["8.2.0", "8.2.00", "8.2.0015", "8.2.002", "8.2.1", "8.2.10"],
    ["1.0.0_pre20191002222144-r0", "1.0.0_pre20210530193627-r0", "1.0.0"],
    ["1.0", "1.0-r1", "1.0~0abc", "1.0~0abc-r1", "1.0~1", "1.0_p", "1.0_p1"],
    ["2.3.0b-r1", "2.3.0b-r4", "3.10.18-r1", "4.8-r1", "20040401"],
    ["1.0_p1_alpha", "1.0_p1", "1.0_p1_p"],
  ])
  func `versions stand where apk puts them`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: APK.self) == [])
  }

  @Test(arguments: [["1.0-r1", "01.0-r1", "1.0-r01"], ["1_p1", "1_p01"]])
  func `noughts do not count before the first dot and in suffixes`(same: [String]) {
    #expect(APK.different(same) == [])
  }

  /// What `apk version --check` refuses.
  @Test(arguments: [
    "", "a", ".1", "1.", "1..2", "1.0aa", "1.0a.1", "1.0a1", "1.0A", "1_", "1_foo", "1_alphabet", "1_p1a", "1-1", "1-r",
    "1-r1-r2", "1-r1_p", "1~", "1~xyz", "1~AB", "1~ab_p", "1~ab~cd", "1-r1~ab", "1 ", " 1", "1:1", "1.0\u{E9}",
    "1\u{0}",
    "1.\u{661}",
  ])
  func `what apk refuses is no version`(text: String) {
    #expect(!APK.isValid(text))
    #expect(APK.compare("1.0", text) == nil)
  }

  @Test(arguments: ["1", "0", "1.0a_alpha_pre2_p~0f-r12", "1_git", "20240101", "1.0~a"])
  func `what apk takes is a version`(text: String) {
    #expect(APK.isValid(text))
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 100_000)
    #expect(APK.compare("1.\(long)", "1.1\(String(repeating: "0", count: 100_000))") == .ascending)
    #expect(APK.compare("18446744073709551616", "18446744073709551615") == .descending)
  }

  @Test(arguments: [
    "Alpine:v3.19", "Wolfi", "Chainguard", "MinimOS", "Alpaquita:23", "BellSoft Hardened Containers:stream", "apk",
  ])
  func `the order is that of all who use apk`(ecosystem: String) {
    #expect(scheme(for: Ecosystem(ecosystem))?.id == "APK")
    #expect(scheme(for: Ecosystem(ecosystem))?.range(">1.0") == nil)
  }

  /// No two are the same version.
  static let lawful: [String] = ["0", "1", "1.0", "1.00", "1.01", "1.1", "1.10", "1b", "10"].flatMap { numbers in
    ["", "_alpha", "_alpha1", "_rc_p", "_p", "_p0", "_p1_alpha"].flatMap { suffixes in
      ["", "~0a", "-r0", "~0a-r1", "-r10"].map { numbers + suffixes + $0 }
    }
  }
}
