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
  /// The oldest commit that can be read has it already: its parents are not here. Arguments: the commit.
  case historyCut = "history-cut"
  /// Only a log still knows a commit that has it: it was amended or reset, or its branch was deleted. Arguments: the newest such commit,
  /// the log.
  case logHadIt = "log-had-it"
  /// The log went on to another commit. Arguments: that commit, the log.
  case logWentOn = "log-went-on"
  /// More branches, or other refs, have the same in their history. Arguments: how many more.
  case alsoOnBranches = "also-on-branches"
}
