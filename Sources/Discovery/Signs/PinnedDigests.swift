// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CText
internal import Inventory
internal import Parsing

/// Finds digests that are known to be bad in the text of a lockfile, whatever its format and whatever name stands beside them.
///
/// Lockfiles write `sha512-…` and `sha1-…` in Base64 (npm and its relatives), `sha256:…` or `sha256 = "…"` in hexadecimal digits (Python's).
struct PinnedDigests: Sendable {
  /// A digest that was found: its number in ``SignList/digests``, and where. One that several incidents name is found once for each.
  struct Hit: Sendable {
    let number: Int
    let offset: Int
  }

  private let bySHA256: [SHA256.Digest: [Int]]
  /// `sha512-` and others, as bytes with their numbers, by the first eight bytes of the digest: an index of advisories may know many.
  private var texts: [UInt64: [(number: Int, bytes: [UInt8])]] = [:]

  init(_ table: SignTable) {
    bySHA256 = table.digests
    for (number, digest) in table.list.digests.enumerated() {
      let bytes = Array(digest.text.utf8)
      guard let dash = bytes.firstIndex(of: UInt8(ascii: "-")), dash + 8 < bytes.count else { continue }
      texts[Self.firstBytes(bytes[(dash + 1)...]), default: []].append((number, bytes))
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
      for number in numbers(at: place, in: text) { hits.append(Hit(number: number, offset: place)) }
      place += 3
    }
  }

  /// Where the entries of a lockfile end, of which the digests stand with their packages. Poetry before 1.3 and PDM before 2.8 write the
  /// digests of all packages into one table at the end.
  static func endOfEntries(in text: Bytes) -> Int {
    let bracket = UInt8(ascii: "[")
    var place = 0
    while place < text.count {
      place += text[slice: place..<text.count].firstOffset(ofEither: bracket, or: bracket)
      if place == 0 || text[place - 1] == UInt8(ascii: "\n"), text[place...].starts(with: "[metadata.files]".utf8) {
        return place
      }
      place += 1
    }
    return text.count
  }

  /// - Parameter bytes: At least eight.
  private static func firstBytes(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func numbers(at place: Int, in text: Bytes) -> [Int] {
    var index = place + 3
    while index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) { index += 1 }
    guard index < text.count, index > place + 3 else { return [] }
    if text[index] == UInt8(ascii: "-") {
      guard index + 8 < text.count, let known = texts[Self.firstBytes(text[(index + 1)...])] else { return [] }
      return known.filter { text[place...].starts(with: $0.bytes) }.map(\.number)
    }
    // `sha256:`, `sha256 = "`, `"sha256": "`.
    let separators = index + 6
    while index < min(separators, text.count), ":=\" '".utf8.contains(text[index]) { index += 1 }
    guard index + 64 <= text.count, let digest = SHA256.Digest(hexadecimal: text[slice: index..<(index + 64)]) else {
      return []
    }
    return bySHA256[digest] ?? []
  }
}
