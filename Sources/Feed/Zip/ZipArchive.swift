// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import Parsing

/// A zip, read entry by entry in bounded memory, and believed only where its two views agree.
///
/// A zip says everything twice: in the directory at its end, and before each entry. Readers that believe one or the
/// other see different content in the same file, so both are read and have to say the same. Entries may not overlap,
/// and each has to have its checksum. Zip64, stored and deflated entries are read; encrypted ones, several disks and
/// other methods are refused.
/// - Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (6.3.10, read 2026-11-25)
final class ZipArchive {
  let entryCount: Int
  private let file: OpenFile
  private let limits: ZipLimits
  private let directory: ZipDirectory
  private let contents: ByteWindow
  private let inflater: Inflater

  /// - Throws: ``FeedError`` where the file is no zip, or is cut off.
  init(_ file: OpenFile, limits: ZipLimits = ZipLimits()) throws(FeedError) {
    self.file = file
    self.limits = limits
    directory = try ZipDirectory(file)
    entryCount = directory.entryCount
    guard entryCount <= limits.entries else { throw FeedError(.tooLarge, file.path, "\(limits.entries)") }
    contents = ByteWindow(file, readAhead: 1 << 20)
    inflater = try Inflater(file.path)
  }

  /// Calls `body` with the name and the content of each file in it, in the order of its directory; folders are passed
  /// over.
  ///
  /// Both are valid until `body` returns.
  /// - Throws: ``FeedError`` at the first entry that is not sound. What came before was sound by itself.
  func forEachFile(_ body: (_ name: Bytes, _ content: Bytes) throws(FeedError) -> Void) throws(FeedError) {
    var claimed = 0
    try directory.forEachEntry { (entry, name) throws(FeedError) -> Void in
      try check(entry, name)
      // What all entries claim for themselves cannot be more than what lies before the directory: so none can be
      // there twice.
      claimed &+= ZipEntry.localHeaderSize + name.count + entry.packedSize
      guard claimed <= directory.offset else { throw refusal(.zipDisagrees, name, "entries overlap") }
      if name.last == UInt8(ascii: "/"), entry.size == 0 { return }
      try body(name, try content(of: entry, name))
    }
  }

  private func check(_ entry: ZipEntry, _ name: Bytes) throws(FeedError) {
    guard Self.staysInside(name) else { throw refusal(.zipName, name, "") }
    guard entry.flags & ZipEntry.encrypted == 0 else { throw refusal(.zipUnreadable, name, "encrypted") }
    guard entry.method == ZipEntry.stored || entry.method == ZipEntry.deflated else {
      throw refusal(.zipUnreadable, name, "method \(entry.method)")
    }
    guard entry.size <= limits.entryBytes else { throw refusal(.zipExpands, name, "\(entry.size)") }
    guard entry.size <= limits.freeBytes || entry.size / limits.ratio <= entry.packedSize else {
      throw refusal(.zipExpands, name, "\(entry.size)")
    }
  }

  private func content(of entry: ZipEntry, _ name: Bytes) throws(FeedError) -> Bytes {
    // The local header's extra field may be longer than the directory's: mostly it is not, and one reading does.
    let guess = ZipEntry.localHeaderSize + name.count + entry.packedSize
    var bytes = try contents.bytes(at: entry.offset, length: guess)
    guard let start = entry.contentStart(inLocal: bytes, name) else {
      throw refusal(.zipDisagrees, name, "its own header")
    }
    let whole = start + entry.packedSize
    guard whole <= directory.offset - entry.offset else { throw refusal(.zipDisagrees, name, "its place") }
    if whole > bytes.count { bytes = try contents.bytes(at: entry.offset, length: whole) }
    guard bytes.count >= whole, entry.agrees(withLocal: bytes) else {
      throw refusal(.zipDisagrees, name, "its own header")
    }
    let packed = bytes[slice: start..<whole]
    guard let content = entry.method == ZipEntry.stored ? packed : inflater.inflate(packed, size: entry.size),
      content.count == entry.size
    else { throw refusal(.zipChecksum, name, "its size") }
    guard Self.checksum(content) == entry.checksum else { throw refusal(.zipChecksum, name, "") }
    return content
  }

  private func refusal(_ code: FeedError.Code, _ name: Bytes, _ detail: String) -> FeedError {
    FeedError(code, file.path, detail.isEmpty ? name.string : "\(name.string): \(detail)")
  }

  private static func checksum(_ bytes: Bytes) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress, bytes.count))
  }

  /// Whether a name, unpacked below a folder, would stay there, on every system.
  static func staysInside(_ name: Bytes) -> Bool {
    guard let first = name.first, first != UInt8(ascii: "/") else { return false }
    if name.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 }) { return false }
    // A drive of Windows.
    if name.count >= 2, name[1] == UInt8(ascii: ":") { return false }
    return !name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).contains {
      $0.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")])
    }
  }
}
