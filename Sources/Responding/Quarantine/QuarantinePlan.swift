// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
public import Inventory
public import Scanning

/// What would be moved, where to, and what cannot be: made without changing anything.
public struct QuarantinePlan: Sendable {
  /// What lands in one locked folder.
  public struct Batch: Sendable {
    /// Which of the roots.
    public var root: Int
    /// The folder that holds the quarantine, below the root; empty for the root itself.
    public var folder: [UInt8]
    /// As it is shown.
    public var shownFolder: String
    /// In the order in which they are moved. None where only an interrupted run is to be ended.
    public var items: [QuarantinedItem]
  }

  public internal(set) var batches: [Batch] = []
  public internal(set) var refusals: [QuarantineRefusal] = []

  /// Something to move that the caller knows, and no sighting tells: an entry of a cache.
  public struct Request: Hashable, Sendable {
    /// As sightings show paths.
    public var path: String
    public var role: QuarantinedItem.Role
    public var package: Package
    /// Ids of findings.
    public var findings: [String]

    public init(path: String, role: QuarantinedItem.Role, package: Package, findings: [String]) {
      self.path = path
      self.role = role
      self.package = package
      self.findings = findings
    }
  }

  /// Plans to move what findings say lies here: unpacked packages, what their installers have noted of them, links to them, and what caches
  /// hold unpacked. Lockfiles and manifests are not moved, nor what an attack left behind.
  ///
  /// - Parameters:
  ///   - requests: What is to be moved as well.
  ///   - roots: Those of the scan; nothing outside of them is touched.
  /// - Complexity: O(bytes in what is to be moved): everything is read once, to know it again.
  public init(_ findings: [Finding], adding requests: [Request] = [], below roots: borrowing ScanRoots) {
    var targets = QuarantineTargets()
    for finding in findings where !finding.isTrace {
      let content = QuarantinedItem.Content(package: finding.package, findings: [finding.id])
      for sighting in finding.sightings { targets.add(sighting, content, below: roots) }
    }
    for request in requests {
      let content = QuarantinedItem.Content(package: request.package, findings: request.findings)
      targets.add(request.path, request.role, content, below: roots)
    }
    refusals = targets.refusals
    let places = QuarantinePlaces()
    for target in targets.outermost() { add(target, places, below: roots) }
    for holder in targets.interrupted {
      _ = batch(holder.root, holder.path, shown: roots.shown(holder.path, inRoot: holder.root))
    }
    refusals.sort { ($0.path, $0.code.rawValue) < ($1.path, $1.code.rawValue) }
  }

  private mutating func add(
    _ target: QuarantineTargets.Target, _ places: QuarantinePlaces, below roots: borrowing ScanRoots
  ) {
    let (root, path) = (target.location.root, target.location.path)
    do throws(QuarantineRefusal.Cause) {
      let descriptor = roots.descriptor(ofRoot: root)
      let (folder, name) = path.split
      let parent = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
        try SafeOpening.folder(folder.terminated, below: descriptor)
      }
      let portrait = try parent.whileOpen { (number) throws(QuarantineRefusal.Cause) in
        try ItemPortrait.take(name, in: number)
      }
      let place = try places.place(for: folder, below: descriptor, real: roots.realFolder(ofRoot: root))
      let origin = place.isEmpty ? path : Array(path[(place.count + 1)...])
      let batch = batch(root, place, shown: roots.shown(place, inRoot: root))
      let number = batches[batch].items.count + 1
      batches[batch].items.append(
        QuarantinedItem(
          number, origin, shown: QuarantineManifest.shown(origin), target.role, portrait, target.sortedContents))
    } catch {
      // A file that notes list and that is not there needs no moving.
      if target.role == .part, error.code == .notThere { return }
      refusals.append(QuarantineRefusal(path: roots.shown(path, inRoot: root), error))
    }
  }

  private mutating func batch(_ root: Int, _ folder: [UInt8], shown: String) -> Int {
    if let index = batches.firstIndex(where: { $0.root == root && $0.folder == folder }) { return index }
    batches.append(Batch(root: root, folder: folder, shownFolder: shown, items: []))
    return batches.count - 1
  }
}

extension QuarantinedItem {
  fileprivate init(
    _ number: Int, _ origin: [UInt8], shown: String, _ role: Role, _ portrait: ItemPortrait, _ contents: [Content]
  ) {
    self.init(
      number: number, origin: origin, shownOrigin: shown, kind: portrait.kind, role: role,
      inode: portrait.status.facts.inode,
      device: portrait.status.facts.device, mode: portrait.status.mode, modified: portrait.status.modified,
      size: portrait.size, files: portrait.files, sharedFiles: portrait.sharedFiles, digest: portrait.digest,
      contents: contents)
  }
}
