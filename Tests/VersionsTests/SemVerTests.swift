// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// Two versions on one line of a table.
struct Pair: CustomTestStringConvertible {
  let first: String
  let second: String

  init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
  }

  var testDescription: String { "\(first) and \(second)" }
}

@Suite struct SemVerTests {
  /// - Source: https://semver.org/spec/v2.0.0.html#spec-item-11, the two chains given there (read 2026-11-23)
  static let chains = [
    ["1.0.0", "2.0.0", "2.1.0", "2.1.1"],
    [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
      "1.0.0",
    ],
  ]

  @Test(arguments: chains)
  func `the specification's examples are in its order`(chain: [String]) {
    for (index, first) in chain.enumerated() {
      for (other, second) in chain.enumerated() {
        let expected: VersionOrder = index < other ? .ascending : index > other ? .descending : .same
        #expect(SemVer.compare(first, second) == expected, "\(first) to \(second)")
      }
    }
  }

  @Test(arguments: [
    Pair("9.9.9", "10.0.0"),
    Pair("1.9.0", "1.10.0"),
    Pair("1.0.9", "1.0.10"),
    Pair("1.0.0-0", "1.0.0-00a"),
    Pair("1.0.0-9", "1.0.0-10"),
    Pair("1.0.0-99999", "1.0.0-a"),
    Pair("1.0.0-A", "1.0.0-a"),
    Pair("1.0.0--", "1.0.0-a"),
    Pair("1.0.0-a", "1.0.0-a.0"),
    Pair("1.0.0-a.b", "1.0.0-ab"),
    Pair("0.0.0-0", "0.0.0"),
  ])
  func `numbers count as numbers, and come before words, which stand in ASCII order`(pair: Pair) {
    #expect(SemVer.compare(pair.first, pair.second) == .ascending)
    #expect(SemVer.compare(pair.second, pair.first) == .descending)
  }

  @Test(arguments: [
    Pair("1.2.3", "1.2.3+build"),
    Pair("1.2.3+1", "1.2.3+2"),
    Pair("1.2.3-a+x.y", "1.2.3-a"),
    Pair("v1.2.3", "1.2.3"),
    Pair("=1.2.3", "1.2.3"),
    Pair(" 1.2.3\t", "1.2.3"),
    Pair("1.2.3beta", "1.2.3-beta"),
    Pair("01.002.0003", "1.2.3"),
    Pair("1.2.3-01", "1.2.3-1"),
  ])
  func `what differs in writing alone is the same version`(pair: Pair) {
    #expect(SemVer.compare(pair.first, pair.second) == .same)
    #expect(SemVer.compare(pair.second, pair.first) == .same)
  }

  @Test(arguments: [
    "", " ", "latest", "a.b.c", "1", "1.2", "1.2.x", "1.2.3.4", "1..3", "-1.2.3", "1.2.3-a..b", "1.2.3+",
  ])
  func `no version means no order`(text: String) {
    #expect(!SemVer.isValid(text))
    #expect(SemVer.compare(text, "1.2.3") == nil)
    #expect(SemVer.compare("1.2.3", text) == nil)
    #expect(SemVer.compare(text, text) == nil)
  }

  // MARK: Reading

  /// - Source: https://github.com/npm/node-semver, README.md, "Usage" and "Versions"; `internal/re.js` for the
  ///   patterns FULL and LOOSE (read 2026-11-23)
  @Test(arguments: [
    ("1.2.3", "1.2.3"), ("v1.2.3", "1.2.3"), ("  1.2.3  ", "1.2.3"), ("1.2.3-a.1+b.01", "1.2.3-a.1"),
    ("0.0.0-0", "0.0.0-0"), ("1.2.3-0a", "1.2.3-0a"), ("1.2.3--", "1.2.3--"), ("1.2.3----x", "1.2.3----x"),
  ])
  func `a strict version reads and prints`(text: String, printed: String) {
    #expect(SemanticVersion(text)?.description == printed)
    #expect(SemanticVersion(text, loose: true)?.description == printed)
  }

  @Test(arguments: [
    ("=1.2.3", "1.2.3"), ("  =v1.2.3   ", "1.2.3"), ("v 1.2.3", "1.2.3"), ("1.2.3beta.2", "1.2.3-beta.2"),
    ("01.2.3", "1.2.3"), ("1.2.3-01", "1.2.3-1"), ("1.2.3-", "1.2.3--"), ("1.2.34.5", "1.2.3-4.5"),
    ("vv1.2.3", "1.2.3"),
  ])
  func `a loose version reads loosely alone`(text: String, printed: String) {
    #expect(SemanticVersion(text) == nil)
    #expect(SemanticVersion(text, loose: true)?.description == printed)
  }

