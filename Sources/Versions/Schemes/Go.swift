// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Go modules, and of Go itself.
///
/// Modules are ordered as `golang.org/x/mod/semver` does; the `v` in front may be left out, as OSV does.
/// Pseudo-versions are prereleases, `+incompatible` is build metadata, `v1` and `v1.2` lack noughts. Go's releases,
/// which OSV records for `stdlib` and `toolchain` write in that form, are also read as Go writes them: see
/// ``GoRelease``.
/// - Source: https://go.dev/ref/mod#versions (read 2026-11-25)
/// - Source: https://pkg.go.dev/golang.org/x/mod/semver (read 2026-11-25)
public enum Go: VersionScheme {
  public static let id = "Go"
  /// Kubernetes' own records name Go modules.
  public static let ecosystems = [Ecosystem("Go"), Ecosystem("Kubernetes")]

  static let dialect = SemanticDialect(hasPrefix: true, fewestNumbers: 1)

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    dialect.version(text) ?? GoRelease.version(text)
  }

  /// Reads the version of a `require` in a `go.mod`.
  ///
  /// - Returns: `nil` for a query of the command line (`latest`, `<v1.2.3`), a branch or a commit.
  public static func range(_ text: String) -> (any VersionRange)? {
    GoRequirement(text)
  }
}
