// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Scanning

@Suite struct GitSourceTests {
  private static let commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"

  @Test(arguments: [
    ("git+https://code.example/owner/name.git#\(commit)", "https://code.example/owner/name.git"),
    ("git+ssh://git@code.example/owner/name.git#\(commit)", "ssh://git@code.example/owner/name.git"),
    ("https://code.example/owner/name#\(commit)", "https://code.example/owner/name"),
    ("https://code.example/a#b#\(commit)", "https://code.example/a#b"),
  ])
  func `the repository stands before the hash, the commit behind it`(source: String, repository: String) throws {
    let parts = try #require(GitSource(source))
    #expect(parts.repository == repository)
    #expect(parts.commit == Self.commit)
  }

  @Test func `a commit is written in small letters, and may be one of SHA-256`() {
    #expect(GitSource("x#" + Self.commit.uppercased())?.commit == Self.commit)
    let long = String(repeating: "0a1b", count: 16)
    #expect(GitSource("x#" + long)?.commit == long)
  }

  @Test(arguments: [
    "", "#", "https://code.example/owner/name.git", "https://code.example/owner/name.git#main",
    "git+https://code.example/owner/name.git#0a1b2c3", "x#" + commit + "0", "x#g" + commit.dropFirst(),
    "https://registry.example/a.tgz#sha1",
  ])
  func `a branch, a tag, a shortened commit and a tarball are none`(source: String) {
    #expect(GitSource(source) == nil)
  }
}