  @Test(arguments: [
    "1.2.3.4", "V1.2.3", ">1.2.3", "1.2.3_4", "1.2.3-é", "1.2.3-a b", "1.2.3\u{0}", "１.2.3", "1.2.3-a+",
  ])
  func `not even a loose version`(text: String) {
    #expect(SemanticVersion(text, loose: true) == nil)
  }

  @Test(arguments: ["\u{A0}", "\u{FEFF}", "\u{2003}", "\u{2028}", "\u{3000}", "\u{1680}", "\n", "\u{B}"])
  func `white space is what JavaScript takes for it`(space: String) {
    #expect(SemanticVersion(space + "1.2.3" + space + space)?.description == "1.2.3")
    #expect(SemanticVersion("v" + space + "1.2.3", loose: true)?.description == "1.2.3")
  }

  @Test(arguments: ["\u{200B}", "\u{85}", "\u{180E}", "\u{0}"])
  func `other invisible characters are no white space`(character: String) {
    #expect(SemanticVersion(character + "1.2.3", loose: true) == nil)
  }

  @Test func `a number may be as large as JavaScript's largest safe integer`() {
    #expect(SemanticVersion("9007199254740991.0.0")?.major == 9_007_199_254_740_991)
    for text in ["9007199254740992.0.0", "0.9007199254740992.0", "0.0.9007199254740992", "0.0.18446744073709551616"] {
      #expect(SemanticVersion(text, loose: true) == nil, "\(text)")
    }
  }

  @Test func `256 UTF-16 code units are a version and 257 are none`() {
    let longest = "1.2.3-" + String(repeating: "a", count: 250)
    #expect(SemanticVersion(longest) != nil)
    #expect(SemanticVersion(longest + "a") == nil)
    #expect(SemanticVersion(longest + " ") == nil)
    // Three bytes each in UTF-8, one unit each in UTF-16.
    #expect(SemanticVersion(String(repeating: "\u{3000}", count: 251) + "1.2.3") != nil)
    #expect(SemanticVersion(String(repeating: "\u{3000}", count: 252) + "1.2.3") == nil)
  }

  // MARK: Prerelease numbers that JavaScript cannot hold

  @Test func `numbers beyond the safe integers are compared as doubles`() {
    // 2^53 and 2^53 + 1 are one double, and what follows is then not looked at; 2^53 + 2 is the next.
    #expect(SemVer.compare("1.0.0-9007199254740992.1", "1.0.0-9007199254740993.2") == .same)
    #expect(SemVer.compare("1.0.0-9007199254740992.1", "1.0.0-9007199254740992.2") == .ascending)
    #expect(SemVer.compare("1.0.0-9007199254740992", "1.0.0-9007199254740994") == .ascending)
    #expect(SemVer.compare("1.0.0-9007199254740990", "1.0.0-9007199254740991") == .ascending)
    #expect(SemVer.compare("1.0.0-99999999999999999999", "1.0.0-a") == .ascending)
    #expect(SemVer.compare("1.0.0-100000000000000000000", "1.0.0-99999999999999999999") == .same)
  }
}

/// Every combination of some parts; the laws of the order are asked of it in `OrderLawTests`.
@Suite struct SemVerLawTests {
  static let versions: [String] = {
    let releases = ["0.0.0", "0.0.1", "0.1.0", "1.0.0", "1.0.10", "1.0.9", "10.0.0", "9007199254740991.0.0"]
    let prereleases = ["", "-0", "-1", "-10", "-a", "-a.0", "-a.a", "-A", "--", "-0a", "-9007199254740990"]
    return releases.flatMap { release in prereleases.map { release + $0 } }
  }()

  @Test func `what is printed reads as the same version and prints alike`() throws {
    for text in Self.versions + ["v1.2.3-x+y", "1.2.3beta", "01.2.3-007"] {
      let version = try #require(SemVer.parse(text))
      let printed = version.description
      let again = try #require(SemanticVersion(printed), "\(printed) is strict")
      #expect(again == version)
      #expect(again.description == printed)
    }
  }

  @Test func `the operators agree with the order`() throws {
    // The last two are one double, so equal though they print differently.
    let texts = Self.versions + ["1.0.0-9007199254740992", "1.0.0-9007199254740993"]
    let versions = try texts.map { try #require(SemVer.parse($0)) }
    for first in versions {
      for second in versions {
        #expect((first < second) == (SemVer.order(first, second) == .ascending))
        #expect((first == second) == (SemVer.order(first, second) == .same))
      }
    }
  }
}
