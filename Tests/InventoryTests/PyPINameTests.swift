// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

/// - Source: https://packaging.python.org/en/latest/specifications/name-normalization/ (read 2026-11-25)
@Suite struct PyPINameTests {
  @Test(arguments: [
    // The specification's own examples.
    ("friendly-bard", "friendly-bard"), ("Friendly-Bard", "friendly-bard"), ("FRIENDLY-BARD", "friendly-bard"),
    ("friendly.bard", "friendly-bard"), ("friendly_bard", "friendly-bard"), ("friendly--bard", "friendly-bard"),
    ("FrIeNdLy-._.-bArD", "friendly-bard"),
    // What is no valid name stays recognisable.
    ("", ""), ("-", "-"), ("_a_", "-a-"), ("a__", "a-"), ("É_a", "É-a"), ("a b", "a b"), ("@A/B", "@a/b"),
    ("[{Z}]", "[{z}]"),
  ])
  func `small letters, and one hyphen for a run of separators`(name: String, normal: String) {
    #expect(PyPIName.normalised(name) == normal)
    #expect(Ecosystem.pypi.matchingName(name) == normal)
  }

  @Test(arguments: ["friendly-bards", "friendlybard", "friendly-bard-", "friend1y-bard"])
  func `another name stays another one`(name: String) {
    #expect(PyPIName.normalised(name) != "friendly-bard")
  }

  @Test func `letters of an extension's name may be capital or small`() {
    #expect(Ecosystem.vscode.matchingName("GitHub.Copilot_Chat") == "github.copilot_chat")
  }

  @Test(arguments: [Ecosystem.npm, .conda, Ecosystem("PyPi")])
  func `names of other ecosystems have one spelling`(ecosystem: Ecosystem) {
    #expect(ecosystem.matchingName("Django_Foo.Bar") == "Django_Foo.Bar")
  }

  @Test func `a normal form is its own, and holds no capital and no run`() {
    var random = SeededGenerator(seed: 7)
    let letters = Array("aZ09-_.é ")
    for _ in 0..<2_000 {
      let name = String(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random)! })
      let normal = PyPIName.normalised(name)
      #expect(PyPIName.normalised(normal) == normal)
      #expect(!normal.contains { "Z_.".contains($0) } && !normal.contains("--"), "\(name)")
      #expect(normal.replacing("-", with: "") == name.lowercased().filter { !"-_.".contains($0) })
    }
  }
}
