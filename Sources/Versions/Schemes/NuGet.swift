// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// NuGet's versions and version ranges, as its client reads and orders them.
///
/// - Source: https://learn.microsoft.com/en-us/nuget/concepts/package-versioning (read 2026-11-25)
/// - Source: https://github.com/NuGet/NuGet.Client, `src/NuGet.Core/NuGet.Versioning` (read 2026-11-25)
public enum NuGet: VersionScheme {
  public static let id = "NuGet"
  public static let ecosystems: [Ecosystem] = [Ecosystem("NuGet")]

  public static func parse(_ text: String) -> NuGetVersion? {
    NuGetVersion(text)
  }

  public static func order(_ first: NuGetVersion, _ second: NuGetVersion) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads a range: `[1.0,2.0)`, `1.0` for that and all above it, `1.*` and `1.0.0-*` for a place that may change.
  public static func range(_ text: String) -> (any VersionRange)? {
    NuGetRange(text)
  }
}
