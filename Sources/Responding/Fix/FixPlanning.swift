// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Inventory
internal import Parsing
public import Scanning

/// What is to be fixed, and what the planning may ask.
public struct FixRequest {
  /// Findings of this class and worse.
  public var classes: FindingClass
  /// Ids of findings, their aliases or incidents, purls (with or without a version) or names; empty for all.
  public var only: [String]
  /// A file's bytes, by its path as the scan shows it; nil where there is none that can be read.
  public var read: (String) -> [UInt8]?
  /// Whether anything known on this machine condemns a package.
  public var isBad: (Package) -> Bool
  /// A registry's description of an npm package, out of npm's cache (``CachedDescription``); nil where there is none.
  public var description: (String) -> [UInt8]?
  /// Other versions of lockfiles, out of history: name of the file and bytes.
  public var past: [(name: String, bytes: [UInt8])]

  public init(
    classes: FindingClass = .protestware, only: [String] = [], read: @escaping (String) -> [UInt8]?,
    isBad: @escaping (Package) -> Bool, description: @escaping (String) -> [UInt8]? = { _ in nil },
    past: [(name: String, bytes: [UInt8])] = []
  ) {
    self.classes = classes
    self.only = only
    self.read = read
    self.isBad = isBad
    self.past = past
    self.description = description
  }
}

extension FixPlan {
  /// Plans the fix of what a scan has found.
  ///
  /// - Parameter report: With the inventory, which tells which lockfiles hold safe versions.
  public static func make(_ report: ScanReport, _ request: FixRequest) -> FixPlan {
    var planning = FixPlanning(report, request)
    planning.run()
    return planning.plan
  }
}

/// The way from findings to a plan.
struct FixPlanning {
  let report: ScanReport
  let request: FixRequest
  var plan: FixPlan
  var known = KnownEntries()
  /// Folders with lockfiles, and their names, by ecosystem.
  private var lockFolders: [Ecosystem: [String: Set<String>]] = [:]

  init(_ report: ScanReport, _ request: FixRequest) {
    self.report = report
    self.request = request
    plan = FixPlan(scan: report)
  }

  /// A project, as far as it is touched.
  struct Project {
    var folder: String
    var ecosystem: Ecosystem
    var pins: [Pin] = []
    /// Files with something bad in them, and what.
    var files: [String: Set<String>] = [:]
    /// Names that something else than the project asks for.
    var transitive: Set<String> = []
  }

  mutating func run() {
    let wanted = report.findings.filter(isWanted)
    choose(wanted)
    findLockfiles()
    let projects = projects(wanted)
    harvest(projects.flatMap(\.pins))
    for project in projects { plan(project) }
    plan.files.sort { $0.path < $1.path }
    plan.doubts = Self.unique(plan.doubts)
    plan.commands = Self.unique(plan.commands)
    plan.untouched = Self.unique(plan.untouched).sorted { $0.path < $1.path }
  }

