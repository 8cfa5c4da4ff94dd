// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads a version's text from left to right, byte by byte, and never back.
struct VersionText {
  /// What has not been read yet.
  private(set) var rest: Substring.UTF8View

  init(_ text: String) {
    rest = Substring(text).utf8
  }

  init(_ bytes: Substring.UTF8View) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The byte that stands here; NUL, which no version holds, at the end.
  var next: UInt8 { rest.first ?? 0 }

  mutating func skip() {
    rest = rest.dropFirst()
  }

  /// Takes one character if it stands here.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    skip()
    return true
  }

  /// Takes all bytes from here on that have the property.
  mutating func take(while holds: (UInt8) -> Bool) -> Substring.UTF8View {
    let taken = rest.prefix(while: holds)
    rest = rest[taken.endIndex...]
    return taken
  }

  /// The digits that stand here; nothing is read where there is none.
  mutating func digits() -> Substring.UTF8View? {
    let taken = take(while: Self.isDigit)
    return taken.isEmpty ? nil : taken
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// What stands in an identifier of SemVer 2.0: letters, digits and hyphens.
  static func isIdentifier(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
  }
}
