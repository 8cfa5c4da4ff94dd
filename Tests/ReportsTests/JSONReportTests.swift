// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Foundation
import Inventory
import Scanning
import TestSupport
import Testing

@testable import Reports

struct JSONReportTests {
  private func json(_ report: ScanReport, _ style: ReportStyle = ReportStyle()) -> String {
    rendered { write(report, as: .json, style: style, to: $0) }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: Snapshots

  @Test func `the answers for programs are laid out as recorded`() throws {
    expectSnapshot(json(Sample.report), "outputs/scan/sample.json")
    expectSnapshot(json(Sample.clean), "outputs/scan/clean.json")
    for (name, query) in [("sample", "demo-pipe@9.1.6"), ("absent", "absent@^1")] {
      let report = FindReport(try PackageQuery(query), in: Sample.report)
      expectSnapshot(rendered { write(report, as: .json, style: ReportStyle(), to: $0) }, "outputs/find/\(name).json")
    }
  }

  // MARK: Contents

  @Test func `a scan without findings has exactly these fields`() throws {
    let expected: [String: Any] = [
      "schema": "gifthorse.scan/1", "verdict": "clean",
      "scanned": ["paths": ["."], "started": "1970-01-01T00:00:00Z", "seconds": 0.004, "files": 9, "packages": 3],
      "advisories": ["source": "embedded", "records": 1, "asOf": "2026-11-20", "incidents": 1],
      "confinement": ["landlock": NSNull(), "seccomp": false],
      "findings": [Any](), "upgrades": [Any](), "notes": [Any](), "packages": [Any](),
      "coverage": [
        "complete": true, "filesRead": 3, "files": ["npm/package-json": 3], "problems": [Any](), "skipped": [Any](),
      ],
    ]
    #expect(try object(json(Sample.clean)) as NSDictionary == expected as NSDictionary)
  }

  @Test func `a finding has exactly these fields`() throws {
    let findings = try #require(try object(json(Sample.report))["findings"] as? [[String: Any]])
    let expected: [String: Any] = [
      "id": "MAL-2026-0003", "aliases": [Any](), "class": "malicious", "kind": "worm", "severity": "critical",
      "purl": "pkg:npm/%40worm/two@2.0.1", "incident": "npm-demo-worm-2026", "unverified": true,
      "title": "A worm spreads through @worm packages", "what": "It runs when it is installed.",
      "advice": ["Take the machine off the network."], "safe": [Any](), "safeUnverified": [Any](),
      "disagreements": [Any](), "references": ["https://advisories.example/npm-demo-worm-2026"],
      "sightings": [
        [
          "path": "/srv/b/yarn.lock", "line": 77, "kind": "locked", "confidence": "partial", "via": [Any](),
          "source": "git+ssh://code.example/two.git#0a1b2c",
        ] as [String: Any]
      ],
    ]
    #expect(findings.count == Sample.findings.count)
    #expect(findings[2] as NSDictionary == expected as NSDictionary)
  }

  @Test func `dates, disagreements and texts go into a finding in the language that was asked for`() throws {
    let style = ReportStyle(audience: .owner, language: "nl")
    let findings = try #require(try object(json(Sample.report, style))["findings"] as? [[String: Any]])
    #expect(findings[0]["published"] as? String == "2026-05-14T14:25:30Z")
    #expect(findings[0]["removed"] as? String == "2026-05-15")
    #expect(findings[0]["advice"] as? [String] == ["Bel uw leverancier.", "Laat elk wachtwoord vervangen."])
    #expect(findings[0]["title"] as? String == "demo-pipe 9.1.6 steelt wachtwoorden (mei 2026)")
    let points = try #require(findings[0]["disagreements"] as? [[String: String]])
    #expect(
      points == [
        [
          "point": "How the data leave", "a": "DNS only", "b": "DNS and HTTPS",
          "ours": "DNS is agreed on; look for both.",
        ]
      ])
  }

  @Test func `problems, what was left out, and notes carry code, facts and sentence`() throws {
    let report = try object(json(Sample.report))
    let coverage = try #require(report["coverage"] as? [String: Any])
    #expect(coverage["complete"] as? Bool == false)
    #expect(coverage["filesRead"] as? Int == 321)
    let problems = try #require(coverage["problems"] as? [[String: Any]])
    let deep: [String: Any] = [
      "path": "/srv/deep/package-lock.json", "line": 412, "reason": "too-deep", "arguments": ["128"],
      "detail": "cannot read '/srv/deep/package-lock.json' at line 412: nested deeper than 128 levels",
    ]
    #expect(problems[10] as NSDictionary == deep as NSDictionary)
    let skipped = try #require(coverage["skipped"] as? [[String: Any]])
    #expect(skipped.map { $0["reason"] as? String } == ["pseudo-filesystem", "pseudo-filesystem", "link-outside-root"])
    let notes = try #require(report["notes"] as? [[String: Any]])
    let range: [String: Any] = [
      "code": "range-takes-bad-version", "path": "/srv/web/package.json", "line": 14, "purl": "pkg:npm/demo-pipe",
      "incident": "npm-demo-pipe-2026", "arguments": ["^9.1.0", "9.1.6"],
      "message":
        "'/srv/web/package.json' at line 14 asks for demo-pipe '^9.1.0', which would take the bad version 9.1.6",
    ]
    #expect(notes[0] as NSDictionary == range as NSDictionary)
  }

