// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// One thread's part in the search for signs: is shown each entry of a folder, and afterwards reads the few files that may be one.
final class SignReader {
  /// An entry to look at once its folder has been listed.
  private struct Pending {
    let name: [UInt8]
    let kind: SafeOpening.Facts.Kind
    let candidates: [SignTable.Candidate]
  }

  private let table: SignTable
  private let sink: any DiscoverySink
  private let isInterrupted: @Sendable () -> Bool
  private let buffer = ReadBuffer()
  private var local: [SignTable.Candidate] = []
  private var pending: [Pending] = []
  /// The real path of the folder at hand, and where its last components lie in it; kept to reuse their storage.
  private var path: [UInt8] = []
  private var tail: [Range<Int>] = []
  /// The signs of which all texts are in the file at hand.
  private var withTexts: Set<Int> = []

  /// How large a list of branches may be: a million of them.
  static let branchesBytes = 64 << 20
  /// How large a file may be to be searched for texts: bundled code takes megabytes.
  static let searchedBytes = 16 << 20

  init(_ walk: Walk) {
    table = walk.signs
    sink = walk.sink
    isInterrupted = walk.options.isInterrupted
  }

  /// Begins with a folder.
  func enter(_ folder: Walk.Folder) {
    pending.removeAll(keepingCapacity: true)
    local.removeAll(keepingCapacity: true)
    guard !table.isEmpty else { return }
    path.removeAll(keepingCapacity: true)
    path.append(contentsOf: folder.place.realFolder)
    path.append(UInt8(ascii: "/"))
    path.append(contentsOf: folder.path)
    let count = readTail()
    path.withUnsafeBufferPointer { table.addCandidates(for: $0, tail: tail, count: count, to: &local) }
  }

  /// Finds the last components of the path.
  /// - Returns: How many components it has.
  private func readTail() -> Int {
    tail.removeAll(keepingCapacity: true)
    var count = 0
    path.withUnsafeBufferPointer { path in
      var end = path.count
      while end > 0 {
        var start = end
        while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
        if start < end {
          count += 1
          if tail.count < SignTable.mostFolders { tail.append(start..<end) }
        }
        end = start - 1
      }
    }
    return count
  }

  /// Looks at the name of one entry of the folder.
  /// - Complexity: O(length of the name) for nearly every name.
  func look(at name: Bytes, _ kind: SafeOpening.Facts.Kind) {
    guard !table.isEmpty, kind == .file || kind == .folder || kind == .link else { return }
    let candidates = table.signs(named: name, local: local)
    guard !candidates.isEmpty || (kind == .file && isReadAnyway(name)) else { return }
    pending.append(Pending(name: Array(name), kind: kind, candidates: candidates))
  }

  private func isReadAnyway(_ name: Bytes) -> Bool {
    table.list.hashesEverything || (name.equals("packed-refs") && !table.branches.isEmpty)
  }

  /// Looks into what the names of the folder's entries gave reason to.
  /// - Parameter follow: Opens the file that a link leads to, where that lies in a root; nil elsewhere, which it has then said.
  func finish(
    _ folder: Walk.Folder, _ descriptor: Int32, follow: ([UInt8]) throws(SystemError) -> Descriptor?,
    failed: (SystemError, [UInt8]) -> Void
  ) {
    for entry in pending {
      for candidate in entry.candidates where isTold(by: entry.kind, candidate) {
        tell(.sign(candidate.number), entry.name, in: folder, candidate.isInPlace)
      }
      guard entry.kind != .folder, isToBeOpened(entry) else { continue }
      do throws(SystemError) {
        let file = entry.kind == .link ? try follow(entry.name) : try open(entry.name, in: descriptor)
        guard let file else { continue }
        try file.whileOpen { (file) throws(SystemError) in try read(file, entry, in: folder) }
      } catch {
        // A link to nowhere leads to no sign.
        guard entry.kind != .link || !error.isAbsence else { continue }
        failed(error, entry.name)
      }
    }
  }

  private func open(_ name: [UInt8], in descriptor: Int32) throws(SystemError) -> Descriptor? {
    // A name out of a listing holds no zero byte.
    try SafeOpening.entry(name.map { CChar(bitPattern: $0) } + [0], of: descriptor)
  }

  private func sign(_ candidate: SignTable.Candidate) -> Sign { table.list.signs[candidate.number] }

  /// Whether the entry's name and kind alone are the sign.
  private func isTold(by kind: SafeOpening.Facts.Kind, _ candidate: SignTable.Candidate) -> Bool {
    let sign = sign(candidate)
    switch sign.kind {
    case .folder: return kind == .folder
    case .file: return kind == .file && !sign.needsContent
    case .branch: return kind == .file
    case .line: return false
    }
  }

  private func isToBeOpened(_ entry: Pending) -> Bool {
    if entry.kind == .file, entry.candidates.isEmpty { return true }
    if entry.kind == .file, table.list.hashesEverything { return true }
    return entry.candidates.contains { candidate in
      let sign = sign(candidate)
      return sign.kind == .line || (sign.kind == .file && sign.needsContent)
    }
  }

  // MARK: Contents

