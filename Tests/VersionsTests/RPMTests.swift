// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://rpm-software-management.github.io/rpm/man/rpm-version.7 (read 2026-11-25)
/// - Source: https://github.com/rpm-software-management/rpm, `tests/rpmvercmp.at` (read 2026-11-25)
@Suite struct RPMTests {
  @Test(arguments: [
    ["1.0", "2.0", "2.0.1", "2.0.1a"],
    ["5.5p1", "5.5p2", "5.5p10", "5.6p1", "6.5p1"],
    ["10xyz", "10.1xyz"],
    ["xyz10", "xyz10.1"],
    ["xyz.4", "2", "8"],
    ["6.0", "6.0.rc1"],
    ["10a1", "10a2", "10b2"],
    ["1.0a", "1.0aa"],
    ["10.0001", "10.0039"],
    ["4.999.9", "5.0"],
    ["20101121", "20101122"],
    ["1.0~rc1~git123", "1.0~rc1", "1.0~rc1^git1", "1.0~rc2", "1.0"],
    ["1.0", "1.0^", "1.0^git1~pre", "1.0^git1", "1.0^git2", "1.01"],
    ["1.0^20160101", "1.0^20160101^git1", "1.0^20160102", "1.0.1"],
    ["9:0-1", "10:0-1"],
    ["1.0", "1.0-0", "1.0-1", "1.0-1.el9", "1.0-1.el9_4.2", "1.0-2", "1.0.1", "1:0"],
    ["0.9.8e-22.el5", "0:0.9.8e-22.el5_8.4"],
  ])
  func `versions stand where rpm puts them`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: RPM.self) == [])
  }

  @Test(arguments: [
    ["1.0-1", "0:1.0-1", ":1.0-1", "00:1.0-01"],
    ["2_0", "2.0", "2+0", "2..0", "2.0."],
    ["10.0001", "10.1"],
    ["a+", "a_", "a"],
    ["+a", "_a"],
    ["+", "_"],
    ["1-2-3", "1.2-3"],
  ])
  func `separators and noughts do not count`(same: [String]) {
    #expect(RPM.different(same) == [])
  }

  @Test(arguments: [
    "", "1.0-", "-1", "1:", "1:-1", "1 0", "1.0\n", "(none):1.0-1", "1:2:3", "1.0\u{E9}", "a:1", "1.0\u{0}",
  ])
  func `what no package can be called is no version`(text: String) {
    #expect(!RPM.isValid(text))
    #expect(RPM.compare("1.0", text) == nil)
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 100_000)
    #expect(RPM.compare("1.\(long)", "1.1\(String(repeating: "0", count: 100_000))") == .ascending)
    #expect(RPM.compare("\(long):1", "000\(long):1") == .same)
    #expect(RPM.compare(String(repeating: "~", count: 100_000), "1") == .ascending)
  }

  @Test func `what is said of a version without a release is said of all its releases`() {
    #expect(RPM.isMeant("1.0-3.el9", by: "1.0") == true)
    #expect(RPM.isMeant("1.0", by: "1.0-3.el9") == false)
    #expect(RPM.isMeant("1:1.0-3", by: "1.0") == false)
    #expect(RPM.isMeant("1.0-3", by: "1.0-03") == true)
    let range = RangeEvents([.introduced("0"), .lastAffected("1.0")])
    #expect(range.evaluate("1.0-3.el9", in: RPM.self) == .yes)
    #expect(range.evaluate("1.0.1-1.el9", in: RPM.self) == .no)
    #expect(range.evaluate("1.0-", in: RPM.self) == .unknown)
  }

  @Test(arguments: [
    "Red Hat:rhel_aus:8.4::appstream", "AlmaLinux:9", "Rocky Linux:8", "SUSE:Linux Enterprise Server 15 SP5",
    "openSUSE:Leap 15.6", "openEuler:24.03-LTS", "Mageia:9", "Photon OS:3.0", "Azure Linux:3", "rpm",
  ])
  func `the order is that of all who use rpm`(ecosystem: String) {
    #expect(scheme(for: Ecosystem(ecosystem))?.id == "RPM")
    #expect(scheme(for: Ecosystem(ecosystem))?.range(">= 1.0") == nil)
  }

  /// No two are the same version.
  static let lawful: [String] = ["", "1:", "12:"].flatMap { epoch in
    ["a", "0", "1~rc1", "1", "1^git", "1a", "1.1", "10"].flatMap { version in
      ["", "-0", "-1", "-1~", "-1^", "-1.el9", "-10"].map { epoch + version + $0 }
    }
  }
}
