// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions that are moments: RFC 3339's dates with a time, in any time zone.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 (read 2026-11-25)
public enum DateTime: VersionScheme {
  public static let id = "DateTime"
  /// OSV has no such ecosystem: the spelling is that of vers.
  public static let ecosystems = [Ecosystem("datetime")]

  public static func parse(_ text: String) -> DateTimeVersion? {
    DateTimeVersion(text)
  }

  public static func order(_ first: DateTimeVersion, _ second: DateTimeVersion) -> VersionOrder {
    VersionOrder(first.minute, second.minute)
      .then(VersionOrder(first.second, second.second))
      .then(VersionOrder(first.fraction, second.fraction))
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
