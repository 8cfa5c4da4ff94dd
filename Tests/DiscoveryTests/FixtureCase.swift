// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Discovery
import Foundation
import Inventory
import Parsing
import TestSupport
import Testing

/// One folder `Fixtures/<ecosystem>/<format>/<case>`: a file as an extractor meets it, and `expected.tsv` beside it.
///
/// The file's name has `.sample` behind it, so that a scan of this project does not take it for what it looks like.
struct FixtureCase: Sendable, CustomTestStringConvertible {
  let extractor: any Extractor.Type
  let folder: URL

  var name: String { folder.lastPathComponent }
  var testDescription: String { "\(extractor.id)/\(name)" }

  /// Every case of every extractor in the table.
  static let all = extractors.flatMap { cases(of: $0) }

  static func cases(of extractor: any Extractor.Type) -> [FixtureCase] {
    Repository.folders(in: Repository.fixtures.appending(path: extractor.id)).map { folder in
      FixtureCase(extractor: extractor, folder: folder)
    }
  }

  // MARK: The file

  /// The files of the case, `expected.tsv` left out.
  var files: [URL] {
    Repository.files(below: folder).filter { $0.lastPathComponent != "expected.tsv" }
  }

  var file: URL {
    get throws {
      let own = files.filter { !extractor.siblings.contains(Self.name(of: $0)) }
      return try #require(own.first, "\(testDescription) holds no file")
    }
  }

  /// What the extractor asks to see beside the file, and is there.
  var siblings: [String: [UInt8]] {
    let found = files.filter { extractor.siblings.contains(Self.name(of: $0)) }
    return Dictionary(found.map { (Self.name(of: $0), (try? [UInt8](Data(contentsOf: $0))) ?? []) }) { $1 }
  }

  /// The name that the extractor knows; a file without `.sample` has none.
  private static func name(of file: URL) -> String {
    let name = file.lastPathComponent
    return name.hasSuffix(".sample") ? String(name.dropLast(7)) : ""
  }

  func bytes() throws -> [UInt8] {
    try [UInt8](Data(contentsOf: file))
  }

  /// Where the file is said to lie: the case's folder stands for `/project`.
  func place() throws -> FilePlace {
    FilePlace(path: "/project/" + Repository.path(of: try file, below: folder).dropLast(".sample".count))
  }

  // MARK: Reading it

  func read(
    _ bytes: some Collection<UInt8>, limits: Limits = Limits(), wantsPaths: Bool = true
  ) throws -> Reading.Outcome {
    Self.read(
      bytes,
      Reading.Request(
        extractor: extractor, place: try place(), limits: limits, wantsPaths: wantsPaths,
        siblings: siblings))
  }

  static func read(_ bytes: some Collection<UInt8>, _ request: Reading.Request) -> Reading.Outcome {
    // In memory of exactly this size, so that a sanitizer sees a read beyond its end.
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    defer { memory.deallocate() }
    _ = memory.initialize(from: bytes)
    return Reading.read(UnsafeBufferPointer(memory), request)
  }

  /// What the whole, unchanged file yields.
  func outcome() throws -> Reading.Outcome {
    try read(try bytes())
  }

  // MARK: What is expected

  /// The lines of `expected.tsv`, comments left out.
  func expectedLines() throws -> [String] {
    let tables = Repository.files(below: folder).filter { $0.lastPathComponent == "expected.tsv" }
    let table = try #require(tables.first, "\(testDescription) has no expected.tsv")
    let text = try String(contentsOf: table, encoding: .utf8)
    return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }.map(Self.withoutLineZero)
  }

  /// A format without lines may be written with a dash or with a zero.
  private static func withoutLineZero(_ line: String) -> String {
    var fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    if fields.count > 2, fields[2] == "0" { fields[2] = "-" }
    return fields.joined(separator: "\t")
  }

  /// Versions that steal credentials, as the first two fields of `expected.tsv` have them: of node-ipc, and of litellm for Python's formats.
  private static let stealers: Set<[String]> = [
    ["node-ipc", "9.1.6"], ["node-ipc", "9.2.3"], ["node-ipc", "12.0.1"],
    ["PyPI:litellm", "1.82.7"], ["PyPI:litellm", "1.82.8"],
  ]

  /// Whether the case holds a version that steals credentials.
  func isPositive() throws -> Bool {
    try expectedLines().contains { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Self.stealers.contains(Array(fields.prefix(2)))
    }
  }
}

extension Reading.Outcome {
  /// The packages as `expected.tsv` writes them: name, version, line, kind, confidence, requirement, source, via.
  var packageLines: [String] {
    packages.enumerated().map { index, package in
      let name = package.ecosystem == .npm ? package.name : "\(package.ecosystem.rawValue):\(package.name)"
      let via = paths.indices.contains(index) ? paths[index].joined(separator: " > ") : "?"
      let fields = [
        name, package.version ?? "-", package.line == 0 ? "-" : "\(package.line)", package.kind.rawValue,
        package.confidence.rawValue, package.requirement ?? "-", package.source ?? "-", via.isEmpty ? "-" : via,
      ]
      return fields.joined(separator: "\t")
    }
  }

  /// The problems as `expected.tsv` writes them: `problem`, reason, line.
  var problemLines: [String] {
    problems.map { "problem\t\($0.reason.rawValue)\t\($0.line.map(String.init) ?? "-")" }
  }

  /// The whole of it, for comparisons.
  var lines: [String] { packageLines + problemLines }

  /// Whether it holds every package of `other`, as often as that does.
  func holds(_ other: Reading.Outcome) -> Bool {
    var counts: [String: Int] = [:]
    for package in packages { counts[package.title, default: 0] += 1 }
    for package in other.packages { counts[package.title, default: 0] -= 1 }
    return counts.values.allSatisfy { $0 >= 0 }
  }

  /// Which packages, whatever is said about them otherwise.
  var titles: Set<String> { Set(packages.map(\.title)) }
}
