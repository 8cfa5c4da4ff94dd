// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import ArgumentParser
internal import Confinement
internal import Discovery
internal import History
internal import Inventory
internal import Parsing
internal import Reports
internal import Responding
internal import Scanning

/// `gifthorse fix`: pins secure versions in the place of bad ones.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Pin secure versions in the place of bad ones, so that nothing bad is installed again.",
    discussion: """
      It shows what it would change; --apply changes it. Manifests and lockfiles are changed only where that is certain: an entry of a lockfile \
      only where another lockfile below the paths, the repository's past or npm's cache holds the secure version's whole entry. \
      For the rest it prints what to type. No package \
      manager is ever run.

      Exit status: 0 nothing is left to do; 1 something is left, changes that were only shown included; 2 nothing is left, but not everything \
      could be read; 64 the command line is wrong; 70 a fault of ours.
      """)

  @Argument(help: ArgumentHelp("Folders or files to fix.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only this finding: the id of an incident or advisory, a package URL or a package's name. May be given several times.",
      valueName: "what"))
  var only: [String] = []

  @Option(
    name: .customLong("class"),
    help: "What is fixed: this class and worse. malicious, suspicious, protestware or vulnerable.")
  var findingClass: FindingClass = .protestware

  @Flag(help: "Make the changes.")
  var apply = false

  @Flag(
    help: """
      Move bad packages, and what caches hold of them, into a locked folder beside them as well. Nothing is deleted.
      """)
  var quarantine = false

  @Option(
    help: ArgumentHelp(
      "Put back what was moved: a locked folder, its manifest.json, or a whole .gifthorse-quarantine. Nothing is replaced.",
      valueName: "folder"))
  var restore: String?

  @Option(
    help: ArgumentHelp(
      """
      Write a dated sheet, in Markdown, of what was found, since when, what was done and what is not known; and beside it the scans \
      before and after.
      """, valueName: "file"))
  var evidence: String?

  @Option(
    help: ArgumentHelp("The list of `respond --checklist`, for the sheet to say what is ticked.", valueName: "file"))
  var checklist: String?

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if restore != nil, quarantine || evidence != nil || !paths.isEmpty {
      throw ValidationError("--restore stands alone: it takes no path, no --quarantine and no --evidence.")
    }
    if checklist != nil, evidence == nil { throw ValidationError("--checklist is for the sheet of --evidence.") }
  }

  func run() throws {
    if let restore { return try RestoreSession(path: restore, format: format, output: output).run() }
    let environment = ProcessIO.environment()
    let sheet = try evidence.map { try EvidenceFiles($0, checklist: checklist) }
    let session = try ScanSession(
      paths: paths, reading: reading, output: output,
      also: sheet == nil ? [] : try CredentialPlaces.folders(environment),
      writes: apply)
    var plan = try plan(session)
    try checkNames(plan, session)
    let past = sheet == nil ? PastOfFindings() : try session.past(of: plan.scan.findings, environment)
    if quarantine { plan.quarantinePlan = session.quarantinePlan(plan) }
    if apply {
      FixApplication.apply(&plan, below: session.roots)
      if let moving = plan.quarantinePlan { plan.quarantine = session.move(moving) }
      plan.after = try session.run(wantsInventory: sheet != nil, wantsPaths: sheet != nil, maximumAge: 7)
    }
    if let sheet {
      try sheet.write(plan, past, environment, style: session.style)
      plan.evidence = sheet.paths
    }
    let file = session.answer
    let target = Output { file.write($0) }
    write(plan, as: format, style: session.style, to: target)
    target.flush()
    try session.end(plan.status)
  }

  /// A mistyped `--only` must not end as if there were nothing to fix.
  /// - Throws: `ExitCode` where it names nothing that was found, and nothing that is known.
  private func checkNames(_ plan: FixPlan, _ session: borrowing ScanSession) throws {
    let incidents = IncidentIndex.embedded()
    for name in only where plan.choices.isEmpty {
      let isKnown =
        (try? ResponseTarget(name, incidents: incidents, index: session.advisories.index)) != nil
        || !IncidentSearch(incidents.all()).matches(name).isEmpty
        || plan.scan.packages.contains { $0.package.name == name }
      guard !isKnown else { continue }
      ProcessIO.say(Wording.noSuchIncident(name, near: IncidentSearch(incidents.all()).near(name)))
      throw ExitCode(64)
    }
  }

  /// What is to be changed; where entries of secure versions are missing, with those of the past.
  private func plan(_ session: borrowing ScanSession) throws -> FixPlan {
    let report = try session.run(wantsInventory: true, wantsPaths: true, maximumAge: 7)
    let bad = BadPackages(session.advisories)
    let limit = reading.limits.lockfileBytes
    let limits = reading.limits
    return plan(
      report, bad, session.environment, read: { (try? session.roots.bytes(ofShown: $0, limit: limit)) ?? nil },
      past: { PastLockfiles.find(for: $0, below: session.roots, limits: limits) })
  }

  private func plan(
    _ report: ScanReport, _ bad: BadPackages, _ environment: [String: String], read: (String) -> [UInt8]?,
    past: (FixPlan) -> [(name: String, bytes: [UInt8])]
  ) -> FixPlan {
    let files = FileBytes()
    return withoutActuallyEscaping(read) { read in
      var request = FixRequest(
        classes: findingClass, only: only, read: { files.bytes($0, read) }, isBad: { bad.hold($0) },
        description: { Self.description(of: $0, read) })
      var plan = FixPlan.make(report, request)
      request.past = past(plan)
      if !request.past.isEmpty { plan = FixPlan.make(report, request) }
      plan.classes = findingClass
      plan.tellLessSure(IncidentIndex.embedded())
      return plan
    }
  }
}

