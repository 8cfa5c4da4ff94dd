// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A set of Maven versions: `[1.0,2.0)`, `(,1.0],[1.2,)`, or one version without brackets.
///
/// A version without brackets is a wish: Maven takes that one, unless a dependency nearer to the project asks for
/// another. So the set has that version alone. (For `VersionRange` itself it has all versions, since none is refused;
/// with that, nothing could be said about a project.)
/// - Source: https://maven.apache.org/pom.html#dependency-version-requirement-specification (read 2026-11-25)
/// - Source: https://github.com/apache/maven, `VersionRange.java` of the 3.9 line (read 2026-11-25)
public struct MavenRange: VersionRange {
  private let intervals: [Interval]
  /// Where the only version is wished for.
  private let isWish: Bool

  /// The longest range that is read, in bytes. Maven has no such limit; what people write is under a thousand.
  public static let maximumLength = 65_536

  private struct Interval: Sendable {
    var lower: MavenVersion?
    var hasLower = false
    var upper: MavenVersion?
    var hasUpper = false
    /// `[1.0]`
    var isSingle = false
  }

  /// Reads a range.
  ///
  /// - Returns: `nil` where Maven would refuse it, where it names no version but whichever is newest (`LATEST`,
  ///   `RELEASE`), where a version is not one for ``Maven``, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    let bytes = Self.trimmed(Array(text.utf8)[...])
    if bytes.first.map(Self.opens) == true {
      guard let found = Self.intervals(bytes) else { return nil }
      intervals = found
      isWish = false
    } else {
      guard let version = Self.version(bytes), !Self.isMoving(bytes) else { return nil }
      intervals = [Interval(lower: version, hasLower: true, upper: version, hasUpper: true, isSingle: true)]
      isWish = true
    }
  }

  // MARK: Reading

  private static func opens(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(")
  }

  private static func closes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")")
  }

  /// Leaves out what Java's `trim` does: all up to the blank.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.trimmed { $0 <= UInt8(ascii: " ") }
  }

  private static func version(_ bytes: ArraySlice<UInt8>) -> MavenVersion? {
    MavenVersion(String(decoding: bytes, as: UTF8.self))
  }

  private static func isMoving(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.elementsEqual("LATEST".utf8) || bytes.elementsEqual("RELEASE".utf8)
  }

  /// Intervals in rising order, a comma or nothing between them.
  private static func intervals(_ bytes: ArraySlice<UInt8>) -> [Interval]? {
    var found: [Interval] = []
    var rest = bytes
    while let first = rest.first, opens(first) {
      guard let end = rest.firstIndex(where: closes), let interval = interval(rest[...end]) else { return nil }
      // Maven asks the one before alone, and nothing of one without an end.
      if let upper = found.last?.upper {
        guard let lower = interval.lower, lower.order(to: upper) != .ascending else { return nil }
      }
      found.append(interval)
      rest = trimmed(rest[(end + 1)...])
      if rest.first == UInt8(ascii: ",") { rest = trimmed(rest.dropFirst()) }
    }
    return rest.isEmpty ? found : nil
  }

  /// - Parameter text: With its brackets.
  private static func interval(_ text: ArraySlice<UInt8>) -> Interval? {
    var interval = Interval()
    interval.hasLower = text.first == UInt8(ascii: "[")
    interval.hasUpper = text.last == UInt8(ascii: "]")
    let inside = trimmed(text.dropFirst().dropLast())
    guard let comma = inside.firstIndex(of: UInt8(ascii: ",")) else {
      guard interval.hasLower, interval.hasUpper, let version = version(inside) else { return nil }
      return Interval(lower: version, hasLower: true, upper: version, hasUpper: true, isSingle: true)
    }
    let (lower, upper) = (trimmed(inside[..<comma]), trimmed(inside[(comma + 1)...]))
    interval.lower = version(lower)
    interval.upper = version(upper)
    guard lower.isEmpty == (interval.lower == nil), upper.isEmpty == (interval.upper == nil) else { return nil }
    return isRising(interval) ? interval : nil
  }

  private static func isRising(_ interval: Interval) -> Bool {
    guard let lower = interval.lower, let upper = interval.upper else { return true }
    let order = lower.order(to: upper)
    return order == .ascending || (order == .same && interval.hasLower && interval.hasUpper)
  }

  // MARK: Asking

  /// Whether the version lies in one of the intervals.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    MavenVersion(version).map { version in intervals.contains { Self.holds($0, for: version) } }
  }

  private static func holds(_ interval: Interval, for version: MavenVersion) -> Bool {
    if let lower = interval.lower {
      let order = version.order(to: lower)
      if order == .ascending || (order == .same && !interval.hasLower) { return false }
    }
    guard let upper = interval.upper else { return true }
    let order = version.order(to: upper)
    return order == .ascending || (order == .same && interval.hasUpper)
  }

  /// The intervals in the order in which they were written.
  public var description: String {
    if isWish { return intervals.first?.lower?.description ?? "" }
    return intervals.map(Self.description).joined(separator: ",")
  }

  private static func description(_ interval: Interval) -> String {
    let lower = interval.lower?.description ?? ""
    if interval.isSingle { return "[\(lower)]" }
    let upper = interval.upper?.description ?? ""
    return "\(interval.hasLower ? "[" : "(")\(lower),\(upper)\(interval.hasUpper ? "]" : ")")"
  }
}
