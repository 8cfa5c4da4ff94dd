// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Parsing
import TestSupport
import Testing

@testable import Feed

@Suite struct FeedProgramTests {
  private static func bucket() -> Bucket {
    var bucket = Bucket()
    bucket.add("npm", 30)
    return bucket
  }

  private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> FeedProcess.Outcome {
    try FeedProcess(arguments, in: folder).wait()
  }

  @Test func `an update says in one line each what it begins with and what it did`() throws {
    let folder = try TemporaryFolder()
    try Self.bucket().write(to: folder, "osv")
    let first = try run("update", "--from", "osv", "--db", "db", in: folder)
    #expect(first.status == 0)
    #expect(
      first.output == """
        30 records of 1 ecosystem, as of 2026-01-01T00:29:00Z, from FOLDER/osv
        30 added, 0 changed, 0 removed (TIME)

        """)
    #expect(first.error == "note: bringing in 1 ecosystem from FOLDER/osv; --ecosystem narrows\n")
    let second = try run("update", "--from", "osv", "--db", "db", in: folder)
    #expect(second.status == 0)
    #expect(
      second.output == """
        30 records of 1 ecosystem, as of 2026-01-01T00:29:00Z, from FOLDER/osv
        nothing new (TIME)

        """)
    #expect(second.error.isEmpty)
  }

  @Test func `the answer can be had as JSON`() throws {
    let folder = try TemporaryFolder()
    try Self.bucket().write(to: folder, "osv")
    let outcome = try run("update", "--from", "osv", "--db", "db", "--format", "json", in: folder)
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(answer["schema"] as? String == "gifthorse.update/1")
    #expect(answer["records"] as? Int == 30)
    #expect(answer["isNew"] as? Bool == true)
  }

  @Test func `without a folder the index lies where XDG says`() throws {
    let folder = try TemporaryFolder()
    try Self.bucket().write(to: folder, "osv")
    #expect(try run("update", "--from", "osv", in: folder).status == 0)
    let path = folder.path("home/.local/share/gifthorse/\(AdvisoryIndexPlace.fileName)")
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [
    (
      ["update", "--from", "no/such", "--db", "db"],
      "error: cannot use 'no/such' as a source: No such file or directory\n"
    ),
    (
      ["update", "--from", "http://osv.example", "--db", "db"],
      "error: 'http://osv.example' is an address without encryption\n"
    ),
    (
      ["update", "--from", "osv", "--db", "db", "--ecosystem", "NPM"],
      "error: the source has no ecosystem 'NPM'\nhint: did you mean 'npm'?\n"
    ),
    (["update", "--froom", "osv"], "Error: Unknown option '--froom'."),
    (["upgrade"], "Error: Unexpected argument 'upgrade'"),
  ])
  func `a wrong command line ends with 64`(arguments: [String], error: String) throws {
    let folder = try TemporaryFolder()
    try Self.bucket().write(to: folder, "osv")
    let outcome = try FeedProcess(arguments, in: folder).wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix(error), "\(outcome.error)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `what is refused ends with 75, and nothing on standard output`() throws {
    let folder = try TemporaryFolder()
    var bucket = Self.bucket()
    bucket.replaced["npm/all.zip"] = bucket.file("npm/all.zip")?.dropLast(5)
    try bucket.write(to: folder, "osv")
    let outcome = try run("update", "--from", "osv", "--db", "db", in: folder)
    #expect(outcome.status == 75)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.error == """
        note: bringing in 1 ecosystem from FOLDER/osv; --ecosystem narrows
        error: the zip 'FOLDER/osv/npm/all.zip' is cut off
        hint: the advisories are as they were; the copy may be incomplete: try again later, or copy it anew

        """)
  }

  @Test func `private records are imported`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "own.json")
    let outcome = try run("import", "own.json", "--db", "db", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.output == "1 private record imported in TIME\n")
    let missing = try run("import", "nothing.json", "--db", "db", in: folder)
    #expect(missing.status == 64)
    #expect(missing.error.hasPrefix("error: 'nothing.json' is not there\n"))
  }

  @Test func `a file with bad lines says which, and what to do`() throws {
    let folder = try TemporaryFolder()
    try folder.write("cheese@1.0.0\nholes\n\nmice@1.0 - 2.0\n", to: "bad.txt")
    let refused = try run("import", "bad.txt", "--ecosystem", "npm", "--db", "db", in: folder)
    #expect(refused.status == 64)
    #expect(refused.output == "")
    #expect(
      refused.error == """
        bad.txt:2: 'holes' has no version; * stands for all of them
        bad.txt:4: 'mice@1.0 - 2.0' does not name one exact version
        error: cannot take 2 lines or entries of 'bad.txt'
        hint: nothing was imported; correct them, or leave them out with --skip-bad

        """)
    let taken = try run("import", "bad.txt", "--ecosystem", "npm", "--skip-bad", "--db", "db", in: folder)
    #expect(taken.status == 0)
    #expect(taken.output == "1 private record imported in TIME\n2 left out\n")
  }

  @Test func `a file of no known format says which there are`() throws {
    let folder = try TemporaryFolder()
    try folder.write("<html>", to: "page.html")
    let outcome = try run("import", "page.html", "--db", "db", in: folder)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(
      outcome.error == """
        error: 'page.html' is of no format that can be imported
        hint: lists of name@version or of purls, tables in CSV or TSV, catalogues of bumblebee, OpenVEX documents and \
        OSV records can be imported

        """)
  }

  @Test func `what was imported is forgotten by its label`() throws {
    let folder = try TemporaryFolder()
    try folder.write("pkg:npm/cheese@1.0.0\n", to: "bad.txt")
    _ = try run("import", "bad.txt", "--db", "db", in: folder)
    let unknown = try run("forget", "good", "--db", "db", in: folder)
    #expect(unknown.status == 64)
    #expect(
      unknown.error == """
        error: nothing was imported under the label 'good'
        hint: labels that are here: bad

        """)
    let forgotten = try run("forget", "bad", "--db", "db", in: folder)
    #expect(forgotten.status == 0)
    #expect(forgotten.output == "1 private record forgotten in TIME\n")
    #expect(forgotten.error == "")
  }

  @Test func `of two updates the second says so and waits, or ends`() throws {
    let folder = try TemporaryFolder()
    try Self.bucket().write(to: folder, "osv")
    var holder: Workplace? = try Workplace(folder.path("db"), waiting: nil)
    let impatient = try run("update", "--from", "osv", "--db", "db", "--no-wait", in: folder)
    #expect(impatient.status == 75)
    #expect(impatient.error == "error: another update of 'db' is running\nhint: leave out --no-wait to wait for it\n")
    let patient = try FeedProcess(["update", "--from", "osv", "--db", "db"], in: folder)
    for _ in 0..<1000 where !patient.errorSoFar.contains("waiting") { usleep(10_000) }
    #expect(patient.errorSoFar == "note: another update of 'db' is running; waiting for it\n")
    withExtendedLifetime(holder) {}
    holder = nil
    #expect(patient.wait().status == 0)
  }

  @Test func `killed at any moment, the old index or the new one serves, whole, with its own watermark`() throws {
    let index = try TestIndex()
    var bucket = Bucket()
    bucket.add("npm", 400)
    try bucket.write(to: index.folder, "old", withRecords: false)
    for number in 0..<400 { bucket.records["npm"]?["TEST-\(number)"] = "2026-03-01T00:00:00Z" }
    try bucket.write(to: index.folder, "new", withRecords: false)
    try index.update(from: index.folder.path("old"))
    let old = try index.bytes()
    let arguments = ["update", "--whole", "--from", "new", "--db", "db"]
    let began = ContinuousClock.now
    #expect(try FeedProcess(arguments, in: index.folder).wait().status == 0)
    let whole = ContinuousClock.now - began
    let new = try index.bytes()
    #expect(new != old)

    var generator = SeededGenerator(seed: 4)
    var (killed, left) = (0, 0)
    for _ in 0..<20 {
      try index.folder.write(old, to: "db/\(AdvisoryIndexPlace.fileName)")
      let process = try FeedProcess(arguments, in: index.folder)
      usleep(UInt32(whole / .microseconds(1) * Double.random(in: 0...1, using: &generator)))
      kill(process.identifier, SIGKILL)
      killed += process.wait().status == 128 + SIGKILL ? 1 : 0
      left += try index.others().isEmpty ? 0 : 1
      let open = try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: index.path))
      let isOld = open.information.source == index.folder.path("old")
      #expect(open.information.counts.records == 400)
      let time = try #require(Moment(isOld ? "2026-01-07T00:39:00Z" : "2026-03-01T00:00:00Z"))
      #expect(try index.value(.watermark, "npm") == time.kept)
      #expect(
        try open.record("TEST-7")?.modified
          == Moment(isOld ? "2026-01-01T00:07:00Z" : "2026-03-01T00:00:00Z")?.nanoseconds)
      if isOld { #expect(try index.bytes() == old) }
    }
    #expect(killed >= 5, "\(killed) of 20 were killed before their end")
    #expect(left >= 1, "\(left) of 20 left something behind")
    #expect(try FeedProcess(arguments, in: index.folder).wait().status == 0)
    #expect(try index.others().isEmpty)
  }
}
