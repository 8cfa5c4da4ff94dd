// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The bounds of everything that is read. Whatever one of them cuts off shows up in coverage.
public struct Limits: Hashable, Sendable {
  /// Nesting of JSON and YAML values.
  public var depth: Int
  /// Bytes of a lockfile.
  public var lockfileBytes: Int
  /// Bytes of a manifest (`package.json`).
  public var manifestBytes: Int
  /// Packages that one file may yield.
  public var entriesPerFile: Int

  public init(
    depth: Int = 256, lockfileBytes: Int = 256 << 20, manifestBytes: Int = 16 << 20, entriesPerFile: Int = 2_000_000
  ) {
    self.depth = depth
    self.lockfileBytes = lockfileBytes
    self.manifestBytes = manifestBytes
    self.entriesPerFile = entriesPerFile
  }
}
