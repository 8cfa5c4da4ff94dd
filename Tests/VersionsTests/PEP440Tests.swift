// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/ (read 2026-11-25)
@Suite struct PEP440Tests {
  /// The chains that the specification gives: of suffixes, of dates, of releases, and of an epoch after dates.
  static let chains = [
    [
      "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
      "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5",
      "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1",
    ],
    ["0.9", "0.9.1", "0.9.2", "0.9.10", "0.9.11", "1.0", "1.0.1", "1.1", "2.0", "2.0.1"],
    ["2012.4", "2012.7", "2012.10", "2013.1", "2013.6"],
    ["0.9", "1.0", "2013.10", "2014.04", "1!1.0", "1!1.1", "1!2.0"],
    ["1.0.dev1", "1.0.dev2", "1.0.dev3", "1.0.dev4", "1.0c1", "1.0c2", "1.0", "1.0.post1", "1.1.dev1"],
  ]

  @Test(arguments: chains)
  func `the specification's examples are in its order`(chain: [String]) {
    for (index, first) in chain.enumerated() {
      for (other, second) in chain.enumerated() {
        let expected: VersionOrder = index < other ? .ascending : index > other ? .descending : .same
        #expect(PEP440.compare(first, second) == expected, "\(first) to \(second)")
      }
    }
  }

  @Test(arguments: [
    Pair("1.0.dev1", "1.0a0.dev0"),
    Pair("1.0.post1.dev1", "1.0.post1"),
    Pair("1.0", "1.0.post0.dev0"),
    Pair("1.0a1.post1", "1.0a2.dev0"),
    Pair("1.0", "1.0+0"),
    Pair("1.0+a", "1.0+0"),
    Pair("1.0+a", "1.0+a.a"),
    Pair("1.0+9", "1.0+10"),
    Pair("1.0+1a", "1.0+9"),
    Pair("1.0+zzz", "1.0.post0.dev0"),
    Pair("2!0.dev0", "10!0.dev0"),
  ])
  func `local versions and development releases stand where they belong`(pair: Pair) {
    #expect(PEP440.compare(pair.first, pair.second) == .ascending)
    #expect(PEP440.compare(pair.second, pair.first) == .descending)
  }

  // MARK: Spellings

  /// Section "Normalization" of the specification.
  @Test(arguments: [
    ("1.1RC1", "1.1rc1"), ("00", "0"), ("09000", "9000"), ("1.0+foo0100", "1.0+foo0100"), ("1.1.a1", "1.1a1"),
    ("1.1-a1", "1.1a1"), ("1.1_a1", "1.1a1"), ("1.1a.1", "1.1a1"), ("1.1a-1", "1.1a1"), ("1.1alpha1", "1.1a1"),
    ("1.1beta2", "1.1b2"), ("1.1c3", "1.1rc3"), ("1.1pre4", "1.1rc4"), ("1.1preview5", "1.1rc5"), ("1.2a", "1.2a0"),
    ("1.2-post2", "1.2.post2"), ("1.2post2", "1.2.post2"), ("1.2.post-2", "1.2.post2"), ("1.0-r4", "1.0.post4"),
    ("1.0-rev4", "1.0.post4"), ("1.2.post", "1.2.post0"), ("1.0-1", "1.0.post1"), ("1.2-dev2", "1.2.dev2"),
    ("1.2dev2", "1.2.dev2"), ("1.2.dev", "1.2.dev0"), ("1.0+ubuntu-1", "1.0+ubuntu.1"), ("v1.0", "1.0"),
    ("1.0+ubuntu_01", "1.0+ubuntu.1"), ("V1!2.DEV3", "1!2.dev3"), (" \t1.0\n", "1.0"), ("0!1.0", "1.0"),
    ("1.0RC1.Post2-dev_3+Local.0A", "1.0rc1.post2.dev3+local.0a"), ("1.0.0", "1.0.0"), ("1.0a.", "1.0a0"),
    ("1.0a.dev", "1.0a0.dev0"), ("1.0a--1", "1.0a0.post1"), ("\u{A0}1.0\u{3000}\u{85}", "1.0"),
  ])
  func `every spelling has its normal form`(text: String, normal: String) throws {
    #expect(try #require(PEP440.parse(text)).description == normal)
    #expect(PEP440.compare(text, normal) == .same)
  }

