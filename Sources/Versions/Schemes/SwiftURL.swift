// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Tags of Swift packages, as SwiftPM takes them for versions.
///
/// SwiftPM is more lenient than SemVer 2.0: a `v` in front, no third number, noughts in front of numbers, empty
/// identifiers, and `-1` as a number. Its own order stops at two identifiers that are one number in two spellings
/// (`01` and `1`) and is then not transitive; here the next identifiers decide. Requirements stand in Swift code and
/// are not read.
/// - Source: https://github.com/swiftlang/swift-tools-support-core, `Sources/TSCUtility/Version.swift`
///   (read 2026-11-25)
/// - Source: https://github.com/swiftlang/swift-package-manager, `Sources/Basics/Version+Extensions.swift`, for the `v`
///   and the missing number (read 2026-11-25)
public enum SwiftURL: VersionScheme {
  public static let id = "SwiftURL"
  public static let ecosystems = [Ecosystem("SwiftURL")]

  private static let dialect = SemanticDialect(
    hasPrefix: true, fewestNumbers: 2, hasTailAfterFewer: true, hasLeadingZeros: true,
    largest: WholeNumber(UInt64(Int64.max)), hasEmptyIdentifiers: true, prerelease: VersionIdentifier.signed64)

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    dialect.version(text)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
