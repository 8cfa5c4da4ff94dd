// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

/// Holds our purls against the public test suite, where it lies on this machine.
@Suite struct PublicSuiteTests {
  /// The parts of one test case that are of use here.
  private struct Case: Decodable {
    struct Parts: Decodable {
      let type: String?
      let namespace: String?
      let name: String?
      let version: String?
      let qualifiers: [String: String]?
      let subpath: String?
    }
    let description: String
    let kind: String
    let mustFail: Bool
    let parts: Parts?
    let purl: String?

    private enum CodingKeys: String, CodingKey {
      case description
      case input
      case kind = "test_type"
      case mustFail = "expected_failure"
      case output = "expected_output"
    }

    /// What is built from parts has them as input, what is taken apart has them as output: either way parts and purl belong together.
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      description = try values.decode(String.self, forKey: .description)
      kind = try values.decode(String.self, forKey: .kind)
      mustFail = try values.decode(Bool.self, forKey: .mustFail)
      let isBuild = kind == "build"
      parts = try? values.decode(Parts.self, forKey: isBuild ? .input : .output)
      purl = try? values.decode(String.self, forKey: isBuild ? .output : .input)
    }
  }

  private struct File: Decodable {
    let tests: [Case]
  }

  private static let archive = "advisories/schemas.tar.gz"

  @Test(
    .enabled(if: SharedFiles.file(archive) != nil, "the shared data is not here: set GIFTHORSE_SHARED"),
    arguments: [
      ("npm", Ecosystem.npm, "/"), ("vscode-extension", Ecosystem.vscode, "."), ("pypi", Ecosystem.pypi, "/"),
      ("docker", Ecosystem("Docker"), "/"), ("golang", Ecosystem("Go"), "/"), ("maven", Ecosystem("Maven"), ":"),
      ("composer", Ecosystem("Packagist"), "/"), ("github", Ecosystem("GitHub Actions"), "/"),
      ("gem", Ecosystem("RubyGems"), "/"), ("nuget", Ecosystem("NuGet"), "/"), ("cargo", Ecosystem("crates.io"), "/"),
    ])
  func `purls of the public suite come out letter by letter`(
    type: String, ecosystem: Ecosystem, separator: String
  ) throws {
    let folder = try #require(SharedFiles.unpacked(Self.archive))
    let file = folder.url.appending(path: "schemas/purl/tests/types/\(type)-test.json")
    let cases = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).tests
    // What the suite takes apart may be spelled in another way than it is built: only npm's and Code's are spelled alike.
    let isSpelledAlike = ecosystem == .npm || ecosystem == .vscode
    // Qualifiers and subpaths are no part of a package: what has them is not ours to make.
    let ours = cases.filter { item in
      !item.mustFail && (item.kind == "build" || item.kind == "parse" && isSpelledAlike)
        && (item.parts?.qualifiers ?? [:]).isEmpty
        && item.parts?.subpath == nil
    }
    #expect(ours.count >= (isSpelledAlike ? 4 : 1))
    for item in ours {
      let parts = try #require(item.parts)
      let name = [parts.namespace, parts.name].compactMap { $0 }.joined(separator: separator)
      let package = Package(ecosystem: ecosystem, name: name, version: parts.version)
      #expect(package.purl == item.purl, "\(item.description)")
    }
  }
}
