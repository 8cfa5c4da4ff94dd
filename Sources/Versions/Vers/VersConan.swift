// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Ranges of Conan (`>1 <2.0 || ^3.2`), told as the public suite tells them.
///
/// - Source: https://docs.conan.io/2/tutorial/versioning/version_ranges.html (read 2026-11-25)
enum VersConan {
  private typealias Constraint = Vers.Constraint

  private static let comparators: [(String, Vers.Comparator)] = [
    (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("=", .equal), (">", .greater), ("<", .less),
  ]

  static func constraints(_ text: String) -> [Vers.Constraint]? {
    // Behind a comma stand options, such as whether pre-releases count.
    let range = text.split(separator: ",", omittingEmptySubsequences: false).first ?? ""
    var result: [Constraint] = []
    guard !Vers.trimmed(range).isEmpty else { return result }
    for alternative in range.split(separator: "||", omittingEmptySubsequences: false) {
      let conditions = alternative.split { $0 == " " || $0 == "\t" }
      for condition in conditions.isEmpty ? ["*"] : conditions {
        // A hyphen at the end says that pre-releases count.
        guard let constraints = constraints(of: condition.last == "-" ? condition.dropLast() : condition) else {
          return nil
        }
        result += constraints
      }
    }
    return result
  }

  private static func constraints(of condition: Substring) -> [Constraint]? {
    switch condition.first {
    case nil,
      "*" where condition.count == 1:
      return [Constraint(.greaterOrEqual, "0.0.0")]
    case "~": return bounded(condition.dropFirst()) { min(1, $0.count - 1) }
    case "^":
      return bounded(condition.dropFirst()) { numbers in
        numbers.firstIndex { $0.utf8.contains { $0 != UInt8(ascii: "0") } } ?? numbers.count - 1
      }
    default:
      guard let (comparator, version) = Vers.condition(condition, among: comparators), Vers.isWord(version) else {
        return nil
      }
      return [Constraint(comparator ?? .equal, String(version))]
    }
  }

  /// From a version up to the pre-releases of that in which the number at the place is higher.
  private static func bounded(_ version: Substring, at place: ([Substring]) -> Int) -> [Constraint]? {
    guard Vers.isWord(version) else { return nil }
    let main = version.prefix { $0 != "-" && $0 != "+" }
    let numbers = main.split(separator: ".", omittingEmptySubsequences: false)
    let index = place(numbers)
    guard let next = Vers.successor(of: numbers[index]) else { return nil }
    let bound = (numbers[..<index].map(String.init) + [next]).joined(separator: ".")
    return [Constraint(.greaterOrEqual, String(version)), Constraint(.less, bound + "-")]
  }
}