extension FixCommand {
  /// What npm's cache holds of a package, where that lies below the paths.
  private static func description(of name: String, _ read: (String) -> [UInt8]?) -> [UInt8]? {
    let environment = ProcessIO.environment()
    let cache = environment["npm_config_cache"] ?? environment["HOME"].map { $0 + "/.npm" }
    guard let cache else { return nil }
    let registry = environment["npm_config_registry"] ?? "https://registry.npmjs.org/"
    return CachedDescription.find(of: name, registry: registry) { read("\(cache)/_cacache/\($0)") }
  }
}

extension ScanSession {
  /// More incidents than these at once are not looked into: each takes a walk.
  private static let mostIncidents = 10

  /// Since when what a scan has found was here, for the sheet of evidence.
  fileprivate func past(of findings: [Finding], _ environment: [String: String]) throws -> PastOfFindings {
    let incidents = IncidentIndex.embedded()
    var options = ResponseOptions(
      discovery: discoveryOptions(wantsPaths: false), catalogue: try CredentialPlaces.catalogue(),
      confinement: confinement, started: ProcessIO.now(), clock: ProcessIO.monotonic)
    options.signs = signs
    options.machine = ProcessIO.machine(environment)
    options.home = environment["HOME"].flatMap(ProcessIO.realFolder)
    options.otherFolders = others.places
    options.environment = environment
    var past = PastOfFindings()
    let bad = findings.filter { $0.class < .vulnerable }.map { $0.incident ?? $0.id }
    var seen: Set<String> = []
    for (number, id) in bad.filter({ seen.insert($0).inserted }).enumerated() {
      guard number < Self.mostIncidents,
        let target = try? ResponseTarget(id, incidents: incidents, index: advisories.index)
      else {
        past.withoutExposure.append(id)
        continue
      }
      options.incident = target.incident.flatMap { incidents.number(of: $0.record.id) }
      let response = respond(target, roots, options)
      past.exposure += response.exposure
      past.ledger.problems += response.coverage.ledger.problems
      past.ledger.skipped += response.coverage.ledger.skipped
    }
    return past
  }

  /// What of a plan's bad packages lies here and can be moved.
  fileprivate func quarantinePlan(_ plan: FixPlan) -> QuarantinePlan {
    let meant = plan.scan.findings.filter { finding in
      plan.choices.contains { $0.package == finding.package && $0.findings.contains(finding.id) }
    }
    let caches = CacheEntries.requests(for: meant, skipped: plan.scan.coverage.skipped, below: roots)
    return QuarantinePlan(meant, adding: caches, below: roots)
  }

  fileprivate func move(_ plan: QuarantinePlan) -> QuarantineReport {
    let created = Wording.timestamp(ProcessIO.now())
    let digits = created.filter { $0 != "-" && $0 != ":" }
    let id = digits + "-" + String(UInt32.random(in: 0x100000...0xFFFFFF), radix: 16)
    return quarantine(plan, below: roots, id: id, created: created)
  }
}

extension FixPlan {
  /// Marks versions of which an incident's record is less than sure.
  fileprivate mutating func tellLessSure(_ incidents: IncidentIndex) {
    for number in choices.indices {
      let package = choices[number].package
      guard let version = choices[number].safe?.version else { continue }
      choices[number].safe?.isLessSure = incidents.entries(named: package.name, in: package.ecosystem).contains {
        $0.affected.detail.safe.contains(version) && $0.affected.detail.safeConfidence[version] != nil
      }
    }
  }
}

/// Whether an incident, or a record of the index, condemns a package; each is asked about once.
private final class BadPackages {
  private let advisories: OpenAdvisories
  private let incidents = IncidentIndex.embedded()
  private var known: [Package: Bool] = [:]

  init(_ advisories: OpenAdvisories) {
    self.advisories = advisories
  }

  func hold(_ package: Package) -> Bool {
    if let verdict = known[package] { return verdict }
    var options = ScanOptions(wantsInventory: false, started: ProcessIO.now(), clock: ProcessIO.monotonic)
    advisories.set(&options, maximumAge: 0)
    let verdict = !judge(purls: [package.purl], against: incidents, options: options).findings.isEmpty
    known[package] = verdict
    return verdict
  }
}

/// What was read of files, so that each is read once.
private final class FileBytes {
  private var known: [String: [UInt8]?] = [:]

  func bytes(_ path: String, _ read: (String) -> [UInt8]?) -> [UInt8]? {
    if let bytes = known[path] { return bytes }
    let bytes = read(path)
    known[path] = .some(bytes)
    return bytes
  }
}

extension FindingClass: ExpressibleByArgument {}
