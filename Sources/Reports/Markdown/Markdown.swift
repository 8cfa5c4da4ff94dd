// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Makes text from outside harmless in Markdown: it stands in code spans, where nothing is markup, a link or HTML.
///
/// - Source: https://spec.commonmark.org/0.31.2/#code-spans (read 2026-11-26)
enum Markdown {
  /// `text` in a code span, controls and what does not show itself escaped; its fence is longer than any run of backticks in it.
  static func code(_ text: String) -> String {
    let shown = Escaping.terminal(text)
    let tick = UInt8(ascii: "`")
    var (longest, run) = (0, 0)
    for byte in shown.utf8 {
      run = byte == tick ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // One space on each side is taken away again; without it a backtick, or nothing, could not stand there.
    let needsSpace =
      shown.isEmpty || [tick, UInt8(ascii: " ")].contains { shown.utf8.first == $0 || shown.utf8.last == $0 }
    let padding = needsSpace ? " " : ""
    return fence + padding + shown + padding + fence
  }
}
