// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://getcomposer.org/doc/articles/versions.md (read 2026-11-25)
/// - Source: https://github.com/composer/semver, `tests/VersionParserTest.php` and `tests/SemverTest.php`
///   (read 2026-11-25)
/// - Source: `Composer\Semver` 3.3.2 with PHP 8.2, asked for each row (2026-11-25)
@Suite struct ComposerTests {
  static let chains = [
    OrderTable("0.1", "1.0", "2.4.0-alpha", "2.4.0", "3.2.1"),
    // PHP: dev < alpha = a < beta = b < RC = rc < a version without a word < a fifth number < pl = p.
    OrderTable(
      "1.0-dev", "1.0-alpha", "1.0-alpha1", "1.0-alpha2", "1.0-beta", "1.0-RC1", "1.0-RC10", "1.0", "1.0-p1", "1.0-pl2"),
    OrderTable("1.0-alpha1-dev", "1.0-alpha1", "1.0-alpha1.1"),
    OrderTable("1.0-p1-dev", "1.0-p1", "1.0.0.1"),
    OrderTable("dev-main", "0-dev", "1.0", "1.9", "1.x-dev", "2.0-dev", "2.0.x-dev", "2.x-dev", "3.0"),
    OrderTable("dev-a", "dev-b", "dev-feature/x", "0.0.0.0-dev"),
    OrderTable("20100102", "20100102-203040", "20100102-203040-p1", "20110102"),
    OrderTable("2010-01-02", "2010.01.02", "2010.1.555", "2010.10.200"),
    OrderTable("v1.2.3", "v1.2.3.1", "V1.2.4", "v1.10"),
  ]

  @Test(arguments: chains)
  func `versions are in Composer's order`(table: OrderTable) {
    #expect(table.misplaced(by: Composer.self) == [])
  }

