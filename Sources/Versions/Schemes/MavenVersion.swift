// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A Maven version: numbers and qualifiers, with dots, hyphens and the change from digits to letters between them.
///
/// Maven takes every text for a version, and so is every text read here, but an empty one and one with a property that
/// is not filled in. Only ASCII digits make a number, and all noughts are one: 3.9 also takes the digits of other
/// scripts, and `0000000000` for more than `0`; its successor does neither.
///
/// Maven's own comparison is no order. A nought counts for nothing beside a version that ends there, but for more than
/// any qualifier beside one that goes on: `1.0.0.alpha-1` is older than `1.0.0` and that older than `1.0.0-jre`, and yet
/// `1.0.0-jre` is older than `1.0.0.alpha-1`. Here the first thing that is asked is what the rests of two versions make
/// of the part that they share: something older, nothing, or something newer. Only rests of one kind are compared part
/// by part, as Maven does. That differs from Maven nowhere but where it contradicts itself by way of the shared part.
/// - Source: https://maven.apache.org/pom.html#version-order-specification (read 2026-11-25)
/// - Source: https://github.com/apache/maven, `ComparableVersion.java` of the 3.9 line (read 2026-11-25)
public struct MavenVersion: Sendable, CustomStringConvertible {
  /// The version as it was written.
  public let description: String

  /// The parts, lists in lists laid flat: a list is always the last part of the one around it.
  private let parts: [Part]

  /// For each part, what it and all behind it make of the version in front of them: the first that is not nought says.
  private let tendencies: [Tendency]

  private enum Part: Sendable {
    case number(WholeNumber)
    case qualifier(MavenQualifier)
    /// All that follows is in a list of its own: what stands behind a hyphen, or behind a change of digits and letters.
    case list
  }

  private enum Tendency: Int, Sendable {
    case older = -1
    case none
    case newer
  }

  /// Reads a version.
  ///
  /// - Returns: `nil` where there is nothing but white space, or a property (`${revision}`).
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.contains(where: { $0 > UInt8(ascii: " ") }), !MavenText.hasProperty(text) else { return nil }
    description = text
    var reader = MavenReader(Array(text.lowercased().utf8))
    let lists = reader.lists()
    parts = Self.flattened(lists)
    tendencies = Self.tendencies(of: parts)
  }

  /// Drops what is nought at the end of each list, and lists that have nothing in them.
  private static func flattened(_ lists: [[MavenReader.Item]]) -> [Part] {
    var lists = lists.map { list in
      list.lastIndex { !$0.isNought }.map { list[...$0] } ?? []
    }
    while lists.last?.isEmpty == true { lists.removeLast() }
    var parts: [Part] = []
    for (place, list) in lists.enumerated() {
      if place > 0 { parts.append(.list) }
      for item in list {
        switch item {
        case .number(let number): parts.append(.number(number))
        case .qualifier(let qualifier): parts.append(.qualifier(qualifier))
        }
      }
    }
    return parts
  }

  private static func tendencies(of parts: [Part]) -> [Tendency] {
    var found: [Tendency] = []
    found.reserveCapacity(parts.count)
    for part in parts.reversed() {
      let following = found.last ?? .none
      switch part {
      case .number(let number): found.append(number == .zero ? following : .newer)
      case .qualifier(let qualifier):
        found.append(qualifier < .release ? .older : qualifier > .release ? .newer : following)
      case .list: found.append(following)
      }
    }
    return found.reversed()
  }

  /// How this version stands to another one.
  ///
  /// - Complexity: O(length).
  public func order(to other: MavenVersion) -> VersionOrder {
    for place in 0..<max(parts.count, other.parts.count) {
      let one = place < parts.count ? tendencies[place] : .none
      let two = place < other.parts.count ? other.tendencies[place] : .none
      if one != two { return VersionOrder(one.rawValue, two.rawValue) }
      // A part that is there always has a tendency: what has none at the end of a list was dropped.
      guard place < parts.count, place < other.parts.count else { return .same }
      let order = Self.order(parts[place], other.parts[place])
      if order != .same { return order }
    }
    return .same
  }

  /// Qualifiers come before lists, and those before numbers.
  private static func order(_ first: Part, _ second: Part) -> VersionOrder {
    switch (first, second) {
    case (.number(let one), .number(let two)): VersionOrder(one, two)
    case (.qualifier(let one), .qualifier(let two)): VersionOrder(one, two)
    case (.list, .list): .same
    case (.qualifier, _), (.list, .number): .ascending
    case (.number, _), (.list, .qualifier): .descending
    }
  }
}

