// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://docs.ruby-lang.org/en/master/Gem/Version.html (read 2026-11-25)
/// - Source: `Gem::Version` and `Gem::Requirement` of RubyGems 3.3.15, asked for each row (2026-11-25)
@Suite struct RubyGemsTests {
  static let chains = [
    // The documentation's own: a prerelease stands between releases, and a word with a number is two parts.
    OrderTable("0.9", "1.0.a.2", "1.0.b1", "1.0"),
    OrderTable("1.0.a9", "1.0.a10", "1.0.b1", "1.0"),
    OrderTable("0.0.1", "0.0.2", "0.1.0", "1.0.0", "1.1.0", "1.1.1", "1.2.0"),
    // Capitals come first, words before numbers, and a hyphen is `.pre.`.
    OrderTable("1.0.A", "1.0.a", "1.0.a.1", "1.0.b", "1.0-1", "1.0-2", "1.0.rc1", "1.0"),
    OrderTable(
      "5.0.0.beta1", "5.0.0.beta1.1", "5.0.0.beta2", "5.0.0.rc1", "5.0.0.1.rc1", "5.0.0.1", "5.0.1.rc1", "5.0.1"),
    OrderTable("1.a.b", "1.a", "1.a.0.0.1", "1.a.1"),
  ]

  @Test(arguments: chains)
  func `versions are in RubyGems's order`(table: OrderTable) {
    #expect(table.misplaced(by: RubyGems.self) == [])
  }

