// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What a piece of evidence says. Stable, kebab-case; `Reports` has the sentence.
public enum EvidenceCode: String, CaseIterable, Sendable {
  // Of a repository's history.

  /// A commit brought it. Arguments: the commit, the branch.
  case commitAdded = "commit-added"
  /// A commit took it away. Arguments: the commit, the branch.
  case commitRemoved = "commit-removed"
  /// The newest commit of a branch still has it. Arguments: the commit, the branch.
  case branchHasIt = "branch-has-it"
}
