// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A text's bytes. Reading outside of them yields NUL, which no part of the grammar accepts; so no read needs a proof.
struct SemVerText {
  private let bytes: UnsafeBufferPointer<UInt8>

  /// - Parameter bytes: Must outlive this value; both callers keep it inside the closure that lends the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  subscript(position: Int) -> UInt8 {
    position >= 0 && position < bytes.count ? bytes[position] : 0
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func isLetterOrHyphen(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "-")
  }

  static func isIdentifierByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetterOrHyphen(byte)
  }

  /// `x`, `X` and `*` stand for any number in a range.
  static func isWildcard(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "x") || byte == UInt8(ascii: "*")
  }

  /// The length in bytes of what JavaScript's `\s` and `trim` take for white space, or 0.
  ///
  /// - Source: https://tc39.es/ecma262/#sec-white-space (read 2026-11-23)
  func whiteSpaceLength(at position: Int) -> Int {
    let first = self[position]
    switch first {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2: return self[position + 1] == 0xA0 ? 2 : 0
    case 0xE1...0xEF: return isWideSpace(first, self[position + 1], self[position + 2]) ? 3 : 0
    default: return 0
    }
  }

  private func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE1, 0x9A, 0x80): true  // U+1680
    case (0xE2, 0x80, 0x80...0x8A): true  // U+2000 to U+200A
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): true  // U+2028, U+2029, U+202F
    case (0xE2, 0x81, 0x9F): true  // U+205F
    case (0xE3, 0x80, 0x80): true  // U+3000
    case (0xEF, 0xBB, 0xBF): true  // U+FEFF
    default: false
    }
  }

  /// The bytes without white space at either end.
  var trimmed: Range<Int> {
    var start = 0
    while case let length = whiteSpaceLength(at: start), length > 0 { start += length }
    var end = count
    while end > start, case let length = whiteSpaceLength(before: end), length > 0 { end -= length }
    return start..<max(start, end)
  }

  private func whiteSpaceLength(before end: Int) -> Int {
    // Nearly every text ends in a plain letter or digit.
    if (0x21...0x7E).contains(self[end - 1]) { return 0 }
    for length in 1...3 where whiteSpaceLength(at: end - length) == length { return length }
    return 0
  }

  /// Whether the text has at most that many UTF-16 code units, which is how JavaScript counts.
  ///
  /// Exact for every text that can still be a version: the white space around it is one unit a character.
  func isAtMost(utf16 most: Int) -> Bool {
    // A unit takes one to three bytes, so that most texts are decided without counting.
    count <= most || (count <= 3 * most && bytes.count { $0 & 0xC0 != 0x80 } <= most)
  }

  /// The end of the digits that start here, of which it counts no more than it is told to.
  func endOfDigits(_ start: Int, atMost most: Int = .max) -> Int {
    var end = start
    while end - start < most, Self.isDigit(self[end]) { end += 1 }
    return end
  }

  /// The value of a run of digits; what does not fit is `UInt64.max`, which is above every limit here.
  func number(_ digits: Range<Int>) -> UInt64 {
    var value: UInt64 = 0
    for position in digits {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(self[position] &- UInt8(ascii: "0")))
      if overflow || carry { return .max }
      value = sum
    }
    return value
  }
}

/// What node-semver's patterns accept, in their strict and their loose form.
///
/// Its patterns bound every repetition, which shows in loose ranges: a comparator that is too long for the pattern is
/// dropped, one that fits and then turns out to be no version makes the whole range invalid. Hence the limits here.
/// - Source: https://github.com/npm/node-semver, `internal/re.js` of 7.6.2 (read 2026-11-23)
struct SemVerGrammar {
  let text: SemVerText
  let loose: Bool

  /// Most repetitions of a digit.
  static let digits = 256
  /// Most repetitions of a letter, digit or hyphen in one identifier.
  static let letters = 250

  init(_ text: SemVerText, loose: Bool) {
    self.text = text
    self.loose = loose
  }

  /// A version with its parts, or the start of one; places that were not written are `nil`.
  struct Parts {
    var major: Range<Int>
    var minor: Range<Int>?
    var patch: Range<Int>?
    var prerelease: Range<Int>?
  }

  // MARK: Whole texts

  /// The version that this text is.
  func version() -> SemanticVersion? {
    guard text.isAtMost(utf16: SemanticVersion.maximumLength), let parts = full(in: text.trimmed) else { return nil }
    return version(parts)
  }

