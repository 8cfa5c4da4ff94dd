// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A set of version specifiers, of which every one must hold: `>=1.2, !=1.3.*`.
///
/// Prereleases are members wherever they stand in the order. pip takes one only if the specifiers name one, if it is told
/// to, or if no release satisfies them; whether there is such a release cannot be known here. So this answers for one
/// version that has no alternatives, as `SpecifierSet.contains` of `packaging` does since its version 26, and errs on the
/// side of "would be taken".
/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/#handling-of-pre-releases
///   (read 2026-11-25)
/// - Source: https://github.com/pypa/packaging, `specifiers.py` and `_ranges.py` of 26.4 (read 2026-11-25)
public struct PEP440Specifiers: VersionRange {
  private let specifiers: [PEP440Specifier]

  /// The longest set that is read, in bytes. `packaging` has no such limit; what people write is under a thousand.
  public static let maximumLength = 65_536

  /// Reads a set. Nothing between two commas is left out; a text without any specifier is the set of all versions.
  ///
  /// - Returns: `nil` where `packaging` would refuse it, and above ``maximumLength``.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var text = text
    let found = text.withUTF8(Self.specifiers)
    guard let found else { return nil }
    specifiers = found
  }

  private static func specifiers(in bytes: UnsafeBufferPointer<UInt8>) -> [PEP440Specifier]? {
    var found: [PEP440Specifier] = []
    for part in bytes.split(separator: UInt8(ascii: ",")) {
      var reader = PEP440Reader(bytes, in: part.startIndex..<part.endIndex)
      if reader.isAtEnd { continue }
      guard let specifier = PEP440Specifier(&reader) else { return nil }
      found.append(specifier)
    }
    return found
  }

  /// Whether the version satisfies every specifier.
  ///
  /// - Returns: `nil` where the text is not a version, unless the specifiers are all `===`, which compare texts.
  public func contains(_ version: String) -> Bool? {
    if let parsed = PEP440Version(version) {
      return specifiers.allSatisfy { $0.holds(for: parsed, written: version) }
    }
    let texts = specifiers.compactMap(\.text)
    guard !texts.isEmpty, texts.count == specifiers.count else { return nil }
    return texts.allSatisfy { PEP440Specifier.isSameText($0, version) }
  }

  /// The specifiers in their normal form, in the order in which they were written.
  public var description: String {
    specifiers.map(\.description).joined(separator: ",")
  }
}

/// One specifier: `~=1.4.2`.
enum PEP440Specifier: Sendable, CustomStringConvertible {
  case compared(Comparison, PEP440Version)
  /// `==1.2.*`
  case prefix(PEP440Version)
  /// `!=1.2.*`
  case notPrefix(PEP440Version)
  /// `~=1.4.2`
  case compatible(PEP440Version)
  /// `===1.2`
  case identical(String)

  enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
  }

  // MARK: Reading

  /// Reads the specifier that all of the reader's text is.
  init?(_ reader: inout PEP440Reader) {
    if reader.take("===") {
      guard let text = Self.identicalText(&reader) else { return nil }
      self = .identical(text)
    } else if reader.take("~=") {
      guard let version = Self.version(&reader), version.release.count > 1, version.local.isEmpty else { return nil }
      self = .compatible(version)
    } else if reader.take("==") {
      guard let found = Self.versionOrPrefix(&reader) else { return nil }
      self = found.isPrefix ? .prefix(found.version) : .compared(.equal, found.version)
    } else if reader.take("!=") {
      guard let found = Self.versionOrPrefix(&reader) else { return nil }
      self = found.isPrefix ? .notPrefix(found.version) : .compared(.notEqual, found.version)
    } else {
      guard let comparison = Self.bound(&reader), let version = Self.version(&reader), version.local.isEmpty else {
        return nil
      }
      self = .compared(comparison, version)
    }
  }

  private static func bound(_ reader: inout PEP440Reader) -> Comparison? {
    if reader.take("<=") { return .atMost }
    if reader.take(">=") { return .atLeast }
    if reader.take("<") { return .less }
    return reader.take(">") ? .greater : nil
  }

  private static func version(_ reader: inout PEP440Reader) -> PEP440Version? {
    reader.skipSpace()
    return reader.version()
  }

  private static func versionOrPrefix(_ reader: inout PEP440Reader) -> (version: PEP440Version, isPrefix: Bool)? {
    reader.skipSpace()
    return reader.versionOrPrefix()
  }

  /// Anything without white space and without what ends a requirement.
  private static func identicalText(_ reader: inout PEP440Reader) -> String? {
    reader.skipSpace()
    guard !reader.isAtEnd, !reader.contains({ $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ")") }) else { return nil }
    return reader.remainder
  }

  // MARK: Asking

  /// - Parameter text: The version as it was written.
  func holds(for version: PEP440Version, written text: String) -> Bool {
    switch self {
    case .compared(let comparison, let stated): Self.holds(comparison, stated, for: version)
    case .prefix(let stated): version.hasRelease(beginningWith: stated, count: stated.release.count)
    case .notPrefix(let stated): !version.hasRelease(beginningWith: stated, count: stated.release.count)
    case .compatible(let stated):
      version.order(to: stated) != .ascending
        && version.hasRelease(beginningWith: stated, count: stated.release.count - 1)
    case .identical(let stated): Self.isSameText(stated, text)
    }
  }

  private static func holds(_ comparison: Comparison, _ stated: PEP440Version, for version: PEP440Version) -> Bool {
    switch comparison {
    case .equal: PEP440.isMeant(version, by: stated)
    case .notEqual: !PEP440.isMeant(version, by: stated)
    case .atMost: version.publicOrder(to: stated) != .descending
    case .atLeast: version.order(to: stated) != .ascending
    case .less: isLess(version, than: stated)
    case .greater: isGreater(version, than: stated)
    }
  }

  /// `<1.0` is below `1.0.dev0`, and `<1.0.post1` below `1.0.post1.dev0`, unless the specifier names a prerelease itself.
  private static func isLess(_ version: PEP440Version, than stated: PEP440Version) -> Bool {
    guard version.order(to: stated) == .ascending else { return false }
    if stated.isPrerelease || !version.hasSameRelease(as: stated) { return true }
    return stated.post != nil && (version.pre != nil || version.post != stated.post)
  }

  /// `>1.0` leaves out `1.0.post1` and `1.0+local`, unless the specifier names a post- or development release itself.
  private static func isGreater(_ version: PEP440Version, than stated: PEP440Version) -> Bool {
    guard version.publicOrder(to: stated) == .descending else { return false }
    return stated.post != nil || stated.dev != nil || !version.isSameFamily(as: stated)
  }

  /// The text of `===`.
  var text: String? {
    if case .identical(let text) = self { text } else { nil }
  }

  /// Capitals do not count.
  static func isSameText(_ first: String, _ second: String) -> Bool {
    first.lowercased().utf8.elementsEqual(second.lowercased().utf8)
  }

  var description: String {
    switch self {
    case .compared(let comparison, let version): comparison.rawValue + version.description
    case .prefix(let version): "==\(version).*"
    case .notPrefix(let version): "!=\(version).*"
    case .compatible(let version): "~=\(version)"
    case .identical(let text): "===\(text)"
    }
  }
}
