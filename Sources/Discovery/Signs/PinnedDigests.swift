// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CText
internal import Inventory
internal import Parsing

/// Finds digests that are known to be bad in the text of a lockfile, whatever its format and whatever name stands beside them.
///
/// Lockfiles write `sha512-…` and `sha1-…` in Base64 (npm and its relatives), `sha256:…` or `sha256 = "…"` in hexadecimal digits (Python's).
struct PinnedDigests: Sendable {
  /// A digest that was found: its number in ``SignList/digests``, and where.
  struct Hit: Sendable {
    let number: Int
    let offset: Int
  }

  private let bySHA256: [SHA256.Digest: Int]
  /// `sha512-` and others, as bytes, by number.
  private var texts: [(number: Int, bytes: [UInt8])] = []
  /// Bit n is set where one of `texts` has the byte n as the first of its digest.
  private var firstBytes = [Bool](repeating: false, count: 256)

  init(_ table: SignTable) {
    bySHA256 = table.digests
    for (number, digest) in table.list.digests.enumerated() {
      let bytes = Array(digest.text.utf8)
      guard let dash = bytes.firstIndex(of: UInt8(ascii: "-")), dash + 1 < bytes.count else { continue }
      texts.append((number, bytes))
      firstBytes[Int(bytes[dash + 1])] = true
    }
  }

  /// - Complexity: O(bytes), sixteen at a time.
  func hits(in text: Bytes) -> [Hit] {
    guard let base = text.baseAddress, !bySHA256.isEmpty || !texts.isEmpty else { return [] }
    var hits: [Hit] = []
    var place = 0
    while true {
      place = gifthorse_find_sha(base, place, text.count)
      guard place < text.count else { return hits }
      if let number = number(at: place, in: text) { hits.append(Hit(number: number, offset: place)) }
      place += 3
    }
  }

  private func number(at place: Int, in text: Bytes) -> Int? {
    var index = place + 3
    while index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) { index += 1 }
    guard index < text.count, index > place + 3 else { return nil }
    if text[index] == UInt8(ascii: "-") {
      guard index + 1 < text.count, firstBytes[Int(text[index + 1])] else { return nil }
      return texts.first { text[place...].starts(with: $0.bytes) }?.number
    }
    // `sha256:`, `sha256 = "`, `"sha256": "`.
    let separators = index + 6
    while index < min(separators, text.count), ":=\" '".utf8.contains(text[index]) { index += 1 }
    guard index + 64 <= text.count, let digest = SHA256.Digest(hexadecimal: text[slice: index..<(index + 64)]) else {
      return nil
    }
    return bySHA256[digest]
  }
}
