// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The digest of a file or an archive, by which content is found whatever it is called.
public struct FileDigest: Hashable, Sendable {
  /// As it is written: small hexadecimal digits of SHA-256 or SHA-1, or `sha512-…` and its like in base64, as lockfiles have them.
  public let text: String

  /// - Returns: nil where `text` is no digest of a kind that is known.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    if [64, 40].contains(bytes.count), bytes.allSatisfy(Self.isHexadecimal) {
      self.text = text.lowercased()
      return
    }
    guard let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")) else { return nil }
    let digits = bytes[(hyphen + 1)...]
    let lengths = ["sha512": 88, "sha384": 64, "sha256": 44, "sha1": 28]
    guard lengths[String(decoding: bytes[..<hyphen], as: UTF8.self)] == digits.count,
      digits.allSatisfy(Self.isBase64)
    else { return nil }
    self.text = text
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x2B, 0x2F, 0x3D].contains(byte)
  }
}
