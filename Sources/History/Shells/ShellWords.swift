// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Takes a line of a shell apart: commands, and their words without quotes.
///
/// As much of a shell's grammar as tells a program and its arguments: nothing is expanded, and a substitution is a command of its own.
/// - Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 (read 2026-11-25)
enum ShellWords {
  /// Words of one line that are looked at; a longer line is none that a person typed.
  private static let limit = 20_000

  static func commands(in line: Bytes) -> [[String]] {
    var commands: [[String]] = []
    var words: [String] = []
    var word: [UInt8] = []
    var isWord = false
    var quote: UInt8 = 0
    var count = 0
    func endWord() {
      if isWord { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
      isWord = false
      count += 1
    }
    func endCommand() {
      endWord()
      if !words.isEmpty { commands.append(words) }
      words = []
    }
    var index = 0
    while index < line.count, count < limit {
      let byte = line[index]
      index += 1
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index < line.count {
        // A continued line goes on with the next word.
        if line[index] == 0x0A { endWord() } else { word.append(line[index]) }
        isWord = isWord || line[index] != 0x0A
        index += 1
      } else if quote != 0 {
        if byte == quote { quote = 0 } else { word.append(byte) }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        isWord = true
      } else if byte == 0x20 || byte == 0x09 {
        endWord()
      } else if endsCommand(byte) {
        endCommand()
      } else if byte == UInt8(ascii: "#"), !isWord {
        // A comment, to the end of its line.
        while index < line.count, line[index] != 0x0A { index += 1 }
      } else {
        word.append(byte)
        isWord = true
      }
    }
    endCommand()
    return commands
  }

  private static func endsCommand(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "`"):
      true
    default: false
    }
  }
}
