// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension ArraySlice<UInt8> {
  /// Without the bytes at both ends that have the property.
  func trimmed(of isTrimmed: (UInt8) -> Bool = isSpace) -> ArraySlice<UInt8> {
    let front = drop(while: isTrimmed)
    return front.lastIndex { !isTrimmed($0) }.map { front[...$0] } ?? []
  }

  /// White space of ASCII: what `\s` means in the patterns of Ruby and PHP.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