  @Test(arguments: [
    Pair("1.0", "1"), Pair("1.0.0", "1"), Pair("1.0.a", "1.a"), Pair("1.a.0", "1.a"), Pair("1.0.a10", "1.0.a.10"),
    Pair("1.0-1", "1.0.pre.1"), Pair("1.2-a.b", "1.2.pre.a.b"), Pair("01.02", "1.2"), Pair(" 1.2\n", "1.2"),
    Pair("1--1", "1.pre.pre.1"), Pair("1.0.0.rc1.0", "1.rc.1"),
  ])
  func `zeros and spellings that do not count`(pair: Pair) {
    #expect(RubyGems.compare(pair.first, pair.second) == .same)
    #expect(RubyGems.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    "", " ", "\n", "a", "v1.0", "1.", ".1", "1..2", "1.0+build", "1.0_1", "1.15.0-x86_64-linux", "1.0-", "1.0-a.",
    "1.0-.a", "latest", "~> 1", "1 2", "1.\u{660}", "1.0\u{E9}", "\u{A0}1", "1\u{0}", "-1", "1,2",
  ])
  func `no version means no order`(text: String) {
    #expect(!RubyGems.isValid(text))
    #expect(RubyGems.compare(text, "1.0") == nil)
    #expect(RubyGems.compare(text, text) == nil)
    #expect(RubyGems.range(">= 0")?.contains(text) == nil)
  }

  @Test func `numbers may be of any length, and a long version is read in time`() {
    let long = String(repeating: "9", count: 5_000)
    #expect(RubyGems.compare("1." + long, "1.1" + String(repeating: "0", count: 5_000)) == .ascending)
    #expect(RubyGems.compare("18446744073709551615", "18446744073709551616") == .ascending)
    let zeros = "1" + String(repeating: ".0", count: 200_000)
    #expect(RubyGems.compare(zeros, "1") == .same)
    #expect(RubyGems.compare(zeros + ".1", "1") == .descending)
    #expect(!RubyGems.isValid(zeros + "."))
    #expect(RubyGems.range("~> " + zeros.prefix(60_001))?.contains("1") == true)
  }

  // MARK: Requirements

  /// The table of `~>` in the documentation of `Gem::Version` is among them.
  @Test(arguments: [
    Membership(">= 3.0", inside: ["3.0", "3", "99"], outside: ["2.9", "3.0.a"]),
    Membership("~> 3.0", inside: ["3.0", "3.9.9"], outside: ["2.9", "4.0", "4.0.a", "3.0.a"]),
    Membership("~> 3.0.0", inside: ["3.0.0", "3.0.9"], outside: ["3.1", "3.1.a", "2.9"]),
    Membership("~> 3.5", inside: ["3.5", "3.5.1", "3.9"], outside: ["3.4", "4.0"]),
    Membership("~> 3.5.0", inside: ["3.5", "3.5.9"], outside: ["3.6", "3.4"]),
    Membership("~> 3", inside: ["3.0", "3.9"], outside: ["2", "4.0", "4.a"]),
    Membership("~> 1.2.b1", inside: ["1.2.b1", "1.2.rc", "1.2", "1.9"], outside: ["1.2.a", "2.0.a", "2.0"]),
    Membership("~> 1.b", inside: ["1.b", "1.0", "1.9"], outside: ["1.a", "2.a"]),
    Membership(">= 1.0.0.a, < 2.0.0", inside: ["1.0.0.a", "1.0", "2.0.0.rc1"], outside: ["2.0", "0.9"]),
    Membership("= 1.0", inside: ["1", "1.0.0"], outside: ["1.0.1", "1.0.a"]),
    Membership("1.0", inside: ["1"], outside: ["1.1"]),
    Membership("!= 1.0,!=1.1", inside: ["1.2", "1.0.a"], outside: ["1", "1.1.0"]),
    Membership("<= 1.0", inside: ["1.0", "1.0.rc"], outside: ["1.0.0.1"]),
    Membership("> 1.0", inside: ["1.0.1", "1.1.a"], outside: ["1.0", "1.0.a"]),
    Membership("", inside: ["0", "1"], outside: ["0.a"]),
    Membership("  ~>2.0.8  ,", inside: ["2.0.9"], outside: ["2.1"]),
    Membership(">= 1.0-1", inside: ["1.0-1", "1.0-2", "1.0"], outside: ["1.0.a"]),
  ])
  func `a version must satisfy every requirement`(row: Membership) throws {
    let range = try #require(RubyGems.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    "^1.2", "~1.2", "*", "== 1", "=> 1", "=< 1", "!", "!=", "~>", "latest", ">= 1 < 2", "(>= 1)", "> = 1", " ",
    ">= 1 || < 2", ">= 1; < 2", ">= 1.", ",>= 1", ">= 1,,< 2", "~>~> 1",
  ])
  func `what RubyGems refuses is no range`(text: String) {
    #expect(RubyGems.range(text) == nil)
    #expect(RubyGems.range("> 0, " + text) == nil)
  }

  @Test func `a text of 65536 bytes is read and a longer one refused`() {
    let longest = "1.0" + String(repeating: ",", count: 65_533)
    #expect(RubyGems.range(longest)?.description == "= 1.0")
    #expect(RubyGems.range(longest + ",") == nil)
  }

  @Test(arguments: [
    ("~>1.2,>=1.2.3", "~> 1.2, >= 1.2.3"), ("1", "= 1"), ("", ">= 0"), (" != 1-a ", "!= 1-a"),
    ("<2,<=3,>0", "< 2, <= 3, > 0"),
  ])
  func `what a requirement prints is a requirement that prints alike`(text: String, normal: String) {
    #expect(RubyGems.range(text)?.description == normal)
    #expect(RubyGems.range(normal)?.description == normal)
  }

  // MARK: Advisories

  @Test func `the events of an advisory are taken in RubyGems's order`() {
    let range = RangeEvents([.introduced("0"), .fixed("5.2.4.3"), .introduced("6.0.0.beta1"), .fixed("6.0.3.1")])
    for version in ["4.2", "5.2.4.2", "6.0.0.beta2", "6.0.3.1.rc1", "0.a"] {
      #expect(range.evaluate(version, in: RubyGems.self) == .yes, "\(version)")
    }
    for version in ["5.2.4.3", "5.2.5", "6.0.0.alpha", "6.0.3.1", "7.0"] {
      #expect(range.evaluate(version, in: RubyGems.self) == .no, "\(version)")
    }
    #expect(range.evaluate("1.15.0-x86_64-linux", in: RubyGems.self) == .unknown)
  }

  @Test func `RubyGems is ordered by RubyGems's rules`() {
    #expect(scheme(for: Ecosystem("RubyGems"))?.id == "RubyGems")
  }
}

enum RubyGemsLawTests {
  /// Every combination of some parts; no two are the same version.
  static let versions: [String] = {
    let numbers = ["0", "1", "1.0.1", "1.2", "1.10", "10", "18446744073709551616"]
    let words = ["", ".A", ".a", ".a.b", ".a.0.1", ".a.1", ".a.10", ".b", "-1", "-a", ".rc1", ".rc1.1", ".zeta"]
    return numbers.flatMap { number in words.map { number + $0 } }
  }()
}
