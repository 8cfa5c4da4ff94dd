// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing
import Versions

/// - Source: https://learn.microsoft.com/en-us/nuget/concepts/package-versioning (read 2026-11-25)
/// - Source: https://github.com/NuGet/NuGet.Client, the tables in `test/NuGet.Core.Tests/NuGet.Versioning.Test`
///   (read 2026-11-25)
@Suite struct NuGetTests {
  static let chains = [
    // The documentation's own, of prereleases.
    OrderTable(
      "1.0.1-aaa", "1.0.1-alpha", "1.0.1-alpha.2", "1.0.1-alpha10", "1.0.1-alpha2", "1.0.1-beta", "1.0.1-open",
      "1.0.1-rc", "1.0.1-zzz", "1.0.1"),
    OrderTable("0.0.0", "1.0.0", "1.0.1", "1.1.0", "1.999.9999", "2.1.1"),
    OrderTable("1.0.0-BETA", "1.0.0-beta.1+AA", "1.0.0-beta2", "1.0.0+aa"),
    OrderTable("1.0.0-BETA.X.y.5.77.0+AA", "1.0.0-beta.x.y.5.79.0+aa", "1.0.0-BETA.X.y.5.790.0+abc"),
    OrderTable("1.0", "1.0.0.1", "1.0.1", "1.4.5.6", "1.4.5.60", "1.23", "1.45.6", "1.231"),
    OrderTable("1.01-RC-1", "1.01", "1.2-preview", "1.10-alpha", "1.10-beta", "1.10"),
    // Numbers that .NET cannot hold in 32 bits are texts, and a hyphen before digits is a minus sign.
    OrderTable("1.0.0--1", "1.0.0-0", "1.0.0-2147483647", "1.0.0-2147483648", "1.0.0-a"),
    OrderTable("1.0.0-2", "1.0.0-10", "1.0.0--a", "1.0.0-10000000000", "1.0.0-1a", "1.0.0-9999999999"),
  ]

  @Test(arguments: chains)
  func `versions are in NuGet's order`(table: OrderTable) {
    #expect(table.misplaced(by: NuGet.self) == [])
  }

