// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

/// - Source: The pages that ``Ecosystem/matchingName(_:)`` rests on (read 2026-11-25)
@Suite struct MatchingNameTests {
  @Test(arguments: [
    ("NuGet", "Newtonsoft.Json", "newtonsoft.json"), ("Packagist", "Laravel/Framework", "laravel/framework"),
    ("Packagist:https://packages.drupal.org/8", "Drupal/Token", "drupal/token"),
    ("GitHub Actions", "Actions/Checkout", "actions/checkout"), ("Hex", "Phoenix", "phoenix"), ("Pub", "HTTP", "http"),
    ("Go", "github.com/Masterminds/Sprig", "github.com/masterminds/sprig"),
    ("crates.io", "Serde_Json", "serde-json"), ("crates.io", "serde-json", "serde-json"),
    ("VSCode:https://open-vsx.org", "A.B", "a.b"), ("PyPI:https://index.example", "A.B", "a-b"),
    ("SwiftURL", "https://GitHub.com/Apple/swift-nio.git/", "github.com/apple/swift-nio"),
    ("SwiftURL", "github.com/apple/swift-nio", "github.com/apple/swift-nio"),
  ])
  func `spellings of one name are one`(ecosystem: String, name: String, expected: String) {
    #expect(Ecosystem(ecosystem).matchingName(name) == expected)
  }

  @Test(arguments: [
    "npm", "Maven", "RubyGems", "Hackage", "CRAN", "CPAN", "Julia", "opam", "Debian:12", "Leiden Cheese Board",
  ])
  func `names of other ecosystems are exact`(ecosystem: String) {
    #expect(Ecosystem(ecosystem).matchingName("A_b.C") == "A_b.C")
  }

  @Test func `another name stays another one`() {
    #expect(Ecosystem("crates.io").matchingName("serde.json") != Ecosystem("crates.io").matchingName("serde-json"))
    #expect(Ecosystem("NuGet").matchingName("a_b") != Ecosystem("NuGet").matchingName("a-b"))
  }
}
