// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Scanning

/// Plans the fix of one project of npm, Yarn, pnpm or Bun: its manifests, then each of its lockfiles.
struct NPMPlanning {
  var planning: FixPlanning
  private let project: FixPlanning.Project
  private var direct: [String: [PackageJSONEdit.Direct]] = [:]
  /// For each place of overrides the names that have one now.
  private var overridden: [PackageJSONEdit.OverrideField: Set<String>] = [:]
  /// Names about which the manifest was left as it is.
  private var unset: Set<String> = []
  private var root: PackageJSONEdit?

  init(_ project: FixPlanning.Project, _ planning: FixPlanning) {
    self.project = project
    self.planning = planning
  }

  private static let lockfiles = [
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb",
  ]

  mutating func run() {
    let locks = project.files.keys.filter { Self.lockfiles.contains(FixPlanning.split($0).name) }.sorted()
    let several = Set(project.pins.map(\.name)).filter { name in project.pins.filter { $0.name == name }.count > 1 }
    let pins = project.pins.filter { !several.contains($0.name) }
    planManifests(pins, locks)
    for path in locks {
      let (_, name) = FixPlanning.split(path)
      let here = pins.filter { project.files[path]?.contains($0.name) == true }
      planLock(path, name, here)
      for name in several.sorted() where project.files[path]?.contains(name) == true { leaveSeveral(path, name) }
    }
    leaveOthers(locks)
  }

  private mutating func leaveSeveral(_ path: String, _ name: String) {
    let own = project.pins.filter { $0.name == name }
    planning.leave(
      path, EditDoubt(.severalVersions, [name, own.flatMap(\.bad).joined(separator: " ")]), own, project.folder)
  }

  /// What was seen in a file that is none of those above: an exact version in a member's manifest is set with the manifests.
  private mutating func leaveOthers(_ locks: [String]) {
    for (path, names) in project.files.sorted(by: { $0.key < $1.key }) where !locks.contains(path) {
      let isSet = planning.plan.files.contains { $0.path == path }
      let isTold = planning.plan.doubts.contains { $0.path == path }
      guard !isSet, !isTold else { continue }
      let pins = project.pins.filter { names.contains($0.name) }
      let (folder, name) = FixPlanning.split(path)
      let isManifest = name == "package.json"
      let doubt = EditDoubt(isManifest ? .notFound : .unknownForm, isManifest ? pins.map(\.title) : [name])
      planning.leave(path, doubt, pins, folder)
    }
  }

  // MARK: Manifests

  /// Manifests of the project that ask for one of the packages, by their folder below the project's.
  private func manifests(_ pins: [Pin]) -> [String: String] {
    var manifests = ["": FixPlanning.joined(project.folder, "package.json")]
    for entry in planning.report.packages where pins.contains(where: { $0.name == entry.package.name }) {
      for sighting in entry.sightings where sighting.kind == .declared {
        let (folder, name) = FixPlanning.split(sighting.path)
        guard name == "package.json", planning.projectFolder(of: folder, .npm) == project.folder else { continue }
        manifests[below(folder)] = sighting.path
      }
    }
    return manifests
  }

  private func below(_ folder: String) -> String {
    if folder == project.folder { return "" }
    guard project.folder != "." else { return folder }
    return String(Substring(folder.utf8.dropFirst(project.folder.utf8.count + (project.folder == "/" ? 0 : 1))))
  }

  private mutating func planManifests(_ pins: [Pin], _ locks: [String]) {
    // Members first: the project's own manifest gets what they did not settle.
    for (folder, path) in manifests(pins).sorted(by: { $0.key > $1.key }) {
      guard let bytes = planning.request.read(path) else { continue }
      do throws(EditDoubt) {
        var edit = try PackageJSONEdit(bytes)
        for pin in pins { edit.setDirect(pin) }
        if !edit.direct.isEmpty { direct[folder] = edit.direct }
        if folder.isEmpty { setOverrides(pins, locks, &edit) }
        edit.finish()
        for doubt in edit.doubts { planning.plan.doubts.append(FixPlan.Doubt(path: path, doubt: doubt)) }
        guard !edit.edits.isEmpty else {
          if folder.isEmpty { root = edit }
          continue
        }
        try planning.add(path, bytes, edit.edits, pins)
        if folder.isEmpty { root = edit }
      } catch {
        direct[folder] = nil
        if folder.isEmpty { overridden = [:] }
        unset.formUnion(pins.map(\.name))
        planning.plan.doubts.append(FixPlan.Doubt(path: path, doubt: error))
      }
    }
  }

  /// An override for what others bring in. Which field counts, the lockfiles tell.
  private mutating func setOverrides(_ pins: [Pin], _ locks: [String], _ edit: inout PackageJSONEdit) {
    for pin in pins {
      let isDirect =
        direct.values.joined().contains { $0.pin.name == pin.name } || edit.direct.contains { $0.pin.name == pin.name }
      let places = locks.filter { project.files[$0]?.contains(pin.name) == true }
      guard !places.isEmpty, !isDirect || project.transitive.contains(pin.name) else { continue }
      if let others = otherVersions(pin, places) {
        unset.insert(pin.name)
        planning.plan.doubts.append(
          FixPlan.Doubt(
            path: FixPlanning.joined(project.folder, "package.json"),
            doubt: EditDoubt(.severalVersions, [pin.name, others])))
        continue
      }
      for path in places { setOverride(pin, for: FixPlanning.split(path).name, &edit) }
    }
  }

