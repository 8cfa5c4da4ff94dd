// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Turns a range as written into comparators.
///
/// Rewrites the text step by step, in node-semver's order. A grammar of ranges, as its README has one, would be shorter
/// and would disagree with npm about what people really write: `> =1.2`, `~> 1.2`, `>1.2.3<2.0.0`, `1.2.3*`.
/// - Source: https://github.com/npm/node-semver, `classes/range.js` of 7.6.2 (read 2026-11-23)
struct SemVerDesugaring {
  typealias Text = [UInt8]

  let options: SemVerRange.Options

  private static let space = UInt8(ascii: " ")

  // MARK: The whole range

  /// The alternatives of a range, each a list of comparators; a list is empty where every version satisfies it.
  ///
  /// - Returns: `nil` where the text is not a range.
  func alternatives(of text: Text) -> [[SemVerComparator]]? {
    var found: [[SemVerComparator]] = []
    for part in Self.alternativeTexts(Self.collapsed(text)) {
      switch comparators(of: part) {
      case .invalid: return nil
      case .nothing: continue
      case .comparators(let comparators): found.append(comparators)
      }
    }
    return found.isEmpty ? nil : found
  }

  /// The text with one blank for each run of white space, and none at the ends.
  private static func collapsed(_ text: Text) -> Text {
    text.withUnsafeBufferPointer { buffer in
      let source = SemVerText(buffer)
      let trimmed = source.trimmed
      var result: Text = []
      result.reserveCapacity(trimmed.count)
      var position = trimmed.lowerBound
      while position < trimmed.upperBound {
        let length = source.whiteSpaceLength(at: position)
        if length == 0 {
          result.append(source[position])
        } else if result.last != space {
          result.append(space)
        }
        position += max(length, 1)
      }
      return result
    }
  }

