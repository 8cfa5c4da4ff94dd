// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Composer's versions and constraints, as `composer/semver` reads and orders them.
///
/// - Source: https://getcomposer.org/doc/articles/versions.md (read 2026-11-25)
/// - Source: https://github.com/composer/semver, `VersionParser.php` and `Constraint.php` of 3.3.2 (read 2026-11-25)
/// - Source: https://www.php.net/manual/en/function.version-compare.php (read 2026-11-25)
public enum Composer: VersionScheme {
  public static let id = "Composer"
  public static let ecosystems: [Ecosystem] = [Ecosystem("Packagist")]

  public static func parse(_ text: String) -> ComposerVersion? {
    ComposerVersion(text)
  }

  public static func order(_ first: ComposerVersion, _ second: ComposerVersion) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads a constraint: `^1.2 || ~2.3.4`, `>=1.0 <2.0@beta`, `dev-main#1234567 as 1.0.x-dev`.
  ///
  /// - Returns: `nil` where Composer would refuse it, `self.version` among them.
  public static func range(_ text: String) -> (any VersionRange)? {
    ComposerConstraints(text)
  }
}
