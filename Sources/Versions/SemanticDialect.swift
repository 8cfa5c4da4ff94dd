// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How one ecosystem spells semantic versions, and what it reads of them.
///
/// The default is SemVer 2.0 to the letter, with numbers of any length.
struct SemanticDialect: Sendable {
  /// Whether a `v` may stand in front.
  var hasPrefix = false
  /// How few numbers are enough; those that are missing are nought.
  var fewestNumbers = 3
  /// Whether a prerelease or build metadata may stand behind fewer than three numbers.
  var hasTailAfterFewer = false
  /// Whether a number may begin with a nought.
  var hasLeadingZeros = false
  /// The largest of the three numbers; above it there is no version.
  var largest: WholeNumber?
  /// Whether nothing may stand between two dots of a prerelease or build metadata.
  var hasEmptyIdentifiers = false
  var prerelease = VersionIdentifier.strict
  var build = VersionIdentifier.lenient

  /// Reads one version.
  ///
  /// - Complexity: O(length).
  func version(_ text: String) -> ExactSemanticVersion? {
    var text = VersionText(text)
    if hasPrefix { _ = text.take("v") }
    guard let numbers = numbers(&text), let tail = tail(&text, behind: numbers.count), text.isAtEnd else { return nil }
    let all = numbers + Array(repeating: .zero, count: 3 - numbers.count)
    return ExactSemanticVersion(all[0], all[1], all[2], prerelease: tail.prerelease, build: tail.build)
  }

  /// At most three.
  private func numbers(_ text: inout VersionText) -> [WholeNumber]? {
    guard let first = number(&text) else { return nil }
    var numbers = [first]
    while numbers.count < 3, text.take(".") {
      guard let next = number(&text) else { return nil }
      numbers.append(next)
    }
    return numbers.count >= fewestNumbers ? numbers : nil
  }

  func number(_ text: inout VersionText) -> WholeNumber? {
    guard let digits = text.digits() else { return nil }
    if !hasLeadingZeros, digits.count > 1, digits.first == UInt8(ascii: "0") { return nil }
    let number = WholeNumber(digits: digits)
    if let largest, number > largest { return nil }
    return number
  }

  private typealias Tail = (prerelease: [VersionIdentifier], build: [VersionIdentifier])

  private func tail(_ text: inout VersionText, behind count: Int) -> Tail? {
    guard count == 3 || hasTailAfterFewer else { return ([], []) }
    guard let prerelease = prerelease(&text), let build = build(&text) else { return nil }
    return (prerelease, build)
  }

  /// Empty where no hyphen stands here; `nil` where what follows it is no prerelease.
  func prerelease(_ text: inout VersionText) -> [VersionIdentifier]? {
    text.take("-") ? identifiers(&text, prerelease) : []
  }

  /// Empty where no plus sign stands here; `nil` where what follows it is no build metadata.
  func build(_ text: inout VersionText) -> [VersionIdentifier]? {
    text.take("+") ? identifiers(&text, build) : []
  }

  private func identifiers(_ text: inout VersionText, _ read: VersionIdentifier.Reading) -> [VersionIdentifier]? {
    var found: [VersionIdentifier] = []
    repeat {
      let bytes = text.take(while: VersionText.isIdentifier)
      guard hasEmptyIdentifiers || !bytes.isEmpty, let identifier = read(bytes) else { return nil }
      found.append(identifier)
    } while text.take(".")
    return found
  }
}
