// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://maven.apache.org/pom.html#version-order-specification (read 2026-11-25)
/// - Source: https://github.com/apache/maven, `ComparableVersionTest.java` of the 3.9 line (read 2026-11-25)
@Suite struct MavenTests {
  static let chains = [
    // The chains that Maven's own tests hold.
    OrderTable(
      "1-alpha2snapshot", "1-alpha2", "1-alpha-123", "1-beta-2", "1-beta123", "1-m2", "1-m11", "1-rc", "1-cr2",
      "1-rc123",
      "1-SNAPSHOT", "1", "1-sp", "1-sp2", "1-sp123", "1-abc", "1-def", "1-pom-1", "1-1-snapshot", "1-1", "1-2", "1-123"),
    OrderTable(
      "2.0", "2.0.a", "2-1", "2.0.2", "2.0.123", "2.1.0", "2.1-a", "2.1b", "2.1-c", "2.1-1", "2.1.0.1", "2.2", "2.123",
      "11.a2", "11.a11", "11.b2", "11.b11", "11.m2", "11.m11", "11", "11.a", "11b", "11c", "11m"),
    OrderTable("6.1.0rc3", "6.1.0", "6.1H.5-beta"),
    OrderTable("20190126.230843", "1234567890.12345", "123456789012345.1H.5-beta", "12345678901234567890.1H.5-beta"),
    OrderTable(
      "1.0-alpha-1-SNAPSHOT", "1.0-alpha-1", "1.0-alpha-2", "1.0-beta-1", "1.0-SNAPSHOT", "1.0", "1.0-1", "1.0-2",
      "1.0.1"),
    OrderTable("2.0.1-klm", "2.0.1-lmn", "2.0.1-123"),
    // Any qualifier behind a dot or a hyphen is one, and numbers behind it count.
    OrderTable("1.0.0.RC1", "1.0.0-RC2", "1.0.0.RC3"),
    OrderTable("4.0.0.Beta3", "4.0.0-RC2", "4.0.0"),
    OrderTable("2.0.0.X1", "2.0.0-X2"),
    // Real packages.
    OrderTable(
      "4.1.0.Alpha1", "4.1.0.Beta2", "4.1.0.CR1", "4.1.0.CR2", "4.1.0.Final", "4.1.0.SP1", "4.1.1.Final",
      "4.1.100.Final"),
    OrderTable("31.1-android", "31.1-jre", "32.0.0-android", "32.0.0-jre"),
    OrderTable("2.12.6", "2.12.6.1", "2.13.0-rc1", "2.13.0-rc2", "2.13.0"),
    OrderTable("5.3.0.M1", "5.3.0.RC1", "5.3.0.RELEASE", "5.3.1.RELEASE", "5.3.1.1"),
    OrderTable("9.4.9.v20180320", "9.4.10.RC0", "9.4.10.v20180503", "9.4.43.v20210629", "10.0.0-alpha0", "10.0.0"),
  ]

  @Test(arguments: chains)
  func `versions are in Maven's order`(table: OrderTable) {
    #expect(table.misplaced(by: Maven.self) == [])
  }

