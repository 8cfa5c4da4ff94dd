// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A repository and a commit, as package managers write where a package comes from: `git+https://host/owner/name.git#<commit>`.
struct GitSource: Hashable {
  /// Without the `git+` before it.
  let repository: String
  /// In small letters.
  let commit: String

  /// nil where the text names no commit.
  init?(_ source: String) {
    guard let hash = source.utf8.lastIndex(of: UInt8(ascii: "#")) else { return nil }
    let commit = source[source.utf8.index(after: hash)...]
    guard Self.isCommit(commit) else { return nil }
    let address = source[..<hash]
    repository = address.hasPrefix("git+") ? String(address.dropFirst(4)) : String(address)
    self.commit = commit.lowercased()
  }

  /// Whether a text is a commit's whole name.
  static func isCommit(_ text: some StringProtocol) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
  }
}