  /// The texts between `||`, without blanks at their ends.
  private static func alternativeTexts(_ text: Text) -> [Text] {
    let bar = UInt8(ascii: "|")
    var parts: [Text] = []
    var start = 0
    var position = 0
    while position + 1 < text.count {
      if text[position] == bar, text[position + 1] == bar {
        parts.append(trimmed(text[start..<position]))
        position += 2
        start = position
      } else {
        position += 1
      }
    }
    parts.append(trimmed(text[start...]))
    return parts
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> Text {
    var text = text
    while text.first == space { text.removeFirst() }
    while text.last == space { text.removeLast() }
    return Text(text)
  }

  // MARK: One alternative

  private enum Alternative {
    case invalid
    /// Loosely read, every comparator was dropped.
    case nothing
    case comparators([SemVerComparator])
  }

  private func comparators(of text: Text) -> Alternative {
    var text = hyphenReplaced(text)
    text = Self.operatorsJoined(text)
    text = Self.blanksDropped(text, after: UInt8(ascii: "~"), andOptional: UInt8(ascii: ">"))
    text = Self.blanksDropped(text, after: UInt8(ascii: "^"), andOptional: nil)
    let rewritten = Text(
      text.split(separator: Self.space, omittingEmptySubsequences: false)
        .map { primitive(Text($0)) }.joined(separator: [Self.space]))
    return parsed(Self.words(rewritten))
  }

  /// Splits at runs of blanks; a blank at either end leaves an empty word there.
  private static func words(_ text: Text) -> [Text] {
    let words = text.split(separator: space, omittingEmptySubsequences: false).map { Text($0) }
    return words.enumerated().filter { !$1.isEmpty || $0 == 0 || $0 == words.count - 1 }.map(\.element)
  }

  private func parsed(_ words: [Text]) -> Alternative {
    var result: [SemVerComparator] = []
    var seen: Set<String> = []
    var any = false
    for word in words {
      switch comparator(word) {
      case .any: any = true
      case .invalid: return .invalid
      case .unreadable where options.loose: continue
      case .unreadable: return .invalid
      case .comparator(let comparator):
        if seen.insert(comparator.description).inserted { result.append(comparator) }
      }
    }
    if let never = result.first(where: \.isNever) { return .comparators([never]) }
    return result.isEmpty && !any ? .nothing : .comparators(result)
  }

  private enum Word {
    /// Satisfied by every version.
    case any
    /// Does not look like a comparator.
    case unreadable
    /// Looks like one, but its version is none: a number too large, a text too long.
    case invalid
    case comparator(SemVerComparator)
  }

  private func comparator(_ word: Text) -> Word {
    if word.isEmpty || isEverything(word) { return .any }
    return word.withUnsafeBufferPointer { buffer in
      let text = SemVerText(buffer)
      let grammar = SemVerGrammar(text, loose: options.loose)
      let (comparison, start) = Self.comparison(text, at: 0)
      guard let parts = grammar.full(in: start..<text.count) else { return .unreadable }
      guard text.count - start <= SemanticVersion.maximumLength, let version = grammar.version(parts) else {
        return .invalid
      }
      return .comparator(SemVerComparator(comparison: comparison, version: version))
    }
  }

  /// `>=0.0.0` says nothing; with prereleases that is `>=0.0.0-0`.
  private func isEverything(_ word: Text) -> Bool {
    word.elementsEqual((options.includePrerelease ? ">=0.0.0-0" : ">=0.0.0").utf8)
  }

  /// The operator that starts here, and where it ends.
  private static func comparison(_ text: SemVerText, at start: Int) -> (SemVerComparator.Operator, end: Int) {
    let orEqual = { (position: Int) in text[position] == UInt8(ascii: "=") }
    switch text[start] {
    case UInt8(ascii: "<"): return orEqual(start + 1) ? (.lessOrEqual, start + 2) : (.less, start + 1)
    case UInt8(ascii: ">"): return orEqual(start + 1) ? (.greaterOrEqual, start + 2) : (.greater, start + 1)
    default: return (.equal, orEqual(start) ? start + 1 : start)
    }
  }

  // MARK: Blanks

  /// Joins an operator to the version after it: `> 1.2.3` is `>1.2.3`.
  private static func operatorsJoined(_ text: Text) -> Text {
    text.withUnsafeBufferPointer { buffer in
      let source = SemVerText(buffer)
      let scan = SemVerGrammar(source, loose: true)
      var result: Text = []
      var position = 0
      while position < source.count {
        let blank = source[position] == space ? position + 1 : position
        let end = comparison(source, at: blank).end
        let version = end > blank && source[end] == space ? end + 1 : end
        let numbers = scan.endOfPrefix(version)
        let stop = SemVerGrammar.endOfVersion(in: source, at: numbers)
        // Where no version follows, none follows from any byte before `numbers` either: go on from there.
        let next = stop ?? max(numbers, position + 1)
        let kept = stop == nil ? position..<next : version..<next
        if stop != nil { result += buffer[position..<end] }
        result += buffer[kept.clamped(to: 0..<source.count)]
        position = next
      }
      return result
    }
  }

  /// Drops the blank after a sign, and what may stand between them: `~> 1.2` is `~1.2`.
  private static func blanksDropped(_ text: Text, after sign: UInt8, andOptional optional: UInt8?) -> Text {
    guard text.contains(sign) else { return text }
    var result: Text = []
    var position = text.startIndex
    while position < text.endIndex {
      result.append(text[position])
      let next = position + 1
      if text[position] == sign {
        let rest = text[next...]
        let blank = rest.first != nil && rest.first == optional ? next + 1 : next
        position = text[blank...].first == space ? blank + 1 : next
      } else {
        position = next
      }
    }
    return result
  }
}

// MARK: - What stands for several comparators

extension SemVerDesugaring {
  /// A version of which places may be missing, in the digits that it was written with.
  ///
  /// A wildcard is a missing place, and so is whatever follows one: `1.x.3-beta` is `1`.
  private struct Partial {
    let text: Text
    let major: Text?
    let minor: Text?
    let patch: Text?
    let prerelease: Text?

