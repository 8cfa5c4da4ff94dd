// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://docs.rs/crate/semver/1.0.14/source/src/parse.rs, and what the crate answers (read 2026-11-25)
@Suite struct CargoTests {
  static let samples = semanticSamples + ["18446744073709551615.0.0", "1.0.0-99999999999999999999"]

  @Test func `build metadata does not count`() {
    #expect(Cargo.different([Pair("1.0.0+a", "1.0.0+b"), Pair("1.0.0-rc.1+0", "1.0.0-rc.1")]) == [])
  }

  @Test func `what the crate refuses is no version`() {
    let texts = [
      "1", "1.2", "v1.2.3", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+", "1.2.3-a..b", "18446744073709551616.0.0",
      "1.2.3 ",
    ]
    #expect(Cargo.valid(texts) == [])
    #expect(Cargo.valid(["1.2.3+01", "18446744073709551615.0.0", "1.2.3-0a.0"]).count == 3)
  }
}

/// - Source: https://docs.rs/crate/semver/1.0.14/source/src/eval.rs, and what the crate answers (read 2026-11-25)
@Suite struct CargoRequirementTests {
  static let requirements = [
    ("1.2.3", ["1.2.3", "1.2.9", "1.9.0", "1.2.3+b"], ["1.2.2", "2.0.0", "1.2.3-a", "1.3.0-a", "2.0.0-a"]),
    ("^1.2", ["1.2.0", "1.99.0"], ["1.1.9", "2.0.0"]),
    ("1", ["1.0.0", "1.2.3"], ["0.9.9", "2.0.0", "1.0.0-a"]),
    ("0.2.3", ["0.2.3", "0.2.9"], ["0.2.2", "0.3.0"]),
    ("0.2", ["0.2.0", "0.2.9"], ["0.3.0", "0.1.9"]),
    ("0.0.3", ["0.0.3"], ["0.0.4", "0.0.2"]),
    ("0.0", ["0.0.0", "0.0.9"], ["0.1.0"]),
    ("0", ["0.0.0", "0.9.9"], ["1.0.0"]),
    ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0", "1.2.2"]),
    ("~1.2", ["1.2.0", "1.2.9"], ["1.3.0", "1.1.9"]),
    ("~1", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.9"]),
    ("*", ["0.0.0", "9.9.9"], ["1.0.0-a"]),
    ("1.*", ["1.0.0", "1.9.9"], ["2.0.0"]),
    ("1.2.*", ["1.2.0", "1.2.9"], ["1.3.0"]),
    ("1.x.X", ["1.9.9"], ["2.0.0"]),
    (">=1.2.0", ["1.2.0", "9.0.0"], ["1.1.9", "1.2.0-rc.1", "2.0.0-rc.1"]),
    (">1", ["2.0.0"], ["1.0.0", "1.9.9"]),
    (">1.2", ["1.3.0"], ["1.2.9"]),
    ("<2", ["1.9.9", "0.0.0"], ["2.0.0", "2.0.0-a"]),
    ("<=1.2", ["1.2.9", "1.0.0"], ["1.3.0"]),
    ("=1.2.3", ["1.2.3", "1.2.3+x"], ["1.2.4", "1.2.3-a"]),
    ("=1.2", ["1.2.0", "1.2.9"], ["1.3.0"]),
    (">=1.2, <1.5", ["1.2.0", "1.4.9"], ["1.5.0", "1.1.0"]),
    // Prereleases of a release that is named as one.
    ("1.2.3-beta.2", ["1.2.3-beta.2", "1.2.3-rc", "1.2.3", "1.9.0"], ["1.2.3-beta.1", "1.2.4-beta.2", "1.3.0-rc"]),
    ("~1.2.3-b", ["1.2.3-b", "1.2.3-c", "1.2.9"], ["1.2.3-a", "1.2.4-c"]),
    ("0.0.3-b", ["0.0.3-b", "0.0.3"], ["0.0.3-a", "0.0.4"]),
    (">=1.0.0-a, <2.0.0", ["1.0.0-a", "1.0.0-b", "1.5.0"], ["2.0.0-a", "1.5.0-a"]),
    ("=1.2.3-a+b", ["1.2.3-a", "1.2.3-a+c"], ["1.2.3-b", "1.2.3"]),
  ]

  @Test(arguments: requirements)
  func `a requirement takes what Cargo takes`(text: String, inside: [String], outside: [String]) throws {
    let range = try #require(Cargo.range(text))
    #expect(inside.filter { range.contains($0) != true } == [])
    #expect(outside.filter { range.contains($0) != false } == [])
    #expect(range.contains("1.2") == nil)
  }

  @Test(arguments: requirements.map(\.0))
  func `a requirement that is printed takes the same`(text: String) throws {
    let range = try #require(Cargo.range(text))
    let again = try #require(Cargo.range(range.description))
    #expect(again.description == range.description)
    let versions = semanticSamples + Self.requirements.flatMap { $0.1 + $0.2 }
    #expect(versions.filter { again.contains($0) != range.contains($0) } == [])
  }

  @Test(arguments: [
    "", " ", ",", "1,", ",1", "1,,2", "1 2", "*,1", "* *", "*.1", ">=*", "1.*.3", "1.2.3.4", "==1", "=>1", "~>1", "^^1",
    "1 || 2", "1 - 2", "01", "1.02", "v1", "1.2-a", "1.*-a", "1.2.3-", "1.2.3-01", "latest", "18446744073709551616",
    "1\t,2", "1.2.3 -a",
  ])
  func `what Cargo refuses is no requirement`(text: String) {
    #expect(Cargo.range(text) == nil)
  }

  @Test func `32 comparators are read and 33 are not`() {
    let comparators = Array(repeating: "1", count: 33)
    #expect(Cargo.range(comparators.prefix(32).joined(separator: ",")) != nil)
    #expect(Cargo.range(comparators.joined(separator: ",")) == nil)
  }
}
