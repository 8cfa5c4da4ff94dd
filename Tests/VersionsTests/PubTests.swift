// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/dart-lang/pub_semver, `test/version_test.dart` (read 2026-11-25)
@Suite struct PubTests {
  static let samples = combined(semanticSamples, ["", "+1", "+a"])

  @Test func `pub_semver's own chain is in its order`() {
    let chain = OrderTable(
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0-rc.1+build.1", "1.0.0",
      "1.0.0+0.3.7", "1.3.7+build", "1.3.7+build.2.b8f12d7", "1.3.7+build.11.e0f985a", "2.0.0", "2.1.0", "2.2.0",
      "2.11.0", "2.11.1")
    #expect(chain.misplaced(by: Pub.self) == [])
  }

  @Test func `noughts in front do not count`() {
    let pairs = [
      Pair("01.2.3", "1.2.3"), Pair("1.02.3", "1.2.3"), Pair("1.2.03", "1.2.3"), Pair("1.2.3-01", "1.2.3-1"),
      Pair("1.2.3+01", "1.2.3+1"),
    ]
    #expect(Pub.different(pairs) == [])
  }

  /// As `int.tryParse` reads them on 64 bits.
  @Test func `an identifier is a number where Dart finds one`() {
    #expect(
      OrderTable("1.0.0--2", "1.0.0--1", "1.0.0-0", "1.0.0-15", "1.0.0-0x10", "1.0.0-a").misplaced(by: Pub.self) == [])
    #expect(Pub.different([Pair("1.0.0-0X1f", "1.0.0-31"), Pair("1.0.0--0x2", "1.0.0--2")]) == [])
    #expect(Pub.different([Pair("1.0.0-0xFFFFFFFFFFFFFFFF", "1.0.0--1")]) == [])
    // Beyond 64 bits it is a text, as is what has no digits.
    #expect(
      OrderTable("1.0.0-9223372036854775807", "1.0.0-0x", "1.0.0-9223372036854775808").misplaced(by: Pub.self) == [])
    #expect(Pub.compare("1.0.0-0x-1", "1.0.0-9223372036854775807") == .descending)
  }

  @Test func `what pub refuses is no version`() {
    let texts = ["1.0", "1234", "-2.3.4", "1.3-pre", "1.3+build", "1.3+bu?!3ild", "v1.2.3", "9223372036854775808.0.0"]
    #expect(Pub.valid(texts) == [])
  }
}
