// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The two sides of a text in which git left conflict markers.
///
/// Each side is the whole text with the other side's lines and the markers turned into spaces, so that lines keep their numbers.
struct MergeConflict {
  /// Ours, then theirs.
  let sides: [[UInt8]]
  /// The 1-based line of the first marker.
  let firstLine: Int

  private enum Region {
    case both, ours, base, theirs
  }

  /// nil where there are no complete markers: a text may rightly hold a line that looks like one of them.
  /// - Complexity: O(bytes).
  init?(_ text: Bytes) {
    var ours = Array(text)
    var theirs = ours
    var region = Region.both
    var (firstLine, line, start) = (0, 0, 0)
    var isComplete = false
    while start < text.count {
      line += 1
      let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.count
      let content = text[slice: start..<end]
      let previous = region
      if let next = Self.region(after: content, in: region) {
        region = next
        if previous == .both { firstLine = firstLine == 0 ? line : firstLine }
        if region == .both { isComplete = true }
        Self.blank(&ours, start..<end)
        Self.blank(&theirs, start..<end)
      } else {
        if region == .theirs || region == .base { Self.blank(&ours, start..<end) }
        if region == .ours || region == .base { Self.blank(&theirs, start..<end) }
      }
      start = end + 1
    }
    guard isComplete, firstLine > 0 else { return nil }
    self.firstLine = firstLine
    sides = [ours, theirs]
  }

  /// The region that a marker line opens; nil if `line` is no marker here.
  private static func region(after line: Bytes, in region: Region) -> Region? {
    switch region {
    case .both: return isMarker(line, "<<<<<<<") ? .ours : nil
    case .ours:
      if isMarker(line, "|||||||") { return .base }
      return isMarker(line, "=======") ? .theirs : nil
    case .base: return isMarker(line, "=======") ? .theirs : nil
    case .theirs: return isMarker(line, ">>>>>>>") ? .both : nil
    }
  }

  /// Seven signs, and then a space, a carriage return or nothing.
  private static func isMarker(_ line: Bytes, _ signs: StaticString) -> Bool {
    guard line.starts(with: signs) else { return false }
    return line.count == 7 || line[7] == UInt8(ascii: " ") || line[7] == UInt8(ascii: "\r")
  }

  private static func blank(_ text: inout [UInt8], _ range: Range<Int>) {
    for index in range where text[index] != UInt8(ascii: "\r") { text[index] = UInt8(ascii: " ") }
  }
}
