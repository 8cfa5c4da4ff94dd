// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The version of a gem: `1.2.0.beta3`.
///
/// Digits and letters part each other (`1.0a2` is `1.0.a.2`), a hyphen reads as `.pre.`, zeros at the end of the numbers
/// and at the end of all do not count, and words stand before numbers. Numbers may be of any length.
/// - Source: https://github.com/rubygems/rubygems, `lib/rubygems/version.rb` of 3.3.15 (read 2026-11-25)
public struct RubyGemsVersion: Sendable, CustomStringConvertible {
  /// The version as it was written, without white space around it.
  public let description: String

  /// What is compared, without zeros that do not count.
  let segments: [Segment]

  /// The numbers in front of the first word, zeros included.
  let numbers: [WholeNumber]

  enum Segment: Hashable, Sendable {
    /// ASCII letters; capitals count.
    case word(String)
    case number(WholeNumber)

    static let zero = Segment.number(.zero)
  }

  /// Reads a version as `Gem::Version.new` does.
  ///
  /// - Returns: `nil` where RubyGems refuses the text, and for a text of white space alone, which it takes for `0`:
  ///   where no version is written, none is known.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    let bytes = Array(text.utf8)[...].trimmed()
    guard RubyGemsText.isVersion(bytes) else { return nil }
    self.init(valid: bytes)
  }

  /// - Parameter bytes: A text that ``RubyGemsText/isVersion(_:)`` holds for.
  init(valid bytes: ArraySlice<UInt8>) {
    description = String(decoding: bytes, as: UTF8.self)
    let all = Self.segments(of: bytes)
    let front = all.prefix { if case .number = $0 { true } else { false } }
    numbers = front.compactMap { if case .number(let number) = $0 { number } else { nil } }
    segments = Array(Self.withoutZeros(front)) + Self.withoutZeros(all[front.endIndex...])
  }

  private static func segments(of bytes: ArraySlice<UInt8>) -> [Segment] {
    var found: [Segment] = []
    var rest = bytes
    while let first = rest.first {
      if VersionText.isDigit(first) {
        let digits = rest.prefix(while: VersionText.isDigit)
        found.append(.number(.init(digits: digits)))
        rest = rest[digits.endIndex...]
      } else if VersionText.isLetter(first) {
        let letters = rest.prefix(while: VersionText.isLetter)
        found.append(.word(String(decoding: letters, as: UTF8.self)))
        rest = rest[letters.endIndex...]
      } else {
        if first == UInt8(ascii: "-") { found.append(.word("pre")) }
        rest = rest.dropFirst()
      }
    }
    return found
  }

  private static func withoutZeros(_ segments: ArraySlice<Segment>) -> ArraySlice<Segment> {
    let last = segments.lastIndex { $0 != .zero }
    return last.map { segments[...$0] } ?? []
  }

  /// How this version stands to another one.
  ///
  /// - Complexity: O(length).
  public func order(to other: RubyGemsVersion) -> VersionOrder {
    for place in 0..<max(segments.count, other.segments.count) {
      let one = place < segments.count ? segments[place] : .zero
      let two = place < other.segments.count ? other.segments[place] : .zero
      if one != two { return Self.order(one, two) }
    }
    return .same
  }

  private static func order(_ first: Segment, _ second: Segment) -> VersionOrder {
    switch (first, second) {
    // Both are ASCII, where Swift's order of strings is the order of their bytes.
    case (.word(let one), .word(let two)): VersionOrder(one, two)
    case (.number(let one), .number(let two)): VersionOrder(one, two)
    case (.word, .number): .ascending
    case (.number, .word): .descending
    }
  }
}

/// The bytes of a gem's version.
enum RubyGemsText {
  /// A number, then letters and digits after dots, then perhaps a hyphen and the same with hyphens among them.
  static func isVersion(_ bytes: ArraySlice<UInt8>) -> Bool {
    let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")) ?? bytes.endIndex
    let parts = bytes[..<hyphen].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty, first.allSatisfy(VersionText.isDigit) else { return false }
    guard parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isLetterOrDigit) }) else { return false }
    guard hyphen < bytes.endIndex else { return true }
    return bytes[(hyphen + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") } }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    VersionText.isLetter(byte) || VersionText.isDigit(byte)
  }
}
