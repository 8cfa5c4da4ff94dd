// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Tags of GitHub actions: `v4.1.2`, `46.0.1`, and the tags `v4` and `v4.1` that move with each release.
///
/// Three numbers name one release, with a prerelease as in SemVer 2.0. Fewer are a tag that its owner moves: which
/// release it means depends on the day, so `v4` cannot be compared with `4.1.2` (``isComparable(_:_:)``), and a range
/// with that event says "unknown"; with `3.9.9` and `5.0.0` it can. Where an order must be given nevertheless, the moving
/// tag stands behind all releases of its number. Any other name (a branch, a commit, `v3-node20`) can be compared with
/// itself alone; it stands behind all numbers.
/// - Source: https://docs.github.com/en/actions/creating-actions/about-custom-actions#using-tags-for-release-management,
///   as the makers of actions quote it (read 2026-11-25)
public enum GitHubActions: VersionScheme {
  public static let id = "GitHubActions"
  public static let ecosystems = [Ecosystem("GitHub Actions")]
  public static let takesAnyText = true

  public static func parse(_ text: String) -> GitHubActionsVersion? {
    GitHubActionsVersion(text)
  }

  public static func order(_ first: GitHubActionsVersion, _ second: GitHubActionsVersion) -> VersionOrder {
    first.order(to: second)
  }

  public static func isComparable(_ first: GitHubActionsVersion, _ second: GitHubActionsVersion) -> Bool {
    first.isComparable(to: second)
  }

  /// A commit that is stated by at least seven of its first digits is meant as well.
  public static func isMeant(_ version: GitHubActionsVersion, by stated: GitHubActionsVersion) -> Bool {
    version.order(to: stated) == .same || version.isCommit(beginningWith: stated)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
