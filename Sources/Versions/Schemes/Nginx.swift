// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of nginx: three numbers.
///
/// - Source: https://nginx.org/en/CHANGES and https://nginx.org/en/security_advisories.html (read 2026-11-25)
public enum Nginx: VersionScheme {
  public static let id = "Nginx"
  /// OSV has no such ecosystem: the spelling is that of vers.
  public static let ecosystems = [Ecosystem("nginx")]

  public static func parse(_ text: String) -> DottedNumbers? {
    DottedNumbers(text, separators: ["."], hasLeadingZeros: false).flatMap { $0.numbers.count == 3 ? $0 : nil }
  }

  public static func order(_ first: DottedNumbers, _ second: DottedNumbers) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads versions as nginx's security advisories list them: `1.5.0+, 1.4.1+`, `0.7.52-0.8.39`.
  public static func range(_ text: String) -> (any VersionRange)? {
    NginxRange(text)
  }
}