/// A word in a version. Those that Maven knows have their own order; all others follow, by their UTF-16 units.
struct MavenQualifier: Comparable, Sendable {
  private let rank: Int
  /// Empty for those that are known.
  private let text: String

  private static let known = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"]
  private static let aliases = ["ga": "", "final": "", "release": "", "cr": "rc"]
  private static let shorthands = ["a": "alpha", "b": "beta", "m": "milestone"]

  /// What a version without a qualifier has.
  static let release = MavenQualifier("", beforeDigit: false)

  /// - Parameter word: In small letters.
  init(_ word: String, beforeDigit: Bool) {
    let full = beforeDigit ? Self.shorthands[word] ?? word : word
    let name = Self.aliases[full] ?? full
    let place = Self.known.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    rank = place ?? Self.known.count
    text = place == nil ? name : ""
  }

  static func < (first: MavenQualifier, second: MavenQualifier) -> Bool {
    if first.rank != second.rank { return first.rank < second.rank }
    return first.text.utf16.lexicographicallyPrecedes(second.text.utf16)
  }

  /// Swift would hold texts to be equal that are canonically equivalent; Maven does not.
  static func == (first: MavenQualifier, second: MavenQualifier) -> Bool {
    first.rank == second.rank && first.text.utf8.elementsEqual(second.text.utf8)
  }
}

/// Parts a version into lists of numbers and qualifiers.
private struct MavenReader {
  enum Item {
    case number(WholeNumber)
    case qualifier(MavenQualifier)

    var isNought: Bool {
      switch self {
      case .number(let number): number == .zero
      case .qualifier(let qualifier): qualifier == .release
      }
    }
  }

  private let bytes: [UInt8]
  private var found: [[Item]] = [[]]
  /// Where the item begins that is being read.
  private var start = 0
  private var isDigit = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The lists, outermost first; each but the first stands at the end of the one before it.
  mutating func lists() -> [[Item]] {
    for (position, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "."): takeItem(before: position)
      case UInt8(ascii: "-"):
        takeItem(before: position)
        found.append([])
      case UInt8(ascii: "0")...UInt8(ascii: "9"): takeDigit(at: position)
      default: takeLetter(at: position)
      }
    }
    takeRest()
    return found
  }

  private mutating func append(_ item: Item) {
    found[found.count - 1].append(item)
  }

  /// A list for a word that is last, or that a number follows at once: `.X` counts as `-X`.
  private mutating func openListForWord() {
    if found.last?.isEmpty == false { found.append([]) }
  }

  private func item(before end: Int) -> Item {
    isDigit
      ? .number(.init(digits: bytes[start..<end]))
      : .qualifier(MavenQualifier(String(decoding: bytes[start..<end], as: UTF8.self), beforeDigit: false))
  }

  /// Before a separator; nothing there counts as nought.
  private mutating func takeItem(before position: Int) {
    append(position == start ? .number(.zero) : item(before: position))
    start = position + 1
  }

  private mutating func takeDigit(at position: Int) {
    if !isDigit, position > start {
      openListForWord()
      append(.qualifier(MavenQualifier(String(decoding: bytes[start..<position], as: UTF8.self), beforeDigit: true)))
      start = position
      found.append([])
    }
    isDigit = true
  }

  private mutating func takeLetter(at position: Int) {
    if isDigit, position > start {
      append(item(before: position))
      start = position
      found.append([])
    }
    isDigit = false
  }

  private mutating func takeRest() {
    guard bytes.count > start else { return }
    if !isDigit { openListForWord() }
    append(item(before: bytes.count))
  }
}

enum MavenText {
  /// Whether a property stands in the text that is still to be filled in.
  static func hasProperty(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "{") }
  }
}
