// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// - Source: https://github.com/swiftlang/swift-tools-support-core, `Sources/TSCUtility/Version.swift` (read
///   2026-11-25)
@Suite struct SwiftURLTests {
  static let samples = semanticSamples + ["1.0.0--1", "1.0.0-", "1.0.0-a.", "9223372036854775807.0.0"]

  @Test func `tags with a v, and without a third number, are versions`() {
    let pairs = [
      Pair("v1.2.3", "1.2.3"), Pair("1.2", "1.2.0"), Pair("v1.2-beta", "1.2.0-beta"), Pair("01.2.3", "1.2.3"),
      Pair("1.2.3+a", "1.2.3+b"), Pair("1.2.3-01", "1.2.3-1"),
    ]
    #expect(SwiftURL.different(pairs) == [])
  }

  @Test func `a hyphen before digits is a sign, and nothing is an identifier`() {
    #expect(OrderTable("1.0.0--2", "1.0.0--1", "1.0.0-0", "1.0.0-", "1.0.0-a").misplaced(by: SwiftURL.self) == [])
  }

  @Test func `two spellings of one number do not end the comparison`() {
    #expect(OrderTable("1.0.0-01.a", "1.0.0-1.b", "1.0.0-01.c").misplaced(by: SwiftURL.self) == [])
  }

  @Test func `what SwiftPM refuses is no version`() {
    let texts = ["1", "v1", "V1.2.3", "release-1.2.3", "9223372036854775808.0.0", "1.2.3-a_b", "1.+2.3", "swift-5.9"]
    #expect(SwiftURL.valid(texts) == [])
  }
}
