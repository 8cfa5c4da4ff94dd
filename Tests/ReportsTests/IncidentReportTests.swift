// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import TestSupport
import Testing

@testable import Reports

struct IncidentReportTests {
  private func list(
    _ incidents: [Incident], query: String? = nil, _ style: ReportStyle = ReportStyle(), _ format: ReportFormat = .text
  ) -> String {
    let report = IncidentsReport(query: query, incidents: incidents, asOf: "2026-11-20T00:00:00Z")
    return rendered { write(report, as: format, style: style, to: $0) }
  }

  /// The lines below a heading, to the next blank line.
  private func section(_ heading: String, of text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: heading) else { return [] }
    return Array(lines[(start + 1)...].prefix { !$0.isEmpty })
  }

  // MARK: Snapshots

  @Test(arguments: [
    ("incident", ReportStyle(audience: .owner)), ("incident-verbose", ReportStyle(verbose: true, audience: .it)),
    ("incident-ascii-40", ReportStyle(isUnicode: false, width: 40, audience: .developer)),
  ])
  func `the explanation of an incident is laid out as recorded`(name: String, style: ReportStyle) throws {
    expectSnapshot(IncidentSample.explained(try IncidentSample.full(), style), "reports/\(name).txt")
  }

  @Test func `an incident for programs is laid out as recorded`() throws {
    let incidents = [try IncidentSample.bare(), try IncidentSample.full()]
    expectSnapshot(list(incidents, ReportStyle(audience: .owner), .json), "outputs/incidents/sample.json")
    expectSnapshot(list([], query: nil, ReportStyle(), .json), "outputs/incidents/none.json")
  }

  // MARK: The list

  @Test func `the list has two lines for each, the newest first, and counts at its end`() throws {
    let incidents = [try IncidentSample.bare(), try IncidentSample.full()]
    #expect(
      list(incidents) == """
        2026-05-14  npm-demo-pipe-2026 · npm, PyPI · stealer
          demo-pipe 9.1.6 and 2.0.0 steal passwords and access keys, and so do …
        no date     npm-demo-bare-2025 · protestware
          Something happened

        2 incidents, 2 packages, 2 bad versions. Of 1 package every version is bad. The
        newest record is of 2026-11-20.
        `gifthorse incidents ID` explains one.

        """)
  }

  @Test func `the whole title is in a list that leaves nothing out`() throws {
    let text = list([try IncidentSample.full()], ReportStyle(verbose: true))
    #expect(text.contains("and so do packages\n  of others (May 2026)\n"))
    #expect(list([try IncidentSample.full()], ReportStyle(isUnicode: false)).contains("so do ...\n"))
  }

  @Test func `what stands for several is a list that says so, and what stands for one an explanation`() throws {
    let both = [try IncidentSample.bare(), try IncidentSample.full()]
    let text = list(both, query: "demo")
    #expect(text.hasPrefix("'demo' stands for 2 incidents: ask for one by its id.\n\n2026-05-14  npm-demo-pipe-2026"))
    #expect(!text.contains("What it does"))
    #expect(list([both[0]], query: "demo").contains("What it does"))
    #expect(!list([both[0]]).contains("What it does"))
  }

  @Test func `packages and versions are counted once, however they are spelled`() throws {
    let one = try IncidentSample.incident(
      #"{"id": "a", "summary": "s", "affected": [{"package": {"ecosystem": "PyPI", "name": "A_b"}, "versions": ["1", "2"]}, {"package": {"ecosystem": "PyPI", "name": "a-b"}, "versions": ["2", "3"]}, {"package": {"ecosystem": "npm", "name": "a-b"}, "versions": ["2"]}], "database_specific": {"gifthorse": {"class": "malicious"}}}"#
    )
    let counts = IncidentCounts([one, one])
    #expect(counts.packages == 2 && counts.versions == 4 && counts.wholePackages == 0)
    #expect(IncidentCounts([]).packages == 0)
  }

  // MARK: The explanation

  @Test func `the advice is that of the audience, in its language`() throws {
    let incident = try IncidentSample.full()
    let owner = IncidentSample.explained(incident)
    #expect(section("What to do now", of: owner) == ["  1. Call your IT person.", "  2. Have passwords replaced."])
    #expect(
      section("What it does", of: IncidentSample.explained(incident, ReportStyle(audience: .it))) == ["  IT words."])
    let dutch = IncidentSample.explained(incident, ReportStyle(audience: .owner, language: "nl"))
    #expect(dutch.hasPrefix("demo-pipe steelt wachtwoorden\n") && dutch.contains("  1. Bel uw leverancier.\n"))
  }

  @Test func `each package says its bad versions and how sure each safe one is`() throws {
    #expect(
      section("Bad versions", of: IncidentSample.explained(try IncidentSample.full(), ReportStyle(width: 120))) == [
        "  demo-pipe 9.1.6, 2.0.0",
        "    safe  9.1.5; 2.0.1 (less sure); 9.1.7 (believed to be clean; no source confirms it)",
        "    note  9.1.7 came too late.",
      ])
  }

  @Test func `twenty packages and ten versions are shown, and all with verbose`() throws {
    var incident = try IncidentSample.bare()
    incident.record.affected = (1...22).map { number in
      var affected = AffectedPackage()
      (affected.ecosystem, affected.name) = (.npm, "worm-\(number)")
      affected.versions = (1...12).map { "1.0.\($0)" }
      return affected
    }
    let short = section("Bad versions", of: IncidentSample.explained(incident, ReportStyle(width: 200)))
    #expect(short[0] == "  worm-1 " + (1...10).map { "1.0.\($0)" }.joined(separator: ", ") + " and 2 more")
    #expect(short.contains { $0.hasPrefix("  worm-20 ") } && !short.contains { $0.hasPrefix("  worm-21 ") })
    #expect(short.contains("  and 2 more (--verbose lists them)"))
    let long = section("Bad versions", of: IncidentSample.explained(incident, ReportStyle(width: 200, verbose: true)))
    #expect(long.contains { $0.hasPrefix("  worm-22 ") && $0.hasSuffix("1.0.12") })
    #expect(!long.contains { $0.contains(" more") })
    #expect(long.last == "  No source names a safe version of any of these 22 packages.")
    #expect(!long.contains { $0.contains("safe  ") })
  }

  @Test func `a code without words is shown rather than lost`() throws {
    let full = IncidentSample.explained(try IncidentSample.full())
    #expect(section("What it reads", of: full) == ["  - SSH keys and configuration", "  - no-such-code"])
    let bare = IncidentSample.explained(try IncidentSample.bare())
    #expect(section("What sets it off", of: bare) == ["  - no-such-code"])
  }

  @Test func `what no source says is said, and claimed to be nothing nowhere`() throws {
    let text = IncidentSample.explained(try IncidentSample.bare())
    #expect(section("What it reads", of: text) == ["  No source says that it takes anything."])
    #expect(section("How it gets out", of: text) == ["  No source says that anything leaves."])
    #expect(section("What stays behind", of: text) == ["  No source says what stays behind."])
    #expect(section("Sources", of: text) == ["  No source is recorded."])
    #expect(section("Bad versions", of: text).joined().contains("names no package"))
    #expect(
      section("How sure this is", of: text) == [
        "  - No source that was read confirms this incident, or its exact versions."
      ])
    #expect(!text.contains("Where sources disagree"))
  }

  @Test func `no host of an attacker is a link anywhere in a text, and programs get it as it is`() throws {
    let incident = try IncidentSample.full()
    for style in [ReportStyle(audience: .owner), ReportStyle(verbose: true, audience: .owner)] {
      let text = IncidentSample.explained(incident, style)
      for host in ["bad.example", "192.0.2.7", "2001:db8"] { #expect(!text.contains(host), "\(host)") }
      #expect(text.contains("    hosts: cdn[.]bad[.]example, bad[.]example\n"))
      #expect(text.contains("It asks cdn[.]bad[.]example for names."))
      #expect(text.contains("honest.example") && text.contains("https://advisories.example/demo-pipe"))
    }
    #expect(list([incident], ReportStyle(), .json).contains(#""hosts": ["cdn.bad.example", "bad.example"]"#))
  }

  @Test func `a variant says what is other than in the record, and nothing twice`() throws {
    let text = IncidentSample.explained(try IncidentSample.full())
    let start = try #require(
      text.range(of: "\nVariant: demo-loader loads demo-pipe (2026)\nmalicious (dropper) · high\n"))
    let variant = String(text[start.lowerBound...])
    #expect(variant.contains("also known as MAL-2026-0002\nPublished 2026-05, removed 2026-05-15.\n"))
    #expect(
      variant.contains("  PyPI demo-loader (every version) · MAL-2026-0003 · on one list that nothing\n    confirms\n"))
    #expect(
      section("What sets it off", of: variant) == ["  - a program calls a certain function of it, or one of its tools"])
    #expect(section("What it reads", of: variant) == ["  No source says that it takes anything."])
    #expect(
      section("What a scan finds without the package", of: variant) == [
        "  - demo-loader (a folder; others may have made it)"
      ])
    #expect(!variant.contains("What stays behind") && !variant.contains("What it does"))
    #expect(text.ranges(of: "Where sources disagree").count == 1)
  }

  @Test func `a variant alone leaves nothing in the record's part but a word about it`() throws {
    var incident = try IncidentSample.full()
    incident.record.affected.removeFirst()
    let text = IncidentSample.explained(incident)
    #expect(section("Bad versions", of: text) == ["  Each belongs to one of the variants below."])
  }

  @Test func `remarks for the keeper of a record are shown with verbose alone`() throws {
    let incident = try IncidentSample.full()
    #expect(!IncidentSample.explained(incident).contains("Look at it again."))
    let long = IncidentSample.explained(incident, ReportStyle(verbose: true))
    #expect(section("Remarks on this record", of: long) == ["  - Look at it again."])
  }

  // MARK: Hostile and strange records

  /// `text` with something in each of its strings that a terminal would obey.
  private func poisoned(_ json: String) throws -> String {
    func poisoned(_ value: Any) -> Any {
      if let list = value as? [Any] { return list.map(poisoned) }
      if let object = value as? [String: Any] {
        // Without these it is no record, or one of another kind.
        let kept = ["class", "severity", "variant", "introduced", "ecosystem"]
        return Dictionary(uniqueKeysWithValues: object.map { ($0, kept.contains($0) ? $1 : poisoned($1)) })
      }
      return (value as? String).map { $0 + "\u{1B}[31m\u{202E}\r\nx" } ?? value
    }
    let value = poisoned(try JSONSerialization.jsonObject(with: Data(json.utf8)))
    return String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }

  @Test(arguments: [true, false])
  func `no control character of a record reaches the output`(isUnicode: Bool) throws {
    let incident = try IncidentSample.incident(poisoned(IncidentSample.fullText))
    for audience in Audience.allCases {
      let style = ReportStyle(isUnicode: isUnicode, verbose: true, audience: audience)
      let texts = [
        IncidentSample.explained(incident, style), list([incident], style),
        list([incident], query: "\u{1B}", style, .json),
        list([incident, incident], query: "\u{1B}\u{202E}", style),
      ]
      for text in texts {
        #expect(dangerous(in: text).isEmpty)
        #expect(text.contains("1b") && text.contains("202e"))
      }
    }
  }

  @Test func `plain signs are enough for all of it`() throws {
    let style = ReportStyle(isUnicode: false, verbose: true, audience: .owner)
    let text = IncidentSample.explained(try IncidentSample.full(), style) + list([try IncidentSample.full()], style)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
  }

  // MARK: All that are known

  @Test(arguments: Audience.allCases)
  func `every embedded incident is explained to each audience, without an empty section`(audience: Audience) {
    let incidents = IncidentIndex.embedded().all()
    #expect(incidents.count > 100)
    for incident in incidents {
      let text = IncidentSample.explained(incident, ReportStyle(verbose: true, audience: audience))
      let id = incident.record.id
      #expect(text.contains(id) && text.contains("What to do now\n  1. "), "\(id)")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(lines, lines.dropFirst()) where next.isEmpty {
        let isHeading = !line.isEmpty && !line.hasPrefix(" ")
        // Only the lines at the top, and of a variant, stand at the margin without anything below.
        #expect(!isHeading || isTop(line), "\(id): nothing below '\(line)'")
      }
      for heading in ["Bad versions", "What it reads", "How it gets out", "What stays behind", "Sources"] {
        #expect(!section(heading, of: text).isEmpty, "\(id): \(heading)")
      }
      #expect(dangerous(in: text).isEmpty, "\(id)")
      expectNoLink(to: incident, in: lines)
    }
  }

  /// Sources are links, and the only ones.
  private func expectNoLink(to incident: Incident, in lines: [Substring]) {
    let details = [incident.detail] + incident.detail.variants.values
    let hosts = details.flatMap(\.leaves).flatMap { $0.hosts + $0.addresses + $0.queries }
    for line in lines where !line.hasPrefix("  https://") {
      #expect(!hosts.contains { line.contains($0) }, "\(incident.record.id): \(line)")
    }
  }

  private func isTop(_ line: Substring) -> Bool {
    line.hasPrefix("Published ") || line.hasPrefix("Removed ") || line == "What is not said here is as above."
  }

  @Test func `every embedded incident has a row of two lines, in 80 columns`() {
    let text = list(IncidentIndex.embedded().all())
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { Columns.count(String($0)) <= 80 })
    let rows = lines.prefix { !$0.isEmpty }
    #expect(rows.count == 2 * IncidentIndex.embedded().count)
  }
}
