// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

@Suite struct YarnStateTests {
  @Test func `several instances of one package are several sightings`() throws {
    let text =
      metadata + project
        + """
        "debug@virtual:01#npm:4.4.1": {locations: [node_modules/debug, node_modules/a/node_modules/debug]}
        "debug@virtual:02#npm:4.4.1": {locations: [node_modules/b/node_modules/debug]}
        "a@npm:1.0.0": {locations: [node_modules/a]}
        "b@npm:1.0.0": {locations: [node_modules/b]}

        """
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.title) == ["debug@4.4.1", "debug@4.4.1", "a@1.0.0", "b@1.0.0"])
    #expect(extraction.packages.allSatisfy { $0.kind == .installed && $0.confidence == .exact })
    #expect(extraction.problems.isEmpty)
  }

  @Test(arguments: [
    ("node_modules/a/node_modules/b", true), ("node_modules/@s/a/node_modules/b", true),
    ("packages/web/node_modules/a/node_modules/b", true), ("node_modules/b", false),
    ("packages/web/node_modules/b", false),
  ])
  func `the package around a location must be there`(location: String, hasOuter: Bool) throws {
    let text = metadata + project + "\"b@npm:1.0.0\": {locations: [\(location)]}\n"
    #expect(try extract(text).problems.map(\.reason) == (hasOuter ? [.truncated] : []))
  }

  @Test func `a file without the project, without locations or without its last line break was cut off`() throws {
    let entry = "\"a@npm:1.0.0\": {locations: [node_modules/a]}\n"
    #expect(try extract(metadata + project + entry).problems.isEmpty)
    #expect(try extract(metadata + entry).problems.map(\.reason) == [.truncated])
    #expect(try extract(metadata).problems.map(\.reason) == [.truncated])
    #expect(try extract(metadata + project + entry.dropLast()).problems.map(\.reason) == [.truncated])
    for places in ["{}", "{locations: []}", "{locations: 1}"] {
      #expect(try extract(metadata + project + "\"a@npm:1.0.0\": \(places)\n").problems.map(\.reason) == [.truncated])
    }
  }

  @Test func `only the project's own entry makes a file rightly empty`() throws {
    #expect(try extract(metadata + project).isRightlyEmpty)
    for text in [metadata, project, "{}\n", "[]\n", "a: 1\n"] { #expect(try !extract(text).isRightlyEmpty) }
  }

  @Test func `an entry in which the grammar breaks is kept`() throws {
    var extraction = Extraction()
    #expect(throws: ParseError.self) {
      try extract(metadata + "\"node-ipc@npm:9.2.3\":\n  locations: [\n", into: &extraction)
    }
    #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
  }

  @Test func `a second document and too many entries are told`() throws {
    #expect(try extract(metadata + project + "---\na: 1\n").problems.map(\.reason) == [.entryNotUnderstood])
    let entries = (1...3).map { "\"a@npm:\($0).0.0\": {locations: [node_modules/a\($0)]}\n" }.joined()
    #expect(try extract(metadata + project + entries, limit: 2).problems.map(\.reason) == [.tooMany])
    #expect(try extract(metadata + project + entries, limit: 3).problems.isEmpty)
  }

  // MARK: Tools

  private let metadata = "__metadata:\n  version: 1\n  nmMode: classic\n\n"
  private let project = "\"project@workspace:.\": {locations: [\"\"]}\n"

  private func extract(_ text: String, limit: Int = 1000) throws -> Extraction {
    var extraction = Extraction()
    try extract(text, limit: limit, into: &extraction)
    return extraction
  }

  private func extract(_ text: String, limit: Int = 1000, into extraction: inout Extraction) throws {
    var limits = Limits()
    limits.entriesPerFile = limit
    var text = text
    try text.withUTF8 { bytes in
      let place = FilePlace(path: "/project/node_modules/.yarn-state.yml")
      try YarnState.extract(SourceFile(text: bytes, place: place, limits: limits), into: &extraction)
    }
  }
}
