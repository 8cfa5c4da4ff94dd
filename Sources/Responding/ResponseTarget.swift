// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Inventory
internal import Parsing
internal import Scanning
public import Versions

/// What an alarm is about: which packages in which versions, and what is known of what they do.
public struct ResponseTarget: Sendable {
  /// Why no target could be made of what the user wrote.
  public enum Failure: Error, Hashable, Sendable {
    /// Nothing has this name. Ids of incidents that may have been meant.
    case unknown(near: [String])
    /// It stands for several incidents: their ids.
    case several([String])
    /// The index of advisories cannot be read, so that what it knows of the name is not known.
    case damaged(AdvisoryIndexError)
  }

  /// The incident's id, else the record's, else the purl.
  public var id: String
  /// As the user wrote it.
  public var asked: String
  public var aliases: [String]
  /// Of which packages and versions it speaks.
  public var affected: [AffectedPackage]
  /// What our incident says; empty where there is none.
  public var detail = IncidentDetail()
  /// Our incident; nil where only a record, or nothing, speaks of it.
  public var incident: Incident?
  /// The summary of a public or own record.
  public var summary: String?
  /// nil where nothing condemns what was asked about.
  public var `class`: FindingClass?

  /// Whether a package is one of those that it is about. `.unknown` for a version that cannot be compared.
  ///
  /// - Parameter package: With the name as extractors give it.
  public func certainty(_ package: Package) -> Affected {
    var answer = Affected.no
    for entry in affected where entry.isAbout(package) {
      guard let version = package.version else {
        if entry.isWhole { return .yes }
        continue
      }
      switch entry.evaluate(version) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// The names that it is about, each once, in the order of the record.
  public var names: [Package] {
    var seen: Set<Package> = []
    return affected.map {
      Package(ecosystem: $0.ecosystem, name: $0.ecosystem.matchingName($0.name), version: nil)
    }.filter { seen.insert($0).inserted }
  }

  /// What a trace is called by: the first package that it is about, else the incident itself.
  public var subject: Package {
    names.first ?? Package(ecosystem: Ecosystem("generic"), name: id, version: nil)
  }

  /// Ecosystems that it is about and whose packages are not looked for on disk.
  public var unreadEcosystems: [String] {
    let covered = Set(PackageQuery.covered.map(\.base))
    return Set(affected.map(\.ecosystem.base)).subtracting(covered).sorted()
  }

  /// Whether every credential that lies here must be taken for read: it is malware of which nobody has told what it reads.
  public var mayHaveReadAnything: Bool { `class` == .malicious && detail.reads.isEmpty }

  /// Whether a credential stealer, or worse, is at work: a flaw reads nothing by itself.
  public var isAttack: Bool { `class` == .malicious }
}

extension AffectedPackage {
  fileprivate func isAbout(_ package: Package) -> Bool {
    ecosystem == package.ecosystem && ecosystem.matchingName(name) == package.name
  }
}

extension ResponseTarget {
  /// Finds what a text means: an incident's id, an advisory's, or a purl.
  ///
  /// - Parameter index: nil where there is none.
  /// - Throws: ``Failure``.
  public init(_ text: String, incidents: IncidentIndex, index: AdvisoryIndex?) throws(Failure) {
    let all = incidents.all().filter { $0.record.withdrawn == nil }
    let search = IncidentSearch(all)
    let found = search.matches(text)
    let purl = Self.package(text)
    if found.count == 1 {
      self.init(found[0], asked: text, only: purl)
    } else if found.count > 1 {
      throw .several(found.map(\.record.id))
    } else if let target = try Self.reading({ () throws(AdvisoryIndexError) in try Self.record(text, index) }) {
      self = target
    } else if let purl {
      self = try Self.reading { () throws(AdvisoryIndexError) in try ResponseTarget(purl, asked: text, index) }
    } else {
      throw .unknown(near: search.near(text))
    }
  }

  private static func reading<Value>(_ body: () throws(AdvisoryIndexError) -> Value) throws(Failure) -> Value {
    do throws(AdvisoryIndexError) { return try body() } catch { throw .damaged(error) }
  }

  /// - Parameter only: The one package, in the one version where it has one, that the user asks about.
  private init(_ incident: Incident, asked: String, only: Package?) {
    var affected = incident.record.affected
    var detail = incident.detail
    if let only {
      affected = affected.filter { $0.isAbout(only) && (only.version.map($0.evaluate) ?? .yes) != .no }
    }
    let details = affected.map(incident.detail(for:))
    // Without one package's word for it, all that any of them reads counts.
    if !affected.isEmpty { detail = Self.joined(details, of: incident) }
    self.init(
      id: incident.record.id, asked: asked, aliases: incident.record.aliases, affected: affected, detail: detail,
      incident: incident, summary: nil, class: details.compactMap(\.class).min() ?? detail.class)
    if let version = only?.version { narrow(to: version) }
  }

  /// The detail of several variants at once: everything that any of them reads or leaves.
  private static func joined(_ details: [IncidentDetail], of incident: Incident) -> IncidentDetail {
    guard var detail = details.first else { return incident.detail }
    for other in details.dropFirst() {
      detail.reads += other.reads.filter { !detail.reads.contains($0) }
      detail.cleanup += other.cleanup.filter { !detail.cleanup.contains($0) }
      detail.triggers += other.triggers.filter { !detail.triggers.contains($0) }
      detail.leaves += other.leaves.filter { !detail.leaves.contains($0) }
      detail.traces.files += other.traces.files.filter { !detail.traces.files.contains($0) }
      detail.traces.processes += other.traces.processes.filter { !detail.traces.processes.contains($0) }
      if let published = other.published { detail.published = min(detail.published ?? published, published) }
      if let removed = other.removed { detail.removed = max(detail.removed ?? removed, removed) }
    }
    return detail
  }

  /// Leaves only the version that was asked about.
  private mutating func narrow(to version: String) {
    for number in affected.indices {
      affected[number].versions = [version]
      affected[number].ranges = []
    }
  }

  private static func record(_ text: String, _ index: AdvisoryIndex?) throws(AdvisoryIndexError) -> ResponseTarget? {
    guard let index, !text.isEmpty else { return nil }
    for id in [text, text.uppercased()] + (try index.ids(ofAlias: text)) {
      guard let record = try index.record(id) else { continue }
      return ResponseTarget(record, try index.claims(of: record), asked: text)
    }
    return nil
  }

  private init(_ record: AdvisoryRecord, _ claims: [AdvisoryClaim], asked: String) {
    self.init(
      id: record.id, asked: asked, aliases: record.aliases, affected: claims.map(\.affected),
      summary: record.summary.isEmpty ? nil : record.summary,
      class: claims.compactMap(\.findingClass).min())
    if record.published != 0 { detail.published = Self.text(record.published) }
  }

  /// A package that no incident names: what records say of its versions, else nothing but where it is and was.
  private init(_ package: Package, asked: String, _ index: AdvisoryIndex?) throws(AdvisoryIndexError) {
    var entry = AffectedPackage()
    (entry.ecosystem, entry.name) = (package.ecosystem, package.name)
    if let version = package.version {
      entry.versions = [version]
    } else {
      var range = AffectedPackage.Range()
      (range.type, range.events) = ("ECOSYSTEM", [.introduced("0")])
      entry.ranges = [range]
    }
    self.init(id: asked, asked: asked, aliases: [], affected: [entry], summary: nil, class: nil)
    guard let index else { return }
    var kinds: [FindingClass] = []
    try index.forEachClaim(under: NameKey(package.ecosystem, package.name)) { (id, claims) in
      for claim in claims.claims {
        guard claim.affected.isAbout(package), let kind = claim.findingClass,
          package.version.map(claim.affected.evaluate) ?? .yes == .yes
        else { continue }
        kinds.append(kind)
        if !aliases.contains(id) { aliases.append(id) }
      }
    }
    `class` = kinds.min()
  }

  private static func package(_ text: String) -> Package? {
    guard text.prefix(4).lowercased() == "pkg:", let purl = try? PackageURL(parsing: text, .asWritten),
      let package = purl.packages.first
    else { return nil }
    return Package(
      ecosystem: package.ecosystem, name: package.ecosystem.matchingName(package.name), version: package.version)
  }

  private static func text(_ seconds: Int64) -> String { Moment(seconds: seconds).text }
}
