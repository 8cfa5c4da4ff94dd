// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension PackageURL {
  /// The canonical spelling: ASCII, whatever the parts hold.
  ///
  /// - Complexity: O(length), one buffer.
  public var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count + (namespace?.utf8.count ?? 0) + 48)
    bytes.append(contentsOf: "pkg:".utf8)
    bytes.append(contentsOf: type.utf8)
    if let namespace { Self.append(segments: namespace, to: &bytes) }
    if type == "git" {
      // A repository's path below its host is the name, and its slashes are kept.
      Self.append(segments: name, to: &bytes)
    } else if !name.isEmpty {
      bytes.append(UInt8(ascii: "/"))
      Self.append(segment: name, to: &bytes)
    }
    if let version {
      bytes.append(UInt8(ascii: "@"))
      Self.append(encoding: version, to: &bytes)
    }
    appendQualifiers(to: &bytes)
    if let subpath { Self.append(segments: subpath, first: UInt8(ascii: "#"), to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendQualifiers(to bytes: inout [UInt8]) {
    var separator = UInt8(ascii: "?")
    for qualifier in qualifiers {
      bytes.append(separator)
      bytes.append(contentsOf: qualifier.key.utf8)
      bytes.append(UInt8(ascii: "="))
      Self.append(encoding: qualifier.value, to: &bytes)
      separator = UInt8(ascii: "&")
    }
  }

  private static func append(segments: String, first: UInt8 = UInt8(ascii: "/"), to bytes: inout [UInt8]) {
    bytes.append(first)
    var start = bytes.count
    for byte in segments.utf8 {
      if byte == UInt8(ascii: "/") {
        encodeDots(in: &bytes, from: start)
        bytes.append(byte)
        start = bytes.count
      } else {
        append(encoding: byte, to: &bytes)
      }
    }
    encodeDots(in: &bytes, from: start)
  }

  private static func append(segment: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    append(encoding: segment, to: &bytes)
    encodeDots(in: &bytes, from: start)
  }

  /// A reader would drop the segments `.` and `..`, or climb with them.
  private static func encodeDots(in bytes: inout [UInt8], from start: Int) {
    let length = bytes.count - start
    guard length == 1 || length == 2, bytes[start...].allSatisfy({ $0 == UInt8(ascii: ".") }) else { return }
    bytes.removeLast(length)
    for _ in 0..<length { bytes.append(contentsOf: "%2E".utf8) }
  }

  private static func append(encoding text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 { append(encoding: byte, to: &bytes) }
  }

  private static func append(encoding byte: UInt8, to bytes: inout [UInt8]) {
    guard !isUnreserved(byte) else { return bytes.append(byte) }
    bytes.append(UInt8(ascii: "%"))
    bytes.append(hexadecimal(byte >> 4))
    bytes.append(hexadecimal(byte & 15))
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
  }

  /// Letters, digits, `-._~`, and the colon, which the specification leaves as it is.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
