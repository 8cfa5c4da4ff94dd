// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A tag of a GitHub action.
public struct GitHubActionsVersion: Sendable, CustomStringConvertible {
  /// One to three.
  public let numbers: [WholeNumber]
  /// Empty for a release, and for a tag that moves.
  public let prerelease: [VersionIdentifier]

  /// Whether the tag means another release after each one.
  public var isMoving: Bool { numbers.count < 3 }

  /// No tag has longer numbers; a commit that happens to have no letters has.
  private static let dialect = SemanticDialect(largest: WholeNumber(UInt64.max))

  init?(_ text: String) {
    var text = VersionText(text)
    _ = text.take("v")
    var numbers: [WholeNumber] = []
    repeat {
      guard numbers.count < 3, let number = Self.dialect.number(&text) else { return nil }
      numbers.append(number)
    } while text.take(".")
    self.numbers = numbers
    guard let prerelease = Self.prerelease(&text, behind: numbers.count), text.isAtEnd else { return nil }
    self.prerelease = prerelease
  }

  /// Build metadata is read and forgotten.
  private static func prerelease(_ text: inout VersionText, behind count: Int) -> [VersionIdentifier]? {
    guard count == 3 else { return [] }
    guard let prerelease = dialect.prerelease(&text), dialect.build(&text) != nil else { return nil }
    return prerelease
  }

  /// The first difference decides; then a tag that moves is newer than all that it may mean, as it once will be.
  func order(to other: GitHubActionsVersion) -> VersionOrder {
    for (one, two) in zip(numbers, other.numbers) where one != two { return VersionOrder(one, two) }
    if numbers.count != other.numbers.count { return VersionOrder(other.numbers.count, numbers.count) }
    if prerelease.isEmpty || other.prerelease.isEmpty {
      return VersionOrder(prerelease.isEmpty ? 1 : 0, other.prerelease.isEmpty ? 1 : 0)
    }
    return VersionOrder(lists: prerelease, other.prerelease)
  }

  /// Not where all numbers that both have are the same and one of them has more.
  func isComparable(to other: GitHubActionsVersion) -> Bool {
    numbers.count == other.numbers.count || zip(numbers, other.numbers).contains { $0 != $1 }
  }

  public var description: String {
    let text = numbers.map(\.description).joined(separator: ".")
    return prerelease.isEmpty ? text : text + "-" + prerelease.map(\.description).joined(separator: ".")
  }
}
