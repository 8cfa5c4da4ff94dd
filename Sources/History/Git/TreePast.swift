// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A version of a folder beside which another one is read, entry by entry: both are in the order of names.
struct TreePast {
  private let bytes: Bytes
  private let hashBytes: Int
  private var offset = 0

  init(_ bytes: Bytes, hashBytes: Int) {
    (self.bytes, self.hashBytes) = (bytes, hashBytes)
  }

  /// Where the very same entry stands here; nil where it does not, or where one of the two is out of order.
  ///
  /// - Parameters:
  ///   - entry: One after the other of the other version.
  ///   - raw: Its bytes.
  mutating func offset(of entry: TreeEntry, _ raw: Bytes) -> Int? {
    while offset < bytes.count {
      let start = offset
      if raw.count <= bytes.count - start, bytes[slice: start..<start + raw.count].equals(raw) {
        offset += raw.count
        return start
      }
      guard let other = TreeEntry(bytes, &offset, hashBytes: hashBytes) else {
        offset = bytes.count
        return nil
      }
      if other.isBefore(entry) { continue }
      // The same name with another content is done with; a later name waits.
      if entry.isBefore(other) { offset = start }
      return nil
    }
    return nil
  }
}
