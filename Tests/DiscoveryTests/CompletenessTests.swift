// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Discovery

/// The table of extractors, the files that hold them, and their fixtures know of each other.
@Suite struct CompletenessTests {
  private static let sources = Repository.root.appending(path: "Sources/Discovery")

  /// `YarnLock` where `YarnLock.swift` declares an extractor of that name.
  private static func declaredExtractors() throws -> [String] {
    try Repository.files(below: sources).filter { $0.pathExtension == "swift" }.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line -> String? in
        let words = line.split { " :,{".contains($0) }
        guard words.contains("Extractor"), let type = words.firstIndex(where: { $0 == "enum" || $0 == "struct" }),
          words.count > type + 1
        else { return nil }
        let name = String(words[type + 1])
        #expect(file.lastPathComponent == "\(name).swift", "an extractor lies in the file of its name")
        return name
      }
    }
  }

  @Test func `every extractor that is declared is in the table, and the other way round`() throws {
    let declared = try Self.declaredExtractors()
    let listed = extractors.map { String(describing: $0) }
    #expect(declared.sorted() == listed.sorted())
    #expect(declared.count >= 2)
  }

  @Test func `no two extractors share an id or a file name`() {
    #expect(Set(extractors.map { $0.id }).count == extractors.count)
    let patterns = extractors.flatMap { $0.files }
    #expect(!patterns.isEmpty)
    #expect(Set(patterns).count == patterns.count)
  }

  @Test func `every extractor has two cases or more`() {
    for extractor in extractors {
      #expect(FixtureCase.cases(of: extractor).count >= 2, "Fixtures/\(extractor.id)")
    }
  }

  @Test func `every folder of fixtures of an ecosystem belongs to an extractor`() {
    let ids = Set(extractors.map { $0.id })
    let ecosystems = Set(ids.compactMap { $0.split(separator: "/").first.map(String.init) })
    let folders = ecosystems.flatMap { ecosystem in
      Repository.folders(in: Repository.fixtures.appending(path: ecosystem)).map {
        "\(ecosystem)/\($0.lastPathComponent)"
      }
    }
    #expect(Set(folders) == ids)
  }

  @Test(arguments: FixtureCase.all)
  func `a case is one file that its extractor reads, and a table`(_ fixture: FixtureCase) throws {
    #expect(fixture.files.count == 1 + fixture.siblings.count)
    _ = try fixture.expectedLines()
    let path = Array(try fixture.place().components.joined(separator: "/").utf8)
    let slash = try #require(path.lastIndex(of: UInt8(ascii: "/")))
    let number = path.withUnsafeBufferPointer { path in
      FileClassifier(extractors).extractor(
        for: .init(rebasing: path[(slash + 1)...]), inFolder: .init(rebasing: path[..<slash]),
        of: .init(rebasing: path[..<0]))
    }
    #expect(number.map { extractors[$0].id } == fixture.extractor.id)
  }

  @Test(arguments: FixtureCase.all.filter { (try? $0.isPositive()) == true })
  func `a case with a stealer has a clean twin`(_ fixture: FixtureCase) throws {
    #expect(!fixture.name.hasSuffix("-clean"))
    let twin = FixtureCase(
      extractor: fixture.extractor,
      folder: fixture.folder.deletingLastPathComponent().appending(path: fixture.name + "-clean"))
    #expect(try twin.isPositive() == false, "Fixtures/\(twin)")
  }

  @Test func `every extractor has a case with a stealer`() throws {
    for extractor in extractors {
      let positives = try FixtureCase.cases(of: extractor).filter { try $0.isPositive() }
      #expect(!positives.isEmpty, "Fixtures/\(extractor.id)")
    }
  }
}
