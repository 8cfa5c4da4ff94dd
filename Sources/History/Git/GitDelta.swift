// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Makes an object out of another one and the difference between them.
/// - Source: https://git-scm.com/docs/gitformat-pack, "Deltified representation" (read 2026-11-25)
enum GitDelta {
  /// - Parameter limit: Bytes that the result may have.
  /// - Throws: `malformed`, or `too-big`.
  static func apply(_ delta: [UInt8], to base: [UInt8], limit: Int) throws(GitFault) -> [UInt8] {
    try delta.withUnsafeBufferPointer { delta throws(GitFault) in
      var reader = Reader(bytes: delta)
      guard let baseSize = reader.size(), baseSize == base.count, let size = reader.size() else {
        throw GitFault(.malformed, ["delta"])
      }
      guard size <= limit else { throw GitFault(.tooBig, ["\(size)", "\(limit)"]) }
      var isWhole = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { target, count in
        base.withUnsafeBufferPointer { base in
          (count, isWhole) = reader.run(base: base, target: target, size: size)
        }
      }
      guard isWhole else { throw GitFault(.malformed, ["delta"]) }
      return result
    }
  }

  private struct Reader {
    let bytes: Bytes
    var offset = 0

    /// Seven bits a byte, the lowest first; nil where it is longer than a size can be.
    mutating func size() -> Int? {
      var (value, shift) = (0, 0)
      while offset < bytes.count, shift < 56 {
        let byte = bytes[offset]
        offset += 1
        value |= Int(byte & 0x7F) << shift
        if byte & 0x80 == 0 { return value }
        shift += 7
      }
      return nil
    }

    /// - Returns: How many bytes were written, and whether that is all of it.
    mutating func run(base: Bytes, target: UnsafeMutableBufferPointer<UInt8>, size: Int) -> (Int, Bool) {
      var done = 0
      while offset < bytes.count {
        let command = bytes[offset]
        offset += 1
        let source: Bytes
        if command & 0x80 != 0 {
          guard let range = copied(command), range.upperBound <= base.count else { return (done, false) }
          source = base[slice: range]
        } else {
          // Zero is reserved.
          guard command != 0, Int(command) <= bytes.count - offset else { return (done, false) }
          source = bytes[slice: offset..<offset + Int(command)]
          offset += Int(command)
        }
        guard source.count <= size - done, let from = source.baseAddress, let to = target.baseAddress else {
          return (done, false)
        }
        (to + done).update(from: from, count: source.count)
        done += source.count
      }
      return (done, done == size)
    }

    private mutating func copied(_ command: UInt8) -> Range<Int>? {
      var (start, length) = (0, 0)
      for bit in 0..<7 where command & (1 << bit) != 0 {
        guard offset < bytes.count else { return nil }
        if bit < 4 { start |= Int(bytes[offset]) << (bit * 8) } else { length |= Int(bytes[offset]) << ((bit - 4) * 8) }
        offset += 1
      }
      return start..<start + (length == 0 ? 0x10000 : length)
    }
  }
}
