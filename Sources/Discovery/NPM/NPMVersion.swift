// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Version strings as npm's files write them.
enum NPMVersion {
  /// Without white space around it and without leading `v` or `=`, as npm itself normalises what it reads: `v1.2.3` → `1.2.3`.
  ///
  /// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-json#version, node-semver's `clean` (read 2026-11-23)
  static func normalised(_ text: String) -> String {
    if let first = text.utf8.first, isDigit(first), let last = text.utf8.last, !isSpace(last) { return text }
    var bytes = Substring(text).utf8
    while let first = bytes.first, first == UInt8(ascii: "=") || first == UInt8(ascii: "v") || isSpace(first) {
      bytes.removeFirst()
    }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(Substring(bytes))
  }

  /// Whether `text`, normalised, names one version and no range: three numbers, and maybe a prerelease and a build.
  static func isExact(_ text: String) -> Bool {
    var bytes = Substring(text).utf8
    for position in 0..<3 {
      let digits = bytes.prefix(while: isDigit)
      guard !digits.isEmpty else { return false }
      bytes = bytes[digits.endIndex...]
      guard position < 2 else { break }
      guard bytes.first == UInt8(ascii: ".") else { return false }
      bytes.removeFirst()
    }
    guard let next = bytes.first else { return true }
    guard next == UInt8(ascii: "-") || next == UInt8(ascii: "+"), bytes.count > 1 else { return false }
    return bytes.allSatisfy {
      isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "+")
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
