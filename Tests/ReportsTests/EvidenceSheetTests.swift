// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import History
import Inventory
import Responding
import Scanning
import Testing

@testable import Reports

struct EvidenceSheetTests {
  private let package = Package(ecosystem: .npm, name: "demo-pipe", version: "9.1.6")
  private let hostile = "<img src=x>`[click](http://evil.example)\n# Heading\u{1B}[0m"

  private func sheet() -> EvidenceSheet {
    var finding = Sample.findings[0]
    finding.sightings = [Sighting(kind: .installed, confidence: .exact, path: "/home/anna/\(hostile)", line: 3)]
    let coverage = Coverage(
      problems: [Coverage.Problem(path: "/srv/half", reason: .truncated)],
      skipped: [Coverage.Skip(path: "/proc", reason: .pseudoFileSystem, arguments: ["proc"])])
    var sheet = EvidenceSheet(
      made: 0, user: "anna", host: hostile, programVersion: "1.0",
      before: Sample.report(findings: [finding], coverage: coverage))
    sheet.exposure = [
      PastSighting(
        package: package, place: "/srv/web/package-lock.json", from: .init(1_000_000, isExact: true), to: nil,
        degree: .locked, evidence: []),
      PastSighting(
        package: package, place: "/srv/web/node_modules", from: .init(0, isExact: false),
        to: .init(86_400, isExact: false), degree: .onDisk, evidence: []),
    ]
    return sheet
  }

  private func text(_ sheet: EvidenceSheet) -> String {
    rendered { write(sheet, style: ReportStyle(), to: $0) }
  }

  @Test func `it says what was found, since when, what was done and what is not known`() {
    var sheet = sheet()
    sheet.edits = [.init(path: "/srv/web/package-lock.json", detail: "demo-pipe 9.1.6 -> 9.1.5")]
    sheet.quarantine.refusals = [QuarantineRefusal(path: "/srv/x", .changed)]
    (sheet.ticked, sheet.open) = (["npm token"], ["ssh key"])
    sheet.scans = [.init(name: "before.json", digest: "ab12")]
    let said = text(sheet)
    for part in [
      "# Evidence of a clean-up\n\n- Made 1970-01-01T00:00:00Z (UTC) by `anna` on the computer ",
      "## What was found\n\n- `\(Sample.findings[0].package.purl)`, `malicious`, `\(Sample.findings[0].id)`\n  - ",
      "`/srv/web/package-lock.json`: from 1970-01-12T13:46:40Z, and still there when this was looked up; pinned in a",
      "from 1970-01-01T00:00:00Z at the latest, perhaps before to 1970-01-02T00:00:00Z at the latest; its files lay",
      "- edited `/srv/web/package-lock.json`: `demo-pipe 9.1.6 -> 9.1.5`\n",
      "- not locked away `/srv/x`: Changed in the meantime\n", "- said to be done by whoever ticked it: `npm token`\n",
      "## What is still to be done\n\n- `ssh key`\n", "No scan was made afterwards",
      "- `/srv/half`: Ends in the middle\n", "- `/proc`: File systems that hold no files of their own (`proc`)\n",
      "- `before.json`: SHA-256 `ab12`\n",
    ] { #expect(said.contains(part), "\(part)\n\(said)") }
  }

  @Test func `names from outside are neither markup nor links nor lines of their own`() {
    let said = text(sheet())
    #expect(!said.contains("\u{1B}") && !said.contains("\n# Heading"))
    #expect(said.contains(#"``<img src=x>`[click](http://evil.example)\x0a# Heading\x1b[0m``"#))
  }

  @Test(arguments: [
    ("a", "`a`"), ("a`b", "``a`b``"), ("``", "``` `` ```"), ("", "`  `"), (" a", "`  a `"), ("`", "`` ` ``"),
  ])
  func `a code span holds any text`(text: String, span: String) {
    #expect(Markdown.code(text) == span)
  }

  @Test func `a scan afterwards is told with what is left`() {
    var sheet = sheet()
    var left = sheet.before
    left.findings[0].sightings.append(Sighting(kind: .quarantined, confidence: .exact, path: "/q/manifest.json"))
    sheet.after = left
    let said = text(sheet)
    #expect(said.contains("## What a scan says now\n\n- verdict: `"))
    #expect(said.contains("- still there: `"))
    #expect(!said.contains("still there: `\(Sample.findings[0].package.purl)` at `/q/manifest.json`"))
    left.findings[0].sightings.removeFirst()
    sheet.after = left
    #expect(!text(sheet).contains("still there: "))
  }
}
