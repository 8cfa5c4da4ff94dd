// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://man.archlinux.org/man/vercmp.8 (read 2026-11-25)
@Suite struct PacmanTests {
  @Test(arguments: [
    ["1.0a", "1.0b", "1.0beta", "1.0p", "1.0pre", "1.0rc", "1.0", "1.0.a", "1.0.1"],
    ["1", "1.0", "1.1", "1.1.1", "1.2", "2.0", "3.0.0"],
    ["1.5.0-1", "1.5.0-2", "1.5.1-1", "0:1.6", "1:0.1-1", "2:0"],
    ["1.5-1", "1.5-1.1", "1.5-2"],
    ["1.0alpha", "1.0b", "1.0rc", "1.0", "1.0.rc", "1.0.0"],
    ["1.0.1", "1.0..1"],
    ["r9.abc", "r10.aaa"],
  ])
  func `versions stand where the manual puts them`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: Pacman.self) == [])
  }

  @Test(arguments: [
    ["1.0", "0:1.0", ":1.0", "1.00", "01.0", "1_0", "1+0"], ["1.5", "1.5-1", "1.5-2", "0:1.5-3"], ["1.1-1", "1.1-01"],
  ])
  func `what is missing is the same as anything`(same: [String]) {
    #expect(Pacman.different(same) == [])
  }

  @Test(arguments: ["", "1.0-", "-1", "1:", "1.0.", "1.0-1.", "+", "1 0", "a:1", "1:2:3", "1.0\u{E9}"])
  func `what no package can be called is no version`(text: String) {
    #expect(!Pacman.isValid(text))
    #expect(Pacman.compare("1.0", text) == nil)
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 100_000)
    #expect(Pacman.compare("1.\(long)", "1.1\(String(repeating: "0", count: 100_000))") == .ascending)
    #expect(Pacman.compare("1.\(long)", "1.000\(long)") == .same)
  }

  @Test(arguments: ["alpm", "Arch Linux"])
  func `the order has names of our own`(ecosystem: String) {
    #expect(scheme(for: Ecosystem(ecosystem))?.id == "Pacman")
    #expect(scheme(for: Ecosystem(ecosystem))?.range(">=1.0") == nil)
  }

  /// No two are the same version: all have a release.
  static let lawful: [String] = ["", "1:", "12:"].flatMap { epoch in
    ["a", "0", "1rc", "1", "1.a", "1.1", "1..1", "10"].flatMap { version in
      ["-0", "-1", "-1.1", "-10"].map { epoch + version + $0 }
    }
  }
}
