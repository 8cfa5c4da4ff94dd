// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of RPM packages: `epoch:version-release`, as rpm orders them.
///
/// A missing epoch is nought. A missing release is older than every release, which is how rpm orders two versions; where
/// it asks whether a package meets a dependency, a bound without a release means all of them, and so does
/// ``isMeant(_:by:)-(RPMVersion,_)``.
/// - Source: https://rpm-software-management.github.io/rpm/man/rpm-version.7 (read 2026-11-25)
/// - Source: https://github.com/rpm-software-management/rpm, `rpmio/rpmvercmp.c`, `rpmio/rpmver.c` of 4.18
///   (read 2026-11-25)
public enum RPM: VersionScheme {
  public static let id = "RPM"
  public static let takesAnyText = true
  /// `rpm` is the type of package URLs, which vers uses too, and OSV has no `Fedora`; the others are OSV's.
  public static let ecosystems = [
    "AlmaLinux", "Azure Linux", "Mageia", "Photon OS", "Red Hat", "Rocky Linux", "SUSE", "openEuler", "openSUSE",
    "Fedora", "rpm",
  ].map { Ecosystem($0) }

  public static func parse(_ text: String) -> RPMVersion? {
    RPMVersion(text)
  }

  public static func order(_ first: RPMVersion, _ second: RPMVersion) -> VersionOrder {
    first.orderWithoutRelease(to: second).then(first.releaseOrder(to: second))
  }

  /// What is said of `1.0` is said of `1.0-3` as well, but not the other way round.
  public static func isMeant(_ version: RPMVersion, by stated: RPMVersion) -> Bool {
    stated.release == nil ? version.orderWithoutRelease(to: stated) == .same : order(version, stated) == .same
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
