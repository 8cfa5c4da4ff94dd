// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Versions

/// Holds ranges and orders against the whole public suite of the notation `vers`, where it lies on this machine.
@Suite struct VersSuiteTests {
  /// The values of the suite: texts, truths, lists, and what has parts.
  private enum Value: Decodable {
    case text(String)
    case truth(Bool)
    case list([String])
    case parts([String: Value])
    case constraints([[String]])
    case none

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let truth = try? container.decode(Bool.self) {
        self = .truth(truth)
      } else if let list = try? container.decode([String].self) {
        self = .list(list)
      } else if let constraints = try? container.decode([[String]].self) {
        self = .constraints(constraints)
      } else if let parts = try? container.decode([String: Value].self) {
        self = .parts(parts)
      } else {
        self = .none
      }
    }

    var text: String { if case .text(let text) = self { text } else { "" } }
    var list: [String] { if case .list(let list) = self { list } else { [] } }
    subscript(_ key: String) -> Value { if case .parts(let parts) = self { parts[key] ?? .none } else { .none } }

    /// For comparison, and for the message.
    var shown: String {
      switch self {
      case .text(let text): text
      case .truth(let truth): "\(truth)"
      case .list(let list): list.joined(separator: " , ")
      case .constraints(let constraints): constraints.map { $0.joined(separator: " ") }.joined(separator: " , ")
      case .parts(let parts):
        parts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.shown)" }.joined(separator: "; ")
      case .none: "none"
      }
    }
  }

  private struct Case: Decodable {
    let description: String
    let kind: String
    let input: Value
    let output: Value?
    let mustFail: Bool?

    private enum CodingKeys: String, CodingKey {
      case description
      case input
      case kind = "test_type"
      case mustFail = "expected_failure"
      case output = "expected_output"
    }

    var expected: String { mustFail == true ? "refused" : output?.shown ?? "none" }

    /// Our answer, as ``expected`` has it.
    ///
    /// What is to be parsed must be canonical; what is to be validated, or to hold a version, is unsorted in many cases, and
    /// comes out sorted: the tolerant reading.
    var answer: String {
      switch kind {
      case "parse": (try? Vers(parsing: input.text)).map(Self.shown) ?? "refused"
      case "validate": (try? Vers(parsing: input.text, .tolerant))?.description ?? "refused"
      case "containment":
        (try? Vers(parsing: input["vers"].text, .tolerant))?.contains(input["version"].text).map { "\($0)" }
          ?? "refused"
      case "from_native":
        (try? Vers(native: input["native_range"].text, type: input["scheme"].text))?.description ?? "refused"
      case "equality", "comparison": orderAnswer
      default: "a case of an unknown kind"
      }
    }

    private static func shown(_ range: Vers) -> String {
      let constraints = range.constraints.map { "\($0.comparator.rawValue) \($0.version)" }.joined(separator: " , ")
      return "scheme: \(range.type); version_constraints: \(constraints)"
    }

    private var orderAnswer: String {
      guard let scheme = Vers.scheme(ofType: input["input_scheme"].text) else { return "unknown type" }
      let versions = input["versions"].list
      if kind == "equality" {
        return scheme.compare(versions[0], versions[1]).map { "\($0 == .same)" } ?? "unreadable"
      }
      guard versions.allSatisfy({ scheme.isValid($0) }) else { return "unreadable" }
      return versions.sorted { scheme.compare($0, $1) == .ascending }.map(spelled).joined(separator: " , ")
    }

    /// The suite tells versions of NuGet as NuGet normalises them: the label in small letters, the metadata as it is.
    private func spelled(_ version: String) -> String {
      guard input["input_scheme"].text == "nuget" else { return version }
      let metadata = version.firstIndex(of: "+") ?? version.endIndex
      return version[..<metadata].lowercased() + version[metadata...]
    }
  }

  private struct File: Decodable {
    let tests: [Case]
  }

  /// Where the suite contradicts the tool whose order it tests, with what that tool says. Maven 3.8.7 and the 3.9 line drop noughts
  /// before a letter (`java -jar maven-artifact.jar 2-1 2.0.a 2.0.0.a` shows `2-a` for both), so that `2.0.a` and `2.0.0.a` are one
  /// version, and one that is older than `2-1`; the suite has the order of a Maven before that. Each stands in it twice.
  private static let disputed = [
    "maven: 2-1 , 2.0.a": "2.0.a , 2-1",
    "maven: 2-1 , 2.0.0.a": "2.0.0.a , 2-1",
    "maven: 2.0.0.a , 2.0.a": "2.0.0.a , 2.0.a",
  ]

  private static let archive = "advisories/schemas.tar.gz"

  @Test(.enabled(if: SharedFiles.file(archive) != nil, "the shared data is not here: set GIFTHORSE_SHARED"))
  func `every case of the public suite comes out as it must`() throws {
    let folder = try #require(SharedFiles.unpacked(Self.archive))
    let tests = folder.url.appending(path: "schemas/vers/tests")
    let files = try FileManager.default.contentsOfDirectory(at: tests, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    #expect(files.count >= 21)
    var count = 0
    var disputes = 0
    for file in files {
      for item in try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).tests {
        count += 1
        let answer = item.answer
        let truth = Self.disputed["\(item.input["input_scheme"].text): \(item.input["versions"].shown)"]
        if truth != nil { disputes += 1 }
        #expect(
          answer == truth ?? item.expected,
          "\(file.lastPathComponent), \(item.kind), \(item.input.shown): \(item.description)")
      }
    }
    #expect(count >= 2_700)
    #expect(disputes == 6)
  }
}
