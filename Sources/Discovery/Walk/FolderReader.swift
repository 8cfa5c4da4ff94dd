// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory
internal import Parsing
internal import Synchronization

/// One thread's part in a walk: takes folders from the queue, lists them, and has the files read that an extractor knows.
final class FolderReader {
  private let walk: Walk
  private let signs: SignReader
  private let entries = EntryReader()
  private let files: FileReader
  private let paths = PathBuffer()

  /// The folder read last of those that hold folders: what comes next mostly lies in it.
  private var nearest: OpenFolder?

  /// What one folder holds that matters.
  private struct Listing {
    var folders: [[UInt8]] = []
    var candidates: [FileReader.Candidate] = []
    var links: [[UInt8]] = []
    /// Their paths below the root: what is locked away there is told by its manifest.
    var quarantines: [[UInt8]] = []
    var entries = 0
  }

  init(_ walk: Walk) {
    self.walk = walk
    signs = SignReader(walk)
    files = FileReader(walk, paths: paths)
  }

  func run() {
    var isFirst = true
    while let folder = walk.queue.next(isFirst: isFirst) {
      isFirst = false
      if walk.options.isInterrupted() { walk.queue.cancel() } else { read(folder) }
    }
  }

  // MARK: Folders

  private func read(_ folder: Walk.Folder) {
    walk.noteCurrent(folder)
    do throws(SystemError) {
      let open = OpenFolder(place: folder.place, path: folder.path, descriptor: try open(folder))
      let holdsFolders = try open.descriptor.whileOpen { (descriptor) throws(SystemError) in
        try read(folder, descriptor)
      }
      if holdsFolders { nearest = open }
    } catch {
      walk.note(error, folder, [])
    }
    files.readIncluded()
  }

  /// Opens a folder from the nearest one that is still open above it, else from its root: the kernel walks every component of a path,
  /// so that from the root a tree costs the square of its depth.
  private func open(_ folder: Walk.Folder) throws(SystemError) -> Descriptor {
    let path = paths.terminated(folder.path)
    guard let nearest, nearest.place === folder.place, let start = nearest.startOfRest(of: folder.path) else {
      return try SafeOpening.folder(path, below: folder.place.root.folder.number)
    }
    return try nearest.descriptor.whileOpen { (base) throws(SystemError) in
      try SafeOpening.folder(path + start, below: base)
    }
  }

  /// - Returns: Whether it holds folders that are read as well.
  private func read(_ folder: Walk.Folder, _ descriptor: Int32) throws(SystemError) -> Bool {
    if let only = folder.onlyFile {
      readNamed(only, in: folder, descriptor)
      return false
    }
    let facts = try SafeOpening.facts(of: descriptor)
    guard isToBeRead(folder, descriptor, facts) else { return false }
    signs.enter(folder)
    let listing = try list(folder, descriptor)
    walk.entries.add(listing.entries, ordering: .relaxed)
    guard !folder.place.isForSigns else {
      finishSigns(in: folder, descriptor)
      goOn(in: folder, listing.folders, facts)
      return false
    }
    walk.queue.push(
      listing.folders.map { name in
        Walk.Folder(place: folder.place, path: PathText.below(folder.path, name), device: facts.device, onlyFile: nil)
      })
    for quarantine in listing.quarantines {
      let open = QuarantineReader.read(quarantine, in: descriptor, walk, folder.place)
      walk.queue.push(open.map { Walk.Folder(place: folder.place, path: $0, device: facts.device, onlyFile: nil) })
    }
    finishSigns(in: folder, descriptor)
    for candidate in listing.candidates { files.read(candidate, in: folder, descriptor) }
    for link in listing.links { follow(link, in: folder, descriptor) }
    return !listing.folders.isEmpty
  }

  /// Of a place that is only searched for signs, the folders are read that are on the way to one.
  private func goOn(in folder: Walk.Folder, _ folders: [[UInt8]], _ facts: SafeOpening.Facts) {
    let paths = folders.map { PathText.below(folder.path, $0) }.filter {
      walk.signs.leads(through: $0, of: folder.place.realFolder)
    }
    walk.queue.push(paths.map { Walk.Folder(place: folder.place, path: $0, device: facts.device, onlyFile: nil) })
  }

  private func finishSigns(in folder: Walk.Folder, _ descriptor: Int32) {
    signs.finish(
      folder, descriptor, follow: { (link) throws(SystemError) in try self.target(of: link, in: folder, descriptor) },
      failed: { walk.note($0, folder, $1) })
  }