  @Test(arguments: [
    Pair("1.0.0", "1.0.0.0"), Pair("1.0.0RC1dev", "1.0.0.0-RC1-dev"), Pair("1.0.0-rC15-dev", "1.0.0.0-RC15-dev"),
    Pair("1.0.0.RC.15-dev", "1.0.0.0-RC15-dev"), Pair("1.0.0.pl3-dev", "1.0.0.0-patch3-dev"), Pair("0", "0.0.0.0"),
    Pair("10.4.13beta.2", "10.4.13.0-beta2"), Pair("10.4.13-b5", "10.4.13.0-beta5"), Pair("v1.0.0", "1.0.0.0"),
    Pair("2010.01", "2010.01.0.0"), Pair("v20100102", "20100102"), Pair("20100102203040-10", "20100102203040.10"),
    Pair("1.x-dev", "1.9999999.9999999.9999999-dev"), Pair("v1.0.3.*-dev", "1.0.3.9999999-dev"),
    Pair("1.0.0-beta.5+foo", "1.0.0.0-beta5"), Pair("1.0.0+foo", "1.0.0.0"),
    Pair("1.0.0-alpha-2.1-3+foo", "1.0.0.0-alpha2.1-3"),
    Pair("1.0.0+foo as 2.0", "1.0.0.0"), Pair("dev-master as 1.0.0", "dev-master"), Pair("master", "dev-master"),
    Pair("DEV-FOOBAR", "dev-FOOBAR"), Pair("1.0@beta", "1.0"), Pair("1.0-stable", "1.0"), Pair("01.02", "1.2"),
    Pair("1.", "1"), Pair(" 1.0\n", "1.0"), Pair("trunk", "dev-trunk"),
  ])
  func `spellings of one version`(pair: Pair) {
    #expect(Composer.compare(pair.first, pair.second) == .same)
    #expect(Composer.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    "", " ", "a", "1.0.0-meh", "1.0.0.0.0", "feature-foo", "1.0.0+foo bar", "1..0", ".1", "v", "1.0-1", "latest",
    "^1.0", "1.0.x", "1.0@foo", "self.version", "1,0", "1.0-beta-x", "1.\u{660}", "foo-dev", "1.0#abc",
  ])
  func `no version means no order`(text: String) {
    #expect(!Composer.isValid(text))
    #expect(Composer.compare(text, "1.0") == nil)
    #expect(Composer.compare(text, text) == nil)
    #expect(Composer.range("*")?.contains(text) == nil)
  }

  @Test func `a long version is read in time`() {
    let long = "1.0-beta" + String(repeating: ".1", count: 200_000)
    #expect(Composer.compare(long, long) == .same)
    #expect(Composer.compare(long + ".1", long) == .descending)
    #expect(!Composer.isValid("1" + String(repeating: ".0", count: 200_000)))
    #expect(Composer.compare("1." + String(repeating: "9", count: 5_000), "1.9223372036854775807") == .same)
    #expect(Composer.range(String(repeating: "-", count: 65_000)) == nil)
    #expect(Composer.range(">=" + String(repeating: "-a", count: 30_000)) == nil)
    #expect(Composer.range("1" + String(repeating: " ", count: 60_000) + "2")?.contains("1") == false)
  }

  // MARK: Constraints

  @Test(arguments: [
    ("*", "*"), ("*.*", ">=0.0.0.0-dev"), ("v*.*", ">=0.0.0.0-dev"), ("<>1.0.0", "!=1.0.0.0"), ("!=1.0.0", "!=1.0.0.0"),
    (">1.0.0", ">1.0.0.0"), ("<1.2.3.4", "<1.2.3.4-dev"), ("<=1.2.3", "<=1.2.3.0"), (">=1.2.3", ">=1.2.3.0-dev"),
    ("=1.2.3", "==1.2.3.0"), ("==1.2.3", "==1.2.3.0"), ("1.2.3", "==1.2.3.0"), ("1.2.3b5", "==1.2.3.0-beta5"),
    ("1.2.3pl1234", "==1.2.3.0-patch1234"), (">= 1.2.3", ">=1.2.3.0-dev"), ("dev-feature-a", "==dev-feature-a"),
    ("<1.2.3.4-stable", "<1.2.3.4-stable"), (">=1.2.3.4-stable", ">=1.2.3.4-stable"), ("1.0@dev", "==1.0.0.0"),
    ("1.0.x-dev#abcd123", "==1.0.9999999.9999999-dev"), ("1.0.x-dev#trunk/@123", "==1.0.9999999.9999999-dev"),
    ("dev-main#1234567 as 1.0.x-dev", "==dev-main"), ("foo-dev", "==dev-foo"), ("@dev", "*"),
    (">1.0@beta", ">1.0.0.0-beta"),
    ("v2.*", ">=2.0.0.0-dev <3.0.0.0-dev"), ("2.*.*", ">=2.0.0.0-dev <3.0.0.0-dev"),
    ("2.0.*", ">=2.0.0.0-dev <2.1.0.0-dev"),
    ("2.10.X", ">=2.10.0.0-dev <2.11.0.0-dev"), ("2.1.3.*", ">=2.1.3.0-dev <2.1.4.0-dev"), ("0.*", "<1.0.0.0-dev"),
    ("~v1", ">=1.0.0.0-dev <2.0.0.0-dev"), ("~1.0.0", ">=1.0.0.0-dev <1.1.0.0-dev"),
    ("~1.2", ">=1.2.0.0-dev <2.0.0.0-dev"),
    ("~1.2.3.4", ">=1.2.3.4-dev <1.2.4.0-dev"), ("~1.2-b2", ">=1.2.0.0-beta2 <2.0.0.0-dev"),
    ("~2.3.x-dev", ">=2.3.9999999.9999999-dev <2.4.0.0-dev"), ("^v1", ">=1.0.0.0-dev <2.0.0.0-dev"),
    ("^0", ">=0.0.0.0-dev <1.0.0.0-dev"), ("^0.0", ">=0.0.0.0-dev <0.1.0.0-dev"),
    ("^0.0.3", ">=0.0.3.0-dev <0.0.4.0-dev"),
    ("^0.3", ">=0.3.0.0-dev <0.4.0.0-dev"), ("^1.2.3-beta.2", ">=1.2.3.0-beta2 <2.0.0.0-dev"),
    ("^1.2.3.4", ">=1.2.3.4-dev <2.0.0.0-dev"), ("1.0 - 2.0", ">=1.0.0.0-dev <2.1.0.0-dev"),
    ("1.2.3 - 2.3.4.5", ">=1.2.3.0-dev <=2.3.4.5"), ("1 - 2", ">=1.0.0.0-dev <3.0.0.0-dev"),
    ("1.2-beta - 2.3-dev", ">=1.2.0.0-beta <=2.3.0.0-dev"), (">2.0,<=3.0", ">2.0.0.0 <=3.0.0.0"),
    (">2.0 <=3.0", ">2.0.0.0 <=3.0.0.0"), ("> 2.0   ,  <=  3.0", ">2.0.0.0 <=3.0.0.0"),
    ("^1.2 || ~2.3.4", ">=1.2.0.0-dev <2.0.0.0-dev || >=2.3.4.0-dev <2.4.0.0-dev"),
    ("1.0|2.0", "==1.0.0.0 || ==2.0.0.0"),
    ("^1.0 || ^2.0", ">=1.0.0.0-dev <3.0.0.0-dev"),
  ])
  func `a constraint is read as Composer reads it`(text: String, plain: String) {
    #expect(Composer.range(text)?.description == plain)
    #expect(Composer.range(plain)?.description == plain)
  }

  @Test(arguments: [
    Membership("1.0.0 - 2.0.0", inside: ["1.2.3"], outside: ["2.2.3"]),
    Membership("^1.2.3+build", inside: ["1.2.3", "1.3.0"], outside: ["2.0.0", "1.2.0"]),
    Membership("1.2.3+asdf - 2.4.3+asdf", inside: ["1.2.3", "2.4.3-alpha"], outside: ["2.4.4"]),
    Membership(">1.2", inside: ["1.3.0-beta", "1.2.8"], outside: ["1.2"]),
    Membership("<=1.2.3", inside: ["1.2.3-beta"], outside: ["1.2.4"]),
    Membership("<1.2.3", inside: ["1.2.2"], outside: ["1.2.3-beta"]),
    Membership("^1.2.3", inside: ["1.2.3-beta", "1.8.1"], outside: ["2.0.0-alpha", "1.2.2"]),
    Membership("*", inside: ["1.2.3", "v1.2.3", "dev-main", "2.x-dev"], outside: []),
    Membership("*.*", inside: ["1.2.3"], outside: ["dev-main"]),
    Membership("<\t2.0.0", inside: ["0.2.9"], outside: ["2.9.9"]),
    Membership("0.1.20 || 1.2.4", inside: ["1.2.4"], outside: ["1.2.3"]),
    Membership(">=0.2.3 || <0.0.1", inside: ["0.0.0", "0.2.3", "0.2.4"], outside: ["0.0.3", "0.2.2"]),
    Membership("1.2.x || 2.x", inside: ["2.1.3", "1.2.3"], outside: ["3.1.3", "1.1.3"]),
    Membership("~2.4", inside: ["2.9.0", "2.4.5"], outside: ["3.0.0", "2.3.9"]),
    Membership("~1.2.1 >=1.2.3 1.2.3", inside: ["1.2.3"], outside: ["1.2.4"]),
    Membership("^0.1", inside: ["0.1.2"], outside: ["0.2.0"]),
    Membership("~v0.5.4-beta", inside: ["0.5.4-beta", "0.5.4"], outside: ["0.5.4-alpha", "0.6.0"]),
    Membership("1", inside: ["1.0"], outside: ["1.0.0beta", "2.0.0beta"]),
    Membership("dev-main", inside: ["dev-main"], outside: ["dev-other", "1.0"]),
    Membership("!=1.0", inside: ["dev-main", "1.1"], outside: ["1.0.0"]),
    Membership("!=dev-main", inside: ["dev-other", "1.0"], outside: ["dev-main"]),
    Membership(">=0", inside: ["1.0"], outside: ["dev-main"]),
    Membership("<dev-main", inside: [], outside: ["1.0", "dev-a"]),
    Membership("3 - 1 || 2.*", inside: [], outside: ["2.5", "1.5"]),
  ])
  func `a version must satisfy the constraints`(row: Membership) throws {
    let range = try #require(Composer.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    "", " ", "~>1.2", "~> 1.2", "=>1.0", "=<1", "!1", "^", "~", "^foo", "1.0#abcd123", "1.0#trunk/@123", "self.version",
    "latest", "1.0.0-meh", "|1.0", "1.0 ||", "1.0 |||  2.0", ">=foo-bar", ">=", "1.0, ,2.0", "(>=1)", "1.0@foo",
    "^99999999999999999999", "file:../a", "feature-foo",
  ])
  func `what Composer refuses is no range`(text: String) {
    #expect(Composer.range(text) == nil)
  }

  @Test(arguments: ["2010-01-02", ">=1.0-RC1", ">1.0@BETA", "<=1.0-STABLE", "<2 || 20100102", "*", "^1.0 || dev-main"])
  func `what a constraint prints is the same set`(text: String) throws {
    let range = try #require(Composer.range(text))
    let again = try #require(Composer.range(range.description))
    #expect(again.description == range.description)
    for version in ComposerLawTests.versions {
      #expect(again.contains(version) == range.contains(version), "\(version)")
    }
  }

  @Test func `a text of 65536 bytes is read and a longer one refused`() {
    let longest = "1.0" + String(repeating: " ", count: 65_533)
    #expect(Composer.range(longest)?.description == "==1.0.0.0")
    #expect(Composer.range(longest + " ") == nil)
  }

  // MARK: Advisories

  @Test func `the events of an advisory are taken in Composer's order`() {
    let range = RangeEvents([.introduced("0"), .fixed("v9.5.3"), .introduced("10.0.0-alpha1"), .lastAffected("10.0.2")])
    for version in ["v9.5.2", "1.0", "9.5.3-RC1", "10.0.0-beta2", "v10.0.2", "10.0.2.0"] {
      #expect(range.evaluate(version, in: Composer.self) == .yes, "\(version)")
    }
    for version in ["9.5.3", "9.5.3-p1", "9.x-dev", "10.0.0-dev", "10.0.3", "10.0.x-dev"] {
      #expect(range.evaluate(version, in: Composer.self) == .no, "\(version)")
    }
    #expect(range.evaluate("self.version", in: Composer.self) == .unknown)
  }

  @Test func `Packagist is ordered by Composer's rules, mirrors included`() {
    #expect(scheme(for: Ecosystem("Packagist"))?.id == "Composer")
    #expect(scheme(for: Ecosystem("Packagist:https://packages.example"))?.id == "Composer")
  }
}

enum ComposerLawTests {
  /// No two are the same version.
  static let versions: [String] = {
    let numbers = ["0", "v1.0", "1.0.1", "1.2.3.4", "1.10", "10", "2010-01-02", "20100102", "1.99999"]
    let words = [
      "-dev", "-alpha", "-alpha1-dev", "-alpha1", "-alpha1.2", "-b2", "-RC1", "-RC10", "", "-p1-dev", "-p1", "-pl10",
    ]
    return numbers.flatMap { number in words.map { number + $0 } }
      + ["dev-main", "dev-Main", "dev-feature/x", "1.x-dev", "1.0.x-dev", "2.x-dev"]
  }()
}
