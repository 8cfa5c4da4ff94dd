// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The replacement of some bytes of a file by others.
public struct ByteEdit: Hashable, Sendable {
  public var range: Range<Int>
  public var text: [UInt8]

  public init(_ range: Range<Int>, _ text: some Sequence<UInt8>) {
    self.range = range
    self.text = Array(text)
  }

  init(_ range: Range<Int>, _ text: String) {
    self.init(range, text.utf8)
  }
}

extension [ByteEdit] {
  /// `bytes` with all of these done; nil where two of them touch the same bytes, or one lies outside.
  public func applied(to bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var position = 0
    for edit in sorted(by: { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) })
    {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= bytes.count else { return nil }
      result += bytes[position..<edit.range.lowerBound]
      result += edit.text
      position = edit.range.upperBound
    }
    return result + bytes[position...]
  }
}