  /// The file that a link leads to, opened, where it lies below a root; nil where it does not, which is then listed.
  private func target(
    of link: [UInt8], in folder: Walk.Folder, _ descriptor: Int32
  ) throws(SystemError) -> Descriptor? {
    let path = try SafeOpening.anything(paths.terminated(link), at: descriptor).whileOpen { SafeOpening.path(of: $0) }
    guard let path else {
      walk.note(.unreadable, folder, link, ["readlink"])
      return nil
    }
    guard let (place, relative) = walk.place(of: path) else {
      walk.skip(folder, link, .linkOutsideRoot, [PathText.shown(path)])
      return nil
    }
    return try SafeOpening.file(paths.terminated(relative), below: place.root.folder.number)
  }

  /// Whether the folder lies on a file system that is scanned. Only a change of device costs a second look.
  private func isToBeRead(_ folder: Walk.Folder, _ descriptor: Int32, _ facts: SafeOpening.Facts) -> Bool {
    if facts.device == folder.device { return true }
    if walk.isRoot(FileIdentity(facts)) { return false }
    let magic = gifthorse_filesystem_type(descriptor)
    switch FileSystemKind(magic: magic, mountType: walk.options.mounts.type(of: facts.device)) {
    case .ordinary: return true
    case .pseudo(let type):
      walk.skip(folder, [], .pseudoFileSystem, [type])
      return false
    case .network(let type):
      walk.skip(folder, [], .networkFileSystem, [type])
      return false
    }
  }

  private func list(_ folder: Walk.Folder, _ descriptor: Int32) throws(SystemError) -> Listing {
    var listing = Listing()
    try entries.forEachEntry(of: descriptor) { name, kind, _ in
      listing.entries += 1
      classify(name, kind, in: folder, descriptor, into: &listing)
    }
    // Sorted, so that one thread alone would always go the same way; the kernel's order is that of hashes.
    listing.folders.sort { $0.lexicographicallyPrecedes($1) }
    return listing
  }

  private func classify(
    _ name: Bytes, _ listed: SafeOpening.Facts.Kind?, in folder: Walk.Folder, _ descriptor: Int32,
    into listing: inout Listing
  ) {
    let extractor = walk.extractor(for: name, in: folder)
    var kind = listed
    if kind == nil {
      do throws(SystemError) {
        kind = try SafeOpening.facts(of: paths.terminated(Array(name)), in: descriptor).kind
      } catch {
        return walk.note(error, folder, Array(name))
      }
    }
    if let kind { signs.look(at: name, kind) }
    guard !folder.place.isForSigns else {
      if kind == .folder { listing.folders.append(Array(name)) }
      return
    }
    switch kind {
    case .folder:
      if name.equals(".gifthorse-quarantine") {
        listing.quarantines = [PathText.below(folder.path, Array(name))]
        return
      }
      listing.folders.append(Array(name))
      if let owner = PackageCache.owner(ofFolder: name, in: folder.path) {
        walk.skip(folder, Array(name), .packageCache, [owner])
      }
      if extractor != nil, walk.isAskedForByName(name, in: folder), !isPackageFolder(name, in: folder) {
        walk.note(.notAFile, folder, Array(name), ["folder"])
      }
    case .link: listing.links.append(Array(name))
    case .file:
      if let extractor {
        listing.candidates.append(FileReader.Candidate(name: Array(name), extractor: extractors[extractor]))
      }
    case .fifo, .socket, .device, nil:
      if let extractor, extractors[extractor].role != .script {
        walk.note(.notAFile, folder, Array(name), [kind?.rawValue ?? "unknown"])
      }
    }
  }

  /// Whether `name` is the folder of an installed package: one may be called `package.json`, and one is.
  private func isPackageFolder(_ name: Bytes, in folder: Walk.Folder) -> Bool {
    FilePlace(path: folder.place.real(folder.path, name) + "/package.json").installedFolderName != nil
  }

  // MARK: Files

  /// Reads a file again that was read before.
  func reread(_ file: (folder: [UInt8], name: [UInt8]), in place: ScanPlace) {
    let folder = Walk.Folder(place: place, path: file.folder, device: 0, onlyFile: nil)
    do throws(SystemError) {
      let descriptor = try SafeOpening.folder(paths.terminated(file.folder), below: place.root.folder.number)
      descriptor.whileOpen { readNamed(file.name, in: folder, $0) }
    } catch {
      walk.note(error, folder, file.name)
    }
  }

