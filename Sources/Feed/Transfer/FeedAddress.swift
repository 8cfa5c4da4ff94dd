// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// An http or https address, taken apart as far as safety asks for.
public struct FeedAddress: Hashable, Sendable {
  /// Without a slash at its end.
  public let text: String
  /// Without encryption.
  public let isPlain: Bool
  /// In lower case, without port; an IPv6 address without its brackets.
  public let host: String
  /// Where a user's name and password stand, in the text's UTF-8, the `@` included; nil where there are none.
  private let secret: Range<Int>?

  /// nil for anything that is not `http://` or `https://` and a host.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    let start = colon + 3
    guard scheme == "http" || scheme == "https", bytes.count > start, bytes[colon..<start].elementsEqual("://".utf8)
    else { return nil }
    let end = bytes[start...].firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
    let authority = bytes[start..<(end ?? bytes.count)]
    let at = authority.lastIndex(of: UInt8(ascii: "@"))
    guard let host = Self.host(authority[(at.map { $0 + 1 } ?? start)...]) else { return nil }
    self.text = String(decoding: bytes, as: UTF8.self)
    self.host = host
    isPlain = scheme == "http"
    secret = at.map { start..<($0 + 1) }
  }

  private static func host(_ authority: ArraySlice<UInt8>) -> String? {
    let host: ArraySlice<UInt8>
    if authority.first == UInt8(ascii: "[") {
      guard let close = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      host = authority[(authority.startIndex + 1)..<close]
    } else {
      host = authority.prefix { $0 != UInt8(ascii: ":") }
    }
    return host.isEmpty ? nil : String(decoding: host, as: UTF8.self).lowercased()
  }

  /// Whether it stays on this machine.
  public var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The address without the user's name and password: for messages, and to be kept.
  public var redacted: String {
    guard let secret else { return text }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<secret.lowerBound] + bytes[secret.upperBound...], as: UTF8.self)
  }

  /// The address of `path` below this one: folders and a file, each of which is escaped.
  public func appending(_ path: String...) -> String {
    text + path.map { "/" + Self.escaped($0) }.joined()
  }

  /// With everything but letters, digits, `-`, `.`, `_` and `~` written as `%XX`.
  static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
