// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Maven's versions and version ranges, in the order of `ComparableVersion` of Maven 3.9.
///
/// - Source: https://maven.apache.org/pom.html#version-order-specification (read 2026-11-25)
/// - Source: https://github.com/apache/maven, `ComparableVersion.java` and `VersionRange.java` of the 3.9 line
///   (read 2026-11-25)
public enum Maven: VersionScheme {
  public static let id = "Maven"
  public static let takesAnyText = true
  public static let ecosystems: [Ecosystem] = [Ecosystem("Maven")]

  public static func parse(_ text: String) -> MavenVersion? {
    MavenVersion(text)
  }

  public static func order(_ first: MavenVersion, _ second: MavenVersion) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads a range: `[1.0,2.0)`, several of them, or one version without brackets.
  ///
  /// - Returns: `nil` where Maven would refuse it, for a property (`${jetty.version}`), and for `LATEST` and `RELEASE`.
  public static func range(_ text: String) -> (any VersionRange)? {
    MavenRange(text)
  }
}
