// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads one version or one specifier from bytes, from left to right and never back by more than a separator.
///
/// The grammar is that of `packaging`'s patterns, whose repetitions do not give back what they took: `1.0a.` is a version
/// (`1.0a0`), since the separator before a number that is missing has been taken.
/// - Source: https://github.com/pypa/packaging, `version.py` and `specifiers.py` of 26.4 (read 2026-11-25)
struct PEP440Reader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int
  private let end: Int

  /// Leaves out white space at both ends.
  ///
  /// - Parameter bytes: Must outlive this value; callers keep it inside the closure that lends the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.init(bytes, in: 0..<bytes.count)
  }

  /// - Parameter range: The part of the bytes to read; must lie inside them.
  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) {
    self.bytes = bytes
    let trimmed = PEP440Space.trimmed(bytes, range)
    position = trimmed.lowerBound
    end = trimmed.upperBound
  }

  var isAtEnd: Bool { position == end }

  /// The byte at a place behind the current one; NUL, which no part of the grammar takes, where there is none.
  private func byte(_ offset: Int = 0) -> UInt8 {
    position + offset < end ? bytes[position + offset] : 0
  }

  private func isDigit(_ offset: Int = 0) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(offset))
  }

  // MARK: A whole version

  /// The version that all of the text is.
  mutating func version() -> PEP440Version? {
    guard let numbers = numbers() else { return nil }
    return rest(of: numbers)
  }

  /// The version that all of the text is, or the part of one that stands before `.*`.
  mutating func versionOrPrefix() -> (version: PEP440Version, isPrefix: Bool)? {
    guard let numbers = numbers() else { return nil }
    guard byte() == UInt8(ascii: "."), byte(1) == UInt8(ascii: "*"), position + 2 == end else {
      return rest(of: numbers).map { ($0, false) }
    }
    let version = PEP440Version(
      epoch: numbers.epoch, release: numbers.release, pre: nil, post: nil, dev: nil, local: [])
    return (version, true)
  }

  private typealias Numbers = (epoch: PEP440Version.Number, release: [PEP440Version.Number])

  /// `v1!2.3`.
  private mutating func numbers() -> Numbers? {
    if byte() | 0x20 == UInt8(ascii: "v") { position += 1 }
    guard var first = number() else { return nil }
    var epoch = PEP440Version.Number.zero
    if take("!") {
      epoch = first
      guard let number = number() else { return nil }
      first = number
    }
    var release = [first]
    while byte() == UInt8(ascii: "."), isDigit(1) {
      position += 1
      if let number = number() { release.append(number) }
    }
    return (epoch, release)
  }

  private mutating func rest(of numbers: Numbers) -> PEP440Version? {
    let pre = prerelease()
    let post = postrelease()
    let dev = tail(["dev"])
    let local = local()
    guard isAtEnd else { return nil }
    return PEP440Version(
      epoch: numbers.epoch, release: numbers.release, pre: pre, post: post, dev: dev?.number, local: local)
  }

  // MARK: Parts

  private static let phases: [(word: StaticString, phase: PEP440Version.Prerelease.Phase)] = [
    ("alpha", .alpha), ("a", .alpha), ("beta", .beta), ("b", .beta), ("preview", .candidate), ("pre", .candidate),
    ("c", .candidate), ("rc", .candidate),
  ]

  private static let phaseWords = phases.map(\.word)

  private mutating func prerelease() -> PEP440Version.Prerelease? {
    tail(Self.phaseWords).map {
      PEP440Version.Prerelease(phase: Self.phases[$0.word].phase, number: $0.number)
    }
  }

  private mutating func postrelease() -> PEP440Version.Number? {
    if byte() == UInt8(ascii: "-"), isDigit(1) {
      position += 1
      return number()
    }
    return tail(["post", "rev", "r"])?.number
  }

  /// A separator, the first of the words that stands here, a separator and a number, all but the word optional.
  ///
  /// - Returns: The word's position among `words`; `nil` where none stands here, and nothing was read.
  private mutating func tail(_ words: [StaticString]) -> (word: Int, number: PEP440Version.Number)? {
    let start = position
    skipSeparator()
    guard let word = words.firstIndex(where: { takeWord($0) }) else {
      position = start
      return nil
    }
    skipSeparator()
    return (word, number() ?? .zero)
  }

  /// `+ubuntu.1`; nothing where it does not stand here wholly.
  private mutating func local() -> [PEP440Version.LocalPart] {
    guard byte() == UInt8(ascii: "+"), isLetterOrDigit(1) else { return [] }
    var parts: [PEP440Version.LocalPart] = []
    repeat {
      position += 1
      parts.append(localPart())
    } while isSeparator(byte()) && isLetterOrDigit(1)
    return parts
  }

  private mutating func localPart() -> PEP440Version.LocalPart {
    let start = position
    while isLetterOrDigit() { position += 1 }
    let part = bytes[start..<position]
    if part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return .number(.init(digits: part)) }
    return .text(String(decoding: part.map(Self.lowercased), as: UTF8.self))
  }

  // MARK: Bytes

  private mutating func number() -> PEP440Version.Number? {
    let start = position
    while isDigit() { position += 1 }
    return start == position ? nil : PEP440Version.Number(digits: bytes[start..<position])
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private func isLetterOrDigit(_ offset: Int = 0) -> Bool {
    isDigit(offset) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(Self.lowercased(byte(offset)))
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private mutating func skipSeparator() {
    if isSeparator(byte()) { position += 1 }
  }

  /// Takes a text of the grammar, letters in any case.
  ///
  /// - Parameter word: ASCII, in small letters.
  private mutating func takeWord(_ word: StaticString) -> Bool {
    let matches = word.withUTF8Buffer { word in
      word.enumerated().allSatisfy { Self.lowercased(byte($0)) == $1 }
    }
    if matches { position += word.utf8CodeUnitCount }
    return matches
  }

  mutating func take(_ text: StaticString) -> Bool {
    takeWord(text)
  }

  /// Leaves out the white space that stands here.
  mutating func skipSpace() {
    while case let length = PEP440Space.length(bytes, at: position, before: end), length > 0 { position += length }
  }

  /// What is left, as a text.
  var remainder: String {
    String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// Whether a byte of what is left has the property, or white space stands in it.
  func contains(_ property: (UInt8) -> Bool) -> Bool {
    (position..<end).contains { place in
      property(bytes[place]) || PEP440Space.length(bytes, at: place, before: end) > 0
    }
  }
}

/// What Python's `\s` and `strip` take for white space in a text.
///
/// - Source: https://docs.python.org/3/library/stdtypes.html#str.isspace (read 2026-11-25)
enum PEP440Space {
  /// The length in bytes of the white space that begins at a place, or 0.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, before end: Int) -> Int {
    guard place >= 0, place < end else { return 0 }
    switch bytes[place] {
    case 0x09...0x0D, 0x1C...0x20: return 1
    case 0xC2 where place + 1 < end: return bytes[place + 1] == 0x85 || bytes[place + 1] == 0xA0 ? 2 : 0
    case 0xE1...0xE3 where place + 2 < end:
      return isWide(bytes[place], bytes[place + 1], bytes[place + 2]) ? 3 : 0
    default: return 0
    }
  }

  private static func isWide(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE1, 0x9A, 0x80): true  // U+1680
    case (0xE2, 0x80, 0x80...0x8A): true  // U+2000 to U+200A
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): true  // U+2028, U+2029, U+202F
    case (0xE2, 0x81, 0x9F): true  // U+205F
    case (0xE3, 0x80, 0x80): true  // U+3000
    default: false
    }
  }

  /// The range without white space at either end.
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while case let length = length(bytes, at: start, before: end), length > 0 { start += length }
    while end > start, case let length = length(bytes, endingAt: end), length > 0 { end -= length }
    return start..<max(start, end)
  }

  private static func length(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int {
    (1...3).first { length(bytes, at: end - $0, before: end) == $0 } ?? 0
  }
}
