// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Exposure
import Inventory
import TestSupport
import Testing

@testable import Responding

@Suite struct ChecklistTests {
  let catalogue: CredentialCatalogue

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
  }

  private func read(_ text: String) -> Checklist {
    Array(text.utf8).withUnsafeBufferPointer { Checklist(markdown: $0) }
  }

  private func list(ticked: Bool, modified: Int64 = 1_700_000_000, inode: UInt64 = 7) -> Checklist {
    let place = Checklist.Place(kind: "npm-token", path: "~/.npmrc", modified: modified, inode: inode)
    let comment = ChecklistKey.comment(key: "npm-token", lines: ["1. **npm token**"])
    return read("- [\(ticked ? "x" : " ")] 1. **npm token**\n  \(comment)\n  \(ChecklistKey.comment(place))\n")
  }

  private func progress(_ sightings: [CredentialSighting], since list: Checklist) -> ChecklistProgress {
    let plan = RotationPlan(sightings, catalogue, for: RotationSample.detail(reads: ["npm-token"]))
    return ChecklistProgress(plan, catalogue, since: list)
  }

  @Test(
    arguments: [
      ("- [x] a", true), ("- [X] a", true), ("* [ x ] a", true), ("  -  [x]   a", true), ("+ [x] a", true),
      ("12. [x] a", true), ("3) [X] a", true), ("- [ ] a", false), ("- [] a", false), ("-[x] a", true),
    ])
  func `a box is read as people write it`(line: String, isTicked: Bool) {
    let items = read(line).items
    #expect(items.map(\.isTicked) == [isTicked])
    #expect(items.first?.notes == ["a"])
  }

  @Test(arguments: ["[x] a", "- x a", "- [y] a", "- (x) a", "x", "", "-", "- [", "- [x", "-  "])
  func `what is no box is a note`(line: String) {
    #expect(read(line).items == [])
  }

  @Test func `a path comes back as it was, whatever is in it`() {
    for path in ["~/.npmrc", "~/a b/--> x", "~/ü\n%41", "~/--", "-", "%", "~/<!-- gifthorse -->", "a`b"] {
      let place = Checklist.Place(kind: "npm-token", path: path, modified: -5, inode: .max)
      let comment = ChecklistKey.comment(place)
      #expect(!comment.dropFirst(4).dropLast(3).contains("--"), "\(comment)")
      #expect(read("- [ ] a\n\(comment)").items.first?.places == [place], "\(comment)")
    }
  }

  @Test func `lines of ours are known again, and all others are kept`() {
    let ours = ["1. **npm token**", "  - Where: there"]
    let comment = ChecklistKey.comment(key: "npm-token", lines: ours)
    let text = "- [x] \(ours[0])\n\(comment)\n\(ours[1])\n\n> Anna, 3 May\n\n  asked Bo\n\n"
    #expect(read(text).items.first?.notes == ["> Anna, 3 May", "", "  asked Bo"])
  }

  @Test func `a line of ours that somebody changed is a note`() {
    let comment = ChecklistKey.comment(key: "npm-token", lines: ["1. **npm token**"])
    #expect(
      read("- [x] 1. **npm token** done by Anna\n\(comment)").items.first?.notes == ["1. **npm token** done by Anna"])
  }

  @Test func `a list with the line breaks of Windows is read`() {
    let comment = ChecklistKey.comment(key: "npm-token", lines: ["1. **npm token**"])
    let items = read("- [x] 1. **npm token**\r\n  \(comment)\r\nnote\r\n").items
    #expect(items.map(\.key) == ["npm-token"])
    #expect(items.first?.notes == ["note"])
  }

  @Test func `a new item is new`() {
    let entries = progress([RotationSample.sighting("npm-token", "~/.npmrc")], since: Checklist()).entries
    #expect(entries.map(\.state) == [.new])
    #expect(entries.first?.isTicked == false)
  }

  @Test(
    arguments: [
      (false, 1_700_000_000, 7, ChecklistProgress.State.open), (false, 1_700_000_001, 7, .openAndChanged),
      (true, 1_700_000_001, 7, .done), (true, 1_700_000_000, 8, .done), (true, 1_700_000_000, 7, .doneButUnchanged),
    ] as [(Bool, Int64, UInt64, ChecklistProgress.State)])
  func `time and inode tell whether a file was written since`(
    isTicked: Bool, modified: Int64, inode: UInt64, state: ChecklistProgress.State
  ) {
    let now = RotationSample.sighting("npm-token", "~/.npmrc", modified: modified, inode: inode)
    let progress = progress([now], since: list(ticked: isTicked))
    #expect(progress.entries.map(\.state) == [state])
    #expect(progress.warnings.count == (state.isWarning ? 1 : 0))
  }

  @Test func `a browser's file that did not change says nothing`() {
    let path = "~/.mozilla/firefox/a/cookies.sqlite"
    let place = Checklist.Place(kind: "firefox-cookies", path: path, modified: 1_700_000_000, inode: 7)
    let comment = ChecklistKey.comment(key: "firefox-cookies", lines: [])
    let list = read("- [x] a\n\(comment)\n\(ChecklistKey.comment(place))")
    let plan = RotationPlan(
      [RotationSample.sighting("firefox-cookies", path)], catalogue, for: RotationSample.detail(reads: ["browsers"]))
    #expect(ChecklistProgress(plan, catalogue, since: list).entries.map(\.state) == [.done])
  }

  @Test func `a place that was not on the list makes a ticked item one to look at`() {
    let sightings = [
      RotationSample.sighting("npm-token", "~/.npmrc", modified: 1_800_000_000),
      RotationSample.sighting("npm-token", "~/new/.npmrc"),
    ]
    let progress = progress(sightings, since: list(ticked: true))
    #expect(progress.entries.map(\.state) == [.doneWithNewPlaces])
    #expect(progress.entries.first?.added == ["~/new/.npmrc"])
  }

  @Test func `a tick stays where an incident is found to read more than was known`() {
    let place = Checklist.Place(kind: "stripe-key", path: "~/a", modified: 1, inode: 7)
    let comment = ChecklistKey.comment(key: "other:stripe-key", lines: [])
    let list = read("- [x] a\n\(comment)\n\(ChecklistKey.comment(place))")
    let plan = RotationPlan(
      [RotationSample.sighting("stripe-key", "~/a")], catalogue, for: RotationSample.detail(reads: ["saas"]))
    let progress = ChecklistProgress(plan, catalogue, since: list)
    #expect(progress.entries.map(\.state) == [.done])
    #expect(progress.gone.isEmpty)
  }

  @Test func `an item whose files are gone stays, ticked or not`() {
    let progress = progress([], since: list(ticked: true))
    #expect(progress.gone.map(\.kind) == ["npm-token"])
    #expect(progress.gone.map(\.isTicked) == [true])
  }

  @Test func `items in another order, and boxes of people, are kept`() {
    let step = ChecklistKey.comment(key: "step:isolate", lines: [])
    let npm = ChecklistKey.comment(key: "npm-token", lines: [])
    let list = read("- [ ] call the bank\n  tomorrow\n- [x] b\n\(npm)\n- [x] c\n\(step)\n# Heading\nloose\n")
    let progress = progress([RotationSample.sighting("npm-token", "~/.npmrc")], since: list)
    #expect(progress.ownItems.map(\.notes) == [["call the bank", "  tomorrow"]])
    #expect(progress.entries.first?.isTicked == true)
    #expect(progress.steps.map(\.key) == ["step:isolate"])
    #expect(progress.notes == ["# Heading", "loose"])
  }

  @Test func `a list that is too large is not read, and says so`() {
    #expect(read(String(repeating: "x", count: Checklist.mostBytes + 1)).problem == .tooBig)
    #expect(read(String(repeating: "\n", count: 60_000)).problem == .tooMany)
  }

  @Test func `no hostile list traps`() {
    let comment = ChecklistKey.comment(
      Checklist.Place(kind: "npm-token", path: "~/.npmrc", modified: 1, inode: 2))
    let key = ChecklistKey.comment(key: "npm-token", lines: ["a", "b"])
    let text = Array("# T\n- [x] a\n  \(key)\n  \(comment)\n  - line\nnote\n- [ ] own\n".utf8)
    var generator = SeededGenerator(seed: 11)
    let plan = [RotationSample.sighting("npm-token", "~/.npmrc")]
    for _ in 0..<3_000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(contentsOf: bytes[at..<min(at + 20, bytes.count)], at: at)
        default: bytes.removeSubrange(at..<min(at + 5, bytes.count - 1))
        }
      }
      let list = bytes.withUnsafeBufferPointer { Checklist(markdown: $0) }
      #expect(progress(plan, since: list).entries.count == 1)
    }
  }
}
