// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
public import Confinement
public import Inventory
public import Parsing
internal import Synchronization

/// One file that was read, and what it yielded.
public struct FileSightings: Sendable {
  /// As it is to be shown: the root as the user named it, and the way below it.
  public let path: String
  /// The extractor's id: `npm/package-lock`.
  public let extractor: String
  /// Bytes.
  public let size: Int
  public let packages: [ExtractedPackage]
  /// For each package the shortest chain from the project; empty where that was not wanted.
  public let paths: [[String]]
}

/// Takes what a walk finds, as it finds it. Called from several threads at once, in no order among files.
public protocol DiscoverySink: Sendable {
  func receive(_ file: FileSightings)
  func receive(_ problem: Coverage.Problem)
  func receive(_ skip: Coverage.Skip)
  func receive(_ sign: SignSighting)
}

/// How far a walk has come.
public struct DiscoveryProgress: Sendable {
  /// Entries of every kind, folders included.
  public let entries: Int
  public let packages: Int
  /// The folder that is being read.
  public let folder: String
}

/// What bounds and steers a walk.
public struct DiscoveryOptions {
  public var limits: Limits
  /// Threads that read folders and files.
  public var threads: Int
  /// Whether each package's chain from the project is wanted (see ``FileSightings/paths``).
  public var wantsPaths: Bool
  public var mounts: MountTable
  /// What is looked for beside packages.
  public var signs = SignList()
  /// Asked before each folder; true ends the walk, which is then a coverage problem.
  public var isInterrupted: @Sendable () -> Bool
  /// Called about ten times a second on the calling thread.
  public var onProgress: ((DiscoveryProgress) -> Void)?

  public init(
    limits: Limits = Limits(), threads: Int = 2, wantsPaths: Bool = false, mounts: MountTable = MountTable(),
    isInterrupted: @escaping @Sendable () -> Bool = { false }, onProgress: ((DiscoveryProgress) -> Void)? = nil
  ) {
    self.limits = limits
    self.threads = threads
    self.wantsPaths = wantsPaths
    self.mounts = mounts
    self.isInterrupted = isInterrupted
    self.onProgress = onProgress
  }
}

/// Finds every package file below `roots` and reads it.
///
/// - Returns: The number of entries seen.
/// - Complexity: O(entries), with memory for the folders that wait, not for those that are done.
public func discover(_ roots: borrowing ScanRoots, options: DiscoveryOptions, sink: any DiscoverySink) -> Int {
  discover(roots, options: options, sink: sink, meanwhile: {}).entries
}

/// The same, and calls `meanwhile` on the calling thread while others begin to walk: for what is needed only afterwards.
///
/// - Throws: What `meanwhile` throws, after the walk.
public func discover<Extra, Failure: Error>(
  _ roots: borrowing ScanRoots, options: DiscoveryOptions, sink: any DiscoverySink,
  meanwhile: () throws(Failure) -> Extra
) throws(Failure) -> (entries: Int, extra: Extra) {
  var extra: Result<Extra, Failure>?
  for skip in roots.skipped { sink.receive(skip) }
  for problem in roots.problems { sink.receive(problem) }
  let walk = Walk(roots: roots, options: options, sink: sink)
  walk.start()
  gifthorse_prepare_heaps()
  withThreads(options.threads) { _ in
    gifthorse_advise_heap()
    FolderReader(walk).run()
  } meanwhile: {
    extra = Result { () throws(Failure) in try meanwhile() }
    while !walk.queue.waitUntilDone(milliseconds: 100) {
      if options.isInterrupted() { walk.queue.cancel() }
      options.onProgress?(walk.progress())
    }
  }
  walk.finish()
  let made = if let extra { try extra.get() } else { try meanwhile() }
  return (walk.entries.load(ordering: .relaxed), made)
}

/// Reads one file below `roots` again, with the chains from its project; nil where it is no longer there or cannot be read.
///
/// - Parameter path: As ``FileSightings/path`` has it.
public func rereadForPaths(
  _ path: String, below roots: borrowing ScanRoots, options: DiscoveryOptions
) -> FileSightings? {
  let last = LastFile()
  var options = options
  options.wantsPaths = true
  options.onProgress = nil
  options.signs = SignList()
  let walk = Walk(roots: roots, options: options, sink: last)
  guard let place = walk.places.first(where: { $0.below(path) != nil }), let relative = place.below(path) else {
    return nil
  }
  FolderReader(walk).reread(relative, in: place)
  return last.file.withLock { $0 }
}

/// Keeps the last file it is given, and nothing else: problems are in the ledger since the first reading.
private final class LastFile: DiscoverySink {
  let file = Mutex<FileSightings?>(nil)

  func receive(_ file: FileSightings) {
    self.file.withLock { $0 = file }
  }

  func receive(_ problem: Coverage.Problem) {}

  func receive(_ skip: Coverage.Skip) {}

  func receive(_ sign: SignSighting) {}
}

/// The roots of one scan, none of them inside another.
public struct ScanRoots: ~Copyable, Sendable {
  let places: [ScanPlace]
  /// Roots left out because another one holds them.
  let skipped: [Coverage.Skip]
  /// Roots that are there and may not be entered.
  let problems: [Coverage.Problem]

  /// A path that is there but may not be entered becomes a coverage problem of the scan.
  ///
  /// - Parameter signPlaces: Folders in which only signs are looked for. One that is missing is nothing to tell; one that may not be entered
  ///   belongs to somebody else, and is listed.
  /// - Throws: ``RootError`` for the first path that cannot be opened for another reason: one that does not exist.
  public init(paths: [String], signPlaces: [String] = []) throws(RootError) {
    titles = paths
    var places: [ScanPlace] = []
    var problems: [Coverage.Problem] = []
    for path in paths {
      do throws(SystemError) {
        places.append(ScanPlace(try ScanRoot(path: path)))
      } catch {
        guard error.isPermission else { throw RootError(path: path, cause: error) }
        problems.append(Coverage.Problem(path: path, reason: .permissionDenied))
      }
    }
    var kept: [ScanPlace] = []
    var skipped: [Coverage.Skip] = []
    for (index, place) in places.enumerated() {
      let holder = places.enumerated().first {
        $0.offset != index && $0.element.holds(place, isEarlier: $0.offset < index)
      }
      if let holder {
        skipped.append(
          Coverage.Skip(path: place.root.title, reason: .insideAnotherRoot, arguments: [holder.element.root.title]))
      } else {
        kept.append(place)
      }
    }
    for path in signPlaces {
      do throws(SystemError) {
        let place = ScanPlace(try ScanRoot(path: path), isForSigns: true)
        guard place.root.fileName == nil, !kept.contains(where: { $0.holds(place, isEarlier: true) }) else { continue }
        kept.append(place)
      } catch {
        if error.isPermission {
          skipped.append(Coverage.Skip(path: path, reason: .placeOfOthers))
        } else if !error.isAbsence {
          problems.append(Coverage.Problem(path: path, reason: .unreadable, arguments: [error.name]))
        }
      }
    }
    self.places = kept
    self.skipped = skipped
    self.problems = problems
  }

  /// What the process must stay able to read.
  public var descriptors: [Int32] { places.map { $0.root.folder.number } }

  /// All of them, as the user named them.
  public let titles: [String]

  /// Absolute, without links.
  public var realPaths: [String] { places.map { $0.root.realPath } }
}

/// A root that cannot be opened.
public struct RootError: Error, Sendable {
  public let path: String
  public let cause: SystemError
}