  @Test(arguments: [Pair("1", "1.0.0"), Pair("1.2.0rc1", "1.2rc1"), Pair("0", "0.0"), Pair("1.0+A.01", "1+a.1")])
  func `zeros at the end of a release do not count`(pair: Pair) {
    #expect(PEP440.compare(pair.first, pair.second) == .same)
    #expect(PEP440.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    "", " ", "latest", "french toast", "1.0.", ".1", "1..0", "1.0+", "1.0+a..b", "1.0+a+b", "+a", "1!", "!1", "1!2!3",
    "vv1", "v", "1.0 a1", "1.0x", "1.0-1-1", "1.0.dev1.post1", "1.0-a-b", "1.0--1", "1.0.*", "1_0", "1,0", "-1",
    "1.0\u{0}", "1.\u{660}", "1.0+\u{E9}", "\u{FEFF}1.0", "\u{200B}1.0", "1.0po\u{17F}t1", "=1.0", "^1.0",
  ])
  func `no version means no order`(text: String) {
    #expect(!PEP440.isValid(text))
    #expect(PEP440.compare(text, "1.0") == nil)
    #expect(PEP440.compare("1.0", text) == nil)
    #expect(PEP440.compare(text, text) == nil)
  }

  @Test func `numbers may be of any length`() {
    let long = String(repeating: "9", count: 5_000)
    #expect(PEP440.compare("1." + long, "1.1" + String(repeating: "0", count: 5_000)) == .ascending)
    #expect(PEP440.compare("1.0a" + long, "1.0a000" + long) == .same)
    #expect(PEP440.compare("18446744073709551615!1", "18446744073709551616!0") == .ascending)
    #expect(PEP440.compare("1.0+" + long, "1.0+" + long + "0") == .ascending)
    #expect(PEP440.compare("1.dev" + long, "1.dev" + long) == .same)
  }

  @Test func `a long version is read in time`() {
    let long = "1" + String(repeating: ".0", count: 200_000)
    #expect(PEP440.compare(long, "1") == .same)
    #expect(PEP440.compare(long + ".1", "1") == .descending)
    #expect(!PEP440.isValid(long + "."))
    #expect(!PEP440.isValid("1+" + String(repeating: "a.", count: 200_000)))
    #expect(PEP440.isValid(String(repeating: " ", count: 400_000) + "1"))
  }

  // MARK: What a statement is about

  @Test func `what is said of a version is said of its local versions, but not the other way round`() {
    #expect(PEP440.isMeant("2.1.0+cu118", by: "2.1.0") == true)
    #expect(PEP440.isMeant("2.1+cpu", by: "2.1.0") == true)
    #expect(PEP440.isMeant("2.1.0", by: "2.1.0+cu118") == false)
    #expect(PEP440.isMeant("2.1.0+cpu", by: "2.1.0+cu118") == false)
    #expect(PEP440.isMeant("2.1.0.post1", by: "2.1.0") == false)
    #expect(PEP440.isMeant("2.1.0", by: "latest") == nil)
  }

  static let timelines = [
    Timeline([.introduced("0")], affected: ["0.dev0", "1!5", "1.0rc1"], unaffected: []),
    Timeline(
      [.introduced("0"), .fixed("3.2.15")], affected: ["3.2.15rc1", "3.2.14.post1", "3.2.15.dev0", "3.2.14+local"],
      unaffected: ["3.2.15", "3.2.15.0", "3.2.15+local", "1!0"]),
    Timeline(
      [.introduced("1.82.7"), .lastAffected("1.82.8")], affected: ["1.82.7", "v1.82.8", "1.82.8.0", "1.82.8+cpu"],
      unaffected: ["1.82.6", "1.82.7rc1", "1.82.8.post1", "1.82.9"]),
    Timeline(
      [.introduced("2.0a1"), .fixed("2.0b1"), .introduced("2.1"), .limit("3")],
      affected: ["2.0-alpha.2", "2.1", "3rc1"],
      unaffected: ["2.0.dev1", "2.0beta1", "2.0", "2.1rc1", "3.0"]),
  ]

  @Test(arguments: timelines)
  func `the events of an ecosystem range are taken in Python's order`(timeline: Timeline) {
    let range = RangeEvents(timeline.events)
    for version in timeline.affected { #expect(range.evaluate(version, in: PEP440.self) == .yes, "\(version)") }
    for version in timeline.unaffected { #expect(range.evaluate(version, in: PEP440.self) == .no, "\(version)") }
  }

  @Test func `what cannot be read is unknown, never unaffected`() {
    #expect(RangeEvents([.introduced("0")]).evaluate("2004-beta-x", in: PEP440.self) == .unknown)
    #expect(RangeEvents([.introduced("0"), .fixed("r1x")]).evaluate("1.0", in: PEP440.self) == .unknown)
  }
}

@Suite struct PEP440LawTests {
  /// Every combination of some parts; no two are the same version.
  static let versions: [String] = {
    let releases = ["0", "1.0", "1.0.1", "1.10", "10", "1!0", "18446744073709551616"]
    let suffixes = [
      "", ".dev0", ".dev1", "a0", "a1.dev2", "a1", "a1.post0.dev1", "a1.post0", "b0", "rc0", "rc10", ".post0.dev0",
      ".post0", ".post1", ".post10",
    ]
    let locals = ["", "+0", "+10", "+a", "+a.0", "+a.b"]
    return releases.flatMap { release in suffixes.flatMap { suffix in locals.map { release + suffix + $0 } } }
  }()

  @Test func `what is printed reads as the same version and prints alike`() throws {
    for text in Self.versions + ["v1.0-1", " 1.0-ALPHA_01 ", "1.0a.dev-", "007"] {
      let version = try #require(PEP440.parse(text))
      let again = try #require(PEP440.parse(version.description), "\(version)")
      #expect(again == version)
      #expect(again.description == version.description)
    }
  }

  @Test func `the operators agree with the order`() throws {
    let versions = try Self.versions.prefix(200).map { try #require(PEP440.parse($0)) }
    for first in versions {
      for second in versions {
        #expect((first < second) == (PEP440.order(first, second) == .ascending))
        #expect((first == second) == (PEP440.order(first, second) == .same))
      }
    }
  }

  @Test func `specifiers agree with the order on releases`() throws {
    let releases = Self.versions.filter { !$0.contains { "+ab".contains($0) || $0.isLetter } }
    #expect(releases.count == 7)
    for first in releases {
      for second in releases {
        let order = try #require(PEP440.compare(first, second))
        #expect(PEP440.range("<" + second)?.contains(first) == (order == .ascending))
        #expect(PEP440.range("<=" + second)?.contains(first) == (order != .descending))
        #expect(PEP440.range(">" + second)?.contains(first) == (order == .descending))
        #expect(PEP440.range(">=" + second)?.contains(first) == (order != .ascending))
        #expect(PEP440.range("==" + second)?.contains(first) == (order == .same))
        #expect(PEP440.range("!=" + second)?.contains(first) == (order != .same))
      }
    }
  }
}
