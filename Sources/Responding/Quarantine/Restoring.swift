// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement
public import Discovery
internal import Inventory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A quarantine that is to be undone, opened.
public struct QuarantinePlace: ~Copyable, Sendable {
  /// The folder that holds the quarantine: all that the process must stay able to read and to write.
  public let holder: Descriptor
  /// Its absolute path.
  public let path: String
  /// The one locked folder; nil for all of them.
  let batch: [UInt8]?

  /// - Parameter path: A locked folder, its manifest, or a whole quarantine.
  /// - Throws: ``QuarantineFault`` where it is none of these.
  public init(path: String) throws(QuarantineFault) {
    guard let resolved = realpath(path, nil) else { throw QuarantineFault(SystemError(code: errno)) }
    defer { free(resolved) }
    var parts = String(cString: resolved).utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    if parts.last == QuarantineLayout.manifestName { parts.removeLast() }
    var batch: String?
    if parts.last != QuarantineLayout.folderName { batch = parts.popLast() }
    guard parts.popLast() == QuarantineLayout.folderName else { throw QuarantineFault(.noManifest) }
    let holder = "/" + parts.joined(separator: "/")
    let open = try QuarantineFault.wrap { () throws(SystemError) in
      try SafeOpening.anything(holder).whileOpen { (place) throws(SystemError) in
        try SafeOpening.folder("", below: place)
      }
    }
    self.init(holder: open, path: holder, batch: batch.map { Array($0.utf8) })
  }

  private init(holder: consuming Descriptor, path: String, batch: [UInt8]?) {
    self.holder = holder
    self.path = path
    self.batch = batch
  }
}

/// Moves everything back to where it was, replacing nothing. What cannot go back stays in quarantine, and is told; to do it again does the rest.
public func restore(_ place: borrowing QuarantinePlace) -> RestoreReport {
  restore(place, calls: ChangingCalls())
}

func restore(_ place: borrowing QuarantinePlace, calls: ChangingCalls) -> RestoreReport {
  var run = Restoring(calls: calls, folder: place.path)
  let batch = place.batch
  place.holder.whileOpen { run.run(batch, in: $0) }
  return run.report
}

private struct Restoring {
  let calls: ChangingCalls
  var report = RestoreReport()

  init(calls: ChangingCalls, folder: String) {
    self.calls = calls
    report.folder = folder
  }

  mutating func run(_ batch: [UInt8]?, in holder: Int32) {
    do throws(QuarantineRefusal.Cause) {
      try Quarantining.lock(holder)
      defer { Quarantining.unlock(holder) }
      let owner = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in try FileStatus(of: holder).owner }
      let quarantine = try Quarantining.open(Array(QuarantineLayout.folderName.utf8), in: holder)
      try quarantine.whileOpen { (number) throws(QuarantineRefusal.Cause) in
        do throws(QuarantineFault) {
          try QuarantineLayout.check(number, holderOwner: owner)
        } catch {
          throw QuarantineRefusal.Cause(error)
        }
        let names: [[UInt8]]
        if let batch { names = [batch] } else { names = try Self.batches(in: number) }
        for name in names {
          restore(name, in: number, of: holder, owner: owner)
        }
      }
    } catch {
      refuse(QuarantineLayout.folderName, error)
    }
  }

  private static func batches(in quarantine: Int32) throws(QuarantineRefusal.Cause) -> [[UInt8]] {
    let names = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try EntryReader().sortedNames(of: quarantine)
    }
    return names.filter { !$0.elementsEqual(QuarantineLayout.ignoreName.utf8) }
  }

  private mutating func refuse(_ path: String, _ cause: QuarantineRefusal.Cause) {
    report.refusals.append(QuarantineRefusal(path: PathSpelling.below(report.folder, path), cause))
  }

  private mutating func restore(_ name: [UInt8], in quarantine: Int32, of holder: Int32, owner: UInt32) {
    do throws(QuarantineFault) {
      let batch = try QuarantineBatch(name, in: quarantine, holderOwner: owner)
      let (manifest, present) = (batch.manifest, batch.present)
      batch.held.whileOpen { restore(manifest, present, from: $0, to: holder) }
    } catch {
      // An interrupted run that had not begun to move anything.
      guard error.code != .neverBegun else { return }
      let path = QuarantineLayout.folderName + "/" + String(decoding: name, as: UTF8.self)
      refuse(path, QuarantineRefusal.Cause(error))
    }
  }

  private mutating func restore(
    _ manifest: QuarantineManifest, _ present: Set<Int>, from held: Int32, to holder: Int32
  ) {
    var isOpen = false
    for item in manifest.items.reversed() {
      guard present.contains(item.number) else {
        report.alreadyBack.append(item)
        repairMode(of: item, below: holder)
        continue
      }
      do throws(QuarantineRefusal.Cause) {
        if !isOpen {
          try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
            try calls.changeMode(of: held, to: QuarantineLayout.folderMode)
          }
          isOpen = true
        }
        try restore(item, from: held, to: holder)
        report.restored.append(item)
      } catch {
        refuse(item.shownOrigin, error)
      }
    }
    if isOpen { _ = try? calls.changeMode(of: held, to: QuarantineLayout.lockedMode) }
  }

  private func restore(
    _ item: QuarantinedItem, from held: Int32, to holder: Int32
  ) throws(QuarantineRefusal.Cause) {
    let number = Array(String(item.number).utf8)
    guard try ItemPortrait.take(number, in: held).isSame(as: item) else { throw QuarantineRefusal.Cause(.changed) }
    let (folder, name) = item.origin.split
    let parent: Descriptor
    do throws(SystemError) {
      parent = try SafeOpening.folder(folder.terminated, below: holder)
    } catch {
      throw error.code == ENOENT ? QuarantineRefusal.Cause(.folderMissing) : QuarantineRefusal.Cause(error)
    }
    try parent.whileOpen { (place) throws(QuarantineRefusal.Cause) in
      try checkOwner(of: number, in: held, goingTo: place, below: holder)
      let rename = Renaming(calls: calls, item: item)
      try rename.perform(number, in: held, to: name, in: place)
      rename.repairMode(of: name, in: place)
      for place in [place, held] { try? calls.sync(place) }
    }
  }

  /// The superuser does not do for a user what that user could not: put a thing of his own into somebody else's folder.
  private func checkOwner(
    of number: [UInt8], in held: Int32, goingTo place: Int32, below holder: Int32
  ) throws(QuarantineRefusal.Cause) {
    guard geteuid() == 0 else { return }
    let isAllowed = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      let (owner, target) = (try FileStatus(of: holder).owner, try FileStatus(of: place).owner)
      let own = try FileStatus(of: number.terminated, in: held).owner
      return owner == 0 || target == owner || target == own
    }
    guard isAllowed else { throw QuarantineRefusal.Cause(.permissionDenied) }
  }

  private func repairMode(of item: QuarantinedItem, below holder: Int32) {
    let (folder, name) = item.origin.split
    guard let parent = try? SafeOpening.folder(folder.terminated, below: holder) else { return }
    parent.whileOpen { Renaming(calls: calls, item: item).repairMode(of: name, in: $0) }
  }
}
