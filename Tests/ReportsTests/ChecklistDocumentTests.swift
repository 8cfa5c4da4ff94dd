// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Exposure
import Responding
import TestSupport
import Testing

@testable import Reports

@Suite struct ChecklistDocumentTests {
  let catalogue: CredentialCatalogue

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
  }

  private static func sighting(
    _ kind: String, _ path: String, protection: Protection = .none, modified: Int64 = 1_700_000_000, inode: UInt64 = 7
  ) -> CredentialSighting {
    let identity = CredentialSighting.FileIdentity(
      modified: modified, inode: inode, device: 1, isReadableByOthers: kind == "npm-token")
    return CredentialSighting(kind: kind, path: path, place: .file(identity), reach: .home, protection: protection)
  }

  private func document(
    _ sightings: [CredentialSighting], reads: [String] = ["npm-token", "ssh", "environment"],
    cleanup: [String] = ["rotate-elsewhere", "stop-watchers"], since text: String = ""
  ) -> String {
    var detail = IncidentDetail()
    (detail.reads, detail.cleanup) = (reads, cleanup)
    let plan = RotationPlan(sightings, catalogue, for: detail)
    let list = Array(text.utf8).withUnsafeBufferPointer { Checklist(markdown: $0) }
    let progress = ChecklistProgress(plan, catalogue, since: list)
    return ChecklistDocument(plan, progress, catalogue, title: "evil-worm (2026)", made: 1_764_115_200).markdown()
  }

  private let sample = [
    sighting("npm-token", "~/.npmrc"), sighting("ssh-private-key", "~/.ssh/id_ed25519", protection: .passphrase),
    sighting("stripe-key", "~/.config/stripe/config.toml"),
    CredentialSighting(
      kind: "environment-secret", path: "HOUSE_TOKEN", place: .variable, reach: .environment, protection: .none),
  ]

  @Test func `a list is what was agreed`() {
    expectSnapshot(document(sample), "reports/checklist.md")
  }

  @Test func `a list written anew with nothing changed is the same list`() {
    let first = document(sample)
    #expect(document(sample, since: first) == first)
  }

  @Test func `ticks and notes of people come through, again and again`() {
    var text = document(sample)
    text = text.replacing("- [ ] 1. **npm token**", with: "- [X] 1. **npm token**")
    text = text.replacing("## Here too", with: "> asked Bo about the second key\n\n## Here too")
    text += "\n- [ ] call the insurer\n  by Friday\n"
    for _ in 0..<3 {
      text = document(sample, since: text)
      #expect(text.contains("- [x] 1. **npm token**"))
      #expect(text.contains("> asked Bo about the second key"))
      #expect(text.contains("- [ ] call the insurer\n  by Friday"))
      #expect(text.contains("1 of 4 is ticked."))
      #expect(text.ranges(of: "asked Bo").count == 1)
      #expect(text.ranges(of: "## Notes").count == 1)
      #expect(text.ranges(of: "Ticked, but not written").count == 1)
    }
  }

  @Test func `a file that changed is told, and is no warning where its box is ticked`() {
    let text = document(sample).replacing("- [ ] 1. **npm token**", with: "- [x] 1. **npm token**")
    let later = [Self.sighting("npm-token", "~/.npmrc", modified: 1_764_000_000)] + sample.dropFirst()
    let second = document(later, since: text)
    #expect(second.contains("Written since this list was made: `~/.npmrc`."))
    #expect(!second.contains("Ticked, but not written"))
    // What is compared with stays what it was when the list was made.
    #expect(document(later, since: second).contains("Written since this list was made: `~/.npmrc`."))
  }

  @Test func `an item whose file is gone stays on the list`() {
    let text = document(sample)
    let second = document(Array(sample.dropFirst()), since: text)
    #expect(second.contains("## No longer here"))
    #expect(second.contains("**npm token**: its files are not here any more."))
    #expect(document(Array(sample.dropFirst()), since: second).ranges(of: "its files are not here").count == 1)
  }

  @Test func `what is new is said to be new only where there was a list`() {
    let text = document(Array(sample.dropFirst()))
    #expect(!text.contains("New on this list."))
    #expect(document(sample, since: text).ranges(of: "New on this list.").count == 1)
  }

  @Test func `no name of a file is markup`() {
    let text = document([Self.sighting("npm-token", "~/a`<b>\u{1B}[31m\n- [x] owned -->/.npmrc")])
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\n- [x] owned"))
    #expect(text.contains("`~/a'<b>"))
    let list = Array(text.utf8).withUnsafeBufferPointer { Checklist(markdown: $0) }
    #expect(list.items.last?.places.first?.path == "~/a`<b>\u{1B}[31m\n- [x] owned -->/.npmrc")
    #expect(list.items.allSatisfy { !$0.isTicked })
  }

  @Test func `an incident of which nothing is known says so`() {
    #expect(document(sample, reads: []).contains("It is not known what this incident reads."))
    #expect(!document(sample).contains("It is not known what this incident reads."))
  }

  @Test func `every phrase has as many places as it is given`() {
    for phrase in ChecklistPhrase.allCases {
      #expect(!English.checklist(phrase).isEmpty)
    }
  }
}
