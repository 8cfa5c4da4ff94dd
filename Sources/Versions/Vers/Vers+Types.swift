// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

extension Vers {
  /// The types whose versions are ordered as those of an ecosystem.
  ///
  /// - Source: https://github.com/package-url/vers-spec, `docs/version-schemes.md` and the registered types (read 2026-11-25)
  private static let ecosystems: [String: String] = [
    "alpine": "Alpine", "alpm": "alpm", "apk": "Alpine", "arch": "alpm", "bioconductor": "Bioconductor",
    "cargo": "crates.io", "composer": "Packagist", "conan": "ConanCenter", "cpan": "CPAN", "cran": "CRAN",
    "datetime": "datetime", "deb": "Debian", "ebuild": "gentoo", "gem": "RubyGems", "gentoo": "gentoo",
    "githubactions": "GitHub Actions", "golang": "Go", "hackage": "Hackage", "hex": "Hex", "jsr": "JSR",
    "julia": "Julia", "lexicographic": "lexicographic", "maven": "Maven", "nginx": "nginx", "npm": "npm",
    "nuget": "NuGet", "opam": "opam", "openssl": "openssl", "pub": "Pub", "pypi": "PyPI", "rpm": "Red Hat",
    "semver": "npm", "swift": "SwiftURL", "vscode-extension": "VSCode",
  ]

  /// The scheme that orders the versions of a type; nil where none is known here.
  public static func scheme(ofType type: String) -> (any VersionScheme.Type)? {
    ecosystems[type].flatMap { Versions.scheme(for: Ecosystem($0)) }
  }

  /// The range that a text asks for: in the notation `vers`, or in the words of a scheme.
  ///
  /// - Returns: `nil` where it is neither, and for a range of a type that orders its versions otherwise than `scheme` does.
  public static func range(_ text: String, in scheme: any VersionScheme.Type) -> (any VersionRange)? {
    guard text.prefix("vers:".count).lowercased() == "vers:" else { return scheme.range(text) }
    guard let range = try? Vers(parsing: text, .tolerant), Self.scheme(ofType: range.type)?.id == scheme.id else {
      return nil
    }
    return range
  }
}