  /// A version from its parts.
  ///
  /// - Returns: `nil` where one of the first three numbers is too large.
  func version(_ parts: Parts) -> SemanticVersion? {
    guard let minor = parts.minor, let patch = parts.patch else { return nil }
    let numbers = (text.number(parts.major), text.number(minor), text.number(patch))
    guard max(numbers.0, numbers.1, numbers.2) <= SemanticVersion.maximumNumber else { return nil }
    return SemanticVersion(
      major: numbers.0, minor: numbers.1, patch: numbers.2, prerelease: parts.prerelease.map(identifiers) ?? [])
  }

  private func identifiers(_ range: Range<Int>) -> [SemanticVersion.Identifier] {
    var found: [SemanticVersion.Identifier] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = (start..<range.upperBound).first { text[$0] == UInt8(ascii: ".") } ?? range.upperBound
      found.append(identifier(start..<end))
      start = end + 1
    }
    return found
  }

  private func identifier(_ range: Range<Int>) -> SemanticVersion.Identifier {
    if text.endOfDigits(range.lowerBound) >= range.upperBound, case let number = text.number(range),
      number < SemanticVersion.maximumNumber
    {
      return .number(number)
    }
    return .text(text.string(range))
  }

  /// Matches a version that takes up the whole range: three numbers, then perhaps a prerelease and build metadata.
  func full(in range: Range<Int>) -> Parts? {
    var start = range.lowerBound
    if loose {
      start = endOfPrefix(start)
    } else if text[start] == UInt8(ascii: "v") {
      start += 1
    }
    guard let parts = partial(at: start, end: range.upperBound, wildcards: false), parts.patch != nil else {
      return nil
    }
    return parts
  }

  /// Matches a whole range that is a version of which places may be missing or wildcards.
  func partial(in range: Range<Int>) -> Parts? {
    partial(at: endOfPrefix(range.lowerBound), end: range.upperBound, wildcards: true)
  }

  /// The end of any mixture of `v`, `=` and white space.
  func endOfPrefix(_ start: Int) -> Int {
    var position = start
    while true {
      let byte = text[position]
      if byte == UInt8(ascii: "v") || byte == UInt8(ascii: "=") {
        position += 1
      } else if case let length = text.whiteSpaceLength(at: position), length > 0 {
        position += length
      } else {
        return position
      }
    }
  }

  private func partial(at start: Int, end: Int, wildcards: Bool) -> Parts? {
    guard let major = place(at: start, wildcards: wildcards) else { return nil }
    var parts = Parts(major: major)
    if major.upperBound == end { return parts }
    guard let minor = nextPlace(after: major, wildcards: wildcards) else { return nil }
    parts.minor = minor
    if minor.upperBound == end { return parts }
    guard let patch = nextPlace(after: minor, wildcards: wildcards) else { return nil }
    parts.patch = patch
    return rest(of: parts, patch: patch, end: end)
  }

  private func nextPlace(after place: Range<Int>, wildcards: Bool) -> Range<Int>? {
    guard text[place.upperBound] == UInt8(ascii: ".") else { return nil }
    return self.place(at: place.upperBound + 1, wildcards: wildcards)
  }

  /// One of the first three places, as long as the pattern takes it to be.
  private func place(at start: Int, wildcards: Bool) -> Range<Int>? {
    if wildcards, SemVerText.isWildcard(text[start]) { return start..<start + 1 }
    let end = endOfNumber(at: start)
    return end > start ? start..<end : nil
  }

  /// The end of a number: strictly, `0` stands alone.
  private func endOfNumber(at start: Int) -> Int {
    if !loose, text[start] == UInt8(ascii: "0") { return start + 1 }
    // Strictly, the first digit is matched apart from the repetition.
    return text.endOfDigits(start, atMost: Self.digits + (loose ? 0 : 1))
  }

  // MARK: After the third number

  private func rest(of parts: Parts, patch: Range<Int>, end: Int) -> Parts? {
    var parts = parts
    let start = patch.upperBound
    if isBuild(start, end: end) { return parts }
    for candidate in prereleaseStarts(after: patch) where isPrerelease(candidate, end: end) {
      parts.patch = patch.lowerBound..<min(candidate, start)
      parts.prerelease = candidate..<endOfPrerelease(candidate, end: end)
      return parts
    }
    return nil
  }

  /// Where a prerelease may start, the pattern's first choice first.
  ///
  /// Loose patterns need no hyphen, so that a hyphen may also belong to the identifier. And they give up the last digit
  /// of the third number where nothing else fits: `1.2.34.5` is `1.2.3-4.5` to them.
  private func prereleaseStarts(after patch: Range<Int>) -> [Int] {
    let start = patch.upperBound
    switch text[start] {
    case UInt8(ascii: "-"): return loose ? [start + 1, start] : [start + 1]
    case UInt8(ascii: "."): return loose && patch.count > 1 ? [start - 1] : []
    default: return loose ? [start] : []
    }
  }

  private func endOfPrerelease(_ start: Int, end: Int) -> Int {
    (start..<end).first { text[$0] == UInt8(ascii: "+") } ?? end
  }

  /// Whether identifiers start here that reach to the end or to build metadata which does.
  private func isPrerelease(_ start: Int, end: Int) -> Bool {
    let stop = endOfPrerelease(start, end: end)
    return isBuild(stop, end: end) && isDotted(start..<stop, isPrereleaseIdentifier)
  }

  /// Whether nothing is left here, or build metadata to the end.
  private func isBuild(_ start: Int, end: Int) -> Bool {
    if start == end { return true }
    guard text[start] == UInt8(ascii: "+") else { return false }
    return isDotted(start + 1..<end) { (1...Self.letters).contains($0.count) && $0.allSatisfy(isIdentifierByte) }
  }

  private func isIdentifierByte(at position: Int) -> Bool {
    SemVerText.isIdentifierByte(text[position])
  }

  /// Whether the range consists of identifiers with a dot between each two.
  private func isDotted(_ range: Range<Int>, _ isIdentifier: (Range<Int>) -> Bool) -> Bool {
    var start = range.lowerBound
    for position in range where text[position] == UInt8(ascii: ".") {
      guard isIdentifier(start..<position) else { return false }
      start = position + 1
    }
    return isIdentifier(start..<range.upperBound)
  }

  private func isPrereleaseIdentifier(_ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    let letter = min(text.endOfDigits(start), range.upperBound)
    if letter == range.upperBound { return letter > start && endOfNumber(at: start) == letter }
    return letter - start <= Self.digits && range.upperBound - letter <= Self.letters + 1
      && SemVerText.isLetterOrHyphen(text[letter]) && (letter..<range.upperBound).allSatisfy(isIdentifierByte)
  }
}

