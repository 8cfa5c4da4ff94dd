// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Ranges as nginx writes them into its advisories: `0.7.52-0.8.39`, `1.5.0+, 1.4.1+`, `all`.
///
/// - Source: https://nginx.org/en/security_advisories.html (read 2026-11-25)
enum VersNginx {
  private typealias Constraint = Vers.Constraint

  static func constraints(_ text: String) -> [Vers.Constraint]? {
    if Vers.trimmed(text[...]) == "all" { return [Constraint(.any, "")] }
    var result: [Constraint] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let constraints = constraints(of: Vers.trimmed(part)) else { return nil }
      result += constraints
    }
    return result
  }

  private static func constraints(of part: Substring) -> [Constraint]? {
    if part.hasSuffix("+") { return open(part.dropLast()) }
    let ends = part.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, ends.allSatisfy({ numbers($0) != nil }) else { return nil }
    guard ends.count == 2 else { return [Constraint(.equal, String(part))] }
    return [Constraint(.greaterOrEqual, String(ends[0])), Constraint(.lessOrEqual, String(ends[1]))]
  }

  /// A mend in a stable branch, whose second number is even, holds in that branch; one in the main line holds for ever.
  private static func open(_ version: Substring) -> [Constraint]? {
    guard let numbers = numbers(version) else { return nil }
    let from = Constraint(.greaterOrEqual, String(version))
    guard let last = numbers[1].utf8.last, last.isMultiple(of: 2), let next = Vers.successor(of: numbers[1]) else {
      return [from]
    }
    return [from, Constraint(.less, "\(numbers[0]).\(next).0")]
  }

  private static func numbers(_ version: Substring) -> [Substring]? {
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Vers.isDigit) }) else {
      return nil
    }
    return numbers
  }
}
