// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery
internal import Inventory
internal import Scanning

/// Which files, folders and links findings are about.
struct QuarantineTargets {
  struct Target {
    let location: ScanRoots.Location
    var role: QuarantinedItem.Role
    /// For each package the findings about it.
    var contents: [Package: Set<String>] = [:]

    var sortedContents: [QuarantinedItem.Content] {
      contents.map { QuarantinedItem.Content(package: $0.key, findings: $0.value.sorted()) }
        .sorted { ($0.package.name, $0.package.version ?? "") < ($1.package.name, $1.package.version ?? "") }
    }
  }

  private var targets: [ScanRoots.Location: Target] = [:]
  private(set) var refusals: [QuarantineRefusal] = []
  /// Folders that hold a quarantine in which something lies openly: an earlier run was interrupted.
  private(set) var interrupted: Set<ScanRoots.Location> = []

  // MARK: Sightings

  mutating func add(_ sighting: Sighting, _ content: QuarantinedItem.Content, below roots: borrowing ScanRoots) {
    guard sighting.kind == .installed || sighting.kind == .cached else { return }
    guard let location = roots.location(ofShown: sighting.path) else {
      return refuse(sighting.path, .notMovable)
    }
    if let holder = Self.holder(ofQuarantineAround: location) {
      interrupted.insert(holder)
      return
    }
    let (folder, name) = location.path.split
    let around = folder.split
    if name.elementsEqual("package.json".utf8) {
      let role: QuarantinedItem.Role = sighting.kind == .cached ? .cache : .package
      // Somebody's own project, or a copy of one, may have the name of a bad package: that is not a package manager's to clear away.
      let place = FilePlace(path: roots.realPath(of: location))
      guard role == .cache || place.installedFolderName != nil else { return refuse(sighting.path, .notMovable) }
      add(folder, role, content, location.root, below: roots)
      addLinks(to: folder, content, location.root, below: roots)
    } else if name.elementsEqual("METADATA".utf8), around.name.hasSuffix(".dist-info") {
      // A wheel unpacked in uv's cache has a folder of its own.
      let isUnpackedWheel = around.folder.split.folder.split.name.starts(with: "archive-v".utf8)
      if sighting.kind == .cached, isUnpackedWheel {
        return add(around.folder, .cache, content, location.root, below: roots)
      }
      addDistribution(folder, content, location.root, below: roots)
    } else if folder.hasComponent("node_modules") {
      // What a package manager notes of what it has installed: it makes it anew.
      add(location.path, .metadata, content, location.root, below: roots)
    } else {
      refuse(sighting.path, around.name.hasSuffix(".egg-info") || name.hasSuffix(".egg") ? .noFileList : .notMovable)
    }
  }

  private static func holder(ofQuarantineAround location: ScanRoots.Location) -> ScanRoots.Location? {
    let slash = UInt8(ascii: "/")
    let parts = location.path.split(separator: slash)
    guard let index = parts.firstIndex(where: { $0.elementsEqual(QuarantineLayout.folderName.utf8) }) else {
      return nil
    }
    return ScanRoots.Location(root: location.root, path: Array(parts[..<index].joined(separator: [slash])))
  }

  /// Something that the caller knows.
  mutating func add(
    _ path: String, _ role: QuarantinedItem.Role, _ content: QuarantinedItem.Content, below roots: borrowing ScanRoots
  ) {
    guard let location = roots.location(ofShown: path) else { return refuse(path, .notMovable) }
    add(location.path, role, content, location.root, below: roots)
  }

  private mutating func add(
    _ path: [UInt8], _ role: QuarantinedItem.Role, _ content: QuarantinedItem.Content, _ root: Int,
    below roots: borrowing ScanRoots
  ) {
    guard QuarantinedItem.isInside(path) else {
      return refuse(roots.shown(path, inRoot: root), path.isEmpty ? .isRoot : .notMovable)
    }
    let location = ScanRoots.Location(root: root, path: path)
    targets[location, default: Target(location: location, role: role)].contents[content.package, default: []]
      .formUnion(content.findings)
  }

  private mutating func refuse(_ path: String, _ code: QuarantineRefusal.Code, _ arguments: [String] = []) {
    let refusal = QuarantineRefusal(path: path, code, arguments)
    if !refusals.contains(refusal) { refusals.append(refusal) }
  }

  // MARK: What belongs to a package

  /// The links that lead to a package's folder, where a package manager keeps packages apart and links them in (pnpm).
  private mutating func addLinks(
    to folder: [UInt8], _ content: QuarantinedItem.Content, _ root: Int, below roots: borrowing ScanRoots
  ) {
    for link in PackageLinks.paths(to: folder, below: roots.descriptor(ofRoot: root)) {
      add(link, .link, content, root, below: roots)
    }
  }

  /// A Python package: the notes of its installation, and what these list.
  private mutating func addDistribution(
    _ notes: [UInt8], _ content: QuarantinedItem.Content, _ root: Int, below roots: borrowing ScanRoots
  ) {
    let shown = roots.shown(notes, inRoot: root)
    guard let parts = DistributionParts(notes, below: roots.descriptor(ofRoot: root)) else {
      return refuse(shown, .noFileList)
    }
    add(notes, .metadata, content, root, below: roots)
    for part in parts.inside { add(part, .part, content, root, below: roots) }
    for part in parts.outside { refuse(shown, .leftBehind, [part]) }
  }

  // MARK: Order

  /// Each target once, in the order of paths; one that lies inside another goes with that.
  func outermost() -> [Target] {
    var kept = targets
    for (location, target) in targets {
      guard let outer = outermost(around: location) else { continue }
      kept[location] = nil
      for (package, findings) in target.contents { kept[outer]?.contents[package, default: []].formUnion(findings) }
    }
    return kept.values.sorted { first, second in
      if first.location.root != second.location.root { return first.location.root < second.location.root }
      return first.location.path.lexicographicallyPrecedes(second.location.path)
    }
  }

  private func outermost(around location: ScanRoots.Location) -> ScanRoots.Location? {
    let path = location.path
    for end in path.indices where path[end] == UInt8(ascii: "/") {
      let outer = ScanRoots.Location(root: location.root, path: Array(path[..<end]))
      if targets[outer] != nil { return outer }
    }
    return nil
  }
}

extension [UInt8] {
  func hasSuffix(_ ending: String) -> Bool {
    count > ending.utf8.count && suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }

  func hasComponent(_ name: String) -> Bool {
    split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(name.utf8) }
  }

  /// `self/name`; `name` alone below a root.
  func appending(_ name: some Sequence<UInt8>) -> [UInt8] { isEmpty ? Array(name) : self + [UInt8(ascii: "/")] + name }
}
