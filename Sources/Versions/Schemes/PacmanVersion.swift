// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a package that pacman installs: `1:2.36.r9.gabc-2`.
///
/// - Source: https://man.archlinux.org/man/vercmp.8 (read 2026-11-25)
public struct PacmanVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// Nought where none is written.
  public let epoch: WholeNumber
  public let version: [Segment]
  /// `nil` where none is written.
  public let release: [Segment]?

  /// One run of letters or digits, oldest kind first.
  ///
  /// `1.0rc` is older than `1.0`, `1.0.rc` is newer, and more separators in front are newer than fewer.
  public enum Segment: Hashable, Comparable, Sendable {
    case letters(String)
    /// Stands behind the last segment of every list.
    case end
    case number(WholeNumber)
    case separated(by: Int, Content)
  }

  /// A segment that has separators in front.
  public enum Content: Hashable, Comparable, Sendable {
    case letters(String)
    case number(WholeNumber)
  }

  /// - Returns: `nil` where a part is empty or ends in a separator. No package is called so, and the order of `vercmp`
  ///   runs in a circle there: `1..a`, `1.`, `1.5` and `1..a` again.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard let parts = EpochVersionRelease(text), let version = Self.segments(of: parts.version) else { return nil }
    let release = parts.release.map(Self.segments)
    if case .some(nil) = release { return nil }
    description = text
    epoch = parts.epoch
    self.version = version
    self.release = release ?? nil
  }

  private static func segments(of bytes: Substring.UTF8View) -> [Segment]? {
    var text = VersionText(bytes)
    var segments: [Segment] = []
    while !text.isAtEnd {
      let separators = text.take { !VersionText.isDigit($0) && !VersionText.isLetter($0) }
      guard let content = content(&text) else { return nil }
      segments.append(separators.isEmpty ? content.unseparated : .separated(by: separators.count, content))
    }
    return segments + [.end]
  }

  private static func content(_ text: inout VersionText) -> Content? {
    if let digits = text.digits() { return .number(WholeNumber(digits: digits)) }
    let letters = text.take(while: VersionText.isLetter)
    return letters.isEmpty ? nil : .letters(String(Substring(letters)))
  }

  func order(to other: PacmanVersion) -> VersionOrder {
    let order = VersionOrder(epoch, other.epoch).then(VersionOrder(lists: version, other.version))
    guard order == .same, let release, let counterpart = other.release else { return order }
    return VersionOrder(lists: release, counterpart)
  }
}

extension PacmanVersion.Content {
  fileprivate var unseparated: PacmanVersion.Segment {
    switch self {
    case .letters(let letters): .letters(letters)
    case .number(let number): .number(number)
    }
  }
}