  @Test(arguments: [
    Pair("1.0", "1.0.0.0"), Pair("1", "1.0.0"), Pair("1.23.01", "1.23.1"), Pair("1.45.6", "1.45.6.0"),
    Pair("1.45.6-Alpha", "1.45.6-ALPHA"), Pair("1.6.2-BeTa", "1.6.02-beta"), Pair("22.3.07     ", "22.3.07"),
    Pair("  1.022-Beta", "1.22.0.0-beta"), Pair("1.0.0-BETA+AA", "1.0.0-beta+aa"), Pair("1.0.0+a", "1.0.0+b"),
    Pair("1.0.0+01", "1.0.0"), Pair("01.42.0-alpha.1", "1.42.0.0-Alpha.1"),
  ])
  func `zeros, capitals and metadata do not count`(pair: Pair) {
    #expect(NuGet.compare(pair.first, pair.second) == .same)
    #expect(NuGet.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    "", " ", "1beta", "$version$", "1.2Av^c", "1.2..", "1..2", "1.2.3.4.5", "1.2.3.Beta", "So.is.this", "1.34.2Alpha",
    "1.34.2Release Candidate", "1.4.7-", "1.4.7-*", "1.4.7+*", "1.4.7-AA.01^", "1.4.7-AA.0A^", "1.4.7-A^A",
    "1.4.7+AA.01^", "1.0.0-01", "1.0.0-a..b", "1.0.0+", "1.0.0+a..b", "-1", "1.2147483648", "v1.0", "latest",
    "1.2.3.4This version is full of awesomeness!!", "1.\u{660}", "1.0-\u{E9}", "1.", ".1", "1 .2",
  ])
  func `no version means no order`(text: String) {
    #expect(!NuGet.isValid(text))
    #expect(NuGet.compare(text, "1.0") == nil)
    #expect(NuGet.compare(text, text) == nil)
    #expect(NuGet.range("1.0")?.contains(text) == nil)
  }

  @Test(arguments: [
    ("1.0+A", "1.0.0"), ("1.0-1.1+B.B", "1.0.0-1.1"), ("1.0.0009.01-1.1+A", "1.0.9.1-1.1"), ("1.0.0.0", "1.0.0"),
    ("3.4.0.3-RC-3", "3.4.0.3-RC-3"), ("0", "0.0.0"), ("1.3.42.10133-PreRelease", "1.3.42.10133-PreRelease"),
  ])
  func `a version prints in NuGet's normal form`(text: String, normal: String) {
    #expect(NuGet.parse(text)?.description == normal)
    #expect(NuGet.parse(normal)?.description == normal)
  }

  @Test func `a long version is read in time`() {
    let long = "1.0-a" + String(repeating: ".a", count: 200_000)
    #expect(NuGet.compare(long, long) == .same)
    #expect(NuGet.compare(long + ".1", long) == .descending)
    #expect(!NuGet.isValid(long + "."))
    #expect(!NuGet.isValid("1" + String(repeating: ".0", count: 200_000)))
  }

  // MARK: Ranges

  @Test(arguments: [
    // The documentation's table.
    Membership("1.0", inside: ["1.0", "1.0.1", "2.0"], outside: ["0.9", "1.0-beta"]),
    Membership("[1.0,)", inside: ["1.0", "9"], outside: ["0.9"]),
    Membership("(1.0,)", inside: ["1.0.1"], outside: ["1.0"]),
    Membership("[1.0]", inside: ["1.0", "1.0.0.0", "1+a"], outside: ["1.0.1", "1.0-a"]),
    Membership("(,1.0]", inside: ["1.0", "0.1", "1.0-a"], outside: ["1.0.0.1"]),
    Membership("(,1.0)", inside: ["0.9", "1.0-a"], outside: ["1.0"]),
    Membership("[1.0,2.0]", inside: ["1.0", "2.0"], outside: ["2.0.1"]),
    Membership("(1.0,2.0)", inside: ["1.5", "2.0-a"], outside: ["1.0", "2.0"]),
    Membership("[1.0,2.0)", inside: ["1.0", "1.9.9.9"], outside: ["2.0", "0.9"]),
    // The client's own tables.
    Membership("1.0.0", inside: ["2.0.0"], outside: ["0.0.0"]),
    Membership("[1.0.0, 2.0.0]", inside: ["2.0.0", "1.0.0", "1.0.0+B"], outside: ["2.0.1", "0.0.0", "3.0.0"]),
    Membership(
      "[1.0.0-beta+meta, 2.0.0-beta+meta]",
      inside: ["1.0.0", "1.0.0-beta+meta", "2.0.0-beta", "1.0.0+meta"],
      outside: ["1.0.0-alpha", "1.0.0-alpha+meta", "2.0.0-rc", "2.0.0+meta"]),
    Membership(
      "(1.0.0-beta+meta, 2.0.0-beta+meta)", inside: ["1.0.0", "2.0.0-alpha+meta", "2.0.0-alpha"],
      outside: ["2.0.0-beta+meta"]),
    Membership("(, 2.0.0-beta+meta)", inside: ["2.0.0-alpha"], outside: ["2.0.0-beta+meta"]),
    Membership("[2.3.7, 3.2.4.5]", inside: ["3.2.4.5"], outside: ["3.2.4.6"]),
    Membership("(1.0, 1.0)", inside: [], outside: ["1.0"]),
    // Floating.
    Membership("*", inside: ["0.1.0", "3.3.0"], outside: ["1.0.0-beta"]),
    Membership("*-*", inside: ["0.1.0", "1.0.0-beta", "0.0.0-0"], outside: []),
    Membership("1.*", inside: ["1.0.0", "1.2.0"], outside: ["0.1.0", "2.0.0", "1.0.0-beta"]),
    Membership("1.0.*", inside: ["1.0.0", "1.0.9.9"], outside: ["1.1.0", "1.0.0-beta"]),
    Membership("1.0.0.*", inside: ["1.0.0", "1.0.0.9"], outside: ["1.0.1"]),
    Membership(
      "1.0.0-*", inside: ["1.0.0-alpha", "1.0.0-beta", "1.0.0"], outside: ["1.0.1-alpha", "1.0.1", "0.9", "1.0.0.1"]),
    Membership(
      "1.0.0-beta.*", inside: ["1.0.0-beta.1", "1.0.0-BETA.2", "1.0.0"], outside: ["1.0.0-alpha", "1.0.0-rc"]),
    Membership("1.0.0-beta-*", inside: ["1.0.0-beta-01"], outside: ["1.0.0-beta"]),
    Membership("1.0.0-alpha*", inside: ["1.0.0-alpha01", "1.0.0-alpha"], outside: ["1.0.0-beta", "2.0.1"]),
    Membership("1.1.*-1*", inside: ["1.1.0-1", "1.1.5-12", "1.1.5"], outside: ["1.1.5-2", "1.2.0-1"]),
    Membership("1.*-*", inside: ["1.0.0-0", "1.9.9-rc"], outside: ["2.0.0-a"]),
    Membership("*-rc.*", inside: ["1.0.0-rc.1", "2.0.0"], outside: ["1.0.0-beta"]),
    Membership("[1.0.*, 2.0.0)", inside: ["1.0.5"], outside: ["0.1.0", "1.0.0-alpha.2", "2.0.0", "2.2.0"]),
  ])
  func `a version must lie in the range`(row: Membership) throws {
    let range = try #require(NuGet.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    "", " ", "(,)", "[,]", "[,)", "(,]", "(,1.3..2]", "(1.2.3.4.5,1.2]", "[-1, 2]", "(1.0)", "[1.0)", "(1.0]", "[1.0",
    "1.0]", "[", "[]", "[1,2,3]", "[2.0,1.0]", "(1.0,1.0]", "[1.0,1.0)", "^1.0", ">=1.0", "1.0.0+*", "1.0.**", "1.*.0",
    "1.0.*-*bla", "1.0.*-*bla+*", "**", "1.0.0-preview.*+blabla", "1.0.*--", "1.0.*-alpha*+", "1.0.*-", "[1.0, 2.*]",
    "1.0.0.0.*", "latest", "$(Version)", "[1.0],[2.0]",
  ])
  func `what NuGet refuses is no range`(text: String) {
    #expect(NuGet.range(text) == nil)
  }

  @Test(arguments: [
    ("1.2.0", "[1.2.0, )"), ("[1.2.3-beta+900]", "[1.2.3-beta]"), ("(, 1.2.3-0+900]", "(, 1.2.3-0]"),
    ("(1.0,1.2]", "(1.0.0, 1.2.0]"), ("1.0.0-*", "[1.0.0-*, )"), ("1.0.0-alpha.*", "[1.0.0-alpha.*, )"), ("*", "[*, )"),
    ("1.0.0.*", "[1.0.0.*, )"), ("[1.0.0, ]", "[1.0.0, )"), ("[, 2.0.0)", "(, 2.0.0)"),
    ("  [  1.2  , 2.3  ]  ", "[1.2.0, 2.3.0]"),
  ])
  func `a range prints in NuGet's normal form`(text: String, normal: String) {
    #expect(NuGet.range(text)?.description == normal)
    #expect(NuGet.range(normal)?.description == normal)
  }

  @Test func `a range of 65536 bytes is read and a longer one refused`() {
    let longest = "[1.0]" + String(repeating: " ", count: 65_531)
    #expect(NuGet.range(longest)?.description == "[1.0.0]")
    #expect(NuGet.range(longest + " ") == nil)
  }

  // MARK: Advisories

  @Test func `the events of an advisory are taken in NuGet's order`() {
    let range = RangeEvents([
      .introduced("0"), .fixed("4.3.1"), .introduced("5.0.0-preview.1"), .lastAffected("5.0.0-rc.2"),
    ])
    for version in ["4.3", "0.0.1-a", "4.3.0.9", "5.0.0-preview.10", "5.0.0-RC.2+sha"] {
      #expect(range.evaluate(version, in: NuGet.self) == .yes, "\(version)")
    }
    for version in ["4.3.1", "4.3.1.0", "4.4.0", "5.0.0-rc.10", "5.0.0"] {
      #expect(range.evaluate(version, in: NuGet.self) == .no, "\(version)")
    }
    #expect(range.evaluate("$(Version)", in: NuGet.self) == .unknown)
  }

  @Test func `NuGet is ordered by NuGet's rules`() {
    #expect(scheme(for: Ecosystem("NuGet"))?.id == "NuGet")
  }
}

enum NuGetLawTests {
  /// Every combination of some parts; no two are the same version.
  static let versions: [String] = {
    let numbers = ["0", "1", "1.0.0.1", "1.0.1", "1.10", "01.9", "2147483647.0.0.2147483647"]
    let labels = [
      "", "-0", "-1", "-10", "--1", "-4294967296", "-a", "-A.1", "-a.b", "-a-b", "-beta2", "-beta10", "-rc.1.2",
    ]
    return numbers.flatMap { number in labels.map { number + $0 } }
  }()
}
