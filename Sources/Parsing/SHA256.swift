// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CText

/// A SHA-256 digest of bytes that come piece by piece.
///
/// To know a file by its content, for which speed is what counts; nothing secret passes through it.
/// - Source: FIPS 180-4 (read 2026-11-25)
public struct SHA256 {
  /// 32 bytes.
  public struct Digest: Hashable, Sendable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// Reads 64 hexadecimal digits; nil for anything else.
    public init?(hexadecimal text: Bytes) {
      guard text.count == 64, let first = Self.word(text[slice: 0..<16]), let second = Self.word(text[slice: 16..<32]),
        let third = Self.word(text[slice: 32..<48]), let fourth = Self.word(text[slice: 48..<64])
      else { return nil }
      words = (first, second, third, fourth)
    }

    /// The same of a text.
    public init?(hexadecimal text: String) {
      var text = text
      guard let digest = text.withUTF8({ Digest(hexadecimal: $0) }) else { return nil }
      self = digest
    }

    private static func word(_ digits: Bytes) -> UInt64? {
      var word: UInt64 = 0
      for byte in digits {
        guard let digit = hexadecimalValue(byte) else { return nil }
        word = word << 4 | UInt64(digit)
      }
      return word
    }

    init(bytes: [UInt8]) {
      func word(_ number: Int) -> UInt64 {
        bytes[(number * 8)..<(number * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
      }
      words = (word(0), word(1), word(2), word(3))
    }

    /// The first eight bytes as a number, where a shorter name for the content is enough.
    public var firstWord: UInt64 { words.0 }

    /// Lower-case hexadecimal.
    public var text: String {
      [words.0, words.1, words.2, words.3].map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
      }.joined()
    }

    public static func == (first: Digest, second: Digest) -> Bool { first.words == second.words }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(words.0)
    }
  }

  private var state = gifthorse_sha256()

  public init() {
    gifthorse_sha256_start(&state)
  }

  /// - Complexity: O(bytes).
  public mutating func add(_ bytes: Bytes) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    gifthorse_sha256_add(&state, base, bytes.count)
  }

  /// The digest of what was added so far.
  public func digest() -> Digest {
    var copy = state
    var result = [UInt8](repeating: 0, count: 32)
    result.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { gifthorse_sha256_finish(&copy, base) }
    }
    return Digest(bytes: result)
  }

  /// The digest of whole blocks of 64 bytes, made without the processor's own instructions. For tests alone.
  static func plainDigest(ofBlocks bytes: Bytes) -> Digest? {
    guard let base = bytes.baseAddress, bytes.count.isMultiple(of: 64) else { return nil }
    var digest = SHA256()
    withUnsafeMutablePointer(to: &digest.state) { state in
      withUnsafeMutablePointer(to: &state.pointee.state) { words in
        words.withMemoryRebound(to: UInt32.self, capacity: 8) {
          gifthorse_sha256_add_plainly($0, base, bytes.count / 64)
        }
      }
      state.pointee.count = UInt64(bytes.count)
    }
    return digest.digest()
  }

  /// The digest of these bytes.
  public static func digest(of bytes: Bytes) -> Digest {
    var digest = SHA256()
    digest.add(bytes)
    return digest.digest()
  }
}
