// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The names of the bucket's folders and records.
enum EcosystemName {
  /// The folder of an ecosystem: `Debian` holds the records of `Debian:12` too.
  static func base(_ ecosystem: String) -> String {
    String(ecosystem.prefix { $0 != ":" })
  }

  /// Whether this can be a folder of the bucket, and nothing else.
  static func isSound(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 100, name.utf8.first != UInt8(ascii: ".") else { return false }
    return name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && isPartOfOneName($0) }
  }

  private static func isPartOfOneName(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
  }

  /// Whether this can be the id of a record, and so part of a file's name.
  static func isSoundID(_ id: Bytes) -> Bool {
    guard let first = id.first, first != UInt8(ascii: "."), id.count <= 200 else { return false }
    return id.allSatisfy { $0 > 0x20 && $0 < 0x7F && isPartOfOneName($0) }
  }

  /// The same of a text.
  static func isSoundID(_ id: String) -> Bool {
    var id = id
    return id.withUTF8 { isSoundID($0) }
  }
}
