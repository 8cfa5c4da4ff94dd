// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of a Conan package.
public struct ConanVersion: Sendable, CustomStringConvertible {
  /// The version as it was written.
  public let description: String

  private let main: [Item]
  private let prerelease: [Item]?
  private let build: [Item]?

  /// What stands between two dots.
  struct Item: Comparable, Sendable {
    /// How the item begins: with what is before digits in ASCII, with digits, or with what is behind them.
    private let rank: Int
    private let number: WholeNumber
    /// What stands behind the digits.
    private let rest: Substring
    private let text: Substring

    init(_ bytes: Substring.UTF8View) {
      let digits = bytes.prefix(while: VersionText.isDigit)
      number = WholeNumber(digits: digits)
      rest = Substring(bytes[digits.endIndex...])
      text = Substring(bytes)
      rank = digits.isEmpty ? ((bytes.first ?? 0) < UInt8(ascii: "0") ? 0 : 2) : 1
    }

    var isZero: Bool { rank == 1 && rest.isEmpty && number == .zero }

    private func order(to other: Item) -> VersionOrder {
      let order = VersionOrder(rank, other.rank).then(VersionOrder(number, other.number))
        .then(VersionOrder(rest, other.rest))
      // Two spellings of one number are the same, two of one text are not.
      return rest.isEmpty && rank == 1 ? order : order.then(VersionOrder(text, other.text))
    }

    static func < (first: Item, second: Item) -> Bool {
      first.order(to: second) == .ascending
    }

    static func == (first: Item, second: Item) -> Bool {
      first.order(to: second) == .same
    }
  }

  /// - Returns: `nil` for an empty text, and where something else than printable ASCII without spaces stands in it.
  /// - Complexity: O(length).
  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    description = text
    var rest = Substring(text).utf8
    build = rest.lastIndex(of: UInt8(ascii: "+")).map { Self.cut(&rest, at: $0) }
    prerelease = rest.firstIndex(of: UInt8(ascii: "-")).map { Self.cut(&rest, at: $0) }
    main = Self.items(rest)
  }

  /// The items behind a place, which are then left out of the text.
  private static func cut(_ text: inout Substring.UTF8View, at place: Substring.UTF8View.Index) -> [Item] {
    let items = items(text[text.index(after: place)...])
    text = text[..<place]
    return items
  }

  /// Without the noughts at the end.
  private static func items(_ text: Substring.UTF8View) -> [Item] {
    let items = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Item.init)
    return Array(items.prefix((items.lastIndex { !$0.isZero } ?? -1) + 1))
  }

  func order(to other: ConanVersion) -> VersionOrder {
    VersionOrder(lists: main, other.main)
      .then(Self.order(prerelease, other.prerelease, absent: .descending))
      .then(Self.order(build, other.build, absent: .ascending))
  }

  /// - Parameter absent: How a version without the part stands to one with it.
  private static func order(_ first: [Item]?, _ second: [Item]?, absent: VersionOrder) -> VersionOrder {
    switch (first, second) {
    case (let one?, let two?): VersionOrder(lists: one, two)
    case (nil, _?): absent
    case (_?, nil): absent.reversed
    case (nil, nil): .same
    }
  }
}
