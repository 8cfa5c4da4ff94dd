// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing
internal import Synchronization

/// What a scan says of a quarantine that it meets.
///
/// What is locked away is told from the manifest, and not read. Where anything is not as it should be, that is a problem, the folder is walked
/// like any other, and what its manifest lists is told as installed: a name and a manifest alone hide nothing.
enum QuarantineReader {
  /// The id under which manifests are counted as read.
  static let id = "gifthorse/quarantine"

  /// - Parameters:
  ///   - path: Of the quarantine's folder, below the root.
  ///   - holder: The open folder that holds it.
  /// - Returns: The folders below the root that are to be walked: those in which not everything is locked away.
  static func read(_ path: [UInt8], in holder: Int32, _ walk: Walk, _ place: ScanPlace) -> [[UInt8]] {
    do throws(QuarantineFault) {
      let owner = try QuarantineFault.wrap { () throws(SystemError) in try FileStatus(of: holder).owner }
      let folder = try QuarantineFault.wrap { () throws(SystemError) in
        try SafeOpening.folder(QuarantineLayout.folderName, below: holder)
      }
      return try folder.whileOpen { (number) throws(QuarantineFault) in
        try QuarantineLayout.check(number, holderOwner: owner)
        return try readBatches(number, path, owner, walk, place)
      }
    } catch {
      note(error, path, walk, place)
      return [path]
    }
  }

  private static func readBatches(
    _ folder: Int32, _ path: [UInt8], _ owner: UInt32, _ walk: Walk, _ place: ScanPlace
  ) throws(QuarantineFault) -> [[UInt8]] {
    let names = try QuarantineFault.wrap { () throws(SystemError) in try QuarantineBatch.names(in: folder) }
    var open: [[UInt8]] = []
    for name in names where !name.elementsEqual(QuarantineLayout.ignoreName.utf8) {
      let below = PathText.below(path, name)
      do throws(QuarantineFault) {
        let batch = try QuarantineBatch(name, in: folder, holderOwner: owner)
        tell(batch, below, walk, place)
        guard !batch.isLocked, !batch.present.isEmpty else { continue }
        throw QuarantineFault(.notLocked)
      } catch {
        open.append(below)
        // Such a folder holds nothing but what is made before the manifest.
        guard error.code != .neverBegun else { continue }
        note(error, below, walk, place)
      }
    }
    return open
  }

  private static func tell(_ batch: borrowing QuarantineBatch, _ path: [UInt8], _ walk: Walk, _ place: ScanPlace) {
    var packages: Set<Package> = []
    let kind: Sighting.Kind = batch.isLocked ? .quarantined : .installed
    for item in batch.manifest.items where batch.present.contains(item.number) {
      packages.formUnion(item.contents.map(\.package))
    }
    let sorted = packages.sorted { ($0.name, $0.version ?? "") < ($1.name, $1.version ?? "") }
    let manifest = Array(QuarantineLayout.manifestName.utf8)
    walk.packages.add(sorted.count, ordering: .relaxed)
    walk.sink.receive(
      FileSightings(
        path: place.shown(path, manifest), extractor: id, size: 0,
        packages: sorted.map {
          ExtractedPackage(ecosystem: $0.ecosystem, name: $0.name, version: $0.version, kind: kind)
        }, paths: []))
  }

  private static func note(_ fault: QuarantineFault, _ path: [UInt8], _ walk: Walk, _ place: ScanPlace) {
    let arguments = [fault.code.rawValue] + (fault.argument.isEmpty ? [] : [fault.argument])
    walk.sink.receive(
      Coverage.Problem(path: place.shown(path, []), reason: .quarantineNotLocked, arguments: arguments))
  }
}
