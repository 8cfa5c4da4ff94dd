// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
public import Inventory
internal import Versions

/// What a user looks for: `node-ipc`, `node-ipc@9.1.6`, `@scope/name@^1.2`, or a purl.
public struct PackageQuery: Sendable {
  /// As the user wrote it.
  public let text: String
  /// That of a purl; nil for a name, which is looked for in all of them.
  public let ecosystem: Ecosystem?
  /// As the user spelled it.
  public let name: String
  /// An exact version, or a range in the words of the ecosystem, or of any where none is given; nil for any version.
  public let requirement: String?

  /// The name as Python packages have it.
  private let pypiName: String

  /// - Throws: ``QueryError`` where the text names no package, or asks for something that is neither a version nor a range.
  public init(_ text: String) throws(QueryError) {
    self.text = text
    (ecosystem, name, requirement) = try Self.isPurl(text) ? Self.purl(text) : Self.named(text)
    pypiName = PyPIName.normalised(name)
    guard !name.isEmpty, name != "@", requirement?.isEmpty != true else { throw QueryError(.noPackage, text: text) }
    if let requirement, requirement != Self.anyVersion, Self.schemes(reading: requirement, in: ecosystem).isEmpty {
      throw QueryError(.notARange, text: requirement)
    }
  }

  /// Stands for every version, whatever the ecosystem's own words are.
  private static let anyVersion = "*"

  /// The ecosystems whose packages are looked for on disk.
  public static let covered: Set<Ecosystem> = [.npm, .pypi, .jsr, .conda, .vscode]

  private static func isPurl(_ text: String) -> Bool {
    text.prefix("pkg:".count).lowercased() == "pkg:"
  }

  /// `@scope/name@1.0.0` → `@scope/name` and `1.0.0`.
  private static func named(_ text: String) -> (Ecosystem?, name: String, requirement: String?) {
    let start = text.hasPrefix("@") ? text.index(after: text.startIndex) : text.startIndex
    guard let at = text[start...].utf8.firstIndex(of: UInt8(ascii: "@")) else { return (nil, text, nil) }
    return (nil, String(text[..<at]), String(text[text.utf8.index(after: at)...]))
  }

  /// `pkg:npm/%40scope/name@1.0.0` → npm, `@scope/name` and `1.0.0`.
  private static func purl(_ text: String) throws(QueryError) -> (Ecosystem?, name: String, requirement: String?) {
    let purl: PackageURL
    do {
      purl = try PackageURL(parsing: text, .asWritten)
    } catch {
      let isUnknown = error.code == .noType || error.code == .invalidType
      throw QueryError(isUnknown ? .ecosystemNotCovered : .noPackage, text: text)
    }
    guard let package = purl.packages.first(where: { covered.contains($0.ecosystem) }) else {
      throw QueryError(.ecosystemNotCovered, text: text)
    }
    // An `@` asks for a version, and there is none.
    guard package.version != nil || !text.prefix(while: { $0 != "?" && $0 != "#" }).hasSuffix("@") else {
      throw QueryError(.noPackage, text: text)
    }
    return (package.ecosystem, package.name, package.version)
  }

  /// Whether a package has the name that is looked for, in whatever version.
  public func names(_ package: Package) -> Bool {
    if let ecosystem, ecosystem != package.ecosystem { return false }
    return package.name == name || (package.ecosystem == .pypi && PyPIName.normalised(package.name) == pypiName)
  }

  /// Whether `package` is what is looked for. A package whose version is not known, or cannot be compared, might be: it counts,
  /// unless its ecosystem has no such versions or ranges (`^1.2` is none of PyPI's).
  public func matches(_ package: Package) -> Bool {
    guard names(package) else { return false }
    guard let requirement, requirement != Self.anyVersion else { return true }
    let schemes = Self.schemes(reading: requirement, in: package.ecosystem)
    guard let version = package.version else { return !schemes.isEmpty }
    return version == requirement || schemes.contains { Self.takes(version, requirement, $0) }
  }