  @Test func `find says what it looked for, what it found, and what that rests on`() throws {
    let report = FindReport(try PackageQuery("demo-pipe@^9"), in: Sample.report)
    let found = try object(rendered { write(report, as: .json, style: ReportStyle(), to: $0) })
    #expect(found["schema"] as? String == "gifthorse.find/1")
    #expect(found["query"] as? String == "demo-pipe@^9")
    #expect(found["found"] as? Bool == true)
    #expect(found["verdict"] as? String == "malicious")
    // 21 of the 321 files read are lockfiles; five, one and one packages of the sample are installed.
    #expect(found["evidence"] as? [String: Int] == ["lockfiles": 21, "installed": 7, "manifests": 300])
    let purls = (found["packages"] as? [[String: Any]])?.map { $0["purl"] as? String }
    #expect(purls == ["pkg:npm/demo-pipe@9.1.6", "pkg:npm/demo-pipe"])
    #expect((found["notes"] as? [Any])?.count == 3)
  }

  @Test func `nothing found is clean only where everything was read`() throws {
    for (scan, verdict) in [(Sample.report, "not-verified"), (Sample.clean, "clean")] {
      let report = FindReport(try PackageQuery("absent"), in: scan)
      let found = try object(rendered { write(report, as: .json, style: ReportStyle(), to: $0) })
      #expect(found["found"] as? Bool == false)
      #expect(found["verdict"] as? String == verdict)
    }
  }

  // MARK: Strings

  @Test func `hostile names are escaped in the text and whole in the value`() throws {
    let text = json(Sample.report)
    #expect(dangerous(in: text).isEmpty)
    let findings = try #require(try object(text)["findings"] as? [[String: Any]])
    let sightings = try #require(findings[3]["sightings"] as? [[String: Any]])
    #expect(sightings[0]["path"] as? String == Sample.hostilePath)
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("say \"hi\" \\ bye", #""say \"hi\" \\ bye""#), ("a\n\r\tb", #""a\n\r\tb""#),
    ("\0\u{1B}\u{7F}\u{9B}", #""\u0000\u001b\u007f\u009b""#),
    ("\u{2028}\u{2029}\u{202E}\u{200B}\u{FEFF}", #""\u2028\u2029\u202e\u200b\ufeff""#),
    ("é日🎁", #""é日🎁""#), ("\u{E0041}", #""\udb40\udc41""#), ("/", #""/""#), ("", #""""#),
  ])
  func `strings are escaped as the grammar asks, and more`(value: String, expected: String) throws {
    let written = rendered { output in
      var json = JSONWriter(output)
      json.object(.inline) { $0.field("k", value) }
    }
    #expect(written == #"{"k": \#(expected)}"#)
    #expect(try object(written)["k"] as? String == value)
  }

  @Test func `empty containers stay on one line and nested ones are indented by two`() {
    let written = rendered { output in
      var json = JSONWriter(output)
      json.object { json in
        json.array("none") { _ in }
        json.array("some") { json in
          json.object(.inline) { $0.field("a", 1) }
          json.object { $0.field("b", orNull: nil) }
        }
        json.field("list", ["x", "y"])
      }
    }
    #expect(
      written == """
        {
          "none": [],
          "some": [
            {"a": 1},
            {
              "b": null
            }
          ],
          "list": ["x", "y"]
        }
        """)
  }

  // MARK: Inventory lines

  @Test func `inventory lines are laid out as recorded`() {
    let lines = rendered { output in
      for entry in Sample.packages {
        for sighting in entry.sightings { writeInventoryLine(entry.package, sighting, as: .ndjson, to: output) }
      }
    }
    expectSnapshot(lines, "outputs/inventory/sample.ndjson")
  }

  @Test func `an inventory line is one object on one line`() throws {
    let sighting = Sighting(
      kind: .locked, confidence: .exact, path: "a\nb/yarn.lock", line: 7, via: ["x@1.0.0"], requirement: "^1")
    let line = rendered { writeInventoryLine(Sample.npm("@s/n", "1.0.0"), sighting, as: .ndjson, to: $0) }
    #expect(line.utf8.count { $0 == 0x0A } == 1)
    #expect(line.hasSuffix("}\n"))
    let expected: [String: Any] = [
      "purl": "pkg:npm/%40s/n@1.0.0", "ecosystem": "npm", "name": "@s/n", "version": "1.0.0", "path": "a\nb/yarn.lock",
      "line": 7, "kind": "locked", "confidence": "exact", "via": ["x@1.0.0"], "requirement": "^1",
    ]
    #expect(try object(line) as NSDictionary == expected as NSDictionary)
    let text = rendered { writeInventoryLine(Sample.npm("@s/n", "1.0.0"), sighting, as: .text, to: $0) }
    #expect(text == "pkg:npm/%40s/n@1.0.0\tlocked\ta\\x0ab/yarn.lock:7\n")
  }

  @Test func `the way to a package is always told for a lockfile, and else where there is one`() {
    let locked = Sighting(kind: .locked, confidence: .exact, path: "y")
    let installed = Sighting(kind: .installed, confidence: .exact, path: "y")
    #expect(rendered { writeInventoryLine(Sample.npm("n"), locked, as: .ndjson, to: $0) }.contains(#""via": []"#))
    #expect(!rendered { writeInventoryLine(Sample.npm("n"), installed, as: .ndjson, to: $0) }.contains("via"))
    #expect(!rendered { writeInventoryLine(Sample.npm("n"), installed, as: .ndjson, to: $0) }.contains("version"))
  }
}
