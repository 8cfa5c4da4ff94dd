// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Brings a version into Composer's normal form: `v1.2-b3` is `1.2.0.0-beta3`.
///
/// - Source: https://github.com/composer/semver, `VersionParser::normalize` of 3.3.2 (read 2026-11-25)
enum ComposerNormalizer {
  /// - Returns: `nil` where Composer refuses the version.
  static func normalized(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var text = ComposerText.trimmed(text)
    text = ComposerText.trimmed(withoutAlias(text))
    if let flag = stabilityFlag(of: text) { text = text.dropLast(flag.count + 1) }
    if ["master", "trunk", "default"].contains(where: { text.elementsEqual($0.utf8) }) {
      return Array("dev-".utf8) + text
    }
    if ComposerText.hasPrefix("dev-", text) { return Array("dev-".utf8) + text.dropFirst(4) }
    text = withoutBuild(text)
    return classical(text) ?? date(text) ?? branch(text)
  }

  // MARK: What stands around a version

  /// The version in front of `as`: `dev-main as 1.0`.
  static func withoutAlias(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isWord(_ byte: UInt8) -> Bool { byte != UInt8(ascii: ",") && !ArraySlice.isSpace(byte) }
    let first = text.prefix(while: isWord)
    let middle = text[first.endIndex...].drop { $0 == UInt8(ascii: " ") }
    guard !first.isEmpty, middle.startIndex > first.endIndex, middle.starts(with: "as ".utf8) else { return text }
    let last = middle.dropFirst(3).drop { $0 == UInt8(ascii: " ") }
    return !last.isEmpty && last.allSatisfy(isWord) ? first : text
  }

  /// The word behind an `@` at the end: `beta` of `1.0@beta`.
  static func stabilityFlag(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let at = text.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let flag = text[(at + 1)...]
    let known: [StaticString] = ["stable", "rc", "beta", "alpha", "dev"]
    return known.contains { $0.utf8CodeUnitCount == flag.count && ComposerText.hasPrefix($0, flag) } ? flag : nil
  }

  private static func withoutBuild(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let plus = text.firstIndex(of: UInt8(ascii: "+")), plus > text.startIndex, plus + 1 < text.endIndex,
      !text[..<plus].contains(UInt8(ascii: ",")), !text.contains(where: ArraySlice.isSpace)
    else { return text }
    return text[..<plus]
  }

  static func withoutV(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    ComposerText.hasPrefix("v", text) ? text.dropFirst() : text
  }

  // MARK: Kinds of versions

  /// `1.2.3.4`, of which the first number has five digits at most.
  private static func classical(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let text = withoutV(text)
    let major = text.prefix(while: VersionText.isDigit)
    guard (1...5).contains(major.count) else { return nil }
    var (numbers, rest, count) = (Array(major), text[major.endIndex...], 1)
    while count < 4, let number = dottedNumber(rest) {
      numbers += rest[..<number.endIndex]
      rest = rest[number.endIndex...]
      count += 1
    }
    guard let modifier = ComposerModifier(wholly: rest) else { return nil }
    for _ in count..<4 { numbers += ".0".utf8 }
    return numbers + modifier.normal
  }

  /// The digits behind a dot.
  static func dottedNumber(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.first == UInt8(ascii: ".") else { return nil }
    let digits = text.dropFirst().prefix(while: VersionText.isDigit)
    return digits.isEmpty ? nil : digits
  }

  /// Four digits, one to six times two, and perhaps three more at the end, a separator or none between them.
  private static func date(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let text = withoutV(text)
    guard text.prefix(4).count == 4, text.prefix(4).allSatisfy(VersionText.isDigit) else { return nil }
    var ends: [Int] = []
    var end = text.startIndex + 4
    while ends.count < 6, let next = digits(2, at: end, in: text) {
      ends.append(next)
      end = next
    }
    for end in ends.reversed() {
      let tails = [3, 2, 1].compactMap { digits($0, at: end, in: text) }
      for stop in tails + [end] {
        guard let modifier = ComposerModifier(wholly: text[stop...]) else { continue }
        return text[..<stop].map { VersionText.isDigit($0) ? $0 : UInt8(ascii: ".") } + modifier.normal
      }
    }
    return nil
  }

  /// The end of so many digits, a separator in front of them or none.
  private static func digits(_ count: Int, at start: Int, in text: ArraySlice<UInt8>) -> Int? {
    let hasSeparator = text[start...].first.map { ".:-".utf8.contains($0) } ?? false
    let found = text[start...].dropFirst(hasSeparator ? 1 : 0).prefix(count)
    return found.count == count && found.allSatisfy(VersionText.isDigit) ? found.endIndex : nil
  }

