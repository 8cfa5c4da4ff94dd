// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://nginx.org/en/security_advisories.html (read 2026-11-25)
@Suite struct NginxTests {
  @Test func `releases stand in the order of their numbers`() {
    let chain = ["0.1.0", "0.7.52", "0.8.39", "0.8.40", "0.9.0", "1.4.1", "1.5.0", "1.5.10", "1.10.0", "10.0.0"]
    #expect(OrderTable(chain).misplaced(by: Nginx.self) == [])
    #expect(Nginx.compare("1.5.10", "1.5.10") == .same)
  }

  @Test(arguments: ["", "1", "1.5", "1.5.0.0", "1.5.00", "1.5.0+", "v1.5.0", "1.5.x", "1..0", " 1.5.0"])
  func `what is not three numbers is no version`(text: String) {
    #expect(!Nginx.isValid(text))
  }

  @Test(arguments: [
    Listed("0.8.40+", ">=0.8.40 <0.9.0", inside: ["0.8.40", "0.8.99"], outside: ["0.8.39", "0.9.0"]),
    Listed("0.7.52-0.8.39", ">=0.7.52 <=0.8.39", inside: ["0.7.52", "0.8.39"], outside: ["0.7.51", "0.8.40"]),
    Listed("0.9.10", "0.9.10", inside: ["0.9.10"], outside: ["0.9.9", "0.9.11"]),
    Listed(
      "1.5.0+, 1.4.1+", ">=1.5.0 || >=1.4.1 <1.5.0", inside: ["1.4.1", "1.5.0", "1.28.0"], outside: ["1.4.0", "1.3.9"]),
    Listed("1.18.9+", ">=1.18.9 <1.19.0", inside: ["1.18.9"], outside: ["1.19.0"]),
    Listed(
      "1.99999999999999999998.0+", ">=1.99999999999999999998.0 <1.99999999999999999999.0", inside: [], outside: []),
  ])
  func `an advisory's list is the set that it describes`(listed: Listed) throws {
    let range = try #require(Nginx.range(listed.text))
    #expect(range.description == listed.plain)
    for version in listed.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in listed.outside { #expect(range.contains(version) == false, "\(version)") }
    #expect(range.contains("1.5") == nil)
  }

  struct Listed: Sendable {
    let text: String
    let plain: String
    let inside: [String]
    let outside: [String]

    init(_ text: String, _ plain: String, inside: [String], outside: [String]) {
      (self.text, self.plain, self.inside, self.outside) = (text, plain, inside, outside)
    }
  }

  @Test(arguments: ["", "all", "none", "1.5.0,", ",1.5.0", "1.5+", "1.5.0-", "-1.5.0", "1.5.0++", "1.4.0-1.5.0-1.6.0"])
  func `what is no such list is no range`(text: String) {
    #expect(Nginx.range(text) == nil)
  }

  @Test func `the ecosystem has the name that vers gives it`() {
    #expect(scheme(for: Ecosystem("nginx"))?.id == "Nginx")
  }

  /// No two are the same version.
  static let lawful: [String] = ["0", "1", "2", "10"].flatMap { major in
    ["0", "1", "9", "18446744073709551616"].flatMap { minor in ["0", "1", "9", "10"].map { "\(major).\(minor).\($0)" } }
  }
}
