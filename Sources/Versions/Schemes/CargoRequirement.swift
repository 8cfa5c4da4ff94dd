// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What a `Cargo.toml` asks of a crate: comparators between commas, of which every one must hold.
///
/// A prerelease is taken only where a comparator names a prerelease of the same three numbers. Build metadata may be
/// written, and is then forgotten.
/// - Source: https://docs.rs/crate/semver/1.0.14/source/src/parse.rs and `eval.rs` (read 2026-11-25)
public struct CargoRequirement: VersionRange {
  /// None for `*`, which takes every release.
  private let comparators: [CargoComparator]

  /// The most comparators that the crate reads.
  static let maximumCount = 32

  /// Reads a requirement.
  ///
  /// - Returns: `nil` where the crate would refuse it.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var text = VersionText(text)
    text.skipSpaces()
    guard let comparators = text.takeWildcard() ? Self.nothing(behind: &text) : Self.comparators(&text) else {
      return nil
    }
    self.comparators = comparators
  }

  /// A lone wildcard may have spaces behind it, and nothing else.
  private static func nothing(behind text: inout VersionText) -> [CargoComparator]? {
    text.skipSpaces()
    return text.isAtEnd ? [] : nil
  }

  private static func comparators(_ text: inout VersionText) -> [CargoComparator]? {
    var found: [CargoComparator] = []
    repeat {
      text.skipSpaces()
      guard found.count < maximumCount, let comparator = CargoComparator(&text) else { return nil }
      found.append(comparator)
      text.skipSpaces()
    } while text.take(",")
    return text.isAtEnd ? found : nil
  }

  /// Whether the version satisfies the requirement.
  ///
  /// - Returns: `nil` where the text is not a version.
  public func contains(_ version: String) -> Bool? {
    Cargo.parse(version).map(contains)
  }

  /// Whether the version satisfies the requirement.
  public func contains(_ version: ExactSemanticVersion) -> Bool {
    guard comparators.allSatisfy({ $0.holds(for: version) }) else { return false }
    return version.prerelease.isEmpty || comparators.contains { $0.namesPrerelease(of: version) }
  }

  public var description: String {
    comparators.isEmpty ? "*" : comparators.map(\.description).joined(separator: ", ")
  }
}

/// One comparator: `^1.2`.
struct CargoComparator: Sendable, CustomStringConvertible {
  enum Operator: String {
    case exact = "="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case tilde = "~"
    case caret = "^"
    /// `1.2.*`; the same as ``exact``, which may lack numbers too.
    case wildcard = ""
  }

  let comparison: Operator
  let major: WholeNumber
  let minor: WholeNumber?
  let patch: WholeNumber?
  let prerelease: [VersionIdentifier]

  // MARK: Reading

  /// Reads the comparator that stands here, up to what cannot belong to it.
  init?(_ text: inout VersionText) {
    let comparison = Self.comparison(&text)
    text.skipSpaces()
    guard let numbers = CargoNumbers(&text) else { return nil }
    major = numbers.major
    minor = numbers.minor
    patch = numbers.patch
    self.comparison = comparison ?? (numbers.hasWildcard ? .wildcard : .caret)
    guard let prerelease = Self.prerelease(&text, behind: numbers) else { return nil }
    self.prerelease = prerelease
  }

  private static func comparison(_ text: inout VersionText) -> Operator? {
    if text.take("=") { return .exact }
    if text.take(">") { return text.take("=") ? .greaterOrEqual : .greater }
    if text.take("<") { return text.take("=") ? .lessOrEqual : .less }
    if text.take("~") { return .tilde }
    return text.take("^") ? .caret : nil
  }

  private static func prerelease(_ text: inout VersionText, behind numbers: CargoNumbers) -> [VersionIdentifier]? {
    guard numbers.patch != nil else { return [] }
    guard let prerelease = Cargo.dialect.prerelease(&text), Cargo.dialect.build(&text) != nil else { return nil }
    return prerelease
  }

  // MARK: Asking

