// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import Advisories

/// Whatever happens to the bytes of an index: it answers as before, or it says that it is damaged.
@Suite struct IndexDamageTests {
  private static let page = 4096
  private let folder: IndexFolder
  private let sound: [UInt8]
  private let expected: [UInt8]

  private static let ids = (0..<300).map { "GHSA-\($0)" } + (0..<100).map { "MAL-\($0)" } + ["OWN-1"]
  private static let names =
    (0..<300).map { AdvisoryRecord.Name(ecosystem: .npm, name: "package-\($0)") }
    + (0..<110).map { AdvisoryRecord.Name(ecosystem: .npm, name: "name-\($0)") }

  init() throws {
    folder = try IndexFolder()
    let records = (0..<300).map(SampleRecord.flaw) + (0..<100).map { SampleRecord.malware("MAL-\($0)", "name-\($0)") }
    let index = try folder.make("sound", records) {
      _ = try $0.put(SampleRecord.malware("OWN-1", "mine"), origin: .own(label: "l"))
      try $0.setKnownExploited([("CVE-2026-1", "2026-01-02", true)], asOf: "2026-01-04")
      try $0.putVEX([UInt8](repeating: 0x20, count: 20_000), named: "v")
    }
    sound = try folder.bytes("sound")
    expected = try index.everything(ids: Self.ids, names: Self.names)
  }

  private enum Answer: Equatable {
    case same
    case other
    case refused(AdvisoryIndexError.Code)
    case failed
  }

  private func answer(_ bytes: [UInt8]) throws -> Answer {
    try folder.folder.write(bytes, to: "changed")
    do {
      let index = try folder.open("changed")
      return try index.everything(ids: Self.ids, names: Self.names) == expected ? .same : .other
    } catch let error as AdvisoryIndexError {
      return .refused(error.code)
    } catch {
      return .failed
    }
  }

  /// Every answer of an index of which every page is read.
  private func check(
    _ bytes: [UInt8], _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let answer = try answer(bytes)
    let isHarmless = [.same, .refused(.damaged), .refused(.foreign), .refused(.otherVersion)].contains(answer)
    #expect(isHarmless, "\(what()): \(answer)", sourceLocation: sourceLocation)
  }

  @Test func `the sound file is read as it was`() throws {
    #expect(try answer(sound) == .same)
    #expect(sound.count > 30 * Self.page)
  }

  @Test func `a changed byte changes no answer`() throws {
    var random = SeededGenerator(seed: 11)
    var refused = 0
    for turn in 0..<300 {
      var bytes = sound
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] ^= .random(in: 1...255, using: &random)
      let answer = try answer(bytes)
      #expect(
        answer == .refused(.damaged) || answer == .refused(.foreign) || answer == .same,
        "turn \(turn), byte \(place): \(answer)")
      if answer != .same { refused += 1 }
    }
    // What is not refused lies in pages that no answer needs.
    #expect(refused > 270)
  }

  @Test func `many changed bytes, in one place or everywhere, change no answer`() throws {
    var random = SeededGenerator(seed: 12)
    for turn in 0..<100 {
      var bytes = sound
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let width = [8, 100, Self.page, bytes.count][turn % 4]
      for _ in 0..<Int.random(in: 1...200, using: &random) {
        bytes[min(bytes.count - 1, start + Int.random(in: 0..<width, using: &random))] = .random(
          in: 0...255, using: &random)
      }
      try check(bytes, "turn \(turn), from \(start)")
    }
  }

  @Test func `a file that is cut off, or goes on, is damaged`() throws {
    var random = SeededGenerator(seed: 13)
    let lengths = [0, 15, 16, 99, 100, 4095, 4096, 8192, sound.count - Self.page, sound.count - 1]
    for length in lengths + (0..<60).map({ _ in Int.random(in: 0..<sound.count, using: &random) }) {
      #expect(try answer(Array(sound[..<length])) == .refused(length < 100 ? .foreign : .damaged), "\(length) bytes")
    }
    #expect(try answer(sound + [0]) == .refused(.damaged))
    #expect(try answer(sound + sound[..<Self.page]) == .refused(.damaged))
  }

  @Test func `pages that changed places, are empty or stand twice change no answer`() throws {
    var random = SeededGenerator(seed: 14)

    let pages = sound.count / Self.page
    for turn in 0..<150 {
      var bytes = sound
      let (first, second) = (Int.random(in: 0..<pages, using: &random), Int.random(in: 0..<pages, using: &random))
      let (place, other) = (first * Self.page, second * Self.page)
      switch turn % 3 {
      case 0: for offset in 0..<Self.page { bytes.swapAt(place + offset, other + offset) }
      case 1: for offset in 0..<Self.page { bytes[place + offset] = 0 }
      default: bytes.replaceSubrange(place..<place + Self.page, with: sound[other..<other + Self.page])
      }
      try check(bytes, "turn \(turn), pages \(first) and \(second)")
    }

  }

  @Test func `nothing is built on a damaged index`() throws {
    var random = SeededGenerator(seed: 15)
    for turn in 0..<60 {
      var bytes = sound
      if turn.isMultiple(of: 3) {
        bytes.removeLast(Int.random(in: 1..<bytes.count - 100, using: &random) / Self.page * Self.page)
      }
      if bytes.count == sound.count { bytes[Int.random(in: 100..<bytes.count, using: &random)] ^= 1 }
      try folder.folder.write(bytes, to: "changed")
      let error = #expect(throws: AdvisoryIndexError.self, "turn \(turn)") {
        try folder.make("next-\(turn)", [SampleRecord.flaw(5)], on: "changed")
      }
      #expect(error?.code == .damaged)
      #expect(error?.path == folder.path("changed"))
    }
  }
}
