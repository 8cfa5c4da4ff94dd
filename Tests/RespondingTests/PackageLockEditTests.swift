// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct PackageLockEditTests {
  private static let pin = Pin(name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")

  /// An entry of npm's; its digest is made of one letter.
  private static func entry(_ version: String, _ digest: Character, more: String = "", asks: [String] = []) -> String {
    let needs = asks.isEmpty ? "" : ", \"dependencies\": {\(asks.joined(separator: ", "))}"
    return """
      {"version": "\(version)", "resolved": "https://registry.example/node-ipc/-/node-ipc-\(version).tgz", \
      "integrity": "sha512-\(String(repeating: digest, count: 4))"\(more)\(needs)}
      """
  }

  private static let small =
    "{\"version\": \"1.0.0\", \"resolved\": \"https://registry.example/a/-/a-1.0.0.tgz\", \"integrity\": \"sha512-a\"}"

  /// What another project's lockfile knows of the safe version.
  private func known(_ asks: [String] = ["\"a\": \"^1.0.0\""]) -> KnownEntries {
    var known = KnownEntries()
    let text =
      "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/node-ipc\": \(Self.entry("9.1.5", "S", more: ", \"dev\": true, \"license\": \"MIT\"", asks: asks))}}"
    PackageLockEdit.harvest(Array(text.utf8), [Self.pin], into: &known)
    return known
  }

  private func edited(
    _ text: String, _ known: KnownEntries, direct: [String: [PackageJSONEdit.Direct]] = [:],
    overridden: Set<String> = ["node-ipc"]
  ) throws -> String {
    let bytes = Array(text.utf8)
    let edits = try PackageLockEdit(bytes).edits([Self.pin], known: known, direct: direct, overridden: overridden)
    let new = try #require(edits.applied(to: bytes))
    #expect(FixCheck.isRight(path: "/p/package-lock.json", old: bytes, new: new, [Self.pin]))
    return String(decoding: new, as: UTF8.self)
  }

  private func doubt(_ text: String, _ known: KnownEntries, overridden: Set<String> = ["node-ipc"]) -> EditDoubt? {
    do {
      _ = try edited(text, known, overridden: overridden)
    } catch { return error as? EditDoubt }
    return nil
  }

  private func lock(_ entries: [String], newline: String = "\n") -> String {
    (["{", "  \"lockfileVersion\": 3,", "  \"packages\": {"] + [entries.joined(separator: ",\(newline)")] + [
      "  }", "}", "",
    ])
    .joined(separator: newline)
  }

  private static let root = "    \"\": {\"dependencies\": {\"shop\": \"1.0.0\"}}"
  private static let shop =
    "    \"node_modules/shop\": {\"version\": \"1.0.0\", \"dependencies\": {\"node-ipc\": \"^9.1.1\"}}"
  private static let a = "    \"node_modules/a\": \(small)"

  private func bad(
    _ more: String = "", asks: [String] = ["\"a\": \"^1.0.0\""], at place: String = "node_modules/node-ipc"
  ) -> String {
    "    \"\(place)\": \(Self.entry("9.1.6", "B", more: more, asks: asks))"
  }

  @Test func `the whole entry becomes the safe one's, and what says why it is there stays`() throws {
    let text = lock([Self.root, Self.a, bad(", \"optional\": true"), Self.shop])
    let written = """
      {
            "version": "9.1.5",
            "resolved": "https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz",
            "integrity": "sha512-SSSS",
            "license": "MIT",
            "optional": true,
            "dependencies": {
              "a": "^1.0.0"
            }
          }
      """
    let result = try edited(text, known())
    #expect(result == lock([Self.root, Self.a, "    \"node_modules/node-ipc\": " + written, Self.shop]))
  }

  @Test func `a fixed file has nothing more to fix`() throws {
    let text = try edited(lock([Self.root, Self.a, bad(), Self.shop]), known())
    #expect(try edited(text, known()) == text)
  }

  @Test func `what only the bad version needed goes, and what others need stays`() throws {
    let extra = "    \"node_modules/extra\": \(Self.small)"
    let text = lock([Self.root, Self.a, extra, bad(asks: ["\"a\": \"^1.0.0\"", "\"extra\": \"1\""]), Self.shop])
    let result = try edited(text, known())
    #expect(!result.contains("extra") && result.contains("node_modules/a"))
    let shop = Self.shop.replacing("\"node-ipc\"", with: "\"extra\": \"1\", \"node-ipc\"")
    let kept = lock([Self.root, Self.a, extra, bad(asks: ["\"a\": \"^1.0.0\"", "\"extra\": \"1\""]), shop])
    #expect(try edited(kept, known()).contains("node_modules/extra"))
  }

  @Test func `the address is the bad one's, with the other version`() throws {
    let text = lock([Self.root, Self.a, bad().replacing("registry.example", with: "mirror.example/npm"), Self.shop])
    #expect(try edited(text, known()).contains("\"https://mirror.example/npm/node-ipc/-/node-ipc-9.1.5.tgz\""))
  }

  @Test func `line ends of two characters stay`() throws {
    let text = lock([Self.root, Self.a, bad(), Self.shop], newline: "\r\n")
    let result = try edited(text, known())
    #expect(!result.replacing("\r\n", with: "").contains("\n"))
  }

  @Test func `every place of the bad version is replaced, an alias too`() throws {
    let alias = bad(", \"name\": \"node-ipc\"", at: "node_modules/pipe")
    let nested = bad(at: "node_modules/shop/node_modules/node-ipc")
    let result = try edited(lock([Self.root, Self.a, alias, Self.shop, nested]), known())
    #expect(!result.contains("9.1.6"))
    #expect(result.contains("\"node_modules/pipe\": {\n      \"name\": \"node-ipc\",\n      \"version\": \"9.1.5\""))
  }

  @Test(arguments: [
    // A look-alike name, another version, a repository, a link, another package under this name.
    "\"node_modules/node-ipcs\": {\"version\": \"9.1.6\", \"resolved\": \"https://registry.example/node-ipcs/-/node-ipcs-9.1.6.tgz\"}",
    "\"node_modules/node-ipc\": {\"version\": \"9.1.4\", \"resolved\": \"https://registry.example/node-ipc/-/node-ipc-9.1.4.tgz\"}",
    "\"node_modules/node-ipc\": {\"version\": \"9.1.6\", \"resolved\": \"git+ssh://git@host.example/node-ipc.git#abc\"}",
    "\"node_modules/node-ipc\": {\"resolved\": \"packages/node-ipc\", \"link\": true}",
    "\"packages/node-ipc\": {\"name\": \"node-ipc\", \"version\": \"9.1.6\"}",
    "\"node_modules/node-ipc\": {\"name\": \"other\", \"version\": \"9.1.6\", \"resolved\": \"https://registry.example/other/-/other-9.1.6.tgz\"}",
  ])
  func `what is not the bad package of the registry stays`(entry: String) throws {
    let text = lock([Self.root, "    " + entry])
    let edits = try PackageLockEdit(Array(text.utf8)).edits([Self.pin], known: known(), direct: [:], overridden: [])
    #expect(edits.isEmpty)
  }

  @Test func `without the safe version's whole entry nothing is written`() {
    let text = lock([Self.root, Self.a, bad(), Self.shop])
    #expect(doubt(text, KnownEntries())?.code == .entryNotKnown)
    // An entry without a digest, or with a weak one, is no whole one.
    var weak = KnownEntries()
    for entry in [Self.entry("9.1.5", "S").replacing("sha512", with: "sha1"), "{\"version\": \"9.1.5\"}"] {
      PackageLockEdit.harvest(
        Array("{\"lockfileVersion\": 3, \"packages\": {\"node_modules/node-ipc\": \(entry)}}".utf8), [Self.pin],
        into: &weak)
    }
    #expect(doubt(text, weak)?.code == .entryNotKnown)
  }

  @Test func `what the safe version needs must be there, in a version that it takes, and for the same purpose`() {
    let text = lock([Self.root, Self.a, bad(), Self.shop])
    #expect(doubt(text, known(["\"b\": \"1\""])) == EditDoubt(.dependencyMissing, ["node-ipc@9.1.5", "b@1"]))
    #expect(doubt(text, known(["\"a\": \"^2.0.0\""]))?.code == .dependencyMissing)
    #expect(doubt(text, known(["\"a\": \"github:x/a\""]))?.code == .dependencyMissing)
    let dev = lock([Self.root, Self.a.replacing("{", with: "{\"dev\": true, "), bad(asks: []), Self.shop])
    #expect(doubt(dev, known())?.code == .dependencyMissing)
  }

  @Test func `whoever asks must take the safe version, unless an override says so`() {
    let shop = Self.shop.replacing("^9.1.1", with: "9.1.6")
    let text = lock([Self.root, Self.a, bad(), shop])
    #expect(
      doubt(text, known(), overridden: []) == EditDoubt(.notTaken, ["node-ipc@9.1.5", "node_modules/shop", "9.1.6"]))
    #expect(doubt(text, known()) == nil)
    #expect(doubt(lock([Self.root, Self.a, bad(), Self.shop]), known(), overridden: []) == nil)
  }

  @Test func `a project that asks for the bad version itself, and is not edited, keeps it`() {
    let root = Self.root.replacing("\"shop\"", with: "\"node-ipc\": \"9.1.6\", \"shop\"")
    let text = lock([root, Self.a, bad(), Self.shop])
    #expect(doubt(text, known(), overridden: []) == EditDoubt(.notTaken, ["node-ipc@9.1.5", "", "9.1.6"]))
  }

  @Test func `what the manifest asks for is repeated`() throws {
    let root = "    \"\": {\"devDependencies\": {\"node-ipc\": \"^9.1.1\"}}"
    let direct = PackageJSONEdit.Direct(
      kind: "devDependencies", key: "node-ipc", pin: Self.pin, old: "^9.1.1", new: "9.1.5")
    let result = try edited(lock([root, Self.a, bad()]), known(), direct: ["": [direct]], overridden: [])
    #expect(result.contains("{\"devDependencies\": {\"node-ipc\": \"9.1.5\"}}"))
  }

  @Test(arguments: [
    ("{\"lockfileVersion\": 4, \"packages\": {}}", EditDoubt.Code.unknownForm),
    ("{\"packages\": {\"a\": {}, \"a\": {}}}", .repeatedKey), ("{\"packages\": {", .malformed),
  ])
  func `what is not understood is refused`(text: String, code: EditDoubt.Code) {
    #expect { try PackageLockEdit(Array(text.utf8)) } throws: { ($0 as? EditDoubt)?.code == code }
  }

  @Test func `version 1 keeps its form, and what is nested`() throws {
    func lock(_ version: String, _ digest: String, _ requires: String) -> String {
      """
      {
        "lockfileVersion": 1,
        "dependencies": {
          "a": {
            "version": "1.0.0"
          },
          "node-ipc": {
            "version": "\(version)",
            "resolved": "https://registry.example/node-ipc/-/node-ipc-\(version).tgz",
            "integrity": "sha512-\(digest)",
            "dev": true,
            "requires": {
              \(requires)
            },
            "dependencies": {
              "a": {
                "version": "1.2.0"
              }
            }
          }
        }
      }

      """
    }
    let result = try edited(
      lock("9.1.6", "BBBB", "\"a\": \"^1.2.0\",\n        \"z\": \"1\""), known(["\"a\": \"^1.1.0\""]))
    #expect(result == lock("9.1.5", "SSSS", "\"a\": \"^1.1.0\""))
  }
}
