// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Discovery
import Foundation
import Inventory
import Parsing
import TestSupport

/// What the law book asks of one outcome, and how it makes hostile files out of good ones.
enum Laws {
  /// Problems of the whole file: with one of these noted, nothing that was read may be called exact.
  static let wholeFile: Set<Coverage.Reason> = [
    .truncated, .malformed, .tooDeep, .tooMany, .conflictMarkers, .wrongEncoding,
  ]

  /// What is wrong with `outcome`, whatever file it came from; empty if nothing is.
  ///
  /// - Parameter isThorough: Whether purls and paths are looked at as well, which takes most of the time.
  static func violations(of outcome: Reading.Outcome, lineCount: Int, isThorough: Bool = true) -> [String] {
    var violations: [String] = []
    let isBroken = outcome.problems.contains { wholeFile.contains($0.reason) }
    for package in outcome.packages {
      if isThorough, !isValidPURL(package.purl) { violations.append("purl \(package.purl.debugDescription)") }
      if isThorough, package.ecosystem.matchingName(package.name) != package.name {
        violations.append("\(package.name.debugDescription) is no name under which incidents are looked up")
      }
      if !(0...lineCount).contains(package.line) { violations.append("line \(package.line) of \(lineCount)") }
      if isBroken, package.confidence != .partial { violations.append("\(package.title) is exact in a broken file") }
    }
    for problem in outcome.problems {
      guard let line = problem.line, !(1...lineCount).contains(line) else { continue }
      violations.append("line \(line) of \(lineCount)")
    }
    guard isThorough else { return violations }
    if outcome.paths.count != outcome.packages.count { violations.append("\(outcome.paths.count) paths") }
    for path in outcome.paths where path.count > outcome.packages.count + 1 { violations.append("path \(path)") }
    return violations
  }

  /// Lines of the file, at least one.
  static func lineCount(_ bytes: [UInt8]) -> Int {
    1 + bytes.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  // MARK: purl

  /// Whether `text` follows the grammar of package URLs: a type, one or more segments and maybe a version, all of them
  /// percent-encoded where they hold anything but unreserved characters and the colon.
  ///
  /// - Source: https://github.com/package-url/purl-spec (read 2026-11-23)
  static func isValidPURL(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: "pkg:".utf8) else { return false }
    let parts = bytes[4...].split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let path = parts.first else { return false }
    let segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard segments.count >= 2, let type = segments.first, isType(type) else { return false }
    if parts.count == 2, !isEncoded(parts[1]) { return false }
    return segments.dropFirst().allSatisfy {
      isEncoded($0) && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
    }
  }

  private static func isType(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || ".-".utf8.contains($0) }
  }

  /// Not empty, and nothing but unreserved characters, colons and percent-encoded bytes.
  private static func isEncoded(_ bytes: ArraySlice<UInt8>) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        let digits = bytes[(index + 1)...].prefix(2)
        guard digits.count == 2, digits.allSatisfy({ isDigit($0) || "ABCDEF".utf8.contains($0) }) else { return false }
        index += 3
      } else if isLetter(byte | 0x20) || isDigit(byte) || "-._~:".utf8.contains(byte) {
        index += 1
      } else {
        return false
      }
    }
    return !bytes.isEmpty
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  // MARK: Making files

  /// Pieces that formats give a meaning to.
  private static let tokens: [[UInt8]] =
    [
      "{", "}", "[", "]", "\"", ":", ",", "\n", "\r\n", "  ", "\t", "@", "/", "npm:", "---\n", "\\u0000", "null",
      "1e999", "#",
      "-", "&a", "*a", "<<<<<<<\n", "(", ")", "\u{FEFF}", "99999999999999999999", "node_modules/", "\"\"",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xFF, 0xFE]]

  /// `bytes` with one to four changes: bits flipped, bytes deleted, doubled, moved, and pieces put in.
  static func mutation(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !bytes.isEmpty else { return bytes }
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let range = start..<min(bytes.count, start + Int.random(in: 1...24, using: &random))
      let target = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[start] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.removeSubrange(range)
      case 3: bytes.insert(contentsOf: bytes[range], at: range.upperBound)
      case 4: bytes.insert(contentsOf: bytes[range], at: target)
      default: bytes.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: target)
      }
    }
    return bytes
  }

  /// The text as UTF-8 without a byte order mark; nil where the file is not well-formed.
  static func text(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { bytes in
      withDecodedText(bytes) { text, isWellFormed in isWellFormed ? Array(text) : nil }
    }
  }

  static func utf16(_ text: [UInt8], isBigEndian: Bool) -> [UInt8] {
    String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
      isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  /// With LF, or with CRLF, for every end of a line.
  static func lineEnds(_ text: [UInt8], _ end: String) -> [UInt8] {
    let plain = text.filter { $0 != UInt8(ascii: "\r") }
    return plain.flatMap { $0 == UInt8(ascii: "\n") ? Array(end.utf8) : [$0] }
  }

  /// JSON with the first letter of each string, keys included, written as an escape.
  static func escapingFirstLetters(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (isInString, index) = (false, 0)
    while index < text.count {
      let byte = text[index]
      result.append(byte)
      index += 1
      if isInString, byte == UInt8(ascii: "\\"), index < text.count {
        result.append(text[index])
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
        if isInString, index < text.count, isLetter(text[index] | 0x20) {
          result += Array("\\u00\(String(text[index], radix: 16))".utf8)
          index += 1
        }
      }
    }
    return result
  }

  /// Both texts as the two sides of one conflict.
  static func conflict(_ ours: [UInt8], _ theirs: [UInt8]) -> [UInt8] {
    Array("<<<<<<< ours\n".utf8) + ended(ours) + Array("=======\n".utf8) + ended(theirs)
      + Array(">>>>>>> theirs\n".utf8)
  }

  private static func ended(_ text: [UInt8]) -> [UInt8] {
    text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")]
  }

  /// `text` with `version` changed into one that it does not hold: everywhere, so that its parts still agree.
  static func changing(_ version: String, in text: [UInt8]) -> [UInt8] {
    Array(String(decoding: text, as: UTF8.self).replacingOccurrences(of: version, with: "\(version)077").utf8)
  }
}

extension ExtractedPackage {
  var purl: String { Package(ecosystem: ecosystem, name: name, version: version).purl }
}
