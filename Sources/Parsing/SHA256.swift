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
    public init?(hexadecimal text: some Sequence<UInt8>) {
      var words: [UInt64] = [0, 0, 0, 0]
      var count = 0
      for byte in text {
        guard count < 64, let digit = hexadecimalValue(byte) else { return nil }
        words[count / 16] = words[count / 16] << 4 | UInt64(digit)
        count += 1
      }
      guard count == 64 else { return nil }
      self.words = (words[0], words[1], words[2], words[3])
    }

    init(bytes: [UInt8]) {
      func word(_ number: Int) -> UInt64 {
        bytes[(number * 8)..<(number * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
      }
      words = (word(0), word(1), word(2), word(3))
    }

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

  /// The digest of these bytes.
  public static func digest(of bytes: Bytes) -> Digest {
    var digest = SHA256()
    digest.add(bytes)
    return digest.digest()
  }
}
