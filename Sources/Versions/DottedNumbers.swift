// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Whole numbers in a row: `1.2.3`.
public struct DottedNumbers: Sendable, CustomStringConvertible {
  /// At least one.
  public let numbers: [WholeNumber]

  init(_ numbers: [WholeNumber]) {
    self.numbers = numbers
  }

  /// Reads numbers between separators, with nothing else around them.
  ///
  /// - Returns: `nil` where anything else stands in the text, or a number is missing.
  /// - Complexity: O(length).
  init?(_ text: String, separators: [Unicode.Scalar], hasLeadingZeros: Bool) {
    let dialect = SemanticDialect(hasLeadingZeros: hasLeadingZeros)
    var (text, numbers) = (VersionText(text), [WholeNumber]())
    repeat {
      guard let number = dialect.number(&text) else { return nil }
      numbers.append(number)
    } while separators.contains { text.take($0) }
    guard text.isAtEnd else { return nil }
    self.numbers = numbers
  }

  /// The numbers without the noughts at the end.
  var significant: ArraySlice<WholeNumber> {
    numbers.prefix((numbers.lastIndex { $0 != .zero } ?? -1) + 1)
  }

  /// The first difference decides; else the longer one is newer: `1` is older than `1.0`.
  public func order(to other: DottedNumbers) -> VersionOrder {
    VersionOrder(lists: numbers, other.numbers)
  }

  public var description: String {
    numbers.map(\.description).joined(separator: ".")
  }
}
