// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Python's versions and version specifiers, as its `packaging` library reads and orders them.
///
/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/ (read 2026-11-25)
/// - Source: https://github.com/pypa/packaging, `version.py`, `specifiers.py` and `_ranges.py` of 26.4 (read 2026-11-25)
public enum PEP440: VersionScheme {
  public static let id = "PEP440"
  public static let ecosystems: [Ecosystem] = [.pypi]

  public static func parse(_ text: String) -> PEP440Version? {
    PEP440Version(text)
  }

  public static func order(_ first: PEP440Version, _ second: PEP440Version) -> VersionOrder {
    first.order(to: second)
  }

  /// What is said of `1.0` is said of `1.0+cpu` as well, the rule of `==`; what is said of `1.0+cpu` is about nothing else.
  public static func isMeant(_ version: PEP440Version, by stated: PEP440Version) -> Bool {
    stated.local.isEmpty ? version.publicOrder(to: stated) == .same : version.order(to: stated) == .same
  }

  /// Reads a set of specifiers: `>=1.2, !=1.3.*`. An empty text is the set of all versions.
  ///
  /// - Returns: `nil` where `packaging` would refuse it: a bare version, a caret or tilde as poetry and conda write them,
  ///   brackets, a marker.
  public static func range(_ text: String) -> (any VersionRange)? {
    PEP440Specifiers(text)
  }
}
