// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A first look at a name by its length, first and last byte: it is asked for every entry on the machine, and nearly always the answer is no.
struct NameFilter: Sendable {
  private var isKnown = [Bool](repeating: false, count: 1 << 12)

  mutating func add(_ name: [UInt8]) {
    name.withUnsafeBufferPointer { isKnown[Self.index($0)] = true }
  }

  /// Whether the name may have been added; false is certain.
  @inline(__always)
  func mayHold(_ name: Bytes) -> Bool {
    isKnown[Self.index(name)]
  }

  @inline(__always)
  private static func index(_ name: Bytes) -> Int {
    guard name.count > 0 else { return 0 }
    let ends = Int(name[0]) &* 31 &+ Int(name[name.count &- 1])
    return (name.count &* 97 &+ ends &* 5) & 0xFFF
  }
}
