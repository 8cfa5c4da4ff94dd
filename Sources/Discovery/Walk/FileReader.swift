// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing
internal import Synchronization

/// One thread's part in reading what a walk finds: files that an extractor knows, and those that they include.
final class FileReader {
  /// A file to read.
  struct Candidate {
    let name: [UInt8]
    let extractor: any Extractor.Type
  }

  private let walk: Walk
  private let paths: PathBuffer
  private let buffer = ReadBuffer()
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

  /// - Parameter paths: Of the same thread.
  init(_ walk: Walk, paths: PathBuffer) {
    self.walk = walk
    self.paths = paths
  }

  /// Reads a file in an open folder.
  func read(_ candidate: Candidate, in folder: Walk.Folder, _ descriptor: Int32) {
    do throws(SystemError) {
      let file = try SafeOpening.entry(paths.terminated(candidate.name), of: descriptor)
      let siblings = siblings(of: candidate, descriptor, in: folder)
      try file.whileOpen { (file) throws(SystemError) in try read(file, as: candidate, siblings, in: folder) }
    } catch {
      walk.note(error, folder, candidate.name)
    }
  }

  /// The small files that the extractor wants to see beside this one, each cut at ``SourceFile/siblingBytes``. One that is not there adds
  /// nothing.
  private func siblings(of candidate: Candidate, _ descriptor: Int32, in folder: Walk.Folder) -> [String: [UInt8]] {
    var siblings: [String: [UInt8]] = [:]
    for name in candidate.extractor.siblings {
      let bytes = Array(name.utf8)
      do throws(SystemError) {
        let file = try SafeOpening.entry(paths.terminated(bytes), of: descriptor)
        siblings[name] = try file.whileOpen { (file) throws(SystemError) -> [UInt8]? in
          try sibling(file, bytes, in: folder)
        }
      } catch {
        guard !error.isAbsence else { continue }
        error.isLink ? walk.note(.notAFile, folder, bytes, ["link"]) : walk.note(error, folder, bytes)
      }
    }
    return siblings
  }

  private func sibling(_ file: Int32, _ name: [UInt8], in folder: Walk.Folder) throws(SystemError) -> [UInt8]? {
    let facts = try SafeOpening.facts(of: file)
    guard facts.kind == .file else {
      walk.note(.notAFile, folder, name, [facts.kind.rawValue])
      return nil
    }
    let limit = SourceFile.siblingBytes
    _ = try buffer.fill(from: file, expected: min(facts.size, limit), limit: limit)
    return Array(buffer.bytes)
  }

  /// Reads an open file that a link in the open folder `descriptor` leads to: what belongs beside it lies beside the link.
  func read(
    _ file: Int32, as candidate: Candidate, linkedFrom descriptor: Int32, in folder: Walk.Folder
  ) throws(SystemError) {
    try read(file, as: candidate, siblings(of: candidate, descriptor, in: folder), in: folder)
  }

  private func read(
    _ file: Int32, as candidate: Candidate, _ siblings: [String: [UInt8]] = [:], in folder: Walk.Folder
  ) throws(SystemError) {
    let facts = try SafeOpening.facts(of: file)
    guard facts.kind == .file else { return walk.note(.notAFile, folder, candidate.name, [facts.kind.rawValue]) }
    guard facts.size > Self.largeBytes, candidate.extractor.role != .script else {
      return try read(file, as: candidate, siblings, in: folder, size: facts.size)
    }
    try walk.largeFile.withLock { _ throws(SystemError) in
      defer { buffer.release() }
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
    guard isScript || size <= limit, try buffer.fill(from: file, expected: size, limit: limit) || isScript else {
      return walk.note(.tooBig, folder, candidate.name, ["\(size)", "\(limit)"])
    }
    let place = FilePlace(path: folder.place.real(folder.path, candidate.name))
    let request = Reading.Request(
      extractor: candidate.extractor, place: place, limits: limits, wantsPaths: walk.options.wantsPaths,
      siblings: siblings)
    let (outcome, hits) = read(buffer.bytes, request)
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
        path: path, extractor: candidate.extractor.id, size: buffer.bytes.count, packages: outcome.packages,
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
    guard !hits.isEmpty else { return }
    let entries = outcome.packages.filter { $0.line > 0 }.sorted { $0.line < $1.line }
    let end = PinnedDigests.endOfEntries(in: buffer.bytes)
    var lines = LineCounter(buffer.bytes)
    var begun = 0
    for hit in hits {
      let line = lines.line(at: hit.offset)
      while begun < entries.count, entries[begun].line <= line { begun += 1 }
      // An entry's name stands at its beginning.
      let package = begun > 0 && hit.offset < end ? entries[begun - 1] : nil
      walk.sink.receive(
        SignSighting(
          what: .pinnedDigest(
            hit.number,
            package: package.map { Package(ecosystem: $0.ecosystem, name: $0.name, version: $0.version) }),
          path: folder.place.shown(folder.path, candidate.name), line: line))
    }
  }

  // MARK: Files that others include

  /// Reads the files that wait because others include them.
  func readIncluded() {
    // Not one within the other: a chain of files that include each other costs no stack, and each is read once.
    while let file = included.popLast() { read(file) }
  }

  /// Puts an included file where it waits, unless it is read for its own name or lies outside of the root.
  private func take(_ include: Extraction.Include, of path: String, in folder: Walk.Folder) {
    let includer = (path, include.line, include.path)
    guard let extractor = extractors.first(where: { $0.id == include.extractor }) else {
      preconditionFailure("no extractor is called \(include.extractor)")
    }
    guard let target = Self.resolved(include.path, from: folder), let name = target.last else {
      return noteInclude(includer, "outside")
    }
    let file = IncludedFile(
      place: folder.place, folder: Array(target.dropLast().joined(separator: [UInt8(ascii: "/")])),
      name: Array(name), extractor: extractor, includer: includer)
    let isAlone = folder.place.root.fileName != nil
    let whole = PathText.below(file.folder, file.name)
    guard isAlone || !walk.isReadAnyway(whole, in: file.place) || !exists(file) else { return }
    included.append(file)
  }

  /// Whether there is anything in the place of an included file: what is missing is told, even where the walk would have read it.
  private func exists(_ file: IncludedFile) -> Bool {
    (try? SafeOpening.file(
      paths.terminated(PathText.below(file.folder, file.name)), below: file.place.root.folder.number)) != nil
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
      let path = paths.terminated(PathText.below(file.folder, file.name))
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
