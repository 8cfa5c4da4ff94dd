// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Confinement
public import Inventory

/// What a scan found, what it means, and what it could not see. Codes and facts; `Reports` makes the sentences.
public struct ScanReport: Sendable {
  /// What was scanned, and how.
  public struct Scanned: Sendable {
    /// The roots as the user named them.
    public var paths: [String]
    /// Seconds since 1970, UTC.
    public var started: Double
    /// Wall time in seconds.
    public var seconds: Double
    /// Entries of every kind that the walk saw.
    public var entries: Int

    public init(paths: [String], started: Double, seconds: Double, entries: Int) {
      self.paths = paths
      self.started = started
      self.seconds = seconds
      self.entries = entries
    }
  }

  /// What the packages were held against.
  public struct AdvisorySource: Sendable {
    /// `embedded`: the incidents compiled into the program; `index`: these, and the index of public and own records.
    public var source: String
    public var records: Int
    /// The date of the newest record: `2026-11-23`.
    public var asOf: String
    /// How many of the records are our own incidents.
    public var incidents: Int
    /// Whole days from ``asOf`` to the scan, where the age of the index is told; nil without an index.
    public var ageInDays: Int?
    /// Whether the index is older than the user wants.
    public var isOld = false
    /// Where the index's records come from; nil without an index.
    public var origin: String?

    public init(source: String, records: Int, asOf: String, incidents: Int? = nil) {
      self.source = source
      self.records = records
      self.asOf = asOf
      self.incidents = incidents ?? records
    }
  }

  public var verdict: Verdict
  public var scanned: Scanned
  public var advisories: AdvisorySource
  /// By ecosystem, name and version in byte order; each with its sightings by path and line. Empty where no inventory was wanted.
  public var packages: [InventoriedPackage]
  /// How many different packages were seen, wanted or not.
  public var packageCount: Int
  /// Worst first.
  public var findings: [Finding]
  public var notes: [Note]
  /// For each package with vulnerabilities where to go. By package.
  public var upgrades: [Upgrade] = []
  public var coverage: Coverage
  public var confinement: Confinement

  public init(
    verdict: Verdict, scanned: Scanned, advisories: AdvisorySource, packages: [InventoriedPackage],
    packageCount: Int, findings: [Finding], notes: [Note], coverage: Coverage, confinement: Confinement
  ) {
    self.verdict = verdict
    self.scanned = scanned
    self.advisories = advisories
    self.packages = packages
    self.packageCount = packageCount
    self.findings = findings
    self.notes = notes
    self.coverage = coverage
    self.confinement = confinement
  }
}

/// A package and everywhere it was seen.
public struct InventoriedPackage: Sendable {
  public var package: Package
  public var sightings: [Sighting]
  /// The purl as it was given, where packages were given as purls.
  public var label: String?

  public init(package: Package, sightings: [Sighting]) {
    self.package = package
    self.sightings = sightings
  }
}

/// A package about which there is something to be said, by an incident of ours, by records, or by both.
public struct Finding: Sendable {
  /// The best advisory's id, else the incident's.
  public var id: String
  /// Other names of the same thing: every record that was merged into the finding is among them.
  public var aliases: [String]
  public var `class`: FindingClass
  public var severity: Severity
  public var package: Package
  /// The id of our own incident; nil where only records speak.
  public var incident: String?
  /// What the incident says; empty where there is none.
  public var detail: IncidentDetail
  /// What records say; nil where only our incident speaks.
  public var record: RecordFacts?
  /// Versions to go to that a source names as clean.
  public var safe: [String]
  /// Neighbouring versions that no source confirms.
  public var safeUnverified: [String]
  /// Whether no source that we could read confirms the record or these versions.
  public var isUnverified: Bool
  public var references: [String]
  public var sightings: [Sighting]
  /// Whether it tells what an attack has left behind, and not a package that lies here. The package is then the one that the incident is
  /// about, without a version, or the incident itself.
  public var isTrace: Bool
  /// The purl as it was given, where packages were given as purls.
  public var label: String?

  /// Whether all that is known of the package here lies locked away, so that nothing loads or starts it: told, and not counted as present.
  public var isQuarantined: Bool { !sightings.isEmpty && sightings.allSatisfy { $0.kind == .quarantined } }

