// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// What all schemes on ``ExactSemanticVersion`` have in common.
@Suite struct ExactSemanticVersionTests {
  static let schemes: [any VersionScheme.Type] = [Go.self, Cargo.self, Hex.self, Pub.self, Julia.self, SwiftURL.self]

  @Test func `the specification's examples are in its order`() {
    for scheme in Self.schemes { #expect(semanticChain.misplaced(by: scheme) == [], "\(scheme.id)") }
  }

  @Test func `identifiers count as numbers or stand in ASCII order`() {
    let chain = OrderTable("1.0.0-9", "1.0.0-10", "1.0.0-A", "1.0.0-a", "1.0.0-a.0", "1.0.0-a.b", "1.0.0-ab", "1.0.0")
    for scheme in Self.schemes { #expect(chain.misplaced(by: scheme) == [], "\(scheme.id)") }
  }

  @Test func `numbers that a double cannot hold are told apart`() {
    let chain = OrderTable("1.0.0-9007199254740992", "1.0.0-9007199254740993", "1.0.0-9007199254740993.0")
    for scheme in Self.schemes { #expect(chain.misplaced(by: scheme) == [], "\(scheme.id)") }
  }

  @Test func `what is no version has no order`() {
    let texts = [
      "", " ", "latest", "a.b.c", "1.2.3.4", "1..3", "-1.2.3", "1.2.3 ", " 1.2.3", "1.2.3_4", "1.2.3-é", "1.2.3\u{0}",
      "１.2.3", "=1.2.3", "1.2.3+a+b", "1.2.x", "vv1.2.3", "1.2.3-\u{660}",
    ]
    for scheme in Self.schemes { #expect(scheme.valid(texts) == [], "\(scheme.id)") }
  }

  @Test func `very long texts are read as well`() {
    let long = String(repeating: "9", count: 100_000)
    let dots = Array(repeating: "a", count: 50_000).joined(separator: ".")
    for scheme in Self.schemes {
      #expect(scheme.compare("1.0.0-\(dots)", "1.0.0-\(dots).a") == .ascending, "\(scheme.id)")
    }
    #expect(Go.compare("1.\(long).0", "1.\(long)9.0") == .ascending)
    #expect(Hex.compare("1.0.0-\(long)", "1.0.0-\(long)9") == .ascending)
  }

  @Test func `SwiftPM, Pub and Julia read their own spellings, and print what is read alike`() throws {
    let texts: [(any VersionScheme.Type, String, String)] = [
      (SwiftURL.self, "v1.2", "1.2.0"), (SwiftURL.self, "1.2-rc.1+b", "1.2.0-rc.1+b"),
      (SwiftURL.self, "1.2.3-", "1.2.3-"), (SwiftURL.self, "1.2.3-a..b", "1.2.3-a..b"),
      (Pub.self, "01.02.0003-01.dev+pre.02", "1.2.3-1.dev+pre.2"), (Julia.self, "v1", "1.0.0"),
      (Julia.self, "V1.2rc3+4", "1.2.0-rc3+4"), (Julia.self, "1.2-", "1.2.0-"), (Julia.self, "1.02.3+", "1.2.3+"),
    ]
    for (scheme, text, printed) in texts { #expect(scheme.spelling(text) == printed, "\(scheme.id)") }
  }
}

extension VersionScheme {
  fileprivate static func spelling(_ text: String) -> String? {
    parse(text)?.description
  }
}
