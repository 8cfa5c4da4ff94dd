// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
internal import Inventory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Moves what a plan lists into locked folders. Nothing is copied, replaced or deleted; what cannot be moved is told, and the rest goes on.
///
/// - Parameters:
///   - id: The name of the locked folders: the time, and something that no other run has. No slash.
///   - created: RFC 3339, UTC.
/// - Complexity: O(bytes in what is moved): everything is read once more, right before it is moved.
public func quarantine(
  _ plan: QuarantinePlan, below roots: borrowing ScanRoots, id: String, created: String
) -> QuarantineReport {
  quarantine(plan, below: roots, id: id, created: created, calls: ChangingCalls())
}

func quarantine(
  _ plan: QuarantinePlan, below roots: borrowing ScanRoots, id: String, created: String, calls: ChangingCalls
) -> QuarantineReport {
  var report = QuarantineReport()
  report.refusals = plan.refusals
  for batch in plan.batches {
    var run = Quarantining(calls: calls, shown: batch.shownFolder)
    let root = roots.descriptor(ofRoot: batch.root)
    let manifest = QuarantineManifest(id: id, created: created, items: batch.items)
    do throws(QuarantineRefusal.Cause) {
      let holder = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
        try SafeOpening.folder(batch.folder.terminated, below: root)
      }
      try holder.whileOpen { (number) throws(QuarantineRefusal.Cause) in try run.run(manifest, in: number) }
    } catch {
      run.report.refusals += batch.items.map {
        QuarantineRefusal(path: PathSpelling.below(batch.shownFolder, $0.shownOrigin), error)
      }
    }
    report.batches += run.report.batches
    report.refusals += run.report.refusals
    report.finished += run.report.finished
  }
  return report
}

/// One run below one folder.
struct Quarantining {
  let calls: ChangingCalls
  /// The folder that holds the quarantine, as it is shown.
  let shown: String
  var report = QuarantineReport()

  init(calls: ChangingCalls, shown: String) {
    self.calls = calls
    self.shown = shown
  }

