// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

@testable import Advisories

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is no index, or none that can be read, is an error that says so.
@Suite struct AdvisoryIndexErrorTests {
  private let folder: IndexFolder

  init() throws { folder = try IndexFolder() }

  private func code(_ body: () throws -> Void) -> AdvisoryIndexError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? AdvisoryIndexError)?.code
    }
  }

  /// What is said where the file is to be read, and where it is to be the basis of another.
  private func codes(_ name: String) -> [AdvisoryIndexError.Code?] {
    [
      code { _ = try folder.open(name) },
      code { try folder.make("on-\(name)", on: name) },
      code { try folder.make("beside-\(name)") { try $0.takeOwn(from: folder.path(name)) } },
    ]
  }

  @Test func `a file that is not there is missing, also below another file`() throws {
    try folder.folder.write("x", to: "file")
    #expect(codes("none") == [.missing, .missing, .missing])
    #expect(code { _ = try folder.open("file/none") } == .missing)
  }

  @Test(arguments: [
    "", "SQLite format 3", "a text", String(repeating: "a longer text\n", count: 1000),
    "SQLite format 3\u{0}" + String(repeating: "\u{0}", count: 5000),
  ])
  func `another file is foreign`(content: String) throws {
    try folder.folder.write(content, to: "a")
    #expect(codes("a") == [.foreign, .foreign, .foreign])
  }

  @Test func `somebody else's database is foreign`() throws {
    let database = try Database.create(folder.path("a"))
    try database.execute("CREATE TABLE name(key INTEGER, id TEXT, claims BLOB)")
    database.close()
    #expect(codes("a") == [.foreign, .foreign, .foreign])
  }

  @Test func `an index of another version says which`() throws {
    let writer = try AdvisoryIndexWriter(path: folder.path("a"), basedOn: nil)
    try writer.database.execute("PRAGMA user_version = 77")
    try writer.finish()
    #expect(codes("a") == [.otherVersion, .otherVersion, .otherVersion])
    #expect(throws: AdvisoryIndexError(.otherVersion, path: folder.path("a"), detail: "77")) { try folder.open("a") }
  }

  @Test func `an index that was not finished is damaged or foreign`() throws {
    do {
      let writer = try AdvisoryIndexWriter(path: folder.path("a"), basedOn: nil)
      for number in 0..<50 { _ = try writer.put(SampleRecord.flaw(number)) }
    }
    let codes = codes("a")
    #expect([.damaged, .foreign].contains(codes[0]))
    #expect(Set(codes).count == 1)
  }

  @Test func `a folder and a pipe are not readable, and nobody waits for them`() throws {
    try folder.folder.makeFolder("a")
    #expect(mkfifo(folder.path("b"), 0o600) == 0)
    #expect(codes("a") == [.notReadable, .notReadable, .notReadable])
    #expect(codes("b") == [.notReadable, .notReadable, .notReadable])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func `a file that may not be read is not readable`() throws {
    try folder.make("a")
    #expect(chmod(folder.path("a"), 0) == 0)
    #expect(code { _ = try folder.open("a") } == .notReadable)
  }

  /// The superuser may write all the same; that nothing is written is seen by the folder's content, whoever runs this.
  @Test func `an index in a folder that may not be written is readable, and nothing is put beside it`() throws {
    try folder.folder.makeFolder("locked")
    try folder.make("locked/a", [SampleRecord.malware("MAL-1", "left-pad")])
    #expect(chmod(folder.path("locked/a"), 0o444) == 0)
    #expect(chmod(folder.path("locked"), 0o555) == 0)
    defer { chmod(folder.path("locked"), 0o755) }
    let before = try folder.bytes("locked/a")
    let index = try folder.open("locked/a")
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == ["MAL-1"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("locked")) == ["a"])
    #expect(try folder.bytes("locked/a") == before)
  }

  @Test func `a writer leaves nothing but the index`() throws {
    try folder.make("a", (0..<100).map(SampleRecord.flaw))
    try folder.make("b", [SampleRecord.malware("MAL-1", "left-pad")], on: "a")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.folder.path).sorted() == ["a", "b"])
  }

  @Test func `where nothing can be written, that is said`() throws {
    #expect(code { try folder.make("none/a") } == .notWritable)
    try folder.make("a")
    #expect(code { try folder.make("none/b", on: "a") } == .notWritable)
    #expect(code { try folder.make("a", on: "a") } == .notWritable)
  }

  @Test func `an index that is open is read on, though another takes its place`() throws {
    let index = try folder.make("a", [SampleRecord.malware("MAL-1", "left-pad")])
    try folder.make("b", [SampleRecord.malware("MAL-1", "right-pad")], on: "a")
    #expect(rename(folder.path("b"), folder.path("a")) == 0)
    #expect(try index.ids(.npm, "left-pad", "1.0.0") == ["MAL-1"])
    #expect(try folder.open("a").ids(.npm, "left-pad", "1.0.0") == [])
  }
}