  private static func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    var seen: Set<Item> = []
    return items.filter { seen.insert($0).inserted }
  }

  private func isWanted(_ finding: Finding) -> Bool {
    guard !finding.isTrace, finding.class <= request.classes, !finding.sightings.isEmpty else { return false }
    guard !request.only.isEmpty else { return true }
    let unversioned = Package(ecosystem: finding.package.ecosystem, name: finding.package.name, version: nil)
    let names = [
      finding.id, finding.incident ?? "", finding.package.purl, unversioned.purl, finding.package.name,
      finding.package.title,
    ]
    return request.only.contains { names.contains($0) || finding.aliases.contains($0) }
  }

  // MARK: Where to go

  private mutating func choose(_ findings: [Finding]) {
    var packages: [Package] = []
    for finding in findings where !packages.contains(finding.package) { packages.append(finding.package) }
    for package in packages {
      let about = findings.filter { $0.package == package }
      let upgrade = report.upgrades.first { $0.package == package }?.to
      // What only records speak of has versions that records call fixed, and no incident's word.
      let byIncident = about.filter { $0.incident != nil }
      let fixed = upgrade ?? about.filter { $0.incident == nil }.flatMap(\.safe).first
      let safe = SafeVersion.choose(
        for: package, safe: byIncident.flatMap(\.safe), unverified: byIncident.flatMap(\.safeUnverified),
        upgrade: fixed,
        isBad: { candidate in report.findings.contains { $0.package == candidate } || request.isBad(candidate) })
      let worst = about.map(\.class).min() ?? .vulnerable
      plan.choices.append(
        FixPlan.Choice(package: package, findings: Self.unique(about.map(\.id)), class: worst, safe: safe))
    }
    plan.choices.sort {
      ($0.package.ecosystem.rawValue, $0.package.title) < ($1.package.ecosystem.rawValue, $1.package.title)
    }
  }

  // MARK: Projects

  private mutating func findLockfiles() {
    for entry in report.packages {
      for sighting in entry.sightings where sighting.kind == .locked {
        let (folder, name) = Self.split(sighting.path)
        lockFolders[entry.package.ecosystem, default: [:]][folder, default: []].insert(name)
      }
    }
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.utf8.index(after: slash)...]))
  }

  static func joined(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder == "/" ? "/" + name : folder + "/" + name
  }

  /// The nearest folder, of the one given and those above it, that has lockfiles; else the one given.
  func projectFolder(of folder: String, _ ecosystem: Ecosystem) -> String {
    let folders = lockFolders[ecosystem] ?? [:]
    var current = folder
    while true {
      if folders[current] != nil { return current }
      guard current != ".", current != "/" else { return folder }
      current = Self.split(current).folder
    }
  }

  private mutating func projects(_ findings: [Finding]) -> [Project] {
    var projects: [String: Project] = [:]
    for choice in plan.choices {
      let sightings = findings.filter { $0.package == choice.package }.flatMap(\.sightings)
      for sighting in Self.unique(sightings) {
        guard sighting.kind == .locked || sighting.kind == .declared else {
          plan.untouched.append(FixPlan.Untouched(path: sighting.path, package: choice.package, kind: sighting.kind))
          continue
        }
        let folder = projectFolder(of: Self.split(sighting.path).folder, choice.package.ecosystem)
        guard let bad = choice.package.version, let safe = choice.safe?.version else {
          remove(choice.package, sighting, folder)
          continue
        }
        let key = choice.package.ecosystem.rawValue + " " + folder
        var project = projects[key] ?? Project(folder: folder, ecosystem: choice.package.ecosystem)
        project.add(choice.package.name, bad, safe)
        project.files[sighting.path, default: []].insert(choice.package.name)
        if !sighting.via.isEmpty { project.transitive.insert(choice.package.name) }
        projects[key] = project
      }
    }
    return projects.values.sorted { ($0.ecosystem.rawValue, $0.folder) < ($1.ecosystem.rawValue, $1.folder) }
  }

  /// Where there is nowhere to go: out with it.
  private mutating func remove(_ package: Package, _ sighting: Sighting, _ folder: String) {
    let (own, name) = Self.split(sighting.path)
    guard let tool = tool(name, request.read(sighting.path), in: own) else { return }
    plan.commands.append(FixPlan.Command(folder: folder, line: FixCommandLine.removal(tool, package.name)))
  }

  // MARK: What other lockfiles know

  private mutating func harvest(_ pins: [Pin]) {
    let wanted = Self.unique(pins)
    guard !wanted.isEmpty else { return }
    var paths: Set<String> = []
    for entry in report.packages
    where wanted.contains(where: {
      $0.ecosystem == entry.package.ecosystem && $0.name == entry.package.name && $0.safe == entry.package.version
    }) {
      for sighting in entry.sightings where sighting.kind == .locked || sighting.kind == .declared {
        paths.insert(sighting.path)
      }
    }
    for path in paths.sorted() {
      guard let bytes = request.read(path) else { continue }
      harvest(Self.split(path).name, bytes, wanted)
    }
    for past in request.past { harvest(past.name, past.bytes, wanted) }
    for pin in wanted where pin.ecosystem == .npm {
      if let bytes = request.description(pin.name) { harvest(Self.description, bytes, [pin]) }
    }
  }

  private mutating func harvest(_ name: String, _ bytes: [UInt8], _ pins: [Pin]) {
    switch name {
    case "package-lock.json", "npm-shrinkwrap.json": PackageLockEdit.harvest(bytes, pins, into: &known)
    case Self.description: CachedDescription.harvest(bytes, pins, into: &known)
    case "yarn.lock": YarnLockEdit.harvest(bytes, pins, into: &known)
    case "pnpm-lock.yaml": PNPMLockEdit.harvest(bytes, pins, into: &known)
    case "bun.lock": BunLockEdit.harvest(bytes, pins, into: &known)
    case "poetry.lock": PythonLockEdit.harvest(bytes, .poetry, pins, into: &known)
    case "uv.lock": PythonLockEdit.harvest(bytes, .uv, pins, into: &known)
    case "pdm.lock": PythonLockEdit.harvest(bytes, .pdm, pins, into: &known)
    case "go.sum": GoModEdit.harvest(bytes, pins, into: &known)
    case "Gemfile.lock", "gems.locked": GemfileEdit.harvest(bytes, pins, into: &known)
    case "composer.lock": ComposerEdit.harvest(bytes, pins, into: &known)
    default: if name.hasSuffix(".txt") || name.hasSuffix(".in") { RequirementsEdit.harvest(bytes, pins, into: &known) }
    }
  }

  /// Stands for a name no file has: what npm's cache holds of a registry's answer.
  private static let description = "npm/description"

  /// Who keeps a file of this name.
  func tool(_ name: String, _ bytes: [UInt8]?, in folder: String) -> FixCommandLine.Tool? {
    switch name {
    case "package.json": keeper(of: folder, .npm, besides: name) ?? .npm
    case "pyproject.toml": keeper(of: folder, .pypi, besides: name) ?? .uv
    case "package-lock.json", "npm-shrinkwrap.json": .npm
    case "yarn.lock":
      bytes?.withUnsafeBufferPointer { $0.contains("__metadata:") } == true ? .yarnBerry : .yarnClassic
    case "pnpm-lock.yaml", "pnpm-workspace.yaml": .pnpm
    case "bun.lock", "bun.lockb": .bun
    case "poetry.lock": .poetry
    case "uv.lock": .uv
    case "pdm.lock": .pdm
    case "Pipfile", "Pipfile.lock": .pipenv
    case "Cargo.toml", "Cargo.lock": .cargo
    case "go.mod", "go.sum": .go
    case "Gemfile", "Gemfile.lock", "gems.rb", "gems.locked": .bundler
    case "composer.json", "composer.lock": .composer
    default: name.hasSuffix(".txt") || name.hasSuffix(".in") ? .pip : nil
    }
  }

  /// Who keeps the lockfile of the project that a manifest is part of.
  private func keeper(of folder: String, _ ecosystem: Ecosystem, besides name: String) -> FixCommandLine.Tool? {
    let folder = projectFolder(of: folder, ecosystem)
    let names = lockFolders[ecosystem]?[folder] ?? []
    return names.sorted().lazy.filter { $0 != name && !$0.hasSuffix(".txt") }
      .compactMap { tool($0, request.read(Self.joined(folder, $0)), in: folder) }.first
  }

  // MARK: One project

  private mutating func plan(_ project: Project) {
    if project.ecosystem == .npm {
      var planning = NPMPlanning(project, self)
      planning.run()
      plan = planning.planning.plan
    } else {
      for (path, names) in project.files.sorted(by: { $0.key < $1.key }) {
        planFile(path, project.pins.filter { names.contains($0.name) }, project)
      }
    }
  }

  /// Edits a file that no other one depends on.
  private mutating func planFile(_ path: String, _ pins: [Pin], _ project: Project) {
    let (folder, name) = Self.split(path)
    guard let bytes = request.read(path) else {
      return leave(path, EditDoubt(.notFound, pins.map(\.title)), pins, folder)
    }
    do throws(EditDoubt) {
      try checkSeveral(pins)
      let edits = try edits(name, bytes, pins, folder)
      guard !edits.isEmpty else { throw EditDoubt(.notFound, pins.map(\.title)) }
      try add(path, bytes, edits, pins)
    } catch {
      leave(path, error, pins, folder)
    }
  }

  private func checkSeveral(_ pins: [Pin]) throws(EditDoubt) {
    for pin in pins where pins.contains(where: { $0.name == pin.name && $0.safe != pin.safe }) {
      throw EditDoubt(
        .severalVersions, [pin.name, pins.filter { $0.name == pin.name }.flatMap(\.bad).joined(separator: " ")])
    }
  }

  private func edits(_ name: String, _ bytes: [UInt8], _ pins: [Pin], _ folder: String) throws(EditDoubt) -> [ByteEdit]
  {
    switch name {
    case "pyproject.toml", "Pipfile": return try PyProjectEdit(bytes).edits(pins)
    case "poetry.lock", "pdm.lock":
      try checkManifest(pins, folder)
      return try PythonLockEdit(bytes, name == "poetry.lock" ? .poetry : .pdm).edits(pins, known: known)
    case "uv.lock": return try PythonLockEdit(bytes, .uv).edits(pins, known: known)
    case "Pipfile.lock": throw EditDoubt(.manifestDigest, ["Pipfile"])
    case "Cargo.toml": return try CargoManifestEdit.edits(bytes, pins)
    // It has no ranges that would tell who takes another version.
    case "Cargo.lock": throw EditDoubt(.notTaken, [pins.first?.title ?? "", name, ""])
    case "go.mod": return try GoModEdit.edits(bytes, pins)
    case "go.sum": return try GoModEdit.sumEdits(bytes, pins, known: known)
    case "Gemfile", "gems.rb": return try GemfileEdit.edits(bytes, pins)
    case "Gemfile.lock", "gems.locked": return try GemfileEdit.lockEdits(bytes, pins, known: known)
    case "composer.json": return try ComposerEdit.edits(bytes, pins)
    case "composer.lock":
      guard let manifest = request.read(Self.joined(folder, "composer.json")) else {
        throw EditDoubt(.manifestDigest, ["composer.json"])
      }
      return try ComposerEdit.lockEdits(bytes, pins, known: known, manifest: manifest)
    default:
      guard name.hasSuffix(".txt") || name.hasSuffix(".in") else { throw EditDoubt(.unknownForm, [name]) }
      return try RequirementsEdit(bytes).edits(pins, known: known)
    }
  }

  /// These files hold a digest of what the project asks for: it may ask for nothing else from now on.
  private func checkManifest(_ pins: [Pin], _ folder: String) throws(EditDoubt) {
    guard let bytes = request.read(Self.joined(folder, "pyproject.toml")) else {
      throw EditDoubt(.manifestDigest, ["pyproject.toml"])
    }
    let manifest = try PyProjectEdit(bytes)
    guard manifest.edits(pins).isEmpty else { throw EditDoubt(.manifestDigest, ["pyproject.toml"]) }
    for pin in pins where !manifest.takes(pin) { throw EditDoubt(.notTaken, [pin.title, "pyproject.toml", ""]) }
  }

  /// Leaves a file to a person.
  mutating func leave(_ path: String, _ doubt: EditDoubt, _ pins: [Pin], _ folder: String) {
    plan.doubts.append(FixPlan.Doubt(path: path, doubt: doubt))
    guard let tool = tool(Self.split(path).name, request.read(path), in: Self.split(path).folder) else { return }
    let isSet = doubt.code == .manifestDigest && isSet(doubt.arguments.first ?? "", folder)
    for line in FixCommandLine.lines(tool, pins, isManifestSet: isSet) {
      plan.commands.append(FixPlan.Command(folder: folder, line: line))
    }
  }

  /// Whether the project's manifest says, or will say, which version is wanted.
  private func isSet(_ manifest: String, _ folder: String) -> Bool {
    let path = Self.joined(folder, manifest)
    return plan.files.contains { $0.path == path }
      || report.packages.contains { entry in
        plan.choices.contains { $0.package == entry.package }
          && entry.sightings.contains { $0.path == path && $0.kind == .declared }
      }
  }

  /// Notes a change, after our own reader of the format has seen that it does what it should and nothing else.
  mutating func add(_ path: String, _ bytes: [UInt8], _ edits: [ByteEdit], _ pins: [Pin]) throws(EditDoubt) {
    guard let new = edits.applied(to: bytes), FixCheck.isRight(path: path, old: bytes, new: new, pins) else {
      throw EditDoubt(.unknownForm, [Self.split(path).name])
    }
    guard new != bytes else { return }
    plan.files.removeAll { $0.path == path }
    plan.files.append(FixPlan.File(path: path, old: bytes, edits: edits))
  }
}

extension FixPlanning.Project {
  fileprivate mutating func add(_ name: String, _ bad: String, _ safe: String) {
    if let index = pins.firstIndex(where: { $0.name == name && $0.safe == safe }) {
      if !pins[index].bad.contains(bad) { pins[index].bad.append(bad) }
    } else {
      pins.append(Pin(ecosystem: ecosystem, name: name, bad: [bad], safe: safe))
    }
  }
}
