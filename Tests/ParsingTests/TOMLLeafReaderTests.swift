// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@Suite struct TOMLLeafReaderTests {
  /// Each value as `line path kind`, the path with slashes.
  private func leaves(_ text: String, skipping: String? = nil) throws -> [String] {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      var reader = TOMLLeafReader(bytes)
      var leaves: [String] = []
      while let leaf = try reader.next() {
        let path = reader.path.joined(separator: "/")
        leaves.append("\(reader.line()) \(path) \(Self.name(of: leaf))")
        if path == skipping { try reader.skipRest() }
      }
      return leaves
    }
  }

  private static func name(of leaf: TOMLLeafReader.Leaf) -> String {
    switch leaf {
    case .table: "{}"
    case .element: "+"
    case .array: "[]"
    case .string(let text): "'\(text.string)'"
    case .bool(let value): "\(value)"
    case .word(let word): word
    }
  }

  @Test func `every value comes with the whole path to it`() throws {
    let text = "v = 1\n[[a]]\nn = 'x'\nb.c = true\n[a.d]\ne = 1979-05-27\n[[a]]\n[f.g]\n"
    #expect(
      try leaves(text) == [
        "1 v 1", "2 a +", "3 a/n 'x'", "4 a/b/c true", "5 a/d {}", "6 a/d/e 1979-05-27", "7 a +", "8 f/g {}",
      ])
  }

  @Test func `an inline table holds what a table holds`() throws {
    let text = "a = [{n = 'x', b.c = true, d = {e = 1}},\n {}]\nf = ['y', [2]]\ng = 3\n"
    #expect(
      try leaves(text) == [
        "1 a []", "1 a +", "1 a/n 'x'", "1 a/b/c true", "1 a/d {}", "1 a/d/e 1", "2 a +", "3 f []", "3 f 'y'", "3 f []",
        "3 f 2",
        "4 g 3",
      ])
  }

  @Test func `what is passed over ends where it ends`() throws {
    let text = "[[a]]\nb = [{c = [1]}, {d = {e = 2}}]\nf = {g = [{h = 1}]}\ni = 'x'\n"
    #expect(
      try leaves(text, skipping: "a/b") == [
        "1 a +", "2 a/b []", "3 a/f {}", "3 a/f/g []", "3 a/f/g +", "3 a/f/g/h 1", "4 a/i 'x'",
      ])
    #expect(try leaves(text, skipping: "a/f").suffix(2) == ["3 a/f {}", "4 a/i 'x'"])
  }

  @Test(arguments: ["a = [{b = 1", "a = [", "a = {b = [1, 2"])
  func `an unexpected end is told`(text: String) {
    let error = #expect(throws: ParseError.self) { try leaves(text) }
    #expect(error?.code == .unexpectedEnd)
  }
}
