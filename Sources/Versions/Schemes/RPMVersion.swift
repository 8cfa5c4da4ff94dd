// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of an RPM package: `1:3.0.7-27.el9`.
///
/// - Source: https://rpm-software-management.github.io/rpm/man/rpm-version.7 (read 2026-11-25)
public struct RPMVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// Nought where none is written.
  public let epoch: WholeNumber
  public let version: [Segment]
  /// `nil` where none is written.
  public let release: [Segment]?

  /// One piece of a version or release, oldest kind first; what else stands in the text only separates.
  public enum Segment: Hashable, Comparable, Sendable {
    case tilde
    /// Stands behind the last segment of every list.
    case end
    case caret
    case letters(String)
    case number(WholeNumber)
  }

  /// - Returns: `nil` where a part is empty, and for what no package can be called (white space, a second colon).
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard let parts = EpochVersionRelease(text) else { return nil }
    description = text
    epoch = parts.epoch
    version = Self.segments(of: parts.version)
    release = parts.release.map(Self.segments)
  }

  private static func segments(of bytes: Substring.UTF8View) -> [Segment] {
    var text = VersionText(bytes)
    var segments: [Segment] = []
    while !text.isAtEnd {
      if let segment = segment(&text) { segments.append(segment) }
    }
    return segments + [.end]
  }

  /// Takes the next segment, or one byte that separates.
  private static func segment(_ text: inout VersionText) -> Segment? {
    if let digits = text.digits() { return .number(WholeNumber(digits: digits)) }
    let letters = text.take(while: VersionText.isLetter)
    if !letters.isEmpty { return .letters(String(Substring(letters))) }
    if text.take("~") { return .tilde }
    if text.take("^") { return .caret }
    text.skip()
    return nil
  }

  func orderWithoutRelease(to other: RPMVersion) -> VersionOrder {
    VersionOrder(epoch, other.epoch).then(VersionOrder(lists: version, other.version))
  }

  func releaseOrder(to other: RPMVersion) -> VersionOrder {
    switch (release, other.release) {
    case (let one?, let two?): VersionOrder(lists: one, two)
    case (nil, _?): .ascending
    case (_?, nil): .descending
    case (nil, nil): .same
    }
  }
}
