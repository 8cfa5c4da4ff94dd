// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of pacman's packages: `epoch:version-release`, as `vercmp` orders them.
///
/// A missing epoch is nought. Releases are compared only where both versions have one, so `1.5` is the same as `1.5-1` and
/// as `1.5-2`, though these two are not the same: "same" is not transitive, "older" is.
/// - Source: https://man.archlinux.org/man/vercmp.8 (read 2026-11-25)
/// - Source: https://gitlab.archlinux.org/pacman/pacman, `lib/libalpm/version.c` of 6.0 (read 2026-11-25)
public enum Pacman: VersionScheme {
  public static let id = "Pacman"
  public static let takesAnyText = true
  /// OSV has no such ecosystem. `alpm` is the type of package URLs, which vers uses too.
  public static let ecosystems = ["Arch Linux", "alpm"].map { Ecosystem($0) }

  public static func parse(_ text: String) -> PacmanVersion? {
    PacmanVersion(text)
  }

  public static func order(_ first: PacmanVersion, _ second: PacmanVersion) -> VersionOrder {
    first.order(to: second)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
