// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct BunLockEditTests {
  private static let pin = Pin(name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")

  private static func lock(
    _ version: String, _ digest: String, asked: String = "^9.1.1", asks: String = "\"a\": \"^1.0.0\"",
    overrides: String = "", more: String = ""
  ) -> String {
    """
    {
      "lockfileVersion": 1,
      "workspaces": {
        "": {
          "name": "app",
          "dependencies": {
            "node-ipc": "\(asked)",
          },
        },
        "packages/web": {
          "name": "web",
          "dependencies": {
            "b": "1",
          },
        },
      },
      \(overrides)"packages": {
        "a": ["a@1.0.0", "", {}, "sha512-aa=="],

        "b": ["b@1.0.0", "", {}, "sha512-bb=="],
    \(more)
        "node-ipc": ["node-ipc@\(version)", "", { "dependencies": { \(asks) } }, "sha512-\(digest)=="],

        "web": ["web@workspace:packages/web"],
      }
    }

    """
  }

  private func known(_ text: String = lock("9.1.5", "safe")) -> KnownEntries {
    var known = KnownEntries()
    BunLockEdit.harvest(Array(text.utf8), [Self.pin], into: &known)
    return known
  }

  private func edited(
    _ text: String, _ known: KnownEntries, direct: [PackageJSONEdit.Direct] = [], overridden: Set<String> = []
  ) throws -> String {
    let bytes = Array(text.utf8)
    let edits = try BunLockEdit(bytes).edits(
      [Self.pin], known: known, direct: direct.isEmpty ? [:] : ["": direct], overridden: overridden)
    let new = try #require(edits.applied(to: bytes))
    #expect(FixCheck.isRight(path: "/p/bun.lock", old: bytes, new: new, [Self.pin]))
    return String(decoding: new, as: UTF8.self)
  }

  @Test func `an entry becomes the safe one's, and what is asked for the manifest's`() throws {
    let direct = PackageJSONEdit.Direct(
      kind: "dependencies", key: "node-ipc", pin: Self.pin, old: "^9.1.1", new: "9.1.5")
    let result = try edited(Self.lock("9.1.6", "bad"), known(), direct: [direct])
    #expect(result == Self.lock("9.1.5", "safe", asked: "9.1.5"))
  }

  @Test func `an override is written where Bun has it`() throws {
    let added = "\"overrides\": {\n    \"node-ipc\": \"9.1.5\",\n  },\n  "
    let result = try edited(Self.lock("9.1.6", "bad"), known(), overridden: ["node-ipc"])
    #expect(result == Self.lock("9.1.5", "safe", overrides: added))
    #expect(try edited(result, known(), overridden: ["node-ipc"]) == result)
  }

  @Test func `what only the bad version needed goes, and what a member needs stays`() throws {
    let extra = "\n    \"extra\": [\"extra@1.0.0\", \"\", {}, \"sha512-ee==\"],\n"
    let result = try edited(
      Self.lock("9.1.6", "bad", asks: "\"a\": \"^1.0.0\", \"extra\": \"1\"", more: extra), known(),
      overridden: ["node-ipc"])
    #expect(!result.contains("extra") && result.contains("b@1.0.0") && result.contains("a@1.0.0"))
  }

  @Test func `an own registry stays`() throws {
    let text = Self.lock("9.1.6", "bad").replacing(
      "\"node-ipc@9.1.6\", \"\"", with: "\"node-ipc@9.1.6\", \"https://mirror.example/node-ipc/-/node-ipc-9.1.6.tgz\"")
    #expect(
      try edited(text, known(), overridden: ["node-ipc"]).contains(
        "\"https://mirror.example/node-ipc/-/node-ipc-9.1.5.tgz\""))
  }

  @Test func `doubts are told, and other packages stay`() throws {
    func doubt(_ text: String, _ known: KnownEntries) -> EditDoubt.Code? {
      do { _ = try edited(text, known, overridden: ["node-ipc"]) } catch { return (error as? EditDoubt)?.code }
      return nil
    }
    let text = Self.lock("9.1.6", "bad")
    #expect(doubt(text, KnownEntries()) == .entryNotKnown)
    #expect(doubt(text, known(Self.lock("9.1.5", "safe", asks: "\"c\": \"1\""))) == .dependencyMissing)
    #expect(doubt(text.replacing("\"lockfileVersion\": 1", with: "\"lockfileVersion\": 7"), known()) == .unknownForm)
    let git = text.replacing("[\"node-ipc@9.1.6\", \"\", {", with: "[\"node-ipc@9.1.6\", {").replacing(
      ", \"sha512-bad==\"", with: ", \"abc\"")
    #expect(doubt(git, known()) == .fromElsewhere)
    let other = Self.lock("9.1.4", "x")
    #expect(try BunLockEdit(Array(other.utf8)).edits([Self.pin], known: known(), direct: [:], overridden: []).isEmpty)
  }
}
