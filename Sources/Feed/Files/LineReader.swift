// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The lines of a file, one after another, in bounded memory. A last line without its end is one that was cut off.
struct LineReader {
  /// Longer lines end the reading.
  static let longestLine = 4096

  private let file: OpenFile
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  /// The part of the buffer that holds bytes not given out yet.
  private var start = 0
  private var end = 0
  private var fileOffset = 0
  private(set) var number = 0

  init(_ file: OpenFile) {
    self.file = file
  }

  /// Calls `body` with each line, without its end (LF or CRLF), and its number from 1 on.
  static func forEachLine(
    of file: OpenFile, _ body: (Bytes, Int) throws(FeedError) -> Void
  ) throws(FeedError) {
    var reader = LineReader(file)
    while try reader.next(body) {}
  }

  private mutating func next(_ body: (Bytes, Int) throws(FeedError) -> Void) throws(FeedError) -> Bool {
    guard let range = try nextRange() else { return false }
    number += 1
    let line = number
    try buffer.withUnsafeBufferPointer { (all) throws(FeedError) -> Void in
      let text = all[slice: range]
      try body(text.last == UInt8(ascii: "\r") ? text[slice: 0..<(text.count - 1)] : text, line)
    }
    return true
  }

  private mutating func nextRange() throws(FeedError) -> Range<Int>? {
    while true {
      if let newline = buffer[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = newline + 1 }
        return start..<newline
      }
      guard end - start <= Self.longestLine else { throw FeedError(.unreadableList, file.path, "line \(number + 1)") }
      guard try refill() else { break }
    }
    guard start == end else { throw FeedError(.unreadableList, file.path, "cut off in line \(number + 1)") }
    return nil
  }

  /// Moves what is left to the front and reads on; whether there was more.
  private mutating func refill() throws(FeedError) -> Bool {
    let rest = end - start
    if rest > 0, start > 0 { buffer.replaceSubrange(0..<rest, with: buffer[start..<end]) }
    (start, end) = (0, rest)
    let (file, offset) = (file, fileOffset)
    let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(FeedError) -> Int in
      try file.read(
        at: offset, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[rest...])))
    }
    end += count
    fileOffset += count
    return count > 0
  }
}
