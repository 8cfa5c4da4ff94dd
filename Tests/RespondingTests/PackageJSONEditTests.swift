// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct PackageJSONEditTests {
  private static let pin = Pin(name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")

  /// The edited text; the same where nothing is to be done.
  private func edited(
    _ text: String, _ fields: [PackageJSONEdit.OverrideField] = [], pins: [Pin] = [pin]
  ) throws -> (text: String, doubts: [EditDoubt]) {
    var edit = try PackageJSONEdit(Array(text.utf8))
    for pin in pins {
      edit.setDirect(pin)
      for field in fields { edit.setOverride(pin, in: field, isStrict: field == .overrides) }
    }
    edit.finish()
    let bytes = try #require(edit.edits.applied(to: Array(text.utf8)))
    return (String(decoding: bytes, as: UTF8.self), edit.doubts)
  }

  @Test func `every kind of dependency whose range admits the bad version becomes exact, and nothing else`() throws {
    let text = """
      {
        "name": "app",
        "dependencies": { "node-ipc": "^9.1.1", "node-ipc-extra": "^9.1.6", "left": "^9.1.6" },
        "devDependencies": {
          "node-ipc":   "9.1.6"
        },
        "optionalDependencies": {"node-ipc": "9.x"},
        "peerDependencies": {"node-ipc": ">=9"},
        "other": {"node-ipc": "9.1.6"}
      }
      """
    let expected =
      text.replacing("\"node-ipc\": \"^9.1.1\"", with: "\"node-ipc\": \"9.1.5\"")
      .replacing("\"node-ipc\":   \"9.1.6\"", with: "\"node-ipc\":   \"9.1.5\"")
      .replacing("\"9.x\"", with: "\"9.1.5\"").replacing("\">=9\"", with: "\"9.1.5\"")
    let result = try edited(text)
    #expect(result.text == expected)
    #expect(try edited(result.text).text == result.text)
  }

  @Test(arguments: [
    "^9.2.0", "9.1.5", "12.0.1", "github:someone/node-ipc", "git+ssh://git@host.example/node-ipc.git#9.1.6",
    "https://host.example/node-ipc-9.1.6.tgz", "file:../node-ipc", "workspace:*", "workspace:^9.1.6", "catalog:",
    "npm:other@9.1.6", "link:../node-ipc", "patch:node-ipc@npm%3A9.1.6#./fix.patch", "",
  ])
  func `what does not admit the bad version, or comes from elsewhere, stays`(specifier: String) throws {
    let text = "{\"dependencies\": {\"node-ipc\": \"\(specifier)\"}}"
    guard !specifier.isEmpty else { return }
    #expect(try edited(text).text == text)
  }

  @Test(arguments: [
    ("pipe", "npm:node-ipc@^9.1.1", "npm:node-ipc@9.1.5"), ("node-ipc", "npm:^9.1.1", "npm:9.1.5"),
    ("node-ipc", "latest", "9.1.5"), ("node-ipc", "*", "9.1.5"), ("node-ipc", "", "9.1.5"),
  ])
  func `aliases and tags keep their form`(key: String, old: String, new: String) throws {
    let result = try edited("{\"dependencies\": {\"\(key)\": \"\(old)\"}}")
    #expect(result.text == "{\"dependencies\": {\"\(key)\": \"\(new)\"}}")
  }

  @Test(arguments: [
    (PackageJSONEdit.OverrideField.overrides, "\"overrides\": {\n    \"node-ipc\": \"9.1.5\"\n  }"),
    (.resolutions, "\"resolutions\": {\n    \"node-ipc\": \"9.1.5\"\n  }"),
    (.pnpm, "\"pnpm\": {\n    \"overrides\": {\n      \"node-ipc\": \"9.1.5\"\n    }\n  }"),
  ])
  func `an override is added at the end`(field: PackageJSONEdit.OverrideField, added: String) throws {
    let text = "{\n  \"name\": \"app\",\n  \"dependencies\": {\n    \"shop\": \"1\"\n  }\n}\n"
    let result = try edited(text, [field])
    #expect(result.text == "{\n  \"name\": \"app\",\n  \"dependencies\": {\n    \"shop\": \"1\"\n  },\n  \(added)\n}\n")
    #expect(try edited(result.text, [field]).text == result.text)
  }

  @Test func `overrides that are there get one more, in their order, and an own one is changed in place`() throws {
    let text = "{\n\t\"overrides\": {\n\t\t\"a\": \"1\",\n\t\t\"z\": \"2\"\n\t}\n}"
    #expect(
      try edited(text, [.overrides]).text
        == "{\n\t\"overrides\": {\n\t\t\"a\": \"1\",\n\t\t\"node-ipc\": \"9.1.5\",\n\t\t\"z\": \"2\"\n\t}\n}")
    let own = "{\"overrides\": {\"node-ipc\": \"^9.1.0\"}}"
    #expect(try edited(own, [.overrides]).text == "{\"overrides\": {\"node-ipc\": \"9.1.5\"}}")
    #expect(
      try edited("{\n  \"pnpm\": {\n    \"x\": 1\n  }\n}", [.pnpm]).text
        == "{\n  \"pnpm\": {\n    \"x\": 1,\n    \"overrides\": {\n      \"node-ipc\": \"9.1.5\"\n    }\n  }\n}")
    #expect(
      try edited("{\"resolutions\": {\"**/node-ipc\": \"9.1.6\"}}", [.resolutions]).text
        == "{\"resolutions\": {\"**/node-ipc\": \"9.1.5\"}}")
  }

  @Test func `two overrides go into one new object, and into an empty one`() throws {
    let pins = [Self.pin, Pin(name: "@shop/tool", bad: ["1.0.0"], safe: "1.0.1")]
    let added = "{\n    \"node-ipc\": \"9.1.5\",\n    \"@shop/tool\": \"1.0.1\"\n  }"
    #expect(
      try edited("{\n  \"name\": \"a\"\n}\n", [.overrides], pins: pins).text
        == "{\n  \"name\": \"a\",\n  \"overrides\": \(added)\n}\n")
    #expect(
      try edited("{\n  \"overrides\": {}\n}\n", [.overrides], pins: pins).text == "{\n  \"overrides\": \(added)\n}\n")
  }

  @Test func `line ends of two characters, a byte order mark and four blanks stay`() throws {
    let text = "\u{FEFF}{\r\n    \"dependencies\": {\r\n        \"node-ipc\": \"9.1.6\"\r\n    }\r\n}"
    #expect(
      try edited(text, [.overrides]).text
        == "\u{FEFF}{\r\n    \"dependencies\": {\r\n        \"node-ipc\": \"9.1.5\"\r\n    },\r\n    \"overrides\": {\r\n        \"node-ipc\": \"9.1.5\"\r\n    }\r\n}"
    )
  }

  @Test(arguments: [
    (
      "{\"overrides\": {\"node-ipc@9\": \"9.1.6\"}}", PackageJSONEdit.OverrideField.overrides,
      EditDoubt.Code.conditionalOverride
    ),
    ("{\"overrides\": {\"shop\": {\"node-ipc\": \"9.1.6\"}}}", .overrides, .conditionalOverride),
    ("{\"overrides\": {\"node-ipc\": {\".\": \"9.1.6\"}}}", .overrides, .conditionalOverride),
    ("{\"resolutions\": {\"shop/node-ipc\": \"9.1.6\"}}", .resolutions, .conditionalOverride),
    ("{\"resolutions\": {\"shop/**/node-ipc\": \"9.1.6\"}}", .resolutions, .conditionalOverride),
    ("{\"pnpm\": {\"overrides\": {\"shop>node-ipc\": \"9.1.6\"}}}", .pnpm, .conditionalOverride),
    ("{\"pnpm\": {\"overrides\": {\"node-ipc@^9\": \"9.1.6\"}}}", .pnpm, .conditionalOverride),
    ("{\"overrides\": {\"node-ipc\": \"file:./own\"}}", .overrides, .fromElsewhere),
    ("{\"dependencies\": {\"node-ipc\": \"^12.0.0\"}}", .overrides, .directDiffers),
    ("{\"dependencies\": {\"node-ipc\": \"github:someone/node-ipc\"}}", .overrides, .fromElsewhere),
  ])
  func `what cannot be overridden with certainty stays`(
    text: String, field: PackageJSONEdit.OverrideField, code: EditDoubt.Code
  ) throws {
    let result = try edited(text, [field])
    #expect(result.text == text)
    #expect(result.doubts.map(\.code) == [code])
  }

  @Test func `an override of another name is nobody's business`() throws {
    let text = "{\"resolutions\": {\"my-node-ipc\": \"9.1.6\", \"@own/node-ipc\": \"9.1.6\"}}"
    let result = try edited(text, [.resolutions])
    #expect(result.text == text.replacing("\"9.1.6\"}}", with: "\"9.1.6\", \"node-ipc\": \"9.1.5\"}}"))
  }

  @Test(arguments: [
    ("{\"dependencies\": {\"a\": \"1\", \"a\": \"2\"}}", EditDoubt.Code.repeatedKey),
    ("{\"dependencies\": ", .malformed),
    ("[]", .malformed), ("", .malformed), ("{} x", .malformed),
  ])
  func `a broken file is refused`(text: String, code: EditDoubt.Code) {
    #expect { try PackageJSONEdit(Array(text.utf8)) } throws: { ($0 as? EditDoubt)?.code == code }
  }

  @Test func `a file in another encoding is refused`() {
    #expect { try PackageJSONEdit([0x7B, 0xFF, 0x7D]) } throws: { ($0 as? EditDoubt)?.code == .wrongEncoding }
    #expect { try PackageJSONEdit([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]) } throws: {
      ($0 as? EditDoubt)?.code == .wrongEncoding
    }
  }
}
