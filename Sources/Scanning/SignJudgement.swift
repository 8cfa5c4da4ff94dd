// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Discovery
internal import Inventory

/// Turns signs and known contents that a walk came upon into findings: one for each incident, and for each package that is told.
struct SignJudgement {
  /// What one thing that was found says of one incident.
  private struct Clue {
    let incident: Int
    let variant: String?
    /// nil for what is left of an attack and belongs to no package.
    let package: Package?
    let sighting: Sighting
    let isCertain: Bool
  }

  /// What tells one finding from another.
  private struct Key: Hashable {
    let incident: Int
    let variant: String?
    let package: Package?
  }

  private let index: IncidentIndex
  private let signs: IncidentSigns
  private(set) var notes: [Note] = []

  init(index: IncidentIndex, signs: IncidentSigns) {
    self.index = index
    self.signs = signs
  }

  /// The findings with what `seen` adds to them.
  mutating func findings(_ findings: [Finding], adding seen: [SignSighting]) -> [Finding] {
    var result = findings
    let clues = seen.filter { !isQuarantined($0) }.compactMap(clue)
      .filter { !isTold($0, by: findings) }
    var groups: [Key: [Clue]] = [:]
    for clue in Self.oneIncidentForEachPlace(clues, known: Set(findings.compactMap(\.incident)), index) {
      groups[Key(incident: clue.incident, variant: clue.variant, package: clue.package), default: []].append(clue)
    }
    for (key, clues) in groups {
      let sightings = Set(clues.map(\.sighting)).sorted(by: Sighting.precedes)
      if let position = result.firstIndex(where: { matches($0, key) }) {
        result[position].add(sightings)
      } else {
        result.append(finding(key, sightings))
      }
    }
    return Finding.sorted(result)
  }

  // MARK: Clues

  /// Whether a finding of the same incident is about a package that the same file names, or that lies in the folder that is the clue: it
  /// says more.
  private func isTold(_ clue: Clue, by findings: [Finding]) -> Bool {
    guard clue.package == nil else { return false }
    let id = index.incident(number: clue.incident).record.id
    let folder = clue.sighting.path + "/"
    return findings.contains { finding in
      finding.incident == id
        && finding.sightings.contains { $0.path == clue.sighting.path || $0.path.hasPrefix(folder) }
    }
  }

  private func clue(_ seen: SignSighting) -> Clue? {
    switch seen.what {
    case .sign(let number):
      guard signs.entries.indices.contains(number) else { return nil }
      let entry = signs.entries[number]
      return Clue(
        incident: entry.incident, variant: entry.variant, package: entry.package,
        sighting: sighting(seen, evidence(seen, entry), isExact: entry.isCertain && seen.isInPlace),
        isCertain: entry.isCertain)
    case .digest(let number):
      guard signs.digests.indices.contains(number) else { return nil }
      let digest = signs.digests[number]
      let evidence = Evidence(kind: .digest, value: "sha256:\(digest.text)")
      return Clue(
        incident: digest.incident, variant: nil, package: digest.package,
        sighting: sighting(seen, evidence, isExact: true), isCertain: true)
    case .pinnedDigest(let number, let package):
      guard signs.digests.indices.contains(number) else { return nil }
      let digest = signs.digests[number]
      let evidence = Evidence(kind: .pinnedDigest, value: digest.text)
      return Clue(
        incident: digest.incident, variant: nil, package: package ?? digest.package,
        sighting: sighting(seen, evidence, isExact: true, kind: .locked), isCertain: true)
    }
  }

  private func evidence(_ seen: SignSighting, _ entry: IncidentSigns.Entry) -> Evidence {
    let sign = entry.sign
    if let digest = seen.digest { return Evidence(kind: .digest, value: "sha256:\(digest)", note: entry.note) }
    if entry.package != nil {
      // A cache names files by their digests: the last three components are its digits.
      let digits = sign.path.utf8.split(separator: UInt8(ascii: "/")).suffix(3).map { String(Substring($0)) }.joined()
      return Evidence(kind: .digest, value: "sha512:\(digits)", note: entry.note)
    }
    if sign.kind == .line { return Evidence(kind: .line, value: sign.path, note: entry.note) }
    return Evidence(kind: sign.contains.isEmpty ? .name : .content, value: sign.path, note: entry.note)
  }

  private func sighting(
    _ seen: SignSighting, _ evidence: Evidence, isExact: Bool, kind: Sighting.Kind = .installed
  ) -> Sighting {
    let isCached = kind == .installed && FilePlace(path: seen.path).isInCache
    return Sighting(
      kind: isCached ? .cached : kind, confidence: isExact ? .exact : .partial, path: seen.path, line: seen.line,
      evidence: evidence)
  }

