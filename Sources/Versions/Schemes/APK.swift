// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Alpine's packages and their like, as apk-tools 3 orders them.
///
/// `1.2.3b_alpha1_p2~0abc-r4`: numbers, a letter, suffixes, a commit, a revision. Where one of two numbers behind a dot
/// begins with nought, they are compared as texts. apk-tools counts in 64 bits and wraps; here numbers have any length.
/// apk-tools 2 took a number behind the letter too (`1.0a1`), which 3 refuses and so is none here.
/// - Source: https://gitlab.alpinelinux.org/alpine/apk-tools, `src/version.c` and `doc/apk-package.5.scd` of 3.0
///   (read 2026-11-25)
public enum APK: VersionScheme {
  public static let id = "APK"
  /// `apk` is the type of package URLs, which vers uses too; the others are OSV's.
  public static let ecosystems = [
    "Alpine", "Alpaquita", "BellSoft Hardened Containers", "Chainguard", "MinimOS", "Wolfi", "apk",
  ].map { Ecosystem($0) }

  public static func parse(_ text: String) -> APKVersion? {
    APKVersion(text)
  }

  public static func order(_ first: APKVersion, _ second: APKVersion) -> VersionOrder {
    VersionOrder(lists: first.parts, second.parts)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
