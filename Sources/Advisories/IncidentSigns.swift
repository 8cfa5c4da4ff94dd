// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CIncidents
public import Inventory
internal import Parsing

/// What incidents can be found by beside the names of their packages: signs that they leave behind, and digests of their files.
///
/// A scan needs them before it reads the first folder, so those of the embedded incidents come from a table of their own that is made when
/// the program is built; see `Scripts/list-incidents`.
public struct IncidentSigns: Sendable {
  /// A sign of one incident.
  public struct Entry: Sendable {
    public var sign: Sign
    /// The incident's number in its ``IncidentIndex``.
    public var incident: Int
    /// The key of the incident's variant that leaves it.
    public var variant: String?
    /// Whether nobody but this attacker has such a thing.
    public var isCertain: Bool
    /// What it means, in English.
    public var note: String?
    /// The package whose archive it is; nil for what belongs to no package.
    public var package: Package?
  }

  /// The digest of a file that one incident is about.
  public struct Digest: Sendable {
    /// 64 hexadecimal digits of SHA-256, or as lockfiles write another: `sha512-…`.
    public var text: String
    public var incident: Int
    /// The file's name, where it is known.
    public var file: String?
    /// The package whose archive it is.
    public var package: Package?
  }

  public var entries: [Entry] = []
  public var digests: [Digest] = []

  public init() {}

  /// Those of the incidents that are compiled into the program, in the numbers of ``IncidentIndex/embedded()``.
  /// - Complexity: O(rows of the table), well below a millisecond.
  public static func embedded() -> IncidentSigns {
    var signs = IncidentSigns()
    IncidentTable.forEachSign { row in signs.add(row) }
    return signs
  }

  private mutating func add(_ row: IncidentTable.Row) {
    guard let incident = row.number else { return }
    switch row.letter {
    case UInt8(ascii: "s"):
      guard let kind = row[0].flatMap(Sign.Kind.init(rawValue:)), let path = row[4] else { return }
      let sign = Sign(
        kind: kind, path: path, contains: row.list(5, separator: 0x1F), equals: row[8],
        digests: row.list(6, separator: UInt8(ascii: ",")), size: row[2].flatMap(Int.init))
      entries.append(
        Entry(sign: sign, incident: incident, variant: row[3], isCertain: row[1] == "1", note: row[7]))
    case UInt8(ascii: "d"):
      guard let text = row[0] else { return }
      let package = row[2].flatMap { ecosystem in
        row[3].map { Package(ecosystem: Ecosystem(ecosystem), name: $0, version: row[4]) }
      }
      digests.append(Digest(text: text, incident: incident, file: row[1], package: package))
      if let path = Self.placeInNPMCache(ofDigest: text) {
        entries.append(
          Entry(
            sign: Sign(kind: .file, path: path), incident: incident, isCertain: true,
            note: "npm's cache holds the archive: it would be installed from there, even without a network.",
            package: package))
      }
    default: break
    }
  }
}

extension IncidentSigns {
  /// Where npm's cache keeps content of this digest: by its hexadecimal digits, in folders of the first two and the next two. nil for another
  /// kind of digest.
  ///
  /// - Source: https://github.com/npm/cacache, `lib/content/path.js` (read 2026-11-25)
  static func placeInNPMCache(ofDigest text: String) -> String? {
    guard text.hasPrefix("sha512-"), let bytes = decodedBase64(text.utf8.dropFirst(7)), bytes.count == 64 else {
      return nil
    }
    let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return "_cacache/content-v2/sha512/\(digits[0])/\(digits[1])/\(digits[2...].joined())"
  }

  /// - Source: RFC 4648, section 4 (read 2026-11-25)
  private static func decodedBase64(_ text: Substring.UTF8View) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bytes: [UInt8] = []
    var (word, bits) = (0, 0)
    for digit in text where digit != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: digit) else { return nil }
      word = (word << 6 | value) & 0xFFFF
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> bits))
    }
    return bytes
  }
}

/// The table that `Scripts/list-incidents` makes of the incidents.
enum IncidentTable {
  /// A letter, the number of an incident, and fields.
  struct Row {
    fileprivate let fields: [Slice<Bytes>]

    var letter: UInt8? { fields.first?.first }
    var number: Int? { fields.count > 1 ? Int(String(decoding: fields[1], as: UTF8.self)) : nil }

    /// The field with this number after the incident's; nil where there is none.
    subscript(_ index: Int) -> String? {
      guard index + 2 < fields.count, !fields[index + 2].elementsEqual("-".utf8) else { return nil }
      return String(decoding: fields[index + 2], as: UTF8.self)
    }

    func list(_ index: Int, separator: UInt8) -> [String] {
      self[index].map { $0.utf8.split(separator: separator).map { String(Substring($0)) } } ?? []
    }
  }

  /// Calls `body` with the rows of signs and digests, which come before those of names.
  static func forEachSign(_ body: (Row) -> Void) {
    forEachLine { line in
      if line.first == UInt8(ascii: "n") { return false }
      body(Row(fields: line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)))
      return true
    }
  }

  /// Calls `body` with the rows of names: an incident's number, an ecosystem and a name.
  /// - Returns: The date of the newest incident.
  static func forEachName(_ body: (Int, _ ecosystem: Bytes, _ name: Bytes) -> Void) -> String {
    var date = ""
    forEachLine { line in
      if line.first == UInt8(ascii: "v") {
        date = line[slice: 2..<line.count].string
      } else if line.first == UInt8(ascii: "n"), let number = line.firstOffset(of: tab, from: 2),
        let ecosystem = line.firstOffset(of: tab, from: number + 1)
      {
        let digits = line[slice: 2..<number].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        body(digits, line[slice: (number + 1)..<ecosystem], line[slice: (ecosystem + 1)..<line.count])
      }
      return true
    }
    return date
  }

  private static let tab = UInt8(ascii: "\t")

  /// - Parameter body: Gets a row, which has at least a letter and a tab; false ends the reading.
  private static func forEachLine(_ body: (Bytes) -> Bool) {
    var length = 0
    let table = Bytes(start: gifthorse_incident_table(&length), count: length)
    var start = 0
    while start < length {
      let end = table.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? length
      if end >= start + 2, !body(table[slice: start..<end]) { return }
      start = end + 1
    }
  }
}