  /// `2.x-dev`: a branch that is named for the versions it leads to.
  private static func branch(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard ComposerText.hasSuffix("dev", text) else { return nil }
    var name = text.dropLast(3)
    if let last = name.last, ".-".utf8.contains(last) { name = name.dropLast() }
    name = withoutV(ComposerText.trimmed(name))
    let major = name.prefix(while: VersionText.isDigit)
    guard !major.isEmpty else { return nil }
    var (numbers, rest, count) = (Array(major), name[major.endIndex...], 1)
    while count < 4, let part = branchPart(rest) {
      numbers += isWildcard(part) ? Array(".9999999".utf8) : Array(rest[..<part.endIndex])
      rest = rest[part.endIndex...]
      count += 1
    }
    guard rest.isEmpty else { return nil }
    for _ in count..<4 { numbers += ".9999999".utf8 }
    return numbers + "-dev".utf8
  }

  private static func branchPart(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if let number = dottedNumber(text) { return number }
    guard text.first == UInt8(ascii: ".") else { return nil }
    let wildcard = text.dropFirst().prefix(1)
    return isWildcard(wildcard) ? wildcard : nil
  }

  static func isWildcard(_ text: ArraySlice<UInt8>) -> Bool {
    text.count == 1 && text.allSatisfy { "xX*".utf8.contains($0) }
  }
}

/// What stands behind the numbers: `-beta.2-dev`.
struct ComposerModifier {
  /// As it was written, and empty where there is none.
  let stability: ArraySlice<UInt8>
  let numbers: ArraySlice<UInt8>
  let isDev: Bool
  let end: Int

  // The longer of two with the same beginning first.
  private static let wordsWithoutRC: [StaticString] = ["stable", "beta", "b", "alpha", "a", "patch", "pl", "p"]
  private static let words = ["rc"] + wordsWithoutRC

  /// Reads a modifier here and as far as it goes; it may be empty.
  ///
  /// - Parameter takesRC: Whether `rc` counts: in one of Composer's patterns, small letters meet a capital `RC`.
  init(at text: ArraySlice<UInt8>, takesRC: Bool = true) {
    let hasSeparator = text.first.map { "._-".utf8.contains($0) } ?? false
    let afterSeparator = text.dropFirst(hasSeparator ? 1 : 0)
    let word = (takesRC ? Self.words : Self.wordsWithoutRC).first { ComposerText.hasPrefix($0, afterSeparator) }
    stability = afterSeparator.prefix(word?.utf8CodeUnitCount ?? 0)
    var rest = afterSeparator[stability.endIndex...]
    if word != nil {
      while let next = Self.number(rest) { rest = rest[next...] }
    }
    numbers = afterSeparator[stability.endIndex..<rest.startIndex]
    let hyphen = rest.first.map { ".-".utf8.contains($0) } ?? false
    let last = rest.dropFirst(hyphen ? 1 : 0)
    isDev = ComposerText.hasPrefix("dev", last)
    end = isDev ? last.startIndex + 3 : rest.startIndex
  }

  /// Reads the modifier that all of the text is.
  init?(wholly text: ArraySlice<UInt8>, takesRC: Bool = true) {
    self.init(at: text, takesRC: takesRC)
    guard end == text.endIndex else { return nil }
  }

  /// The end of digits, with a separator in front of them or none.
  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    let hasSeparator = text.first.map { ".-".utf8.contains($0) } ?? false
    let digits = text.dropFirst(hasSeparator ? 1 : 0).prefix(while: VersionText.isDigit)
    return digits.isEmpty ? nil : digits.endIndex
  }

  var isEmpty: Bool { stability.isEmpty && !isDev }

  /// As it stands behind a normal version. Only a small `stable` counts for nothing, and then `dev` behind it as well.
  var normal: [UInt8] {
    if stability.elementsEqual("stable".utf8) { return [] }
    var text: [UInt8] = []
    if !stability.isEmpty {
      text += [UInt8(ascii: "-")] + Self.expanded(stability) + numbers.drop { ".-".utf8.contains($0) }
    }
    return isDev ? text + "-dev".utf8 : text
  }

  private static func expanded(_ stability: ArraySlice<UInt8>) -> [UInt8] {
    switch String(decoding: stability, as: UTF8.self).lowercased() {
    case "a": Array("alpha".utf8)
    case "b": Array("beta".utf8)
    case "p", "pl": Array("patch".utf8)
    case "rc": Array("RC".utf8)
    case let word: Array(word.utf8)
    }
  }
}
