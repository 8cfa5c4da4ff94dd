// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import TestSupport
import Testing

@testable import Feed

@Suite struct FeedWordingTests {
  @Test(arguments: FeedError.Code.allCases)
  func `every error is a sentence about what the user named, and says what to do`(code: FeedError.Code) {
    let lines = FeedWording.lines(FeedError(code, "web/all.zip", "12345 678")).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("error: "))
    #expect(lines[0].contains("'web/all.zip'") || code == .noFolder)
    #expect(lines[1].hasPrefix("hint: "))
    #expect(!lines[1].hasSuffix("."))
    #expect(!lines[0].contains(code.rawValue), "a code is no word for people")
  }

  @Test(arguments: [
    (
      FeedError(.setShrank, "npm", "29313 12"),
      """
      error: 'npm' shrank from 29,313 to 12 records, by more than a tenth
      hint: the advisories are as they were; if you know why, run again with --accept-shrinking

      """
    ),
    (
      FeedError(.zipChecksum, "all.zip", "a.json"),
      """
      error: the zip 'all.zip' is damaged: the content of a.json is not what its checksum says
      hint: the advisories are as they were; the copy may be incomplete: try again later, or copy it anew

      """
    ),
    (
      FeedError(.unknownEcosystem, "NPM", "npm"),
      "error: the source has no ecosystem 'NPM'\nhint: did you mean 'npm'?\n"
    ),
    (
      FeedError(.unreachable, "https://osv.example/x", "Could not resolve host (5 tries)"),
      """
      error: cannot fetch 'https://osv.example/x': Could not resolve host (5 tries)
      hint: the advisories are as they were; check the connection and the proxy (https_proxy), or use a mirror with --from

      """
    ),
  ])
  func `errors read like this`(error: FeedError, lines: String) {
    #expect(FeedWording.lines(error) == lines)
  }

  @Test func `nothing that a terminal would obey is printed`() {
    let text = FeedWording.lines(FeedError(.notThere, "a\u{1B}[2J\nb\u{202E}c"))
    #expect(text.hasPrefix(#"error: 'a\u{1b}[2J\u{a}b\u{202e}c' is not there"#))
  }

  @Test(arguments: [
    (FeedNotice.waiting(folder: "db"), "note: another update of 'db' is running; waiting for it\n"),
    (
      .beginning(ecosystems: 40, source: "https://osv.example"),
      "note: bringing in 40 ecosystems from https://osv.example; --ecosystem narrows\n"
    ),
    (
      .indexUnusable(path: "db", detail: "damaged"),
      "warning: cannot use the index 'db' (damaged): making it anew\nhint: private records that it held have to be imported again\n"
    ),
    (.ecosystemAbsent("[EMPTY]"), "warning: the source lists '[EMPTY]', but has no records of it\n"),
    (
      .recordsAbsent(ecosystem: "npm", count: 1),
      "warning: npm: 1 record that the list names could not be had; the next update asks again\n"
    ),
    (.recordsRefused(ecosystem: "npm", count: 1), "warning: npm: 1 record cannot be read and is left out\n"),
    (.recordsRefused(ecosystem: "npm", count: 1234), "warning: npm: 1,234 records cannot be read and are left out\n"),
    (
      .knownExploitedKept(FeedError(.notThere, "kev.json")),
      "warning: the list of known exploited vulnerabilities stays as it was: 'kev.json' is not there\n"
    ),
  ])
  func `notices read like this`(notice: FeedNotice, line: String) {
    #expect(FeedWording.line(notice) == line)
  }

  private static var report: UpdateReport {
    var report = UpdateReport()
    report.ecosystems = [
      "npm": .init(records: 29313, added: 12, changed: 3, removed: 1, refused: 2, inPart: 4),
      "PyPI": .init(records: 1),
    ]
    report.reasons = ["no-json": 2]
    (report.asOf, report.source, report.seconds, report.isNew) = ("2026-11-25T00:00:00Z", "a\"b", 1.26, true)
    return report
  }

  @Test func `the summary reads like this`() {
    var report = Self.report
    #expect(
      FeedWording.summary(report) == """
        29,314 records of 2 ecosystems, as of 2026-11-25T00:00:00Z, from a"b
        12 added, 3 changed, 1 removed, 4 taken in part, 2 refused (1.3 s)

        """)
    report.isNew = false
    #expect(FeedWording.summary(report).hasSuffix("\nnothing new (1.3 s)\n"))
    report.imported = .init(records: 2)
    #expect(FeedWording.summary(report) == "2 private records already there in 1.3 s\n")
    report.imported = .init(records: 1, inPart: 5, statements: 3, leftOut: 1, gone: 2, goneDocuments: 1)
    report.isNew = true
    #expect(
      FeedWording.summary(report) == """
        1 private record and 3 statements imported in 1.3 s
        2 records no longer named, and taken out; 1 document replaced; 1 left out; 5 taken in part

        """)
    report.imported = nil
    report.forgotten = .init(records: 1000, documents: 1)
    #expect(FeedWording.summary(report) == "1,000 private records and 1 OpenVEX document forgotten in 1.3 s\n")
  }

  @Test func `the report for programs reads like this`() {
    #expect(
      Self.report.json == """
        {"schema": "gifthorse.update/1", "records": 29314, "ecosystems": {"PyPI": {"records": 1, "added": 0, "changed": 0, \
        "removed": 0, "refused": 0, "inPart": 0}, "npm": {"records": 29313, "added": 12, "changed": 3, "removed": 1, \
        "refused": 2, "inPart": 4}}, "reasons": {"no-json": 2}, "asOf": "2026-11-25T00:00:00Z", "source": "a\\"b", \
        "isNew": true, "seconds": 1.3}

        """)
  }

  @Test(arguments: ImportProblem.Code.allCases)
  func `every fault of an entry is a sentence without its code`(code: ImportProblem.Code) {
    for text in ["a\u{1B}b", ""] {
      let fault = ImportFault(path: "bad.txt", line: 3, text: text, reason: .entry(code))
      let line = FeedWording.line(.notTaken(fault))
      #expect(line.hasPrefix("bad.txt:3: "))
      #expect(line.hasSuffix("\n") && !line.hasSuffix(".\n"))
      #expect(text.isEmpty || line.contains(#"'a\u{1b}b'"#))
      #expect(!line.contains(code.rawValue))
    }
  }

  @Test(arguments: [
    (
      ImportFault(path: "a/b.json", line: 7, reason: .file(.invalidJSON)),
      "a/b.json:7: the file is not valid JSON\n"
    ),
    (
      ImportFault(path: "a/b.json", reason: .refused("id-of-a-public-record")),
      "a/b.json: the record has the id of a public record, which nothing imported can change\n"
    ),
    (
      ImportFault(path: "a/b.json", text: "private/b/x", reason: .refused("id-not-usable")),
      "a/b.json: 'private/b/x' has an id that cannot be used\n"
    ),
  ])
  func `faults of files and records read like this`(fault: ImportFault, line: String) {
    #expect(FeedWording.line(.notTaken(fault)) == line)
  }

  @Test func `the samples of what programs get are what they get`() {
    expectSnapshot(Self.report.json, "outputs/update/sample.json")
    var report = UpdateReport()
    (report.source, report.imported, report.isNew) = ("bad.txt", .init(records: 1, leftOut: 2), true)
    expectSnapshot(report.json, "outputs/update/imported.json")
    (report.source, report.imported, report.forgotten) = ("", nil, .init(records: 1, documents: 2))
    expectSnapshot(report.json, "outputs/update/forgotten.json")
  }

  @Test func `the report of an import and of forgetting for programs reads like this`() {
    var report = UpdateReport()
    (report.source, report.imported) = ("bad.txt", .init(records: 1, inPart: 2, statements: 3, leftOut: 4, gone: 5))
    #expect(
      report.json == """
        {"schema": "gifthorse.update/1", "records": 0, "imported": {"records": 1, "inPart": 2, "statements": 3, \
        "leftOut": 4, "gone": 5, "goneDocuments": 0}, "ecosystems": {}, "reasons": {}, "asOf": null, \
        "source": "bad.txt", "isNew": false, "seconds": 0.0}

        """)
    (report.imported, report.forgotten) = (nil, .init(records: 1, documents: 2))
    #expect(report.json.contains(#""records": 0, "forgotten": {"records": 1, "documents": 2}, "ecosystems""#))
  }
}
