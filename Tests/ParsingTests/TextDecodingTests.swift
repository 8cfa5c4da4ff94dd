// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@Suite struct TextDecodingTests {
  private func decode(_ bytes: [UInt8]) -> (text: String, isWellFormed: Bool) {
    bytes.withUnsafeBufferPointer { buffer in
      withDecodedText(buffer) { text, isWellFormed in (text.string, isWellFormed) }
    }
  }

  private static let text = "{\"name\": \"é日😀\"}\n"
  private static let littleEndian = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  private static let bigEndian = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }

  @Test(arguments: [
    Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + littleEndian, [0xFE, 0xFF] + bigEndian,
    littleEndian, bigEndian,
  ])
  func `the same text comes out of every encoding, without its mark`(bytes: [UInt8]) {
    let (text, isWellFormed) = decode(bytes)
    #expect(text == Self.text)
    #expect(isWellFormed)
  }

  @Test func `only one mark is taken off`() {
    #expect(decode([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61]).text == "\u{FEFF}a")
  }

  @Test(arguments: [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
  func `nothing but a mark is nothing`(bytes: [UInt8]) {
    let (text, isWellFormed) = decode(bytes)
    #expect(text.isEmpty)
    #expect(isWellFormed)
  }

  @Test(
    arguments: [
      ([0x7B, 0xFF, 0x7D], "{\u{FFFD}}"), ([0xEF, 0xBB, 0xBF, 0x61, 0xC3], "a\u{FFFD}"),
      ([0x61, 0xED, 0xA0, 0x80], "a\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xEF], "\u{FFFD}"), ([0xEF, 0xBB], "\u{FFFD}"),
    ] as [([UInt8], String)])
  func `ill-formed UTF-8 is told, and passed on`(bytes: [UInt8], expected: String) {
    let (text, isWellFormed) = decode(bytes)
    #expect(!isWellFormed)
    #expect(text == expected)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x62, 0x00], "a\u{FFFD}b"),
      ([0xFE, 0xFF, 0x00, 0x61, 0xDC, 0x00], "a\u{FFFD}"),
      ([0xFF, 0xFE, 0x61, 0x00, 0x62], "a"), ([0x61, 0x00, 0x62], "a"), ([0xFE, 0xFF, 0x00, 0x61, 0xD8], "a"),
    ] as [([UInt8], String)])
  func `an ill-formed unit of UTF-16, or half a one, is told`(bytes: [UInt8], expected: String) {
    let (text, isWellFormed) = decode(bytes)
    #expect(!isWellFormed)
    #expect(text == expected)
  }

  @Test(arguments: ["", "a", "[]", "é", "\0", "\0\0", "1"])
  func `short texts are taken for UTF-8`(text: String) {
    #expect(decode(Array(text.utf8)).text == text)
  }

  // MARK: Well-formedness

  @Test(
    arguments: [
      ([0xC2, 0x80], true), ([0xDF, 0xBF], true), ([0xE0, 0xA0, 0x80], true), ([0xED, 0x9F, 0xBF], true),
      ([0xEE, 0x80, 0x80], true),
      ([0xEF, 0xBF, 0xBF], true), ([0xF0, 0x90, 0x80, 0x80], true), ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0x80], false),
      ([0xBF], false),
      ([0xC0, 0x80], false), ([0xC1, 0xBF], false), ([0xE0, 0x9F, 0xBF], false), ([0xED, 0xA0, 0x80], false),
      ([0xF0, 0x8F, 0xBF, 0xBF], false),
      ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false), ([0xFF], false), ([0xC2], false),
      ([0xE1, 0x80], false),
      ([0xF1, 0x80, 0x80], false), ([0xC2, 0x41], false), ([0xE1, 0x80, 0x41], false),
      ([0xF1, 0x80, 0x80, 0x41], false), ([0xC2, 0xC2], false),
    ] as [([UInt8], Bool)])
  func `the edges of the table of well-formed sequences hold, wherever they stand`(bytes: [UInt8], expected: Bool) {
    for before in 0..<10 {
      for after in [0, 1, 8] {
        let text = [UInt8](repeating: 0x61, count: before) + bytes + [UInt8](repeating: 0x61, count: after)
        #expect(text.withUnsafeBufferPointer(isWellFormedUTF8) == expected)
      }
    }
  }

  @Test func `random bytes are judged as the standard library judges them`() {
    var random = SeededGenerator(seed: 3629)
    let pieces: [[UInt8]] = [
      [0x61], Array("abcdefgh".utf8), Array("é".utf8), Array("日".utf8), Array("😀".utf8), [0xE2, 0x82], [0xC0],
      [0xED, 0xA0, 0x80], [0xFF],
    ]
    var wellFormed = 0
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        // Mostly the first five, so that some texts are well-formed.
        bytes += pieces[Int.random(in: 0..<(Int.random(in: 0..<6, using: &random) == 0 ? 9 : 5), using: &random)]
        if Int.random(in: 0..<20, using: &random) == 0 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      #expect(bytes.withUnsafeBufferPointer(isWellFormedUTF8) == expected, "\(bytes)")
      if expected { wellFormed += 1 }
    }
    #expect((2_000..<18_000).contains(wellFormed))
  }
}
