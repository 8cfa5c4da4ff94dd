// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing
import Versions

@Suite struct ListImportTests {
  @Test func `lines of name and version become one record for each package`() throws {
    let file = try importing(
      """
      # Campaign of 2099
      left-cheese@1.0.0
      @scope/cheese@2.0.0-rc.1   # seen twice
      \tleft-cheese@1.0.1\r

      left-cheese@1.0.0
      all-bad@*
      """, name: "our list.txt", ecosystem: .npm)
    #expect(file.format == .list)
    #expect(
      summaries(file) == ["npm left-cheese: 1.0.0 1.0.1", "npm @scope/cheese: 2.0.0-rc.1", "npm all-bad: *"])
    #expect(
      file.records.map(\.id) == [
        "private/our-list.txt/npm/left-cheese", "private/our-list.txt/npm/@scope/cheese",
        "private/our-list.txt/npm/all-bad",
      ])
    #expect(file.records.allSatisfy { $0.modified == "2099-01-01T00:00:00Z" && $0.remarks.isMalicious })
    #expect(file.problems.isEmpty)
    let entry = try #require(file.records.first?.affected.first)
    #expect(entry.evaluate("1.0.1") == .yes)
    #expect(entry.evaluate("1.0.2") == .no)
    #expect(file.records[2].affected[0].evaluate("99.0.0") == .yes)
  }

  @Test func `purls say their ecosystem themselves`() throws {
    let file = try importing(
      """
      pkg:npm/%40scope/cheese@1.0.0
      PKG:pypi/Left_Cheese@1.0
      pkg:golang/example.example/Left/Cheese@v1.2.3#sub/path
      pkg:maven/org.example/cheese@1.0
      pkg:cargo/cheese@%2A
      pkg:deb/debian/cheese@5.6.0-1?distro=debian-13
      """)
    #expect(file.problems.isEmpty)
    #expect(
      summaries(file).filter { !$0.hasPrefix("Go example.example/Left/Cheese/") } == [
        "npm @scope/cheese: 1.0.0", "PyPI left-cheese: 1.0", "Go example.example/Left/Cheese: v1.2.3",
        "Maven org.example:cheese: 1.0", "crates.io cheese: *", "Debian:13 cheese: 5.6.0-1",
      ])
  }

  @Test func `the same package in two spellings is one record`() throws {
    let file = try importing("Left_Cheese@1.0\nleft-cheese@1.1\n", ecosystem: .pypi)
    #expect(file.records.map(\.id) == ["private/list/PyPI/left-cheese"])
    #expect(Set(file.records[0].affected.flatMap(\.versions)) == ["1.0", "1.1"])
  }

  @Test func `bad lines are told with their number, and the others are taken`() throws {
    let file = try importing(
      """
      good@1.0.0
      bare-name
      @scope/bare
      spaced name@1.0.0
      range@^1.0.0
      several@1.0.0,1.0.1
      words@1.0.0 to 1.2.0
      empty@
      @
      stars@1.*
      pkg:npm/no-version
      pkg:npm
      pkg:nosuchtype/cheese@1.0
      control\u{7}@1.0
      """.replacing("\u{7}", with: "\u{7F}"), ecosystem: .npm)
    #expect(summaries(file) == ["npm good: 1.0.0"])
    #expect(
      summaries(file.problems) == [
        "2 no-version bare-name", "3 no-version @scope/bare", "4 invalid-name spaced name@1.0.0",
        "5 not-a-version range@^1.0.0", "6 not-a-version several@1.0.0,1.0.1",
        "7 not-a-version words@1.0.0 to 1.2.0", "8 no-version empty@", "9 no-version @", "10 not-a-version stars@1.*",
        "11 no-version pkg:npm/no-version", "12 invalid-purl pkg:npm", "13 unknown-ecosystem pkg:nosuchtype/cheese@1.0",
        "14 invalid-name control\u{7F}@1.0",
      ])
  }

  @Test func `without an ecosystem only purls are taken`() throws {
    let file = try importing("cheese@1.0.0\npkg:npm/cheese@1.0.0\n")
    #expect(summaries(file) == ["npm cheese: 1.0.0"])
    #expect(summaries(file.problems) == ["1 no-ecosystem cheese@1.0.0"])
  }

  @Test(arguments: [
    ("", "list"), (".", "list"), ("..", "list"), ("../../etc/passwd", "..-..-etc-passwd"), ("a\u{1B}[2J", "a--2J"),
    ("käse", "k--se"), (String(repeating: "x", count: 200), String(repeating: "x", count: 64)),
  ])
  func `no name of a file gets more into an id than letters, digits and hyphens`(name: String, label: String) throws {
    let file = try importing("cheese@1.0.0", name: name, ecosystem: .npm)
    #expect(file.records.map(\.id) == ["private/\(label)/npm/cheese"])
  }

  @Test func `an extension of an editor needs its publisher`() throws {
    let file = try importing("publisher.cheese@1.0.0\ncheese@1.0.0\n", ecosystem: .vscode)
    #expect(summaries(file) == ["VSCode publisher.cheese: 1.0.0"])
    #expect(summaries(file.problems) == ["2 invalid-name cheese@1.0.0"])
  }

  @Test func `a list may be declared not to be about malware`() throws {
    let file = try importing(
      Array("cheese@1.0.0".utf8), ImportOptions(name: "banned", ecosystem: .npm, isMalicious: false))
    #expect(file.records.map(\.remarks.isMalicious) == [false])
  }
}
