// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Reads an INI file as Python's `configparser` does: sections, and keys whose values go on in indented lines.
///
/// Comments are whole lines that begin with `#` or `;`, indented or not.
/// - Source: https://docs.python.org/3/library/configparser.html#supported-ini-file-structure (read 2026-11-25)
struct INIReader {
  struct Entry {
    let section: String
    /// In lower case, as Python tells it.
    let key: String
    /// The parts of the value with their 1-based lines; blank ones left out.
    var lines: [(text: String, line: Int)]
    /// Whether the value begins behind the key's own line.
    let isDangling: Bool
  }

  private var lines: PythonLines
  private var section: String?
  private var open: Entry?
  /// How far the key of the open entry is indented.
  private var indent = 0
  /// What is wrong with the line behind the entry that was told last.
  private var failure: ParseError?

  init(_ text: Bytes) {
    lines = PythonLines(text, onlyNewlines: true)
  }

  /// The next key with its whole value; nil at the end.
  /// - Throws: ``ParseError`` at a line that is neither a section nor a key nor a continuation, as Python does.
  mutating func next() throws(ParseError) -> Entry? {
    if let failure { throw failure }
    while true {
      let start = lines.offset
      guard let line = lines.next() else { break }
      let content = line.bytes.trimmed
      guard let first = content.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
      let indent = content.startIndex - line.bytes.startIndex
      if open != nil, indent > self.indent {
        open?.lines.append((content.string, line.line))
        continue
      }
      let finished = open
      open = nil
      do throws(ParseError) {
        try begin(content, line.line, at: start, indent)
      } catch {
        failure = error
        guard finished != nil else { throw error }
      }
      if let finished { return finished }
    }
    defer { open = nil }
    return open
  }

  private mutating func begin(
    _ content: ArraySlice<UInt8>, _ line: Int, at offset: Int, _ indent: Int
  ) throws(ParseError) {
    if content.first == UInt8(ascii: "[") {
      guard let end = content.lastIndex(of: UInt8(ascii: "]")), end > content.startIndex + 1 else {
        throw ParseError(.unexpectedByte, at: offset)
      }
      let name = content[(content.startIndex + 1)..<end]
      // Python would take it; nobody means it.
      guard !name.contains(UInt8(ascii: "[")) else { throw ParseError(.unexpectedByte, at: offset) }
      section = name.string
      return
    }
    let sign = content.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
    guard let section, let sign, sign > content.startIndex else { throw ParseError(.unexpectedByte, at: offset) }
    let value = content[(sign + 1)...].trimmed
    self.indent = indent
    open = Entry(
      section: section, key: content[..<sign].trimmed.string.lowercased(),
      lines: value.isEmpty ? [] : [(value.string, line)], isDangling: value.isEmpty)
  }
}
