// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory
public import Parsing

/// What the history of one repository says of bad packages.
public struct GitHistory: Sendable {
  /// How much was read.
  public struct Counts: Hashable, Sendable {
    public var repositories = 0
    /// Refs, and what else leads to commits: worktrees, stashes, logs.
    public var references = 0
    /// Local branches among them.
    public var branches = 0
    public var commits = 0
    /// Versions of lockfiles, each path and content once.
    public var lockfileVersions = 0

    public init() {}

    public static func += (total: inout Counts, other: Counts) {
      total.repositories += other.repositories
      total.references += other.references
      total.branches += other.branches
      total.commits += other.commits
      total.lockfileVersions += other.lockfileVersions
    }
  }

  /// In the order of paths, packages and branches.
  public var sightings: [PastSighting] = []
  public var counts = Counts()
  public var problems: [Coverage.Problem] = []
}

extension GitRepository {
  /// Reads every commit that a branch, a worktree, a stash, a tag, any other ref or a log leads to, and tells where
  /// bad packages lay in lockfiles.
  ///
  /// The place of a sighting is `PATH (NAME)`: the lockfile as it is to be shown, and the branch, or `stash@{0}`,
  /// `HEAD`, `worktrees/NAME/HEAD`, `remotes/origin/main`, `tags/v1`, `logs/HEAD`.
  /// - Each local branch, worktree and stash whose newest commit has the package is told by itself.
  /// - A window of the past that several of them share is told once, with how many more there are.
  /// - What only other refs reach is told once for all that have it from the same commit on.
  /// - What only logs reach is told where no branch had the same at that time.
  /// - Parameters:
  ///   - isWanted: Whether a file of this name, in this folder of the repository (without a slash at either end;
  ///     empty for the top), is a lockfile.
  ///   - read: The bad packages in a lockfile's bytes; `path` is as it is to be shown. Called once for each
  ///     content of each path.
  ///   Both are called on the calling thread alone.
  /// - Complexity: Each commit is read once, and each version of a folder. Memory is bounded but for about 100
  ///   bytes a commit.
  public func history(
    _ options: GitHistoryOptions = GitHistoryOptions(), isWanted: @escaping (_ folder: Bytes, _ name: Bytes) -> Bool,
    read: @escaping (_ path: String, _ bytes: Bytes) -> [Package]
  ) -> GitHistory {
    GitHistoryReader(self, options).history(isWanted: isWanted, read: read)
  }
}
