// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What stands behind the `@` of an action: a release, a tag that moves, or another name of git's.
public struct GitHubActionsVersion: Sendable, CustomStringConvertible {
  /// One to three; none for a branch, a commit, or a tag with words.
  public let numbers: [WholeNumber]
  /// Empty for a release, and for a tag that moves.
  public let prerelease: [VersionIdentifier]
  /// A name without numbers that could be compared, as it was written; else empty.
  public let name: String

  /// Whether the tag means another release after each one.
  public var isMoving: Bool { (1...2).contains(numbers.count) }

  /// No tag has longer numbers; a commit that happens to have no letters has.
  private static let dialect = SemanticDialect(largest: WholeNumber(UInt64.max))

  /// - Returns: `nil` for an empty text, and where something stands in it that git allows in no name.
  init?(_ text: String) {
    if let (numbers, prerelease) = Self.release(text) {
      self.numbers = numbers
      self.prerelease = prerelease
      name = ""
    } else {
      guard Self.isName(text) else { return nil }
      (numbers, prerelease, name) = ([], [], text)
    }
  }

  /// - Source: https://git-scm.com/docs/git-check-ref-format (read 2026-11-25)
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }
  }

  // MARK: Releases

  private static func release(_ text: String) -> (numbers: [WholeNumber], prerelease: [VersionIdentifier])? {
    var text = VersionText(text)
    _ = text.take("v")
    guard let numbers = numbers(&text), let prerelease = prerelease(&text, behind: numbers.count), text.isAtEnd else {
      return nil
    }
    return (numbers, prerelease)
  }

  private static func numbers(_ text: inout VersionText) -> [WholeNumber]? {
    var numbers: [WholeNumber] = []
    repeat {
      guard numbers.count < 3, let number = dialect.number(&text) else { return nil }
      numbers.append(number)
    } while text.take(".")
    return numbers
  }

  /// Build metadata is read and forgotten.
  private static func prerelease(_ text: inout VersionText, behind count: Int) -> [VersionIdentifier]? {
    guard count == 3 else { return [] }
    guard let prerelease = dialect.prerelease(&text), dialect.build(&text) != nil else { return nil }
    return prerelease
  }

  // MARK: Order

  /// The first difference decides; then a tag that moves is newer than all that it may mean, as it once will be.
  func order(to other: GitHubActionsVersion) -> VersionOrder {
    if !name.isEmpty || !other.name.isEmpty { return VersionOrder(lists: name.utf8, other.name.utf8) }
    for (one, two) in zip(numbers, other.numbers) where one != two { return VersionOrder(one, two) }
    if numbers.count != other.numbers.count { return VersionOrder(other.numbers.count, numbers.count) }
    if prerelease.isEmpty || other.prerelease.isEmpty {
      return VersionOrder(prerelease.isEmpty ? 1 : 0, other.prerelease.isEmpty ? 1 : 0)
    }
    return VersionOrder(lists: prerelease, other.prerelease)
  }

  /// Not where all numbers that both have are the same and one of them has more; and names only with themselves.
  func isComparable(to other: GitHubActionsVersion) -> Bool {
    if !name.isEmpty || !other.name.isEmpty { return name.utf8.elementsEqual(other.name.utf8) }
    return numbers.count == other.numbers.count || zip(numbers, other.numbers).contains { $0 != $1 }
  }

  func isCommit(beginningWith stated: GitHubActionsVersion) -> Bool {
    let digits = stated.name.utf8
    return digits.count >= 7 && isCommit && digits.allSatisfy(Self.isHexadecimal) && name.utf8.starts(with: digits)
  }

  private var isCommit: Bool { name.utf8.count == 40 && name.utf8.allSatisfy(Self.isHexadecimal) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    VersionText.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  public var description: String {
    guard name.isEmpty else { return name }
    let text = numbers.map(\.description).joined(separator: ".")
    return prerelease.isEmpty ? text : text + "-" + prerelease.map(\.description).joined(separator: ".")
  }
}
