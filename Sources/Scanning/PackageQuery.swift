// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
public import Inventory
internal import Versions

/// What a user looks for: `node-ipc`, `node-ipc@9.1.6`, `@scope/name@^1.2`, or a purl.
public struct PackageQuery: Sendable {
  /// As the user wrote it.
  public let text: String
  public let ecosystem: Ecosystem
  public let name: String
  /// An exact version, or a range in the ecosystem's own words; nil for any version.
  public let requirement: String?

  /// - Throws: ``QueryError`` where the text names no package, or asks for something that is neither a version nor a range.
  public init(_ text: String) throws(QueryError) {
    self.text = text
    ecosystem = .npm
    let target = try Self.withoutPURL(text)
    let start = target.hasPrefix("@") ? target.index(after: target.startIndex) : target.startIndex
    if let at = target[start...].utf8.firstIndex(of: UInt8(ascii: "@")) {
      name = String(target[..<at])
      requirement = String(target[target.utf8.index(after: at)...])
    } else {
      name = target
      requirement = nil
    }
    guard !name.isEmpty, name != "@", requirement?.isEmpty != true else { throw QueryError(.noPackage, text: text) }
    if let requirement, scheme(for: ecosystem)?.isValid(requirement) != true,
      scheme(for: ecosystem)?.range(requirement) == nil
    {
      throw QueryError(.notARange, text: requirement)
    }
  }

  /// `pkg:npm/%40scope/name@1.0.0` → `@scope/name@1.0.0`; anything else unchanged.
  private static func withoutPURL(_ text: String) throws(QueryError) -> String {
    guard text.hasPrefix("pkg:") else { return text }
    guard text.hasPrefix("pkg:npm/") else { throw QueryError(.ecosystemNotCovered, text: text) }
    let path = text.dropFirst("pkg:npm/".count).prefix { $0 != "?" && $0 != "#" }
    return percentDecoded(path)
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(Substring(digits), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether `package` is what is looked for. A package whose version is not known, or cannot be compared, might be: it counts.
  public func matches(_ package: Package) -> Bool {
    guard package.ecosystem == ecosystem, package.name == name else { return false }
    guard let requirement, let version = package.version, let scheme = scheme(for: ecosystem) else { return true }
    if version == requirement || scheme.compare(version, requirement) == .same { return true }
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
      sighting.requirement.map(mayMean) ?? true
    }
    return sightings.isEmpty ? nil : InventoriedPackage(package: inventoried.package, sightings: sightings)
  }

  /// Whether a declared range may bring what is looked for. Where that cannot be told (a range against a range, a tag), it may.
  private func mayMean(_ declared: String) -> Bool {
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

  /// - Parameter scan: A scan with its inventory.
  public init(_ query: PackageQuery, in scan: ScanReport) {
    self.query = query
    self.scan = scan
    packages = scan.packages.compactMap(query.selected)
    findings = scan.findings.filter { query.matches($0.package) }
    let manifests = scan.coverage.filesRead[PackageJSON.id] ?? 0
    let installed = scan.packages.reduce(0) { sum, package in sum + package.sightings.count { $0.kind == .installed } }
    evidence = Evidence(
      lockfiles: scan.coverage.totalFilesRead - manifests, installed: installed, manifests: manifests)
  }
}
