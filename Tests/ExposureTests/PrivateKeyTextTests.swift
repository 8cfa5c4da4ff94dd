// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Parsing
import Testing

@testable import Exposure

@Suite struct PrivateKeyTextTests {
  private func protection(_ text: String) -> Protection? {
    Array(text.utf8).withUnsafeBufferPointer { PrivateKeyText.protection(in: $0) }
  }

  /// The head of a key as PROTOCOL.key of OpenSSH describes it, and zeroes for all that is secret.
  static func openSSH(cipher: String, kdf: String, options: Int, type: String, lineLength: Int = 70) -> String {
    func length(_ count: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } }
    func field(_ bytes: [UInt8]) -> [UInt8] { length(bytes.count) + bytes }
    let publicKey = field(Array(type.utf8)) + field([UInt8](repeating: 0, count: 32))
    let bytes =
      Array("openssh-key-v1\0".utf8) + field(Array(cipher.utf8)) + field(Array(kdf.utf8))
      + field([UInt8](repeating: 1, count: options)) + length(1) + field(publicKey)
      + field([UInt8](repeating: 0, count: 144))
    let text = Data(bytes).base64EncodedString()
    let lines = stride(from: 0, to: text.count, by: lineLength).map { text.dropFirst($0).prefix(lineLength) }
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n\(lines.joined(separator: "\n"))\n-----END OPENSSH PRIVATE KEY-----\n"
  }

  @Test(
    arguments: [
      ("none", "none", 0, "ssh-ed25519", Protection.none), ("aes256-ctr", "bcrypt", 24, "ssh-ed25519", .passphrase),
      ("aes256-gcm@openssh.com", "bcrypt", 24, "ssh-rsa", .passphrase),
      ("none", "none", 0, "sk-ssh-ed25519@openssh.com", .hardware),
      ("none", "none", 0, "sk-ecdsa-sha2-nistp256@openssh.com", .hardware),
      ("aes256-ctr", "bcrypt", 24, "sk-ssh-ed25519@openssh.com", .hardware), ("none", "none", 0, "ssh-rsa", .none),
    ])
  func `a key of OpenSSH tells its cipher and its type`(
    cipher: String, kdf: String, options: Int, type: String, expected: Protection
  ) {
    let text = Self.openSSH(cipher: cipher, kdf: kdf, options: options, type: type)
    #expect(protection(text) == expected)
    #expect(protection(text.replacing("\n", with: "\r\n")) == expected)
    #expect(protection("{\"key\": \"" + text.replacing("\n", with: "\\n") + "\"}") != nil)
  }

  @Test(
    arguments: [
      ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", Protection.none),
      ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIE\n", .passphrase),
      ("-----BEGIN EC PRIVATE KEY-----\nMIIE\n", .none), ("-----BEGIN PRIVATE KEY-----\nMIIE\n", .none),
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n", .passphrase),
      ("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", .none),
      ("PuTTY-User-Key-File-2: ssh-rsa\nEncryption: aes256-cbc\n", .passphrase),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", .unknown),
      // The least protected of two.
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nM\n-----BEGIN RSA PRIVATE KEY-----\nM\n", .none),
    ])
  func `other private keys tell whether a passphrase encrypts them`(text: String, expected: Protection) {
    #expect(protection(text) == expected)
  }

  @Test(
    arguments: [
      "-----BEGIN PUBLIC KEY-----\nM\n", "-----BEGIN CERTIFICATE-----\nM\n", "ssh-ed25519 AAAA anna@host.example",
      "-----BEGIN RSA PUBLIC KEY-----", "PRIVATE KEY", "-----BEGIN ", "-----BEGIN -----", "", "-----BEGIN PRIVATE KEY",
    ])
  func `what is public is no private key`(text: String) {
    #expect(protection(text) == nil)
  }

  @Test func `no cut or changed key traps`() {
    let text = Array(Self.openSSH(cipher: "aes256-ctr", kdf: "bcrypt", options: 24, type: "ssh-ed25519").utf8)
    for end in 0...text.count {
      _ = text[..<end].withUnsafeBufferPointer { PrivateKeyText.protection(in: $0) }
    }
    for at in 36..<140 {
      for byte in [UInt8(ascii: "/"), UInt8(ascii: "A"), 0xFF] {
        var changed = text
        changed[at] = byte
        #expect(changed.withUnsafeBufferPointer { PrivateKeyText.protection(in: $0) } != nil)
      }
    }
  }
}
