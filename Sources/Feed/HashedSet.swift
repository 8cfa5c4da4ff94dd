// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A set of names that knows only their hashes: eight bytes for each, so that two million of them cost 16 MB.
///
/// The hashes differ from run to run, so nobody can prepare names that meet. By chance two of two million meet once
/// in ten million runs.
struct HashedSet {
  private var hashes: [UInt64] = []

  /// Takes a name; call ``sort()`` before anything is asked.
  mutating func insert(_ name: Bytes, _ time: Moment? = nil) {
    hashes.append(Self.hash(name, time))
  }

  mutating func insert(_ name: String, _ time: Moment? = nil) {
    var name = name
    name.withUTF8 { insert($0, time) }
  }

  mutating func sort() {
    hashes.sort()
  }

  var count: Int { hashes.count }

  func contains(_ name: Bytes, _ time: Moment? = nil) -> Bool {
    let wanted = Self.hash(name, time)
    var (low, high) = (0, hashes.count)
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == wanted
  }

  func contains(_ name: String, _ time: Moment? = nil) -> Bool {
    var name = name
    return name.withUTF8 { contains($0, time) }
  }

  private static func hash(_ name: Bytes, _ time: Moment?) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    hasher.combine(time)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
