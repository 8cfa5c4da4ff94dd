// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How much room text takes on a terminal.
enum Columns {
  /// The columns that `text` takes; controls count as nothing, so escape first.
  ///
  /// - Source: https://www.unicode.org/reports/tr11/ (read 2026-11-23). An emoji made of several characters counts for
  ///   each of them: terminals differ, and a line that is too short is better than one that is too long.
  static func count(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + count($1) }
  }

  static func count(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    wideRanges.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
  }

  /// East Asian scripts and the forms made to stand among them.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1_6FE0...0x1_B2FB,
    0x1_F300...0x1_F64F, 0x1_F900...0x1_F9FF, 0x2_0000...0x3_FFFD,
  ]

  /// `text` in at most `limit` columns: where it is longer, its beginning and its end with `ellipsis` between.
  static func shortened(_ text: String, to limit: Int, ellipsis: String) -> String {
    guard count(text) > limit else { return text }
    let room = limit - count(ellipsis)
    guard room > 0 else { return prefix(text.unicodeScalars, limit) }
    // More of the end than of the beginning: the end of a path tells more.
    let start = prefix(text.unicodeScalars, room * 2 / 5)
    let end = prefix(text.unicodeScalars.reversed(), room - count(start))
    return start + ellipsis + String(String.UnicodeScalarView(end.unicodeScalars.reversed()))
  }

  private static func prefix(_ scalars: some Sequence<Unicode.Scalar>, _ limit: Int) -> String {
    var result = String.UnicodeScalarView()
    var room = limit
    for scalar in scalars {
      room -= count(scalar)
      guard room >= 0 else { break }
      result.append(scalar)
    }
    return String(result)
  }
}
