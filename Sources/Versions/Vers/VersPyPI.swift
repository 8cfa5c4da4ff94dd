// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Specifiers of Python packages, with commas between them (`>=1.0,!=1.5`).
///
/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/ (read 2026-11-25)
enum VersPyPI {
  private typealias Constraint = Vers.Constraint

  private static let comparators: [(String, Vers.Comparator)] = [
    ("===", .equal), (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("!=", .notEqual), ("==", .equal), (">", .greater),
    ("<", .less),
  ]

  static func constraints(_ text: String) -> [Vers.Constraint]? {
    guard !Vers.trimmed(text[...]).isEmpty else { return [Constraint(.any, "")] }
    var result: [Constraint] = []
    for specifier in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let constraints = constraints(of: Vers.trimmed(specifier)) else { return nil }
      result += constraints
    }
    return result
  }

  private static func constraints(of specifier: Substring) -> [Constraint]? {
    if specifier.hasPrefix("~=") { return compatible(Vers.trimmed(specifier.dropFirst(2))) }
    guard let (comparator, version) = Vers.condition(specifier, among: comparators), let comparator else { return nil }
    if version.hasSuffix(".*") {
      guard specifier.hasPrefix("==") && !specifier.hasPrefix("===") else { return nil }
      return interval(from: version.dropLast(2), prefix: version.dropLast(2))
    }
    return Vers.isWord(version) ? [Constraint(comparator, String(version))] : nil
  }

  /// `~=1.4.2` is at least that, and of `1.4`.
  private static func compatible(_ version: Substring) -> [Constraint]? {
    let release = version.prefix { Vers.isDigit($0.utf8.first ?? 0) || $0 == "." }
    guard Vers.isWord(version), let dot = release.lastIndex(of: "."), dot != release.startIndex else { return nil }
    return interval(from: version, prefix: release[..<dot])
  }

  /// From a version up to the first one that does not begin with the numbers: a development release of the next.
  private static func interval(from version: Substring, prefix: Substring) -> [Constraint]? {
    var numbers = prefix.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Vers.isDigit) }), let last = numbers.popLast(),
      let next = Vers.successor(of: last)
    else { return nil }
    let bound = (numbers.map(String.init) + [next]).joined(separator: ".") + ".dev0"
    let start = version == prefix ? "\(version).dev0" : String(version)
    return [Constraint(.greaterOrEqual, start), Constraint(.less, bound)]
  }
}
