// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the `# /// script` block of a single Python file, which says what its run needs.
///
/// Only the first ``SourceFile/scriptBytes`` of a file are looked at, and not those of installed packages. A block that does not end, and a
/// second one, are problems.
/// - Source: https://packaging.python.org/en/latest/specifications/inline-script-metadata/ (read 2026-11-25)
public enum PythonScript: Extractor {
  public static let id = "python/script"
  public static let files: [FilePattern] = [.ending(".py", outside: FilePlace.pythonFolders + ["node_modules"])]
  public static let role = FileRole.script

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isInCache, let start = startOfBlock(in: file.text, from: 0) else { return }
    guard let end = endOfBlock(in: file.text, from: start) else { throw ParseError(.unexpectedEnd, at: start) }
    var reading = PyProjectReading(isScript: true, entriesLimit: file.limits.entriesPerFile)
    // Also after an error: what was read until then is kept.
    defer { reading.report(to: &extraction) }
    let block = block(of: file.text, start, end)
    try block.withUnsafeBufferPointer { (block) throws(ParseError) in
      try reading.read(block, depthLimit: file.limits.depth)
    }
    if let second = startOfBlock(in: file.text, from: end) { throw ParseError(.trailingContent, at: second) }
  }

  /// The beginning of the first line at or after `offset` that opens a block.
  private static func startOfBlock(in text: Bytes, from offset: Int) -> Int? {
    var start = offset
    while start < text.count {
      let end = endOfLine(in: text, from: start)
      if text[start] == UInt8(ascii: "#"), line(text, start, end).equals("# /// script") { return start }
      start = end + 1
    }
    return nil
  }

  /// The end of the last line that can close the block that opens at `start`: all lines up to there are comments.
  private static func endOfBlock(in text: Bytes, from start: Int) -> Int? {
    var closing: Int?
    var next = endOfLine(in: text, from: start) + 1
    while next < text.count {
      let end = endOfLine(in: text, from: next)
      let line = line(text, next, end)
      // A line of nothing but spaces is what stands for the other side of a merge conflict.
      guard line.equals("#") || line.starts(with: "# ") || isOfSpaces(line) else { break }
      if line.equals("# ///") { closing = end }
      next = end + 1
    }
    return closing
  }

  private static func isOfSpaces(_ line: Bytes) -> Bool { !line.isEmpty && line.allSatisfy { $0 == 0x20 } }

  private static func endOfLine(in text: Bytes, from start: Int) -> Int {
    text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.count
  }

  private static func line(_ text: Bytes, _ start: Int, _ end: Int) -> Bytes {
    let isCRLF = end > start && text[end - 1] == UInt8(ascii: "\r")
    return text[slice: start..<(isCRLF ? end - 1 : end)]
  }

  /// The text up to the block's end with everything that is not its content turned into spaces, so that lines and offsets stay the same.
  private static func block(of text: Bytes, _ start: Int, _ end: Int) -> [UInt8] {
    var block = Array(text[slice: 0..<end])
    for index in 0..<start where block[index] != UInt8(ascii: "\n") { block[index] = UInt8(ascii: " ") }
    var lineStart = start
    while lineStart < end {
      let lineEnd = min(endOfLine(in: text, from: lineStart), end)
      let isEdge = lineStart == start || lineEnd == end
      let blanks = isEdge ? lineEnd : min(lineStart + 2, lineEnd)
      for index in lineStart..<blanks where isEdge || block[index] != UInt8(ascii: "\r") {
        block[index] = UInt8(ascii: " ")
      }
      lineStart = lineEnd + 1
    }
    return block
  }
}
