// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Versions

extension OrderTable {
  /// - Parameter chain: Versions from the oldest to the newest.
  init(_ chain: [String]) {
    self.chain = chain
  }
}

extension VersionScheme {
  /// Those of the texts that are not the same version as the first one, asked from both sides.
  static func different(_ same: [String]) -> [String] {
    same.filter { compare($0, same[0]) != .same || compare(same[0], $0) != .same }
  }
}
