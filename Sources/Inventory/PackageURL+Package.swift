// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension PackageURL {
  /// The purl of a package, valid whatever its name holds, and spelled as its type wants it.
  ///
  /// A release that the ecosystem names (`Debian:12`) becomes the qualifier `distro`, a repository `repository_url`. An
  /// ecosystem without a registered type is `generic`.
  /// - Complexity: O(length of name and version).
  public init(of package: Package) {
    let ecosystem = package.ecosystem
    let base = ecosystem.base
    let distribution = ecosystem == .npm || ecosystem == .pypi ? nil : Distribution.named(ecosystem)
    let type = distribution?.type ?? Self.type(ofBase: base)
    let path = Self.path(of: package, base: base)
    let slash = distribution == nil ? path.utf8.lastIndex(of: UInt8(ascii: "/")) : nil
    self.init(
      type: type, namespace: distribution?.names[0] ?? slash.flatMap { Self.joined(String(path[..<$0])) },
      name: slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path,
      version: package.version?.isEmpty == true ? nil : package.version,
      unchecked: distribution.map { Self.qualifiers($0, ecosystem) } ?? Self.repository(ecosystem, base: base),
      subpath: nil)
    if let rules = PackageURLType.all[type] { normalise(by: rules) }
  }

  /// The purl type that stands for an ecosystem other than a distribution's.
  private static func type(ofBase base: String) -> String {
    switch base {
    case "npm": "npm"
    case "PyPI": "pypi"
    case "VSCode": "vscode-extension"
    case "conda": "conda"
    case "Docker": "docker"
    // There is no type for actions; one is a repository, and named so.
    case "GitHub Actions": "github"
    case "crates.io": "cargo"
    case "Go", "Kubernetes": "golang"
    case "RubyGems": "gem"
    case "Maven": "maven"
    case "NuGet": "nuget"
    case "Packagist": "composer"
    case "Hex": "hex"
    case "Pub": "pub"
    case "Hackage": "hackage"
    case "CRAN": "cran"
    // Not registered, and what tools write.
    case "Bioconductor": "bioconductor"
    case "CPAN": "cpan"
    // The definition wants the `uuid` too, which a package's name does not tell.
    case "Julia": "julia"
    case "opam": "opam"
    case "SwiftURL": "swift"
    case "ConanCenter": "conan"
    case "Bitnami": "bitnami"
    default: "generic"
    }
  }

  /// The name with slashes where the purl has segments.
  private static func path(of package: Package, base: String) -> String {
    let name = package.name
    return switch base {
    case "npm", "PyPI": segments(name)
    case "JSR": "jsr/" + segments(name)
    case "VSCode": segments(slashed(name, at: UInt8(ascii: ".")))
    case "Maven": segments(slashed(name, at: UInt8(ascii: ":")))
    case "SwiftURL": segments(Repository.path(name))
    default: segments(name)
    }
  }

  /// A slash at either end parts nothing.
  private static func segments(_ name: String) -> String {
    let slash = UInt8(ascii: "/")
    guard name.utf8.first == slash || name.utf8.last == slash else { return name }
    return joined(name) ?? ""
  }

  /// The name with a slash for the first separator: `publisher.extension`, `group:artifact`.
  private static func slashed(_ name: String, at separator: UInt8) -> String {
    guard let place = name.utf8.firstIndex(of: separator) else { return name }
    return name[..<place] + "/" + name[name.utf8.index(after: place)...]
  }

  private static func qualifiers(_ distribution: Distribution, _ ecosystem: Ecosystem) -> [Qualifier] {
    distribution.distro(of: ecosystem).map { [Qualifier(key: "distro", value: $0)] } ?? []
  }

  /// The repository that an ecosystem names behind its colon (`Packagist:https://packages.drupal.org/8`).
  private static func repository(_ ecosystem: Ecosystem, base: String) -> [Qualifier] {
    let suffix = ecosystem.rawValue.dropFirst(base.count + 1)
    return suffix.hasPrefix("http") ? [Qualifier(key: "repository_url", value: String(suffix))] : []
  }
}

/// The address of a source repository, as the names of Swift packages have it.
enum Repository {
  /// `github.com/apple/swift-nio` of `https://github.com/apple/swift-nio.git`.
  static func path(_ address: String) -> String {
    var path = Substring(address)
    if let scheme = path.firstRange(of: "://") { path = path[scheme.upperBound...] }
    while path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
    if path.hasSuffix(".git") { path = path.dropLast(".git".count) }
    return String(path)
  }
}