  /// - Parameter holder: The open folder that holds the quarantine, or will.
  /// - Throws: Where nothing was moved.
  mutating func run(_ manifest: QuarantineManifest, in holder: Int32) throws(QuarantineRefusal.Cause) {
    try Self.lock(holder)
    defer { Self.unlock(holder) }
    let status = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in try FileStatus(of: holder) }
    let quarantine = try quarantineFolder(in: holder, status)
    try quarantine.whileOpen { (number) throws(QuarantineRefusal.Cause) in
      finishEarlier(in: number, status)
      guard !manifest.items.isEmpty else { return }
      let name = try makeBatch(manifest.id, in: number)
      let batch = try Self.open(name, in: number)
      try batch.whileOpen { (folder) throws(QuarantineRefusal.Cause) in
        try give(folder, to: status)
        let held = try prepare(manifest, in: folder, status)
        try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
          for place in [folder, number, holder] { try calls.sync(place) }
        }
        held.whileOpen { move(manifest, from: holder, to: $0, String(decoding: name, as: UTF8.self)) }
      }
    }
  }

  /// One run at a time.
  static func lock(_ holder: Int32) throws(QuarantineRefusal.Cause) {
    guard flock(holder, LOCK_EX | LOCK_NB) == 0 else { throw QuarantineRefusal.Cause(SystemError(code: errno)) }
  }

  /// Not left to the closing: a process that another thread starts has the folder open for an instant, and the lock with it.
  static func unlock(_ holder: Int32) {
    flock(holder, LOCK_UN)
  }

  // MARK: Folders

  private func quarantineFolder(
    in holder: Int32, _ status: FileStatus
  ) throws(QuarantineRefusal.Cause) -> Descriptor {
    let name = Array(QuarantineLayout.folderName.utf8)
    do throws(SystemError) {
      try calls.makeFolder(name, in: holder, mode: QuarantineLayout.folderMode)
    } catch {
      guard error.code == EEXIST else { throw QuarantineRefusal.Cause(error) }
    }
    let folder = try Self.open(name, in: holder)
    try folder.whileOpen { (number) throws(QuarantineRefusal.Cause) in
      do throws(QuarantineFault) {
        try QuarantineLayout.check(number, holderOwner: status.owner)
      } catch {
        throw QuarantineRefusal.Cause(error)
      }
      try give(number, to: status)
      try writeIgnoreFile(in: number, status)
    }
    return folder
  }

  /// A quarantine in a repository is nobody's work to be committed.
  private func writeIgnoreFile(in folder: Int32, _ status: FileStatus) throws(QuarantineRefusal.Cause) {
    do throws(SystemError) {
      let name = Array(QuarantineLayout.ignoreName.utf8)
      let file = try calls.create(name, in: folder, mode: QuarantineLayout.fileMode)
      try file.whileOpen { (number) throws(SystemError) in
        try calls.write(Array("*\n".utf8), to: number)
        try giveOrThrow(number, to: status)
      }
    } catch {
      guard error.code == EEXIST else { throw QuarantineRefusal.Cause(error) }
    }
  }

  /// Makes the locked folder, under another name where this one is taken.
  private func makeBatch(_ id: String, in quarantine: Int32) throws(QuarantineRefusal.Cause) -> [UInt8] {
    for number in 1...100 {
      let name = Array((number == 1 ? id : "\(id)-\(number)").utf8)
      do throws(SystemError) {
        try calls.makeFolder(name, in: quarantine, mode: QuarantineLayout.folderMode)
        return name
      } catch {
        guard error.code == EEXIST else { throw QuarantineRefusal.Cause(error) }
      }
    }
    throw QuarantineRefusal.Cause(.occupied)
  }

  /// Writes down what is to be moved, before anything is.
  private func prepare(
    _ manifest: QuarantineManifest, in batch: Int32, _ status: FileStatus
  ) throws(QuarantineRefusal.Cause) -> Descriptor {
    let heldName = Array(QuarantineLayout.heldName.utf8)
    try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try calls.makeFolder(heldName, in: batch, mode: QuarantineLayout.folderMode)
    }
    let held = try Self.open(heldName, in: batch)
    try held.whileOpen { (number) throws(QuarantineRefusal.Cause) in try give(number, to: status) }
    try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      let new = Array(QuarantineLayout.newManifestName.utf8)
      let file = try calls.create(new, in: batch, mode: QuarantineLayout.fileMode)
      try file.whileOpen { (number) throws(SystemError) in
        try calls.write(manifest.json, to: number)
        try giveOrThrow(number, to: status)
        try calls.sync(number)
      }
      try calls.rename(new, in: batch, to: Array(QuarantineLayout.manifestName.utf8), in: batch)
    }
    return held
  }

  /// What the superuser makes in somebody's folder is that somebody's.
  private func give(_ descriptor: Int32, to holder: FileStatus) throws(QuarantineRefusal.Cause) {
    try QuarantineRefusal.Cause.wrap { () throws(SystemError) in try giveOrThrow(descriptor, to: holder) }
  }

  private func giveOrThrow(_ descriptor: Int32, to holder: FileStatus) throws(SystemError) {
    guard geteuid() == 0, holder.owner != 0 else { return }
    try calls.changeOwner(of: descriptor, to: holder.owner, holder.group)
  }

  static func open(_ name: [UInt8], in folder: Int32) throws(QuarantineRefusal.Cause) -> Descriptor {
    do throws(SystemError) {
      return try SafeOpening.folder(name.terminated, below: folder)
    } catch {
      guard error.isLink || error.code == ENOTDIR else { throw QuarantineRefusal.Cause(error) }
      throw QuarantineRefusal.Cause(QuarantineFault(.notAFolder))
    }
  }

  /// Locks what an interrupted run has left open. What it had not moved yet, a scan finds where it lies.
  private mutating func finishEarlier(in quarantine: Int32, _ status: FileStatus) {
    // What cannot be listed or read as ours is told by the next scan.
    for name in (try? EntryReader().sortedNames(of: quarantine)) ?? [] {
      guard let batch = try? QuarantineBatch(name, in: quarantine, holderOwner: status.owner), !batch.isLocked else {
        continue
      }
      let isLocked = batch.held.whileOpen { held in
        (try? calls.changeMode(of: held, to: QuarantineLayout.lockedMode)) != nil
      }
      if isLocked { report.finished.append(path(ofBatch: String(decoding: name, as: UTF8.self))) }
    }
  }

  private func path(ofBatch name: String) -> String {
    PathSpelling.below(PathSpelling.below(shown, QuarantineLayout.folderName), name)
  }

  // MARK: Moving

  private mutating func move(_ manifest: QuarantineManifest, from holder: Int32, to held: Int32, _ name: String) {
    var batch = QuarantineReport.Batch(path: path(ofBatch: name), folder: shown, items: [], isLocked: false)
    for item in manifest.items {
      do throws(QuarantineRefusal.Cause) {
        try move(item, from: holder, to: held)
        batch.items.append(item)
      } catch {
        report.refusals.append(
          QuarantineRefusal(path: PathSpelling.below(shown, item.shownOrigin), error))
      }
    }
    do throws(SystemError) {
      try calls.changeMode(of: held, to: QuarantineLayout.lockedMode)
      batch.isLocked = try FileStatus(of: held).mode == QuarantineLayout.lockedMode
      try calls.sync(held)
    } catch {
      report.refusals.append(QuarantineRefusal(path: batch.path, QuarantineRefusal.Cause(error)))
    }
    report.batches.append(batch)
  }

  private func move(
    _ item: QuarantinedItem, from holder: Int32, to held: Int32
  ) throws(QuarantineRefusal.Cause) {
    let (folder, name) = item.origin.split
    let parent = try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try SafeOpening.folder(folder.terminated, below: holder)
    }
    try parent.whileOpen { (number) throws(QuarantineRefusal.Cause) in
      guard try ItemPortrait.take(name, in: number).isUntouched(since: item) else {
        throw QuarantineRefusal.Cause(.changed)
      }
      let other = Array(String(item.number).utf8)
      let rename = Renaming(calls: calls, item: item)
      try rename.perform(name, in: number, to: other, in: held)
      // Between the look and the move somebody may have put another thing there: it goes back.
      let moved = try? FileStatus(of: other.terminated, in: held)
      guard moved?.facts.inode == item.inode else {
        try rename.perform(other, in: held, to: name, in: number)
        throw QuarantineRefusal.Cause(.changed)
      }
      // What is moved is moved, whenever the disk has it.
      for place in [held, number] { try? calls.sync(place) }
    }
  }
}

