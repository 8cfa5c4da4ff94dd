// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A NuGet version: one to four numbers, a prerelease and metadata, `1.2.3.4-beta.5+sha`.
///
/// Missing numbers are nought, zeros in front do not count, capitals and metadata neither.
/// - Source: https://learn.microsoft.com/en-us/nuget/concepts/package-versioning (read 2026-11-25)
/// - Source: https://github.com/NuGet/NuGet.Client, `NuGetVersionFactory.cs` and `VersionComparer.cs` in
///   `src/NuGet.Core/NuGet.Versioning` (read 2026-11-25)
public struct NuGetVersion: Sendable, CustomStringConvertible {
  /// Four of them.
  let numbers: [Int32]

  /// The prerelease as it was written; empty for a release.
  let prerelease: String

  private let labels: [Label]

  private enum Label: Hashable, Sendable {
    case number(Int32)
    /// In capitals, so that both spellings are one.
    case text(String)
  }

  /// Reads a version as `NuGetVersion.TryParse` does.
  ///
  /// - Returns: `nil` where NuGet refuses it, where a number is above 2^31 − 1, and for nothing between two dots, which
  ///   the newest client takes for nought and every older one refused.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    let bytes = Array(text.utf8)[...].trimmed()
    let plus = bytes.firstIndex(of: UInt8(ascii: "+"))
    let front = bytes[..<(plus ?? bytes.endIndex)]
    let hyphen = front.firstIndex(of: UInt8(ascii: "-"))
    guard let numbers = Self.numbers(front[..<(hyphen ?? front.endIndex)]) else { return nil }
    if let plus, !Self.isDotted(bytes[(plus + 1)...], { !$0.isEmpty }) { return nil }
    var labels: [Label] = []
    if let hyphen {
      let rest = front[(hyphen + 1)...]
      guard Self.isDotted(rest, Self.isLabel) else { return nil }
      labels = rest.split(separator: UInt8(ascii: ".")).map(Self.label)
    }
    self.numbers = numbers
    self.labels = labels
    prerelease = String(decoding: front[(hyphen.map { $0 + 1 } ?? front.endIndex)...], as: UTF8.self)
  }

  // MARK: Reading

  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int32]? {
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count <= 4 else { return nil }
    var found: [Int32] = []
    for part in parts {
      guard let number = number(part) else { return nil }
      found.append(number)
    }
    return found + Array(repeating: 0, count: 4 - found.count)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int32? {
    guard !digits.isEmpty, digits.allSatisfy(VersionText.isDigit) else { return nil }
    return Int32(String(decoding: digits, as: UTF8.self))
  }

  private static func isDotted(_ bytes: ArraySlice<UInt8>, _ isPart: (ArraySlice<UInt8>) -> Bool) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { isPart($0) && $0.allSatisfy(VersionText.isIdentifier) }
  }

  /// No number but nought begins with a zero.
  private static func isLabel(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    return bytes.count == 1 || first != UInt8(ascii: "0") || !bytes.allSatisfy(VersionText.isDigit)
  }

  /// A number where .NET can read a 32-bit one, a minus sign included; larger ones are texts.
  private static func label(_ bytes: ArraySlice<UInt8>) -> Label {
    let text = String(decoding: bytes, as: UTF8.self)
    if let number = Int32(text) { return .number(number) }
    return .text(text.uppercased())
  }

  // MARK: Order

  /// Whether the version has a prerelease.
  public var isPrerelease: Bool { !labels.isEmpty }

  /// How this version stands to another one.
  ///
  /// - Complexity: O(length).
  public func order(to other: NuGetVersion) -> VersionOrder {
    for (one, two) in zip(numbers, other.numbers) where one != two { return VersionOrder(one, two) }
    if labels.isEmpty || other.labels.isEmpty {
      return VersionOrder(labels.isEmpty ? 1 : 0, other.labels.isEmpty ? 1 : 0)
    }
    for (one, two) in zip(labels, other.labels) where one != two { return Self.order(one, two) }
    return VersionOrder(labels.count, other.labels.count)
  }

  /// Numbers come before texts.
  private static func order(_ first: Label, _ second: Label) -> VersionOrder {
    switch (first, second) {
    case (.number(let one), .number(let two)): VersionOrder(one, two)
    // Both are ASCII, where Swift's order of strings is the order of their bytes.
    case (.text(let one), .text(let two)): VersionOrder(one, two)
    case (.number, .text): .ascending
    case (.text, .number): .descending
    }
  }

  /// The version in NuGet's normal form: three numbers, a fourth where it is not nought, the prerelease, no metadata.
  public var description: String {
    let shown = numbers.prefix(numbers[3] == 0 ? 3 : 4).map { "\($0)" }.joined(separator: ".")
    return prerelease.isEmpty ? shown : "\(shown)-\(prerelease)"
  }
}
