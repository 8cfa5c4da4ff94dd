// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Under which number a package's name stands in the index: a hash of the ecosystem without its release, and of the name as it is matched.
///
/// Stable, for it is written into files. Two names of one key are told apart by the names themselves, which stand behind it.
public struct NameKey: Hashable, Comparable, Sendable {
  public let value: Int64

  public init(_ ecosystem: Ecosystem, _ name: String) {
    self.init(base: ecosystem.base, matchingName: ecosystem.matchingName(name))
  }

  init(value: Int64) { self.value = value }

  init(base: String, matchingName name: String) {
    var (base, name) = (base, name)
    var state = base.withUTF8 { Self.hash($0, from: 0x2D35_8DCC_AA6C_78A5) }
    state = name.withUTF8 { Self.hash($0, from: state) }
    value = Int64(bitPattern: state)
  }

  public static func < (first: NameKey, second: NameKey) -> Bool { first.value < second.value }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, from seed: UInt64) -> UInt64 {
    var state = mixed(seed ^ UInt64(truncatingIfNeeded: bytes.count), 0x8BB8_4B93_962E_ACC9)
    guard let base = bytes.baseAddress.map(UnsafeRawPointer.init) else { return state }
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      state = mixed(state ^ word, 0x9E37_79B9_7F4A_7C15)
      offset &+= 8
    }
    var tail: UInt64 = 0
    for byte in bytes[offset...] { tail = tail << 8 | UInt64(byte) }
    return mixed(state ^ tail, 0xE703_7ED1_A0B4_28DB)
  }

  @inline(__always)
  private static func mixed(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = first.multipliedFullWidth(by: second)
    return product.high ^ product.low
  }
}
