// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@Suite struct PackageURLTests {
  private func purl(_ name: String, _ version: String?, _ ecosystem: Ecosystem = .npm) -> String {
    Package(ecosystem: ecosystem, name: name, version: version).purl
  }

  @Test(arguments: [
    // name, version, purl
    ("foobar", "12.3.1", "pkg:npm/foobar@12.3.1"),
    ("@angular/animation", "12.3.1", "pkg:npm/%40angular/animation@12.3.1"),
    ("JSONStream", "1.3.5", "pkg:npm/JSONStream@1.3.5"),
    ("node-ipc", "9.1.6", "pkg:npm/node-ipc@9.1.6"),
    ("lodash._reinterpolate", "3.0.0", "pkg:npm/lodash._reinterpolate@3.0.0"),
    ("tilde~name", "1.0.0", "pkg:npm/tilde~name@1.0.0"),
  ])
  func `a usual name stays readable`(name: String, version: String, expected: String) {
    #expect(purl(name, version) == expected)
  }

  @Test(arguments: [
    ("1.0.0+build.5", "1.0.0%2Bbuild.5"), ("1.0.0 beta", "1.0.0%20beta"), ("100%", "100%25"),
    ("1.0.0?a=b", "1.0.0%3Fa%3Db"),
    ("1.0.0#x", "1.0.0%23x"), ("a@b", "a%40b"), ("a/b", "a%2Fb"), ("git:abc", "git:abc"), ("é", "%C3%A9"),
    ("日", "%E6%97%A5"),
    ("~!*'()", "~%21%2A%27%28%29"), ("\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"),
  ])
  func `what a purl must not hold is percent-encoded with capital digits`(version: String, encoded: String) {
    #expect(purl("a", version) == "pkg:npm/a@" + encoded)
    #expect(purl("x" + version.filter { $0 != "/" }, nil) == "pkg:npm/x" + encoded.replacing("%2F", with: ""))
  }

  @Test func `control characters are percent-encoded`() {
    #expect(purl("a\u{0}", "\u{7F}\u{1B}") == "pkg:npm/a%00@%7F%1B")
  }

  @Test(arguments: [
    ("../../etc/passwd", "pkg:npm/%2E%2E/%2E%2E/etc/passwd"), ("./a", "pkg:npm/%2E/a"), ("a//b", "pkg:npm/a/b"),
    ("/a/", "pkg:npm/a"),
    ("...", "pkg:npm/..."), ("a/..b", "pkg:npm/a/..b"),
  ])
  func `no name leads out of the purl`(name: String, expected: String) {
    #expect(purl(name, nil) == expected)
  }

  @Test func `a package without a version stands for all of them`() {
    #expect(purl("left-pad", nil) == "pkg:npm/left-pad")
    #expect(purl("left-pad", "") == "pkg:npm/left-pad")
  }

  @Test func `an extension's publisher is the namespace, and letters are small`() {
    #expect(
      purl("ms-python.python", "2023.25.10292213", .vscode) == "pkg:vscode-extension/ms-python/python@2023.25.10292213")
    #expect(purl("GitHub.Copilot", "1.0.0-Beta", .vscode) == "pkg:vscode-extension/github/copilot@1.0.0-beta")
    #expect(purl("a.b.c", nil, .vscode) == "pkg:vscode-extension/a/b.c")
  }

  /// - Source: https://github.com/package-url/purl-spec, `types` (read 2026-11-25)
  @Test(arguments: [
    ("PyPI", "Django_package", "1.11.1.DEV1", "pkg:pypi/django-package@1.11.1.DEV1"),
    ("PyPI", "zope.interface", "1.0+CPU", "pkg:pypi/zope.interface@1.0%2BCPU"),
    ("PyPI", "zope-interface", "1!5.0", "pkg:pypi/zope-interface@1%215.0"),
    ("PyPI", "a__b", "1", "pkg:pypi/a--b@1"), ("PyPI", "É_", "1", "pkg:pypi/%C3%A9-@1"),
    ("conda", "_libgcc_mutex", "0.1", "pkg:conda/_libgcc_mutex@0.1"),
    ("Docker", "library/node", "22-alpine", "pkg:docker/library/node@22-alpine"),
    ("Docker", "a/b", "sha256:244f", "pkg:docker/a/b@sha256:244f"),
    ("GitHub Actions", "Actions/Checkout", "V4", "pkg:github/actions/checkout@V4"),
    ("Go", "github.com/Masterminds/Sprig", "v3.0.0", "pkg:golang/github.com/masterminds/sprig@v3.0.0"),
    ("Maven", "org.Example:Artifact", "1.0", "pkg:maven/org.Example/Artifact@1.0"),
    ("Packagist", "Laravel/Framework", "5.5.0", "pkg:composer/laravel/framework@5.5.0"),
    ("RubyGems", "Ascii85", "1.0", "pkg:gem/Ascii85@1.0"),
    ("NuGet", "EnterpriseLibrary.Common", "6.0.1304", "pkg:nuget/EnterpriseLibrary.Common@6.0.1304"),
  ])
  func `a name is written as its type wants it`(ecosystem: String, name: String, version: String, expected: String) {
    #expect(purl(name, version, Ecosystem(ecosystem)) == expected)
  }

  @Test(arguments: [
    ("npm", "pkg:npm/x@1"), ("JSR", "pkg:generic/jsr/x@1"), ("PyPI", "pkg:pypi/x@1"), ("crates.io", "pkg:cargo/x@1"),
    ("Go", "pkg:golang/x@1"), ("RubyGems", "pkg:gem/x@1"), ("Maven", "pkg:maven/x@1"), ("NuGet", "pkg:nuget/x@1"),
    ("conda", "pkg:conda/x@1"), ("Docker", "pkg:docker/x@1"), ("GitHub Actions", "pkg:github/x@1"),
    ("Packagist", "pkg:composer/x@1"), ("Leiden Cheese Board", "pkg:generic/x@1"), ("npm:9", "pkg:npm/x@1"),
  ])
  func `every ecosystem has a type`(ecosystem: String, expected: String) {
    #expect(purl("x", "1", Ecosystem(ecosystem)) == expected)
  }

  @Test func `random names and versions are told apart, and give ASCII without separators of their own`() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let name = randomText(&random)
      let version = randomText(&random)
      let text = purl("n" + name, "v" + version)
      #expect(text.hasPrefix("pkg:npm/n"))
      #expect(text.utf8.count { $0 == UInt8(ascii: "@") } == 1)
      let allowed = text.utf8.allSatisfy { byte in
        isAlphanumeric(byte) || "-._~:%@/".utf8.contains(byte)
      }
      #expect(allowed, "\(text)")
      #expect(decoded(text) == "pkg:npm/n\(name)@v\(version)")
    }
  }

  /// Up to ten scalars, none of them a slash, which a name's segments would swallow where it is doubled.
  private func randomText(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...10, using: &random) {
      let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) ?? "?"
      if scalar != "/" { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(String(Substring(rest.prefix(2))), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
