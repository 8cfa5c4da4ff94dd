// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// A letter or a digit of ASCII.
  var isAlphanumeric: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  /// White space of ASCII, ends of lines included.
  var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension RandomAccessCollection where Element == UInt8, SubSequence: RandomAccessCollection {
  /// The text, with ill-formed UTF-8 repaired to U+FFFD.
  var string: String { String(decoding: self, as: UTF8.self) }
}

extension ArraySlice where Element == UInt8 {
  /// Without white space at either end.
  var trimmed: ArraySlice<UInt8> {
    let start = drop { $0.isBlank }
    guard let last = start.lastIndex(where: { !$0.isBlank }) else { return start }
    return start[...last]
  }

  /// With `%2B` and its like as the bytes that they stand for.
  var percentDecoded: ArraySlice<UInt8> {
    guard contains(UInt8(ascii: "%")) else { return self }
    var decoded: [UInt8] = []
    var index = startIndex
    while index < endIndex {
      let digits = self[index...].dropFirst().prefix(2)
      if self[index] == UInt8(ascii: "%"), digits.count == 2, let byte = UInt8(digits.string, radix: 16) {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(self[index])
        index += 1
      }
    }
    return decoded[...]
  }
}

/// The lines of a text as Python's `splitlines` tells them: also at a lone CR and at the other characters that end one.
///
/// - Source: https://docs.python.org/3/library/stdtypes.html#str.splitlines (read 2026-11-25)
struct PythonLines: Sequence, IteratorProtocol {
  private let text: Bytes
  private let onlyNewlines: Bool
  private var index = 0
  private var line = 1

  /// - Parameter onlyNewlines: Whether a line ends at LF, CR and CRLF alone, as where Python reads a file line by line.
  init(_ text: Bytes, onlyNewlines: Bool = false) {
    self.text = text
    self.onlyNewlines = onlyNewlines
  }

  /// Where the line that was read last ends, its end included.
  var offset: Int { index }

  /// The next line without its end.
  /// - Returns: Its 1-based number counts LF alone, as everywhere else; `isEnded` is false for the last one if the text stops there.
  mutating func next() -> (bytes: ArraySlice<UInt8>, line: Int, isEnded: Bool)? {
    guard index < text.count else { return nil }
    let start = index
    let number = line
    while index < text.count {
      let length = lengthOfEnd(at: index)
      guard length == 0 else {
        let bytes = ArraySlice(text[slice: start..<index])
        if text[index + length - 1] == UInt8(ascii: "\n") { line += 1 }
        index += length
        return (bytes, number, true)
      }
      index += 1
    }
    return (ArraySlice(text[slice: start..<index]), number, false)
  }

  /// How many bytes end a line here; 0 if none do.
  private func lengthOfEnd(at index: Int) -> Int {
    func follows(_ second: UInt8, at offset: Int) -> Bool {
      index + offset < text.count && text[index + offset] == second
    }
    switch text[index] {
    case 0x0A: return 1
    case 0x0D: return follows(0x0A, at: 1) ? 2 : 1
    case _ where onlyNewlines: return 0
    case 0x0B, 0x0C, 0x1C...0x1E: return 1
    case 0xC2: return follows(0x85, at: 1) ? 2 : 0
    case 0xE2: return follows(0x80, at: 1) && (follows(0xA8, at: 2) || follows(0xA9, at: 2)) ? 3 : 0
    default: return 0
    }
  }
}
