// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// How a text file is written.
enum FileText {
  /// How long the byte order mark at its beginning is: 0 or 3.
  /// - Throws: ``EditDoubt`` where it is not UTF-8.
  static func markLength(_ bytes: [UInt8]) throws(EditDoubt) -> Int {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let isText = bytes.withUnsafeBufferPointer { isWellFormedUTF8($0) } && !bytes.contains(0)
    guard isText else { throw EditDoubt(.wrongEncoding) }
    return mark
  }

  /// How its lines end: as the first one does.
  static func newline(_ bytes: [UInt8]) -> String {
    guard let end = bytes.firstIndex(of: 0x0A) else { return "\n" }
    return end > 0 && bytes[end - 1] == 0x0D ? "\r\n" : "\n"
  }

  /// Its lines, without their ends.
  static func lines(_ bytes: [UInt8]) throws(EditDoubt) -> [TextLine] {
    var lines: [TextLine] = []
    var start = try markLength(bytes)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let isReturned = end > start && bytes[end - 1] == 0x0D
      let text = String(decoding: bytes[start..<(isReturned ? end - 1 : end)], as: UTF8.self)
      lines.append(TextLine(text: text, start: start, end: min(end + 1, bytes.count)))
      start = end + 1
    }
    return lines
  }
}

/// One line of a file.
struct TextLine {
  /// Without its end.
  let text: String
  /// In bytes of the file.
  let start: Int
  /// Behind the line's end.
  let end: Int

  /// The range in the file of a part of the line.
  func range(_ part: Substring) -> Range<Int> {
    let lower = text.utf8.distance(from: text.utf8.startIndex, to: part.startIndex)
    return start + lower..<start + lower + part.utf8.count
  }

  var range: Range<Int> { start..<end }
  var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  /// How many blanks it begins with.
  var indent: Int { text.utf8.prefix { $0 == 0x20 }.count }
}

extension StringProtocol where SubSequence == Substring {
  /// Without blanks at both ends.
  var trimmedBlanks: Substring {
    var text = self[...].utf8
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return Substring(text.drop { $0 == 0x20 || $0 == 0x09 })
  }
}
