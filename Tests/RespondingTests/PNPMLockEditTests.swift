// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct PNPMLockEditTests {
  private static let pin = Pin(name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")

  /// A file of version 9: the project asks for `shop` and, with a specifier, for node-ipc.
  private static func lock(
    _ version: String, _ digest: String, specifier: String? = nil, overrides: String = "",
    asks: [String] = ["a: 1.0.0"],
    more: [String] = []
  ) -> String {
    let own = specifier.map { "      node-ipc:\n        specifier: \($0)\n        version: \(version)\n" } ?? ""
    let needs = asks.isEmpty ? " {}" : "\n    dependencies:\n" + asks.map { "      \($0)" }.joined(separator: "\n")
    let others = more.map { "\n  \($0):\n    resolution: {integrity: sha512-ee==}\n" }.joined()
    return """
      lockfileVersion: '9.0'

      settings:
        autoInstallPeers: true

      \(overrides)importers:

        .:
          dependencies:
      \(own)      shop:
              specifier: 1.0.0
              version: 1.0.0

      packages:

        a@1.0.0:
          resolution: {integrity: sha512-aa==}
      \(others)
        node-ipc@\(version):
          resolution: {integrity: sha512-\(digest)==}
          engines: {node: '>=8.0.0'}

        shop@1.0.0:
          resolution: {integrity: sha512-cc==}

      snapshots:

        a@1.0.0: {}
      \(more.map { "\n  \($0): {}\n" }.joined())
        node-ipc@\(version):\(needs)

        shop@1.0.0:
          dependencies:
            node-ipc: \(version)

      """
  }

  private func known(_ text: String = lock("9.1.5", "safe")) -> KnownEntries {
    var known = KnownEntries()
    PNPMLockEdit.harvest(Array(text.utf8), [Self.pin], into: &known)
    return known
  }

  private func edited(
    _ text: String, _ known: KnownEntries, direct: [PackageJSONEdit.Direct] = [], overridden: Set<String> = []
  ) throws -> String {
    let bytes = Array(text.utf8)
    let edits = try PNPMLockEdit(bytes).edits(
      [Self.pin], known: known, direct: direct.isEmpty ? [:] : ["": direct], overridden: overridden)
    let new = try #require(edits.applied(to: bytes))
    #expect(FixCheck.isRight(path: "/p/pnpm-lock.yaml", old: bytes, new: new, [Self.pin]))
    return String(decoding: new, as: UTF8.self)
  }

  private static let direct = PackageJSONEdit.Direct(
    kind: "dependencies", key: "node-ipc", pin: pin, old: "^9.1.1", new: "9.1.5")

  @Test func `an entry and all references become the safe one's, and the specifier the manifest's`() throws {
    let result = try edited(Self.lock("9.1.6", "bad", specifier: "^9.1.1"), known(), direct: [Self.direct])
    #expect(result == Self.lock("9.1.5", "safe", specifier: "9.1.5"))
  }

  @Test func `an override is written where pnpm has it`() throws {
    let result = try edited(Self.lock("9.1.6", "bad"), known(), overridden: ["node-ipc"])
    #expect(result == Self.lock("9.1.5", "safe", overrides: "overrides:\n  node-ipc: 9.1.5\n\n"))
    let other = try edited(
      Self.lock("9.1.6", "bad", overrides: "overrides:\n  b: 1.0.0\n\n"), known(), overridden: ["node-ipc"])
    #expect(other == Self.lock("9.1.5", "safe", overrides: "overrides:\n  b: 1.0.0\n  node-ipc: 9.1.5\n\n"))
  }

  @Test func `what only the bad version needed goes`() throws {
    let text = Self.lock("9.1.6", "bad", asks: ["a: 1.0.0", "extra: 1.0.0"], more: ["extra@1.0.0"])
    let result = try edited(text, known(), overridden: ["node-ipc"])
    #expect(!result.contains("extra") && result.contains("a@1.0.0"))
  }

  @Test func `line ends of two characters stay`() throws {
    let text = Self.lock("9.1.6", "bad").replacing("\n", with: "\r\n")
    let result = try edited(text, known(), overridden: ["node-ipc"])
    #expect(!result.replacing("\r\n", with: "").contains("\n"))
  }

  @Test func `doubts are told`() {
    func doubt(_ text: String, _ known: KnownEntries, overridden: Set<String> = ["node-ipc"]) -> EditDoubt.Code? {
      do { _ = try edited(text, known, overridden: overridden) } catch { return (error as? EditDoubt)?.code }
      return nil
    }
    let text = Self.lock("9.1.6", "bad")
    #expect(doubt(text, KnownEntries()) == .entryNotKnown)
    // The same name in another version is not said to do.
    #expect(doubt(text, known(Self.lock("9.1.5", "safe", asks: ["a: 1.0.1"]))) == .dependencyMissing)
    #expect(doubt(text, known(), overridden: []) == .notTaken)
    #expect(doubt(text.replacing("'9.0'", with: "5.4"), known()) == .unknownForm)
    #expect(doubt("---\n" + text, known()) == .unknownForm)
    let tarball = text.replacing("{integrity: sha512-bad==}", with: "{tarball: https://host.example/x.tgz}")
    #expect(doubt(tarball, known()) == .fromElsewhere)
    let peer = text.replacing("      node-ipc: 9.1.6", with: "      node-ipc: 9.1.6\n      p: 1.0.0(node-ipc@9.1.6)")
    #expect(doubt(peer, known()) == .unknownForm)
  }

  @Test func `look-alikes and other versions stay`() throws {
    let text = Self.lock("9.1.4", "x").replacing("node-ipc@", with: "node-ipcs@")
    #expect(try PNPMLockEdit(Array(text.utf8)).edits([Self.pin], known: known(), direct: [:], overridden: []).isEmpty)
  }

  @Test func `overrides of a workspace's own file`() throws {
    func edited(_ text: String) throws -> String {
      let bytes = Array(text.utf8)
      return String(decoding: try #require(PNPMWorkspaceEdit(bytes).edits(Self.pin).applied(to: bytes)), as: UTF8.self)
    }
    #expect(try edited("packages:\n  - 'a'\n") == "packages:\n  - 'a'\n\noverrides:\n  node-ipc: 9.1.5\n")
    #expect(try edited("overrides:\n    b: 1\n\nx: 1\n") == "overrides:\n    b: 1\n    node-ipc: 9.1.5\n\nx: 1\n")
    #expect(try edited("overrides:\n  'node-ipc': ^9\n") == "overrides:\n  'node-ipc': 9.1.5\n")
    #expect(throws: EditDoubt(.conditionalOverride, ["a>node-ipc"])) { try edited("overrides:\n  a>node-ipc: 9.1.6\n") }
    #expect(throws: EditDoubt(.unknownForm, ["overrides: {}"])) { try edited("overrides: {}\n") }
  }
}
