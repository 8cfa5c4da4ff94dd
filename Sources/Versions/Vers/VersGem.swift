// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Requirements of RubyGems, with commas between them (`>= 1.0, < 2`, `~> 2.0.8`).
///
/// - Source: https://guides.rubygems.org/patterns/#declaring-dependencies (read 2026-11-25)
enum VersGem {
  private typealias Constraint = Vers.Constraint

  private static let comparators: [(String, Vers.Comparator)] = [
    (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("!=", .notEqual), ("=", .equal), (">", .greater), ("<", .less),
  ]

  static func constraints(_ text: String) -> [Vers.Constraint]? {
    var result: [Constraint] = []
    for requirement in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let constraints = constraints(of: Vers.trimmed(requirement)) else { return nil }
      result += constraints
    }
    return result
  }

  private static func constraints(of requirement: Substring) -> [Constraint]? {
    if requirement.hasPrefix("~>") { return pessimistic(Vers.trimmed(requirement.dropFirst(2))) }
    guard let (comparator, version) = Vers.condition(requirement, among: comparators), Vers.isWord(version) else {
      return nil
    }
    return [Constraint(comparator ?? .equal, String(version))]
  }

  /// The last number may grow: `~> 2.0.8` ends before `2.1`. Letters and what follows them do not count.
  private static func pessimistic(_ version: Substring) -> [Constraint]? {
    guard Vers.isWord(version) else { return nil }
    let segments = version.split { $0 == "." || $0 == "-" }
    var numbers = Array(segments.prefix { $0.utf8.allSatisfy(Vers.isDigit) })
    if numbers.count > 1 { numbers.removeLast() }
    guard let last = numbers.popLast(), let next = Vers.successor(of: last) else { return nil }
    let bound = (numbers.map(String.init) + [next]).joined(separator: ".")
    return [Constraint(.greaterOrEqual, String(version)), Constraint(.less, bound)]
  }
}
