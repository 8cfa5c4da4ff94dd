// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct GoModEditTests {
  private static let pin = Pin(ecosystem: Ecosystem("Go"), name: "host.example/a/tool", bad: ["v1.2.3"], safe: "v1.2.4")

  private func edited(_ text: String) throws -> String {
    let bytes = Array(text.utf8)
    return String(decoding: try #require(GoModEdit.edits(bytes, [Self.pin]).applied(to: bytes)), as: UTF8.self)
  }

  @Test func `requirements move, on one line and in a block, and nothing else does`() throws {
    let text = """
      module host.example/app

      require host.example/a/tool v1.2.3 // indirect
      require (
      \thost.example/a/tool v1.2.3
      \thost.example/a/tool/v2 v1.2.3
      \t// host.example/a/tool v1.2.3
      )
      exclude host.example/a/tool v1.2.3
      replace host.example/a/tool v1.2.3 => ../tool

      """
    let expected = text.replacing("require host.example/a/tool v1.2.3", with: "require host.example/a/tool v1.2.4")
      .replacing("\n\thost.example/a/tool v1.2.3\n", with: "\n\thost.example/a/tool v1.2.4\n")
    #expect(try edited(text) == expected)
  }

  @Test func `sums are replaced where both are known`() throws {
    let old =
      "a.example/x v1.0.0 h1:xx=\nhost.example/a/tool v1.2.3 h1:bad=\nhost.example/a/tool v1.2.3/go.mod h1:bad2=\nz.example/y v1.0.0 h1:yy=\n"
    let new = old.replacing("v1.2.3 h1:bad=", with: "v1.2.4 h1:good=").replacing(
      "v1.2.3/go.mod h1:bad2=", with: "v1.2.4/go.mod h1:good2=")
    let bytes = Array(old.utf8)
    #expect(throws: EditDoubt(.digestsNotKnown, ["host.example/a/tool@v1.2.4"])) {
      try GoModEdit.sumEdits(bytes, [Self.pin], known: KnownEntries())
    }
    var known = KnownEntries()
    GoModEdit.harvest(Array("host.example/a/tool v1.2.4/go.mod h1:good2=\n".utf8), [Self.pin], into: &known)
    #expect(throws: EditDoubt.self) { try GoModEdit.sumEdits(bytes, [Self.pin], known: known) }
    GoModEdit.harvest(Array(new.utf8), [Self.pin], into: &known)
    let edits = try GoModEdit.sumEdits(bytes, [Self.pin], known: known)
    #expect(edits.applied(to: bytes) == Array(new.utf8))
  }
}
