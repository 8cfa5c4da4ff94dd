// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What a `require` of a `go.mod` takes: its version and newer ones of the same module path.
///
/// Minimal version selection never takes an older version than the one that is written, and a newer one where another
/// module of the build requires that. The path holds majors apart: 0 and 1 have one path, each later one has its own
/// (`example.org/m/v2`), and versions with `+incompatible` belong to the path of 0 and 1, whatever their major. OSV
/// writes those without the word, so that a requirement that has the word takes every newer version.
/// (At `gopkg.in`, 0 and 1 have paths of their own as well; the name of the module tells those apart.)
/// - Source: https://go.dev/ref/mod#major-version-suffixes (read 2026-11-25)
/// - Source: https://go.dev/wiki/Modules#version-selection (read 2026-11-25)
public struct GoRequirement: VersionRange {
  private let lowest: ExactSemanticVersion

  /// Reads a version with its `v`, as `go.mod` wants it.
  public init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "v"), let version = Go.dialect.version(text) else { return nil }
    lowest = version
  }

  /// Whether the requirement would take the version.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    Go.parse(version).map(contains)
  }

  /// Whether the requirement would take the version.
  public func contains(_ version: ExactSemanticVersion) -> Bool {
    version.order(to: lowest) != .ascending && hasSamePath(version)
  }

  private func hasSamePath(_ version: ExactSemanticVersion) -> Bool {
    if lowest.isIncompatible { return true }
    if lowest.hasPlainPath { return version.hasPlainPath }
    return version.major == lowest.major && !version.isIncompatible
  }

  public var description: String { ">=v\(lowest)" }
}

extension ExactSemanticVersion {
  fileprivate var isIncompatible: Bool { build.first == .text("incompatible") }

  /// Whether the module's path needs no `/v2` at its end.
  fileprivate var hasPlainPath: Bool { major <= WholeNumber(1) || isIncompatible }
}
