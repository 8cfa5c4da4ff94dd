// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Ranges of npm as advisories write them (`>=1.2 <2.0.0 || 3.x`), told as the public suite tells them.
///
/// It fills a partial version up with zeros where a comparator or nothing stands before it, and reads `>=2.x` as `2.x`.
enum VersNPM {
  private typealias Constraint = Vers.Constraint

  private static let comparators: [(String, Vers.Comparator)] = [
    (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("==", .equal), ("=", .equal), (">", .greater), ("<", .less),
  ]

  static func constraints(_ text: String) -> [Vers.Constraint]? {
    var result: [Constraint] = []
    for alternative in alternatives(text) {
      guard let constraints = alternative.contains(" - ") ? hyphenRange(alternative) : conditions(alternative) else {
        return nil
      }
      result += constraints
    }
    return result
  }

  /// What stands between `||`.
  private static func alternatives(_ text: String) -> [Substring] {
    var result: [Substring] = []
    var rest = Substring(text)
    while let mark = rest.firstRange(of: "||") {
      result.append(Vers.trimmed(rest[..<mark.lowerBound]))
      rest = rest[mark.upperBound...]
    }
    return result + [Vers.trimmed(rest)]
  }

  private static func hyphenRange(_ text: Substring) -> [Constraint]? {
    guard let mark = text.firstRange(of: " - ") else { return nil }
    guard let low = filled(Vers.trimmed(text[..<mark.lowerBound])),
      let high = filled(Vers.trimmed(text[mark.upperBound...]))
    else { return nil }
    return [Constraint(.greaterOrEqual, low), Constraint(.lessOrEqual, high)]
  }

  private static func conditions(_ text: Substring) -> [Constraint]? {
    guard !text.isEmpty else { return [Constraint(.any, "")] }
    var result: [Constraint] = []
    var pending = ""
    for word in text.split(separator: " ") {
      let condition = pending + word
      // A comparator may stand apart from its version.
      guard !["<", ">", "=", "<=", ">=", "==", "~", "^"].contains(condition) else {
        pending = condition
        continue
      }
      pending = ""
      guard let constraints = constraints(of: Substring(condition)) else { return nil }
      result += constraints
    }
    return pending.isEmpty ? result : nil
  }

  private static func constraints(of condition: Substring) -> [Constraint]? {
    if condition.hasPrefix("^") { return caret(Vers.trimmed(condition.dropFirst())) }
    if condition.hasPrefix("~") {
      return tilde(condition.dropFirst(condition.hasPrefix("~>") ? 2 : 1))
    }
    guard let (comparator, version) = Vers.condition(condition, among: comparators) else { return nil }
    if let parts = wildcard(version) { return xRange(parts, comparator) }
    return filled(version).map { [Constraint(comparator ?? .equal, $0)] }
  }

  // MARK: Versions

  /// Three numbers at most, and what stands behind `-` or `+`.
  private struct Parts {
    var numbers: [Substring]
    var rest: Substring

    init?(_ text: Substring) {
      let text = text.first == "v" || text.first == "V" ? text.dropFirst() : text
      let end = text.firstIndex { $0 == "-" || $0 == "+" } ?? text.endIndex
      numbers = text[..<end].split(separator: ".", omittingEmptySubsequences: false)
      rest = text[end...]
      guard numbers.count <= 3, numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Vers.isDigit) }) else {
        return nil
      }
    }

    var isPreRelease: Bool { rest.hasPrefix("-") }
    /// Filled up with zeros.
    var text: String { Self.text(of: numbers.map(String.init)) + rest }

    static func text(of numbers: [String]) -> String {
      (numbers + ["0", "0", "0"]).prefix(3).joined(separator: ".")
    }

    /// The first version in which the number at `place` is higher.
    func next(at place: Int) -> String? {
      guard place < numbers.count, let successor = Vers.successor(of: numbers[place]) else { return nil }
      return Self.text(of: numbers[..<place].map(String.init) + [successor])
    }
  }

  private static func filled(_ version: Substring) -> String? {
    Parts(version)?.text
  }

  /// The numbers before an `x`; nil where there is none.
  private static func wildcard(_ version: Substring) -> [Substring]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard let place = parts.firstIndex(where: { ["x", "X", "*"].contains($0) }) else { return nil }
    return Array(parts[..<place])
  }

  private static func xRange(_ numbers: [Substring], _ comparator: Vers.Comparator?) -> [Constraint]? {
    guard !numbers.isEmpty else { return [Constraint(.any, "")] }
    guard let parts = Parts(Substring(numbers.joined(separator: "."))), let next = parts.next(at: numbers.count - 1)
    else {
      return nil
    }
    return switch comparator {
    case .less: [Constraint(.less, parts.text)]
    case .lessOrEqual: [Constraint(.less, next)]
    case .greater: [Constraint(.greaterOrEqual, next)]
    default: [Constraint(.greaterOrEqual, parts.text), Constraint(.less, next)]
    }
  }

  /// Up to the next change of the first number that is not zero.
  private static func caret(_ version: Substring) -> [Constraint]? {
    if let numbers = wildcard(version) {
      return numbers.isEmpty ? [Constraint(.any, "")] : caret(numbers.joined(separator: ".")[...])
    }
    guard let parts = Parts(version) else { return nil }
    let place = parts.numbers.firstIndex { $0.utf8.contains { $0 != UInt8(ascii: "0") } } ?? parts.numbers.count - 1
    guard let next = parts.next(at: place) else { return nil }
    return [Constraint(.greaterOrEqual, parts.text), Constraint(.less, next)]
  }

  private static func tilde(_ version: Substring) -> [Constraint]? {
    if let numbers = wildcard(version) { return xRange(numbers, nil) }
    guard let parts = Parts(version), let next = parts.next(at: min(1, parts.numbers.count - 1)) else { return nil }
    guard parts.isPreRelease, parts.numbers.count == 3 else {
      return [Constraint(.greaterOrEqual, parts.text), Constraint(.less, next)]
    }
    return tilde(preRelease: parts, next: next)
  }

  /// The suite tells a tilde of a pre-release in two intervals: the pre-releases and the release that they lead to, and what
  /// follows in the same minor version, which to it ends with the release where that is a first one. node's own meaning is wider.
  private static func tilde(preRelease parts: Parts, next: String) -> [Constraint]? {
    guard let patch = parts.next(at: 2) else { return nil }
    let release = Parts.text(of: parts.numbers.map(String.init))
    let isFirst = !parts.numbers[2].utf8.contains { $0 != UInt8(ascii: "0") }
    return [
      Constraint(.greaterOrEqual, parts.text), Constraint(.less, patch), Constraint(.greaterOrEqual, release),
      Constraint(.less, isFirst ? release : next),
    ]
  }
}