  /// Reads the one file that the user named. A name that no extractor knows cannot be answered for.
  private func readNamed(_ name: [UInt8], in folder: Walk.Folder, _ descriptor: Int32) {
    walk.entries.add(1, ordering: .relaxed)
    signs.enter(folder)
    name.withUnsafeBufferPointer { signs.look(at: $0, .file) }
    finishSigns(in: folder, descriptor)
    let extractor = name.withUnsafeBufferPointer { walk.extractor(for: $0, in: folder) }
    guard let extractor else { return walk.note(.nothingRecognised, folder, name) }
    files.read(FileReader.Candidate(name: name, extractor: extractors[extractor]), in: folder, descriptor)
  }

  // MARK: Links

  /// Looks where a link leads. A folder inside the roots is found where it lies; one outside is not entered, and that is said.
  /// A file that we read is read through the link only where its own name does not have it read anyway.
  private func follow(_ link: [UInt8], in folder: Walk.Folder, _ descriptor: Int32) {
    let extractor = link.withUnsafeBufferPointer { walk.extractor(for: $0, in: folder) }
    let isScript = extractor.map { extractors[$0].role == .script } ?? false
    do throws(SystemError) {
      let target = try SafeOpening.anything(paths.terminated(link), at: descriptor)
      try target.whileOpen { (target) throws(SystemError) in
        try follow(link, to: target, extractor, in: folder, descriptor)
      }
    } catch {
      // A link to nowhere matters only where a file that we read was expected, one that may not be followed also where packages were.
      let isExpected = extractor != nil && !isScript
      guard isExpected || (error.isPermission && isPlaceOfPackages(link, in: folder)) else {
        if error.isLink { return walk.skip(folder, link, .linkLoop, []) }
        // What lies below a root and may not be read is told where it lies.
        return error.isAbsence || error.isPermission ? () : walk.note(error, folder, link)
      }
      error.isAbsence || error.isLink ? walk.note(.danglingLink, folder, link) : walk.note(error, folder, link)
    }
  }

  private func follow(
    _ link: [UInt8], to target: Int32, _ extractor: Int?, in folder: Walk.Folder, _ descriptor: Int32
  ) throws(SystemError) {
    let facts = try SafeOpening.facts(of: target)
    guard facts.kind == .folder || extractor != nil else { return }
    guard let path = SafeOpening.path(of: target) else { return walk.note(.unreadable, folder, link, ["readlink"]) }
    // A place that is only searched for signs is outside: no package is looked for in it.
    guard let (place, relative) = walk.place(of: path), !place.isForSigns else {
      let target = PathText.shown(path)
      let isWanted = extractor.map { extractors[$0].role != .script } ?? isPlaceOfPackages(link, in: folder)
      return isWanted
        ? walk.note(.linkLeadsOut, folder, link, [target]) : walk.skip(folder, link, .linkOutsideRoot, [target])
    }
    guard facts.kind != .folder, let extractor else { return }
    guard facts.kind == .file else {
      return extractors[extractor].role == .script ? () : walk.note(.notAFile, folder, link, [facts.kind.rawValue])
    }
    guard !walk.isReadAnyway(relative, in: place), walk.isFirstReading(of: FileIdentity(facts)) else { return }
    let file = try SafeOpening.file(paths.terminated(relative), below: place.root.folder.number)
    try file.whileOpen { (file) throws(SystemError) in
      let candidate = FileReader.Candidate(name: link, extractor: extractors[extractor])
      try files.read(file, as: candidate, linkedFrom: descriptor, in: folder)
    }
  }

  /// Whether a folder of this name in `folder` would be an installed package, or hold them.
  private func isPlaceOfPackages(_ name: [UInt8], in folder: Walk.Folder) -> Bool {
    let text = name.string
    if text == "node_modules" || FilePlace.pythonFolders.contains(text) { return true }
    if text.hasSuffix(".dist-info") || text.hasSuffix(".egg-info") { return true }
    // What lies directly in the folder is asked as if it were a file in the package's own.
    let place = FilePlace(path: folder.place.real(PathText.below(folder.path, name), "package.json".utf8))
    return place.installedFolderName != nil
  }
}
