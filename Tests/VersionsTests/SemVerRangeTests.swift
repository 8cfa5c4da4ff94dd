// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// A range, and versions that satisfy it and that do not.
struct Membership: CustomTestStringConvertible {
  let range: String
  let inside: [String]
  let outside: [String]

  init(_ range: String, inside: [String], outside: [String]) {
    self.range = range
    self.inside = inside
    self.outside = outside
  }

  var testDescription: String { range }
}

/// - Source: https://github.com/npm/node-semver, README.md, "Ranges" and its sections (read 2026-11-23)
@Suite struct SemVerRangeTests {
  @Test(arguments: [
    Membership(">=1.2.7", inside: ["1.2.7", "1.2.8", "2.5.3", "1.3.9"], outside: ["1.2.6", "1.1.0"]),
    Membership(">=1.2.7 <1.3.0", inside: ["1.2.7", "1.2.8", "1.2.99"], outside: ["1.2.6", "1.3.0", "1.1.0"]),
    Membership("1.2.7 || >=1.2.9 <2.0.0", inside: ["1.2.7", "1.2.9", "1.4.6"], outside: ["1.2.8", "2.0.0"]),
    Membership("1.x || >=2.5.0 || 5.0.0 - 7.2.3", inside: ["1.2.3", "2.5.0", "9.0.0"], outside: ["2.4.9", "0.9.9"]),
    Membership("=1.2.3", inside: ["1.2.3", "1.2.3+build", "v1.2.3"], outside: ["1.2.4", "1.2.3-a"]),
    Membership("<1.2.3", inside: ["1.2.2", "0.0.0"], outside: ["1.2.3", "1.2.3-a"]),
    Membership("<=1.2.3", inside: ["1.2.3", "1.2.2"], outside: ["1.2.4"]),
    Membership(">1.2.3", inside: ["1.2.4", "1.3.0"], outside: ["1.2.3", "1.2.2"]),
    Membership("1.2 <1.2.9 || >2.0.0", inside: ["1.2.8", "2.0.1"], outside: ["1.2.10", "2.0.0"]),
  ])
  func `a comparator set is an intersection, and bars make a union`(row: Membership) throws {
    let range = try #require(SemVer.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    Membership(">1.2.3-alpha.3", inside: ["1.2.3-alpha.7", "3.4.5"], outside: ["3.4.5-alpha.9", "1.2.3-alpha.3"]),
    Membership(
      "~1.2.3-beta.2", inside: ["1.2.3-beta.4", "1.2.3-beta.2", "1.2.9"], outside: ["1.2.4-beta.2", "1.3.0"]),
    Membership("^1.2.3-beta.2", inside: ["1.2.3-beta.4", "1.9.0"], outside: ["1.2.4-beta.2", "2.0.0-0"]),
    Membership("^0.0.3-beta", inside: ["0.0.3-pr.2", "0.0.3"], outside: ["0.0.4", "0.0.3-alpha"]),
    Membership("*", inside: ["0.0.0", "1.2.3"], outside: ["1.2.3-alpha"]),
    Membership("<2.0.0", inside: ["1.9.9"], outside: ["2.0.0-rc.1"]),
    Membership("<2.0.0-rc.2", inside: ["2.0.0-rc.1", "1.0.0"], outside: ["1.9.9-rc.1", "2.0.0-rc.2"]),
    // The admission counts in the alternative that holds, not in another one.
    Membership("1.2.3-a || >=1.2.3", inside: ["1.2.3-a", "1.2.4"], outside: ["1.2.3-b"]),
    // A star takes the whole range, and with it the prerelease that the other side names.
    Membership("* || 1.2.3-a", inside: ["1.2.3"], outside: ["1.2.3-a"]),
  ])
  func `a prerelease needs a comparator that names one of the same release`(row: Membership) throws {
    let range = try #require(SemVer.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test(arguments: [
    Membership("*", inside: ["1.2.3-a", "0.0.0-0"], outside: []),
    Membership("1.x", inside: ["1.0.0-0", "1.2.3-a"], outside: ["2.0.0-0", "0.9.9"]),
    Membership("^1.2.3", inside: ["1.2.4-a"], outside: ["1.2.3-a", "2.0.0-pre"]),
    Membership("^0.2.3", inside: ["0.2.3-0", "0.2.4-a"], outside: ["0.3.0-0"]),
    Membership("1.0.0 - 2.0.0", inside: ["1.0.0-a", "2.0.0", "2.0.0-a"], outside: ["2.0.1-0", "0.9.9"]),
  ])
  func `prereleases count like others where they are asked for`(row: Membership) throws {
    let range = try #require(SemVerRange(row.range, includePrerelease: true))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  /// The README writes upper bounds without `-0`, and `>=0.0.0` where nothing needs to be said; the program adds the one
  /// and leaves out the other, and its comments say so.
  @Test(arguments: [
    ("1.2.3 - 2.3.4", ">=1.2.3 <=2.3.4"),
    ("1.2 - 2.3.4", ">=1.2.0 <=2.3.4"),
    ("1.2.3 - 2.3", ">=1.2.3 <2.4.0-0"),
    ("1.2.3 - 2", ">=1.2.3 <3.0.0-0"),
    ("", "*"), ("*", "*"), (">=0.0.0", "*"), ("x", "*"), ("^*", "*"), ("||", "*"),
    ("1", ">=1.0.0 <2.0.0-0"), ("1.x", ">=1.0.0 <2.0.0-0"), ("1.x.x", ">=1.0.0 <2.0.0-0"),
    ("1.2", ">=1.2.0 <1.3.0-0"), ("1.2.*", ">=1.2.0 <1.3.0-0"), ("1.2.X", ">=1.2.0 <1.3.0-0"),
    ("~1.2.3", ">=1.2.3 <1.3.0-0"), ("~1.2", ">=1.2.0 <1.3.0-0"), ("~1", ">=1.0.0 <2.0.0-0"),
    ("~0.2.3", ">=0.2.3 <0.3.0-0"), ("~0.2", ">=0.2.0 <0.3.0-0"), ("~0", "<1.0.0-0"),
    ("~1.2.3-beta.2", ">=1.2.3-beta.2 <1.3.0-0"), ("~>1.2", ">=1.2.0 <1.3.0-0"),
    ("^1.2.3", ">=1.2.3 <2.0.0-0"), ("^0.2.3", ">=0.2.3 <0.3.0-0"), ("^0.0.3", ">=0.0.3 <0.0.4-0"),
    ("^1.2.3-beta.2", ">=1.2.3-beta.2 <2.0.0-0"), ("^0.0.3-beta", ">=0.0.3-beta <0.0.4-0"),
    ("^1.2.x", ">=1.2.0 <2.0.0-0"), ("^0.0.x", "<0.1.0-0"), ("^0.0", "<0.1.0-0"),
    ("^1.x", ">=1.0.0 <2.0.0-0"), ("^0.x", "<1.0.0-0"),
    (">1", ">=2.0.0"), (">1.2", ">=1.3.0"), ("<=0.7.x", "<0.8.0-0"), ("<=7.x", "<8.0.0-0"), (">=1.2.x", ">=1.2.0"),
    ("<1.2", "<1.2.0-0"), ("=1.x", ">=1.0.0 <2.0.0-0"), ("<*", "<0.0.0-0"), (">x", "<0.0.0-0"),
  ])
  func `sugar comes to the comparators that the README gives`(sugar: String, plain: String) {
    #expect(SemVerRange(sugar)?.description == plain)
    #expect(SemVerRange(sugar, loose: true)?.description == plain)
  }

  @Test(arguments: [
    ("  1.2.3\t ", "1.2.3"), (">  1.2.3   <  1.4", ">1.2.3 <1.4.0-0"), ("~ 1.2", ">=1.2.0 <1.3.0-0"),
    ("~> 1.2", ">=1.2.0 <1.3.0-0"), ("^ 1.2.3", ">=1.2.3 <2.0.0-0"), ("1.2.3||2.0.0", "1.2.3||2.0.0"),
    ("1.2.3\u{A0}||\u{3000}2.0.0", "1.2.3||2.0.0"), ("> =1.2.3", ">=1.2.3"), ("1.2.3  -  2", ">=1.2.3 <3.0.0-0"),
    ("v1.2.3", "1.2.3"), ("^v1", ">=1.0.0 <2.0.0-0"), ("1.2.3*", "1.2.3"), ("* 1.2.3", "1.2.3"),
    ("1.2.3 1.2.3", "1.2.3"),
    ("<0.0.0-0 || 1.2.3", "1.2.3"), ("1.2.3 <*", "<0.0.0-0"),
  ])
  func `blanks and oddities are taken as node-semver takes them`(text: String, plain: String) {
    #expect(SemVerRange(text)?.description == plain)
  }

  @Test(arguments: [
    ("01.2.3", "1.2.3"), ("^01.2", ">=1.2.0 <2.0.0-0"), ("1.2.3beta", "1.2.3-beta"), ("1.2.3 nonsense", "1.2.3"),
    ("nonsense || 1.2.3", "1.2.3"), ("1.2.3 -", "1.2.3"), ("1.2.34.5", "1.2.3-4.5"), ("=v=1.2.3", "1.2.3"),
  ])
  func `a loose range drops what it cannot read, and a strict one is none`(text: String, plain: String) {
    #expect(SemVerRange(text, loose: true)?.description == plain)
    #expect(SemVerRange(text) == nil)
  }

  @Test(arguments: [
    "latest", "next", "a.b.c", ">", "<=", "1.2.3.4", "1.2.3-", "!1.2.3", "1.2.3 & 2", ">=9007199254740992.0.0", "^^1",
    "^9007199254740991.0.0",
  ])
  func `what is no range is nil`(text: String) {
    #expect(SemVerRange(text) == nil)
  }

  @Test func `a number too large makes a loose range invalid rather than shorter`() {
    #expect(SemVerRange("1.2.3 9007199254740992.0.0", loose: true) == nil)
    #expect(SemVerRange("1.2.3 9007199254740991.0.0", loose: true) != nil)
  }

  @Test(arguments: [
    "latest", "file:../a", "../shelf 2.x", "./a", "link:../a", "workspace:*", "workspace:^1.2.3", "npm:other@1.2.3",
    "git+ssh://git@code.example/a.git#semver:^1.0.0", "https://registry.example/a.tgz", "owner/repository",
    "owner/repository#1.2.3", "1.2.34.tgz", "1.2.34.TAR.GZ", "1.2.34.tar", "patch:a@1.2.3#b", "catalog:", "c:\\a 2",
  ])
  func `a tag or a place is not a range of versions`(text: String) {
    #expect(SemVer.range(text) == nil)
  }

  @Test func `npm's ranges are loose`() throws {
    let range = try #require(SemVer.range("^1.2.3beta"))
    #expect(range.contains("1.2.3rc") == true)
    #expect(range.contains("=v1.4.0") == true)
    #expect(SemVerRange("^1.2.3-beta")?.contains("=v1.4.0") == nil)
  }

  @Test(arguments: ["", "latest", "1.2", "1.2.x", "9007199254740992.0.0"])
  func `a text that is no version is neither inside nor outside`(text: String) throws {
    #expect(try #require(SemVer.range("*")).contains(text) == nil)
    #expect(try #require(SemVer.range("<1.0.0")).contains(text) == nil)
  }

  @Test func `a range of 65536 bytes is read and a longer one refused`() {
    let longest = "1.2.3" + String(repeating: " ", count: 65_531)
    #expect(SemVerRange(longest)?.description == "1.2.3")
    #expect(SemVerRange(longest + " ") == nil)
  }

  @Test func `what a range prints is a range that prints alike and takes the same versions`() throws {
    for text in ["^1.2.3", "~0.2", "1.2 - 2", ">1 <4 || 5.x", "*", "<x", "^0.0.3-beta", "1.2.3 || 1.2.3-a"] {
      let range = try #require(SemVerRange(text))
      let again = try #require(SemVerRange(range.description))
      #expect(again.description == range.description)
      for version in SemVerLawTests.versions + ["1.2.3", "1.2.3-a", "2.0.0-0", "5.1.0", "0.0.3-pr", "0.2.9"] {
        #expect(range.contains(version) == again.contains(version), "\(text) and \(version)")
      }
    }
  }
}
