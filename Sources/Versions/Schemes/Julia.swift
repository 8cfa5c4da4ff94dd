// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Julia packages, as Julia's `VersionNumber` reads and orders them.
///
/// Build metadata counts, which the records rely on: a library that Julia wraps is fixed in `1.2.12+3`. A lone `-`
/// behind the numbers is the lowest prerelease, a lone `+` the highest build.
/// - Source: https://github.com/JuliaLang/julia, `base/version.jl` (read 2026-11-25)
public enum Julia: VersionScheme {
  public static let id = "Julia"
  public static let ecosystems = [Ecosystem("Julia")]

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    JuliaReader.version(text)
  }

  public static func order(_ first: ExactSemanticVersion, _ second: ExactSemanticVersion) -> VersionOrder {
    first.releaseOrder(to: second)
      .then(prereleaseOrder(first, second))
      .then(buildOrder(first, second))
  }

  /// What is said of `1.2.3` is said of each of its builds; what is said of `1.2.3+1` is about nothing else.
  public static func isMeant(_ version: ExactSemanticVersion, by stated: ExactSemanticVersion) -> Bool {
    guard stated.build.isEmpty else { return order(version, stated) == .same }
    return version.releaseOrder(to: stated).then(prereleaseOrder(version, stated)) == .same
  }

  /// A `Project.toml` names compatible versions in a notation of its own, which is not read.
  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }

  private static let lone = [VersionIdentifier.text("")]

  private static func prereleaseOrder(_ first: ExactSemanticVersion, _ second: ExactSemanticVersion) -> VersionOrder {
    if first.prerelease == lone || second.prerelease == lone {
      return VersionOrder(first.prerelease == lone ? 0 : 1, second.prerelease == lone ? 0 : 1)
    }
    return first.prereleaseOrder(to: second)
  }

  private static func buildOrder(_ first: ExactSemanticVersion, _ second: ExactSemanticVersion) -> VersionOrder {
    if first.build == lone || second.build == lone {
      return VersionOrder(first.build == lone ? 1 : 0, second.build == lone ? 1 : 0)
    }
    return VersionOrder(lists: first.build, second.build)
  }
}

/// Reads `v1.2rc3+4`: one number is enough, and a prerelease that begins with a letter needs no hyphen.
private enum JuliaReader {
  /// Julia's numbers have 32 bits, and those of identifiers 64.
  private static let dialect = SemanticDialect(hasLeadingZeros: true, largest: WholeNumber(UInt64(UInt32.max)))
  private static let largest = WholeNumber(UInt64.max)

  static func version(_ text: String) -> ExactSemanticVersion? {
    var text = VersionText(text)
    if !text.take("v") { _ = text.take("V") }
    guard let numbers = numbers(&text), let prerelease = prerelease(&text) else { return nil }
    let build = build(&text)
    guard let build, text.isAtEnd, prerelease != [.text("")] || build.isEmpty else { return nil }
    return ExactSemanticVersion(numbers[0], numbers[1], numbers[2], prerelease: prerelease, build: build)
  }

  /// Three, of which those that are not written are nought.
  private static func numbers(_ text: inout VersionText) -> [WholeNumber]? {
    guard let first = dialect.number(&text) else { return nil }
    var numbers = [first]
    while numbers.count < 3, text.take(".") {
      guard let next = dialect.number(&text) else { return nil }
      numbers.append(next)
    }
    return numbers + Array(repeating: .zero, count: 3 - numbers.count)
  }

  private static func prerelease(_ text: inout VersionText) -> [VersionIdentifier]? {
    guard text.take("-") || VersionText.isLetter(text.next) else { return [] }
    return identifiers(&text)
  }

  private static func build(_ text: inout VersionText) -> [VersionIdentifier]? {
    text.take("+") ? identifiers(&text) : []
  }

  /// One empty text where nothing stands here.
  private static func identifiers(_ text: inout VersionText) -> [VersionIdentifier]? {
    var found: [VersionIdentifier] = []
    repeat {
      let bytes = text.take(while: VersionText.isIdentifier)
      guard let identifier = VersionIdentifier.lenient(bytes) else { return nil }
      if case .number(let number) = identifier, number > largest { return nil }
      found.append(identifier)
    } while text.take(".")
    return found.count > 1 && found.contains(.text("")) ? nil : found
  }
}
