// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A version of an OCaml package, as it was written.
public struct OpamVersion: Sendable, CustomStringConvertible {
  public let description: String

  /// - Returns: `nil` for an empty text, and where something else than letters, digits and `-._+~` stands in it.
  init?(_ text: String) {
    let isValid = text.utf8.allSatisfy { byte in
      VersionText.isIdentifier(byte) || "._+~".utf8.contains(byte)
    }
    guard isValid, !text.isEmpty else { return nil }
    description = text
  }

  private var hyphen: Substring.UTF8View.Index? { description.utf8.lastIndex(of: UInt8(ascii: "-")) }

  /// What stands before the last hyphen.
  var upstream: Substring.UTF8View { description.utf8[..<(hyphen ?? description.utf8.endIndex)] }

  /// What stands behind the last hyphen; empty where there is none.
  var revision: Substring.UTF8View {
    let utf8 = description.utf8
    return hyphen.map { utf8[utf8.index(after: $0)...] } ?? utf8[utf8.endIndex...]
  }
}

/// The order of two parts of an opam version.
enum OpamOrder {
  /// - Complexity: O(length).
  static func order(_ first: Substring.UTF8View, _ second: Substring.UTF8View) -> VersionOrder {
    var (rest, other) = (first, second)
    while !rest.isEmpty || !other.isEmpty {
      let order = textOrder(&rest, &other).then(numberOrder(&rest, &other))
      guard order == .same else { return order }
    }
    return .same
  }

  /// Takes what stands before the next digits. A digit stands for the end of the text here.
  private static func textOrder(_ first: inout Substring.UTF8View, _ second: inout Substring.UTF8View) -> VersionOrder {
    let (one, other) = (text(&first), text(&second))
    var (rest, remaining) = (one.makeIterator(), other.makeIterator())
    while true {
      let (byte, counterpart) = (rest.next(), remaining.next())
      if byte == nil, counterpart == nil { return .same }
      if byte != counterpart { return VersionOrder(rank(byte), rank(counterpart)) }
    }
  }

  private static func text(_ bytes: inout Substring.UTF8View) -> Substring.UTF8View {
    take(&bytes) { !VersionText.isDigit($0) }
  }

  private static func rank(_ byte: UInt8?) -> Int {
    switch byte {
    case UInt8(ascii: "~"): -1
    case nil: 0
    case let byte? where VersionText.isLetter(byte): Int(byte)
    case let byte?: Int(byte) + 256
    }
  }

  private static func numberOrder(_ first: inout Substring.UTF8View, _ second: inout Substring.UTF8View) -> VersionOrder
  {
    VersionOrder(number(&first), number(&second))
  }

  private static func number(_ bytes: inout Substring.UTF8View) -> WholeNumber {
    WholeNumber(digits: take(&bytes, while: VersionText.isDigit))
  }

  private static func take(_ bytes: inout Substring.UTF8View, while holds: (UInt8) -> Bool) -> Substring.UTF8View {
    let taken = bytes.prefix(while: holds)
    bytes = bytes[taken.endIndex...]
    return taken
  }
}
