// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
///   (read 2026-11-25)
@Suite struct PEP440SpecifiersTests {
  @Test(arguments: [
    // Compatible release.
    Membership(
      "~=2.2", inside: ["2.2", "2.2.post3", "2.9", "2.2+local"], outside: ["2.1", "3.0", "3.0.dev0", "2.2rc1"]),
    Membership("~=1.4.5", inside: ["1.4.5", "1.4.9"], outside: ["1.4.4", "1.5", "1.5a1"]),
    Membership("~=2.2.post3", inside: ["2.2.post3", "2.3"], outside: ["2.2", "2.2.post2", "3"]),
    Membership("~=1.4.5a4", inside: ["1.4.5a4", "1.4.5", "1.4.6"], outside: ["1.4.5a3", "1.5.0"]),
    Membership("~=2.2.0", inside: ["2.2", "2.2.7"], outside: ["2.3", "2.1.9"]),
    Membership("~=1.4.5.0", inside: ["1.4.5", "1.4.5.9"], outside: ["1.4.6", "1.4.4"]),
    Membership("~=1!2.2", inside: ["1!2.2", "1!2.9"], outside: ["2.2", "2!2.2", "1!3"]),
    // Version matching.
    Membership(
      "==1.1", inside: ["1.1", "1.1.0", "v1.1", "1.1+local"], outside: ["1.1.post1", "1.1a1", "1.1.1", "1!1.1"]),
    Membership("==1.1.post1", inside: ["1.1.post1", "1.1-1"], outside: ["1.1", "1.1.post2"]),
    Membership(
      "==1.1.*", inside: ["1.1", "1.1.post1", "1.1a1", "1.1.dev0", "1.1.9", "1.1+x"], outside: ["1.10", "1.2"]),
    Membership("==1.0.*", inside: ["1", "1.0.5", "1rc1"], outside: ["1.1", "0.9"]),
    Membership(
      "==1.0+downstream1", inside: ["1.0+downstream1", "1+DOWNSTREAM1"], outside: ["1.0", "1.0+downstream2"]),
    // Version exclusion.
    Membership("!=1.1", inside: ["1.1.post1", "1.1a1", "1.2"], outside: ["1.1", "1.1.0", "1.1+local"]),
    Membership("!=1.1.post1", inside: ["1.1", "1.1a1"], outside: ["1.1.post1"]),
    Membership("!=1.1.*", inside: ["1.2", "1.10", "1"], outside: ["1.1", "1.1.post1", "1.1a1"]),
    Membership("!=1.0+local", inside: ["1.0", "1.0+other"], outside: ["1.0+local"]),
    // Inclusive comparison: local versions do not count above.
    Membership("<=1.0", inside: ["1.0", "1.0+local", "0.9", "1.0rc1"], outside: ["1.0.post1", "1.0.1"]),
    Membership(">=1.0", inside: ["1.0", "1.0+local", "1.0.post1", "2.0a1"], outside: ["1.0rc1", "0.9"]),
    // Exclusive comparison.
    Membership(">1.7", inside: ["1.7.1", "1.8", "1.8.dev0"], outside: ["1.7.0.post1", "1.7", "1.7+local", "1.7rc1"]),
    Membership(">1.7.post2", inside: ["1.7.1", "1.7.0.post3"], outside: ["1.7.0", "1.7.post2", "1.7.post2+local"]),
    Membership(">1.7a1", inside: ["1.7a2.dev0", "1.7"], outside: ["1.7a1.post1", "1.7a1+x", "1.7a1.dev5"]),
    Membership(">1.7.dev1", inside: ["1.7.dev2", "1.7a0", "1.7"], outside: ["1.7.dev1", "1.7.dev1+x"]),
    Membership("<2.0", inside: ["1.9", "1.9.post1", "1.9+x"], outside: ["2.0", "2.0rc1", "2.0.dev0", "2.0+x"]),
    Membership("<2.0rc2", inside: ["2.0rc1", "2.0.dev0"], outside: ["2.0rc2", "2.0"]),
    Membership("<2.0.post1", inside: ["2.0", "2.0.post0", "2.0rc1.post1"], outside: ["2.0.post1.dev0", "2.0.post1"]),
    // Sets, with blanks wherever they may be.
    Membership("~=0.9, >=1.0, !=1.3.4.*, <2.0", inside: [], outside: ["0.9", "1.0"]),
    Membership(
      ">=1.0,!=1.3.4.*,<2.0", inside: ["1.0", "1.3.3", "1.9.9"], outside: ["0.9", "1.3.4", "1.3.4.7", "2.0"]),
    Membership(" >= 1.0 ,\t< 2.0 ,", inside: ["1.0"], outside: ["2.0"]),
    Membership("== v1.0-ALPHA_1", inside: ["1.0a1"], outside: ["1.0"]),
    Membership("", inside: ["1.0", "1.0.dev0"], outside: []),
    Membership(" , ", inside: ["1.0"], outside: []),
  ])
  func `a version must satisfy every specifier`(row: Membership) throws {
    let range = try #require(PEP440.range(row.range))
    for version in row.inside { #expect(range.contains(version) == true, "\(version)") }
    for version in row.outside { #expect(range.contains(version) == false, "\(version)") }
  }

  @Test func `a prerelease is taken wherever it stands in the order, since nobody knows whether there is a release`() {
    #expect(PEP440.range(">=1.0")?.contains("1.1rc1") == true)
    #expect(PEP440.range("!=1.0a1")?.contains("1.1.dev1") == true)
    #expect(PEP440.range(">=1.0,<2")?.contains("2.0rc1") == false)
  }

  @Test func `three equal signs compare texts, capitals aside`() throws {
    let range = try #require(PEP440.range("===1.0.Odd"))
    #expect(range.contains("1.0.odd") == true)
    #expect(range.contains("1.0") == false)
    #expect(range.contains("elsewhere") == false)
    #expect(PEP440.range("===1.0")?.contains("1.0.0") == false)
    #expect(PEP440.range("=== 1.0+A")?.contains("1.0+a") == true)
    // Beside a specifier that orders, what is no version is neither inside nor outside.
    #expect(PEP440.range("===odd,>=1")?.contains("odd") == nil)
  }

  @Test(arguments: [
    "^1.2", "~1.2", "~>1.2", "1.2", "*", "=1.2", "=>1.2", "latest", ">=1 <2", ">=1 || <1", "(>=1)",
    ">=1; python_version",
    "==", "===", "< =1", "~=1", "~=1.0.*", ">=1.*", "<1.*", "==1.*.*", "==1.0a1.*", "==1.*+a", "==*", "<=1.0+a", ">1+a",
    "~=1.0+a", "===a b", "===a;", "===a)", "!==1", "<>1", "==1.0==1.0", ">=1.0 .0", "==1.0.*a", "@ file:a", "\u{0}",
  ])
  func `what packaging refuses is no range`(text: String) {
    #expect(PEP440.range(text) == nil)
    #expect(PEP440.range(">=1," + text) == nil)
  }

  @Test(arguments: ["", "latest", "1.0.*", "1.0 beta"])
  func `a text that is no version is neither inside nor outside`(text: String) {
    for range in ["", ">=1", "!=1.0", "==1.*", "~=1.0"] { #expect(PEP440.range(range)?.contains(text) == nil) }
  }

  @Test func `a set of 65536 bytes is read and a longer one refused`() {
    let longest = "==1.0" + String(repeating: ",", count: 65_531)
    #expect(PEP440.range(longest)?.description == "==1.0")
    #expect(PEP440.range(longest + ",") == nil)
  }

  @Test(arguments: [
    (" >= v1.0-ALPHA , !=2.*", ">=1.0a0,!=2.*"), ("~=1.4.0", "~=1.4.0"), ("=== Odd ", "===Odd"), (",", ""),
    ("==1!02.0+A_01", "==1!2.0+a.1"), ("<1-1,>0.dev", "<1.post1,>0.dev0"), ("!=1.0", "!=1.0"), ("<=3", "<=3"),
  ])
  func `what a set prints is a set that prints alike`(text: String, normal: String) {
    #expect(PEP440.range(text)?.description == normal)
    #expect(PEP440.range(normal)?.description == normal)
  }
}
