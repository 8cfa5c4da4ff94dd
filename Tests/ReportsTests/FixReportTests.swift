// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Foundation
import Inventory
import Responding
import Scanning
import TestSupport
import Testing

@testable import Reports

struct FixReportTests {
  private static let package = Package(ecosystem: .npm, name: "node-ipc", version: "9.1.6")

  private static func plan(applied: Bool = false) -> FixPlan {
    let scan = ScanReport(
      verdict: .malicious, scanned: .init(paths: ["app"], started: 0, seconds: 0.1, entries: 3),
      advisories: .init(source: "embedded", records: 1, asOf: "2026-11-20"), packages: [], packageCount: 1,
      findings: [], notes: [],
      coverage: Coverage(), confinement: Confinement(landlock: 5, seccomp: true))
    var plan = FixPlan(scan: scan)
    plan.isApplied = applied
    plan.choices = [
      FixPlan.Choice(
        package: package, findings: ["MAL-2026-3744"], class: .malicious,
        safe: SafeVersion(version: "9.1.5", origin: .incident, isOlder: true)),
      FixPlan.Choice(
        package: Package(ecosystem: .pypi, name: "lost", version: "1.0"), findings: ["X-1"], class: .malicious,
        safe: nil),
    ]
    var file = FixPlan.File(path: "app/package.json", old: Array("{\n\t\"node-ipc\": \"^9\"\n}\n".utf8), edits: [])
    file = FixPlan.File(path: file.path, old: file.old, edits: [ByteEdit(15..<19, Array("\"9.1.5\"".utf8))])
    file.state = applied ? .applied : .planned
    plan.files = [file]
    plan.doubts = [FixPlan.Doubt(path: "app/yarn.lock", doubt: EditDoubt(.entryNotKnown, ["node-ipc@9.1.5"]))]
    plan.commands = [FixPlan.Command(folder: "a b", line: "yarn install --ignore-scripts")]
    plan.untouched = [
      FixPlan.Untouched(path: "app/node_modules/node-ipc/package.json", package: package, kind: .installed)
    ]
    return plan
  }

  private func text(_ plan: FixPlan, as format: ReportFormat = .text) -> String {
    var bytes: [UInt8] = []
    let output = Output { bytes += $0 }
    write(plan, as: format, style: ReportStyle(), to: output)
    output.flush()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `the text says what would change, what would not, and what to type`() {
    #expect(
      text(Self.plan()) == """
        1 file can be fixed, and 3 things are left for a person. Nothing was changed.

        Where to go
          node-ipc 9.1.6: back to 9.1.5, which the incident's sources name as clean
          PyPI lost 1.0: no clean version is known: take it out, or replace it

        Changes
        --- a/app/package.json
        +++ b/app/package.json
        @@ -1,3 +1,3 @@
         {
        -\t"node-ipc": "^9"
        +\t"node-ipc": "9.1.5"
         }

        What is not changed, and why
          'app/yarn.lock': nothing that was read holds the whole entry of node-ipc@9.1.5

        What to type once the changes above are made
          cd 'a b' && yarn install --ignore-scripts

        What lies on this machine in 1 place, and stays until it is taken away
          node-ipc 9.1.6, installed: 'app/node_modules/node-ipc/package.json'
          hint: `--quarantine` moves it, and what caches hold of it, into a locked
            folder; installing again does the rest

        `--apply` makes these changes; `--evidence FILE` beside it writes down what was
        found and done, for a customer or an insurer.

        """)
  }

  @Test func `what was changed is told as such`() {
    var plan = Self.plan(applied: true)
    #expect(text(plan).hasPrefix("1 file was changed, and 3 things are left for a person.\n"))
    #expect(text(plan).contains("\nWhat was changed\n") && text(plan).contains("patch -p1 -R"))
    plan.choices.removeLast()
    (plan.doubts, plan.commands, plan.untouched) = ([], [], [])
    #expect(text(plan).hasPrefix("FIXED: 1 file was changed, and nothing is left to do here.\n"))
    plan.files[0].state = .changedMeanwhile
    #expect(text(plan).contains("  'app/package.json' was not changed: something else has written to it"))
    #expect(text(plan).hasPrefix("0 files were changed, and 1 thing is left for a person.\n"))
    (plan.files[0].state, plan.files[0].failure) = (.failed, "EACCES")
    #expect(text(plan).contains("  'app/package.json' was not changed: permission denied (EACCES)\n"))
  }

