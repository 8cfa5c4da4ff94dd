// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import TestSupport
import Testing

@Suite struct ImportsTests {
  private static let samples: [String] = [
    "left-cheese@1.0.0\npkg:pypi/cheese@1.0 # both\n@scope/a@*\n",
    "ecosystem,package,version\nnpm,cheese,\"1.0.0, 1.0.1\"\nPyPI,\"ch\"\"eese\",2.0\n",
    #"{"schema_version": "0.2.0", "entries": [{"id": "e", "ecosystem": "npm", "package": "a", "versions": ["*"]}]}"#,
    #"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "I", "author": "A", "timestamp": "T", "version": 1,"#
      + #" "statements": [{"vulnerability": {"name": "V"}, "products": [{"@id": "pkg:npm/a@1"}], "status": "fixed"}]}"#,
    #"{"id": "OURS-1", "modified": "2099-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "npm", "name": "a"},"#
      + #" "versions": ["1.0.0"]}]}"#,
  ]

  @Test func `the format of a file is told by what stands in it`() throws {
    let formats = try Self.samples.map { try importing($0, ecosystem: .npm).format }
    #expect(formats == [.list, .table, .bumblebee, .openVEX, .osv])
    #expect(Set(formats) == Set(ImportFormat.allCases))
  }

  @Test func `one record of OSV's schema is taken as it is`() throws {
    let file = try importing(Self.samples[4])
    #expect(file.records.map(\.id) == ["OURS-1"])
    #expect(summaries(file) == ["npm a: 1.0.0"])
  }