  private func read(_ file: Int32, _ entry: Pending, in folder: Walk.Folder) throws(SystemError) {
    let facts = try SafeOpening.facts(of: file)
    guard facts.kind == .file else { return }
    let signs = entry.candidates.filter { sign($0).size.map { $0 == facts.size } ?? true }
    try readTexts(file, entry, signs, in: folder, size: facts.size)
    let digested = signs.filter { !sign($0).digests.isEmpty }
    guard !digested.isEmpty || table.list.hashesEverything else { return }
    guard let digest = try digest(of: file) else { return }
    tell(digest, entry, digested, in: folder)
  }

  /// Signs that are told by texts in the file.
  private func readTexts(
    _ file: Int32, _ entry: Pending, _ signs: [SignTable.Candidate], in folder: Walk.Folder, size: Int
  ) throws(SystemError) {
    withTexts.removeAll(keepingCapacity: true)
    let texts = signs.filter { !sign($0).contains.isEmpty || sign($0).kind == .line }
    let isListOfBranches = entry.name.elementsEqual("packed-refs".utf8) && !table.branches.isEmpty
    if isListOfBranches { try readBranches(file, entry, in: folder, size: size) }
    guard !texts.isEmpty else { return }
    guard try buffer.fill(from: file, expected: size, limit: Self.searchedBytes) else {
      return noteTooBig(entry, in: folder, size: size, limit: Self.searchedBytes)
    }
    for candidate in texts {
      let sign = sign(candidate)
      if sign.kind == .line {
        guard let line = firstLine(of: sign) else { continue }
        tell(.sign(candidate.number), entry.name, in: folder, candidate.isInPlace, line: line)
      } else if sign.contains.allSatisfy({ buffer.bytes.contains($0) }) {
        withTexts.insert(candidate.number)
        if sign.digests.isEmpty { tell(.sign(candidate.number), entry.name, in: folder, candidate.isInPlace) }
      }
    }
  }

  private func firstLine(of sign: Sign) -> Int? {
    var number = 0
    for line in buffer.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let isEqual = sign.equals.map { Self.trimmed(line).elementsEqual($0.utf8) } ?? true
      if isEqual, sign.contains.allSatisfy({ Bytes(rebasing: line).contains($0) }) { return number }
    }
    return nil
  }

  private static func trimmed(_ line: Slice<Bytes>) -> Slice<Bytes> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var line = line
    while let first = line.first, isSpace(first) { line.removeFirst() }
    while let last = line.last, isSpace(last) { line.removeLast() }
    return line
  }

  /// `packed-refs`: an object's name and a ref's in each line.
  /// - Source: gitrepository-layout(5), git-pack-refs(1) (read 2026-11-25)
  private func readBranches(
    _ file: Int32, _ entry: Pending, in folder: Walk.Folder, size: Int
  ) throws(SystemError) {
    guard try buffer.fill(from: file, expected: size, limit: Self.branchesBytes) else {
      return noteTooBig(entry, in: folder, size: size, limit: Self.branchesBytes)
    }
    var number = 0
    for line in buffer.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.first != UInt8(ascii: "#"), let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let parts = line[(blank + 1)...].split(separator: UInt8(ascii: "/"))
      guard parts.count > 2, parts[0].elementsEqual("refs".utf8) else { continue }
      let isRemote = parts[1].elementsEqual("remotes".utf8)
      guard isRemote || parts[1].elementsEqual("heads".utf8) else { continue }
      let name = parts.dropFirst(isRemote ? 3 : 2)
      for branch in table.branches where branch.parts.count == name.count {
        guard zip(branch.parts, name).allSatisfy({ $0.matches(Bytes(rebasing: $1)) }) else { continue }
        tell(.sign(branch.number), entry.name, in: folder, true, line: number)
      }
    }
  }

  private func noteTooBig(_ entry: Pending, in folder: Walk.Folder, size: Int, limit: Int) {
    let path = folder.place.shown(folder.path, entry.name)
    sink.receive(Coverage.Problem(path: path, reason: .tooBig, arguments: ["\(size)", "\(limit)"]))
  }

  /// nil where the walk was interrupted meanwhile, which it says itself.
  private func digest(of file: Int32) throws(SystemError) -> SHA256.Digest? {
    var sha = SHA256()
    let isWhole = try buffer.forEachPiece(of: file) { piece in
      sha.add(piece)
      return !isInterrupted()
    }
    return isWhole ? sha.digest() : nil
  }

  private func tell(
    _ digest: SHA256.Digest, _ entry: Pending, _ signs: [SignTable.Candidate], in folder: Walk.Folder
  ) {
    let found = signs.filter { table.digestsOfSigns[$0.number].contains(digest) }
    for candidate in found {
      let sign = sign(candidate)
      guard sign.contains.isEmpty || withTexts.contains(candidate.number) else { continue }
      tell(.sign(candidate.number), entry.name, in: folder, candidate.isInPlace, digest: digest.text)
    }
    guard found.isEmpty else { return }
    for number in table.digests[digest] ?? [] {
      tell(.digest(number), entry.name, in: folder, true, digest: digest.text)
    }
  }

  private func tell(
    _ what: SignSighting.What, _ name: [UInt8], in folder: Walk.Folder, _ isInPlace: Bool, line: Int? = nil,
    digest: String? = nil
  ) {
    let path = folder.place.shown(folder.path, name)
    sink.receive(SignSighting(what: what, path: path, line: line, isInPlace: isInPlace, digest: digest))
  }
}

extension Sign {
  fileprivate var needsContent: Bool { !contains.isEmpty || !digests.isEmpty || size != nil }
}