// MARK: - Where a version ends in a longer text

extension SemVerGrammar {
  /// The end of what looks like a version or a part of one, right here and as far as the patterns reach.
  ///
  /// Differs from matching a whole text: the first alternative that fits is taken, even if the rest then makes no sense.
  /// - Returns: `nil` where neither a digit nor a wildcard stands here.
  static func endOfVersion(in text: SemVerText, at start: Int) -> Int? {
    let loose = SemVerGrammar(text, loose: true)
    if let end = loose.endOfNumbers(at: start) { return loose.endOfTail(end) }
    return SemVerGrammar(text, loose: false).endOfPartial(at: start)
  }

  /// The end of three numbers.
  private func endOfNumbers(at start: Int) -> Int? {
    var place = place(at: start, wildcards: false)
    for _ in 0..<2 {
      guard let found = place else { return nil }
      place = nextPlace(after: found, wildcards: false)
    }
    return place?.upperBound
  }

  private func endOfPartial(at start: Int) -> Int? {
    guard let major = place(at: start, wildcards: true) else { return nil }
    guard let minor = nextPlace(after: major, wildcards: true) else { return major.upperBound }
    guard let patch = nextPlace(after: minor, wildcards: true) else { return minor.upperBound }
    return endOfTail(patch.upperBound)
  }

  /// The end of a prerelease and build metadata, where there is either.
  private func endOfTail(_ start: Int) -> Int {
    var end = start
    let hasHyphen = text[start] == UInt8(ascii: "-")
    if hasHyphen, let found = endOfDotted(start + 1, endOfPrereleaseIdentifier) {
      end = found
    } else if loose, let found = endOfDotted(start, endOfPrereleaseIdentifier) {
      end = found
    }
    guard text[end] == UInt8(ascii: "+") else { return end }
    return endOfDotted(end + 1, endOfBuildIdentifier) ?? end
  }

  private func endOfDotted(_ start: Int, _ endOfIdentifier: (Int) -> Int?) -> Int? {
    guard var end = endOfIdentifier(start) else { return nil }
    while text[end] == UInt8(ascii: "."), let next = endOfIdentifier(end + 1) { end = next }
    return end
  }

  /// Digits count as a number first, even if letters follow.
  private func endOfPrereleaseIdentifier(_ start: Int) -> Int? {
    if SemVerText.isDigit(text[start]) { return endOfNumber(at: start) }
    guard SemVerText.isLetterOrHyphen(text[start]) else { return nil }
    return endOfIdentifierBytes(start + 1, atMost: Self.letters)
  }

  private func endOfBuildIdentifier(_ start: Int) -> Int? {
    let end = endOfIdentifierBytes(start, atMost: Self.letters)
    return end > start ? end : nil
  }

  private func endOfIdentifierBytes(_ start: Int, atMost most: Int) -> Int {
    var end = start
    while end - start < most, isIdentifierByte(at: end) { end += 1 }
    return end
  }
}