    init(text: Text, parts: SemVerGrammar.Parts) {
      let number = { (place: Range<Int>) in
        text[place].first.map(SemVerText.isWildcard) == true ? nil : Text(text[place])
      }
      self.text = text
      major = number(parts.major)
      minor = major == nil ? nil : parts.minor.flatMap(number)
      patch = minor == nil ? nil : parts.patch.flatMap(number)
      prerelease = patch == nil ? nil : parts.prerelease.map { Text(text[$0]) }
    }
  }

  private func partial(_ text: some Sequence<UInt8>) -> Partial? {
    let text = Text(text)
    let parts = text.withUnsafeBufferPointer {
      SemVerGrammar(SemVerText($0), loose: options.loose).partial(in: 0..<$0.count)
    }
    return parts.map { Partial(text: text, parts: $0) }
  }

  /// `-0`, the lowest prerelease, where prereleases count like other versions.
  private var lowest: Text { options.includePrerelease ? Self.lowestPrerelease : [] }

  /// `1.2.3 - 2.3` is `>=1.2.3 <2.4.0-0`.
  private func hyphenReplaced(_ text: Text) -> Text {
    let hyphen = " - ".utf8
    guard let start = text.indices.dropLast(2).first(where: { text[$0..<$0 + 3].elementsEqual(hyphen) }),
      let from = partial(text[..<start]), let to = partial(text[(start + 3)...])
    else { return text }
    let bounds = [hyphenStart(from), hyphenEnd(to)]
    return Text(bounds.filter { !$0.isEmpty }.joined(separator: [Self.space]))
  }

  private func hyphenStart(_ from: Partial) -> Text {
    guard let major = from.major else { return [] }
    guard from.patch != nil else { return Self.bound(">=", major, from.minor, nil, lowest) }
    return Text(">=".utf8) + from.text + (from.prerelease == nil ? lowest : [])
  }

  private func hyphenEnd(_ to: Partial) -> Text {
    guard let major = to.major else { return [] }
    guard let minor = to.minor else { return Self.below(Self.next(major)) }
    guard let patch = to.patch else { return Self.below(major, Self.next(minor)) }
    if let prerelease = to.prerelease { return Self.bound("<=", major, minor, patch, Self.hyphened(prerelease)) }
    return options.includePrerelease ? Self.below(major, minor, Self.next(patch)) : Text("<=".utf8) + to.text
  }

  /// One word of a range in plain comparators.
  private func primitive(_ word: Text) -> Text {
    Self.starDropped(sugarless(word) ?? word)
  }

  private func sugarless(_ word: Text) -> Text? {
    let rest = word.dropFirst()
    return switch word.first {
    case UInt8(ascii: "^"): partial(rest).map(caret)
    case UInt8(ascii: "~"): partial(rest.first == UInt8(ascii: ">") ? rest.dropFirst() : rest).map(tilde)
    default: wildcards(word)
    }
  }

  /// `^1.2.3` is `>=1.2.3 <2.0.0-0`: up to the next change of the first place that is not zero.
  private func caret(_ base: Partial) -> Text {
    guard let major = base.major else { return [] }
    // A full version above 0.x takes no prerelease of its own, even where prereleases count.
    let isPlain = base.patch != nil && major != Self.zero
    let prerelease = base.prerelease.map(Self.hyphened) ?? (isPlain ? [] : lowest)
    let start = Self.bound(">=", major, base.minor, base.patch, prerelease)
    guard let minor = base.minor, major == Self.zero else { return Self.both(start, Self.below(Self.next(major))) }
    guard let patch = base.patch, minor == Self.zero else {
      return Self.both(start, Self.below(major, Self.next(minor)))
    }
    return Self.both(start, Self.below(major, minor, Self.next(patch)))
  }

