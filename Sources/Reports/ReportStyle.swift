// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// How a report looks, and for whom it is.
public struct ReportStyle: Sendable {
  /// The columns that a report may be laid out for; a terminal's own width is brought into this range.
  public static let widths = 40...200

  /// Whether the verdict and the headings are coloured, with SGR sequences.
  public var color: Bool
  /// Whether signs beyond ASCII may be used. Without it, names from outside show their other characters as `\u{…}`.
  public var isUnicode: Bool
  /// Columns, within ``widths``.
  public let width: Int
  /// Whether nothing is left out.
  public var verbose: Bool
  /// Whose words the texts about incidents are in.
  public var audience: Audience
  /// The language of those texts, where they exist in it: `en`, `nl` …
  public var language: String

  /// - Parameter width: Columns; brought into ``widths``.
  public init(
    color: Bool = false, isUnicode: Bool = true, width: Int = 80, verbose: Bool = false, audience: Audience = .it,
    language: String = "en"
  ) {
    self.color = color
    self.isUnicode = isUnicode
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.verbose = verbose
    self.audience = audience
    self.language = language
  }
}
