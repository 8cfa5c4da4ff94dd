// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing
import Responding
import Scanning
import Testing

@testable import Reports

struct QuarantineReportTests {
  private static let manifest = "home/.gifthorse-quarantine/20261125T120000Z-9f3c/manifest.json"

  /// The first finding of the sample, seen at these kinds of places.
  private func report(_ kinds: [Sighting.Kind]) -> ScanReport {
    var finding = Sample.findings[0]
    finding.sightings = kinds.map { kind in
      Sighting(kind: kind, confidence: .exact, path: kind == .quarantined ? Self.manifest : "web/package-lock.json")
    }
    var report = Sample.report(findings: [finding], coverage: Coverage())
    report.verdict = finding.isQuarantined ? .clean : .malicious
    return report
  }

  private func item(_ number: Int = 1, shared: Int = 0) -> QuarantinedItem {
    QuarantinedItem(
      number: number, origin: Array("web/node_modules/\u{1B}x".utf8), shownOrigin: "web/node_modules/\u{1B}x",
      kind: .folder, role: .package, inode: 1, device: 1, mode: 0o755, modified: 0, size: 10, files: 3,
      sharedFiles: shared, digest: String(repeating: "0", count: 64),
      contents: [.init(package: Package(ecosystem: .npm, name: "demo", version: "1.0.0"), findings: ["MAL-1"])])
  }

  private func text(_ body: (TextReport) -> Void) -> String {
    rendered { body(TextReport(style: ReportStyle(width: 200), output: $0)) }
  }

  private func json(_ body: (inout JSONWriter) -> Void) -> String {
    rendered { output in
      var json = JSONWriter(output)
      json.object { body(&$0) }
    }
  }

  @Test func `what lies in quarantine alone has a section of its own and does not make the verdict`() {
    let report = report([.quarantined])
    let said = rendered { write(report, as: .text, style: ReportStyle(width: 200), to: $0) }
    #expect(said.hasPrefix("CLEAN: "))
    #expect(!said.contains("What to do now"))
    #expect(said.contains("In quarantine, where nothing loads or starts it, and not counted as present\n"))
    #expect(said.contains(Sample.findings[0].package.name))
    #expect(said.contains("FOLDER is 'home/.gifthorse-quarantine/20261125T120000Z-9f3c'"))
    let document = rendered { write(report, as: .json, style: ReportStyle(), to: $0) }
    #expect(document.contains(#""quarantined": true"#))
    #expect(document.contains(#""verdict": "clean""#))
    #expect(document.contains(#""kind": "quarantined""#))
  }

  @Test func `what lies elsewhere as well is told as ever`() {
    let report = report([.quarantined, .locked])
    let said = rendered { write(report, as: .text, style: ReportStyle(width: 200), to: $0) }
    #expect(said.hasPrefix("MALICIOUS: 1 package"))
    #expect(!said.contains("In quarantine, where"))
    #expect(!rendered { write(report, as: .json, style: ReportStyle(), to: $0) }.contains(#""quarantined": true"#))
  }

  @Test func `what was moved is told with its place, its packages and the way back`() {
    var report = QuarantineReport()
    report.batches = [.init(path: "home/q/1", folder: "home", items: [item(shared: 2)], isLocked: true)]
    report.refusals = [QuarantineRefusal(path: "b", .changed)]
    let said = text { $0.write(report) }
    #expect(
      said == """
        1 thing was moved into quarantine:
          home/web/node_modules/\\x1bx
            the package of demo@1.0.0, 3 files; 2 of them have other names: the same content may lie in the package manager's store as well
          in home/q/1
          hint: `gifthorse fix --restore FOLDER` puts it back; remove it when nobody needs it any more. FOLDER is 'home/q/1'

        What was not moved
          did not move 'b': it has changed since it was looked at
            hint: make sure that nothing is being installed, and run it again

        """)
    let document = json { $0.quarantine("quarantine", report, language: .english) }
    for part in [
      #""applied": true"#, #""complete": false"#, #""path": "home/q/1""#, #""locked": true"#, #""reason": "changed""#,
      #""from": "web/node_modules/\u001bx""#, #""packages": [{"purl": "pkg:npm/demo@1.0.0", "findings": ["MAL-1"]}]"#,
    ] { #expect(document.contains(part), "\(part)") }
  }

  @Test func `what was put back is told, and what stays`() {
    var report = RestoreReport()
    report.folder = "/home"
    report.restored = [item()]
    report.alreadyBack = [item(2)]
    report.refusals = [QuarantineRefusal(path: "/home/c", .occupied)]
    let said = text { $0.write(report) }
    #expect(said.hasPrefix("1 thing was put back:\n  /home/web/node_modules/\\x1bx\n"))
    #expect(said.contains("1 thing of the manifest is not in quarantine any more.\n"))
    #expect(said.contains("What stays in quarantine\n  did not put back '/home/c': something else stands there"))
    let document = json { $0.restore("restore", report, language: .english) }
    #expect(document.contains(#""alreadyBack""#) && document.contains(#""reason": "occupied""#))
    #expect(text { $0.write(RestoreReport()) } == "Nothing was put back.\n")
    #expect(text { $0.write(QuarantineReport()) } == "Nothing was moved into quarantine.\n")
  }

  @Test(arguments: QuarantineRefusal.Code.allCases)
  func `each refusal has a sentence that names the place and the facts, and something to do`(
    code: QuarantineRefusal.Code
  ) {
    let facts: [QuarantineRefusal.Code: [String]] = [
      .tooMany: ["1000"], .leftBehind: ["../bin/x"], .quarantineUnusable: ["not-a-folder"], .system: ["EIO"],
    ]
    let arguments = facts[code] ?? []
    let sentence = Glue.dissolved(Wording().sentence(for: QuarantineRefusal(path: "/a b", code, arguments)))
    #expect(sentence.contains("'/a b'"))
    #expect(!sentence.contains("{") && !sentence.contains("()"))
    let explanation = Language.english.refusal(code)
    #expect(Wording.placeCount(explanation.sentence) == 1 + arguments.count)
    #expect(explanation.hint?.isEmpty == false)
  }
}
