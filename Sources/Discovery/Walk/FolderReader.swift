// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory
internal import Parsing
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// One thread's part in a walk: takes folders from the queue, lists them, and reads the files that an extractor knows.
final class FolderReader {
  private let walk: Walk
  private let signs: SignReader
  private let entryBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
  private let fileBuffer = ReadBuffer()
  private var pathCapacity = 4096
  /// The path at hand, with the zero byte that C wants; kept to reuse its storage.
  private var pathBuffer: UnsafeMutablePointer<CChar> = .allocate(capacity: 4096)

  /// The folder read last of those that hold folders: what comes next mostly lies in it.
  private var nearest: OpenFolder?

  /// A folder that stays open after it was read.
  private final class OpenFolder {
    let place: ScanPlace
    let path: [UInt8]
    let descriptor: Descriptor

    init(place: ScanPlace, path: [UInt8], descriptor: consuming Descriptor) {
      self.place = place
      self.path = path
      self.descriptor = descriptor
    }

    /// Where the way from this folder to the one at `other` begins in that path; nil where that does not lie below.
    func startOfRest(of other: [UInt8]) -> Int? {
      if path.isEmpty { return 0 }
      guard other.count > path.count, other[path.count] == UInt8(ascii: "/"), other.starts(with: path) else {
        return nil
      }
      return path.count + 1
    }
  }

  /// Files that others include and that wait to be read.
  private var included: [IncludedFile] = []

  private struct IncludedFile {
    let place: ScanPlace
    /// Below the root.
    let folder: [UInt8]
    let name: [UInt8]
    let extractor: any Extractor.Type
    let includer: (path: String, line: Int, written: String)
  }

  /// A file to read in the folder at hand.
  private struct Candidate {
    let name: [UInt8]
    let extractor: any Extractor.Type
  }

  /// What one folder holds that matters.
  private struct Listing {
    var folders: [[UInt8]] = []
    var candidates: [Candidate] = []
    var links: [[UInt8]] = []
    var entries = 0
  }

  init(_ walk: Walk) {
    self.walk = walk
    signs = SignReader(walk)
  }

