// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// A cache that lies elsewhere than its program puts it by itself: found by a walk, in a project or for a build.
public struct FoundCache: Hashable, Sendable {
  public var kind: TracePlace
  /// Absolute, without links: where the program's own layout begins.
  public var path: String

  public init(_ kind: TracePlace, path: String) {
    self.kind = kind
    self.path = path
  }

  /// What a walk left out as a cache.
  ///
  /// - Parameter path: The skipped folder's absolute path, which a skip does not tell.
  /// - Returns: nil where the skip is of another reason, or of a cache that is not read.
  public init?(_ skip: Coverage.Skip, path: String) {
    guard skip.reason == .packageCache, let owner = skip.arguments.first else { return nil }
    let parts = path.split(separator: "/")
    let kind: TracePlace? =
      switch owner {
      case "npm": .npmCache
      case "yarn": .yarnBerryCache
      case "pnpm": .pnpmStore
      case "pip": parts.last == "wheels" ? .pipWheels : .pipDownloads
      case "poetry": .poetryCache
      case "conda": .condaPackages
      default: nil
      }
    guard let kind else { return nil }
    // What was found is `store/v3/files`.
    let above = kind == .pnpmStore ? 2 : 0
    self.init(kind, path: "/" + parts.dropLast(above).joined(separator: "/"))
  }
}
