// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Inventory
import Scanning
import TestSupport
import Testing

@testable import Reports

struct TextReportTests {
  // MARK: Snapshots

  @Test(arguments: [
    ("scan", ReportStyle()), ("scan-ascii", ReportStyle(isUnicode: false)), ("scan-color", ReportStyle(color: true)),
    ("scan-120", ReportStyle(width: 120)), ("scan-40", ReportStyle(width: 40)),
    ("scan-verbose", ReportStyle(verbose: true)),
    ("scan-owner-nl-ascii", ReportStyle(isUnicode: false, audience: .owner, language: "nl")),
  ])
  func `the report of a scan is laid out as recorded`(name: String, style: ReportStyle) {
    expectSnapshot(text(Sample.report, style), "reports/\(name).txt")
  }

  @Test func `the answer of find is laid out as recorded`() throws {
    for (name, query) in [("find", "demo-pipe@9.1.6"), ("find-harmless", "harmless"), ("find-absent", "absent@^1")] {
      let report = FindReport(try PackageQuery(query), in: Sample.report)
      expectSnapshot(rendered { write(report, as: .text, style: ReportStyle(), to: $0) }, "reports/\(name).txt")
    }
  }

  // MARK: The first line

  @Test func `the first line is the verdict, with the number of different packages`() {
    #expect(text(Sample.report).hasPrefix("MALICIOUS: 3 packages made to do harm were found.\n"))
    let one = Sample.report(findings: [Sample.findings[0], Sample.findings[0]], coverage: Coverage())
    #expect(text(one).hasPrefix("MALICIOUS: 1 package that steals passwords and keys was found.\n"))
  }

  @Test(arguments: zip(FindingClass.allCases, ["MALICIOUS: ", "SUSPICIOUS: ", "PROTESTWARE: ", "VULNERABLE: "]))
  func `each class has a verdict of its own`(class: FindingClass, beginning: String) {
    let findings = Sample.findings.filter { $0.class == `class` }
    #expect(!findings.isEmpty)
    #expect(text(Sample.report(findings: findings, coverage: Coverage())).hasPrefix(beginning))
  }

  @Test func `without a finding the verdict rests on what was read`() {
    let problems = (1...3).map { Coverage.Problem(path: "/p\($0)", reason: .truncated) }
    let open = Sample.report(findings: [], coverage: Coverage(problems: problems))
    #expect(text(open).hasPrefix("NOT VERIFIED: nothing bad was found, but 3 places could not be read.\n"))
    #expect(text(Sample.clean).hasPrefix("CLEAN: nothing bad was found in 3 packages, and everything was read.\n"))
    let nothing = Sample.report(findings: [], coverage: Coverage(), packageCount: 0)
    #expect(text(nothing).hasPrefix("CLEAN: everything was read, and there was no package in it.\n"))
  }