  @Test(arguments: [0, 1])
  func `a file in UTF-16 with a mark is read like one in UTF-8`(index: Int) throws {
    let text = Self.samples[index]
    let wide: [UInt8] =
      [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let options = ImportOptions(name: "list", ecosystem: .npm, modified: "2099-01-01T00:00:00Z")
    #expect(summaries(try importing(wide, options)) == summaries(try importing(text, ecosystem: .npm)))
  }

  @Test(arguments: [
    ("", ImportError.Code.empty, ImportFormat?.none), (" \r\n\t\n", .empty, nil),
    ("# nothing\n\n# at all\n", .empty, nil),
    ("<!DOCTYPE html>\n<p>a@1</p>", .unknownFormat, nil), (#"["a@1"]"#, .unknownFormat, nil),
    ("{}", .unknownFormat, nil),
    (#"{"schema_version": "0.2.0"}"#, .unknownFormat, nil), (#"{"entries": []}"#, .unknownFormat, nil),
    (#"{"@context": "https://schema.example", "statements": []}"#, .unknownFormat, nil),
    (#"{"@context": 7, "statements": []}"#, .unknownFormat, nil), (#"{"bomFormat": "CycloneDX"}"#, .unknownFormat, nil),
    ("Dear reader,\nthis is a letter.\n", .unknownFormat, nil), ("PK\u{3}\u{4}", .unknownFormat, nil),
    ("a@1\u{0}", .unknownFormat, nil), (#"{"schema_version": "0.2.0", "entries": [}"#, .invalidJSON, nil),
    (#"{"schema_version": "0.2.0", "entries": 7}"#, .invalidJSON, .bumblebee),
    (#"{"schema_version": "0.2.0", "entries": []} x"#, .invalidJSON, nil),
    (#"{"@context": "https://openvex.dev/ns", "statements": {}}"#, .invalidJSON, .openVEX),
    (#"{"id": 7, "affected": []}"#, .invalidJSON, .osv), ("{", .invalidJSON, nil),
    (#"{"schema_version": "0.2.0", "entries": []}"#, .nothingUsable, .bumblebee),
    (#"{"@context": "https://openvex.dev/ns", "statements": []}"#, .nothingUsable, .openVEX),
    ("package,version\n", .nothingUsable, .table), ("package,version\na,^1\n", .nothingUsable, .table),
    ("left-cheese\nright-cheese\n", .nothingUsable, .list), ("pkg:npm\n", .nothingUsable, .list),
  ])
  func `a file of no format is an error, never an empty set`(
    text: String, code: ImportError.Code, format: ImportFormat?
  ) {
    let error = #expect(throws: ImportError.self) { _ = try importing(text, ecosystem: .npm) }
    #expect(error?.code == code)
    #expect(error?.format == format)
  }

  @Test func `an error about broken JSON names the line, and one about bad lines each of them`() {
    let broken = #expect(throws: ImportError.self) { _ = try importing("{\n\"id\": \"a\",\n\"affected\": [}\n") }
    #expect(broken?.line == 3)
    let bad = #expect(throws: ImportError.self) { _ = try importing("left\nright\n", ecosystem: .npm) }
    #expect(summaries(bad?.problems ?? []) == ["1 no-version left", "2 no-version right"])
    let long = #expect(throws: ImportError.self) {
      _ = try importing(String(repeating: "left\n", count: 500), ecosystem: .npm)
    }
    #expect(long?.problems.count == 100)
  }

  @Test(arguments: [
    String(repeating: "a@1\n", count: 11), "package,version\n" + String(repeating: "a,1\n", count: 11),
    "package,version\na,\"" + String(repeating: "1,", count: 11) + "1\"\n",
  ])
  func `more than the limit is an error`(text: String) throws {
    let error = #expect(throws: ImportError.self) { _ = try importing(text, ecosystem: .npm, limit: 10) }
    #expect(error?.code == .tooMany)
    #expect(try importing(text, ecosystem: .npm, limit: 100).problems.isEmpty)
  }

  @Test func `text that is not well-formed is of no format`() {
    let error = #expect(throws: ImportError.self) {
      _ = try importing(Array("a@1.0.0\n".utf8) + [0xFF, 0x0A], ImportOptions(name: "x", ecosystem: .npm))
    }
    #expect(error?.code == .unknownFormat)
  }

  @Test func `a problem quotes no more than 200 bytes`() throws {
    let file = try importing("good@1\n" + String(repeating: "é", count: 5000), ecosystem: .npm)
    #expect(file.problems.map(\.text.utf8.count) == [200])
  }

  @Test(arguments: samples.indices)
  func `no cut and no change of a file traps`(index: Int) {
    let whole = Array(Self.samples[index].utf8)
    let options = ImportOptions(name: "x", ecosystem: .npm)
    var read = 0
    for length in 0...whole.count where (try? importing(Array(whole[..<length]), options)) != nil { read += 1 }
    var dice = SeededGenerator(seed: 1, name: "import \(index)")
    let odd: [UInt8] = [0, 0x0A, 0x0D, 0x22, 0x23, 0x2C, 0x40, 0x5B, 0x7B, 0x7D, 0x80, 0xC3, 0xFF]
    for _ in 0..<2000 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...3, using: &dice) {
        let place = Int.random(in: 0..<changed.count, using: &dice)
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: changed[place] = odd.randomElement(using: &dice) ?? 0
        case 1: changed.insert(odd.randomElement(using: &dice) ?? 0, at: place)
        default: if changed.count > 1 { changed.remove(at: place) }
        }
      }
      if (try? importing(changed, options)) != nil { read += 1 }
    }
    #expect(read > 0)
  }

  @Test func `long and deep files are read in time that grows with them, or refused`() throws {
    let options = ImportOptions(name: "x", ecosystem: .npm)
    let deep = String(repeating: "[", count: 100_000)
    let nested = #expect(throws: ImportError.self) { _ = try importing("{\"a\": \(deep)", ecosystem: .npm) }
    #expect(nested?.code == .invalidJSON)
    let quotes = "package,version\n" + String(repeating: "a,\"1\n", count: 100_001)
    #expect(throws: ImportError.self) { _ = try importing(Array(quotes.utf8), options, limit: 1_000_000) }
    let lines = (0..<20_000).map { "package-\($0)@1.0.0" }.joined(separator: "\n")
    #expect(try importing(Array(lines.utf8), options, limit: 1_000_000).records.count == 20_000)
  }
}
