// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version as SemVer 2.0 describes it, with numbers of any length.
///
/// Unlike ``SemanticVersion``, which is node's reading, nothing is rounded or forgotten. How it is spelled differs
/// between ecosystems: ``SemanticDialect`` reads it.
/// - Source: https://semver.org/spec/v2.0.0.html (read 2026-11-25)
public struct ExactSemanticVersion: Sendable, CustomStringConvertible {
  public let major: WholeNumber
  public let minor: WholeNumber
  public let patch: WholeNumber
  /// Empty for a release.
  public let prerelease: [VersionIdentifier]
  /// Build metadata; has no part in SemVer's order.
  public let build: [VersionIdentifier]

  init(
    _ major: WholeNumber, _ minor: WholeNumber, _ patch: WholeNumber, prerelease: [VersionIdentifier] = [],
    build: [VersionIdentifier] = []
  ) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
    self.build = build
  }

  /// How this version stands to another one, by SemVer 2.0, section 11.
  ///
  /// - Complexity: O(length). Does not allocate.
  public func order(to other: ExactSemanticVersion) -> VersionOrder {
    releaseOrder(to: other).then(prereleaseOrder(to: other))
  }

  func releaseOrder(to other: ExactSemanticVersion) -> VersionOrder {
    VersionOrder(major, other.major)
      .then(VersionOrder(minor, other.minor))
      .then(VersionOrder(patch, other.patch))
  }

  /// A release is newer than its prereleases.
  func prereleaseOrder(to other: ExactSemanticVersion) -> VersionOrder {
    if prerelease.isEmpty || other.prerelease.isEmpty {
      return VersionOrder(prerelease.isEmpty ? 1 : 0, other.prerelease.isEmpty ? 1 : 0)
    }
    return VersionOrder(lists: prerelease, other.prerelease)
  }

  public var description: String {
    var text = "\(major).\(minor).\(patch)"
    if !prerelease.isEmpty { text += "-" + prerelease.map(\.description).joined(separator: ".") }
    return build.isEmpty ? text : text + "+" + build.map(\.description).joined(separator: ".")
  }
}

extension VersionScheme where Version == ExactSemanticVersion {
  /// SemVer's own order, unless the scheme brings another one.
  public static func order(_ first: ExactSemanticVersion, _ second: ExactSemanticVersion) -> VersionOrder {
    first.order(to: second)
  }
}