  deinit {
    entryBuffer.deallocate()
    pathBuffer.deallocate()
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
      note(error, folder, [])
    }
    // Not one within the other: a chain of files that include each other costs no stack, and each is read once.
    while let file = included.popLast() { read(file) }
  }

  /// Opens a folder from the nearest one that is still open above it, else from its root: the kernel walks every component of a path,
  /// so that from the root a tree costs the square of its depth.
  private func open(_ folder: Walk.Folder) throws(SystemError) -> Descriptor {
    let path = terminated(folder.path)
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
        Walk.Folder(place: folder.place, path: Self.join(folder.path, name), device: facts.device, onlyFile: nil)
      })
    finishSigns(in: folder, descriptor)
    for candidate in listing.candidates { read(candidate, in: folder, descriptor) }
    for link in listing.links { follow(link, in: folder, descriptor) }
    return !listing.folders.isEmpty
  }

  /// Of a place that is only searched for signs, the folders are read that are on the way to one.
  private func goOn(in folder: Walk.Folder, _ folders: [[UInt8]], _ facts: SafeOpening.Facts) {
    let paths = folders.map { Self.join(folder.path, $0) }.filter {
      walk.signs.leads(through: $0, of: folder.place.realFolder)
    }
    walk.queue.push(paths.map { Walk.Folder(place: folder.place, path: $0, device: facts.device, onlyFile: nil) })
  }

  private func finishSigns(in folder: Walk.Folder, _ descriptor: Int32) {
    signs.finish(
      folder, descriptor, follow: { (link) throws(SystemError) in try self.target(of: link, in: folder, descriptor) },
      failed: { note($0, folder, $1) })
  }

  /// The file that a link leads to, opened, where it lies below a root; nil where it does not, which is then listed.
  private func target(
    of link: [UInt8], in folder: Walk.Folder, _ descriptor: Int32
  ) throws(SystemError) -> Descriptor? {
    let path = try SafeOpening.anything(terminated(link), at: descriptor).whileOpen { SafeOpening.path(of: $0) }
    guard let path else { return nil }
    guard let place = walk.places.first(where: { $0.root.fileName == nil && $0.relativePath(of: path) != nil }),
      let relative = place.relativePath(of: path)
    else {
      skip(folder, link, .linkOutsideRoot, [PathText.shown(path)])
      return nil
    }
    return try SafeOpening.file(terminated(relative), below: place.root.folder.number)
  }

  /// Whether the folder lies on a file system that is scanned. Only a change of device costs a second look.
  private func isToBeRead(_ folder: Walk.Folder, _ descriptor: Int32, _ facts: SafeOpening.Facts) -> Bool {
    if facts.device == folder.device { return true }
    if walk.isRoot(FileIdentity(facts)) { return false }
    let magic = gifthorse_filesystem_type(descriptor)
    switch FileSystemKind(magic: magic, mountType: walk.options.mounts.type(of: facts.device)) {
    case .ordinary: return true
    case .pseudo(let type):
      skip(folder, [], .pseudoFileSystem, [type])
      return false
    case .network(let type):
      skip(folder, [], .networkFileSystem, [type])
      return false
    }
  }

  private func list(_ folder: Walk.Folder, _ descriptor: Int32) throws(SystemError) -> Listing {
    var listing = Listing()
    try forEachEntry(of: descriptor) { name, type in
      listing.entries += 1
      classify(name, type, in: folder, descriptor, into: &listing)
    }
    // Sorted, so that one thread alone would always go the same way; the kernel's order is that of hashes.
    listing.folders.sort { $0.lexicographicallyPrecedes($1) }
    return listing
  }

  private func classify(
    _ name: Bytes, _ type: UInt8, in folder: Walk.Folder, _ descriptor: Int32, into listing: inout Listing
  ) {
    let extractor = self.extractor(for: name, in: folder)
    var kind = Self.kind(type)
    if kind == nil {
      // The file system does not tell in the listing. The name ends with a zero byte: see `gifthorse_entry`.
      guard let base = UnsafeRawPointer(name.baseAddress)?.assumingMemoryBound(to: CChar.self),
        let facts = try? SafeOpening.facts(of: base, in: descriptor)
      else { return note(.vanished, folder, Array(name)) }
      kind = facts.kind
    }
    if let kind { signs.look(at: name, kind) }
    guard !folder.place.isForSigns else {
      if kind == .folder { listing.folders.append(Array(name)) }
      return
    }
    switch kind {
    case .folder:
      listing.folders.append(Array(name))
      if let owner = PackageCache.owner(ofFolder: name, in: folder.path) {
        skip(folder, Array(name), .packageCache, [owner])
      }
      if extractor != nil, isAskedForByName(name, in: folder), !isPackageFolder(name, in: folder) {
        note(.notAFile, folder, Array(name), ["folder"])
      }
    case .link: listing.links.append(Array(name))
    case .file:
      if let extractor { listing.candidates.append(Candidate(name: Array(name), extractor: extractors[extractor])) }
    case .fifo, .socket, .device, nil:
      if let extractor, extractors[extractor].role != .script {
        note(.notAFile, folder, Array(name), [kind?.rawValue ?? "unknown"])
      }
    }
  }

  /// The number of the extractor that reads a file of this name in `folder`.
  private func extractor(for name: Bytes, in folder: Walk.Folder) -> Int? {
    folder.path.withUnsafeBufferPointer { path in
      folder.place.realFolder.withUnsafeBufferPointer {
        walk.classifier.extractor(for: name, inFolder: path, of: $0)
      }
    }
  }

  private func isAskedForByName(_ name: Bytes, in folder: Walk.Folder) -> Bool {
    folder.path.withUnsafeBufferPointer { path in
      folder.place.realFolder.withUnsafeBufferPointer {
        walk.classifier.wholeName(name, inFolder: path, of: $0) != nil
      }
    }
  }

  /// Whether `name` is the folder of an installed package: one may be called `package.json`, and one is.
  private func isPackageFolder(_ name: Bytes, in folder: Walk.Folder) -> Bool {
    FilePlace(path: folder.place.real(folder.path, name) + "/package.json").installedFolderName != nil
  }

  private static func kind(_ type: UInt8) -> SafeOpening.Facts.Kind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_FIFO): .fifo
    case Int(DT_SOCK): .socket
    case Int(DT_CHR), Int(DT_BLK): .device
    default: nil
    }
  }

  /// Calls `body` with the name and d_type of each entry but `.` and `..`.
  private func forEachEntry(of descriptor: Int32, _ body: (Bytes, UInt8) -> Void) throws(SystemError) {
    #if os(Linux)
      guard let buffer = entryBuffer.baseAddress else { return }
      while true {
        let length = gifthorse_read_entries(descriptor, buffer, entryBuffer.count)
        guard length >= 0 else { throw SystemError(code: Int32(-length)) }
        if length == 0 { return }
        var offset = 0
        var entry = gifthorse_entry()
        while gifthorse_next_entry(buffer, length, &offset, &entry), let text = entry.name {
          let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
          let name = Bytes(start: start, count: entry.length)
          if !name.equals("."), !name.equals("..") { body(name, entry.type) }
        }
        guard offset == length else { throw SystemError(code: EIO) }
      }
    #else
      let copy = dup(descriptor)
      guard copy >= 0, let stream = fdopendir(copy) else { throw SystemError(code: errno) }
      defer { closedir(stream) }
      while true {
        errno = 0
        guard let entry = readdir(stream) else {
          if errno != 0 { throw SystemError(code: errno) }
          return
        }
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          let start = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
          let name = Bytes(start: start, count: strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)))
          if !name.equals("."), !name.equals("..") { body(name, entry.pointee.d_type) }
        }
      }
    #endif
  }

  // MARK: Files

  /// Reads a file again that was read before.
  func reread(_ file: (folder: [UInt8], name: [UInt8]), in place: ScanPlace) {
    let folder = Walk.Folder(place: place, path: file.folder, device: 0, onlyFile: nil)
    do throws(SystemError) {
      let descriptor = try SafeOpening.folder(terminated(file.folder), below: place.root.folder.number)
      descriptor.whileOpen { readNamed(file.name, in: folder, $0) }
    } catch {
      note(error, folder, file.name)
    }
  }

  /// Reads the one file that the user named. A name that no extractor knows cannot be answered for.
  private func readNamed(_ name: [UInt8], in folder: Walk.Folder, _ descriptor: Int32) {
    walk.entries.add(1, ordering: .relaxed)
    signs.enter(folder)
    name.withUnsafeBufferPointer { signs.look(at: $0, .file) }
    finishSigns(in: folder, descriptor)
    let extractor = name.withUnsafeBufferPointer { self.extractor(for: $0, in: folder) }
    guard let extractor else { return note(.nothingRecognised, folder, name) }
    read(Candidate(name: name, extractor: extractors[extractor]), in: folder, descriptor)
  }

  private func read(_ candidate: Candidate, in folder: Walk.Folder, _ descriptor: Int32) {
    do throws(SystemError) {
      let file = try SafeOpening.entry(terminated(candidate.name), of: descriptor)
      let siblings = siblings(of: candidate, descriptor)
      try file.whileOpen { (file) throws(SystemError) in try read(file, as: candidate, siblings, in: folder) }
    } catch {
      note(error, folder, candidate.name)
    }
  }

  /// The small files that the extractor wants to see beside this one. One that is not there, or is no plain file, adds nothing.
  private func siblings(of candidate: Candidate, _ descriptor: Int32) -> [String: [UInt8]] {
    var siblings: [String: [UInt8]] = [:]
    for name in candidate.extractor.siblings {
      guard let file = try? SafeOpening.entry(terminated(Array(name.utf8)), of: descriptor) else { continue }
      siblings[name] = file.whileOpen { file -> [UInt8]? in
        guard let facts = try? SafeOpening.facts(of: file), facts.kind == .file, facts.size <= SourceFile.siblingBytes,
          (try? fileBuffer.fill(from: file, expected: facts.size, limit: SourceFile.siblingBytes)) == true
        else { return nil }
        return Array(fileBuffer.bytes)
      }
    }
    return siblings
  }

  private func read(
    _ file: Int32, as candidate: Candidate, _ siblings: [String: [UInt8]] = [:], in folder: Walk.Folder
  ) throws(SystemError) {
    let facts = try SafeOpening.facts(of: file)
    guard facts.kind == .file else { return note(.notAFile, folder, candidate.name, [facts.kind.rawValue]) }
    guard facts.size > Self.largeBytes, candidate.extractor.role != .script else {
      return try read(file, as: candidate, siblings, in: folder, size: facts.size)
    }
    try walk.largeFile.withLock { _ throws(SystemError) in
      defer { fileBuffer.release() }
      try read(file, as: candidate, siblings, in: folder, size: facts.size)
    }
  }

  /// What is larger is read by one thread at a time.
  private static let largeBytes = 16 << 20

  private func read(
    _ file: Int32, as candidate: Candidate, _ siblings: [String: [UInt8]], in folder: Walk.Folder, size: Int
  ) throws(SystemError) {
    let limits = walk.options.limits
    let limit =
      switch candidate.extractor.role {
      case .lockfile: limits.lockfileBytes
      case .manifest: limits.manifestBytes
      case .script: SourceFile.scriptBytes
      }
    let isScript = candidate.extractor.role == .script
    guard isScript || size <= limit, try fileBuffer.fill(from: file, expected: size, limit: limit) || isScript else {
      return note(.tooBig, folder, candidate.name, ["\(size)", "\(limit)"])
    }
    let place = FilePlace(path: folder.place.real(folder.path, candidate.name))
    let request = Reading.Request(
      extractor: candidate.extractor, place: place, limits: limits, wantsPaths: walk.options.wantsPaths,
      siblings: siblings)
    let (outcome, hits) = read(fileBuffer.bytes, request)
    report(outcome, of: candidate, place, in: folder)
    reportPinnedDigests(hits, outcome, of: candidate, in: folder)
  }

  private func report(_ outcome: Reading.Outcome, of candidate: Candidate, _ place: FilePlace, in folder: Walk.Folder) {
    let path = folder.place.shown(folder.path, candidate.name)
    for include in outcome.includes { take(include, of: path, in: folder) }
    for skip in outcome.skipped {
      walk.sink.receive(Coverage.Skip(path: path, reason: skip.reason, arguments: skip.arguments))
    }
    walk.packages.add(outcome.packages.count, ordering: .relaxed)
    walk.sink.receive(
      FileSightings(
        path: path, extractor: candidate.extractor.id, size: fileBuffer.bytes.count, packages: outcome.packages,
        paths: outcome.paths))
    for problem in outcome.problems {
      if place.isDeepInsideInstalledPackage, problem.reason.isOfContent {
        walk.sink.receive(
          Coverage.Skip(path: path, reason: .fixtureInsidePackage, arguments: [problem.reason.rawValue]))
      } else {
        walk.sink.receive(
          Coverage.Problem(path: path, reason: problem.reason, arguments: problem.arguments, line: problem.line))
      }
    }
  }

  /// What a file holds, and the digests of bad contents that it pins. In a large one both are looked for at once.
  private func read(_ bytes: Bytes, _ request: Reading.Request) -> (Reading.Outcome, [PinnedDigests.Hit]) {
    guard request.extractor.role != .script else { return (Reading.read(bytes, request), []) }
    let digests = walk.pinnedDigests
    guard bytes.count >= Self.sharedBytes else { return (Reading.read(bytes, request), digests.hits(in: bytes)) }
    let hits = Mutex<[PinnedDigests.Hit]>([])
    var outcome = Reading.Outcome()
    let text = SharedText(bytes: bytes)
    withThreads(1) { _ in
      let found = digests.hits(in: text.bytes)
      hits.withLock { $0 = found }
    } meanwhile: {
      outcome = Reading.read(bytes, request)
    }
    return (outcome, hits.withLock { $0 })
  }

  /// What is larger is looked at by two threads.
  private static let sharedBytes = 4 << 20

  /// Bytes that two threads read, and nobody writes until both are done: hence `@unchecked`.
  private struct SharedText: @unchecked Sendable {
    let bytes: Bytes
  }

  /// Tells the digests of bad contents, under whatever name they are pinned.
  private func reportPinnedDigests(
    _ hits: [PinnedDigests.Hit], _ outcome: Reading.Outcome, of candidate: Candidate, in folder: Walk.Folder
  ) {
    guard !outcome.packages.isEmpty else { return }
    let text = fileBuffer.bytes
    var lines = LineCounter(text)
    for hit in hits {
      let line = lines.line(at: hit.offset)
      // Whatever the format, an entry's name stands at its beginning.
      let package = outcome.packages.filter { $0.line > 0 && $0.line <= line }.max { $0.line < $1.line }
      walk.sink.receive(
        SignSighting(
          what: .pinnedDigest(
            hit.number,
            package: package.map { Package(ecosystem: $0.ecosystem, name: $0.name, version: $0.version) }),
          path: folder.place.shown(folder.path, candidate.name), line: line))
    }
  }

  // MARK: Files that others include

  /// Puts an included file where it waits, unless it is read for its own name or lies outside of the root.
  private func take(_ include: Extraction.Include, of path: String, in folder: Walk.Folder) {
    let includer = (path, include.line, include.path)
    guard let extractor = extractors.first(where: { $0.id == include.extractor }) else { return }
    guard let target = Self.resolved(include.path, from: folder), let name = target.last else {
      return noteInclude(includer, "outside")
    }
    let file = IncludedFile(
      place: folder.place, folder: Array(target.dropLast().joined(separator: [UInt8(ascii: "/")])),
      name: Array(name), extractor: extractor, includer: includer)
    let isAlone = folder.place.root.fileName != nil
    let whole = Self.join(file.folder, file.name)
    guard isAlone || !isReadAnyway(whole, in: file.place) || !exists(file) else { return }
    included.append(file)
  }

  /// Whether there is anything in the place of an included file: what is missing is told, even where the walk would have read it.
  private func exists(_ file: IncludedFile) -> Bool {
    (try? SafeOpening.file(terminated(Self.join(file.folder, file.name)), below: file.place.root.folder.number)) != nil
  }

  /// The components below the root of a path as it is written in a file in `folder`; nil where it leads out.
  private static func resolved(_ path: String, from folder: Walk.Folder) -> [ArraySlice<UInt8>]? {
    var bytes = Array(path.utf8)
    // C would end the path there.
    guard !bytes.contains(0) else { return nil }
    var target = ArraySlice(folder.path).split(separator: UInt8(ascii: "/"))
    if bytes.first == UInt8(ascii: "/") {
      guard let below = folder.place.relativePath(of: bytes) else { return nil }
      (bytes, target) = (below, [])
    }
    for part in ArraySlice(bytes).split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      guard part.elementsEqual("..".utf8) else {
        target.append(part)
        continue
      }
      if target.popLast() == nil { return nil }
    }
    return target
  }

  /// Reads an included file once, without following a link on the way.
  private func read(_ file: IncludedFile) {
    let folder = Walk.Folder(place: file.place, path: file.folder, device: 0, onlyFile: nil)
    do throws(SystemError) {
      let path = terminated(Self.join(file.folder, file.name))
      let descriptor = try SafeOpening.file(path, below: file.place.root.folder.number)
      try descriptor.whileOpen { (descriptor) throws(SystemError) in
        guard walk.isFirstReading(of: FileIdentity(try SafeOpening.facts(of: descriptor))) else { return }
        try read(descriptor, as: Candidate(name: file.name, extractor: file.extractor), in: folder)
      }
    } catch {
      noteInclude(file.includer, error.isAbsence ? "missing" : error.isLink ? "link" : error.name)
    }
  }

  private func noteInclude(_ includer: (path: String, line: Int, written: String), _ cause: String) {
    walk.sink.receive(
      Coverage.Problem(
        path: includer.path, reason: .includeNotRead, arguments: [includer.written, cause], line: includer.line))
  }

  // MARK: Links

  /// Looks where a link leads. A folder inside the roots is found where it lies; one outside is not entered, and that is said.
  /// A file that we read is read through the link only where its own name does not have it read anyway.
  private func follow(_ link: [UInt8], in folder: Walk.Folder, _ descriptor: Int32) {
    let extractor = link.withUnsafeBufferPointer { self.extractor(for: $0, in: folder) }
    let isScript = extractor.map { extractors[$0].role == .script } ?? false
    do throws(SystemError) {
      let target = try SafeOpening.anything(terminated(link), at: descriptor)
      try target.whileOpen { (target) throws(SystemError) in
        try follow(link, to: target, extractor, in: folder)
      }
    } catch {
      // A link to nowhere matters only where a file that we read was expected.
      guard extractor != nil, !isScript else {
        if error.isLink { skip(folder, link, .linkLoop, []) }
        return
      }
      error.isAbsence || error.isLink ? note(.danglingLink, folder, link) : note(error, folder, link)
    }
  }

  private func follow(
    _ link: [UInt8], to target: Int32, _ extractor: Int?, in folder: Walk.Folder
  ) throws(SystemError) {
    let facts = try SafeOpening.facts(of: target)
    guard facts.kind == .folder || extractor != nil else { return }
    guard let path = SafeOpening.path(of: target) else { return note(.unreadable, folder, link, ["readlink"]) }
    guard let place = walk.places.first(where: { $0.root.fileName == nil && $0.relativePath(of: path) != nil }),
      let relative = place.relativePath(of: path)
    else {
      let target = PathText.shown(path)
      let isWanted = extractor.map { extractors[$0].role != .script } ?? isPlaceOfPackages(link, in: folder)
      return isWanted
        ? note(.linkLeadsOut, folder, link, [target]) : skip(folder, link, .linkOutsideRoot, [target])
    }
    guard facts.kind != .folder, let extractor else { return }
    guard facts.kind == .file else {
      return extractors[extractor].role == .script ? () : note(.notAFile, folder, link, [facts.kind.rawValue])
    }
    guard !isReadAnyway(relative, in: place), walk.isFirstReading(of: FileIdentity(facts)) else { return }
    let file = try SafeOpening.file(terminated(relative), below: place.root.folder.number)
    try file.whileOpen { (file) throws(SystemError) in
      try read(file, as: Candidate(name: link, extractor: extractors[extractor]), in: folder)
    }
  }

  /// Whether a folder of this name in `folder` would be an installed package, or hold them.
  private func isPlaceOfPackages(_ name: [UInt8], in folder: Walk.Folder) -> Bool {
    let text = name.string
    if text == "node_modules" || FilePlace.pythonFolders.contains(text) { return true }
    if text.hasSuffix(".dist-info") || text.hasSuffix(".egg-info") { return true }
    // What lies directly in the folder is asked as if it were a file in the package's own.
    let place = FilePlace(path: folder.place.real(Self.join(folder.path, name), "package.json".utf8))
    return place.installedFolderName != nil
  }

  private func isReadAnyway(_ path: [UInt8], in place: ScanPlace) -> Bool {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let name = path[(slash.map { $0 + 1 } ?? 0)...]
    let folder = Walk.Folder(place: place, path: Array(path[..<(slash ?? 0)]), device: 0, onlyFile: nil)
    return name.withUnsafeBufferPointer { extractor(for: $0, in: folder) != nil }
  }

  // MARK: The ledger

  private func note(_ error: SystemError, _ folder: Walk.Folder, _ name: [UInt8]) {
    guard !folder.place.isForSigns || !(error.isPermission || error.isAbsence || error.isLink) else {
      return error.isPermission ? skip(folder, name, .placeOfOthers, []) : ()
    }
    if error.isPermission {
      note(.permissionDenied, folder, name)
    } else if error.isAbsence || error.isLink {
      note(.vanished, folder, name)
    } else {
      note(.unreadable, folder, name, [error.name])
    }
  }

  private func note(
    _ reason: Coverage.Reason, _ folder: Walk.Folder, _ name: [UInt8], _ arguments: [String] = []
  ) {
    let path = folder.place.shown(folder.path, name)
    walk.sink.receive(Coverage.Problem(path: path, reason: reason, arguments: arguments))
  }

  private func skip(
    _ folder: Walk.Folder, _ name: [UInt8], _ reason: Coverage.SkipReason, _ arguments: [String]
  ) {
    let path = folder.place.shown(folder.path, name)
    walk.sink.receive(Coverage.Skip(path: path, reason: reason, arguments: arguments))
  }

  // MARK: Paths

  private static func join(_ folder: [UInt8], _ name: [UInt8]) -> [UInt8] {
    if folder.isEmpty { return name }
    var path: [UInt8] = []
    path.reserveCapacity(folder.count + name.count + 1)
    path.append(contentsOf: folder)
    path.append(UInt8(ascii: "/"))
    path.append(contentsOf: name)
    return path
  }

  /// `path` as C has it; valid until the next call. A zero byte cannot come out of a listing.
  private func terminated(_ path: [UInt8]) -> UnsafePointer<CChar> {
    if path.count >= pathCapacity {
      pathBuffer.deallocate()
      pathCapacity = path.count * 2 + 1
      pathBuffer = .allocate(capacity: pathCapacity)
    }
    for (index, byte) in path.enumerated() { pathBuffer[index] = CChar(bitPattern: byte) }
    pathBuffer[path.count] = 0
    return UnsafePointer(pathBuffer)
  }
}

extension Coverage.Reason {
  /// Whether it is about what a file holds, not about whether it could be opened.
  var isOfContent: Bool {
    switch self {
    case .truncated, .malformed, .empty, .wrongEncoding, .conflictMarkers, .nothingRecognised, .entryNotUnderstood,
      .unknownFormatVersion, .includeNotRead:
      true
    default: false
    }
  }
}
