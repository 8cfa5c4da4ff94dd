// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct PyProjectEditTests {
  private static let pin = Pin(ecosystem: .pypi, name: "my-tool", bad: ["1.2.3"], safe: "1.2.2")

  private func edited(_ text: String, name: String = "pyproject.toml") throws -> String {
    let bytes = Array(text.utf8)
    let new = try #require(PyProjectEdit(bytes).edits([Self.pin]).applied(to: bytes))
    #expect(FixCheck.isRight(path: "/p/" + name, old: bytes, new: new, [Self.pin]))
    return String(decoding: new, as: UTF8.self)
  }

  @Test func `pins of the standard's tables, of groups and of tools are replaced`() throws {
    let text = """
      # my-tool==1.2.3
      [build-system]
      requires = ["my-tool==1.2.3"]
      [project]
      dependencies = [
        "a==1",
        'my_tool[x]==1.2.3; python_version > "3"',  # why
        "my-tool-more==1.2.3",
      ]
      [project.optional-dependencies]
      web = ["my-tool == 1.2.3"]
      [dependency-groups]
      dev = ["my-tool===1.2.3", {include-group = "x"}]
      [tool.uv]
      constraint-dependencies = ["my-tool==1.2.3"]
      [tool.other]
      dependencies = ["my-tool==1.2.3"]

      """
    let other = "[tool.other]\ndependencies = [\"my-tool==1.2.3\"]\n"
    let expected =
      text.replacing(other, with: "").replacing("1.2.3", with: "1.2.2").replacing(
        "# my-tool==1.2.2", with: "# my-tool==1.2.3"
      )
      .replacing("my-tool-more==1.2.2", with: "my-tool-more==1.2.3") + other
    let result = try edited(text)
    #expect(result == expected)
    #expect(try edited(result) == result)
  }

  @Test func `exact versions of Poetry are replaced, and ranges stay`() throws {
    let text = """
      [tool.poetry.dependencies]
      my-tool = "1.2.3"
      b = "^1.2.3"
      [tool.poetry.group.dev.dependencies]
      My_Tool = {version = "==1.2.3", extras = ["x"]}
      [tool.poetry.group.more.dependencies]
      my-tool = "^1.2.3"

      """
    #expect(
      try edited(text)
        == text.replacing("my-tool = \"1.2.3\"", with: "my-tool = \"1.2.2\"").replacing(
          "\"==1.2.3\"", with: "\"==1.2.2\""))
  }

  @Test func `a Pipfile's pins are replaced`() throws {
    let text =
      "[packages]\r\nmy-tool = \"==1.2.3\"\r\n[dev-packages]\r\nmy-tool = {version = \"==1.2.3\"}\r\nother = \"==1.2.3\"\r\n"
    #expect(
      try edited(text, name: "Pipfile")
        == "[packages]\r\nmy-tool = \"==1.2.2\"\r\n[dev-packages]\r\nmy-tool = {version = \"==1.2.2\"}\r\nother = \"==1.2.3\"\r\n"
    )
  }

  @Test func `a broken file is refused`() {
    #expect { try PyProjectEdit(Array("[project\n".utf8)) } throws: { ($0 as? EditDoubt)?.code == .malformed }
  }

  @Test(arguments: [
    ("[project]\ndependencies = [\"my-tool>=1.2\"]\n", true),
    ("[project]\ndependencies = [\"my-tool>=1.2.3\"]\n", false),
    ("[project]\ndependencies = [\"my-tool[x]<2; python_version > '3'\"]\n", true),
    ("[tool.poetry.dependencies]\nmy-tool = \"^1.2\"\n", false),
    ("[tool.poetry.dependencies]\nother = \"^1.2\"\n", true),
  ])
  func `whether the project takes the safe version`(text: String, answer: Bool) throws {
    #expect(try PyProjectEdit(Array(text.utf8)).takes(Self.pin) == answer)
  }
}
