// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct ComposerEditTests {
  private static let pin = Pin(ecosystem: Ecosystem("Packagist"), name: "shop/tool", bad: ["1.2.3"], safe: "1.2.2")

  private static func lock(
    _ version: String, _ digest: String, asks: String = "\"a/b\": \"^1.0\", \"php\": \">=8\"", asker: String = "^1.2"
  ) -> String {
    """
    {
        "content-hash": "00",
        "packages": [
            {
                "name": "a/b",
                "version": "1.0.0"
            },
            {
                "name": "shop/tool",
                "version": "\(version)",
                "dist": {"type": "zip", "url": "https://host.example/\(version).zip", "shasum": "\(digest)"},
                "require": {\(asks)}
            },
            {
                "name": "c/d",
                "version": "2.0.0",
                "require": {"shop/tool": "\(asker)"}
            }
        ],
        "packages-dev": []
    }

    """
  }

  private func edited(
    _ text: String, _ source: String, manifest: String = "{\"require\": {\"c/d\": \"^2\"}}"
  ) throws -> String {
    var known = KnownEntries()
    ComposerEdit.harvest(Array(source.utf8), [Self.pin], into: &known)
    let bytes = Array(text.utf8)
    let edits = try ComposerEdit.lockEdits(bytes, [Self.pin], known: known, manifest: Array(manifest.utf8))
    return String(decoding: try #require(edits.applied(to: bytes)), as: UTF8.self)
  }

  @Test func `a lockfile's entry becomes the safe one's`() throws {
    let safe = Self.lock("1.2.2", "good")
    #expect(try edited(Self.lock("1.2.3", "bad"), safe) == safe)
    #expect(try edited(safe, safe) == safe)
  }

  @Test func `doubts are told`() {
    func doubt(_ text: String, _ source: String, manifest: String = "{}") -> EditDoubt.Code? {
      do { _ = try edited(text, source, manifest: manifest) } catch { return (error as? EditDoubt)?.code }
      return nil
    }
    let (bad, safe) = (Self.lock("1.2.3", "bad"), Self.lock("1.2.2", "good"))
    #expect(doubt(bad, bad) == .entryNotKnown)
    #expect(doubt(bad, Self.lock("1.2.2", "good", asks: "\"a/b\": \"^2.0\"")) == .dependencyMissing)
    #expect(doubt(Self.lock("1.2.3", "bad", asker: ">=1.2.3"), safe) == .notTaken)
    #expect(doubt(bad, safe, manifest: "{\"require\": {\"shop/tool\": \">1.2.2\"}}") == .notTaken)
    #expect(doubt(bad, safe, manifest: "{\"require\": {\"shop/tool\": \"1.2.3\"}}") == .manifestDigest)
  }

  @Test func `a pin of a manifest is replaced, and a range is not`() throws {
    let text =
      "{\"require\": {\"Shop/Tool\": \"1.2.3\", \"shop/tools\": \"1.2.3\"}, \"require-dev\": {\"shop/tool\": \"^1.2.3\"}}"
    let bytes = Array(text.utf8)
    let new = text.replacing("Tool\": \"1.2.3\"", with: "Tool\": \"1.2.2\"")
    #expect(try ComposerEdit.edits(bytes, [Self.pin]).applied(to: bytes) == Array(new.utf8))
  }
}
