// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The difference between two versions of a file, as `patch -p1` takes it.
///
/// - Source: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html (read 2026-11-25)
public enum UnifiedDiff {
  /// Lines that stand unchanged around a change.
  static let context = 3

  /// One run of lines that are replaced: which of the old ones by which of the new ones.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// - Parameters:
  ///   - path: As it stands behind `a/` and `b/`.
  ///   - edits: What makes the new version of the old one.
  /// - Returns: The whole text; empty where nothing changes.
  /// - Complexity: O(bytes): it compares only the lines that the edits touch.
  public static func text(path: String, old: [UInt8], edits: [ByteEdit]) -> [UInt8] {
    guard let new = edits.applied(to: old), new != old else { return [] }
    let changes = changes(old, new, edits)
    let (oldLines, newLines) = (lines(old), lines(new))
    var text = Array("--- \(name("a/" + path))\n+++ \(name("b/" + path))\n".utf8)
    var start = 0
    while start < changes.count {
      var end = start + 1
      while end < changes.count, changes[end].old.lowerBound - changes[end - 1].old.upperBound <= 2 * context {
        end += 1
      }
      text += hunk(changes[start..<end], oldLines, newLines)
      start = end
    }
    return text
  }

  /// A name that holds a blank ends with a tab, or what stands behind the blank would be taken for a time.
  private static func name(_ path: String) -> String {
    path.utf8.contains(0x20) ? path + "\t" : path
  }

  /// Each line with its end.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  /// Where the lines differ: every edit widened to whole lines, what touches joined, and what is equal at both ends taken off.
  private static func changes(_ old: [UInt8], _ new: [UInt8], _ edits: [ByteEdit]) -> [Change] {
    let (oldLines, newLines) = (lines(old), lines(new))
    let starts = oldLines.map(\.startIndex) + [old.count]
    let newStarts = newLines.map(\.startIndex) + [new.count]
    var changes: [Change] = []
    var shift = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where edit.text != Array(old[edit.range]) {
      let newLower = edit.range.lowerBound + shift
      shift += edit.text.count - edit.range.count
      let newUpper = edit.range.upperBound + shift
      let change = Change(
        old: span(edit.range.lowerBound, edit.range.upperBound, starts),
        new: span(newLower, newUpper, newStarts))
      if let last = changes.last,
        change.old.lowerBound <= last.old.upperBound || change.new.lowerBound <= last.new.upperBound
      {
        let merged = Change(
          old: last.old.lowerBound..<max(last.old.upperBound, change.old.upperBound),
          new: last.new.lowerBound..<max(last.new.upperBound, change.new.upperBound))
        changes[changes.count - 1] = merged
      } else {
        changes.append(change)
      }
    }
    return changes.map { trimmed($0, oldLines, newLines) }.filter { !$0.old.isEmpty || !$0.new.isEmpty }
  }

  /// The lines that hold the bytes from `lower` to `upper`, and the one behind where an edit ends with a line: both versions then end
  /// their spans at the same place.
  private static func span(_ lower: Int, _ upper: Int, _ starts: [Int]) -> Range<Int> {
    let first = index(of: lower, starts)
    return first..<min(max(first, index(of: upper, starts)) + 1, starts.count - 1)
  }

  /// The line that holds the byte at `offset`.
  private static func index(of offset: Int, _ starts: [Int]) -> Int {
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return min(low, max(0, starts.count - 2))
  }

  private static func trimmed(
    _ change: Change, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> Change {
    var (one, two) = (change.old, change.new)
    while let first = one.first, let other = two.first, old[first] == new[other] {
      one = first + 1..<one.upperBound
      two = other + 1..<two.upperBound
    }
    while let last = one.last, let other = two.last, old[last] == new[other] {
      one = one.lowerBound..<last
      two = two.lowerBound..<other
    }
    return Change(old: one, new: two)
  }

  private static func hunk(
    _ changes: ArraySlice<Change>, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [UInt8] {
    guard let first = changes.first, let last = changes.last else { return [] }
    let before = min(context, first.old.lowerBound)
    let after = min(context, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - before..<last.old.upperBound + after
    let newRange = first.new.lowerBound - before..<last.new.upperBound + after
    var text = Array("@@ -\(header(oldRange)) +\(header(newRange)) @@\n".utf8)
    var position = oldRange.lowerBound
    for change in changes {
      for line in old[position..<change.old.lowerBound] { append(" ", line, &text) }
      for line in old[change.old] { append("-", line, &text) }
      for line in new[change.new] { append("+", line, &text) }
      position = change.old.upperBound
    }
    for line in old[position..<oldRange.upperBound] { append(" ", line, &text) }
    return text
  }

  /// The first line and how many; an empty run is named by the line before it.
  private static func header(_ range: Range<Int>) -> String {
    range.isEmpty ? "\(range.lowerBound),0" : "\(range.lowerBound + 1),\(range.count)"
  }

  private static func append(_ sign: Unicode.Scalar, _ line: ArraySlice<UInt8>, _ text: inout [UInt8]) {
    text.append(UInt8(ascii: sign))
    text += line
    if line.last != 0x0A { text += Array("\n\\ No newline at end of file\n".utf8) }
  }
}
