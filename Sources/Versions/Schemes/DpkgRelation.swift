// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One bound of a relation between Debian packages: `>= 1.0`.
///
/// - Source: deb-control(5) of dpkg 1.21 (read 2026-11-25)
public struct DpkgRelation: VersionRange {
  private let comparison: Comparison
  private let version: DpkgVersion

  private enum Comparison: String {
    case earlier = "<<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case later = ">>"
  }

  /// Every way of writing an operator, longer ones first. `<` and `>` alone mean "or equal", as they did of old.
  private static let operators: [(text: StaticString, comparison: Comparison)] = [
    ("<<", .earlier), ("<=", .atMost), (">=", .atLeast), (">>", .later), ("=", .equal), ("<", .atMost), (">", .atLeast),
  ]

  /// - Returns: `nil` where no operator or no version stands in the text.
  public init?(_ text: String) {
    var bytes = Self.trimmed(text.utf8[...])
    if bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")"), bytes.count > 2 {
      bytes = Self.trimmed(bytes.dropFirst().dropLast())
    }
    guard let found = Self.operators.first(where: { Self.hasPrefix(bytes, $0.text) }) else { return nil }
    let rest = bytes.dropFirst(found.text.utf8CodeUnitCount)
    guard let version = DpkgVersion(String(Substring(rest))) else { return nil }
    (comparison, self.version) = (found.comparison, version)
  }

  private static func hasPrefix(_ bytes: Substring.UTF8View, _ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { bytes.starts(with: $0) }
  }

  private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) }
    let start = bytes.drop(while: isSpace)
    return start.prefix(start.reversed().drop(while: isSpace).count)
  }

  public func contains(_ version: String) -> Bool? {
    guard let order = DpkgVersion(version).map({ Dpkg.order($0, self.version) }) else { return nil }
    return switch comparison {
    case .earlier: order == .ascending
    case .atMost: order != .descending
    case .equal: order == .same
    case .atLeast: order != .ascending
    case .later: order == .descending
    }
  }

  public var description: String { "\(comparison.rawValue) \(version)" }
}
