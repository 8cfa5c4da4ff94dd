// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Intervals as mathematics writes them, which Maven and NuGet share: `[1.0.0,2.0.0)`, `(,1.0]`, `[1.5]`.
///
/// - Source: https://maven.apache.org/pom.html#dependency-version-requirement-specification, and
///   https://learn.microsoft.com/en-us/nuget/concepts/package-versioning#version-ranges (read 2026-11-25)
enum VersIntervals {
  private typealias Constraint = Vers.Constraint

  /// A bare version of Maven is a wish and no range: refused.
  @Sendable static func maven(_ text: String) -> [Vers.Constraint]? {
    intervals(text)
  }

  /// A bare version of NuGet is a lower end.
  @Sendable static func nuget(_ text: String) -> [Vers.Constraint]? {
    let text = String(Vers.trimmed(text[...]))
    if text == "*" { return [Constraint(.any, "")] }
    return Vers.isWord(text[...]) && !text.contains("*") && !text.contains { "[]()".contains($0) }
      ? [Constraint(.greaterOrEqual, text)] : intervals(text)
  }

  private static func intervals(_ text: String) -> [Constraint]? {
    var result: [Constraint] = []
    var rest = Vers.trimmed(text[...])
    while let opening = rest.first {
      guard opening == "[" || opening == "(", let end = rest.firstIndex(where: { $0 == "]" || $0 == ")" }) else {
        return nil
      }
      let inside = rest[rest.index(after: rest.startIndex)..<end]
      guard let constraints = interval(inside, isClosedBelow: opening == "[", isClosedAbove: rest[end] == "]") else {
        return nil
      }
      result += constraints
      rest = Vers.trimmed(rest[rest.index(after: end)...])
      guard !rest.isEmpty else { break }
      guard rest.first == "," else { return nil }
      rest = Vers.trimmed(rest.dropFirst())
      guard !rest.isEmpty else { return nil }
    }
    return result.isEmpty ? nil : result
  }

  private static func interval(_ text: Substring, isClosedBelow: Bool, isClosedAbove: Bool) -> [Constraint]? {
    let ends = text.split(separator: ",", omittingEmptySubsequences: false).map { Vers.trimmed($0) }
    guard ends.count <= 2, ends.allSatisfy({ $0.isEmpty || Vers.isWord($0) }) else { return nil }
    guard ends.count == 2 else {
      return isClosedBelow && isClosedAbove && !ends[0].isEmpty ? [Constraint(.equal, String(ends[0]))] : nil
    }
    var result: [Constraint] = []
    if !ends[0].isEmpty { result.append(Constraint(isClosedBelow ? .greaterOrEqual : .greater, String(ends[0]))) }
    if !ends[1].isEmpty { result.append(Constraint(isClosedAbove ? .lessOrEqual : .less, String(ends[1]))) }
    return result.isEmpty ? [Constraint(.any, "")] : result
  }
}
