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

  // Of what lies here now.

  /// A lockfile pins it. Arguments: the line, where there is one.
  case lockedHere = "locked-here"
  /// It is installed. Arguments: the line of a list of what is installed, where one tells it.
  case installedHere = "installed-here"
  case cachedHere = "cached-here"
  case archivedHere = "archived-here"
  /// The file was made then. Arguments: the time.
  case fileMade = "file-made"
  /// The file was last written then. Arguments: the time.
  case fileModified = "file-modified"

  // Of what only its running, or its coming, leaves.

  /// A sign that the incident's record has. Arguments: its path there.
  case sign
  /// A path that the incident leaves behind. Arguments: the path as the record has it.
  case trace
  /// The content of a file is the attack's. Arguments: the beginning of its digest.
  case knownContent = "known-content"
  /// A log names a host or an address of the attacker's own. Arguments: the host, the first line, how many lines.
  case hostInLog = "host-in-log"
  /// A process is running that has a mark of the incident. Arguments: the mark.
  case process
}
