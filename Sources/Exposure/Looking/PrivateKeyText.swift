// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Parsing

/// Private keys in text: PEM, OpenSSH's own form, PuTTY's.
enum PrivateKeyText {
  /// How the least protected private key in `bytes` is protected; nil where there is none.
  ///
  /// - Complexity: O(bytes).
  /// - Source: RFC 7468, RFC 1421 section 4.6 (`Proc-Type`), PROTOCOL.key and PROTOCOL.u2f of OpenSSH, appendix C of PuTTY's manual
  ///   (read 2026-11-25)
  static func protection(in bytes: Bytes) -> Protection? {
    var found: Protection?
    var at = 0
    while let dash = bytes.firstOffset(of: UInt8(ascii: "-"), from: at) {
      at = dash + 1
      guard bytes[slice: dash..<bytes.count].starts(with: "-----BEGIN ") else { continue }
      at = dash + 11
      guard let end = bytes[slice: 0..<min(at + 64, bytes.count)].firstOffset(of: UInt8(ascii: "-"), from: at) else {
        continue
      }
      let label = bytes[slice: at..<end]
      at = end
      guard label.ends(with: "PRIVATE KEY"), bytes[slice: at..<bytes.count].starts(with: "-----") else { continue }
      found = Protection.weaker(found, protection(label, bytes[slice: (at + 5)..<bytes.count]))
    }
    return Protection.weaker(found, puttyKey(bytes))
  }

  private static func protection(_ label: Bytes, _ body: Bytes) -> Protection {
    if label.starts(with: "ENCRYPTED") { return .passphrase }
    if label.equals("OPENSSH PRIVATE KEY") { return openSSH(body) }
    let head = body[slice: 0..<min(body.count, 128)]
    return head.contains("Proc-Type: 4,ENCRYPTED") ? .passphrase : .none
  }

  private static func puttyKey(_ bytes: Bytes) -> Protection? {
    guard bytes.starts(with: "PuTTY-User-Key-File-") else { return nil }
    return bytes[slice: 0..<min(bytes.count, 512)].contains("Encryption: none") ? Protection.none : .passphrase
  }

  /// The head of an OpenSSH key says its cipher and, in the public part, of what type it is. The private part lies further on than what
  /// is decoded: of an Ed25519 key without a passphrase the secret begins at byte 161.
  private static func openSSH(_ body: Bytes) -> Protection {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 112) { memory in
      defer { if let base = memory.baseAddress { gifthorse_wipe(base, memory.count) } }
      let count = decode(body, into: memory)
      let head = Bytes(rebasing: UnsafeBufferPointer(memory)[..<count])
      guard head.starts(with: "openssh-key-v1\0") else { return .unknown }
      var fields = SSHFields(bytes: head, at: 15)
      guard let cipher = fields.next(), fields.next() != nil, fields.next() != nil, fields.skip(4) else {
        return .unknown
      }
      if let type = fields.inner(), type.starts(with: "sk-") { return .hardware }
      return cipher.equals("none") ? .none : .passphrase
    }
  }

  /// Base64, line breaks passed over, as much as there is room for.
  private static func decode(_ text: Bytes, into memory: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var (bits, held, count) = (UInt32(0), 0, 0)
    for byte in text {
      if byte <= 0x20 || byte == UInt8(ascii: "\\") { continue }
      guard let value = value(of: byte), count < memory.count else { break }
      bits = (bits << 6 | value) & 0xFFFFF
      held += 6
      if held >= 8 {
        held -= 8
        memory[count] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
        count += 1
      }
    }
    return count
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

/// Strings with their length before them, as SSH writes them.
/// - Source: RFC 4251 section 5 (read 2026-11-25)
private struct SSHFields {
  let bytes: Bytes
  var at: Int

  mutating func next() -> Bytes? {
    guard let count = length(), count <= bytes.count - at else { return nil }
    defer { at += count }
    return bytes[slice: at..<(at + count)]
  }

  mutating func skip(_ count: Int) -> Bool {
    guard count <= bytes.count - at else { return false }
    at += count
    return true
  }

  /// The first string inside of the next one, which need not be there wholly.
  mutating func inner() -> Bytes? {
    guard length() != nil else { return nil }
    return next()
  }

  private mutating func length() -> Int? {
    guard bytes.count - at >= 4 else { return nil }
    let value = bytes[slice: at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
    at += 4
    return value
  }
}
