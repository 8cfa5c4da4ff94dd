// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Gentoo's packages, as the Package Manager Specification orders them.
///
/// `1.2.3b_pre4_p5-r6`: numbers, a letter, suffixes, a revision. `1_p` is newer than `1`, `1.0` is newer than `1`.
/// - Source: https://projects.gentoo.org/pms/8/pms.html#version-comparison (read 2026-11-25)
/// - Source: https://github.com/gentoo/portage, `lib/portage/versions.py` (read 2026-11-25)
public enum Gentoo: VersionScheme {
  public static let id = "Gentoo"
  /// OSV has no such ecosystem: the spelling is that of vers.
  public static let ecosystems = [Ecosystem("gentoo")]

  public static func parse(_ text: String) -> GentooVersion? {
    GentooVersion(text)
  }

  public static func order(_ first: GentooVersion, _ second: GentooVersion) -> VersionOrder {
    VersionOrder(lists: first.numbers, second.numbers)
      .then(VersionOrder(first.letter, second.letter))
      .then(VersionOrder(lists: first.suffixes, second.suffixes))
      .then(VersionOrder(first.revision, second.revision))
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