  private mutating func setOverride(_ pin: Pin, for lock: String, _ edit: inout PackageJSONEdit) {
    let field: PackageJSONEdit.OverrideField =
      lock == "yarn.lock" ? .resolutions : lock == "pnpm-lock.yaml" ? .pnpm : .overrides
    guard overridden[field]?.contains(pin.name) != true else { return }
    if field == .pnpm, overridesLieInWorkspace(edit) { return overrideInWorkspace(pin) }
    let before = edit.doubts.count
    edit.setOverride(pin, in: field, isStrict: field == .overrides)
    if edit.doubts.count == before {
      overridden[field, default: []].insert(pin.name)
    } else {
      unset.insert(pin.name)
    }
  }

  /// Versions of the package, neither bad nor the safe one, that the lockfiles hold as well.
  private func otherVersions(_ pin: Pin, _ places: [String]) -> String? {
    let others = planning.report.packages.filter { entry in
      guard entry.package.ecosystem == .npm, entry.package.name == pin.name, let version = entry.package.version else {
        return false
      }
      guard version != pin.safe, !pin.bad.contains(version) else { return false }
      return entry.sightings.contains { $0.kind == .locked && places.contains($0.path) }
    }
    return others.isEmpty ? nil : others.compactMap(\.package.version).joined(separator: " ")
  }

  // MARK: pnpm's other place for overrides

  private var workspacePath: String { FixPlanning.joined(project.folder, "pnpm-workspace.yaml") }

  /// pnpm 10 reads both places, 11 only the workspace's file.
  private func overridesLieInWorkspace(_ edit: PackageJSONEdit) -> Bool {
    guard let bytes = planning.request.read(workspacePath) else { return false }
    if edit.hasOverrides(.pnpm) { return false }
    let lines = (try? FileText.lines(bytes)) ?? []
    if lines.contains(where: { $0.text.hasPrefix("overrides:") }) { return true }
    let manager = edit.packageManager ?? ""
    guard manager.hasPrefix("pnpm@") else { return false }
    return (Int(manager.dropFirst(5).prefix { $0 != "." }) ?? 0) >= 10
  }

  private mutating func overrideInWorkspace(_ pin: Pin) {
    do throws(EditDoubt) {
      guard let bytes = planning.request.read(workspacePath) else { throw EditDoubt(.notFound, [pin.title]) }
      let old = planning.plan.files.first { $0.path == workspacePath }
      let edits = try PNPMWorkspaceEdit(bytes).edits(pin)
      try planning.add(workspacePath, bytes, (old?.edits ?? []) + edits, [pin])
      overridden[.pnpm, default: []].insert(pin.name)
    } catch {
      unset.insert(pin.name)
      planning.plan.doubts.append(FixPlan.Doubt(path: workspacePath, doubt: error))
    }
  }

  // MARK: Lockfiles

  private mutating func planLock(_ path: String, _ name: String, _ pins: [Pin]) {
    guard !pins.isEmpty else { return }
    let isOurs = pins.allSatisfy { !unset.contains($0.name) }
    guard let bytes = planning.request.read(path) else {
      return planning.leave(path, EditDoubt(.notFound, pins.map(\.title)), pins, project.folder)
    }
    do throws(EditDoubt) {
      guard isOurs else { throw EditDoubt(.notTaken, [pins.first?.title ?? "", "package.json", ""]) }
      try planning.add(path, bytes, try edits(name, bytes, pins), pins)
    } catch {
      planning.plan.doubts.append(FixPlan.Doubt(path: path, doubt: error))
      guard let tool = planning.tool(name, bytes, in: project.folder) else { return }
      let isSet = isOurs && (!direct.isEmpty || !overridden.isEmpty)
      for line in FixCommandLine.lines(tool, pins, isManifestSet: isSet) {
        planning.plan.commands.append(FixPlan.Command(folder: project.folder, line: line))
      }
    }
  }

  private func edits(_ name: String, _ bytes: [UInt8], _ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    let known = planning.known
    switch name {
    case "yarn.lock":
      return try YarnLockEdit(bytes).edits(
        pins, known: known, direct: direct, overridden: overridden[.resolutions] ?? [], rootAsks: root?.asks)
    case "pnpm-lock.yaml":
      return try PNPMLockEdit(bytes).edits(pins, known: known, direct: direct, overridden: overridden[.pnpm] ?? [])
    case "bun.lock":
      return try BunLockEdit(bytes).edits(pins, known: known, direct: direct, overridden: overridden[.overrides] ?? [])
    case "bun.lockb": throw EditDoubt(.binary)
    default:
      return try PackageLockEdit(bytes).edits(
        pins, known: known, direct: direct, overridden: overridden[.overrides] ?? [], rootNames: root?.names)
    }
  }
}
