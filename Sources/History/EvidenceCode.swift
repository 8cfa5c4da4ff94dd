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
  /// It lies locked away in a quarantine of Gifthorse's.
  case quarantinedHere = "quarantined-here"
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

  // Of package managers' caches.

  /// An index says that it was downloaded. Arguments: when.
  case cacheIndexed = "cache-indexed"
  /// An index says that it was removed from the cache. Arguments: when.
  case cacheRemoved = "cache-removed"
  /// The archive that an index names lies in the cache. Arguments: since when, where the system tells.
  case cacheContent = "cache-content"
  /// The archive that an index names is no longer in the cache: only the index tells. Arguments: none.
  case cacheContentGone = "cache-content-gone"
  /// An archive, or a folder of unpacked files, lies in a cache. Arguments: none.
  case cacheHolds = "cache-holds"
  /// Something of this package lies in a cache whose names tell no version. Arguments: none.
  case cacheHoldsSomeVersion = "cache-holds-some-version"

  // Of package managers' logs.

  /// A log says that it was downloaded. Arguments: the line.
  case logFetched = "log-fetched"
  /// A log says that it was put into a folder of packages. Arguments: the line.
  case logInstalled = "log-installed"
  /// A log says that it was chosen, and nothing of its being downloaded or unpacked. Arguments: the line.
  case logPlanned = "log-planned"
  /// A log says that a script of it was started. Arguments: the line, the script's name.
  case logScriptRan = "log-script-ran"
  /// A log says that it was removed. Arguments: the line.
  case logRemoved = "log-removed"

  // Of shells' histories. The line itself is never told.

  /// A command that installs this version was typed; whether it succeeded is not told. Arguments: the line's number, the program.
  case shellInstalled = "shell-installed"
  /// A command that installs some version of this package was typed: perhaps a bad one. Arguments: the line's number, the program.
  case shellInstalledSomeVersion = "shell-installed-some-version"
  /// A command that removes this package was typed. Arguments: the line's number, the program.
  case shellRemoved = "shell-removed"

  // Of containers.

  /// It lies in a layer of an image or a container. Arguments: the layer, the images' names.
  case inImageLayer = "in-image-layer"
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
