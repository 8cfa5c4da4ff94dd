// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension YarnLock {
  /// A word of a line of yarn 1's notation, where it stands.
  struct ClassicToken {
    /// As it stands there, without its quotes.
    let raw: Bytes
    /// Only where there are escapes to decode.
    let decoded: String?
    let isQuoted: Bool

    var string: String { decoded ?? raw.string }

    func equals(_ text: StaticString) -> Bool {
      decoded.map { $0 == "\(text)" } ?? raw.equals(text)
    }

    func withBytes<Result>(_ body: (Bytes) -> Result) -> Result {
      guard var decoded else { return body(raw) }
      return decoded.withUTF8(body)
    }
  }

  /// The words of one line. Nothing is read beyond its end, and whatever is not as yarn writes it is not read at all.
  struct ClassicTokens {
    private let line: Bytes
    private var offset: Int

    init(_ line: Bytes, from offset: Int) {
      self.line = line
      self.offset = offset
    }

    /// Whether nothing follows but a comment.
    var isAtEnd: Bool {
      let rest = line[slice: offset..<line.count]
      guard let first = rest.first(where: { $0 != UInt8(ascii: " ") }) else { return true }
      return first == UInt8(ascii: "#")
    }

    /// Passes over `byte`, if it comes next.
    mutating func skip(_ byte: UInt8) -> Bool {
      skipSpaces()
      guard offset < line.count, line[offset] == byte else { return false }
      offset += 1
      return true
    }

    /// A pattern, a field's or a package's name. Without quotes it ends before a comma, a space, or a colon with
    /// nothing but those behind it: yarn writes quotes around whatever holds a colon, and a text without them would
    /// mean this to a reader of YAML.
    mutating func key() -> ClassicToken? {
      word { line, index in
        switch line[index] {
        case UInt8(ascii: " "), UInt8(ascii: ","): true
        case UInt8(ascii: ":"): index + 1 == line.count || line[index + 1] == UInt8(ascii: " ")
        default: false
        }
      }
    }

    /// Without quotes it ends before a space.
    mutating func value() -> ClassicToken? {
      word { line, index in line[index] == UInt8(ascii: " ") }
    }

    private mutating func word(endsAt isEnd: (Bytes, Int) -> Bool) -> ClassicToken? {
      skipSpaces()
      guard offset < line.count else { return nil }
      if line[offset] == UInt8(ascii: "\"") { return quoted() }
      guard Self.mayBegin(line[offset]) else { return nil }
      var end = offset
      while end < line.count, !isEnd(line, end) {
        // Control characters (a tab, a lone carriage return) and quotes inside a word are nothing that yarn writes.
        guard line[end] > 0x20, line[end] != UInt8(ascii: "\"") else { return nil }
        end += 1
      }
      guard end > offset else { return nil }
      let word = line[slice: offset..<end]
      offset = end
      return ClassicToken(raw: word, decoded: nil, isQuoted: false)
    }

    /// Whether a word without quotes may begin with `byte`: not with what means something to a reader of YAML, which is
    /// what yarn 1 falls back on where its own notation ends.
    private static func mayBegin(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@"),
        UInt8(ascii: "^"),
        UInt8(ascii: "~"), UInt8(ascii: "="):
        true
      default: byte >= 0x80
      }
    }

    /// In quotes it is a string as JSON has it.
    private mutating func quoted() -> ClassicToken? {
      let rest = line[slice: offset..<line.count]
      var reader = JSONReader(rest)
      guard let string = try? reader.string() else { return nil }
      offset += reader.offset
      return ClassicToken(raw: string.raw, decoded: string.hasEscapes ? string.string : nil, isQuoted: true)
    }

    private mutating func skipSpaces() {
      while offset < line.count, line[offset] == UInt8(ascii: " ") { offset += 1 }
    }
  }
}
