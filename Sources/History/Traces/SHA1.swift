// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// SHA-1, with which npm's cache marks its own lines. It protects from cut lines, and from nobody's will.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc3174 (read 2026-11-25)
enum SHA1 {
  static func hexDigest(of bytes: Bytes) -> String {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    var schedule = [UInt32](repeating: 0, count: 80)
    let whole = bytes.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) { mix(bytes[slice: start..<(start + 64)], &state, &schedule) }
    var tail = Array(bytes[slice: whole..<bytes.count]) + [0x80]
    tail += [UInt8](repeating: 0, count: (120 - tail.count) % 64)
    tail += (0..<8).map { UInt8(truncatingIfNeeded: (UInt64(bytes.count) &* 8) >> UInt64(56 - 8 * $0)) }
    tail.withUnsafeBufferPointer { tail in
      for start in stride(from: 0, to: tail.count, by: 64) { mix(tail[slice: start..<(start + 64)], &state, &schedule) }
    }
    let digits = state.flatMap { word in
      (0..<8).map { hexadecimalDigit(UInt8(truncatingIfNeeded: word >> UInt32(28 - 4 * $0)) & 15) }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func mix(_ block: Bytes, _ state: inout [UInt32], _ schedule: inout [UInt32]) {
    for index in 0..<16 {
      schedule[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(block[index * 4 + $1]) }
    }
    for index in 16..<80 {
      schedule[index] = rotated(
        schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16], 1)
    }
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    for index in 0..<80 {
      let (choice, constant): (UInt32, UInt32) =
        switch index / 20 {
        case 0: ((b & c) | (~b & d), 0x5A82_7999)
        case 1: (b ^ c ^ d, 0x6ED9_EBA1)
        case 2: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let next = rotated(a, 5) &+ choice &+ e &+ schedule[index] &+ constant
      (a, b, c, d, e) = (next, a, rotated(b, 30), c, d)
    }
    for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
