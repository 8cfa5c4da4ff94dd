// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Parsing
import TestSupport
import Testing

@testable import Feed

@Suite struct UpdateTests {
  private static func bucket() -> Bucket {
    var bucket = Bucket()
    bucket.add("npm", 30)
    bucket.add("GitHub Actions", 3, prefix: "ACT")
    return bucket
  }

  private func code(_ body: () throws -> Void) -> FeedError.Code? {
    do { try body() } catch { return (error as? FeedError)?.code }
    return nil
  }

  private func addresses(_ server: TestServer) -> [String] {
    server.paths.filter { !["ecosystems.txt", "modified_id.csv"].contains($0) }.sorted()
  }

  // MARK: The first time

  @Test func `a first update from a folder takes every zip`() throws {
    let index = try TestIndex()
    try Self.bucket().write(to: index.folder, "osv", withRecords: false)
    let notices = TestIndex.Notices()
    let report = try index.update(from: index.folder.path("osv"), notices)
    #expect(report.isNew)
    #expect(report.ecosystems["npm"] == .init(records: 30, added: 30))
    #expect(report.ecosystems["GitHub Actions"] == .init(records: 3, added: 3))
    #expect(report.asOf == "2026-01-01T00:29:00Z")
    #expect(notices.all == [.beginning(ecosystems: 2, source: index.folder.path("osv"))])
    #expect(try index.ids("GitHub Actions") == ["ACT-0", "ACT-1", "ACT-2"])
    #expect(try index.others().isEmpty)
  }

  @Test func `a first update over HTTP takes every zip, with spaces escaped`() throws {
    let index = try TestIndex()
    let server = try ServedBucket(Self.bucket()).serve()
    let report = try index.update(from: server)
    #expect(report.total.added == 33)
    #expect(server.requests.contains { $0.target == "/GitHub%20Actions/all.zip" })
    #expect(!server.paths.contains { $0.hasSuffix(".json") })
    #expect(try index.value(.source) == server.address)
    #expect(try index.others().isEmpty)
  }

  @Test func `one zip is a source too, for all ecosystems that its records name`() throws {
    let index = try TestIndex()
    let zip = ZipBuilder.zip([
      ("x/A-1.json", Bucket.record("A-1", "npm", "2026-01-01T00:00:00Z")),
      ("B-1.json", Bucket.record("B-1", "Debian:12", "2026-01-02T00:00:00Z")), ("LICENSE", "text"),
    ])
    let report = try index.update(from: try index.folder.write(zip, to: "records.zip"))
    #expect(report.ecosystems == ["npm": .init(records: 1, added: 1), "Debian": .init(records: 1, added: 1)])
    #expect(report.asOf == "2026-01-02T00:00:00Z")
  }

  @Test func `an ecosystem's releases lie in one folder, which is taken once`() throws {
    let index = try TestIndex()
    var bucket = Bucket()
    bucket.records["Debian"] = ["D-1": "2026-01-01T00:00:00Z"]
    bucket.replaced["ecosystems.txt"] = Array("Debian\nDebian:11\nDebian:12\n".utf8)
    let server = try ServedBucket(bucket).serve()
    #expect(try index.update(from: server).ecosystems.keys.sorted() == ["Debian"])
    #expect(server.paths.filter { $0 == "Debian/all.zip" }.count == 1)
  }

  @Test func `an ecosystem that is listed and has nothing is told and passed over`() throws {
    let index = try TestIndex()
    var bucket = Self.bucket()
    bucket.replaced["ecosystems.txt"] = Array("npm\n[EMPTY]\n".utf8)
    let notices = TestIndex.Notices()
    #expect(try index.update(from: try ServedBucket(bucket).serve(), notices).total.records == 30)
    #expect(notices.all.contains(.ecosystemAbsent("[EMPTY]")))
  }

