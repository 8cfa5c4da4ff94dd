// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Debian's packages, as dpkg orders them.
///
/// `epoch:upstream-revision`. Texts and numbers take turns; `~` is before the end of the text, the end before letters,
/// letters before all others. A missing epoch or revision is nought.
/// - Source: deb-version(7) of dpkg 1.21 (read 2026-11-25)
/// - Source: https://git.dpkg.org/git/dpkg/dpkg.git, `lib/dpkg/version.c` and `parsehelp.c` (read 2026-11-25)
public enum Dpkg: VersionScheme {
  public static let id = "Dpkg"
  /// `deb` is the type of package URLs, which vers uses too; the others are OSV's.
  public static let ecosystems = ["Debian", "Ubuntu", "Echo", "deb"].map { Ecosystem($0) }

  public static func parse(_ text: String) -> DpkgVersion? {
    DpkgVersion(text)
  }

  public static func order(_ first: DpkgVersion, _ second: DpkgVersion) -> VersionOrder {
    VersionOrder(first.epoch, second.epoch)
      .then(OpamOrder.order(first.upstream, second.upstream))
      .then(OpamOrder.order(first.revision, second.revision))
  }

  /// Reads the version part of a relation between packages, with or without its brackets: `(>= 1.0)`.
  public static func range(_ text: String) -> (any VersionRange)? {
    DpkgRelation(text)
  }
}
