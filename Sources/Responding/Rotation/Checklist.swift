// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Exposure
public import Inventory

/// A checklist as people kept it: what they ticked, and what they wrote.
///
/// It is Markdown. Comments hold what a program needs to know its own lines again: of a credential its kind, path, time of last writing and
/// inode, and never anything made of its value; of its own lines a short hash, so that every other line is somebody's and is kept.
public struct Checklist: Sendable {
  /// A place that was on the list, as its file was then.
  public struct Place: Hashable, Sendable {
    public var kind: String
    public var path: String
    /// Seconds since 1970, and the file's inode; nil for a variable.
    public var modified: Int64?
    public var inode: UInt64?

    public init(kind: String, path: String, modified: Int64?, inode: UInt64?) {
      (self.kind, self.path, self.modified, self.inode) = (kind, path, modified, inode)
    }

    public init(_ sighting: CredentialSighting) {
      self.init(
        kind: sighting.kind, path: sighting.path, modified: sighting.identity?.modified,
        inode: sighting.identity?.inode)
    }
  }

  /// One box.
  public struct Item: Hashable, Sendable {
    /// ``ChecklistKey``; nil for a box that somebody else made.
    public var key: String?
    public var isTicked = false
    public var places: [Place] = []
    /// Lines that people wrote beside it, as they are. For a box of their own its line first, without the box.
    public var notes: [String] = []

    public init(key: String?) { self.key = key }
  }

  /// In the order of the file.
  public var items: [Item] = []
  /// Lines that people wrote outside of any item.
  public var notes: [String] = []
  /// What could not be read: the file is too large, or has too many lines.
  public var problem: Coverage.Reason?

  public init() {}

  public static let mostBytes = 4 << 20
  static let mostLines = 50_000

  /// The item with this key; of several the ticked one.
  public func item(_ key: String) -> Item? {
    let found = items.filter { $0.key == key }
    return found.first(where: \.isTicked) ?? found.first
  }
}

/// How a line of ours, and a place, are written into comments.
public enum ChecklistKey {
  /// A step that comes before the items: `step:isolate`.
  public static func step(_ code: String) -> String { "step:" + code }

  /// Begins each comment of ours.
  static let word = "gifthorse"

  /// `<!-- gifthorse item npm-token 1f2e3d4c,… -->`: the item's key, and hashes of the lines that are ours.
  public static func comment(key: String, lines: [String]) -> String {
    "<!-- \(word) item \(escaped(key)) \(lines.map(hash).joined(separator: ",")) -->"
  }

  /// `<!-- gifthorse lines 1f2e3d4c,… -->`: hashes of lines of ours outside of items.
  public static func comment(lines: [String]) -> String {
    "<!-- \(word) lines \(lines.map(hash).joined(separator: ",")) -->"
  }

  /// `<!-- gifthorse place npm-token 1764000000 8123 ~/.npmrc -->`
  public static func comment(_ place: Checklist.Place) -> String {
    let modified = place.modified.map { "\($0)" } ?? "-"
    let inode = place.inode.map { "\($0)" } ?? "-"
    return "<!-- \(word) place \(escaped(place.kind)) \(modified) \(inode) \(escaped(place.path)) -->"
  }

  /// Eight hexadecimal digits of a line of ours, white space around it apart. It tells our lines from those of people, and no more: none
  /// of ours holds a secret.
  /// - Source: https://datatracker.ietf.org/doc/draft-eastlake-fnv/ (read 2026-11-25)
  static func hash(_ line: String) -> String {
    // FNV-1a, the same in every run.
    let value = trimmed(line).utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  static func trimmed(_ line: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = line.utf8
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(line[first...last])
  }

  /// What would end a comment, a word or a line, in percent signs and hexadecimal digits.
  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      if byte <= 0x20 || byte == 0x7F
        || [UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "-")].contains(byte)
      {
        // A single hyphen is harmless, and most names have one.
        let isHarmless = byte == UInt8(ascii: "-") && result.last != UInt8(ascii: "-") && !result.isEmpty
        result += isHarmless ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// nil where a percent sign is not followed by two hexadecimal digits.
  static func unescaped(_ text: Substring) -> String? {
    func value(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    var result: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value) else { return nil }
      result.append(high << 4 | low)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
