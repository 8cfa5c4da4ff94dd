// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import CZlib
internal import Confinement
internal import Parsing

/// The Python package in an archive without a name, told by the names of what it holds.
///
/// Of a wheel the end is read, where its table of contents stands; of a source archive the beginning.
/// - Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.12, 4.3.16), POSIX `pax` (`ustar`) (read 2026-11-25)
enum ArchiveNames {
  private static let headBytes = 4096
  /// A table of contents larger than this is no wheel's of today; the last entries, which a wheel's own facts are, stand at its end.
  private static let tailBytes = 256 << 10

  /// nil where the file is no archive, or one of which nothing tells a package.
  static func package(of file: Int32) throws(SystemError) -> (name: String, version: String)? {
    let facts = try SafeOpening.facts(of: file)
    guard facts.kind == .file, facts.size > 64 else { return nil }
    let head = try bytes(of: file, at: 0, min(facts.size, headBytes))
    // An answer that holds its head too begins with that: a few bytes of MessagePack before the body.
    for start in 0..<min(64, max(0, head.count - 4)) {
      if head[start] == 0x50, head[start + 1] == 0x4B, head[start + 2] == 3, head[start + 3] == 4 {
        let length = min(facts.size, tailBytes)
        let tail = try bytes(of: file, at: Int64(facts.size - length), length)
        return tail.withUnsafeBufferPointer { wheel($0) }
      }
      if head[start] == 0x1F, head[start + 1] == 0x8B, head[start + 2] == 8 {
        return sourceArchive(Array(head[start...]))
      }
    }
    return nil
  }

  private static func bytes(of file: Int32, at offset: Int64, _ count: Int) throws(SystemError) -> [UInt8] {
    var failure = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      let got = gifthorse_read_at(file, base, count, offset)
      filled = max(0, got)
      failure = min(0, got)
    }
    guard failure == 0 else { throw SystemError(code: Int32(truncatingIfNeeded: -failure)) }
    return bytes
  }

  // MARK: Wheels

  /// The name of the folder `name-1.0.dist-info` in the table of contents.
  private static func wheel(_ tail: Bytes) -> (name: String, version: String)? {
    guard var offset = startOfTable(tail) else { return nil }
    var first: (name: String, version: String)?
    while offset + 46 <= tail.count, number(tail, offset, 4) == 0x0201_4B50 {
      let length = number(tail, offset + 28, 2)
      guard offset + 46 + length <= tail.count else { break }
      let name = tail[slice: (offset + 46)..<(offset + 46 + length)]
      let folder = name[slice: 0..<(name.firstOffset(of: UInt8(ascii: "/")) ?? name.count)]
      if folder.ends(with: ".dist-info") {
        return PythonArchive.stem(Substring(folder.string).dropLast(".dist-info".utf8.count))
      }
      if first == nil, name.ends(with: "/PKG-INFO") { first = PythonArchive.stem(Substring(folder.string)) }
      offset += 46 + length + number(tail, offset + 30, 2) + number(tail, offset + 32, 2)
    }
    return first
  }

  /// Where the table of contents begins, or the first of its entries that this end of the file holds.
  private static func startOfTable(_ tail: Bytes) -> Int? {
    var end = tail.count - 22
    while end >= 0, number(tail, end, 4) != 0x0605_4B50 { end -= 1 }
    guard end >= 0 else { return nil }
    let start = end - number(tail, end + 12, 4)
    if start >= 0 { return start }
    var offset = 0
    while offset + 4 <= end, number(tail, offset, 4) != 0x0201_4B50 { offset += 1 }
    return offset + 4 <= end ? offset : nil
  }

  private static func number(_ bytes: Bytes, _ offset: Int, _ count: Int) -> Int {
    var value = 0
    for index in (0..<count).reversed() where offset + index < bytes.count {
      value = value << 8 | Int(bytes[offset + index])
    }
    return value
  }

  // MARK: Source archives

  /// The folder `name-1.0` that everything in a source archive lies in.
  private static func sourceArchive(_ bytes: [UInt8]) -> (name: String, version: String)? {
    let text = inflated(bytes, limit: 8192)
    var offset = 0
    while offset + 512 <= text.count {
      let header = text[offset..<(offset + 512)]
      guard header.dropFirst(257).starts(with: "ustar".utf8) else { return nil }
      let kind = header[offset + 156]
      // Other headers before it carry long names and times.
      if kind == UInt8(ascii: "x") || kind == UInt8(ascii: "g") || kind == UInt8(ascii: "L") {
        let digits = header.dropFirst(124).prefix(11).drop { $0 == 0x20 }
        guard let size = Int(String(decoding: digits.prefix(while: isDigit), as: UTF8.self), radix: 8), size < 1 << 20
        else {
          return nil
        }
        offset += 512 + (size + 511) / 512 * 512
        continue
      }
      let name = header.prefix(100).prefix { $0 != 0 && $0 != UInt8(ascii: "/") }
      return PythonArchive.stem(Substring(String(decoding: name, as: UTF8.self)))
    }
    return nil
  }

  private static func inflated(_ bytes: [UInt8], limit: Int) -> [UInt8] {
    var bytes = bytes
    var stream = z_stream()
    // 16: with gzip's header.
    guard inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
    defer { inflateEnd(&stream) }
    return [UInt8](unsafeUninitializedCapacity: limit) { output, filled in
      bytes.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(limit)
        // The file goes on beyond these bytes, so that running out of them is no fault.
        _ = inflate(&stream, Z_SYNC_FLUSH)
      }
      filled = limit - Int(stream.avail_out)
    }
  }
}
