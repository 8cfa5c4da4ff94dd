// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing
import Versions

/// The laws of an order, on versions of which no two are the same.
@Suite struct OrderLawTests {
  /// By the scheme's id.
  static let samples = [
    "SemVer": SemVerLawTests.versions,
    "PEP440": PEP440LawTests.versions,
    "Go": GoTests.samples,
    "Cargo": CargoTests.samples,
    "Pub": PubTests.samples,
    "Hex": HexTests.samples,
    "PVP": PVPTests.samples,
    "CRAN": CRANTests.samples,
    "CPAN": CPANTests.samples,
    "Julia": JuliaTests.samples,
    "Opam": OpamTests.samples,
    "SwiftURL": SwiftURLTests.samples,
    "GitHubActions": GitHubActionsTests.samples,
    "Conan": ConanTests.samples,
    "Dpkg": DpkgTests.lawful,
    "APK": APKTests.lawful,
    "RPM": RPMTests.lawful,
    "Pacman": PacmanTests.lawful,
    "Gentoo": GentooTests.lawful,
    "OpenSSL": OpenSSLTests.lawful,
    "Nginx": NginxTests.lawful,
    "DateTime": DateTimeTests.lawful,
    "Lexicographic": LexicographicTests.lawful,
    "RubyGems": RubyGemsLawTests.versions,
    "Maven": MavenLawTests.versions,
    "NuGet": NuGetLawTests.versions,
    "Composer": ComposerLawTests.versions,
  ]

  @Test func `every scheme has samples for the laws`() {
    for scheme in schemes { #expect((Self.samples[scheme.id] ?? []).count >= 50, "\(scheme.id)") }
    #expect(Self.samples.count == schemes.count)
  }

  @Test(arguments: samples.keys.sorted())
  func `the order is total, and the same from both sides`(id: String) throws {
    let scheme = try #require(schemes.first { $0.id == id })
    #expect(try violationsOfTotality(scheme, Self.samples[id] ?? []) == [])
  }

  private func violationsOfTotality<Scheme: VersionScheme>(_: Scheme.Type, _ texts: [String]) throws -> [String] {
    let versions = try texts.map { try #require(Scheme.parse($0), "\($0)") }
    var violations: [String] = []
    for (index, first) in versions.enumerated() {
      for (other, second) in versions.enumerated() {
        let order = Scheme.order(first, second)
        let isLawful = Scheme.order(second, first) == order.reversed && (order == .same) == (index == other)
        if !isLawful { violations.append("\(texts[index]) and \(texts[other])") }
        if order == .same, !Scheme.isMeant(first, by: second) { violations.append("\(texts[index]) is not itself") }
      }
    }
    return violations
  }

  @Test(arguments: samples.keys.sorted())
  func `the order is transitive`(id: String) throws {
    let scheme = try #require(schemes.first { $0.id == id })
    #expect(try violationsOfTransitivity(scheme, Self.samples[id] ?? []) == [])
  }

  private func violationsOfTransitivity<Scheme: VersionScheme>(_: Scheme.Type, _ texts: [String]) throws -> [String] {
    let versions = try texts.map { try #require(Scheme.parse($0), "\($0)") }
    // In a total order, each version of the sorted list comes before all that follow it.
    let sorted = versions.indices.sorted { Scheme.order(versions[$0], versions[$1]) == .ascending }
    var violations: [String] = []
    for (place, first) in sorted.enumerated() {
      for second in sorted[(place + 1)...] where Scheme.order(versions[first], versions[second]) != .ascending {
        violations.append("\(texts[first]) and \(texts[second])")
      }
    }
    return violations
  }

  @Test(arguments: samples.keys.sorted())
  func `a version that is printed is read as the same version`(id: String) throws {
    let scheme = try #require(schemes.first { $0.id == id })
    #expect(try violationsOfPrinting(scheme, Self.samples[id] ?? []) == [])
  }

  private func violationsOfPrinting<Scheme: VersionScheme>(_: Scheme.Type, _ texts: [String]) throws -> [String] {
    try texts.filter { text in
      let version = try #require(Scheme.parse(text), "\(text)")
      guard let again = Scheme.parse(version.description) else { return true }
      return Scheme.order(version, again) != .same || again.description != version.description
    }
  }
}
