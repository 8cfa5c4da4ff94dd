// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a Debian package: `1:2.36-9+deb12u14`.
///
/// - Source: deb-version(7) of dpkg 1.21 (read 2026-11-25)
public struct DpkgVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// Nought where none is written.
  public let epoch: WholeNumber

  /// The largest epoch that dpkg takes.
  static let maximumEpoch = WholeNumber(2_147_483_647)

  /// Reads a version by the rules of `dpkg --validate-version`. Blanks around it do not count.
  ///
  /// - Returns: `nil` also for what dpkg would compare under protest: an upstream version that does not begin with a
  ///   digit, or holds characters that are not allowed.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    let isBlank = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let start = text.utf8.drop(while: isBlank)
    let end = start.reversed().drop(while: isBlank)
    description = String(Substring(start.prefix(end.count)))
    guard let epoch = Self.epoch(of: description) else { return nil }
    self.epoch = epoch
    guard isSound else { return nil }
  }

  /// - Returns: `nil` where what stands before the first colon is not an epoch.
  private static func epoch(of text: String) -> WholeNumber? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return .zero }
    var digits = text.utf8[..<colon]
    if digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.allSatisfy(VersionText.isDigit) else { return nil }
    let epoch = WholeNumber(digits: digits)
    return epoch <= maximumEpoch ? epoch : nil
  }

  private var isSound: Bool {
    guard let first = upstream.first, VersionText.isDigit(first), hyphen == nil || !revision.isEmpty else {
      return false
    }
    return upstream.allSatisfy { Self.isAllowed($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
      && revision.allSatisfy(Self.isAllowed)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    VersionText.isDigit(byte) || VersionText.isLetter(byte) || ".+~".utf8.contains(byte)
  }

  /// What stands behind the epoch.
  private var rest: Substring.UTF8View {
    let text = Substring(description).utf8
    return text.firstIndex(of: UInt8(ascii: ":")).map { text[text.index(after: $0)...] } ?? text
  }

  private var hyphen: Substring.UTF8View.Index? { rest.lastIndex(of: UInt8(ascii: "-")) }

  /// What stands between the epoch and the last hyphen.
  var upstream: Substring.UTF8View { rest[..<(hyphen ?? rest.endIndex)] }

  /// What stands behind the last hyphen; empty where there is none.
  var revision: Substring.UTF8View {
    hyphen.map { rest[rest.index(after: $0)...] } ?? rest[rest.endIndex...]
  }
}
