// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads large files piece by piece, and keeps the pieces that were read last.
///
/// Not by mapping them: a mapped file that somebody shortens ends the process.
final class FileWindows {
  private static let windowBytes = 1 << 16
  private static let windowCount = 512
  /// Windows whose memory is taken at a time: 2 MiB.
  private static let slabWindows = 32
  /// Files that are open at a time: far below what a process may have, for a repository may have thousands of packs.
  private static let openCount = 64

  /// One file, opened when it is first read.
  final class File {
    let folder: GitFolder
    let name: String
    /// Bytes, as they were when the file was opened first.
    let size: Int
    private let inode: UInt64
    fileprivate let number: UInt64
    fileprivate var descriptor: Int32?
    private let windows: FileWindows

    fileprivate init(_ name: String, in folder: GitFolder, number: UInt64, of windows: FileWindows) throws(GitFault) {
      (self.folder, self.name, self.number, self.windows) = (folder, name, number, windows)
      let file = try folder.file(name)
      size = file.size
      inode = file.inode
      descriptor = nil
    }

    /// As faults call it.
    var path: String { folder.shown(name) }

    /// The bytes from `offset` to the end of its window, one at least; valid until the next call for any file.
    func piece(at offset: Int) throws(GitFault) -> Bytes {
      guard offset >= 0, offset < size else { throw GitFault(.truncated, path: path) }
      return try windows.piece(of: self, at: offset)
    }

    /// Copies `count` bytes that begin at `offset`.
    func copy(_ count: Int, at offset: Int, to target: UnsafeMutablePointer<UInt8>) throws(GitFault) {
      var done = 0
      while done < count {
        let piece = try piece(at: offset &+ done)
        let length = min(piece.count, count - done)
        if let base = piece.baseAddress { (target + done).update(from: base, count: length) }
        done += length
      }
    }

    /// `count` bytes that begin at `offset`: small numbers and names.
    func bytes(_ count: Int, at offset: Int) throws(GitFault) -> [UInt8] {
      guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
        throw GitFault(.truncated, path: path)
      }
      var result = [UInt8](repeating: 0, count: count)
      var fault: GitFault?
      result.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        do throws(GitFault) { try copy(count, at: offset, to: base) } catch { fault = error }
      }
      if let fault { throw fault }
      return result
    }

    /// A big-endian number of four bytes.
    func number32(at offset: Int) throws(GitFault) -> Int {
      let piece = try piece(at: offset)
      if piece.count >= 4, let base = piece.baseAddress {
        return Int(UInt32(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt32.self)))
      }
      return try bytes(4, at: offset).reduce(0) { $0 << 8 | Int($1) }
    }

    fileprivate func open() throws(GitFault) -> Int32 {
      if let descriptor { return descriptor }
      let file = try folder.file(name)
      // Somebody put another file in its place: what was read of the first one does not go with it.
      guard file.inode == inode, file.size == size else { throw GitFault(.vanished, path: path) }
      let number = file.keepOpen()
      descriptor = number
      return number
    }

    fileprivate func close() {
      if let descriptor { _ = Descriptor(owning: descriptor) }
      descriptor = nil
    }

    deinit {
      close()
    }
  }

  private struct Slot {
    var key: UInt64
    var length: Int
    var isUsed: Bool
    let memory: UnsafeMutablePointer<UInt8>
  }

  @exclusivity(unchecked) private var slots: [Slot] = []
  @exclusivity(unchecked) private var places: [UInt64: Int] = [:]
  @exclusivity(unchecked) private var last = 0
  @exclusivity(unchecked) private var hand = 0
  private var slabs: [UnsafeMutableRawPointer] = []
  private var fileCount: UInt64 = 0
  private var openFiles: [File] = []

  deinit {
    for slab in slabs { slab.deallocate() }
  }

  func file(_ name: String, in folder: GitFolder) throws(GitFault) -> File {
    fileCount += 1
    return try File(name, in: folder, number: fileCount, of: self)
  }

  fileprivate func piece(of file: File, at offset: Int) throws(GitFault) -> Bytes {
    let window = offset / Self.windowBytes
    guard window < 1 << 24 else {
      throw GitFault(.tooBig, ["\(file.size)", "\(Self.windowBytes << 24)"], path: file.path)
    }
    let key = file.number << 24 | UInt64(window)
    if slots.isEmpty || slots[last].key != key { last = try slot(for: key, of: file, window: window) }
    slots[last].isUsed = true
    let start = offset - window * Self.windowBytes
    guard start < slots[last].length else { throw GitFault(.truncated, path: file.path) }
    return Bytes(start: slots[last].memory + start, count: slots[last].length - start)
  }

  private func slot(for key: UInt64, of file: File, window: Int) throws(GitFault) -> Int {
    if let place = places[key] { return place }
    let descriptor = try opened(file)
    let place = freeSlot()
    slots[place].key = 0
    let got = gifthorse_read_at(
      descriptor, slots[place].memory, Self.windowBytes, Int64(window) &* Int64(Self.windowBytes))
    guard got >= 0 else {
      throw GitFault(SystemError(code: Int32(truncatingIfNeeded: -got)), path: file.path)
    }
    slots[place].key = key
    slots[place].length = got
    places[key] = place
    return place
  }

  /// A new one as long as there may be more; then one that was not used since the hand last came by.
  private func freeSlot() -> Int {
    if slots.count < Self.windowCount {
      if slots.count.isMultiple(of: Self.slabWindows) { addSlab() }
      let start = slabs[slabs.count - 1] + slots.count % Self.slabWindows * Self.windowBytes
      let memory = start.bindMemory(to: UInt8.self, capacity: Self.windowBytes)
      slots.append(Slot(key: 0, length: 0, isUsed: true, memory: memory))
      return slots.count - 1
    }
    while slots[hand].isUsed {
      slots[hand].isUsed = false
      hand = (hand + 1) % slots.count
    }
    places[slots[hand].key] = nil
    defer { hand = (hand + 1) % slots.count }
    return hand
  }

  /// Memory for more windows. From the second time on it asks for large pages: looking names up in an index touches
  /// it all over.
  private func addSlab() {
    let size = Self.slabWindows * Self.windowBytes
    let slab = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: slabs.isEmpty ? 16 : size)
    #if os(Linux)
      if !slabs.isEmpty { madvise(slab, size, MADV_HUGEPAGE) }
    #endif
    slabs.append(slab)
  }

  private func opened(_ file: File) throws(GitFault) -> Int32 {
    if let descriptor = file.descriptor { return descriptor }
    if openFiles.count >= Self.openCount { openFiles.removeFirst().close() }
    let descriptor = try file.open()
    openFiles.append(file)
    return descriptor
  }
}