  @Test func `nothing a terminal would obey comes out of a diff`() {
    var plan = Self.plan()
    let old = Array("\"\u{1B}[2Jx\": \"a\"\n".utf8)
    plan.files = [FixPlan.File(path: "p", old: old, edits: [ByteEdit(10..<11, Array("b".utf8))])]
    #expect(!text(plan).contains("\u{1B}") && text(plan).contains("\\x1b[2Jx"))
  }

  @Test func `the JSON has the diff as it is`() throws {
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text(Self.plan(), as: .json).utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "gifthorse.fix/1")
    #expect(json["applied"] as? Bool == false && json["done"] as? Bool == false)
    let file = try #require((json["files"] as? [[String: Any]])?.first)
    #expect(
      file["diff"] as? String
        == "--- a/app/package.json\n+++ b/app/package.json\n@@ -1,3 +1,3 @@\n {\n-\t\"node-ipc\": \"^9\"\n+\t\"node-ipc\": \"9.1.5\"\n }\n"
    )
    #expect(file["state"] as? String == "planned")
    let choices = try #require(json["choices"] as? [[String: Any]])
    #expect(choices.map { $0["to"] as? String } == ["pkg:npm/node-ipc@9.1.5", nil])
    #expect(choices[0]["by"] as? String == "incident" && choices[0]["older"] as? Bool == true)
    #expect((json["commands"] as? [[String: String]]) == [["folder": "a b", "line": "yarn install --ignore-scripts"]])
  }

  // MARK: Words and contract

  /// How many arguments each doubt has.
  private static let counts: [EditDoubt.Code: Int] = [
    .malformed: 1, .unknownForm: 1, .entryNotKnown: 1, .dependencyMissing: 2, .notTaken: 3, .conditionalOverride: 1,
    .fromElsewhere: 2,
    .directDiffers: 2, .severalVersions: 2, .digestsNotKnown: 1, .manifestDigest: 1, .notFound: 1,
  ]

  @Test(arguments: EditDoubt.Code.allCases)
  func `each doubt has a sentence that names the place and the facts`(code: EditDoubt.Code) {
    for language in Language.all {
      #expect(Wording.placeCount(language.doubt(code)) == 1 + (Self.counts[code] ?? 0))
      let doubt = FixPlan.Doubt(path: "a b", doubt: EditDoubt(code, ["x", "y", "z"]))
      #expect(Wording(language).sentence(for: doubt).contains("a\u{E000}b"))
    }
  }

  @Test func `each phrase is said, and no two are the same`() {
    for language in Language.all {
      let phrases = FixPhrase.allCases.map(language.fix)
      #expect(!phrases.contains("") && Set(phrases).count == phrases.count)
    }
  }

  @Test func `the schema lists exactly the codes that the program knows`() throws {
    let file = Repository.root.appending(path: "Schemas/v1/fix.schema.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    func codes(_ path: String...) -> [String]? {
      (["properties"] + path + ["enum"]).reduce(Optional(schema)) { ($0 as? [String: Any])?[$1] } as? [String]
    }
    #expect(codes("doubts", "items", "properties", "code") == EditDoubt.Code.allCases.map(\.rawValue))
    #expect(codes("files", "items", "properties", "state") == FixPlan.File.State.allCases.map(\.rawValue))
    #expect(codes("choices", "items", "properties", "by") == SafeVersion.Origin.allCases.map(\.rawValue))
    #expect(codes("choices", "items", "properties", "class") == FindingClass.allCases.map(\.rawValue))
    #expect(codes("untouched", "items", "properties", "kind") == Sighting.Kind.allCases.map(\.rawValue))
  }
}
