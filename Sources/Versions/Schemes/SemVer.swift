// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// npm's versions and ranges, as node-semver reads and orders them.
///
/// Loose throughout. npm itself is: it takes a dependency for a range, checks an installed package against it and
/// cleans an installed `package.json` with `loose: true`. Whoever read more strictly would call versions unreadable
/// that npm installs. A strictly written version or range means the same in both; the order is that of SemVer 2.0, so
/// this scheme also serves OSV ranges of type `SEMVER`.
///
/// Editor extensions are ordered so too, since Visual Studio Code asks a copy of node-semver which version is newer;
/// and packages of JSR, whose clients read node-semver's ranges.
/// - Source: https://github.com/npm/node-semver, 7.6.2 (read 2026-11-23)
/// - Source: https://github.com/npm/npm-package-arg, `lib/npa.js`, and https://github.com/npm/cli,
///   `workspaces/arborist/lib/dep-valid.js`, for `loose` (read 2026-11-23)
public enum SemVer: VersionScheme {
  public static let id = "SemVer"
  public static let ecosystems: [Ecosystem] = [.npm, .vscode, .jsr]

  public static func parse(_ text: String) -> SemanticVersion? {
    SemanticVersion(text, loose: true)
  }

  public static func order(_ first: SemanticVersion, _ second: SemanticVersion) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads the value of a dependency in a `package.json`.
  ///
  /// - Returns: `nil` for a tag (`latest`), and for what npm looks for elsewhere than among a package's versions: a
  ///   folder, an archive, a URL, a repository, `workspace:`, `npm:` and other prefixed forms.
  public static func range(_ text: String) -> (any VersionRange)? {
    isElsewhere(text) ? nil : SemVerRange(text, loose: true)
  }

  /// Whether a dependency's value names a place. Asked first, as npm does: a loose range drops what it cannot read, and
  /// would make `2.x` of the path `../shelf 2.x`.
  ///
  /// - Source: https://github.com/npm/npm-package-arg, `lib/npa.js` (read 2026-11-23)
  private static func isElsewhere(_ text: String) -> Bool {
    let bytes = text.utf8
    if bytes.first == UInt8(ascii: ".") { return true }
    if bytes.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) {
      return true
    }
    let lowercased = bytes.suffix(7).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return [".tgz", ".tar.gz", ".tar"].contains { lowercased.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
