// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A name in which `*` stands for anything, also for nothing.
struct Wildcard: Hashable, Sendable {
  private let parts: [UInt8]
  private let ignoresCase: Bool
  let isWild: Bool

  /// - Parameter ignoringCase: Whether capital and small ASCII letters are alike.
  init(_ text: String, ignoringCase: Bool = false) {
    ignoresCase = ignoringCase
    parts = text.utf8.map { ignoringCase ? Self.small($0) : $0 }
    isWild = parts.contains(Self.star)
  }

  /// - Complexity: O(name × pattern) at the worst; patterns are ours and short.
  func matches(_ name: Bytes) -> Bool {
    var (at, part) = (0, 0)
    var last: (at: Int, part: Int)?
    while at < name.count {
      if part < parts.count, parts[part] == Self.star {
        last = (at, part)
        part += 1
      } else if part < parts.count, parts[part] == (ignoresCase ? Self.small(name[at]) : name[at]) {
        at += 1
        part += 1
      } else if let star = last {
        // The star takes one byte more.
        last = (star.at + 1, star.part)
        (at, part) = (star.at + 1, star.part + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == Self.star }
  }

  func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { matches($0) }
  }

  private static let star = UInt8(ascii: "*")

  private static func small(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
