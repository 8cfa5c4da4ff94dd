// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A TOML key where it stands, of one part or of several with dots between: compare it without a copy, or make `String`s of its parts.
public struct TOMLKey {
  /// As it is written, quotes, escapes and blanks around dots included.
  let raw: Bytes
  /// The offset of its first byte.
  public let offset: Int
  /// How many parts it has, at least one.
  public let count: Int
  /// Whether no part is quoted and no blank stands beside a dot, so that the bytes say all.
  let isBare: Bool

  /// Whether the key's parts, escapes decoded, are those of `path`, in which dots divide: `metadata.files`. A quoted part that holds a dot
  /// equals none.
  public func equals(_ path: StaticString) -> Bool {
    if isBare { return raw.equals(path) }
    return Self.joined(parts).elementsEqual(UnsafeBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount))
  }

  /// Whether the first parts are those of `path`: `tool` and `tool.name` begin `tool.name`.
  public func starts(with path: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount)
    let own = isBare ? Array(raw) : Self.joined(parts)
    return own.starts(with: wanted) && (own.count == wanted.count || own[wanted.count] == UInt8(ascii: "."))
  }

  /// The parts, decoded: `["metadata", "files"]`.
  public var parts: [String] {
    var parts: [String] = []
    parts.reserveCapacity(count)
    var index = 0
    while index < raw.count {
      switch raw[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // The reader has been over these bytes, so this finds the same end again.
        guard let (string, end) = try? TOMLString.scan(raw, at: index, mayBeLong: false) else { return parts }
        parts.append(string.string)
        index = end
      case let byte where Self.isBare(byte):
        let start = index
        while index < raw.count, Self.isBare(raw[index]) { index += 1 }
        parts.append(raw[slice: start..<index].string)
      default: index += 1
      }
    }
    return parts
  }

  /// The key as one text: its one part, or all of them with dots between.
  public var string: String {
    isBare ? raw.string : parts.joined(separator: ".")
  }

  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The parts with dots between, and a byte that no path holds for every dot inside of a part.
  private static func joined(_ parts: [String]) -> [UInt8] {
    Array(parts.map { $0.utf8.map { $0 == UInt8(ascii: ".") ? 0 : $0 } }.joined(separator: [UInt8(ascii: ".")]))
  }
}
