// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// Versions from the oldest to the newest, as a specification or a reference implementation has them.
struct OrderTable {
  let chain: [String]

  init(_ chain: String...) {
    self.chain = chain
  }

  /// The pairs that a scheme orders otherwise, asked from both sides.
  func misplaced(by scheme: any VersionScheme.Type) -> [String] {
    var found: [String] = []
    for (index, first) in chain.enumerated() {
      for (other, second) in chain.enumerated() {
        let expected: VersionOrder = index < other ? .ascending : index > other ? .descending : .same
        if scheme.compare(first, second) != expected { found.append("\(first) to \(second)") }
      }
    }
    return found
  }
}

extension VersionScheme {
  /// Those of the texts that the scheme takes for versions.
  static func valid(_ texts: [String]) -> [String] {
    texts.filter { isValid($0) }
  }

  /// Those of the pairs of which one is older than the other, or none.
  static func different(_ pairs: [Pair]) -> [String] {
    pairs.filter { compare($0.first, $0.second) != .same || compare($0.second, $0.first) != .same }
      .map(\.testDescription)
  }
}

/// Versions made of parts, of which no two are equal.
func combined(_ heads: [String], _ tails: [String]) -> [String] {
  heads.flatMap { head in tails.map { head + $0 } }
}

/// The chain that SemVer 2.0 gives for prereleases.
///
/// - Source: https://semver.org/spec/v2.0.0.html#spec-item-11 (read 2026-11-25)
let semanticChain = OrderTable(
  "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
  "1.0.0", "2.0.0", "2.1.0", "2.1.1")

/// Samples for the laws of every scheme that is near SemVer 2.0.
let semanticSamples = combined(
  ["0.0.0", "0.0.1", "0.1.0", "1.0.0", "1.0.9", "1.0.10", "10.0.0", "9007199254740993.0.0", "9007199254740992.0.0"],
  ["", "-0", "-1", "-10", "-a", "-a.0", "-a.a", "-A", "-a-b", "-0a", "-9007199254740993"])
