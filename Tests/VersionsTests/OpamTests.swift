// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/ocaml/opam, `src/core/opamVersionCompare.ml`, and what dpkg and dose3 answer, whose order
///   it is (read 2026-11-25)
@Suite struct OpamTests {
  static let samples = combined(
    ["0", "1", "1.0", "1.1", "1.10", "1.9", "v0.9"], ["", "~beta", "~~", "a", "+1", "-1", "-1~", "_x", ".dfsg", "-a-b"])

  @Test func `a tilde is before everything, the end included`() {
    let chain = OrderTable(
      "~~", "~", "~beta2", "~beta10", "0.1", "1.0~beta", "1.0", "1.0-test", "1.0.1", "1.0.10", "dev", "trunk")
    #expect(chain.misplaced(by: Opam.self) == [])
  }

  @Test func `the end is before letters, which are before other signs`() {
    let chain = OrderTable("1~", "1", "1-0a", "1-1", "1a", "1+", "1.", "1_", "2.5.2-1", "2.5.2-1-1", "2.5.2.1")
    #expect(chain.misplaced(by: Opam.self) == [])
  }

  @Test func `noughts that lead a number do not count`() {
    let pairs = [Pair("1.01", "1.1"), Pair("1", "1-0"), Pair("a", "a0"), Pair("1", "1-"), Pair("1.0", "1.00")]
    #expect(Opam.different(pairs) == [])
    #expect(Opam.compare("1", "1.0") == .ascending)
  }

  @Test func `what opam refuses is no version`() {
    #expect(Opam.valid(["", " ", "1.0 ", "1:2", "1/2", "1.0é", "1.0\u{0}", "1,2", "{1}"]) == [])
    #expect(Opam.valid(["dev", "-", "~", "1.0+a_b~c-d"]).count == 4)
  }
}
