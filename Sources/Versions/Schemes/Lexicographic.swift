// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions that are ordered by the bytes of their UTF-8 and nothing else, for what has no order of its own.
///
/// - Source: https://github.com/package-url/vers-spec, `types/lexicographic-definition.json` (read 2026-11-25)
public enum Lexicographic: VersionScheme {
  public static let id = "Lexicographic"
  public static let takesAnyText = true
  /// OSV has no such ecosystem: the spelling is that of vers.
  public static let ecosystems = [Ecosystem("lexicographic")]

  /// Any text but the empty one.
  public static func parse(_ text: String) -> LexicographicVersion? {
    text.isEmpty ? nil : LexicographicVersion(description: text)
  }

  public static func order(_ first: LexicographicVersion, _ second: LexicographicVersion) -> VersionOrder {
    // Not the order of strings: that holds composed and decomposed letters to be the same.
    VersionOrder(lists: first.description.utf8, second.description.utf8)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}

/// A text, as it was written.
public struct LexicographicVersion: Sendable, CustomStringConvertible {
  public let description: String
}
