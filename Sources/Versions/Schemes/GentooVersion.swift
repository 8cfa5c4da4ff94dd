// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a Gentoo package: `4.2.1b_rc2-r3`.
///
/// - Source: https://projects.gentoo.org/pms/8/pms.html#version-specifications (read 2026-11-25)
public struct GentooVersion: Sendable, CustomStringConvertible {
  public let description: String
  let numbers: [Component]
  /// NUL where there is none.
  let letter: UInt8
  /// In the order of writing, ``Suffix/end`` last.
  let suffixes: [Suffix]
  /// Nought where none is written.
  let revision: WholeNumber

  /// One number between dots.
  enum Component: Hashable, Comparable, Sendable {
    /// Digits behind a dot that begin with nought, without the noughts at their end, compared as a text: `1.1` is newer
    /// than `1.02`, and `1.010` the same as `1.01`.
    case fraction(String)
    case whole(WholeNumber)
  }

  /// A suffix and its number, oldest kind first.
  enum Suffix: Hashable, Comparable, Sendable {
    case alpha(WholeNumber)
    case beta(WholeNumber)
    case pre(WholeNumber)
    case rc(WholeNumber)
    case end
    case p(WholeNumber)
  }

  /// - Returns: `nil` where the specification does not allow the version.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var rest = VersionText(text)
    guard let numbers = Self.numbers(&rest) else { return nil }
    let letter = rest.next
    let hasLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
    if hasLetter { rest.skip() }
    guard let suffixes = Self.suffixes(&rest), let revision = Self.revision(&rest), rest.isAtEnd else { return nil }
    description = text
    self.numbers = numbers
    self.letter = hasLetter ? letter : 0
    self.suffixes = suffixes
    self.revision = revision
  }

  private static func numbers(_ text: inout VersionText) -> [Component]? {
    guard let first = text.digits() else { return nil }
    var numbers = [Component.whole(WholeNumber(digits: first))]
    while text.take(".") {
      guard let digits = text.digits() else { return nil }
      numbers.append(component(digits))
    }
    return numbers
  }

  private static func component(_ digits: Substring.UTF8View) -> Component {
    let nought = UInt8(ascii: "0")
    guard digits.first == nought else { return .whole(WholeNumber(digits: digits)) }
    let length = digits.reversed().drop { $0 == nought }.count
    return .fraction(String(Substring(digits.prefix(length))))
  }

  private static func suffixes(_ text: inout VersionText) -> [Suffix]? {
    var suffixes: [Suffix] = []
    while text.take("_") {
      let name = String(Substring(text.take(while: VersionText.isLetter)))
      guard let suffix = suffix(name, WholeNumber(digits: text.digits() ?? ""[...].utf8)) else { return nil }
      suffixes.append(suffix)
    }
    return suffixes + [.end]
  }

  private static func suffix(_ name: String, _ number: WholeNumber) -> Suffix? {
    switch name {
    case "alpha": .alpha(number)
    case "beta": .beta(number)
    case "pre": .pre(number)
    case "rc": .rc(number)
    case "p": .p(number)
    default: nil
    }
  }

  private static func revision(_ text: inout VersionText) -> WholeNumber? {
    guard text.take("-") else { return .zero }
    guard text.take("r"), let digits = text.digits() else { return nil }
    return WholeNumber(digits: digits)
  }
}
