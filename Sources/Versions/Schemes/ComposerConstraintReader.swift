// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads one constraint, and gives it as one or two signs with a version each.
///
/// - Source: https://github.com/composer/semver, `VersionParser::parseConstraint` of 3.3.2 (read 2026-11-25)
struct ComposerConstraintReader {
  private var text: ArraySlice<UInt8>
  /// The stability behind an `@`, as it was written.
  private var flag: ArraySlice<UInt8>?

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
  }

  /// The constraints; none for `*`, which every version satisfies.
  ///
  /// - Returns: `nil` where Composer refuses the text.
  mutating func constraints() -> [ComposerConstraint]? {
    text = ComposerNormalizer.withoutAlias(text)
    takeFlag()
    text = Self.withoutCommit(text)
    if let any = any() { return any }
    if text.first == UInt8(ascii: "~"), let parts = parts(behindSign: 1) { return tilde(parts) }
    // What Ruby writes so; Composer asks whether the other sign was meant.
    if text.starts(with: "~>".utf8) { return nil }
    if text.first == UInt8(ascii: "^"), let parts = parts(behindSign: 1) { return caret(parts) }
    return wildcard() ?? hyphen() ?? compared()
  }

  // MARK: Around a constraint

  private mutating func takeFlag() {
    guard let found = ComposerNormalizer.stabilityFlag(of: text) else { return }
    let front = text.dropLast(found.count + 1)
    guard !front.contains(where: { $0 == UInt8(ascii: ",") || ArraySlice.isSpace($0) }) else { return }
    text = front.isEmpty ? Array("*".utf8)[...] : front
    if !found.elementsEqual("stable".utf8) { flag = found }
  }

  /// `dev-main#1234567` and `1.x-dev#1234567` without what stands from the sign on.
  private static func withoutCommit(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let word = text.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "@") && !ArraySlice.isSpace($0) }
    for (place, byte) in zip(word.indices, word) where byte == UInt8(ascii: "#") && place + 1 < text.endIndex {
      let name = text[..<place]
      let isBranch = ComposerText.hasPrefix("dev-", name) && name.count > 4
      if isBranch || (ComposerText.hasSuffix(".x-dev", name) && name.count > 6) { return name }
    }
    return text
  }

  /// `*`, `x.x`, `v*`.
  private func any() -> [ComposerConstraint]? {
    let rest = ComposerNormalizer.withoutV(text)
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.allSatisfy(ComposerNormalizer.isWildcard) else { return nil }
    guard parts.count > 1 || rest.count < text.count else { return [] }
    return [ComposerConstraint(sign: .atLeast, version: ComposerVersion(normal: Array("0.0.0.0-dev".utf8)))]
  }

  // MARK: Parts of a version

  /// A version as the signs `~`, `^` and ` - ` take it, each part as it was written.
  private struct Parts {
    var numbers: [ArraySlice<UInt8>]
    var hasSuffix: Bool
    /// `2.x-dev`
    var isNumberedBranch: Bool
    var end: Int
  }

  private func parts(behindSign length: Int) -> Parts? {
    guard let parts = Self.parts(text.dropFirst(length)), parts.end == text.endIndex else { return nil }
    return parts
  }

  private static func parts(_ text: ArraySlice<UInt8>) -> Parts? {
    let text = ComposerNormalizer.withoutV(text)
    let major = text.prefix(while: VersionText.isDigit)
    guard !major.isEmpty else { return nil }
    var numbers = [major]
    var rest = text[major.endIndex...]
    while numbers.count < 4, let number = ComposerNormalizer.dottedNumber(rest) {
      numbers.append(number)
      rest = rest[number.endIndex...]
    }
    if let end = numberedBranch(rest) {
      return Parts(numbers: numbers, hasSuffix: true, isNumberedBranch: true, end: endOfBuild(text[end...]))
    }
    let modifier = ComposerModifier(at: rest)
    return Parts(
      numbers: numbers, hasSuffix: !modifier.isEmpty, isNumberedBranch: false, end: endOfBuild(text[modifier.end...]))
  }

  /// The end of `.x-dev`.
  private static func numberedBranch(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.first == UInt8(ascii: "."), ComposerNormalizer.isWildcard(text.dropFirst().prefix(1)) else { return nil }
    var rest = text.dropFirst(2)
    if let first = rest.first, ".-".utf8.contains(first) { rest = rest.dropFirst() }
    return ComposerText.hasPrefix("dev", rest) ? rest.startIndex + 3 : nil
  }

  private static func endOfBuild(_ text: ArraySlice<UInt8>) -> Int {
    guard text.first == UInt8(ascii: "+") else { return text.startIndex }
    let build = text.dropFirst().prefix { !ArraySlice.isSpace($0) }
    return build.isEmpty ? text.startIndex : build.endIndex
  }

  /// The first numbers of a version, the last of them one higher where wished, nought behind them, and `-dev`.
  private static func bound(_ numbers: [ArraySlice<UInt8>], count: Int, raised: Bool) -> ComposerVersion? {
    var shown = numbers.prefix(count).map { String(decoding: $0, as: UTF8.self) }
    if raised {
      guard let last = shown.popLast(), let number = Int64(last), number < .max else { return nil }
      shown.append("\(number + 1)")
    }
    shown += Array(repeating: "0", count: 4 - shown.count)
    return ComposerVersion(normal: Array((shown.joined(separator: ".") + "-dev").utf8))
  }

  private static func between(_ low: ComposerVersion?, _ high: ComposerVersion?) -> [ComposerConstraint]? {
    guard let low, let high else { return nil }
    return [ComposerConstraint(sign: .atLeast, version: low), ComposerConstraint(sign: .less, version: high)]
  }

  private static func version(_ text: some Collection<UInt8>) -> ComposerVersion? {
    ComposerNormalizer.normalized(Array(text)[...]).map { ComposerVersion(normal: $0) }
  }

  /// The version behind a sign; where it has no stability, its development versions are included.
  private func low(_ parts: Parts) -> ComposerVersion? {
    Self.version(text.dropFirst() + (parts.hasSuffix ? [] : Array("-dev".utf8)))
  }

  // MARK: Kinds of constraints

  /// `~1.2.3` may change its last number, `~1` its second.
  private func tilde(_ parts: Parts) -> [ComposerConstraint]? {
    let count = parts.numbers.count + (parts.isNumberedBranch ? 1 : 0)
    return Self.between(low(parts), Self.bound(parts.numbers, count: max(1, count - 1), raised: true))
  }

  /// `^1.2.3` may change all behind its first number that is not nought.
  private func caret(_ parts: Parts) -> [ComposerConstraint]? {
    let noughts = parts.numbers.prefix(3).prefix { $0.elementsEqual("0".utf8) }.count
    return Self.between(
      low(parts), Self.bound(parts.numbers, count: min(noughts + 1, parts.numbers.count, 3), raised: true))
  }

  /// `1.2.*`
  private func wildcard() -> [ComposerConstraint]? {
    let rest = text.first == UInt8(ascii: "v") ? text.dropFirst() : text
    let all = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = all.prefix { !$0.isEmpty && $0.allSatisfy(VersionText.isDigit) }
    guard (1...3).contains(numbers.count), numbers.count < all.count,
      all[numbers.endIndex...].allSatisfy(ComposerNormalizer.isWildcard)
    else { return nil }
    let low = Self.bound(Array(numbers), count: numbers.count, raised: false)
    let high = Self.bound(Array(numbers), count: numbers.count, raised: true)
    guard low?.normal != "0.0.0.0-dev" else { return high.map { [ComposerConstraint(sign: .less, version: $0)] } }
    return Self.between(low, high)
  }

  /// `1.0 - 2.0`: from the first to the second, and all that begins with the second where that is not written out.
  private func hyphen() -> [ComposerConstraint]? {
    guard let from = Self.parts(text), let start = Self.endOfHyphen(text[from.end...]),
      let to = Self.parts(text[start...]), to.end == text.endIndex
    else { return nil }
    let suffix = from.hasSuffix ? [] : Array("-dev".utf8)
    guard let low = ComposerNormalizer.normalized(text[..<from.end]), let high = Self.version(text[start...]) else {
      return nil
    }
    let lower = ComposerConstraint(sign: .atLeast, version: ComposerVersion(normal: low + suffix))
    if to.numbers.count > 2 || to.hasSuffix { return [lower, ComposerConstraint(sign: .atMost, version: high)] }
    let bound = Self.bound(to.numbers, count: to.numbers.count, raised: true)
    return bound.map { [lower, ComposerConstraint(sign: .less, version: $0)] }
  }

  /// The end of a hyphen with blanks on both sides.
  private static func endOfHyphen(_ text: ArraySlice<UInt8>) -> Int? {
    let hyphen = text.drop { $0 == UInt8(ascii: " ") }
    guard hyphen.startIndex > text.startIndex, hyphen.first == UInt8(ascii: "-") else { return nil }
    let rest = hyphen.dropFirst().drop { $0 == UInt8(ascii: " ") }
    return rest.startIndex > hyphen.startIndex + 1 ? rest.startIndex : nil
  }

  /// A sign or none, and a version.
  private func compared() -> [ComposerConstraint]? {
    let sign = ComposerConstraint.Sign.allCases.first { text.starts(with: $0.rawValue.utf8) }
    let written = text.dropFirst(sign?.rawValue.utf8.count ?? 0).drop(while: ArraySlice.isSpace)
      .prefix { $0 != UInt8(ascii: "\n") }
    guard let normal = ComposerNormalizer.normalized(written) ?? Self.branchBehind(written) else { return nil }
    let version = ComposerVersion(normal: normal)
    let chosen = sign ?? .single
    let suffix = suffix(of: version, written: written, sign: chosen)
    return [ComposerConstraint(sign: chosen, version: ComposerVersion(normal: normal + suffix))]
  }

  /// `feature-dev` where `dev-feature` is meant.
  private static func branchBehind(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let isName = text.allSatisfy { VersionText.isLetter($0) || VersionText.isDigit($0) || "-./".utf8.contains($0) }
    guard isName, text.suffix(4).elementsEqual("-dev".utf8) else { return nil }
    return ComposerNormalizer.normalized(Array("dev-".utf8) + text.dropLast(4))
  }

  /// What is put behind a version: the flag's stability, or `dev` where development versions belong to the set.
  private func suffix(
    of version: ComposerVersion, written: ArraySlice<UInt8>, sign: ComposerConstraint.Sign
  ) -> [UInt8] {
    if let flag, sign != .equal, sign != .single, version.isStable { return [UInt8(ascii: "-")] + flag }
    guard sign == .less || sign == .atLeast, !written.starts(with: "dev-".utf8) else { return [] }
    return Self.hasModifier(written) ? [] : Array("-dev".utf8)
  }

  /// Whether the text ends with a hyphen and a modifier, which may be empty.
  private static func hasModifier(_ text: ArraySlice<UInt8>) -> Bool {
    text.indices.contains { place in
      text[place] == UInt8(ascii: "-") && ComposerModifier(wholly: text[(place + 1)...], takesRC: false) != nil
    }
  }
}
