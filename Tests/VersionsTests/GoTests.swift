// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://go.dev/ref/mod#versions (read 2026-11-25)
@Suite struct GoTests {
  static let samples =
    semanticSamples + [
      "0.0.0-20191109021931-daa7c04131f5", "0.0.0-20191109021932-daa7c04131f5", "1.2.4-0.20191109021931-daa7c04131f5",
      "1.2.4", "1.21.0-0", "go1.21rc2", "go1.21rc10", "go1.21rc", "go1.21.0", "1.99999999999999999999.0",
    ]

  @Test func `pseudo-versions stand between the versions that they are made from`() {
    let chain = OrderTable(
      "v0.0.0-20190101000000-ffffffffffff", "v0.0.0-20191109021931-daa7c04131f5", "v0.0.0", "v1.2.3",
      "v1.2.4-0.20191109021931-daa7c04131f5", "v1.2.4-pre", "v1.2.4-pre.0.20191109021931-daa7c04131f5", "v1.2.4-pre.1",
      "v1.2.4")
    #expect(chain.misplaced(by: Go.self) == [])
  }

  @Test func `the v and noughts at the end may be missing, and what stands behind a plus does not count`() {
    let pairs = [
      Pair("v1.2.3", "1.2.3"), Pair("v1", "v1.0.0"), Pair("v1.2", "v1.2.0"), Pair("1.2", "v1.2.0"),
      Pair("v2.0.0+incompatible", "2.0.0"), Pair("v10.0.0-rc1+incompatible", "10.0.0-rc1"),
    ]
    #expect(Go.different(pairs) == [])
  }

  @Test func `what golang.org/x/mod/semver refuses is no version`() {
    let texts = [
      "v", "v01.2.3", "v1.2.03", "v1.2-rc1", "v1+incompatible", "v1.2.3-01", "v1.2.3-", "v1.2.3+", "v1.2.3-a..b",
      "V1.2.3",
      "master", "v1.2.3.4", "daa7c04131f5",
    ]
    #expect(Go.valid(texts) == [])
  }

  // MARK: Releases of Go

  /// - Source: https://go.dev/doc/toolchain#version (read 2026-11-25)
  @Test func `releases of Go are in the order of their makers`() {
    let chain = OrderTable(
      "go1", "go1.2", "go1.19rc1", "go1.19", "go1.19.1", "go1.21", "go1.21alpha1", "go1.21beta1", "go1.21rc",
      "go1.21rc1",
      "go1.21rc2", "go1.21rc10", "go1.21.0", "go1.21.3", "go1.22rc1", "go1.100.0")
    #expect(chain.misplaced(by: Go.self) == [])
  }

  @Test func `releases of Go and the versions of records are one`() {
    let pairs = [
      Pair("go1.21.3", "1.21.3"), Pair("1.21rc2", "1.21.0-rc.2"), Pair("go1.21rc2", "1.21rc2"),
      Pair("go1.20", "1.20.0"),
      Pair("go1.20", "go1.20.0"), Pair("go1.21", "1.21.0-0"), Pair("1.21", "1.21.0"), Pair("go1", "go1.0.0"),
      Pair("go1.21.3-bigcorp", "go1.21.3"), Pair("go1.21.3 X:boringcrypto", "go1.21.3"),
    ]
    #expect(Go.different(pairs) == [])
  }

  @Test func `what is no release of Go is no version`() {
    let texts = [
      "go", "go1.", "go1.21.", "go01.2", "go1.021", "go1.21RC1", "go1.21rc01", "go1.21.3rc1", "devel go1.23-5e8e95d",
      "go1.21.3.4", "gov1.2.3", "v1.21rc2", "golang1.2", "g1.2", "o1.2", "1.21rc1-bigcorp",
    ]
    #expect(Go.valid(texts) == [])
  }

  /// As OSV's records for `stdlib` have them.
  @Test(arguments: [
    ("go1.20.14", Affected.yes), ("go1.21", .yes), ("go1.21rc4", .yes), ("go1.21.7", .yes), ("go1.21.8", .no),
    ("go1.22.0", .yes), ("go1.22.1", .no), ("go1.20.99", .yes), ("devel", .unknown),
  ])
  func `a release of Go lies in a record's range`(release: String, affected: Affected) {
    let events = RangeEvents([.introduced("0"), .fixed("1.21.8"), .introduced("1.22.0-0"), .fixed("1.22.1")])
    #expect(events.evaluate(release, in: Go.self) == affected)
  }

  // MARK: Requirements

  static let requirements = [
    (
      "v1.2.3", ["1.2.3", "1.2.4-0", "1.9.0", "v1.2.3+incompatible", "v2.0.0+incompatible"],
      ["1.2.2", "1.2.3-rc.1", "2.0.0"]
    ),
    ("v0.3.0", ["0.3.0", "0.9.9", "1.0.0"], ["0.2.9", "2.0.0", "3.0.0"]),
    ("v2.3.4", ["2.3.4", "2.10.0"], ["2.3.3", "3.0.0", "1.9.9", "v2.4.0+incompatible"]),
    ("v3.0.0+incompatible", ["3.0.0", "3.1.0+incompatible", "17.0.0"], ["2.9.9", "1.0.0"]),
    (
      "v0.0.0-20191109021931-daa7c04131f5", ["0.0.0-20191109021932-000000000000", "0.1.0"], ["0.0.0-20190101000000-f00"]
    ),
  ]

  @Test(arguments: requirements)
  func `a requirement takes its version and newer ones of its path`(
    text: String, inside: [String], outside: [String]
  ) throws {
    let range = try #require(Go.range(text))
    #expect(inside.filter { range.contains($0) != true } == [])
    #expect(outside.filter { range.contains($0) != false } == [])
    #expect(range.contains("latest") == nil)
    #expect(range.description == ">=\(text)")
  }

  @Test(arguments: ["", "latest", "upgrade", ">=v1.2.3", "<v1.2.3", "1.2.3", "master", "v1.x", "go1.21"])
  func `a query is no requirement`(text: String) {
    #expect(Go.range(text) == nil)
  }
}
