// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What the definition of a purl type says of the parts.
///
/// - Source: https://github.com/package-url/purl-spec, `types/*-definition.json` (read 2026-11-25)
///
/// A class, since a look-up of its table then copies nothing.
final class PackageURLType: Sendable {
  enum Namespace: Sendable {
    case optional
    case required
    case prohibited
  }

  /// The parts that are written in small letters.
  struct Small: OptionSet, Sendable {
    let rawValue: UInt8
    static let namespace = Small(rawValue: 1)
    static let name = Small(rawValue: 2)
    static let version = Small(rawValue: 4)
  }

  /// A rule that only one type has.
  enum Peculiarity: Sendable {
    /// Names are 32 letters from `a` to `p`, versions one to four numbers.
    case chrome
    /// Names hold no white space and no `+`, and begin with no dot.
    case cocoapods
    /// The namespace is an author, in capital letters; names of modules (`A::B`) are none of distributions.
    case cpan
    /// Names on hosts that make no difference between capital and small letters are in small ones.
    case git
    /// Underscores of names are hyphens.
    case hyphens
    /// Databricks makes no difference between capital and small letters of names.
    case mlflow
    /// All of a name but letters and digits is underscores.
    case underscores
  }

  let namespace: Namespace
  let small: Small
  /// The keys that the definition names.
  let qualifiers: [String]
  /// That of `qualifiers` which is always there.
  let required: String?
  let peculiarity: Peculiarity?

  init(
    namespace: Namespace = .optional, small: Small = [], qualifiers: [String] = [], required: String? = nil,
    peculiarity: Peculiarity? = nil
  ) {
    self.namespace = namespace
    self.small = small
    self.qualifiers = qualifiers
    self.required = required
    self.peculiarity = peculiarity
  }

  static let all: [String: PackageURLType] = [
    "alpm": PackageURLType(namespace: .required, small: [.namespace, .name], qualifiers: ["arch"]),
    "apk": PackageURLType(namespace: .required, small: [.namespace, .name], qualifiers: ["arch"]),
    "bazel": PackageURLType(namespace: .prohibited, qualifiers: ["repository_url"]),
    "bitbucket": PackageURLType(namespace: .required, small: [.namespace, .name]),
    "bitnami": PackageURLType(namespace: .prohibited, small: .name, qualifiers: ["arch", "distro"]),
    "brew": PackageURLType(small: [.namespace, .name], qualifiers: ["repository_url"]),
    "cargo": PackageURLType(namespace: .prohibited),
    "chrome-extension": PackageURLType(namespace: .prohibited, small: .name, peculiarity: .chrome),
    "cocoapods": PackageURLType(namespace: .prohibited, peculiarity: .cocoapods),
    "composer": PackageURLType(namespace: .required, small: [.namespace, .name]),
    "conan": PackageURLType(qualifiers: ["user", "channel", "rrev", "prev"]),
    "conda": PackageURLType(namespace: .prohibited, qualifiers: ["build", "channel", "subdir", "type"]),
    "cpan": PackageURLType(
      qualifiers: ["author", "distpath", "repository_url", "download_url", "vcs_url", "ext"], peculiarity: .cpan),
    "cran": PackageURLType(namespace: .prohibited),
    "deb": PackageURLType(namespace: .required, small: [.namespace, .name], qualifiers: ["arch"]),
    "docker": PackageURLType(),
    "gem": PackageURLType(namespace: .prohibited, qualifiers: ["platform"]),
    "generic": PackageURLType(qualifiers: ["download_url", "checksum"]),
    "git": PackageURLType(namespace: .required, peculiarity: .git),
    "github": PackageURLType(namespace: .required, small: [.namespace, .name]),
    "golang": PackageURLType(namespace: .required, small: [.namespace, .name]),
    "hackage": PackageURLType(namespace: .prohibited, peculiarity: .hyphens),
    "hex": PackageURLType(small: [.namespace, .name]),
    "huggingface": PackageURLType(namespace: .required, small: .version),
    "julia": PackageURLType(namespace: .prohibited, qualifiers: ["uuid"], required: "uuid"),
    "luarocks": PackageURLType(small: [.namespace, .name], qualifiers: ["repository_url"]),
    "maven": PackageURLType(namespace: .required, qualifiers: ["classifier", "type"]),
    "mlflow": PackageURLType(namespace: .prohibited, qualifiers: ["model_uuid", "run_id"], peculiarity: .mlflow),
    "npm": PackageURLType(),
    "nuget": PackageURLType(namespace: .prohibited),
    "oci": PackageURLType(
      namespace: .prohibited, small: [.name, .version], qualifiers: ["arch", "repository_url", "tag"]),
    "opam": PackageURLType(namespace: .prohibited),
    "otp": PackageURLType(namespace: .prohibited, small: .name, qualifiers: ["repository_url", "platform", "arch"]),
    "pub": PackageURLType(namespace: .prohibited, small: .name, peculiarity: .underscores),
    // A dot of a name stays: the definition changes it in the names of files alone.
    "pypi": PackageURLType(namespace: .prohibited, small: .name, qualifiers: ["file_name"], peculiarity: .hyphens),
    "qpkg": PackageURLType(namespace: .required, small: .namespace),
    "rpm": PackageURLType(namespace: .required, small: .namespace, qualifiers: ["epoch", "arch"]),
    "swid": PackageURLType(
      qualifiers: ["tag_id", "tag_version", "patch", "tag_creator_name", "tag_creator_regid"], required: "tag_id"),
    "swift": PackageURLType(namespace: .required),
    "vcpkg": PackageURLType(
      namespace: .prohibited, qualifiers: ["port_version", "repository_revision", "triplet"]),
    "vscode-extension": PackageURLType(
      namespace: .required, small: [.namespace, .name, .version], qualifiers: ["platform"]),
    "yocto": PackageURLType(small: .namespace, qualifiers: ["repository_url", "layer_version"]),
  ]
}

