// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Testing

@Suite struct FileDigestTests {
  private static let base64 = String(repeating: "Aa0+/", count: 20)

  private static func base64(_ count: Int) -> String { String(base64.prefix(count - 1)) + "=" }

  @Test(arguments: [
    String(repeating: "0a", count: 32), String(repeating: "f9", count: 20), "sha512-" + base64(88),
    "sha384-" + base64(64),
    "sha256-" + base64(44), "sha1-" + base64(28),
  ])
  func `a digest is taken as it is written`(text: String) {
    #expect(FileDigest(text)?.text == text)
  }

  @Test func `hexadecimal digits are small ones, base64 stays as it is`() {
    #expect(FileDigest(String(repeating: "AB", count: 20))?.text == String(repeating: "ab", count: 20))
    #expect(FileDigest("sha512-" + Self.base64(88)) != FileDigest("sha512-" + Self.base64(88).lowercased()))
  }

  @Test(arguments: [
    "", "-", "sha512", "sha512-", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
    String(repeating: "0", count: 32),
    String(repeating: "g", count: 64), String(repeating: "@", count: 40), "sha512-" + base64(64),
    "sha256-" + base64(88), "md5-" + base64(24),
    "SHA512-" + base64(88), "sha1-" + String(repeating: " ", count: 28), " " + String(repeating: "0", count: 40),
  ])
  func `what is no digest is none`(text: String) {
    #expect(FileDigest(text) == nil)
  }
}
