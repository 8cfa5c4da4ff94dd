// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What goes into a place of a template.
enum Argument: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
  /// From outside; escaped when it is filled in.
  case text(String)
  /// Of our own making, escaped already where it had to be.
  case words(String)
  case count(Int)

  init(stringLiteral value: String) {
    self = .words(value)
  }

  init(integerLiteral value: Int) {
    self = .count(value)
  }
}

extension Wording {
  func callAsFunction(_ phrase: Phrase, _ arguments: Argument...) -> String {
    fill(language.phrase(phrase), arguments)
  }

  /// `template` with its places filled. What is filled in is not looked at again, so text from outside cannot bring in
  /// places.
  ///
  /// A place without an argument stays empty; a test rules that out for all that is said.
  func fill(_ template: String, _ arguments: [Argument]) -> String {
    var result = ""
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { break }
      result += Substring(rest[..<open])
      result += value(of: rest[rest.index(after: open)..<close], arguments)
      rest = rest[rest.index(after: close)...]
    }
    return result + Substring(rest)
  }

  /// - Parameter place: `0`, or `0#package|packages`.
  private func value(of place: Substring.UTF8View, _ arguments: [Argument]) -> String {
    guard let number = place.first.flatMap(Self.digit), number < arguments.count else { return "" }
    let forms = place.dropFirst(2).split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    switch arguments[number] {
    case .count(let count):
      guard forms.count == 2 else { return language.number(count) }
      return String(Substring(forms[language.isSingular(count) ? 0 : 1]))
    case .text(let text): return quoted(text)
    case .words(let words): return words
    }
  }

  /// How many places `template` has: one more than the highest number in it.
  static func placeCount(_ template: String) -> Int {
    var count = 0
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      rest = rest[rest.index(after: open)...]
      if let number = rest.first.flatMap(digit) { count = max(count, number + 1) }
    }
    return count
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }
}

extension Wording {
  /// The most columns that a name, a version or a requirement gets; the middle of a longer one is left out.
  static let longestName = 240

  /// A name, a version or the like from outside: escaped, not endless, and its spaces kept together.
  func quoted(_ text: String) -> String {
    let escaped = Escaping.terminal(text, isUnicode: isUnicode)
    return Glue.joined(Columns.shortened(escaped, to: Self.longestName, ellipsis: ellipsis))
  }

  /// A path: the same, of any length, for a path that is cut is no path.
  func path(_ path: String) -> String {
    Glue.joined(Escaping.terminal(path, isUnicode: isUnicode))
  }

  /// A text of ours, in the signs that may be used.
  func prose(_ text: String) -> String {
    isUnicode ? Escaping.terminal(text) : Escaping.plain(text)
  }

  var ellipsis: String { isUnicode ? "…" : "..." }
}

/// Keeps the words of a name together through wrapping: its spaces are another character until the line is written.
enum Glue {
  /// Of the private use area: none of those comes through ``Escaping/terminal(_:isUnicode:)``.
  private static let scalar: Unicode.Scalar = "\u{E000}"

  static func joined(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: " ")) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == " " ? scalar : $0 }))
  }

  /// `text` with its spaces back.
  static func dissolved(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == scalar ? " " : $0 }))
  }
}
