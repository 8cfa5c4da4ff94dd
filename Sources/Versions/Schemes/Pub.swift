// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Dart packages, as pub's `pub_semver` reads and orders them.
///
/// Build metadata counts: `1.0.0+1` is a release after `1.0.0`. An identifier is a number where Dart's `int.tryParse`
/// finds one in it, so `01`, `-1` and `0x1f` are. Constraints (`^1.2.3`) are not read.
/// - Source: https://github.com/dart-lang/pub_semver, `lib/src/version.dart` and `patterns.dart` (read 2026-11-25)
/// - Source: https://api.dart.dev/dart-core/int/parse.html (read 2026-11-25)
public enum Pub: VersionScheme {
  public static let id = "Pub"
  public static let ecosystems = [Ecosystem("Pub")]

  private static let dialect = SemanticDialect(
    hasLeadingZeros: true, largest: WholeNumber(UInt64(Int64.max)), prerelease: identifier, build: identifier)

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    dialect.version(text)
  }

  /// As SemVer 2.0; then a version without build metadata is older, and the metadata is compared as prereleases are.
  public static func order(_ first: ExactSemanticVersion, _ second: ExactSemanticVersion) -> VersionOrder {
    first.order(to: second).then(VersionOrder(lists: first.build, second.build))
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }

  private static let identifier: VersionIdentifier.Reading = { bytes in
    hexadecimal(bytes) ?? VersionIdentifier.signed64(bytes)
  }

  /// `0x1f`, as a signed integer of 64 bits whose highest bit may be given.
  private static func hexadecimal(_ bytes: Substring.UTF8View) -> VersionIdentifier? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let rest = isNegative ? bytes.dropFirst() : bytes
    guard rest.starts(with: "0x".utf8) || rest.starts(with: "0X".utf8) else { return nil }
    // Without the check for a hyphen, this initialiser would take one for a sign.
    guard !rest.contains(UInt8(ascii: "-")), let bits = UInt64(Substring(rest.dropFirst(2)), radix: 16) else {
      return nil
    }
    let value = isNegative ? 0 &- Int64(bitPattern: bits) : Int64(bitPattern: bits)
    return value < 0 ? .negative(WholeNumber(value.magnitude)) : .number(WholeNumber(value.magnitude))
  }
}
