// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension PackageURL {
  /// The packages that the purl may stand for: ecosystem and name as OSV spells them, likeliest first.
  ///
  /// A package of a distribution is given in every ecosystem that its release may belong to, by the name of its source
  /// where the purl tells that (`upstream`, `source`, `origin`, `sourcerpm`), since records name sources. Read the purl with
  /// ``Reading/asWritten`` to keep the letters of names that purls write small (Go's).
  /// - Returns: Nothing for a purl of a type, or of a distribution, that no ecosystem of OSV stands for.
  public var packages: [Package] {
    if let plain = Self.ecosystems[type] {
      return [package(plain.ecosystem, plain.hasNamespace ? joinedName("/") : name)]
    }
    return switch type {
    case "deb", "apk", "rpm": distributionPackages
    case "golang": goPackages
    case "github", "githubactions": actionPackages
    case "generic": genericPackages
    case "maven":
      repositoryPackages("Maven", name: joinedName(":"), defaults: ["repo.maven.apache.org", "repo1.maven.org"])
    case "composer":
      repositoryPackages("Packagist", name: joinedName("/"), defaults: ["packagist.org", "repo.packagist.org"])
    case "vscode-extension", "vscode":
      repositoryPackages("VSCode", name: small(joinedName(".")), defaults: ["marketplace.visualstudio.com"])
    case "pypi": [Package(ecosystem: .pypi, name: PyPIName.normalised(name), version: version)]
    case "swift": [package("SwiftURL", Repository.path(joinedName("/")))]
    default: []
    }
  }

  /// The types whose names are those of one ecosystem, with the namespace before a slash or without it.
  private static let ecosystems: [String: (ecosystem: String, hasNamespace: Bool)] = [
    "npm": ("npm", true), "jsr": ("JSR", true), "cargo": ("crates.io", false), "gem": ("RubyGems", false),
    "nuget": ("NuGet", false), "hex": ("Hex", true), "pub": ("Pub", false), "hackage": ("Hackage", false),
    "cran": ("CRAN", false), "bioconductor": ("Bioconductor", false), "cpan": ("CPAN", false),
    "julia": ("Julia", false), "opam": ("opam", false), "conan": ("ConanCenter", false), "bitnami": ("Bitnami", false),
    "conda": ("conda", false), "docker": ("Docker", true),
  ]

  private func package(_ ecosystem: String, _ name: String) -> Package {
    Package(ecosystem: Ecosystem(ecosystem), name: name, version: version)
  }

  private func joinedName(_ separator: String) -> String {
    namespace.map { $0 + separator + name } ?? name
  }

  private func small(_ text: String) -> String {
    Self.small(text)
  }

  // MARK: Types with ways of their own

  /// The module, and where a subpath is told, the modules that may lie there.
  private var goPackages: [Package] {
    var path = joinedName("/")
    var packages = [package("Go", path)]
    for segment in (subpath ?? "").split(separator: "/").prefix(16) {
      path += "/" + segment
      packages.append(package("Go", path))
    }
    return packages
  }

  /// An action may lie in a folder of its repository.
  private var actionPackages: [Package] {
    guard namespace != nil else { return [] }
    let repository = package("GitHub Actions", joinedName("/"))
    return [repository] + (subpath.map { [package("GitHub Actions", "\(repository.name)/\($0)")] } ?? [])
  }

  private var genericPackages: [Package] {
    let segments = joinedName("/").split(separator: "/", maxSplits: 1)
    guard segments.count == 2, segments[0] == "jsr" else { return [package("OSS-Fuzz", joinedName("/"))] }
    return [package("JSR", String(segments[1]))]
  }

  /// A package that comes from another repository than the usual one: the records of that one, and those of the usual one,
  /// which is mirrored by many.
  private func repositoryPackages(_ ecosystem: String, name: String, defaults: [String]) -> [Package] {
    let usual = package(ecosystem, name)
    guard var address = qualifier("repository_url") else { return [usual] }
    while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
    if !address.contains("://") { address = "https://" + address }
    let host = address.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    return defaults.contains(Self.small(host)) ? [usual] : [package("\(ecosystem):\(address)", name), usual]
  }

  // MARK: Distributions

  private var distributionPackages: [Package] {
    let distro = qualifier("distro")
    guard let distribution = Distribution.of(type: type, namespace: namespace, distro: distro) else { return [] }
    let version = versionWithEpoch(version)
    var names = source.map { [(name: $0.name, version: $0.version.flatMap(versionWithEpoch) ?? version)] } ?? []
    if names.isEmpty || distribution.namesBinaries, names.first?.name != name { names.append((name, version)) }
    return distribution.ecosystems(distro: distro).flatMap { ecosystem in
      names.map { Package(ecosystem: ecosystem, name: $0.name, version: $0.version) }
    }
  }

  /// The source package, with its version where that is told.
  private var source: (name: String, version: String?)? {
    if let file = qualifier("sourcerpm") { return Self.sourcePackage(file) }
    if let name = qualifier("source") ?? qualifier("origin") { return (name, qualifier("sourceversion")) }
    guard let upstream = qualifier("upstream") else { return nil }
    if upstream.hasSuffix(".src.rpm") { return Self.sourcePackage(upstream) }
    guard let at = upstream.utf8.lastIndex(of: UInt8(ascii: "@")), at > upstream.startIndex else {
      return (upstream, nil)
    }
    return (String(upstream[..<at]), String(upstream[upstream.utf8.index(after: at)...]))
  }

  /// `openssl` and `3.0.7-27.el9` of `openssl-3.0.7-27.el9.src.rpm`.
  private static func sourcePackage(_ file: String) -> (name: String, version: String?)? {
    let parts = (file.hasSuffix(".src.rpm") ? file.dropLast(".src.rpm".count) : Substring(file))
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0] != "" else { return nil }
    return (parts.dropLast(2).joined(separator: "-"), parts.suffix(2).joined(separator: "-"))
  }

  /// The epoch of an RPM stands in a qualifier; Trivy writes Debian's there too.
  private func versionWithEpoch(_ version: String?) -> String? {
    guard let version, type != "apk", let epoch = qualifier("epoch"), epoch != "0",
      !version.utf8.contains(UInt8(ascii: ":"))
    else { return version }
    return "\(epoch):\(version)"
  }
}
