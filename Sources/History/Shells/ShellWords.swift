// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Takes a line of a shell apart: commands, and their words without quotes.
///
/// As much of a shell's grammar as tells a program and its arguments: nothing is expanded, and a substitution is a command of its own.
/// - Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 (read 2026-11-25)
struct ShellWords {
  /// Words of one line that are looked at; a longer line is none that a person typed.
  private static let limit = 20_000

  private var commands: [[String]] = []
  private var words: [String] = []
  private var word: [UInt8] = []
  /// Whether a word has begun, be it an empty one in quotes.
  private var isWord = false
  /// What ends the quotes that are open; 0 where none are.
  private var quote: UInt8 = 0
  private var count = 0

  static func commands(in line: Bytes) -> [[String]] {
    var reading = ShellWords()
    var index = 0
    while index < line.count, reading.count < limit { reading.take(line, &index) }
    reading.endCommand()
    return reading.commands
  }

  private mutating func take(_ line: Bytes, _ index: inout Int) {
    let byte = line[index]
    index += 1
    if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index < line.count {
      takeEscaped(line[index])
      index += 1
    } else if quote != 0 {
      if byte == quote { quote = 0 } else { word.append(byte) }
    } else if byte == UInt8(ascii: "#"), !isWord {
      // A comment, to the end of its line.
      while index < line.count, line[index] != 0x0A { index += 1 }
    } else {
      takePlain(byte)
    }
  }

  /// A line that goes on goes on with the next word.
  private mutating func takeEscaped(_ byte: UInt8) {
    if byte == 0x0A { return endWord() }
    word.append(byte)
    isWord = true
  }

  private mutating func takePlain(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      quote = byte
      isWord = true
    case 0x20, 0x09: endWord()
    case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "`"):
      endCommand()
    default:
      word.append(byte)
      isWord = true
    }
  }

  private mutating func endWord() {
    if isWord { words.append(String(decoding: word, as: UTF8.self)) }
    word.removeAll(keepingCapacity: true)
    isWord = false
    count += 1
  }

  private mutating func endCommand() {
    endWord()
    if !words.isEmpty { commands.append(words) }
    words = []
  }
}
