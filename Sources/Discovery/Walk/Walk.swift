// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing
internal import Synchronization

/// What the threads of one walk share.
final class Walk: Sendable {
  /// A folder that waits to be read.
  struct Folder: Sendable {
    let place: ScanPlace
    /// Below the root; empty for the root itself.
    let path: [UInt8]
    /// The device of the folder that holds it, by which a mounted file system is told.
    let device: UInt64
    /// The one file to read, where the root is a file.
    let onlyFile: [UInt8]?
  }

  let places: [ScanPlace]
  let options: Options
  let classifier: FileClassifier
  let signs: SignTable
  let pinnedDigests: PinnedDigests
  let sink: any DiscoverySink
  let queue = WorkQueue<Folder>()
  let entries = Atomic<Int>(0)
  let packages = Atomic<Int>(0)
  /// The folder read last, for progress; protected by its mutex.
  private let current = Mutex<(place: ScanPlace, path: [UInt8])?>(nil)
  /// Held while a large file is in memory: a tree may hold one for each thread.
  let largeFile = Mutex(())
  /// Targets of links that were read in place of files elsewhere, so that each is read once; protected by its mutex.
  private let readThroughLinks = Mutex<Set<FileIdentity>>([])

  /// The part of ``DiscoveryOptions`` that threads use.
  struct Options: Sendable {
    let limits: Limits
    let wantsPaths: Bool
    let wantsProgress: Bool
    let mounts: MountTable
    let isInterrupted: @Sendable () -> Bool
  }

  init(roots: borrowing ScanRoots, options: DiscoveryOptions, sink: any DiscoverySink) {
    places = roots.places
    self.options = Options(
      limits: options.limits, wantsPaths: options.wantsPaths, wantsProgress: options.onProgress != nil,
      mounts: options.mounts, isInterrupted: options.isInterrupted)
    classifier = FileClassifier(extractors)
    signs = SignTable(options.signs)
    pinnedDigests = PinnedDigests(signs)
    self.sink = sink
  }

  func start() {
    queue.push(
      places.map { place in
        Folder(
          place: place, path: [], device: place.root.identity.device,
          onlyFile: place.root.fileName.map { Array($0.utf8) })
      })
  }

  /// Says so where the walk ended before its time.
  func finish() {
    guard options.isInterrupted() else { return }
    for place in places { sink.receive(Coverage.Problem(path: place.root.title, reason: .interrupted)) }
  }

  func noteCurrent(_ folder: Folder) {
    guard options.wantsProgress else { return }
    current.withLock { $0 = (folder.place, folder.path) }
  }

  func progress() -> DiscoveryProgress {
    let folder = current.withLock { $0 }
    return DiscoveryProgress(
      entries: entries.load(ordering: .relaxed), packages: packages.load(ordering: .relaxed),
      folder: folder.map { $0.place.shown($0.path, []) } ?? "")
  }

  /// Whether a link's target is seen for the first time.
  func isFirstReading(of target: FileIdentity) -> Bool {
    readThroughLinks.withLock { $0.insert(target).inserted }
  }

  /// The root that a real path lies below, and the way to it from there; nil for what lies outside of all.
  func place(of path: [UInt8]) -> (place: ScanPlace, relative: [UInt8])? {
    for place in places where place.root.fileName == nil {
      if let relative = place.relativePath(of: path) { return (place, relative) }
    }
    return nil
  }

  /// Whether the folder with this identity is a root of its own, in which packages are looked for.
  func isRoot(_ identity: FileIdentity) -> Bool {
    places.contains { !$0.isForSigns && $0.root.fileName == nil && $0.root.identity == identity }
  }

  // MARK: Names

  /// The number of the extractor that reads a file of this name in `folder`.
  func extractor(for name: Bytes, in folder: Folder) -> Int? {
    Self.withPaths(of: folder) { classifier.extractor(for: name, inFolder: $0, of: $1) }
  }

  /// Whether an extractor asks for just this name in `folder`, not for an ending of it.
  func isAskedForByName(_ name: Bytes, in folder: Folder) -> Bool {
    Self.withPaths(of: folder) { classifier.wholeName(name, inFolder: $0, of: $1) != nil }
  }

  private static func withPaths<Result>(of folder: Folder, _ body: (_ below: Bytes, _ root: Bytes) -> Result) -> Result
  {
    folder.path.withUnsafeBufferPointer { path in
      folder.place.realFolder.withUnsafeBufferPointer { body(path, $0) }
    }
  }

  /// Whether the walk reads the file at `path` below a root for its name.
  func isReadAnyway(_ path: [UInt8], in place: ScanPlace) -> Bool {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let name = path[(slash.map { $0 + 1 } ?? 0)...]
    let folder = Folder(place: place, path: Array(path[..<(slash ?? 0)]), device: 0, onlyFile: nil)
    return name.withUnsafeBufferPointer { extractor(for: $0, in: folder) != nil }
  }
}
