// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://docs.github.com/en/actions/creating-actions/about-custom-actions#using-tags-for-release-management,
///   as the makers of actions quote it; and GHSA-mrrh-fwg8-r2c3 (read 2026-11-25)
@Suite struct GitHubActionsTests {
  static let samples = combined(
    ["0", "1", "2", "4", "10"],
    ["", ".0", ".1", ".0.0", ".0.1", ".1.0", ".10.0", ".9.0", ".0.0-beta", ".0.0-beta.2", ".0.0-rc.1"])

  @Test func `releases are in SemVer's order`() {
    #expect(semanticChain.misplaced(by: GitHubActions.self) == [])
    #expect(OrderTable("v2.3.4", "v3", "v4.1.2", "v5", "46.0.1").misplaced(by: GitHubActions.self) == [])
  }

  @Test(arguments: [
    Pair("v4", "4.1.2"), Pair("v4", "v4.0.0"), Pair("v4", "v4.1"), Pair("v4.1", "4.1.2"), Pair("v4.1", "4.1.0-beta"),
    Pair("0", "0.35.0"),
  ])
  func `a tag that moves cannot be compared with what it may mean`(pair: Pair) {
    #expect(GitHubActions.compare(pair.first, pair.second) == nil)
    #expect(GitHubActions.compare(pair.second, pair.first) == nil)
    #expect(GitHubActions.isMeant(pair.first, by: pair.second) == nil)
    #expect(GitHubActions.isValid(pair.first) && GitHubActions.isValid(pair.second))
  }

  @Test func `the v does not count, nor does what stands behind a plus`() {
    #expect(GitHubActions.different([Pair("v4.1.2", "4.1.2"), Pair("v4", "4"), Pair("1.2.3+a", "1.2.3")]) == [])
  }

  @Test func `other names can be compared with themselves alone`() {
    let names = [
      "v", "main", "release/v1", "v3-node20", "v4-beta", "V4", "v1.2.3.4", "v01", "v4.", "v1.2.3-", "latest",
      "11bd71901bbe5b1630ceea73d27597364c9af683", "1234567890123456789012345678901234567890", "ubuntu-20.04",
    ]
    for name in names {
      #expect(GitHubActions.compare(name, name) == .same, "\(name)")
      let others = names.filter { $0 != name } + ["v4", "4.1.2"]
      #expect(others.filter { GitHubActions.compare(name, $0) != nil } == [], "\(name)")
    }
  }

  @Test func `a commit is meant by its first digits`() {
    let commit = "4bf1d4e19ad81a3e8d4063755ae0f482dd3baf12"
    #expect(GitHubActions.isMeant(commit, by: "4bf1d4e") == true)
    #expect(GitHubActions.isMeant(commit, by: commit) == true)
    for stated in ["4bf1d4", "4bf1d4f", "4bf1d4e19ad81a3e8d4063755ae0f482dd3baf13", "main", "v4"] {
      #expect(GitHubActions.isMeant(commit, by: stated) == nil, "\(stated)")
    }
    #expect(GitHubActions.isMeant("4bf1d4e", by: commit) == nil)
    #expect(GitHubActions.isMeant("4bf1d4e-main", by: "4bf1d4e") == nil)
  }

  @Test func `what git allows in no name is no version`() {
    #expect(
      GitHubActions.valid(["", " ", "a b", "a\u{0}", "a\u{7F}", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b"]) == [])
  }

  /// The record of the incident of March 2025, in which nearly all tags up to `v45` were moved to the stealer.
  @Test(arguments: [
    ("v45", Affected.yes), ("v45.0.7", .yes), ("v35", .yes), ("v1.0.0", .yes), ("v46", .unknown), ("v46.0", .unknown),
    ("v46.0.0", .yes), ("v46.0.1", .no), ("v46.1", .no), ("v47", .no), ("main", .unknown),
  ])
  func `a range says of a moving tag what holds for all that it may mean`(tag: String, affected: Affected) {
    let events = RangeEvents([.introduced("0"), .fixed("46.0.1")])
    #expect(events.evaluate(tag, in: GitHubActions.self) == affected)
  }

  @Test func `events that cannot be compared with one another say nothing`() {
    let events = RangeEvents([.introduced("0"), .fixed("4.1.2"), .introduced("4")])
    #expect(events.evaluate("5.0.0", in: GitHubActions.self) == .unknown)
    #expect(events.evaluate("3.0.0", in: GitHubActions.self) == .yes)
    #expect(RangeEvents([.introduced("0"), .limit("4.1.2")]).evaluate("v4", in: GitHubActions.self) == .unknown)
  }
}
