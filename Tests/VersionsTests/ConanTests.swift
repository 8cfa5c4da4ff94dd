// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Versions

/// - Source: https://github.com/conan-io/conan, `conan/internal/model/version.py`, and what Conan 2 answers
///   (read 2026-11-25)
@Suite struct ConanTests {
  static let samples = combined(
    ["0", "1", "1.1", "1.10", "1.9", "1.a", "1.2g", "cci", "*"],
    ["", "-", "-pre", "-pre.1", "-1", "+b", "+1", "-pre+b", ".7"])

  @Test func `numbers count as numbers, and letters behind them decide next`() {
    let chain = OrderTable(
      "1", "1.*", "1.0.2", "1.0.2g", "1.0.2u", "1.1", "1.1.a", "1.1a", "1.2", "1.9d", "1.9e", "1.10", "1.a", "2")
    #expect(chain.misplaced(by: Conan.self) == [])
  }

  @Test func `prereleases are before, builds behind their version`() {
    let chain = OrderTable(
      "1.0-", "1.0-alpha.3", "1.0-alpha.3+b1", "1.0-alpha.22", "1.0-pre1", "1.0", "1.0+b1", "1.0+b10.1", "1.0+b2",
      "1.1-a", "1.1")
    #expect(chain.misplaced(by: Conan.self) == [])
  }

  @Test func `noughts at the end do not count, wherever they stand`() {
    let pairs = [
      Pair("1", "1.0.0.0"), Pair("1-pre1", "1.0-pre1.0"), Pair("1+b1", "1.0+b1.0"), Pair("1.01", "1.1"),
      Pair("0", "0.0"),
    ]
    #expect(Conan.different(pairs) == [])
  }

  @Test func `what Conan cannot order is ordered by the number in front`() {
    #expect(OrderTable("2", "2a", "10", "10a", "010b").misplaced(by: Conan.self) == [])
  }

  @Test func `what cannot be a version in a reference is none`() {
    #expect(Conan.valid(["", " ", "1 2", "1.0é", "1.0\n", "1\u{0}"]) == [])
  }

  private static let suite = SharedFiles.unpacked("advisories/schemas.tar.gz")

  private struct Suite: Decodable {
    struct Case: Decodable {
      struct Input: Decodable {
        let versions: [String]
      }
      enum Output: Decodable {
        case order([String])
        case areEqual(Bool)

        init(from decoder: any Decoder) throws {
          let value = try decoder.singleValueContainer()
          if let areEqual = try? value.decode(Bool.self) {
            self = .areEqual(areEqual)
          } else {
            self = .order(try value.decode([String].self))
          }
        }
      }
      enum CodingKeys: String, CodingKey {
        case input
        case expected = "expected_output"
      }
      let input: Input
      let expected: Output
    }
    let tests: [Case]
  }

  @Test(.enabled(if: suite != nil, "the shared data is not here: set GIFTHORSE_SHARED"))
  func `the public vers suite agrees`() throws {
    let folder = try #require(Self.suite)
    let file = URL(filePath: folder.path).appending(path: "schemas/vers/tests/conan_version_cmp_test.json")
    let tests = try JSONDecoder().decode(Suite.self, from: Data(contentsOf: file)).tests
    #expect(tests.count > 40)
    for each in tests {
      let (first, second) = (each.input.versions[0], each.input.versions[1])
      switch each.expected {
      case .areEqual(let areEqual): #expect((Conan.compare(first, second) == .same) == areEqual, "\(first) \(second)")
      case .order(let sorted): #expect(Conan.compare(sorted[0], sorted[1]) == .ascending, "\(first) \(second)")
      }
    }
  }
}