extension PackageURL {
  /// Puts the qualifiers in order and spells the parts as the type wants them, or says why the type has no such purl.
  ///
  /// A type that is not registered has no rules.
  mutating func settle(_ reading: Reading) throws(PackageURLError) {
    if type == "git" { name = Self.joined(name) ?? "" }
    guard !name.isEmpty else { throw PackageURLError(.noName) }
    guard reading != .asWritten, let rules = PackageURLType.all[type] else { return try sortQualifiers() }
    if reading == .strict { try checkKeys(of: rules) }
    normalise(by: rules)
    try sortQualifiers()
    if reading == .strict { try check(against: rules) }
  }

  // MARK: Spelling

  /// Spells the parts as the type's definition wants them.
  mutating func normalise(by rules: PackageURLType) {
    if rules.small.contains(.namespace), let namespace { self.namespace = Self.small(namespace) }
    if rules.small.contains(.name) { name = Self.small(name) }
    if rules.small.contains(.version), let version { self.version = Self.small(version) }
    switch rules.peculiarity {
    case .cpan: namespace = namespace?.uppercased()
    case .hyphens where name.utf8.contains(UInt8(ascii: "_")): name = name.replacingBytes { $0 == 0x5F ? 0x2D : $0 }
    case .underscores: name = name.replacingBytes { Self.isSmallOrDigit($0) ? $0 : UInt8(ascii: "_") }
    case .git where Self.isHostOfSmallLetters(namespace ?? ""):
      namespace = namespace.map(Self.small)
      name = Self.small(name)
    case .mlflow where qualifier("repository_url").map(Self.isDatabricks) == true: name = Self.small(name)
    case .chrome, .cocoapods, .git, .hyphens, .mlflow, nil: break
    }
  }

  /// The text itself where it has no capital letter, which is nearly always.
  static func small(_ text: String) -> String {
    text.utf8.contains { ($0 >= 0x41 && $0 <= 0x5A) || $0 >= 0x80 } ? text.lowercased() : text
  }

  private static func isSmallOrDigit(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || isDigit(byte)
  }

  /// The hosts whose own types (`github`, `bitbucket`) want small letters; the suite writes `github` for `github.com`.
  private static func isHostOfSmallLetters(_ host: String) -> Bool {
    ["github", "github.com", "bitbucket", "bitbucket.org"].contains(small(host))
  }

  private static func isDatabricks(_ address: String) -> Bool {
    let host = address.split(separator: "/", omittingEmptySubsequences: true).first { !$0.hasSuffix(":") } ?? ""
    return ["azuredatabricks.net", "databricks.com"].contains { small(String(host)).hasSuffix($0) }
  }

  /// Keys in small letters, each once, in order.
  private mutating func sortQualifiers() throws(PackageURLError) {
    var isSorted = true
    for place in qualifiers.indices {
      let key = Self.small(qualifiers[place].key)
      if key != qualifiers[place].key { qualifiers[place] = Qualifier(key: key, value: qualifiers[place].value) }
      if place > 0, qualifiers[place - 1].key >= key { isSorted = false }
    }
    guard !isSorted else { return }
    qualifiers.sort { $0.key < $1.key }
    for (first, second) in zip(qualifiers, qualifiers.dropFirst()) where first.key == second.key {
      throw PackageURLError(.repeatedQualifier, part: first.key)
    }
  }

  // MARK: Checks

  /// A key that the type defines stands in small letters; of other keys the specification only says that they are changed into them.
  private func checkKeys(of rules: PackageURLType) throws(PackageURLError) {
    for key in qualifiers.lazy.map(\.key) where Self.small(key) != key && rules.qualifiers.contains(Self.small(key)) {
      throw PackageURLError(.capitalQualifier, part: key)
    }
  }

  private func check(against rules: PackageURLType) throws(PackageURLError) {
    if rules.namespace == .required, namespace == nil { throw PackageURLError(.namespaceRequired, part: type) }
    if rules.namespace == .prohibited, let namespace { throw PackageURLError(.namespaceProhibited, part: namespace) }
    if let required = rules.required, qualifier(required) == nil {
      throw PackageURLError(.qualifierRequired, part: required)
    }
    guard isName(by: rules.peculiarity) else { throw PackageURLError(.invalidName, part: name) }
    if rules.peculiarity == .chrome, let version, !Self.isChromeVersion(version) {
      throw PackageURLError(.invalidVersion, part: version)
    }
  }

  private func isName(by peculiarity: PackageURLType.Peculiarity?) -> Bool {
    switch peculiarity {
    case .chrome:
      name.utf8.count == 32 && name.utf8.allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "p") }
    case .cocoapods:
      name.utf8.first != UInt8(ascii: ".") && !name.contains { $0 == "+" || $0.isWhitespace }
    case .cpan: !name.contains("::")
    case .git, .hyphens, .mlflow, .underscores, nil: true
    }
  }

  private static func isChromeVersion(_ version: String) -> Bool {
    let numbers = version.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return numbers.count <= 4 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }
}

extension String {
  /// The text with bytes exchanged; only ASCII may be put in, and a byte above it is given to `change` as any other.
  fileprivate func replacingBytes(_ change: (UInt8) -> UInt8) -> String {
    String(decoding: utf8.map(change), as: UTF8.self)
  }
}
