// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package URL (purl): the label under which a package is known across tools.
///
/// `pkg:type/namespace/name@version?qualifiers#subpath`. The parts are held decoded; ``text`` is their canonical spelling.
/// - Source: https://github.com/package-url/purl-spec, the specification and the definitions of its types (read 2026-11-25)
public struct PackageURL: Hashable, Sendable {
  /// Always in small letters.
  public internal(set) var type: String
  /// Segments joined by `/`, none of them empty; nil where there are none.
  public internal(set) var namespace: String?
  public internal(set) var name: String
  public internal(set) var version: String?
  /// In the order of their keys, which are in small letters and occur once; no value is empty.
  public internal(set) var qualifiers: [Qualifier]
  /// Segments joined by `/`, none of them empty, `.` or `..`; nil where there are none.
  public internal(set) var subpath: String?

  /// One `key=value` behind the question mark.
  public struct Qualifier: Hashable, Sendable {
    public let key: String
    public let value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// How far a purl is held to the definition of its type.
  public enum Reading: Hashable, Sendable {
    /// What the definition forbids is an error, and names are spelled as it wants them.
    case strict
    /// Names are spelled as the definition wants them; what it forbids is let be. For purls that other tools wrote.
    case tolerant
    /// The grammar alone: names keep the letters they have. For purls whose names are looked up.
    case asWritten
  }

  /// The value of a qualifier; nil where the purl has none of that key.
  public func qualifier(_ key: String) -> String? {
    qualifiers.first { $0.key == key }?.value
  }

  /// Takes parts as they are; ``settle(_:)`` is to follow.
  init(
    type: String, namespace: String?, name: String, version: String?, unchecked qualifiers: [Qualifier],
    subpath: String?
  ) {
    self.type = type
    self.namespace = namespace
    self.name = name
    self.version = version
    self.qualifiers = qualifiers
    self.subpath = subpath
  }
}

/// A text that is no purl, or parts that make none.
public struct PackageURLError: Error, Hashable, Sendable {
  public enum Code: String, CaseIterable, Sendable {
    /// The text does not begin with `pkg:`.
    case noScheme = "no-scheme"
    case noType = "no-type"
    /// The type begins with a digit, or has other characters than letters, digits, `.`, `+` and `-`.
    case invalidType = "invalid-type"
    case noName = "no-name"
    /// An `@` with nothing behind it.
    case emptyVersion = "empty-version"
    /// A percent sign without two hexadecimal digits behind it, or digits that spell no UTF-8.
    case invalidEncoding = "invalid-encoding"
    /// A slash inside of a segment, where segments are what slashes part.
    case encodedSlash = "encoded-slash"
    /// A qualifier without `=`, or whose key has other characters than letters, digits, `.`, `-` and `_`, or begins with a digit.
    case invalidQualifier = "invalid-qualifier"
    /// A key of the type's own with capital letters.
    case capitalQualifier = "capital-qualifier"
    case repeatedQualifier = "repeated-qualifier"
    /// The type's packages always have a namespace.
    case namespaceRequired = "namespace-required"
    /// The type's packages never have a namespace.
    case namespaceProhibited = "namespace-prohibited"
    /// The type's packages always have the qualifier.
    case qualifierRequired = "qualifier-required"
    /// The type's names do not look like this.
    case invalidName = "invalid-name"
    /// The type's versions do not look like this.
    case invalidVersion = "invalid-version"
  }

  public let code: Code
  /// The part that is wrong, as written; empty where it is missing.
  public let part: String

  public init(_ code: Code, part: String = "") {
    self.code = code
    self.part = part
  }
}
