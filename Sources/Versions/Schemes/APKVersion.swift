// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a package that apk installs: `1.2.3_git20240101-r4`.
///
/// - Source: https://gitlab.alpinelinux.org/alpine/apk-tools, `src/version.c` of 3.0 (read 2026-11-25)
public struct APKVersion: Sendable, CustomStringConvertible {
  public let description: String
  /// In the order of writing, ``Part/end`` last.
  let parts: [Part]

  /// One part of a version, oldest kind first: at the first place where two versions differ, the kind decides.
  enum Part: Hashable, Comparable, Sendable {
    case prerelease(Prerelease)
    case end
    case revision(WholeNumber)
    case commit(String)
    case suffixNumber(WholeNumber)
    case postrelease(Postrelease)
    case letter(UInt8)
    /// A number behind a dot that begins with nought, compared as a text.
    case fraction(String)
    case number(WholeNumber)
  }

  enum Prerelease: Int, Comparable, Sendable {
    case alpha
    case beta
    case pre
    case rc

    static func < (first: Prerelease, second: Prerelease) -> Bool { first.rawValue < second.rawValue }
  }

  enum Postrelease: Int, Comparable, Sendable {
    case cvs
    case svn
    case git
    case hg
    case p

    static func < (first: Postrelease, second: Postrelease) -> Bool { first.rawValue < second.rawValue }
  }

  /// - Returns: `nil` where apk-tools calls the version invalid.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var rest = VersionText(text)
    guard var parts = Self.numbers(&rest) else { return nil }
    let letter = rest.next
    if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) {
      parts.append(.letter(letter))
      rest.skip()
    }
    guard Self.appendSuffixes(&rest, to: &parts), Self.appendTail(&rest, to: &parts), rest.isAtEnd else { return nil }
    description = text
    self.parts = parts + [.end]
  }

  private static func numbers(_ text: inout VersionText) -> [Part]? {
    guard let first = text.digits() else { return nil }
    var parts = [Part.number(WholeNumber(digits: first))]
    while text.take(".") {
      guard let digits = text.digits() else { return nil }
      let isFraction = digits.first == UInt8(ascii: "0")
      parts.append(isFraction ? .fraction(String(Substring(digits))) : .number(WholeNumber(digits: digits)))
    }
    return parts
  }

  private static func appendSuffixes(_ text: inout VersionText, to parts: inout [Part]) -> Bool {
    while text.take("_") {
      guard let suffix = suffix(String(Substring(text.take(while: VersionText.isLetter)))) else { return false }
      parts.append(suffix)
      if let digits = text.digits() { parts.append(.suffixNumber(WholeNumber(digits: digits))) }
    }
    return true
  }

  private static func suffix(_ name: String) -> Part? {
    switch name {
    case "alpha": .prerelease(.alpha)
    case "beta": .prerelease(.beta)
    case "pre": .prerelease(.pre)
    case "rc": .prerelease(.rc)
    case "cvs": .postrelease(.cvs)
    case "svn": .postrelease(.svn)
    case "git": .postrelease(.git)
    case "hg": .postrelease(.hg)
    case "p": .postrelease(.p)
    default: nil
    }
  }

  /// A commit and a revision, both optional.
  private static func appendTail(_ text: inout VersionText, to parts: inout [Part]) -> Bool {
    if text.take("~") {
      let commit = text.take(while: isHexDigit)
      guard !commit.isEmpty else { return false }
      parts.append(.commit(String(Substring(commit))))
    }
    if text.take("-") {
      guard text.take("r"), let digits = text.digits() else { return false }
      parts.append(.revision(WholeNumber(digits: digits)))
    }
    return true
  }

  /// Small letters only, as apk-tools has it.
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    VersionText.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
