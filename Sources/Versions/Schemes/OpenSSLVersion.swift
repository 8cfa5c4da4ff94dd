// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of OpenSSL: `0.9.8zh`, `1.1.1-pre9`, `3.5.0-alpha1`.
///
/// - Source: https://openssl-library.org/policies/general/versioning-policy/ (read 2026-11-25)
public struct OpenSSLVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// Three numbers.
  let numbers: [WholeNumber]
  /// Small letters; empty for the first release.
  let patch: String
  let stage: Stage

  /// How near the release is, farthest first.
  enum Stage: Hashable, Comparable, Sendable {
    case development
    case alpha(WholeNumber)
    case beta(WholeNumber)
    case pre(WholeNumber)
    case release
  }

  /// - Returns: `nil` where the text is not a version that OpenSSL could have: letters since 3.0, other suffixes
  ///   (`1.0.2k-fips` is the name of a build).
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var rest = VersionText(text)
    guard let numbers = Self.numbers(&rest) else { return nil }
    let patch = String(Substring(rest.take { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }))
    let hasPatches = numbers[0] < WholeNumber(3)
    guard hasPatches || patch.isEmpty, let stage = Self.stage(&rest), rest.isAtEnd else { return nil }
    description = text
    self.numbers = numbers
    self.patch = patch
    self.stage = stage
  }

  private static func numbers(_ text: inout VersionText) -> [WholeNumber]? {
    var numbers: [WholeNumber] = []
    repeat {
      guard let digits = text.digits() else { return nil }
      numbers.append(WholeNumber(digits: digits))
    } while text.take(".")
    return numbers.count == 3 ? numbers : nil
  }

  private static func stage(_ text: inout VersionText) -> Stage? {
    guard text.take("-") else { return .release }
    let name = String(Substring(text.take(while: VersionText.isLetter)))
    if name == "dev" { return .development }
    guard let number = text.digits().map({ WholeNumber(digits: $0) }) else { return nil }
    return switch name {
    case "alpha": .alpha(number)
    case "beta": .beta(number)
    case "pre": .pre(number)
    default: nil
    }
  }
}
