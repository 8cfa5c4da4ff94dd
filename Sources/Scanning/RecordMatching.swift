// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Versions

/// Holds one package against everything that an index has under its name.
struct RecordMatching {
  /// What one record says of the package.
  struct Outcome {
    let id: String
    /// Those of its claims that are about this package.
    let claims: [AdvisoryClaim]
    /// Those of them that make the answer what it is: one record may call one version malware and another only flawed.
    let deciding: [AdvisoryClaim]
    let affected: Affected
    /// Whether it depends on a release of the distribution that was not told.
    let needsRelease: Bool
    let isOwn: Bool

    /// The worst kind among the claims that decide.
    var kind: AdvisoryClaim.Kind { deciding.map(\.kind).min { $0.rawValue < $1.rawValue } ?? .vulnerable }
    /// The worst class of a finding among them; nil where they are worth a note.
    var findingClass: FindingClass? { deciding.compactMap(\.findingClass).min() }
    var severity: Severity { deciding.map(\.severity).min() ?? .unknown }
    var score: Double? { deciding.compactMap(\.score).max() }
  }

  let package: Package
  /// A commit of the repository that the package is, or comes from.
  var commit: String?

  /// - Parameter rows: What the index has under the package's key. Withdrawn records say nothing any more.
  func outcomes(_ rows: [(id: String, claims: NamedClaims)]) -> [Outcome] {
    rows.compactMap { row in
      guard !row.claims.isWithdrawn else { return nil }
      return outcome(row.id, row.claims)
    }
  }

  /// nil where the record is about something else.
  func outcome(_ id: String, _ row: NamedClaims) -> Outcome? {
    let named = row.claims.filter { isNamed($0.affected) }
    let claims = named.filter { Release(of: package.ecosystem).takes(claimsOf: $0.affected.ecosystem) }
    guard !claims.isEmpty else { return nil }
    let answers = claims.map { evaluate($0.affected) }
    // A package of whichever release: only what holds in all of them is sure.
    let isOpen = Release(of: package.ecosystem).isOpen && Set(claims.map(\.affected.ecosystem)).count > 1
    let isMixed = isOpen && Set(answers).count > 1 && answers.contains { $0 != .no }
    let affected: Affected =
      isMixed ? .unknown : answers.contains(.yes) ? .yes : answers.contains(.unknown) ? .unknown : .no
    let deciding = zip(claims, answers).filter { isMixed ? $0.1 != .no : $0.1 == affected }.map(\.0)
    return Outcome(
      id: id, claims: claims, deciding: deciding, affected: affected, needsRelease: isMixed, isOwn: row.isOwn)
  }

  /// Whether an entry is about a package of this name. Modules of Go are told apart by capital letters, which purls have not.
  func isNamed(_ affected: AffectedPackage) -> Bool {
    guard affected.ecosystem.base == package.ecosystem.base else { return false }
    let ecosystem = package.ecosystem
    guard ecosystem.matchingName(affected.name) == ecosystem.matchingName(package.name) else { return false }
    guard ecosystem.base == "Go" else { return true }
    return affected.name == package.name || package.name.utf8.allSatisfy { !(0x41...0x5A).contains($0) }
  }

  private func evaluate(_ affected: AffectedPackage) -> Affected {
    if let commit { return affected.evaluateCommit(commit) }
    guard let version = package.version else {
      // What is here in no known version is condemned where every version is.
      return affected.isWhole ? .yes : .unknown
    }
    return affected.evaluate(version)
  }
}

/// The release of a distribution, or the registry, that an ecosystem's spelling names behind the colon.
struct Release {
  private let base: String
  private let suffix: String

  init(of ecosystem: Ecosystem) {
    base = ecosystem.base
    suffix = Self.plain(String(ecosystem.rawValue.dropFirst(base.count + 1)))
  }

  /// Whether it could be any.
  var isOpen: Bool { suffix.isEmpty }

  /// Whether what is said of packages of `other` is said of those of this release.
  ///
  /// A record without a release speaks of all. Of a package without a release nobody knows that a record is not about it; distributions are
  /// looked at once more by the caller. A registry's name is an address: a package's own comes before any other.
  func takes(claimsOf other: Ecosystem) -> Bool {
    let claimed = Release(of: other)
    guard claimed.base == base else { return false }
    if claimed.suffix.isEmpty { return suffix.isEmpty || !Self.isAddress(suffix) }
    return suffix.isEmpty || suffix == claimed.suffix
  }

  private static func isAddress(_ suffix: String) -> Bool { suffix.contains("://") }

  /// Ubuntu's long-term releases are written with and without `:LTS`, Alpine's with and without a `v`; a channel of Red Hat's
  /// (`enterprise_linux:9::baseos`) is of the release that it names.
  private static func plain(_ suffix: String) -> String {
    var text = suffix
    if text.hasSuffix(":LTS") { text.removeLast(4) }
    if text.hasPrefix("enterprise_linux:") { text.removeFirst("enterprise_linux:".count) }
    if let channel = text.utf8.firstIndex(of: UInt8(ascii: ":")), text[channel...].hasPrefix("::") {
      text = String(text[..<channel])
    }
    if text.hasPrefix("v"), text.dropFirst().utf8.first.map({ (0x30...0x39).contains($0) }) == true {
      text.removeFirst()
    }
    return text
  }
}
