// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Parsing

@Suite struct SHA256Tests {
  private func digest(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { SHA256.digest(of: $0).text }
  }

  /// - Source: the examples of NIST's Cryptographic Standards and Guidelines for SHA-256, and RFC 6234 section 8.5 (read 2026-11-25)
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    (
      "0123456701234567012345670123456701234567012345670123456701234567", 10,
      "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5"
    ),
  ])
  func `the digests of the standard's examples`(text: String, times: Int, expected: String) {
    #expect(digest(Array(String(repeating: text, count: times).utf8)) == expected)
  }

  @Test func `pieces of any size give the digest of the whole`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var random = SeededGenerator(seed: 256, name: "pieces")
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000] {
      var sha = SHA256()
      var rest = bytes[..<length]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...80, using: &random))
        Array(piece).withUnsafeBufferPointer { sha.add($0) }
        rest = rest.dropFirst(piece.count)
      }
      #expect(sha.digest().text == digest(Array(bytes[..<length])))
    }
  }

  @Test func `with and without the processor's own instructions the digest is the same`() {
    var random = SeededGenerator(seed: 64, name: "blocks")
    for count in [1, 2, 3, 7, 100] {
      let bytes = (0..<(count * 64)).map { _ in UInt8.random(in: 0...255, using: &random) }
      bytes.withUnsafeBufferPointer { #expect(SHA256.plainDigest(ofBlocks: $0) == SHA256.digest(of: $0)) }
    }
  }

  @Test func `a digest is read from hexadecimal digits, and from nothing else`() {
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(SHA256.Digest(hexadecimal: text)?.text == text)
    #expect(SHA256.Digest(hexadecimal: text.uppercased())?.text == text)
    #expect(SHA256.Digest(hexadecimal: String(text.dropLast())) == nil)
    #expect(SHA256.Digest(hexadecimal: text + "0") == nil)
    #expect(SHA256.Digest(hexadecimal: "g" + text.dropFirst()) == nil)
  }
}
