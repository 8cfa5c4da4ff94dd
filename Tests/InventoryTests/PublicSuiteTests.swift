// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

/// Holds our purls against the whole public test suite, where it lies on this machine.
@Suite struct PublicSuiteTests {
  private struct Parts: Codable {
    let type: String?
    let namespace: String?
    let name: String?
    let version: String?
    let qualifiers: [String: String]?
    let subpath: String?

    init(_ purl: PackageURL) {
      type = purl.type
      namespace = purl.namespace
      name = purl.name
      version = purl.version
      qualifiers = Dictionary(uniqueKeysWithValues: purl.qualifiers.map { ($0.key, $0.value) })
      subpath = purl.subpath
    }

    /// What is empty and what is missing are the same.
    var comparable: [String] {
      [type, namespace, name, version, subpath].map { $0 ?? "" }
        + (qualifiers ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
  }

  /// Some values of the suite are texts, some are parts.
  private enum Value: Decodable {
    case text(String)
    case parts(Parts)

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text)
      } else {
        self = .parts(try Parts(from: decoder))
      }
    }

    var comparable: [String] {
      switch self {
      case .text(let text): [text]
      case .parts(let parts): parts.comparable
      }
    }
  }

  private struct Case: Decodable {
    let description: String
    let kind: String
    let input: Value
    let output: Value?
    let mustFail: Bool

    private enum CodingKeys: String, CodingKey {
      case description
      case input
      case kind = "test_type"
      case mustFail = "expected_failure"
      case output = "expected_output"
    }

    /// Our answer, in the form of the expected one; nil where we refuse the input.
    ///
    /// The suite refuses a qualifier's capital key where it is to be parsed, and spells it right where the same purl is to
    /// be validated: the first asks for the strict reading, the second for the tolerant one.
    func answer() -> [String]? {
      switch (kind, input) {
      case ("parse", .text(let text)): (try? PackageURL(parsing: text)).map { Parts($0).comparable }
      case ("validate", .text(let text)): (try? PackageURL(parsing: text, .tolerant)).map { [$0.text] }
      case ("build", .parts(let parts)): Self.built(parts).map { [$0.text] }
      default: ["a case of an unknown kind"]
      }
    }

    private static func built(_ parts: Parts) -> PackageURL? {
      try? PackageURL(
        type: parts.type ?? "", namespace: parts.namespace, name: parts.name ?? "", version: parts.version,
        qualifiers: (parts.qualifiers ?? [:]).map { PackageURL.Qualifier(key: $0.key, value: $0.value) },
        subpath: parts.subpath)
    }
  }

  private struct File: Decodable {
    let tests: [Case]
  }

  private static let archive = "advisories/schemas.tar.gz"

  @Test(.enabled(if: SharedFiles.file(archive) != nil, "the shared data is not here: set GIFTHORSE_SHARED"))
  func `every case of the public suite comes out as it must`() throws {
    let folder = try #require(SharedFiles.unpacked(Self.archive))
    let tests = folder.url.appending(path: "schemas/purl/tests")
    let files = try ["spec", "types"].flatMap {
      try FileManager.default.contentsOfDirectory(at: tests.appending(path: $0), includingPropertiesForKeys: nil)
    }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    #expect(files.count >= 43)
    var count = 0
    for file in files {
      for item in try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).tests {
        count += 1
        let expected = item.mustFail ? nil : item.output?.comparable
        #expect(
          item.answer() == expected,
          "\(file.lastPathComponent), \(item.kind), \(item.input.comparable): \(item.description)")
      }
    }
    #expect(count >= 586)
  }

  @Test(.enabled(if: SharedFiles.file(archive) != nil, "the shared data is not here: set GIFTHORSE_SHARED"))
  func `a canonical purl of the public suite is read and written unchanged`() throws {
    let folder = try #require(SharedFiles.unpacked(Self.archive))
    let types = folder.url.appending(path: "schemas/purl/tests/types")
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(at: types, includingPropertiesForKeys: nil) {
      for item in try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).tests where !item.mustFail {
        guard case .text(let canonical) = item.output else { continue }
        for reading in [PackageURL.Reading.tolerant, .asWritten] {
          #expect((try? PackageURL(parsing: canonical, reading))?.text == canonical)
        }
        count += 1
      }
    }
    #expect(count >= 300)
  }
}
