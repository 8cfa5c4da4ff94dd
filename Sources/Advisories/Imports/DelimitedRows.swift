// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The rows of a table whose fields are parted by commas or tabs; quoted fields may hold both, and line ends.
///
/// Rows without any text, and rows that begin with `#`, are passed over.
/// - Source: RFC 4180 (read 2026-11-25)
struct DelimitedRows {
  struct Row {
    /// 1-based: where it begins.
    let line: Int
    var fields: [String] = []
    /// False where a quotation does not end, or text stands behind its end.
    var isSound = true
  }

  private let bytes: Bytes
  private let separator: UInt8
  private var offset = 0
  private var line = 1

  init(_ bytes: Bytes, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  /// - Complexity: O(bytes of the row).
  mutating func next() -> Row? {
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "#") {
        skipLine()
        continue
      }
      let row = row()
      if !row.isSound || row.fields.contains(where: { !ImportedNames.trimmed($0).isEmpty }) { return row }
    }
    return nil
  }

  private mutating func skipLine() {
    offset = (bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset) ?? bytes.count - 1) + 1
    line += 1
  }

  private mutating func row() -> Row {
    var row = Row(line: line)
    repeat {
      row.fields.append(field(&row))
    } while takeSeparator()
    endLine(&row)
    return row
  }

  private mutating func takeSeparator() -> Bool {
    guard offset < bytes.count, bytes[offset] == separator else { return false }
    offset += 1
    return true
  }

  /// Passes over the end of the line, and over what should not stand before it.
  private mutating func endLine(_ row: inout Row) {
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\r") { offset += 1 }
    if offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { row.isSound = false }
    skipLine()
  }

  private mutating func field(_ row: inout Row) -> String {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return plainField() }
    let start = (offset: offset, line: line)
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\"") {
        // Two quotes are one; a single one ends the field.
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
          return String(decoding: text, as: UTF8.self)
        }
        offset += 1
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      text.append(byte)
    }
    // No quote stands behind this one, so this happens once in a file: the lines behind the first are read as rows.
    (offset, line) = start
    row.isSound = false
    return plainField()
  }

  private mutating func plainField() -> String {
    let start = offset
    while offset < bytes.count, bytes[offset] != separator, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    var end = offset
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[slice: start..<end].string
  }
}
