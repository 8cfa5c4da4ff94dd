// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct GemfileEditTests {
  private static let pin = Pin(ecosystem: Ecosystem("RubyGems"), name: "my-tool", bad: ["1.2.3"], safe: "1.2.2")

  private static func lock(
    _ version: String, _ digest: String, asks: [String] = ["a (>= 1)"], asker: String = ">= 1.2", own: String? = nil
  ) -> String {
    """
    GEM
      remote: https://gems.example/
      specs:
        a (1.0)
        my-tool (\(version))
    \(asks.map { "      \($0)\n" }.joined())    shop (1.0)
          my-tool (\(asker))

    PLATFORMS
      ruby

    DEPENDENCIES
      my-tool\(own.map { " (\($0))" } ?? "")
      shop

    CHECKSUMS
      a (1.0) sha256=aa
      my-tool (\(version)) sha256=\(digest)

    BUNDLED WITH
       2.6.2

    """
  }

  private func edited(_ text: String, _ source: String) throws -> String {
    var known = KnownEntries()
    GemfileEdit.harvest(Array(source.utf8), [Self.pin], into: &known)
    let bytes = Array(text.utf8)
    return String(
      decoding: try #require(GemfileEdit.lockEdits(bytes, [Self.pin], known: known).applied(to: bytes)), as: UTF8.self)
  }

  @Test func `a lockfile's entry, requirement and digest become the safe one's`() throws {
    let safe = Self.lock("1.2.2", "good")
    #expect(try edited(Self.lock("1.2.3", "bad"), safe) == safe)
    #expect(try edited(Self.lock("1.2.3", "bad", own: "= 1.2.3"), safe) == Self.lock("1.2.2", "good", own: "= 1.2.2"))
    #expect(try edited(Self.lock("1.2.3", "bad", asks: ["a (>= 0.5)"]), safe) == safe)
    #expect(try edited(safe, safe) == safe)
    #expect(
      try edited(Self.lock("1.2.3", "bad").replacing("\n", with: "\r\n"), safe) == safe.replacing("\n", with: "\r\n"))
  }

  @Test func `doubts are told`() {
    func doubt(_ text: String, _ source: String) -> EditDoubt.Code? {
      do { _ = try edited(text, source) } catch { return (error as? EditDoubt)?.code }
      return nil
    }
    let (bad, safe) = (Self.lock("1.2.3", "bad"), Self.lock("1.2.2", "good"))
    #expect(doubt(bad, bad) == .entryNotKnown)
    #expect(doubt(bad, Self.lock("1.2.2", "good", asks: ["a (>= 2)"])) == .dependencyMissing)
    #expect(doubt(Self.lock("1.2.3", "bad", asker: "> 1.2.2"), safe) == .notTaken)
    #expect(doubt(Self.lock("1.2.3", "bad", own: ">= 1.2.3"), safe) == .notTaken)
    #expect(doubt(Self.lock("1.2.3", "bad", asks: ["only-bad"]), safe) == .notTaken)
    #expect(doubt(bad, safe.replacing(" sha256=good", with: "")) == .digestsNotKnown)
  }

  @Test(arguments: [
    ("gem \"my-tool\", \"1.2.3\"\n", "gem \"my-tool\", \"1.2.2\"\n"),
    ("  gem('my-tool', '= 1.2.3', require: false) # x\n", "  gem('my-tool', '= 1.2.2', require: false) # x\n"),
    ("gem 'my-tool', '~> 1.2.3'\n", nil), ("gem 'my-tools', '1.2.3'\n", nil), ("# gem 'my-tool', '1.2.3'\n", nil),
    ("gem 'my-tool', git: '1.2.3'\n", nil), ("gem 'my-tool' # '1.2.3'\n", nil),
  ])
  func `a pin of a Gemfile is replaced, and nothing else`(text: String, new: String?) throws {
    let bytes = Array(text.utf8)
    #expect(try GemfileEdit.edits(bytes, [Self.pin]).applied(to: bytes) == Array((new ?? text).utf8))
  }
}