  @Test(arguments: [
    Pair("1", "1.0"), Pair("1", "1.0.0"), Pair("1", "1-0"), Pair("1", "1.0-0"), Pair("1a", "1-a"), Pair("1a", "1.0-a"),
    Pair("1a", "1.0.0-a"), Pair("1.0a", "1-a"), Pair("1.0.0a", "1-a"), Pair("1x", "1.0.0-x"), Pair("1.0.0x", "1-x"),
    Pair("1ga", "1"), Pair("1release", "1"), Pair("1final", "1"), Pair("1cr", "1rc"), Pair("1a1", "1-alpha-1"),
    Pair("1b2", "1-beta-2"), Pair("1m3", "1-milestone-3"), Pair("1X", "1x"), Pair("1GA", "1"), Pair("1.Final", "1"),
    Pair("1MileStone3", "1m3"), Pair("0000000000000000001", "1"), Pair("000", "0"), Pair("2.0.x", "2.0.0.x"),
    Pair("1.\u{C9}", "1.\u{E9}"), Pair("1.0.Final-redhat-1", "1-redhat-1"),
  ])
  func `spellings that Maven takes for one version`(pair: Pair) {
    #expect(Maven.compare(pair.first, pair.second) == .same)
    #expect(Maven.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    // Digits of other scripts are letters, and every letter is less than a number.
    Pair("\u{E9}", "1"), Pair("\u{668}", "1"), Pair("J", "7"), Pair("c", "7"), Pair("zebra", "\u{3B6}"),
    Pair("1-0.alpha", "1"), Pair("1-0.beta", "1"), Pair("1-0.alpha", "1-0.beta"), Pair("e\u{301}", "\u{E9}"),
    // By UTF-16 units, where a scalar beyond U+FFFF stands before U+FF5A.
    Pair("1-\u{1F600}", "1-\u{FF5A}"),
  ])
  func `odd texts have their place`(pair: Pair) {
    #expect(Maven.compare(pair.first, pair.second) == .ascending)
    #expect(Maven.compare(pair.second, pair.first) == .descending)
  }

  @Test func `where Maven's answers go in a circle, what is older than a version stays older than what is newer`() {
    // Maven: 1.0.0.alpha-1 < 1.0.0 and 1.0.0 < 1.0.0-jre, but 1.0.0-jre < 1.0.0.alpha-1.
    let chain = ["1.0.0.alpha-1", "1.0.0", "1.0.0-jre"]
    for (first, second) in zip(chain, chain.dropFirst()) { #expect(Maven.compare(first, second) == .ascending) }
    #expect(Maven.compare(chain[0], chain[2]) == .ascending)
    #expect(Maven.compare("1--alpha", "1-sp") == .ascending)
    #expect(Maven.compare("1.0.alpha.1", "1.sp.1") == .ascending)
  }

  @Test(arguments: ["", " ", "\t\n", "${project.version}", "1.${revision}"])
  func `no version means no order`(text: String) {
    #expect(!Maven.isValid(text))
    #expect(Maven.compare(text, "1.0") == nil)
    #expect(Maven.compare(text, text) == nil)
    #expect(Maven.range("[0,)")?.contains(text) == nil)
  }

  @Test func `a long or deep version is read in time`() {
    let deep = "1" + String(repeating: "-a", count: 100_000)
    #expect(Maven.compare(deep, deep) == .same)
    #expect(Maven.compare(deep + "-1", deep) == .descending)
    let zeros = "1" + String(repeating: ".0", count: 100_000)
    #expect(Maven.compare(zeros, "1") == .same)
    #expect(Maven.compare("1" + String(repeating: "-", count: 100_000), "1") == .same)
    #expect(Maven.compare("1." + String(repeating: "9", count: 5_000), "2") == .ascending)
  }

  // MARK: Ranges

  /// - Source: https://maven.apache.org/pom.html#dependency-version-requirement-specification (read 2026-11-25)
  /// - Source: https://github.com/apache/maven, `VersionRangeTest.java` of the 3.9 line (read 2026-11-25)
  @Test(arguments: [
    Membership("1.0", inside: ["1.0", "1", "1.0.Final"], outside: ["1.1", "0.9", "1.0-SNAPSHOT"]),
    Membership("[1.0]", inside: ["1.0", "1"], outside: ["1.0.1", "0.9"]),
    Membership("(,1.0]", inside: ["1.0", "0.1", "1.0-rc1"], outside: ["1.0.1", "1.0-sp"]),
    Membership("[1.2,1.3]", inside: ["1.2", "1.3", "1.2.9"], outside: ["1.1", "1.3.1"]),
    Membership("[1.0,2.0)", inside: ["1.0", "1.9", "2.0-SNAPSHOT"], outside: ["2.0", "0.9", "1.0-SNAPSHOT"]),
    Membership("[1.5,)", inside: ["1.5", "99"], outside: ["1.4"]),
    Membership("(,1.0],[1.2,)", inside: ["1.0", "1.2", "0.1", "3"], outside: ["1.1"]),
    Membership("(,1.1),(1.1,)", inside: ["1.0", "1.2"], outside: ["1.1", "1.1.0"]),
    Membership("[1.0,1.1-SNAPSHOT]", inside: ["1.1-SNAPSHOT", "1.0.5"], outside: ["1.1"]),
    Membership("[5.0.9.0,5.0.10.0)", inside: ["5.0.9.0"], outside: ["5.0.10"]),
    Membership(" [ 1.0 , 2.0 ] , ( 3.0 , ) ", inside: ["1", "2", "3.1"], outside: ["2.5", "3"]),
    Membership("[1][2]", inside: ["1", "2"], outside: ["1.5"]),
    Membership("(,)", inside: ["0", "99"], outside: []),
  ])
  func `a version must lie in one of the intervals`(row: Membership) throws {
    let range = try #require(Maven.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    "(1.0)", "[1.0)", "(1.0]", "(1.0,1.0]", "[1.0,1.0)", "(1.0,1.0)", "[1.1,1.0]", "[1.0,1.2),1.3",
    "[1.0,1.2),(1.1,1.3]", "[1.1,1.3),(1.0,1.2]", "(1.1,1.2],[1.0,1.1)", "[1.0", "", " ", "[]", "[ ]", "LATEST",
    "RELEASE", "${jetty.version}", "[${low},2)", "[1,${high})", "[1,2),(,3)",
  ])
  func `what Maven refuses is no range`(text: String) {
    #expect(Maven.range(text) == nil)
  }

  @Test func `a range of 65536 bytes is read and a longer one refused`() {
    let longest = "[1.0]" + String(repeating: " ", count: 65_531)
    #expect(Maven.range(longest)?.description == "[1.0]")
    #expect(Maven.range(longest + " ") == nil)
  }

  @Test(arguments: [
    ("1.0", "1.0"), (" [ 1.0 , 2 ) ", "[1.0,2)"), ("(,1],[2]", "(,1],[2]"), ("[1,],", "[1,]"),
    ("(1,2)(3,)", "(1,2),(3,)"),
  ])
  func `what a range prints is a range that prints alike`(text: String, normal: String) {
    #expect(Maven.range(text)?.description == normal)
    #expect(Maven.range(normal)?.description == normal)
  }

  // MARK: Advisories

  @Test func `the events of an advisory are taken in Maven's order`() {
    let range = RangeEvents([
      .introduced("2.0-beta9"), .fixed("2.15.0"), .introduced("3.0.0-alpha1"), .lastAffected("3.0.0-beta2"),
    ])
    for version in ["2.0-beta9", "2.0-rc1", "2.14.1", "2.15.0-rc1", "3.0.0-beta1", "3.0.0-beta2"] {
      #expect(range.evaluate(version, in: Maven.self) == .yes, "\(version)")
    }
    for version in ["2.0-beta8", "1.2.17", "2.15.0", "2.17.1", "3.0.0-beta3", "3.0.0"] {
      #expect(range.evaluate(version, in: Maven.self) == .no, "\(version)")
    }
    #expect(range.evaluate("${log4j.version}", in: Maven.self) == .unknown)
  }

  @Test func `Maven is ordered by Maven's rules`() {
    #expect(scheme(for: Ecosystem("Maven"))?.id == "Maven")
  }
}

enum MavenLawTests {
  /// No two are the same version; among them many about which Maven contradicts itself.
  static let versions: [String] = {
    let numbers = ["1", "1.1", "10", "0"]
    let tails = [
      "-alpha", "-alpha-1", "-alpha1snapshot", "-beta2", "-m3", "-rc", "-rc1", "-SNAPSHOT", "", "-sp", "-sp1", "-jre",
      "-zeta", "-zeta-1", "-1", "-1-rc", "--alpha", "--1", "-0.x", ".0.alpha.1", ".0.alpha-1", ".alpha.1", ".sp.1",
      ".0.sp.1", ".0.0.5", ".0.1-rc1", ".ga.1", ".ga-1.x", "..5", "-\u{E9}", ".jre.0.2", "-20241125.123456-7",
    ]
    return numbers.flatMap { number in tails.map { number + $0 } } + ["rc", "x", "123456789012345678901234567890"]
  }()
}
