// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

@Suite struct KnownEntriesTests {
  private let pin = Pin(ecosystem: .npm, name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")

  private func known(_ texts: [String], _ format: KnownEntries.Format = .packageLock) -> [KnownEntries.Entry] {
    var entries = KnownEntries()
    for text in texts { entries.add(KnownEntries.Entry(text: Array(text.utf8)), format, "node-ipc", "9.1.5") }
    return entries.all(format, pin)
  }

  @Test func `entries that agree on the digest are all there`() {
    #expect(known([#"{"integrity": "sha512-abc=="}"#, #"{"integrity": "sha512-abc==", "dev": true}"#]).count == 2)
    #expect(known([#"{"integrity": "sha512-abc=="}"#, #"{"dev": true}"#]).count == 2)
  }

  @Test func `where two lockfiles disagree on a digest, neither is believed`() {
    #expect(known([#"{"integrity": "sha512-abc=="}"#, #"{"integrity": "sha512-abd=="}"#]).isEmpty)
  }

  @Test func `a Python lockfile may hold other archives of the same version`() {
    #expect(known(["sha512-abc", "sha512-abd"], .poetry).count == 2)
  }

  @Test func `no address leads to a server that the lockfile did not name`() {
    func moved(_ old: String, _ known: String) -> String? {
      try? RegistryAddress.moved(old, from: "9.1.6", to: "9.1.5", named: known)
    }
    #expect(
      moved("https://registry.example/n/-/n-9.1.6.tgz", "https://evil.example/n/-/n-9.1.5.tgz")
        == "https://registry.example/n/-/n-9.1.5.tgz")
    #expect(moved("https://files.example/a/1", "https://evil.example/n.tgz") == nil)
    #expect(moved("https://files.example/a/1", "https://files.example/a/1") == nil)
    #expect(moved("https://files.example/a/1", "https://files.example/a/2") == "https://files.example/a/2")
  }
}
