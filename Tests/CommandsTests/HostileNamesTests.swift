// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names are chosen by whoever made the tree: none of them may speak to the terminal.
@Suite struct HostileNamesTests {
  static let names: [String] = [
    "\u{1B}[2J\u{1B}[1;32mCLEAN", "\u{1B}]0;title\u{7}", "a\nCLEAN: nothing bad was found", "a\rCLEAN",
    "\u{8}\u{8}back", "\u{7F}", "\u{9B}31m", "\u{202E}nosj.kcol", "\u{2066}isolate\u{2069}",
    "\u{200B}zero\u{FEFF}width", "\u{2028}line", "tab\tbed", "\u{E0041}tag",
  ]

  /// One tree in which every kind of place bears a hostile name: of a finding, of a problem, of a link that was left out.
  private func tree(_ name: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.addBad("tree/\(name)/a")
    try folder.addTruncated("tree/\(name)/b")
    try folder.link("tree/\(name)/\(name)", to: "/")
    try folder.write(
      #"{"lockfileVersion":3,"packages":{"":{},"node_modules/x":{"version":\#(Self.quoted("1.0.0-" + name))}}}"#,
      to: "tree/c/package-lock.json")
    return folder
  }

  private static func quoted(_ text: String) -> String {
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"\(units.joined())\""
  }

  /// What none of our answers may hold as it is: controls but the line feed, and what turns text round or hides.
  private func isHarmless(_ bytes: [UInt8], tabs: Bool = false) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" || (tabs && scalar == "\t") { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return false
      default: return true
      }
    }
  }

  @Test(arguments: names)
  func `no hostile name reaches the terminal as it is`(name: String) throws {
    let folder = try tree(name)
    let commands: [(words: [String], status: Int32)] = [
      (["scan", "tree"], 1), (["scan", "tree", "--verbose", "--ascii"], 1), (["scan", "tree/\(name)"], 1),
      (["scan", name], 64), (["scan", "--output", "\(name)/x"], 64), (["scan", "tree", "--\(name)"], 64),
      (["scan", "--format", name], 64), (["find", "x", "tree"], 2), (["find", name, "tree"], 2),
      (["find", "node-ipc@\(name)", "tree"], 64),
    ]
    for (command, status) in commands {
      let outcome = try run(command, in: folder)
      #expect(outcome.status == status, "\(command)")
      #expect(isHarmless(outcome.output), "\(command)")
      #expect(isHarmless(outcome.error), "\(command)")
    }
    let inventory = try run("inventory", "tree", in: folder)
    #expect(isHarmless(inventory.output, tabs: true))
    #expect(isHarmless(inventory.error))
    #expect(inventory.output.starts(with: Array("pkg:npm/".utf8)))
    // Three fields a line, whatever the name.
    for line in inventory.output.split(separator: UInt8(ascii: "\n")) {
      #expect(line.count { $0 == UInt8(ascii: "\t") } == 2)
    }
  }

  @Test(arguments: names)
  func `JSON carries a hostile name whole and escaped`(name: String) throws {
    let folder = try tree(name)
    for command in [["scan", "tree", "--format", "json"], ["find", "node-ipc", "tree", "--format", "json"]] {
      let outcome = try run(command, in: folder)
      #expect(outcome.status == 1)
      #expect(isHarmless(outcome.output))
      let packages = try #require(try outcome.json()["packages"] as? [[String: Any]])
      let bad = try #require(packages.first { $0["purl"] as? String == "pkg:npm/node-ipc@9.1.6" })
      let sightings = try #require(bad["sightings"] as? [[String: Any]])
      #expect(sightings.map { $0["path"] as? String } == ["tree/\(name)/a/node_modules/node-ipc/package.json"])
    }
    let inventory = try run("inventory", "tree", "--format", "ndjson", in: folder)
    #expect(isHarmless(inventory.output))
    for line in inventory.output.split(separator: UInt8(ascii: "\n")) {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line)) }
    }
  }

  #if os(Linux)
    @Test func `a name that is no UTF-8 is shown byte by byte, and what lies in it is found`() throws {
      let folder = try TemporaryFolder()
      try folder.addBad("tree/placeholder")
      let name = Array("\(folder.path)/tree/".utf8) + [0xFF, 0xC3, UInt8(ascii: "("), 0]
      #expect(rename(folder.path("tree/placeholder"), name.map { CChar(bitPattern: $0) }) == 0)
      let outcome = try run("find", "node-ipc", "tree", in: folder)
      #expect(outcome.status == 1)
      #expect(isHarmless(outcome.output))
      #expect(outcome.transcript.contains(#"tree/\xFF\xC3(/node_modules/node-ipc/package.json"#))
    }
  #endif
}