  @Test func `a finding does not hide that something was not read, nor milder findings`() {
    let second = text(Sample.report).split(separator: "\n")[1...2].joined(separator: " ")
    #expect(
      second.hasPrefix(
        "Also found: 1 suspicious, 1 protestware, 1 vulnerable. Not everything was read: 14 places could not be, see below."
      ))
  }

  @Test(arguments: [
    ("harmless", "FOUND: 'harmless' is here, in 1 place; nothing bad is known of it.\n"),
    ("demo-pipe@9.1.6", "FOUND, AND BAD: 'demo-pipe@9.1.6' is here, in 8 places.\n"),
    ("absent@^1", "NOT FOUND, NOT VERIFIED: 'absent@^1' was not seen, but 14 places could not be\nread.\n"),
  ])
  func `find says at once whether it is there, whether it is bad, and whether that is sure`(
    query: String, line: String
  ) throws {
    let report = FindReport(try PackageQuery(query), in: Sample.report)
    #expect(rendered { write(report, as: .text, style: ReportStyle(), to: $0) }.hasPrefix(line))
  }

  @Test func `find does not call a package harmless of which a bad version might come in`() {
    var scan = Sample.clean
    scan.packages = [Sample.packages[6]]
    scan.notes = [Sample.notes[0]]
    let report = rendered { output in
      if let query = try? PackageQuery("demo-pipe") {
        write(FindReport(query, in: scan), as: .text, style: ReportStyle(width: 120), to: output)
      }
    }
    #expect(report.hasPrefix("FOUND: 'demo-pipe' is here, in 1 place; no bad version was seen, but see the notes.\n"))
    #expect(report.contains("which would take the bad version 9.1.6"))
    let absent = rendered { output in
      if let query = try? PackageQuery("none") {
        write(FindReport(query, in: scan), as: .text, style: ReportStyle(width: 120), to: output)
      }
    }
    #expect(absent.hasPrefix("NOT FOUND: 'none' is not here, and everything was read.\n"))
  }

  // MARK: Findings

  @Test func `an incident of several packages is explained once`() {
    let report = text(Sample.report)
    #expect(report.split(separator: "A worm spreads through @worm packages").count == 2)
    #expect(report.split(separator: "Take the machine off the network.").count == 2)
    #expect(report.contains("@worm/one 1.0.1 · MAL-2026-0002\n"))
    #expect(report.contains("@worm/two 2.0.1 · MAL-2026-0003 · unverified\n"))
  }

  @Test func `three places of a kind are shown, and all with verbose`() {
    let short = text(Sample.report)
    #expect(short.contains("shop-3/node_modules"))
    #expect(!short.contains("shop-4/node_modules"))
    #expect(short.contains("and 2 more places (--verbose lists them)"))
    let long = text(Sample.report, ReportStyle(verbose: true))
    #expect(long.contains("shop-5/node_modules"))
    #expect(!long.contains("--verbose lists"))
  }

  @Test func `twenty packages of an incident are shown, and all with verbose`() {
    let findings = (1...23).map { (number: Int) in
      Sample.finding(
        Sample.npm("worm-\(number)", "1.0.0"), id: "MAL-2026-1", Sample.worm, incident: "npm-w",
        sightings: [Sighting(kind: .locked, confidence: .exact, path: "/y", line: number)])
    }
    let report = Sample.report(findings: findings, coverage: Coverage())
    #expect(text(report).contains("worm-20 1.0.0"))
    #expect(!text(report).contains("worm-21 1.0.0"))
    #expect(text(report).contains("and 3 more packages (--verbose lists them)"))
    #expect(text(report, ReportStyle(verbose: true)).contains("worm-23 1.0.0"))
  }

  @Test func `a locked package shows its line and the way to it`() {
    let report = text(Sample.report)
    #expect(report.contains("/home/anna/projects/shop-1/package-lock.json:4120\n"))
    #expect(report.contains("through web → @build/tool@4.5.15 → pipe-loader@2.0.0\n"))
    #expect(
      text(Sample.report, ReportStyle(isUnicode: false)).contains(
        "through web > @build/tool@4.5.15 > pipe-loader@2.0.0\n"))
  }

  @Test func `what no source confirms is not sold as safe`() {
    let report = text(Sample.report, ReportStyle(width: 200))
    #expect(report.contains("9.1.5, 9.2.1; 9.2.0 (believed to be clean; no source confirms it)"))
    #expect(report.contains("no source names one"))
  }

  @Test func `advice comes in the words of the audience, in its language, and in other words where there are none`() {
    let owner = text(Sample.report, ReportStyle(audience: .owner, language: "nl"))
    #expect(owner.contains("1. Bel uw leverancier."))
    #expect(owner.contains("1. demo-pipe 9.1.6 steelt wachtwoorden (mei 2026)"))
    #expect(owner.contains("1. Take the machine off the network."))
    let withoutSteps = Sample.report(findings: [Sample.findings[3]], coverage: Coverage())
    #expect(text(withoutSteps).contains("1. Stop using it, remove it,"))
  }

  // MARK: Coverage and notes

  @Test func `problems are grouped by reason, five of each, and all with verbose`() {
    let short = text(Sample.report)
    #expect(short.contains("  Permission was denied (7)\n"))
    #expect(short.contains("/home/anna/private-5\n"))
    #expect(!short.contains("/home/anna/private-6\n"))
    #expect(text(Sample.report, ReportStyle(verbose: true)).contains("/home/anna/private-7\n"))
    #expect(short.contains("/srv/big/package.json (2,147,483,648 > 16,777,216)\n"))
    #expect(short.contains("hint: raise --max-manifest-bytes if you trust this file\n"))
  }

  @Test func `what was left out by rule is counted, and listed with verbose`() {
    let short = text(Sample.report)
    #expect(short.contains("  File systems that hold no files of their own (2)\n"))
    #expect(!short.contains("/sys"))
    #expect(text(Sample.report, ReportStyle(verbose: true)).contains("    /sys (sysfs)\n"))
  }

  @Test func `one requirement that takes versions of two incidents is one note`() {
    let report = text(Sample.report, ReportStyle(width: 200))
    #expect(report.contains("asks for demo-pipe '^9.1.0', which would take the bad versions 9.1.6, 9.2.2\n"))
    #expect(report.contains("Ranges that would take a bad version (2)\n"))
  }

  @Test func `confinement is told where it is not complete, and with verbose`() {
    #expect(!text(Sample.report).contains("Confinement"))
    #expect(text(Sample.report, ReportStyle(verbose: true)).contains("Confinement   Landlock (version 7)"))
    #expect(text(Sample.clean).contains("Confinement   nothing is in force"))
  }

  // MARK: Layout

  @Test(arguments: [40, 80, 120])
  func `no line is wider than the style, but for a path or a command that cannot be broken`(width: Int) {
    for line in text(Sample.report, ReportStyle(width: width)).split(separator: "\n")
    where Columns.count(String(line)) > width {
      let words = line.split(separator: " ")
      // A command is there to be copied, and is not broken either.
      if line.hasPrefix("  gifthorse ") { continue }
      #expect(words.count <= 2 || line.contains("x1b") || line.contains("shop 2"), "\(line)")
      #expect(line.contains("/"), "\(line)")
    }
  }

  @Test func `without colour there is no escape byte, with colour only the two sequences that paint`() {
    #expect(!text(Sample.report).unicodeScalars.contains("\u{1B}"))
    let painted = text(Sample.report, ReportStyle(color: true))
    #expect(painted.hasPrefix("\u{1B}[1;31mMALICIOUS: 3 packages made to do harm were found.\u{1B}[0m\n"))
    var plain = painted
    for sequence in ["1;31", "1;33", "1;32", "1", "2", "0"] {
      plain = plain.split(separator: "\u{1B}[\(sequence)m", omittingEmptySubsequences: false).joined()
    }
    #expect(plain == text(Sample.report))
  }

  @Test func `a style without Unicode gives ASCII alone`() {
    let report = text(
      Sample.report, ReportStyle(isUnicode: false, width: 200, verbose: true, audience: .owner, language: "nl"))
    #expect(report.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(report.contains("een programma volstaat"))
  }

  @Test(arguments: [false, true])
  func `hostile names never reach the terminal`(verbose: Bool) {
    let report = text(Sample.report, ReportStyle(verbose: verbose))
    #expect(dangerous(in: report).isEmpty)
    #expect(report.contains("evil\\x1b[31m\\u{202e}eman\\u{200b} 1.0.0\\x1b[2J"))
    #expect(
      report.contains(
        "/srv/web/\\x1b]0;owned\\x07\\x9b2J\\x0d\\x0aCLEAN: all is well\\u{2028}/node_modules/x/package.json"))
    #expect(!report.contains("\nCLEAN"))
  }

  @Test func `the width is kept within bounds`() {
    #expect(ReportStyle(width: 0).width == 40)
    #expect(ReportStyle(width: 100).width == 100)
    #expect(ReportStyle(width: 10_000).width == 200)
  }
}
