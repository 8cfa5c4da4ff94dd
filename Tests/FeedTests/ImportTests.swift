// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Parsing
import TestSupport
import Testing
import Versions

@testable import Feed

/// Somebody's own advisories, from a file into the index and out again.
@Suite struct ImportTests {
  private let index: TestIndex
  private var folder: TemporaryFolder { index.folder }

  init() throws { index = try TestIndex() }

  @discardableResult
  private func take(
    _ names: String..., notices: TestIndex.Notices = .init(), change: (inout ImportRequest) -> Void = { _ in }
  ) throws -> UpdateReport {
    var request = ImportRequest(paths: names.map { folder.path($0) }, folder: index.path)
    change(&request)
    return try importAdvisories(request, index.surroundings(notices))
  }

  private func open() throws -> AdvisoryIndex { try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: index.path)) }

  /// `id of a record that condemns the version (label)`.
  private func condemning(_ ecosystem: Ecosystem, _ name: String, _ version: String) throws -> [String] {
    let open = try open()
    var found: [String] = []
    try open.forEachClaim(under: NameKey(ecosystem, name)) { (id, claims) throws(AdvisoryIndexError) in
      guard claims.claims.contains(where: { $0.affected.name == name && $0.affected.evaluate(version) == .yes })
      else { return }
      let kinds = Set(claims.claims.map { "\($0.kind)" }).sorted().joined()
      guard case .own(let label)? = try open.record(id)?.origin else { return found.append("\(id) public") }
      found.append("\(id) \(kinds) (\(label))\(claims.isOwn ? "" : " not marked")")
    }
    return found
  }

  private func error(_ body: () throws -> Void) -> FeedError? {
    do { try body() } catch { return error as? FeedError }
    return nil
  }

  private static func vex(_ status: String = #""not_affected", "justification": "component_not_present""#) -> String {
    #"""
    {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vendor.example/1", "author": "us",
     "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [
      {"vulnerability": {"name": "GHSA-1"}, "products": [{"@id": "pkg:npm/left@1.0.0"}], "status": \#(status)}]}
    """#
  }

  private static func catalog(_ version: String) -> String {
    #"""
    {"schema_version": "0.2.0", "entries": [
      {"id": "cheese", "name": "Cheese", "ecosystem": "npm", "package": "cheese", "versions": ["\#(version)"]}]}
    """#
  }

  // MARK: Each format

  @Test(arguments: [
    ("bad.txt", "# ours\ncheese@1.0.0\ncheese@1.0.1 # twice\npkg:pypi/holes@2.0\n", "private/bad/npm/cheese"),
    ("bad.csv", "package,version\ncheese,1.0.0\n", "private/bad/npm/cheese"),
    ("bad.json", catalog("1.0.0"), "private/bad/cheese"),
    (
      "bad.json",
      #"{"id": "OWN-1", "modified": "2026-01-01T00:00:00Z", "database_specific": {"malicious": true}, "affected": [{"package": {"ecosystem": "npm", "name": "cheese"}, "versions": ["1.0.0"]}]}"#,
      "OWN-1"
    ),
    ("bad.json", "\u{FEFF}" + catalog("1.0.0"), "private/bad/cheese"),
  ])
  func `what a file of each format names is found, and marked as one's own`(
    name: String, text: String, id: String
  ) throws {
    try folder.write(text, to: name)
    let report = try take(name) { $0.ecosystem = "npm" }
    #expect(report.isNew)
    #expect(report.imported?.leftOut == 0)
    #expect(try condemning(.npm, "cheese", "1.0.0") == ["\(id) malicious (bad)"])
    #expect(try condemning(.npm, "cheese", "9.0.0") == [])
  }

  @Test func `a purl in a list says its ecosystem itself`() throws {
    try folder.write("pkg:pypi/holes@2.0\n", to: "bad.txt")
    try take("bad.txt")
    #expect(try condemning(.pypi, "holes", "2.0") == ["private/bad/PyPI/holes malicious (bad)"])
  }

  @Test func `what is vulnerable is not called malicious`() throws {
    try folder.write("cheese@1.0.0\n", to: "bad.txt")
    try take("bad.txt") { ($0.ecosystem, $0.isMalicious, $0.label) = ("NPM", false, "ours") }
    #expect(try condemning(.npm, "cheese", "1.0.0") == ["private/ours/npm/cheese vulnerable (ours)"])
  }

  @Test func `an OpenVEX document is kept as it came, under its label`() throws {
    try folder.write(Self.vex(), to: "vex.json")
    try folder.write(Self.vex(), to: "more/vex.json")
    #expect(try take("vex.json", "more/vex.json").imported?.statements == 2)
    var documents: [String] = []
    try open().forEachVEXDocument { documents.append("\($0) \($1.elementsEqual(Self.vex().utf8))") }
    #expect(documents == ["vex true", "vex/2 true"])
  }

  @Test func `folders and zips bring JSON of every format, under their own name`() throws {
    try folder.write(Self.catalog("1.0.0"), to: "own/a/1.json")
    try folder.write(Self.vex(), to: "own/2.json")
    try folder.write("not ours", to: "own/readme.txt")
    try folder.write(ZipBuilder.zip([("x/1.json", Self.catalog("2.0.0")), ("x/LICENSE", "text")]), to: "more.zip")
    let report = try take("own", "more.zip")
    #expect(report.imported == .init(records: 2, statements: 1))
    #expect(try condemning(.npm, "cheese", "1.0.0") == ["private/own/cheese malicious (own)"])
    #expect(try condemning(.npm, "cheese", "2.0.0") == ["private/more/cheese malicious (more)"])
  }

  @Test func `two files of one import that name the same package under one label both count`() throws {
    try folder.write("cheese@1.0.0\n", to: "a/bad.txt")
    try folder.write("cheese@2.0.0\n", to: "b/bad.txt")
    #expect(try take("a/bad.txt", "b/bad.txt") { $0.ecosystem = "npm" }.imported?.records == 1)
    for version in ["1.0.0", "2.0.0"] { #expect(try condemning(.npm, "cheese", version).count == 1, "\(version)") }
  }

  // MARK: Again

  @Test func `the same files again change nothing`() throws {
    try folder.write("cheese@1.0.0\n", to: "bad.txt")
    try folder.write(Self.catalog("1.0.0"), to: "catalog.json")
    try folder.write(Self.vex(), to: "vex.json")
    try take("bad.txt", "catalog.json", "vex.json") { $0.ecosystem = "npm" }
    let before = try index.bytes()
    let report = try take("bad.txt", "catalog.json", "vex.json") { $0.ecosystem = "npm" }
    #expect(!report.isNew)
    #expect(report.imported == .init(records: 2, statements: 1))
    #expect(try index.bytes() == before)
    #expect(try index.others() == [])
  }

  @Test(arguments: [false, true])
  func `a list again under its label replaces what it had, and nothing else`(hasPublic: Bool) throws {
    if hasPublic {
      var bucket = Bucket()
      bucket.add("npm", 3)
      try bucket.write(to: folder, "osv")
      try index.update(from: folder.path("osv"))
    }
    try folder.write("cheese@1.0.0\nholes@1.0.0\n", to: "bad.txt")
    try folder.write("holes@1.0.0\n", to: "other.txt")
    try folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "one/bad.json")
    try folder.write(Bucket.record("OWN-2", "npm", "2026-01-01T00:00:00Z"), to: "two/bad.json")
    try take("bad.txt", "other.txt", "one/bad.json") { $0.ecosystem = "npm" }
    try take("two/bad.json")
    try folder.write("cheese@2.0.0\n", to: "bad.txt")
    let report = try take("bad.txt") { $0.ecosystem = "npm" }
    #expect(report.imported == .init(records: 1, gone: 1))
    #expect(try condemning(.npm, "cheese", "1.0.0") == [])
    #expect(try condemning(.npm, "cheese", "2.0.0") == ["private/bad/npm/cheese malicious (bad)"])
    #expect(try condemning(.npm, "holes", "1.0.0") == ["private/other/npm/holes malicious (other)"])
    for id in ["OWN-1", "OWN-2"] { #expect(try open().record(id) != nil, "\(id)") }
    #expect(try open().information.counts.records == (hasPublic ? 7 : 4))
  }

  @Test func `an OpenVEX document again under its label replaces those that were there`() throws {
    try folder.write(Self.vex(), to: "vex.json")
    try folder.write(Self.vex(), to: "more/vex.json")
    try folder.write(Self.vex(), to: "other.json")
    try take("vex.json", "more/vex.json", "other.json")
    try folder.write(Self.vex(#""fixed""#), to: "vex.json")
    #expect(try take("vex.json").imported == .init(statements: 1, goneDocuments: 1))
    var documents: [String] = []
    try open().forEachVEXDocument { documents.append("\($0) \($1.string.contains("fixed"))") }
    #expect(documents == ["other false", "vex true"])
  }

  // MARK: What cannot be taken

  @Test func `one bad line and nothing is imported; it is told, or left out where that was said`() throws {
    let file = try folder.write("cheese@1.0.0\nholes\nmice@^1.0\n", to: "bad.txt")
    let notices = TestIndex.Notices()
    #expect(
      error { try take("bad.txt", notices: notices) { $0.ecosystem = "npm" } } == FeedError(.entriesNotTaken, file, "2")
    )
    #expect(
      notices.all == [
        .notTaken(ImportFault(path: file, line: 2, text: "holes", reason: .entry(.noVersion))),
        .notTaken(ImportFault(path: file, line: 3, text: "mice@^1.0", reason: .entry(.notAVersion))),
      ])
    #expect(try index.bytes() == [])
    let report = try take("bad.txt") { ($0.ecosystem, $0.skipsBad) = ("npm", true) }
    #expect(report.imported == .init(records: 1, leftOut: 2))
    #expect(try condemning(.npm, "cheese", "1.0.0").count == 1)
  }

  @Test func `of many faults the first twenty are told, and how many there are`() throws {
    let file = try folder.write(String(repeating: "cheese\n", count: 25), to: "bad.txt")
    let notices = TestIndex.Notices()
    #expect(
      error { try take("bad.txt", notices: notices) { $0.ecosystem = "npm" } }
        == FeedError(.entriesNotTaken, file, "25"))
    #expect(notices.all.count == 21)
    #expect(notices.all.last == .moreNotTaken(5))
  }

  @Test func `a record that has a public one's id is refused`() throws {
    var bucket = Bucket()
    bucket.add("npm", 3)
    try bucket.write(to: folder, "osv")
    try index.update(from: folder.path("osv"))
    let before = try index.bytes()
    let file = try folder.write(Bucket.record("TEST-1", "npm", "2026-02-01T00:00:00Z"), to: "mine.json")
    let notices = TestIndex.Notices()
    #expect(error { try take("mine.json", notices: notices) } == FeedError(.entriesNotTaken, file, "1"))
    #expect(notices.all == [.notTaken(ImportFault(path: file, reason: .refused("id-of-a-public-record")))])
    #expect(error { try take("mine.json") { $0.skipsBad = true } } == FeedError(.nothingToImport, file))
    #expect(try index.bytes() == before)
  }

  @Test func `a file in a folder that is none of the formats is one fault`() throws {
    try folder.write(Self.catalog("1.0.0"), to: "own/1.json")
    try folder.write(#"{"name": "shop"}"#, to: "own/package.json")
    let notices = TestIndex.Notices()
    #expect(error { try take("own", notices: notices) }?.code == .entriesNotTaken)
    #expect(
      notices.all == [
        .notTaken(ImportFault(path: folder.path("own/package.json"), reason: .file(.unknownFormat)))
      ])
    #expect(try take("own") { $0.skipsBad = true }.imported == .init(records: 1, leftOut: 1))
  }

  @Test(arguments: [
    (#"{"name": "shop", "version": "1.0.0"}"#, FeedError.Code.unknownFormat, ""), ("<html>", .unknownFormat, ""),
    ("[]", .unknownFormat, ""), ("PNG\u{1}\u{2}", .unknownFormat, ""),
    ("The bad ones are these.\n", .unknownFormat, ""),
    ("", .nothingToImport, ""), ("# none yet\n", .nothingToImport, ""),
    ("{\"id\": \"OWN-1\",\n\"affected\": [", .invalidJSON, "line 2"),
  ])
  func `a file that is none of the formats, or broken, is a mistake even where faults are left out`(
    text: String, code: FeedError.Code, detail: String
  ) throws {
    let file = try folder.write(text, to: "bad")
    let found = error { try take("bad") { ($0.skipsBad, $0.ecosystem) = (true, "npm") } }
    #expect(found == FeedError(code, file, detail))
    #expect(found?.exitStatus == 64)
    #expect(try index.bytes() == [])
  }

  @Test func `a label or an ecosystem that is none is refused before anything is made`() throws {
    try folder.write("cheese@1.0.0\n", to: "bad.txt")
    try folder.write("cheese@1.0.0\n", to: "名.txt")
    #expect(error { try take("bad.txt") { $0.label = "a/b" } } == FeedError(.invalidLabel, "a/b"))
    #expect(error { try take("bad.txt") { $0.label = ".." } } == FeedError(.invalidLabel, ".."))
    #expect(error { try take("bad.txt") { $0.ecosystem = "cheese" } } == FeedError(.ecosystemNotKnown, "cheese"))
    let long = try folder.write("cheese@1.0.0\n", to: String(repeating: "a", count: 65) + ".txt")
    #expect(error { try take(String(long.split(separator: "/").last ?? "")) }?.code == .invalidLabel)
    #expect(error { try take("名.txt") { $0.ecosystem = "npm" } } == FeedError(.invalidLabel, "名.txt"))
    #expect(error { try take("none.txt") } == FeedError(.noSuchFile, folder.path("none.txt")))
    #expect(try index.bytes() == [])
  }

  @Test(arguments: [
    ("Debian:12", "Debian:12"), ("pypi", "PyPI"), ("crates.io", "crates.io"), ("GitHub Actions", "GitHub Actions"),
  ])
  func `an ecosystem may be any whose versions can be ordered`(word: String, name: String) throws {
    try folder.write("cheese@1.0.0\n", to: "bad.txt")
    try take("bad.txt") { $0.ecosystem = word }
    #expect(try open().record("private/bad/\(name)/cheese") != nil)
  }

  // MARK: Forgetting

  @Test(arguments: [false, true])
  func `what was imported under a label is forgotten, and nothing else`(hasPublic: Bool) throws {
    if hasPublic {
      var bucket = Bucket()
      bucket.add("npm", 3)
      try bucket.write(to: folder, "osv")
      try index.update(from: folder.path("osv"))
    }
    try folder.write("cheese@1.0.0\n", to: "ours.txt")
    try folder.write(Self.vex(), to: "ours.json")
    try folder.write(Bucket.record("OWN-1", "npm", "2026-01-01T00:00:00Z"), to: "more/ours.json")
    try folder.write("cheese@1.0.0\n", to: "theirs.txt")
    try take("ours.txt", "ours.json", "more/ours.json", "theirs.txt") { $0.ecosystem = "npm" }
    let report = try forgetAdvisories(ForgetRequest(label: "ours", folder: index.path), index.surroundings())
    #expect(report.forgotten == .init(records: 2, documents: 1))
    #expect(try condemning(.npm, "cheese", "1.0.0") == ["private/theirs/npm/cheese malicious (theirs)"])
    #expect(try open().record("OWN-1") == nil)
    #expect(try open().information.counts.records == (hasPublic ? 4 : 1))
    var documents = 0
    try open().forEachVEXDocument { _, _ in documents += 1 }
    #expect(documents == 0)
    #expect(
      error {
        _ = try forgetAdvisories(ForgetRequest(label: "ours", folder: index.path), index.surroundings())
      } == FeedError(.noSuchLabel, "ours", "theirs"))
  }

  @Test func `where there is no index, nothing is forgotten and nothing made`() throws {
    #expect(
      error {
        _ = try forgetAdvisories(ForgetRequest(label: "ours", folder: index.path), index.surroundings())
      } == FeedError(.noSuchLabel, "ours"))
    #expect(!FileManager.default.fileExists(atPath: index.path))
  }
}
