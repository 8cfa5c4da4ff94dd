// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a Composer package: `v1.2.3-beta4`, `2.x-dev`, `dev-main`, `2010-01-02`.
///
/// Read as Composer normalises it and ordered as PHP's `version_compare` orders what comes of that. A branch without a
/// number (`dev-main`) is older than every version with one, as Composer's `Comparator` says. Of two branches Composer
/// says that neither is older; an order must choose, and so they stand in the order of their names' bytes.
/// - Source: https://github.com/composer/semver, `VersionParser::normalize` of 3.3.2 (read 2026-11-25)
/// - Source: https://www.php.net/manual/en/function.version-compare.php (read 2026-11-25)
public struct ComposerVersion: Sendable, CustomStringConvertible {
  /// The version as it was written, without white space around it.
  public let description: String

  /// The version in Composer's normal form: `1.2.3.0-beta4`.
  let normal: String

  /// The branch's name with `dev-` in front, where the version is one.
  let branch: String?

  private let parts: [Part]

  /// A part, and how it stands to others and to nothing.
  private enum Part: Hashable, Sendable {
    /// A word, or a number where ``Rank/number`` says so.
    case word(Rank)
    /// As large as PHP's numbers on 64 bits can be; what is larger is cut down to the largest.
    case number(Int64)

    var rank: Rank {
      switch self {
      case .word(let rank): rank
      case .number: .number
      }
    }
  }

  /// The kinds of parts in rising order; `end` is where one of two versions has no part.
  enum Rank: Int, Sendable {
    case unknown
    case dev
    case alpha
    case beta
    case candidate
    case end
    case number
    case patch
  }

  /// Reads a version as Composer's `normalize` does, an alias (`dev-main as 1.0`) and a stability flag included.
  ///
  /// - Returns: `nil` where Composer refuses it.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    let bytes = ComposerText.trimmed(Array(text.utf8)[...])
    guard let normal = ComposerNormalizer.normalized(bytes) else { return nil }
    self.init(normal: normal, written: bytes)
  }

  /// - Parameter normal: In Composer's normal form.
  init(normal: [UInt8], written: ArraySlice<UInt8>? = nil) {
    self.normal = String(decoding: normal, as: UTF8.self)
    description = written.map { String(decoding: $0, as: UTF8.self) } ?? self.normal
    branch = normal.starts(with: "dev-".utf8) ? self.normal : nil
    parts = branch == nil ? Self.parts(of: normal) : []
  }

  /// Runs of digits, and runs of everything else but separators.
  private static func parts(of bytes: [UInt8]) -> [Part] {
    var found: [Part] = []
    var rest = bytes[...]
    while let first = rest.first {
      if VersionText.isDigit(first) {
        let digits = rest.prefix(while: VersionText.isDigit)
        found.append(.number(Int64(String(decoding: digits, as: UTF8.self)) ?? .max))
        rest = rest[digits.endIndex...]
      } else if VersionText.isLetter(first) {
        let letters = rest.prefix(while: VersionText.isLetter)
        found.append(.word(rank(of: letters)))
        rest = rest[letters.endIndex...]
      } else {
        rest = rest.dropFirst()
      }
    }
    return found
  }

  private static let words: [(start: StaticString, rank: Rank)] = [
    ("dev", .dev), ("a", .alpha), ("b", .beta), ("RC", .candidate), ("rc", .candidate), ("p", .patch),
  ]

  /// PHP looks at how a word begins, and at capitals.
  private static func rank(of word: ArraySlice<UInt8>) -> Rank {
    words.first { known in known.start.withUTF8Buffer { word.starts(with: $0) } }?.rank ?? .unknown
  }

  /// How this version stands to another one.
  ///
  /// - Complexity: O(length).
  public func order(to other: ComposerVersion) -> VersionOrder {
    switch (branch, other.branch) {
    case (nil, nil): partsOrder(to: other)
    case (_?, nil): .ascending
    case (nil, _?): .descending
    case (let one?, let two?): Self.order(bytes: one, two)
    }
  }

  private static func order(bytes first: String, _ second: String) -> VersionOrder {
    if first.utf8.elementsEqual(second.utf8) { return .same }
    return first.utf8.lexicographicallyPrecedes(second.utf8) ? .ascending : .descending
  }

  private func partsOrder(to other: ComposerVersion) -> VersionOrder {
    for (one, two) in zip(parts, other.parts) where one != two {
      if case .number(let first) = one, case .number(let second) = two { return VersionOrder(first, second) }
      // Two words of one rank are equal parts.
      return VersionOrder(one.rank.rawValue, two.rank.rawValue)
    }
    let place = min(parts.count, other.parts.count)
    let one = place < parts.count ? parts[place].rank : .end
    let two = place < other.parts.count ? other.parts[place].rank : .end
    return VersionOrder(one.rawValue, two.rawValue)
  }

  /// Whether the version is one for `minimum-stability: stable`: no branch, no development version, no prerelease.
  var isStable: Bool {
    branch == nil && !parts.contains { [.dev, .alpha, .beta, .candidate].contains($0.rank) }
  }
}

/// The bytes of Composer's texts; its patterns know ASCII alone.
enum ComposerText {
  /// Leaves out what PHP's `trim` does.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.trimmed { ArraySlice.isSpace($0) && $0 != 0x0C || $0 == 0 }
  }

  /// Whether the text begins with the word, letters in any case.
  ///
  /// - Parameter word: ASCII, in small letters.
  static func hasPrefix(_ word: StaticString, _ text: ArraySlice<UInt8>) -> Bool {
    word.withUTF8Buffer { word in
      text.count >= word.count && zip(text, word).allSatisfy { VersionText.isLetter($0) ? $0 | 0x20 == $1 : $0 == $1 }
    }
  }

  /// Whether the text ends with the word, letters in any case.
  static func hasSuffix(_ word: StaticString, _ text: ArraySlice<UInt8>) -> Bool {
    hasPrefix(word, text.suffix(word.utf8CodeUnitCount))
  }
}
