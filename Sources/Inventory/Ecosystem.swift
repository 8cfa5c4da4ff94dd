// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package ecosystem, spelled as in the OSV schema (`npm`, `PyPI`, `Debian:12`).
///
/// - Source: https://ossf.github.io/osv-schema/#affectedpackage-field (read 2026-11-23)
public struct Ecosystem: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public init(_ rawValue: String) {
    self.rawValue = rawValue
  }

  public static let npm = Ecosystem("npm")
  /// Extensions of Visual Studio Code and its relatives; a name is `publisher.extension`.
  public static let vscode = Ecosystem("VSCode")
  /// Python packages. Extractors give their names as ``PyPIName/normalised(_:)`` does, whatever the file spells.
  public static let pypi = Ecosystem("PyPI")
  /// Packages of conda and its relatives. OSV has no such ecosystem: the spelling is our own.
  public static let conda = Ecosystem("conda")
  /// JavaScript packages of the JSR registry, which `deno.lock` pins beside npm's.
  public static let jsr = Ecosystem("JSR")

  /// Repositories, known by their commits alone. OSV has entries without a package for these; the spelling is our own.
  public static let git = Ecosystem("GIT")

  /// The one spelling of a package's name under which all of its spellings are matched.
  ///
  /// Names without a rule here are exact: npm's (old ones have capital letters), Maven's, RubyGems', Hackage's and CRAN's.
  /// - Complexity: O(length), and nothing for an ecosystem whose names have one spelling.
  public func matchingName(_ name: String) -> String {
    // The two of which a scan asks for hundreds of thousands of names come first.
    if self == .npm { return name }
    if self == .pypi { return PyPIName.normalised(name) }
    return Self.spelling(of: base).map { $0.spelled(name) } ?? name
  }

  /// How the names of an ecosystem may differ and still be one.
  private enum Spelling {
    /// Capital and small letters are one.
    case letters
    /// So are the hyphen and the underscore.
    case lettersAndHyphens
    /// Those of Python packages, where the ecosystem names an index.
    case python
    /// Addresses of repositories.
    case repository

    func spelled(_ name: String) -> String {
      switch self {
      case .letters: PackageURL.small(name)
      case .lettersAndHyphens:
        String(decoding: PackageURL.small(name).utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
      case .python: PyPIName.normalised(name)
      // Hosts have no capital letters, and the paths of those that Swift packages lie on make no difference either.
      case .repository: PackageURL.small(Repository.path(name))
      }
    }
  }

  /// - Source: For each of them (read 2026-11-25):
  ///   crates.io: https://doc.rust-lang.org/cargo/reference/registry-index.html#name-restrictions
  ///   NuGet: https://learn.microsoft.com/en-us/nuget/reference/nuspec#id
  ///   Packagist: https://getcomposer.org/doc/04-schema.md#name
  ///   GitHub Actions, Go, Hex, Pub, Bitnami, VSCode: the definitions of their types in https://github.com/package-url/purl-spec
  private static func spelling(of base: String) -> Spelling? {
    switch base {
    case "crates.io": .lettersAndHyphens
    case "NuGet", "Packagist", "GitHub Actions", "Go", "Hex", "Pub", "VSCode", "Bitnami", "Kubernetes": .letters
    case "PyPI": .python
    case "SwiftURL", "GIT": .repository
    default: nil
    }
  }

  /// The part before the first colon: `Debian` of `Debian:12`.
  public var base: String {
    guard let colon = rawValue.utf8.firstIndex(of: UInt8(ascii: ":")) else { return rawValue }
    return String(rawValue[..<colon])
  }
}
