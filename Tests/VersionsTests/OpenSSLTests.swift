// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://openssl-library.org/policies/general/versioning-policy/ (read 2026-11-25)
@Suite struct OpenSSLTests {
  @Test(arguments: [
    ["0.9.8", "0.9.8a", "0.9.8z", "0.9.8za", "0.9.8zh", "1.0.0-beta1", "1.0.0", "1.0.1h", "1.0.2", "1.0.2zg"],
    ["1.1.1-dev", "1.1.1-pre1", "1.1.1-pre9", "1.1.1-pre10", "1.1.1", "1.1.1a", "1.1.1w", "3.0.0"],
    ["3.0.0-alpha2", "3.0.0-alpha17", "3.0.0-beta1", "3.0.0", "3.0.9", "3.0.10", "3.1.0-alpha1", "3.1.0", "4.1.11"],
    ["1.1.1ag", "1.1.1z", "3.0.0"],
  ])
  func `releases stand in the order in which they came out`(chain: [String]) {
    #expect(OrderTable(chain).misplaced(by: OpenSSL.self) == [])
  }

  @Test(arguments: [
    "", "1", "1.0", "1.0.0.0", "3.0.0a", "1.0.2K", "1.0.2k-fips", "1.0.2-", "1.0.2-beta", "v1.0.2", "1.0.2 ", "1..2",
    "1.0.2-dev1", "1.0.2-1", "1.0.2a1",
  ])
  func `what OpenSSL is not called is no version`(text: String) {
    #expect(!OpenSSL.isValid(text))
    #expect(OpenSSL.compare("1.0.2", text) == nil)
  }

  @Test func `the ecosystem has the name that vers gives it`() {
    #expect(scheme(for: Ecosystem("openssl"))?.id == "OpenSSL")
    #expect(OpenSSL.range("1.0.2") == nil)
  }

  /// No two are the same version.
  static let lawful: [String] = {
    let stages = ["", "-dev", "-alpha1", "-alpha10", "-beta1", "-pre2"]
    let letters = ["0.9.8", "1.0.2", "1.1.10"].flatMap { release in ["", "a", "z", "za"].map { release + $0 } }
    return (letters + ["3.0.0", "3.0.1", "10.0.0"]).flatMap { release in stages.map { release + $0 } }
  }()
}