/// Renames one thing. A folder that its owner may not write cannot be moved to another folder (its `..` changes): it is made writable for as long
/// as that takes.
struct Renaming {
  let calls: ChangingCalls
  let item: QuarantinedItem

  private var needsWriting: Bool { item.kind == .folder && item.mode & Self.ownerWrite == 0 && geteuid() != 0 }
  private static let ownerWrite: UInt32 = 0o200

  func perform(
    _ name: [UInt8], in from: Int32, to other: [UInt8], in folder: Int32
  ) throws(QuarantineRefusal.Cause) {
    try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      guard needsWriting else { return try calls.rename(name, in: from, to: other, in: folder) }
      try SafeOpening.folder(name.terminated, below: from).whileOpen { (thing) throws(SystemError) in
        try calls.changeMode(of: thing, to: item.mode | Self.ownerWrite)
        do throws(SystemError) {
          try calls.rename(name, in: from, to: other, in: folder)
        } catch {
          try calls.changeMode(of: thing, to: item.mode)
          throw error
        }
        try calls.changeMode(of: thing, to: item.mode)
      }
    }
  }

  /// Takes the right back that an interrupted run has left on the thing where it was, or is again.
  func repairMode(of name: [UInt8], in folder: Int32) {
    guard needsWriting, let status = try? FileStatus(of: name.terminated, in: folder),
      status.facts.inode == item.inode, status.mode == item.mode | Self.ownerWrite,
      let thing = try? SafeOpening.folder(name.terminated, below: folder)
    else { return }
    thing.whileOpen { _ = try? calls.changeMode(of: $0, to: item.mode) }
  }
}

/// Paths as they are shown.
enum PathSpelling {
  static func below(_ folder: String, _ name: String) -> String {
    folder == "/" ? folder + name : "\(folder)/\(name)"
  }
}