  @Test func `only what was asked for comes, and stays what later updates bring`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    #expect(try index.update(from: server) { $0.ecosystems = ["npm"] }.total.records == 30)
    bucket.change { $0.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z" }
    server.forget()
    #expect(try index.update(from: server).ecosystems == ["npm": .init(records: 31, added: 1)])
    #expect(!server.paths.contains { $0.hasPrefix("GitHub") })
  }

  @Test func `an ecosystem that the source does not have is a mistake of the user`() throws {
    let index = try TestIndex()
    let server = try ServedBucket(Self.bucket()).serve()
    #expect { try index.update(from: server) { $0.ecosystems = ["NPM"] } } throws: {
      $0 as? FeedError == FeedError(.unknownEcosystem, "NPM", "npm") && ($0 as? FeedError)?.exitStatus == 64
    }
    #expect(code { try index.update(from: server) { $0.ecosystems = ["../npm"] } } == .invalidName)
  }

  // MARK: Later

  @Test func `where nothing changed, nothing is fetched and nothing is written`() throws {
    let index = try TestIndex()
    let server = try ServedBucket(Self.bucket()).serve()
    try index.update(from: server)
    let before = try index.bytes()
    server.forget()
    let report = try index.update(from: server)
    #expect(!report.isNew)
    #expect(report.total == .init(records: 33))
    #expect(addresses(server) == ["GitHub Actions/modified_id.csv", "npm/modified_id.csv"])
    #expect(
      server.requests.allSatisfy {
        $0.path.hasPrefix("e") || $0.path.hasPrefix("m") || $0.headers["if-none-match"] != nil
      })
    #expect(try index.bytes() == before)
  }

  @Test(arguments: [true, false]) func `changed, new and removed records are found`(isFolder: Bool) throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    func update() throws -> UpdateReport {
      guard isFolder else { return try index.update(from: server) }
      try bucket.write(to: index.folder, "osv")
      return try index.update(from: index.folder.path("osv"))
    }
    _ = try update()
    bucket.change { bucket in
      bucket.records["npm"]?["TEST-3"] = "2026-02-01T00:00:00Z"
      bucket.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00.25Z"
      bucket.records["npm"]?["TEST-7"] = nil
    }
    let report = try update()
    #expect(report.ecosystems["npm"] == .init(records: 30, added: 1, changed: 1, removed: 1))
    #expect(report.ecosystems["GitHub Actions"] == .init(records: 3))
    let ids = try index.ids("npm")
    #expect(ids.contains("NEW-1") && ids.contains("TEST-3") && !ids.contains("TEST-7"))
    #expect(try index.value(.watermark, "npm") == Moment("2026-02-01T00:00:00.25Z")?.kept)
    #expect(!server.paths.contains("npm/TEST-1.json"))
  }

  @Test func `a record of the same second, which came out later, is not missed`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    bucket.change { $0.records["npm"]?["LATE-1"] = "2026-02-01T00:00:00.5Z" }
    try index.update(from: server)
    // As text after, in time before what was there; and one that changed without a later time than the newest.
    bucket.change { bucket in
      bucket.records["npm"]?["LATE-2"] = "2026-02-01T00:00:00Z"
      bucket.records["npm"]?["TEST-3"] = "2026-01-31T23:59:30Z"
    }
    let report = try index.update(from: server)
    #expect(report.ecosystems["npm"] == .init(records: 32, added: 1, changed: 1))
  }

  @Test func `a record that came out late with an old time is found by the count`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { $0.records["npm"]?["OLD-1"] = "2020-01-01T00:00:00Z" }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 31, added: 1))
  }

  @Test func `a record from the future does not hide what comes after`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    bucket.change { $0.records["npm"]?["FUTURE-1"] = "2099-01-01T00:00:00Z" }
    #expect(try index.update(from: server).asOf == "2026-01-01T00:29:00Z")
    bucket.change { $0.records["npm"]?["TEST-3"] = "2026-02-01T00:00:00Z" }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 31, changed: 1))
  }

  @Test func `a record that the list names and that is not there is asked for again`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { bucket in
      for number in 0..<5 { bucket.records["npm"]?["NEW-\(number)"] = "2026-02-01T00:00:0\(number)Z" }
      bucket.replaced["npm/NEW-2.json"] = .some(nil)
    }
    let notices = TestIndex.Notices()
    #expect(try index.update(from: server, notices).ecosystems["npm"]?.added == 4)
    #expect(notices.all == [.recordsAbsent(ecosystem: "npm", count: 1)])
    bucket.change { $0.replaced["npm/NEW-2.json"] = nil }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 35, added: 1))
  }

  @Test func `a record that stays away is no reason to read the same zip again`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    bucket.change { bucket in
      bucket.replaced["npm/all.zip"] = bucket.file("npm/all.zip")
      bucket.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z"
      bucket.replaced["npm/NEW-1.json"] = .some(nil)
    }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 30, added: 30))
    server.forget()
    let notices = TestIndex.Notices()
    #expect(try index.update(from: server, notices).ecosystems["npm"] == .init(records: 30))
    #expect(notices.all == [.recordsAbsent(ecosystem: "npm", count: 1)])
    let zips = server.requests.filter { $0.path == "npm/all.zip" }
    #expect(zips.count == 1 && zips.allSatisfy { $0.headers["if-none-match"] != nil })
    bucket.change { $0.replaced["npm/NEW-1.json"] = nil }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 31, added: 1))
  }

  @Test func `above so many changes the zip is taken again`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { bucket in
      for number in 0..<8 { bucket.records["npm"]?["TEST-\(number)"] = "2026-02-01T00:00:0\(number)Z" }
      bucket.records["npm"]?["TEST-9"] = nil
    }
    server.forget()
    let report = try index.update(from: server) { $0.changeLimit = 7 }
    #expect(report.ecosystems["npm"] == .init(records: 29, changed: 8, removed: 1))
    #expect(addresses(server).filter { $0.hasPrefix("npm") } == ["npm/all.zip", "npm/modified_id.csv"])
  }

  @Test func `a source that has zips only is read by its zips`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    try bucket.write(to: index.folder, "osv", withRecords: false)
    try index.update(from: index.folder.path("osv"))
    bucket.change { $0.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z" }
    try bucket.write(to: index.folder, "osv", withRecords: false)
    #expect(try index.update(from: index.folder.path("osv")).ecosystems["npm"] == .init(records: 31, added: 1))
  }

  @Test func `a zip that is older than its list is completed from the records`() throws {
    let index = try TestIndex()
    var bucket = Self.bucket()
    bucket.replaced["npm/all.zip"] = bucket.file("npm/all.zip")
    bucket.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z"
    bucket.records["npm"]?["TEST-3"] = "2026-02-01T00:00:00Z"
    let server = try ServedBucket(bucket).serve()
    #expect(try index.update(from: server).ecosystems["npm"]?.records == 31)
    #expect(addresses(server).filter { $0.hasSuffix(".json") } == ["npm/NEW-1.json", "npm/TEST-3.json"])
  }

  @Test func `another source is read from its beginning`() throws {
    let index = try TestIndex()
    let first = try ServedBucket(Self.bucket()).serve()
    try index.update(from: first)
    var bucket = Self.bucket()
    // The same time, another content: no list would tell.
    bucket.replaced["npm/all.zip"] = ZipBuilder.zip(
      (0..<30).map {
        (
          "TEST-\($0).json",
          Bucket.record("TEST-\($0)", "npm", bucket.records["npm"]?["TEST-\($0)"] ?? "").replacingOccurrences(
            of: "left", with: "right")
        )
      })
    let second = try ServedBucket(bucket).serve()
    #expect(try index.update(from: second).ecosystems["npm"] == .init(records: 30, changed: 30))
  }

  // MARK: Refused

  @Test(arguments: [
    ("npm/all.zip", FeedError.Code.zipTruncated), ("npm/modified_id.csv", .unreadableList),
    ("GitHub Actions/all.zip", .zipTruncated),
  ])
  func `what is cut off is refused, and the old index serves as it was`(path: String, expected: FeedError.Code) throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    let before = try index.bytes()
    bucket.change { bucket in
      bucket.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z"
      bucket.replaced[path] = bucket.file(path)?.dropLast(20)
    }
    #expect(code { try index.update(from: server) { $0.isWhole = true } } == expected)
    #expect(try index.bytes() == before)
    #expect(try index.others().isEmpty)
  }

  @Test func `a first update that is refused leaves no index`() throws {
    let index = try TestIndex()
    var bucket = Self.bucket()
    var zip = ZipBuilder()
    zip.add("TEST-0.json", Array("{}".utf8), .stored, .init(checksum: 1))
    bucket.replaced["npm/all.zip"] = zip.finished()
    #expect(code { try index.update(from: try ServedBucket(bucket).serve()) } == .zipChecksum)
    #expect(try index.bytes().isEmpty)
    zip = ZipBuilder()
    zip.add("../TEST-0.json", Array("{}".utf8))
    bucket.replaced["npm/all.zip"] = zip.finished()
    #expect(code { try index.update(from: try ServedBucket(bucket).serve()) } == .zipName)
    #expect(try index.bytes().isEmpty)
  }

  @Test(arguments: [true, false]) func `a set that shrank by more than a tenth is refused, unless it may`(
    isWhole: Bool
  ) throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    let before = try index.bytes()
    bucket.change { bucket in
      for number in 0..<4 { bucket.records["npm"]?["TEST-\(number)"] = nil }
    }
    let refusal = FeedError(.setShrank, "npm", "30 26")
    #expect { try index.update(from: server) { $0.isWhole = isWhole } } throws: { $0 as? FeedError == refusal }
    #expect(try index.bytes() == before)
    let report = try index.update(from: server) {
      $0.isWhole = isWhole
      $0.acceptsShrinking = true
    }
    #expect(report.ecosystems["npm"] == .init(records: 26, removed: 4))
  }

  @Test func `a set that lost a tenth is taken`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { bucket in
      for number in 0..<3 { bucket.records["npm"]?["TEST-\(number)"] = nil }
    }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 27, removed: 3))
  }

  @Test func `an ecosystem that vanished is refused`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { bucket in
      bucket.replaced["npm/all.zip"] = .some(nil)
      bucket.replaced["npm/modified_id.csv"] = .some(nil)
    }
    #expect(code { try index.update(from: server) } == .setShrank)
    bucket.change { bucket in
      bucket.replaced["npm/all.zip"] = ZipBuilder().finished()
      bucket.replaced["npm/modified_id.csv"] = .some([])
    }
    #expect(code { try index.update(from: server) } == .setShrank)
  }

  @Test func `an ecosystem that the source no longer lists is refused`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { $0.records["GitHub Actions"] = nil }
    #expect { try index.update(from: server) } throws: {
      $0 as? FeedError == FeedError(.setShrank, "GitHub Actions", "3 0")
    }
  }

  @Test func `a zip full of what is no record is refused`() throws {
    let index = try TestIndex()
    var bucket = Self.bucket()
    bucket.replaced["npm/all.zip"] = ZipBuilder.zip((0..<30).map { ("TEST-\($0).json", "<html>") })
    #expect(code { try index.update(from: try ServedBucket(bucket).serve()) } == .setUnreadable)
  }

  @Test func `a record that cannot be read is counted with its reason`() throws {
    let index = try TestIndex()
    var bucket = Self.bucket()
    bucket.records["npm"]?["TEST-5"] = nil
    bucket.replaced["npm/all.zip"] = ZipBuilder.zip(
      (bucket.records["npm"] ?? [:]).map { ("\($0.key).json", Bucket.record($0.key, "npm", $0.value)) } + [
        ("BAD-1.json", "{")
      ])
    let notices = TestIndex.Notices()
    let report = try index.update(from: try ServedBucket(bucket).serve(), notices)
    #expect(report.ecosystems["npm"] == .init(records: 29, added: 29, refused: 1))
    #expect(report.reasons.values.reduce(0, +) == 1)
    #expect(notices.all.contains(.recordsRefused(ecosystem: "npm", count: 1)))
  }

  @Test func `a record under another's name is not stored as that one`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    bucket.change { bucket in
      bucket.records["npm"]?["TEST-3"] = "2026-02-01T00:00:00Z"
      bucket.replaced["npm/TEST-3.json"] = Array(Bucket.record("TEST-4", "PyPI", "2026-02-01T00:00:00Z").utf8)
    }
    #expect(try index.update(from: server).ecosystems["npm"] == .init(records: 30, refused: 1))
  }

  @Test func `a server that fails for good ends the update, and the old index serves`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    let before = try index.bytes()
    bucket.change { $0.records["npm"]?["NEW-1"] = "2026-02-01T00:00:00Z" }
    let broken = try TestServer { $0.path == "npm/NEW-1.json" ? .init(status: 503) : bucket.answer($0) }
    #expect(code { try index.update(from: broken) { $0.fetching.tries = 2 } } == nil)
    bucket.change { $0.records["npm"]?["NEW-1"] = "2026-02-02T00:00:00Z" }
    let after = try index.bytes()
    #expect(code { try index.update(from: broken) { $0.fetching.tries = 2 } } == .refusedByServer)
    #expect(try index.bytes() == after)
    #expect(before != after)
  }

  // MARK: The index that is there

  @Test func `a damaged index is made anew, and that is told`() throws {
    let index = try TestIndex()
    let server = try ServedBucket(Self.bucket()).serve()
    try index.update(from: server)
    var bytes = try index.bytes()
    for offset in bytes.indices.dropFirst(5000) { bytes[offset] ^= 0x55 }
    try index.folder.write(bytes, to: "db/\(AdvisoryIndexPlace.fileName)")
    let notices = TestIndex.Notices()
    #expect(try index.update(from: server, notices).total == .init(records: 33, added: 33))
    guard case .indexUnusable = try #require(notices.all.first) else {
      Issue.record("\(notices.all)")
      return
    }
  }

  @Test func `a file of somebody else's is not overwritten`() throws {
    let index = try TestIndex()
    let server = try ServedBucket(Self.bucket()).serve()
    try index.folder.write("my notes", to: "db/\(AdvisoryIndexPlace.fileName)")
    #expect(code { try index.update(from: server) } == .foreignFile)
    #expect(try index.bytes() == Array("my notes".utf8))
  }

  @Test func `leftovers of a killed update are removed, and nothing else`() throws {
    let index = try TestIndex()
    try index.folder.write("x", to: "db/\(Workplace.prefix)1234-1-index")
    try index.folder.write("x", to: "db/\(Workplace.prefix)1234-1-index.scratch")
    try index.folder.write("x", to: "db/notes.txt")
    try index.update(from: try ServedBucket(Self.bucket()).serve())
    #expect(try index.others() == ["notes.txt"])
  }

  @Test func `a lock that somebody holds ends an update that does not wait`() throws {
    let index = try TestIndex()
    let holder = try Workplace(index.path, waiting: nil)
    let server = try ServedBucket(Self.bucket()).serve()
    #expect(code { try index.update(from: server) { $0.waits = false } } == .locked)
    withExtendedLifetime(holder) {}
  }

  // MARK: Known exploited vulnerabilities

  private static func exploited(_ count: Int) -> [UInt8] {
    let entries = (0..<count).map {
      #"{"cveID": "CVE-2026-\#(1000 + $0)", "dateAdded": "2026-01-01", "dueDate": "2026-01-22", "knownRansomwareCampaignUse": "Known"}"#
    }
    return Array(
      #"{"catalogVersion": "2026.11.24", "dateReleased": "2026-11-24T00:00:00Z", "count": \#(count), "vulnerabilities": [\#(entries.joined(separator: ","))]}"#
        .utf8)
  }

  @Test func `the list of known exploited vulnerabilities comes along, and is kept where it cannot be had`() throws {
    let index = try TestIndex()
    var content = Self.bucket()
    content.replaced["kev.json"] = Self.exploited(20)
    let bucket = ServedBucket(content)
    let server = try bucket.serve()
    let address = try #require(FeedAddress("\(server.address)/kev.json"))
    func update() throws -> [FeedNotice] {
      let notices = TestIndex.Notices()
      try index.update(from: server, notices) { $0.knownExploited = .address(address) }
      return notices.all.filter { if case .knownExploitedKept = $0 { true } else { false } }
    }
    #expect(try update().isEmpty)
    #expect(try index.value(.knownExploitedCount) == "20")
    for broken in [nil, Array("{}".utf8), Self.exploited(17)] {
      bucket.change { $0.replaced["kev.json"] = .some(broken) }
      #expect(try update().count == 1)
      #expect(try index.value(.knownExploitedCount) == "20")
    }
    bucket.change { $0.replaced["kev.json"] = Self.exploited(18) }
    #expect(try update().isEmpty)
    #expect(try index.value(.knownExploitedCount) == "18")
  }

  // MARK: Private records

  @Test func `private records are put into the index and outlive updates`() throws {
    let index = try TestIndex()
    let bucket = ServedBucket(Self.bucket())
    let server = try bucket.serve()
    try index.update(from: server)
    try index.folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "own/a/1.json")
    let zip = ZipBuilder.zip([("2.json", Bucket.record("OWN-2", "npm", "2026-01-01T00:00:00Z"))])
    try index.folder.write(zip, to: "own.zip")
    let options = ImportRequest(paths: [index.folder.path("own"), index.folder.path("own.zip")], folder: index.path)
    let report = try importAdvisories(options, index.surroundings())
    #expect(report.imported?.records == 2)
    bucket.change { $0.records["npm"]?["TEST-3"] = nil }
    for isWhole in [false, true] {
      try index.update(from: server) { $0.isWhole = isWhole }
      let open = try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: index.path))
      #expect(try open.record("OWN-1") != nil)
      #expect(try open.record("OWN-2") != nil)
      #expect(try open.record("TEST-3") == nil)
    }
  }

  @Test func `private records that were there before the first update stay`() throws {
    let index = try TestIndex()
    let file = try index.folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "1.json")
    let report = try importAdvisories(ImportRequest(paths: [file], folder: index.path), index.surroundings())
    #expect(report.imported == .init(records: 1))
    try index.update(from: try ServedBucket(Self.bucket()).serve())
    #expect(try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: index.path)).record("OWN-1") != nil)
    #expect(try index.ids("npm").count == 30)
  }

  @Test func `of an import with one bad record nothing is taken`() throws {
    let index = try TestIndex()
    let good = try index.folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "1.json")
    let bad = try index.folder.write("{", to: "2.json")
    #expect {
      try importAdvisories(ImportRequest(paths: [good, bad], folder: index.path), index.surroundings())
    } throws: {
      ($0 as? FeedError)?.code == .invalidJSON && ($0 as? FeedError)?.subject == bad
    }
    #expect(try index.bytes().isEmpty)
  }
}

extension ServedBucket {
  fileprivate func write(to folder: TemporaryFolder, _ name: String, withRecords: Bool = true) throws {
    var copy = Bucket()
    change { copy = $0 }
    try copy.write(to: folder, name, withRecords: withRecords)
  }
}
