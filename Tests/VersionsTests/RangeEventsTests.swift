// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// Events, and what they say of some versions.
struct Timeline: CustomTestStringConvertible {
  let events: [RangeEvent]
  let affected: [String]
  let unaffected: [String]

  init(_ events: [RangeEvent], affected: [String], unaffected: [String]) {
    self.events = events
    self.affected = affected
    self.unaffected = unaffected
  }

  var testDescription: String { "\(events)" }
}

/// - Source: https://ossf.github.io/osv-schema/#evaluation, and the examples after it (read 2026-11-23)
@Suite struct RangeEventsTests {
  static let timelines = [
    Timeline([.introduced("0")], affected: ["0.0.0-0", "0.0.0", "1.2.3", "9007199254740991.0.0"], unaffected: []),
    Timeline(
      [.introduced("0"), .fixed("1.0.2")], affected: ["0.0.0-0", "1.0.1", "1.0.2-rc.1"],
      unaffected: ["1.0.2", "1.0.2+build", "2.0.0"]),
    Timeline(
      [.introduced("1.0.0"), .fixed("1.0.2"), .introduced("3.0.0"), .fixed("3.2.5")],
      affected: ["1.0.0", "1.0.1", "3.0.0", "3.2.4"],
      unaffected: ["0.9.9", "1.0.0-rc.1", "1.0.2", "2.9.9", "3.0.0-0", "3.2.5", "4.0.0"]),
    Timeline(
      [.introduced("0"), .lastAffected("2.1.214")], affected: ["0.0.1", "2.1.214"], unaffected: ["2.1.215", "3.0.0"]),
    Timeline(
      [.introduced("1.0.0"), .lastAffected("1.0.0")], affected: ["1.0.0", "1.0.0+build"],
      unaffected: ["1.0.0-rc.1", "1.0.1"]),
    Timeline(
      [.introduced("9.1.6"), .lastAffected("9.1.6"), .introduced("9.2.3"), .lastAffected("9.2.3")],
      affected: ["9.1.6", "9.2.3"], unaffected: ["9.1.5", "9.2.2", "9.2.4"]),
    Timeline(
      [.introduced("1.0.0"), .limit("2.0.0")], affected: ["1.0.0", "1.9.9", "2.0.0-rc.1"],
      unaffected: ["0.9.9", "2.0.0", "3.0.0"]),
    Timeline([.introduced("1.0.0"), .limit("*")], affected: ["1.0.0", "99.0.0"], unaffected: ["0.9.9"]),
    // A version is described where it is below any one of the limits.
    Timeline(
      [.introduced("1.0.0"), .limit("2.0.0"), .limit("3.0.0")], affected: ["1.0.0", "2.5.0"],
      unaffected: ["0.9.9", "3.0.0"]),
    Timeline(
      [.introduced("1.0.0"), .fixed("1.5.0"), .limit("1.2.0")], affected: ["1.1.9"],
      unaffected: ["0.9.9", "1.2.0", "1.5.0"]),
    // Fixed and introduced again at once: affected throughout.
    Timeline(
      [.introduced("0"), .fixed("1.0.0"), .introduced("1.0.0"), .fixed("2.0.0")],
      affected: ["0.9.9", "1.0.0", "1.9.9"], unaffected: ["2.0.0"]),
    Timeline([.introduced("1.0.0"), .fixed("1.0.0")], affected: [], unaffected: ["0.9.9", "1.0.0", "1.0.1"]),
    // "0" stands before every version, even before the lowest one that was fixed.
    Timeline(
      [.fixed("0.0.0-0"), .introduced("0"), .introduced("2.0.0")], affected: ["2.0.0"],
      unaffected: ["0.0.0-0", "1.0.0"]),
  ]

  @Test(arguments: timelines)
  func `the last event at or below a version decides`(timeline: Timeline) {
    let range = RangeEvents(timeline.events)
    for version in timeline.affected { #expect(range.evaluate(version, in: SemVer.self) == .yes, "\(version)") }
    for version in timeline.unaffected { #expect(range.evaluate(version, in: SemVer.self) == .no, "\(version)") }
  }

  @Test func `events are taken in the order of their versions, however the record has them`() {
    let events: [RangeEvent] = [
      .introduced("1.0.0"), .fixed("1.0.2"), .introduced("3.0.0"), .fixed("3.2.5"), .limit("*"),
    ]
    for order in permutations(of: events) {
      let answers = ["0.1.0", "1.0.0", "1.0.2", "3.0.0", "3.2.5"].map {
        RangeEvents(order).evaluate($0, in: SemVer.self)
      }
      #expect(answers == [.no, .yes, .no, .yes, .no], "\(order)")
    }
  }

  @Test(arguments: ["", "latest", "1.2", "1.2.x", "9007199254740992.0.0", "0"])
  func `a version that cannot be read is unknown, never unaffected`(version: String) {
    #expect(RangeEvents([.introduced("0")]).evaluate(version, in: SemVer.self) == .unknown)
    #expect(RangeEvents([.introduced("1.0.0"), .fixed("1.0.1")]).evaluate(version, in: SemVer.self) == .unknown)
  }

  @Test(
    arguments: [
      [.introduced("1.3.0-*")],
      [.introduced("0"), .fixed("0.9.7.1")],
      [.introduced("0"), .fixed("0")],
      [.introduced("0"), .lastAffected("1.0")],
      [.introduced("0"), .limit("2")],
      [.introduced("0"), .fixed("1.0.0"), .introduced("")],
    ] as [[RangeEvent]])
  func `an event that cannot be read makes every answer unknown`(events: [RangeEvent]) {
    for version in ["0.0.1", "1.5.0", "99.0.0"] {
      #expect(RangeEvents(events).evaluate(version, in: SemVer.self) == .unknown)
    }
  }

  @Test(arguments: [[], [.fixed("1.0.0")], [.lastAffected("1.0.0")], [.limit("2.0.0")]] as [[RangeEvent]])
  func `events that introduce nothing prove nothing`(events: [RangeEvent]) {
    #expect(RangeEvents(events).evaluate("0.5.0", in: SemVer.self) == .unknown)
  }

  @Test func `a parsed version and any scheme give the same answer`() throws {
    let range = RangeEvents([.introduced("1.0.0"), .fixed("1.0.2")])
    let scheme = try #require(schemes.first { $0.id == "SemVer" })
    for text in ["0.9.9", "1.0.1", "1.0.2"] {
      let version = try #require(SemVer.parse(text))
      #expect(range.evaluate(version, in: SemVer.self) == range.evaluate(text, in: scheme))
    }
    #expect(range.evaluate("1.0.1", in: scheme) == .yes)
  }

  private func permutations<Element>(of elements: [Element]) -> [[Element]] {
    guard let first = elements.first else { return [[]] }
    return permutations(of: Array(elements.dropFirst())).flatMap { rest in
      (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
  }
}
