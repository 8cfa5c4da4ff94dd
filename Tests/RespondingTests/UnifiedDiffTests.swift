// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct UnifiedDiffTests {
  private func diff(_ old: String, _ edits: [(String, String)], path: String = "a.txt") -> String {
    let bytes = Array(old.utf8)
    let changes = edits.compactMap { from, to -> ByteEdit? in
      guard let range = old.firstRange(of: from) else { return nil }
      let start = old.utf8.distance(from: old.startIndex, to: range.lowerBound)
      return ByteEdit(start..<start + from.utf8.count, to)
    }
    #expect(changes.count == edits.count)
    return String(decoding: UnifiedDiff.text(path: path, old: bytes, edits: changes), as: UTF8.self)
  }

  @Test func `a changed line stands between three lines of context`() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    #expect(
      diff(old, [("line 5", "LINE 5")]) == """
        --- a/a.txt
        +++ b/a.txt
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +LINE 5
         line 6
         line 7
         line 8

        """)
  }

  @Test func `changes more than six lines apart are two hunks, and nearer ones one`() {
    let old = (10...30).map { "line \($0)\n" }.joined()
    let far = diff(old, [("line 12", "x"), ("line 20", "y")])
    #expect(far.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -1,6 +1,6 @@", "@@ -8,7 +8,7 @@"])
    let near = diff(old, [("line 12", "x"), ("line 19", "y")])
    #expect(near.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -1,13 +1,13 @@"])
  }

  @Test func `lines that come and go shift what follows`() {
    let old = "a\nb\nc\n"
    #expect(diff(old, [("b\n", "")]) == "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,2 @@\n a\n-b\n c\n")
    #expect(diff(old, [("b\n", "b\nx\ny\n")]) == "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,5 @@\n a\n b\n+x\n+y\n c\n")
  }

  @Test func `a missing end of the last line is told`() {
    #expect(
      diff("a\nb", [("b", "c")])
        == "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    #expect(
      diff("a\nb", [("b", "b\n")])
        == "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n")
  }

  @Test func `line ends of two characters stay, and a path with a blank ends with a tab`() {
    #expect(
      diff("a\r\nb\r\n", [("b", "c")], path: "x y.txt")
        == "--- a/x y.txt\t\n+++ b/x y.txt\t\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n")
  }

  @Test func `an empty file gains lines, and a file loses all`() {
    let gained = UnifiedDiff.text(path: "f", old: [], edits: [ByteEdit(0..<0, "x\n")])
    #expect(String(decoding: gained, as: UTF8.self) == "--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+x\n")
    #expect(diff("x\n", [("x\n", "")]) == "--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +0,0 @@\n-x\n")
  }

  @Test func `nothing that changes is no diff`() {
    #expect(diff("a\n", []).isEmpty)
    #expect(diff("a\n", [("a", "a")]).isEmpty)
  }

  @Test func `edits that overlap or lie outside are none`() {
    #expect([ByteEdit(0..<2, "x"), ByteEdit(1..<3, "y")].applied(to: Array("abc".utf8)) == nil)
    #expect([ByteEdit(2..<9, "x")].applied(to: Array("abc".utf8)) == nil)
    #expect([ByteEdit(1..<1, "x"), ByteEdit(0..<1, "")].applied(to: Array("abc".utf8)) == Array("xbc".utf8))
  }
}
