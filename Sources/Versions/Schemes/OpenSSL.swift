// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of OpenSSL: `1.0.2zg`, `3.0.0-beta2`.
///
/// Letters behind the third number are patches, in the order `a` … `z`, `za` … `zz`; since 3.0 there are none. In front
/// of a release stand `-dev`, then `-alphaN`, `-betaN` and `-preN`.
/// - Source: https://openssl-library.org/policies/general/versioning-policy/ (read 2026-11-25)
public enum OpenSSL: VersionScheme {
  public static let id = "OpenSSL"
  /// OSV has no such ecosystem: the spelling is that of vers.
  public static let ecosystems = [Ecosystem("openssl")]

  public static func parse(_ text: String) -> OpenSSLVersion? {
    OpenSSLVersion(text)
  }

  public static func order(_ first: OpenSSLVersion, _ second: OpenSSLVersion) -> VersionOrder {
    VersionOrder(lists: first.numbers, second.numbers)
      .then(VersionOrder(first.patch, second.patch))
      .then(VersionOrder(first.stage, second.stage))
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
