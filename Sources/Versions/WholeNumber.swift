// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A whole number of any length.
public struct WholeNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// ASCII digits without zeros in front; `0` for nought.
  public let description: String

  public static let zero = WholeNumber(digits: [])

  /// - Parameter digits: ASCII digits; none are nought.
  init(digits: some Collection<UInt8>) {
    let rest = digits.drop { $0 == UInt8(ascii: "0") }
    description = rest.isEmpty ? "0" : String(decoding: rest, as: UTF8.self)
  }

  init(_ number: UInt64) {
    description = String(number)
  }

  /// - Complexity: O(digits).
  public static func < (first: WholeNumber, second: WholeNumber) -> Bool {
    let (one, other) = (first.description, second.description)
    // Both are ASCII, where Swift's order of strings is the order of their bytes.
    return one.utf8.count == other.utf8.count ? one < other : one.utf8.count < other.utf8.count
  }
}
