// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A set of NuGet versions: `[1.0,2.0)`, `1.0` and all above it, or with a place that floats: `1.*`, `1.0.0-*`.
///
/// Prereleases are members wherever they stand in the order, as in `VersionRange.Satisfies`; NuGet prefers releases
/// where no bound is a prerelease. Of a range that floats, members are what it floats over: NuGet takes another version
/// only where none of those exists, and that cannot be known here.
/// - Source: https://learn.microsoft.com/en-us/nuget/concepts/package-versioning#version-ranges (read 2026-11-25)
/// - Source: https://github.com/NuGet/NuGet.Client, `VersionRangeFactory.cs` and `FloatRange.cs` in
///   `src/NuGet.Core/NuGet.Versioning` (read 2026-11-25)
public struct NuGetRange: VersionRange {
  private var lower: NuGetVersion?
  private var hasLower = true
  private var upper: NuGetVersion?
  private var hasUpper = false
  private var float: NuGetFloat?

  /// The longest range that is read, in bytes. NuGet has no such limit; what people write is under a hundred.
  public static let maximumLength = 65_536

  /// Reads a range.
  ///
  /// - Returns: `nil` where NuGet would refuse it, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    let bytes = Array(text.utf8)[...].trimmed()
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "(") {
      guard readBrackets(bytes) else { return nil }
    } else {
      guard readLower(bytes) else { return nil }
    }
    guard isRising else { return nil }
  }

  // MARK: Reading

  private mutating func readBrackets(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 2, bytes.last == UInt8(ascii: "]") || bytes.last == UInt8(ascii: ")") else { return false }
    hasLower = bytes.first == UInt8(ascii: "[")
    hasUpper = bytes.last == UInt8(ascii: "]")
    let parts = bytes.dropFirst().dropLast()
      .split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { return false }
    if parts.count == 1, !hasLower || !hasUpper { return false }
    return readLower(parts[0]) && readUpper(parts[parts.count - 1])
  }

  private mutating func readLower(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.trimmed().isEmpty else { return true }
    if bytes.contains(UInt8(ascii: "*")) {
      float = NuGetFloat(bytes)
      lower = float?.lowest
    } else {
      lower = NuGetVersion(String(decoding: bytes, as: UTF8.self))
    }
    return lower != nil
  }

  private mutating func readUpper(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.trimmed().isEmpty else { return true }
    upper = NuGetVersion(String(decoding: bytes, as: UTF8.self))
    return upper != nil
  }

  /// Both bounds may be the same version where the range has both of them, or neither.
  private var isRising: Bool {
    guard let lower, let upper else { return true }
    let order = lower.order(to: upper)
    return order == .ascending || (order == .same && hasLower == hasUpper)
  }

  // MARK: Asking

  /// Whether the version is in the range.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    NuGetVersion(version).map { version in isInside(version) && float?.contains(version) != false }
  }

  private func isInside(_ version: NuGetVersion) -> Bool {
    if let lower {
      let order = version.order(to: lower)
      if order == .ascending || (order == .same && !hasLower) { return false }
    }
    guard let upper else { return true }
    let order = version.order(to: upper)
    return order == .ascending || (order == .same && hasUpper)
  }

  /// The range with brackets, as NuGet's `ToNormalizedString` prints it: `1.0` is `[1.0.0, )`.
  public var description: String {
    let low = float?.description ?? lower?.description ?? ""
    if let lower, let upper, float == nil, hasLower, hasUpper, lower.order(to: upper) == .same { return "[\(low)]" }
    let opening = lower != nil && hasLower ? "[" : "("
    let closing = upper != nil && hasUpper ? "]" : ")"
    return "\(opening)\(low), \(upper?.description ?? "")\(closing)"
  }
}

/// A version of which one number, the prerelease or both may change: `1.0.*`, `1.0.0-beta.*`, `1.*-*`.
struct NuGetFloat: Sendable, CustomStringConvertible {
  /// The lowest version it floats over.
  let lowest: NuGetVersion

  /// How many numbers stay; all four where only the prerelease changes.
  private let fixed: Int

  /// What a prerelease must begin with, in small letters; `nil` where none is taken.
  private let prefix: String?

  let description: String

  /// - Parameter bytes: With at least one `*`.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.last == UInt8(ascii: "*"), !bytes.contains(UInt8(ascii: "+")) else { return nil }
    let hyphen = bytes.firstIndex(of: UInt8(ascii: "-"))
    let numbers = bytes[..<(hyphen ?? bytes.endIndex)]
    let isFloating = numbers.last == UInt8(ascii: "*")
    let release = isFloating ? numbers.dropLast() + [UInt8(ascii: "0")] : numbers
    let label = hyphen.map { bytes[($0 + 1)...].dropLast() }
    let text = String(decoding: release, as: UTF8.self) + (label.map { "-" + Self.completed($0) } ?? "")
    guard let version = NuGetVersion(text) else { return nil }
    lowest = version
    fixed = isFloating ? numbers.count { $0 == UInt8(ascii: ".") } : 4
    prefix = label.map { String(decoding: $0, as: UTF8.self).lowercased() }
    description = String(decoding: bytes, as: UTF8.self)
  }

  /// The lowest prerelease that begins so. An empty label would be none, and nought is the lowest.
  private static func completed(_ label: ArraySlice<UInt8>) -> String {
    let text = String(decoding: label, as: UTF8.self)
    return label.isEmpty || label.last == UInt8(ascii: ".") ? text + "0" : text
  }

  func contains(_ version: NuGetVersion) -> Bool {
    guard version.numbers.prefix(fixed) == lowest.numbers.prefix(fixed) else { return false }
    guard version.isPrerelease else { return true }
    return prefix.map { version.prerelease.lowercased().utf8.starts(with: $0.utf8) } ?? false
  }
}
