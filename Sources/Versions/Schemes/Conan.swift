// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Conan's packages, as Conan 2 orders them.
///
/// Items stand between dots, a prerelease behind the first hyphen, a build behind the last plus sign. Noughts at the
/// end do not count. A version without a build is older than its builds.
///
/// Conan compares two numbers by their value, and all else as texts: then 2 < 10 < 1a < 2, which is no order. Here an
/// item that begins with digits is compared by that number first, and then by the rest: `1a` stands between 1 and 2.
/// Both agree where the numbers have the same length. Conan also reads what Python's `int` takes besides digits (`+1`,
/// `1_0`); here these are texts.
/// - Source: https://github.com/conan-io/conan, `conan/internal/model/version.py` (read 2026-11-25)
public enum Conan: VersionScheme {
  public static let id = "Conan"
  public static let ecosystems = [Ecosystem("ConanCenter")]
  public static let takesAnyText = true

  public static func parse(_ text: String) -> ConanVersion? {
    ConanVersion(text)
  }

  public static func order(_ first: ConanVersion, _ second: ConanVersion) -> VersionOrder {
    first.order(to: second)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
