// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct CargoManifestEditTests {
  private static let pin = Pin(ecosystem: Ecosystem("crates.io"), name: "my-tool", bad: ["1.2.3"], safe: "1.2.2")

  private func edited(_ text: String) throws -> String {
    let bytes = Array(text.utf8)
    return String(decoding: try #require(CargoManifestEdit.edits(bytes, [Self.pin]).applied(to: bytes)), as: UTF8.self)
  }

  @Test func `whatever takes the bad version becomes exact`() throws {
    let text = """
      [dependencies]
      my-tool = "1.2"  # why
      other = "1.2.3"
      [dev-dependencies.my_tool]
      version = '=1.2.3'
      features = ["x"]
      [target.'cfg(unix)'.dependencies]
      alias = { package = "my-tool", version = "^1" }
      [workspace.dependencies]
      my-tool = { version = "1.2.3", default-features = false }

      """
    let expected = text.replacing("\"1.2\"", with: "\"=1.2.2\"").replacing("'=1.2.3'", with: "'=1.2.2'")
      .replacing("\"^1\"", with: "\"=1.2.2\"").replacing("version = \"1.2.3\"", with: "version = \"=1.2.2\"")
    #expect(try edited(text) == expected)
    #expect(try edited(expected) == expected)
  }

  @Test(arguments: [
    "[dependencies]\nmy-tool = \"2\"\n", "[dependencies]\nmy-tools = \"1\"\n",
    "[dependencies]\nmy-tool = { path = \"x\", version = \"1\" }\n",
    "[dependencies]\nmy-tool = { git = \"https://host.example/x\", version = \"1\" }\n",
    "[package.metadata.dependencies]\nmy-tool = \"1\"\n",
    "[dependencies]\nmy-tool = { package = \"other\", version = \"1\" }\n",
  ])
  func `what is something else stays`(text: String) throws { #expect(try edited(text) == text) }
}