  public init(
    id: String, aliases: [String], class: FindingClass, severity: Severity, package: Package, incident: String?,
    detail: IncidentDetail, safe: [String], safeUnverified: [String], isUnverified: Bool, references: [String],
    sightings: [Sighting], isTrace: Bool = false
  ) {
    self.id = id
    self.aliases = aliases
    self.class = `class`
    self.severity = severity
    self.package = package
    self.incident = incident
    self.detail = detail
    self.safe = safe
    self.safeUnverified = safeUnverified
    self.isUnverified = isUnverified
    self.references = references
    self.sightings = sightings
    self.isTrace = isTrace
  }
}

/// Something worth knowing that is no finding.
public struct Note: Hashable, Sendable {
  /// Stable, kebab-case: part of the JSON contract.
  public enum Code: String, CaseIterable, Sendable {
    /// A declared range would accept a bad version. Arguments: the requirement, then the bad versions.
    case rangeTakesBadVersion = "range-takes-bad-version"
    /// A lockfile and what is installed beside it name different versions. Arguments: the package's name, the locked versions
    /// separated by spaces, the installed ones likewise.
    case lockDisagreesWithInstalled = "lock-disagrees-with-installed"
    /// Packages lie beside a lockfile that does not name them. Arguments: how many, then up to five of them.
    case installedNotLocked = "installed-not-locked"
    /// Nobody looks after the package any more, says a record. Arguments: the record's id, its summary, and of whom that text is and its
    /// licence, as far as these are known.
    case unmaintained
    /// A record has a remark about the package that is no flaw. Arguments: the same.
    case recordNotice = "record-notice"
    /// A record that our incident knows condemns a version which the incident does not. Arguments: the record's id, then the incident's.
    case sourcesDisagree = "sources-disagree"
    /// Somebody's own statement (OpenVEX) about a finding. Arguments: the finding's id, the status, and the justification or impact
    /// where there is one.
    case ownStatement = "own-statement"
    /// An antivirus program has put away what would be a finding elsewhere. Arguments: the incident's id.
    case quarantined
  }

  public var code: Code
  public var path: String
  /// 1-based.
  public var line: Int?
  /// What the note is about, where it is about one package.
  public var package: Package?
  /// The purl as it was given, where packages were given as purls.
  public var label: String?
  /// The id of the finding that the bad version would be.
  public var incident: String?
  public var arguments: [String]

  public init(
    code: Code, path: String, line: Int? = nil, package: Package? = nil, incident: String? = nil,
    arguments: [String] = []
  ) {
    self.code = code
    self.path = path
    self.line = line
    self.package = package
    self.incident = incident
    self.arguments = arguments
  }
}

/// What a scan decides: the worst class found; with no finding, whether everything was read. Stable: part of the JSON contract.
public enum Verdict: String, CaseIterable, Sendable {
  case malicious
  case suspicious
  case protestware
  case vulnerable
  case notVerified = "not-verified"
  case clean

  init(findings: [Finding], coverage: Coverage) {
    if let worst = findings.filter({ !$0.isQuarantined }).map(\.class).min() {
      self = Verdict(worst)
    } else {
      self = coverage.isComplete ? .clean : .notVerified
    }
  }

  private init(_ finding: FindingClass) {
    switch finding {
    case .malicious: self = .malicious
    case .suspicious: self = .suspicious
    case .protestware: self = .protestware
    case .vulnerable: self = .vulnerable
    }
  }
}

/// The exit status of a command that judges.
public enum ExitStatus: Int32, Sendable {
  /// Everything was read, and nothing at or above the threshold was found.
  case clean = 0
  /// Findings at or above the threshold, whatever was not read.
  case findings = 1
  /// No such finding, but something was not read.
  case notVerified = 2

  /// - Parameter threshold: Which findings count; nil for none.
  public init(findings: [Finding], coverage: Coverage, threshold: FailureThreshold?) {
    if let threshold, findings.contains(where: { !$0.isQuarantined && threshold.isReached(by: $0) }) {
      self = .findings
    } else {
      self = coverage.isComplete ? .clean : .notVerified
    }
  }
}
