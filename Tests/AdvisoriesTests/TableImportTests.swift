// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing

@Suite struct TableImportTests {
  @Test func `a table of names and versions is read as DataDog writes it`() throws {
    let file = try importing(
      """
      package_name,package_versions,vendors
      @scope/cheese,"0.0.7, 0.0.8","one, two"
      02-cheese,0.0.7,"one"
      @scope/cheese,0.0.9,three
      """, ecosystem: .npm)
    #expect(file.format == .table)
    #expect(file.problems.isEmpty)
    #expect(summaries(file) == ["npm @scope/cheese: 0.0.7 0.0.8 0.0.9", "npm 02-cheese: 0.0.7"])
    #expect(file.records.map(\.id) == ["private/list/npm/@scope/cheese", "private/list/npm/02-cheese"])
    #expect(file.records.allSatisfy { $0.remarks.isMalicious })
  }

  @Test(arguments: [
    "ecosystem,package,version\nnpm,cheese,1.0.0\nnpm,cheese,1.0.1\nPyPI,cheese,2.0\n",
    "version\tecosystem\tpackage\n1.0.0\tnpm\tcheese\n1.0.1\tnpm\tcheese\n2.0\tpypi\tcheese\n",
    "# a comment\n\nArtifact Type,Name,Affected Versions\r\nnpm package,cheese,\"1.0.0, 1.0.1\"\r\npypi package,cheese,2.0\r\n",
    "\u{FEFF}\"name\",\"versions\",\"registry\"\n\"cheese\",\"= 1.0.0 || = 1.0.1\",\"npm\"\n,,\n\"cheese\",\"2.0\",\"PyPI\"",
  ])
  func `columns are told by their names`(text: String) throws {
    let file = try importing(text)
    #expect(file.format == .table)
    #expect(summaries(file.problems) == [])
    #expect(summaries(file) == ["npm cheese: 1.0.0 1.0.1", "PyPI cheese: 2.0"])
  }

  @Test func `the table's own ecosystem counts before the given one`() throws {
    let file = try importing("ecosystem,package,version\nPyPI,cheese,1.0\n,cheese,2.0\n", ecosystem: .npm)
    #expect(summaries(file) == ["PyPI cheese: 1.0", "npm cheese: 2.0"])
  }

  @Test(arguments: [
    ("github action", "GitHub Actions"), ("openvsx extension", "VSCode"), ("docker image", "Docker"),
    ("crates.io", "crates.io"), ("composer", "Packagist"), ("RubyGems", "RubyGems"), ("Go", "Go"), (" NPM ", "npm"),
  ])
  func `vendors' words for ecosystems are known`(word: String, ecosystem: String) throws {
    let file = try importing("ecosystem,package,version\n\(word),a.cheese,1.0\n")
    #expect(summaries(file) == ["\(ecosystem) a.cheese: 1.0"])
  }

  @Test func `bad rows are told with their line, and the others are taken`() throws {
    let file = try importing(
      """
      artifact_type,name,affected_versions
      npm package,good,1.0.0
      github action,org/action,0.2.0 to 0.2.6
      github action,org/other,All tags not starting with v except 0.35.0
      browser,cheese,1.0.0
      npm package,cheese
      npm package,,1.0.0
      npm package,cheese,
      npm package,"two
      lines",1.0.0
      npm package,"quoted"text,1.0.0
      npm package,cheese,"1.0.0, *"
      ,cheese,1.0.0
      npm package,"open,1.0.0
      npm package,last,1.0.0
      """)
    #expect(summaries(file) == ["npm good: 1.0.0", "npm last: 1.0.0"])
    #expect(
      summaries(file.problems) == [
        "3 not-a-version 0.2.0 to 0.2.6", "4 not-a-version All tags not starting with v except 0.35.0",
        "5 unknown-ecosystem browser", "6 missing-field npm package,cheese", "7 no-name ", "8 no-version cheese",
        "9 invalid-name two\nlines", "11 invalid-quote npm package", "12 not-only-all 1.0.0, *", "13 no-ecosystem ",
        "14 invalid-quote npm package",
      ])
  }

  @Test func `a quotation holds commas, quotes and line ends`() throws {
    let file = try importing("name,notes,version\ncheese,\"a \"\"b\"\",\n c\",1.0.0\nnext,,2.0.0\n", ecosystem: .npm)
    #expect(summaries(file.problems) == [])
    #expect(summaries(file) == ["npm cheese: 1.0.0", "npm next: 2.0.0"])
  }
}
