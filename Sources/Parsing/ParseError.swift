// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Why a text could not be read on: what broke, and at which byte.
public struct ParseError: Error, Hashable, Sendable {
  /// Stable, kebab-case.
  public enum Code: String, CaseIterable, Sendable {
    /// The text ended in the middle of something.
    case unexpectedEnd = "unexpected-end"
    /// A byte that the grammar does not allow here.
    case unexpectedByte = "unexpected-byte"
    /// Nested deeper than the limit.
    case tooDeep = "too-deep"
    /// More entries than the limit.
    case tooMany = "too-many"
    /// A control character inside a string.
    case controlCharacter = "control-character"
    case invalidEscape = "invalid-escape"
    case invalidNumber = "invalid-number"
    /// Something after the end of the one value that the text should hold.
    case trailingContent = "trailing-content"
    /// A value of another type than the format has in this place.
    case unexpectedType = "unexpected-type"
    /// A construct of the notation that the format does not use and we do not follow (YAML aliases, tags).
    case unsupported
    /// A header, magic number or length that does not fit.
    case invalidHeader = "invalid-header"
  }

  public let code: Code
  /// Bytes from the start of the text as it was parsed (after decoding to UTF-8, without a byte order mark).
  public let offset: Int

  public init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