  /// The schemes in whose words the requirement is a version or a range: the ecosystem's own, or any where it has none;
  /// but of these none that takes nearly everything for a version (`latest`).
  private static func schemes(reading requirement: String, in ecosystem: Ecosystem?) -> [any VersionScheme.Type] {
    let own = ecosystem.flatMap { scheme(for: $0) }
    return (own.map { [$0] } ?? Versions.schemes.filter { !$0.takesAnyText }).filter {
      $0.isValid(requirement) || $0.range(requirement) != nil
    }
  }

  private static func takes(_ version: String, _ requirement: String, _ scheme: any VersionScheme.Type) -> Bool {
    if scheme.isMeant(version, by: requirement) == true { return true }
    guard !scheme.isValid(requirement) else { return false }
    return scheme.range(requirement)?.contains(version) ?? true
  }
}

extension PackageQuery {
  /// The package with those of its sightings that are what is looked for; nil where none is.
  ///
  /// A declared range counts if it would accept the version that is looked for.
  fileprivate func selected(_ inventoried: InventoriedPackage) -> InventoriedPackage? {
    guard matches(inventoried.package) else { return nil }
    guard inventoried.package.version == nil else { return inventoried }
    let sightings = inventoried.sightings.filter { sighting in
      sighting.requirement.map { mayMean($0, in: inventoried.package.ecosystem) } ?? true
    }
    return sightings.isEmpty ? nil : InventoriedPackage(package: inventoried.package, sightings: sightings)
  }

  /// Whether a declared range may bring what is looked for. Where that cannot be told (a range against a range, a tag), it may.
  private func mayMean(_ declared: String, in ecosystem: Ecosystem) -> Bool {
    guard let requirement, let scheme = scheme(for: ecosystem), scheme.isValid(requirement) else { return true }
    return scheme.range(declared)?.contains(requirement) ?? true
  }
}

/// A query that cannot be understood.
public struct QueryError: Error, Hashable, Sendable {
  public enum Code: String, CaseIterable, Sendable {
    /// No package's name.
    case noPackage = "no-package"
    /// What stands behind the `@` is neither a version nor a range.
    case notARange = "not-a-range"
    /// A purl of an ecosystem that is not read yet.
    case ecosystemNotCovered = "ecosystem-not-covered"
  }

  public let code: Code
  /// The part that cannot be understood, in the user's own words.
  public let text: String

  public init(_ code: Code, text: String) {
    self.code = code
    self.text = text
  }
}

/// The answer to "do we have this anywhere?".
public struct FindReport: Sendable {
  public let query: PackageQuery
  /// The packages that match, with all their sightings.
  public let packages: [InventoriedPackage]
  /// Those of the scan's findings that are about one of them.
  public let findings: [Finding]
  /// The scan that the answer was taken from.
  public let scan: ScanReport
  /// What was read to say so.
  public let evidence: Evidence

  /// What an answer rests on.
  public struct Evidence: Sendable {
    /// Lockfiles and state files read.
    public let lockfiles: Int
    /// Sightings of installed packages.
    public let installed: Int
    /// Manifests read.
    public let manifests: Int
  }

  /// Where to go from the packages that match.
  public var upgrades: [Upgrade] { scan.upgrades.filter { query.matches($0.package) } }

  /// - Parameter scan: A scan with its inventory.
  public init(_ query: PackageQuery, in scan: ScanReport) {
    self.query = query
    self.scan = scan
    packages = scan.packages.compactMap(query.selected)
    findings = scan.findings.filter { query.matches($0.package) }
    func filesRead(_ role: FileRole) -> Int {
      extractors.filter { $0.role == role }.reduce(0) { $0 + (scan.coverage.filesRead[$1.id] ?? 0) }
    }
    let installed = scan.packages.reduce(0) { sum, package in sum + package.sightings.count { $0.kind == .installed } }
    evidence = Evidence(
      lockfiles: filesRead(.lockfile), installed: installed, manifests: filesRead(.manifest))
  }
}
