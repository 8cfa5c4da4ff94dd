// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

/// Bounds of what is read of a repository's history.
public struct GitHistoryOptions: Sendable {
  /// ``Limits/lockfileBytes`` and ``Limits/depth`` hold for lockfiles and folders in history, too.
  public var limits: Limits
  /// Commits that are read of one repository.
  public var commits: Int
  /// Versions of folders that are read of one repository.
  public var folders: Int
  /// Asked now and then; once it says true, what was not read yet is told as `interrupted`.
  public var isInterrupted: @Sendable () -> Bool

  public init(
    limits: Limits = Limits(), commits: Int = 10_000_000, folders: Int = 100_000_000,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    (self.limits, self.commits, self.folders) = (limits, commits, folders)
    self.isInterrupted = isInterrupted
  }

  /// Bytes of one object, and of those that it is kept as a difference to.
  var objectLimit: Int { max(limits.lockfileBytes, 64 << 20) }
}
