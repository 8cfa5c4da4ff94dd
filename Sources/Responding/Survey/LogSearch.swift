// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Parsing

/// Searches a log for an attacker's hosts, line by line, whatever its size. Of a line only its number and its time are kept.
///
/// - Source: RFC 5424, section 6.2.3, and RFC 3164, section 4.1.2, for the times that lines begin with (read 2026-11-25)
struct LogSearch {
  /// The lines that name one host.
  struct Hit: Hashable {
    let host: String
    /// 1-based.
    var firstLine: Int
    var count: Int
    /// Seconds since 1970; nil where the line does not tell.
    var first: Int64?
    var last: Int64?
  }

  /// Of a longer line only so much is looked at; what follows is looked at as a line of its own.
  private static let longestLine = 1 << 16

  private let hosts: [[UInt8]]
  /// The time of the last writing: lines of the old form have no year, and none is later.
  private let modified: Int64
  private(set) var hits: [Hit] = []
  private var line = 1
  private var rest: [UInt8] = []

  init(for hosts: [String], modified: Int64) {
    self.hosts = hosts.map { Array($0.utf8) }
    self.modified = modified
  }

  /// Reads the whole file.
  mutating func read(_ file: Int32, with buffer: ReadBuffer) throws(SystemError) {
    _ = try buffer.forEachPiece(of: file) { piece in
      add(piece)
      return true
    }
    end()
  }

  mutating func add(_ piece: Bytes) {
    var start = 0
    while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      take(piece[start..<end])
      line += 1
      start = end + 1
    }
    rest.append(contentsOf: piece[start...])
    if rest.count > Self.longestLine { end() }
  }

  /// Looks at what stands behind the last line break.
  mutating func end() {
    let whole = rest
    rest = []
    if !whole.isEmpty { whole.withUnsafeBufferPointer { look(at: $0) } }
  }

  private mutating func take(_ text: Slice<Bytes>) {
    guard !rest.isEmpty else { return look(at: Bytes(rebasing: text)) }
    rest.append(contentsOf: text)
    let whole = rest
    rest = []
    whole.withUnsafeBufferPointer { look(at: $0) }
  }

  private mutating func look(at text: Bytes) {
    for (number, host) in hosts.enumerated() where text.contains(host) && Self.isWhole(host, in: text) {
      let time = time(of: text)
      let name = String(decoding: hosts[number], as: UTF8.self)
      guard let position = hits.firstIndex(where: { $0.host == name }) else {
        hits.append(Hit(host: name, firstLine: line, count: 1, first: time, last: time))
        continue
      }
      hits[position].count += 1
      hits[position].last = time ?? hits[position].last
    }
  }

  /// Whether the host stands by itself: `10.0.0.1` is not in `110.0.0.12`, and `evil.example` is in `xd.evil.example.`.
  private static func isWhole(_ host: [UInt8], in text: Bytes) -> Bool {
    guard text.count >= host.count else { return false }
    return (0...(text.count - host.count)).contains { start in
      guard text[start..<(start + host.count)].elementsEqual(host) else { return false }
      let end = start + host.count
      return !(start > 0 && isOfName(text[start - 1])) && !(end < text.count && isOfName(text[end]))
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte & ~0x20)
  }

  // MARK: Times

  /// The time that a line begins with: `2026-05-14T15:02:11.123456+02:00`, `2026-05-14 15:02:11`, `May 14 15:02:11`, `1715699999`.
  private func time(of text: Bytes) -> Int64? {
    let words = text.prefix(48).split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard let first = words.first else { return nil }
    let start = first.hasPrefix("[") ? String(first.dropFirst().prefix { $0 != "]" }) : first
    if let moment = Moment(start), start.utf8.count > 10 { return moment.seconds }
    if words.count > 1, let moment = Moment(start + "T" + words[1].prefix(8) + "Z") { return moment.seconds }
    if let seconds = Int64(start.prefix { $0 != "." }), seconds > 1_000_000_000, seconds < 100_000_000_000 {
      return seconds
    }
    return Self.months.firstIndex(of: start).flatMap { month in
      words.count > 2 ? withoutYear(month + 1, words[1], words[2]) : nil
    }
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// In the newest year that does not make it later than the file's last writing. The zone is not told: UTC is taken.
  private func withoutYear(_ month: Int, _ day: String, _ time: String) -> Int64? {
    guard let year = Int(Moment(seconds: modified).text.prefix(4)), day.utf8.count <= 2 else { return nil }
    func padded(_ text: String) -> String { text.utf8.count < 2 ? "0" + text : text }
    let candidates = [year, year - 1].compactMap {
      Moment("\($0)-\(padded("\(month)"))-\(padded(day))T\(time.prefix(8))Z")?.seconds
    }
    return candidates.first { $0 <= modified + 86_400 }
  }
}