  /// `~1.2.3` is `>=1.2.3 <1.3.0-0`: up to the next minor version, or the next major one where no minor is given.
  private func tilde(_ base: Partial) -> Text {
    guard let major = base.major else { return [] }
    let start = Self.bound(">=", major, base.minor, base.patch, base.prerelease.map(Self.hyphened) ?? [])
    guard let minor = base.minor else { return Self.both(start, Self.below(Self.next(major))) }
    return Self.both(start, Self.below(major, Self.next(minor)))
  }

  /// `1.2.x` is `>=1.2.0 <1.3.0-0`, and `>1.x` is `>=2.0.0`.
  ///
  /// - Returns: `nil` where no place is missing.
  private func wildcards(_ word: Text) -> Text? {
    let (comparison, start) = word.withUnsafeBufferPointer { Self.comparison(SemVerText($0), at: 0) }
    guard let base = partial(word.dropFirst(start)), base.patch == nil else { return nil }
    guard let major = base.major else {
      return Text((comparison == .less || comparison == .greater ? "<0.0.0-0" : "*").utf8)
    }
    let next = base.minor.map { (major, Self.next($0)) } ?? (Self.next(major), Self.zero)
    switch comparison {
    case .equal: return Self.both(Self.bound(">=", major, base.minor, nil, lowest), Self.below(next.0, next.1))
    case .less: return Self.below(major, base.minor)
    case .lessOrEqual: return Self.below(next.0, next.1)
    case .greater: return Self.bound(">=", next.0, next.1, nil, lowest)
    case .greaterOrEqual: return Self.bound(">=", major, base.minor, nil, lowest)
    }
  }

  /// Drops the first star and an operator before it, wherever it stands: every version satisfies it.
  private static func starDropped(_ word: Text) -> Text {
    guard let star = word.firstIndex(of: UInt8(ascii: "*")) else { return word }
    var before = word[..<star]
    if before.last == UInt8(ascii: "=") { before.removeLast() }
    if before.last == UInt8(ascii: "<") || before.last == UInt8(ascii: ">") { before.removeLast() }
    return Text(before + word[(star + 1)...])
  }
}

// MARK: - Writing comparators

extension SemVerDesugaring {
  private static let zero = Text("0".utf8)
  private static let lowestPrerelease = Text("-0".utf8)

  private static func hyphened(_ prerelease: Text) -> Text {
    [UInt8(ascii: "-")] + prerelease
  }

  private static func both(_ first: Text, _ second: Text) -> Text {
    first + [space] + second
  }

  /// A comparator; a missing place is zero.
  private static func bound(
    _ comparison: String, _ major: Text, _ minor: Text?, _ patch: Text?, _ prerelease: Text
  ) -> Text {
    let dot = [UInt8(ascii: ".")]
    return Text(comparison.utf8) + major + dot + (minor ?? zero) + dot + (patch ?? zero) + prerelease
  }

  /// Everything below a release and its prereleases.
  private static func below(_ major: Text, _ minor: Text? = nil, _ patch: Text? = nil) -> Text {
    bound("<", major, minor, patch, lowestPrerelease)
  }

  /// The number after one written in digits, as JavaScript would print it.
  ///
  /// From 10^21 on it prints an exponent, with which the comparator is none any more and a loose range drops it. From
  /// 2^53 to there the exact digits do not matter: they make no version.
  private static func next(_ digits: Text) -> Text {
    let value = digits.withUnsafeBufferPointer { SemVerText($0).number(0..<$0.count) }
    if value <= SemanticVersion.maximumNumber { return Text(String(value + 1).utf8) }
    let double = Double(String(decoding: digits, as: UTF8.self)) ?? .infinity
    return double < 1e21 ? Text(digits.drop { $0 == UInt8(ascii: "0") }) : Text(double.description.utf8)
  }
}
