// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

/// - Source: https://github.com/package-url/purl-spec, `PURL-SPECIFICATION.rst` and `types` (read 2026-11-25)
@Suite struct PackageURLParsingTests {
  private typealias Code = PackageURLError.Code

  private func code(_ text: String, _ reading: PackageURL.Reading = .strict) -> PackageURLError.Code? {
    do throws(PackageURLError) {
      _ = try PackageURL(parsing: text, reading)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `every part is taken apart and decoded`() throws {
    let purl = try PackageURL(
      parsing: "pkg:Maven/org.example/a%20b/c%2Bd@1.0%40x?Key=%25&classifier=&b=%C3%A9#/src/./../é/")
    #expect(purl.type == "maven")
    #expect(purl.namespace == "org.example/a b")
    #expect(purl.name == "c+d")
    #expect(purl.version == "1.0@x")
    #expect(purl.qualifiers.map { [$0.key, $0.value] } == [["b", "é"], ["key", "%"]])
    #expect(purl.qualifier("key") == "%" && purl.qualifier("classifier") == nil)
    #expect(purl.subpath == "src/é")
    #expect(purl.text == "pkg:maven/org.example/a%20b/c%2Bd@1.0%40x?b=%C3%A9&key=%25#src/%C3%A9")
  }

  @Test(arguments: [
    // as written, canonical
    ("pkg:///npm//@scope/name", "pkg:npm/%40scope/name"), ("pkg:npm/@scope/name@1.0.0", "pkg:npm/%40scope/name@1.0.0"),
    ("PKG:NPM/Name@1.0.0-RC.1", "pkg:npm/Name@1.0.0-RC.1"), ("pkg:brew/python@3@3.12", "pkg:brew/python%403@3.12"),
    ("pkg:npm/a@1.0/b", "pkg:npm/a@1.0%2Fb"), ("pkg:npm/a/", "pkg:npm/a"), ("pkg:npm/a?", "pkg:npm/a"),
    ("pkg:npm/a#", "pkg:npm/a"), ("pkg:npm/a?x=1?y=2", "pkg:npm/a?x=1%3Fy%3D2"),
    ("pkg:pypi/My_Package@1.0", "pkg:pypi/my-package@1.0"), ("pkg:pypi/a.b", "pkg:pypi/a.b"),
    ("pkg:golang/GitHub.com/Gorilla/Mux@v1.8.0", "pkg:golang/github.com/gorilla/mux@v1.8.0"),
    ("pkg:composer/Vendor/Name", "pkg:composer/vendor/name"), ("pkg:deb/Debian/Curl", "pkg:deb/debian/curl"),
    ("pkg:rpm/Fedora/Curl", "pkg:rpm/fedora/Curl"),
    ("pkg:cpan/drolsky/DateTime@1.55", "pkg:cpan/DROLSKY/DateTime@1.55"),
    ("pkg:pub/My-Package", "pkg:pub/my_package"), ("pkg:hackage/a_b", "pkg:hackage/a-b"),
    ("pkg:huggingface/A/B@ABCDEF", "pkg:huggingface/A/B@abcdef"),
    ("pkg:vscode-extension/Publisher/Name@1.0.0-Beta", "pkg:vscode-extension/publisher/name@1.0.0-beta"),
    ("pkg:git/github.com/A/B@1", "pkg:git/github.com/a/b@1"),
    ("pkg:git/example.org/A/B@1", "pkg:git/example.org/A/B@1"),
    (
      "pkg:mlflow/Model@3?repository_url=https://adb-1.0.azuredatabricks.net/api",
      "pkg:mlflow/model@3?repository_url=https:%2F%2Fadb-1.0.azuredatabricks.net%2Fapi"
    ),
    (
      "pkg:mlflow/Model@3?repository_url=https://azuredatabricks.net.example/",
      "pkg:mlflow/Model@3?repository_url=https:%2F%2Fazuredatabricks.net.example%2F"
    ),
    ("pkg:unheard.of+type-1/A/B@1?K=v", "pkg:unheard.of+type-1/A/B@1?k=v"),
    ("pkg:npm/%2E%2E/%2E", "pkg:npm/%2E%2E/%2E"),
  ])
  func `a purl is spelled as its type wants it`(written: String, canonical: String) throws {
    let purl = try PackageURL(parsing: written)
    #expect(purl.text == canonical)
    #expect(try PackageURL(parsing: canonical) == purl)
  }

  @Test(arguments: [
    ("", Code.noScheme), ("npm/a@1", .noScheme), ("pkg", .noScheme), ("pkg%3Anpm/a", .noScheme),
    ("pkg:", .noType), ("pkg:///", .noType), ("pkg:npm", .noName), ("pkg:npm/", .noName), ("pkg:npm/@1.0", .noName),
    ("pkg:swift/host.example/owner/@1", .noName), ("pkg:3d/a", .invalidType), ("pkg:a_b/c", .invalidType),
    ("pkg:a%20b/c", .invalidType), ("pkg:npm/a@", .emptyVersion), ("pkg:npm/a%2", .invalidEncoding),
    ("pkg:npm/a%zz@1", .invalidEncoding), ("pkg:npm/a@%FF", .invalidEncoding), ("pkg:npm/a?x=%C3", .invalidEncoding),
    ("pkg:npm/a#%", .invalidEncoding), ("pkg:npm/a%2Fb/c", .encodedSlash), ("pkg:npm/a?x", .invalidQualifier),
    ("pkg:npm/a?=1", .invalidQualifier), ("pkg:npm/a?1x=1", .invalidQualifier), ("pkg:npm/a?x%20=1", .invalidQualifier),
    ("pkg:npm/a?x=1&&y=2", .invalidQualifier), ("pkg:npm/a?x=1&X=2", .repeatedQualifier),
    ("pkg:gem/a?Platform=java", .capitalQualifier), ("pkg:maven/a@1", .namespaceRequired),
    ("pkg:pypi/a/b", .namespaceProhibited), ("pkg:julia/Dates", .qualifierRequired),
    ("pkg:swid/A@1", .qualifierRequired),
    ("pkg:cpan/A::B", .invalidName), ("pkg:cocoapods/.a", .invalidName), ("pkg:cocoapods/a%20b", .invalidName),
    ("pkg:chrome-extension/abc", .invalidName), ("pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnoq", .invalidName),
    ("pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnop@1.2.3.4.5", .invalidVersion),
    ("pkg:chrome-extension/abcdefghijklmnopabcdefghijklmnop@1..2", .invalidVersion),
  ])
  func `what is no purl is refused with its reason`(text: String, expected: PackageURLError.Code) {
    #expect(code(text) == expected)
  }

  @Test(arguments: [
    "pkg:maven/a@1", "pkg:pypi/a/b", "pkg:julia/Dates", "pkg:cpan/A::B", "pkg:gem/a?Platform=java", "pkg:npm/a@",
    "pkg:npm/a%2Fb/c", "pkg:chrome-extension/abc",
  ])
  func `what a type forbids is let be where other tools wrote it`(text: String) {
    #expect(code(text) != nil)
    #expect(code(text, .tolerant) == nil)
    #expect(code(text, .asWritten) == nil)
  }

  @Test(arguments: ["npm/a@1", "pkg:", "pkg:npm", "pkg:a_b/c", "pkg:npm/a%zz", "pkg:npm/a?x", "pkg:npm/a?x=1&x=2"])
  func `what the grammar forbids is refused in every reading`(text: String) {
    #expect(code(text, .tolerant) != nil)
    #expect(code(text, .asWritten) == code(text, .tolerant))
  }

  @Test func `letters stay as they are written where that is asked for`() throws {
    let purl = try PackageURL(parsing: "pkg:golang/github.com/Azure/Go-Autorest@V14", .asWritten)
    #expect(purl.text == "pkg:golang/github.com/Azure/Go-Autorest@V14")
    #expect(try PackageURL(parsing: "pkg:GOLANG/a/B?K=v", .asWritten).text == "pkg:golang/a/B?k=v")
  }

  @Test func `a purl is put together from its parts`() throws {
    let purl = try PackageURL(
      type: "NPM", namespace: "/@a//b/", name: "c/d", version: "1+2",
      qualifiers: [.init(key: "Z", value: "1"), .init(key: "a", value: "/"), .init(key: "e", value: "")],
      subpath: "./x/../y")
    #expect(purl.text == "pkg:npm/%40a/b/c%2Fd@1%2B2?a=%2F&z=1#x/y")
    #expect(throws: PackageURLError(.noName)) { try PackageURL(type: "npm", name: "") }
    #expect(throws: PackageURLError(.noType)) { try PackageURL(type: "", name: "a") }
    #expect(throws: PackageURLError(.invalidType, part: "a b")) { try PackageURL(type: "a b", name: "a") }
    #expect(throws: PackageURLError(.invalidQualifier, part: "a b")) {
      try PackageURL(type: "npm", name: "a", qualifiers: [.init(key: "a b", value: "1")])
    }
  }

  @Test func `codes are kebab-case and differ`() {
    let codes = PackageURLError.Code.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
  }

  @Test func `random texts never trap, and what is read is read again from its canonical spelling`() throws {
    var random = SeededGenerator(seed: 4)
    let pieces = [
      "pkg:", "npm", "/", "@", "?", "#", "=", "&", "%", "%2F", "%40", "a", "B", "é", ".", "..", ":", "+", " ", "git",
      "x=1",
    ]
    var count = 0
    for _ in 0..<20_000 {
      let tail = (0..<Int.random(in: 0...10, using: &random)).map { _ in pieces.randomElement(using: &random)! }
      let text = (Bool.random(using: &random) ? "pkg:npm/a" : "pkg:") + tail.joined()
      for reading in [PackageURL.Reading.strict, .tolerant, .asWritten] {
        guard let purl = try? PackageURL(parsing: text, reading) else { continue }
        count += 1
        #expect(try PackageURL(parsing: purl.text, reading) == purl, "\(text)")
        #expect(purl.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        _ = purl.packages
      }
    }
    #expect(count > 5_000)
  }
}