  func holds(for version: ExactSemanticVersion) -> Bool {
    switch comparison {
    case .exact, .wildcard: isExact(version)
    case .greater: order(of: version) == .descending
    case .greaterOrEqual: isExact(version) || order(of: version) == .descending
    case .less: order(of: version) == .ascending
    case .lessOrEqual: isExact(version) || order(of: version) == .ascending
    case .tilde: isInTilde(version)
    case .caret: isInCaret(version)
    }
  }

  /// How the version stands to the numbers that are written; ``VersionOrder/same`` where a missing one would decide.
  private func order(of version: ExactSemanticVersion) -> VersionOrder {
    if version.major != major { return VersionOrder(version.major, major) }
    guard let minor else { return .same }
    if version.minor != minor { return VersionOrder(version.minor, minor) }
    guard let patch else { return .same }
    if version.patch != patch { return VersionOrder(version.patch, patch) }
    return version.prereleaseOrder(to: ExactSemanticVersion(major, minor, patch, prerelease: prerelease))
  }

  private func isExact(_ version: ExactSemanticVersion) -> Bool {
    version.major == major && (minor == nil || version.minor == minor) && (patch == nil || version.patch == patch)
      && version.prerelease == prerelease
  }

  /// `~1.2.3` is at least that, with the same first two numbers.
  private func isInTilde(_ version: ExactSemanticVersion) -> Bool {
    guard version.major == major, minor == nil || version.minor == minor else { return false }
    if let patch, version.patch != patch { return version.patch > patch }
    return isAtLeastPrerelease(version)
  }

  /// `^1.2.3` is at least that, with the same numbers up to the first that is not nought.
  private func isInCaret(_ version: ExactSemanticVersion) -> Bool {
    guard version.major == major else { return false }
    guard let minor else { return true }
    let isStable = major > .zero
    guard let patch else { return isStable ? version.minor >= minor : version.minor == minor }
    if version.minor != minor { return isStable && version.minor > minor }
    if version.patch != patch { return (isStable || minor > .zero) && version.patch > patch }
    return isAtLeastPrerelease(version)
  }

  private func isAtLeastPrerelease(_ version: ExactSemanticVersion) -> Bool {
    let stated = ExactSemanticVersion(version.major, version.minor, version.patch, prerelease: prerelease)
    return version.prereleaseOrder(to: stated) != .ascending
  }

  func namesPrerelease(of version: ExactSemanticVersion) -> Bool {
    !prerelease.isEmpty && version.major == major && version.minor == minor && version.patch == patch
  }

  var description: String {
    var text = comparison.rawValue + major.description
    for number in [minor, patch].compactMap(\.self) { text += ".\(number)" }
    if comparison == .wildcard { text += ".*" }
    return prerelease.isEmpty ? text : text + "-" + prerelease.map(\.description).joined(separator: ".")
  }
}

/// The numbers of a comparator: `1`, `1.2`, `1.2.3`, `1.*`, `1.2.x`.
private struct CargoNumbers {
  let major: WholeNumber
  private(set) var minor: WholeNumber?
  private(set) var patch: WholeNumber?
  private(set) var hasWildcard = false

  init?(_ text: inout VersionText) {
    guard let major = Cargo.dialect.number(&text) else { return nil }
    self.major = major
    guard text.take(".") else { return }
    if text.takeWildcard() {
      hasWildcard = true
    } else {
      guard let minor = Cargo.dialect.number(&text) else { return nil }
      self.minor = minor
    }
    guard text.take(".") else { return }
    if text.takeWildcard() {
      hasWildcard = true
    } else {
      // `1.*.3` is nothing.
      guard !hasWildcard, let patch = Cargo.dialect.number(&text) else { return nil }
      self.patch = patch
    }
  }
}

extension VersionText {
  fileprivate mutating func skipSpaces() {
    _ = take { $0 == UInt8(ascii: " ") }
  }

  fileprivate mutating func takeWildcard() -> Bool {
    take("*") || take("x") || take("X")
  }
}