  /// Several campaigns of one attacker leave the same file. It is told once: of the incident of which something else was found, else of the
  /// one of which it is certain, else of the newest.
  private static func oneIncidentForEachPlace(
    _ clues: [Clue], known: Set<String>, _ index: IncidentIndex
  ) -> [Clue] {
    struct Place: Hashable {
      let path: String
      let line: Int?
    }
    func rank(_ clue: Clue) -> (Int, Int, String) {
      let incident = index.incident(number: clue.incident)
      return (
        known.contains(incident.record.id) ? 1 : 0, clue.isCertain ? 1 : 0, incident.detail.published ?? ""
      )
    }
    let byPlace = Dictionary(grouping: clues) { Place(path: $0.sighting.path, line: $0.sighting.line) }
    return byPlace.values.flatMap { clues -> [Clue] in
      guard let best = clues.max(by: { rank($0) < rank($1) }) else { return [] }
      return clues.filter { $0.incident == best.incident && $0.variant == best.variant }
    }
  }

  // MARK: Findings

  private func matches(_ finding: Finding, _ key: Key) -> Bool {
    guard finding.incident == index.incident(number: key.incident).record.id else { return false }
    guard let package = key.package else { return false }
    return finding.package == package
  }

  private func finding(_ key: Key, _ sightings: [Sighting]) -> Finding {
    let incident = index.incident(number: key.incident)
    let affected = entry(of: incident, key)
    var detail = affected.map(incident.detail(for:)) ?? incident.detail
    if affected == nil, let variant = key.variant.flatMap({ incident.detail.variants[$0] }) {
      detail = incident.detail.overlaid(with: variant)
    }
    return Finding(
      incident, affected, detail, package: key.package ?? subject(of: incident), sightings: sightings,
      isTrace: key.package == nil)
  }

  /// The entry of the package that is told, where the incident has it.
  private func entry(of incident: Incident, _ key: Key) -> AffectedPackage? {
    guard let package = key.package else { return nil }
    return incident.record.affected.first {
      $0.ecosystem == package.ecosystem && package.ecosystem.matchingName($0.name) == package.name
        && (package.version.map($0.versions.contains) ?? true)
    }
  }

  /// What a trace is called by: the one package that the incident is about, else the incident itself.
  private func subject(of incident: Incident) -> Package {
    let names = Set(incident.record.affected.map { Package(ecosystem: $0.ecosystem, name: $0.name, version: nil) })
    if names.count == 1, let only = names.first {
      return Package(ecosystem: only.ecosystem, name: only.ecosystem.matchingName(only.name), version: nil)
    }
    return Package(ecosystem: Ecosystem("generic"), name: incident.record.id, version: nil)
  }

  // MARK: Quarantine

  /// What an antivirus has put away is noted and no finding. Only places that such programs have for themselves count: what lies elsewhere may be
  /// called quarantine by anybody.
  private mutating func isQuarantined(_ seen: SignSighting) -> Bool {
    guard Quarantine.holds(seen.path), let incident = clue(seen)?.incident else { return false }
    let id = index.incident(number: incident).record.id
    notes.append(Note(code: .quarantined, path: seen.path, line: seen.line, incident: id, arguments: [id]))
    return true
  }
}

/// Where antivirus programs keep what they have found.
///
/// - Source: the manuals of ClamAV (`--move`), ClamTk, Sophos, ESET, Kaspersky and Bitdefender for Linux and macOS (read 2026-11-25)
enum Quarantine {
  private static let folders = [
    "/var/lib/clamav/quarantine/", "/var/lib/clamav-quarantine/", "/var/clamav/quarantine/", "/var/quarantine/",
    "/opt/sophos-spl/plugins/av/var/quarantine/", "/opt/sophos-spl/shared/quarantine/", "/var/lib/savdi/quarantine/",
    "/var/opt/eset/eea/quarantine/", "/var/opt/eset/efs/quarantine/", "/var/opt/kaspersky/kesl/common/objects-backup/",
    "/opt/bitdefender-security-tools/var/quarantine/", "/opt/BitDefender/var/quarantine/",
    "/Library/Application Support/Sophos/Quarantine/",
  ]

  static func holds(_ path: String) -> Bool {
    folders.contains { path.hasPrefix($0) } || path.contains("/.clamtk/viruses/")
  }
}

extension Finding {
  fileprivate mutating func add(_ more: [Sighting]) {
    // What a lockfile names itself needs no second place for its digest.
    let new = more.filter { sighting in
      !sightings.contains { $0.path == sighting.path && (sighting.kind == .locked || $0.line == sighting.line) }
    }
    sightings = (sightings + new).sorted(by: Sighting.precedes)
  }
}
