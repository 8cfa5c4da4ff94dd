// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Where a ref, or HEAD, has been.
/// - Source: https://git-scm.com/docs/gitrepository-layout, "logs" (read 2026-11-25)
struct GitReflog {
  struct Entry: Hashable {
    let old: GitObjectID
    let new: GitObjectID
    /// Since 1970, UTC.
    let seconds: Int64
  }

  /// The oldest first.
  var entries: [Entry] = []
  /// Lines that could not be understood.
  var badLines = 0

  init() {}

  /// Reads `OLD NEW NAME <MAIL> SECONDS ZONE\tMESSAGE` lines.
  init(_ bytes: [UInt8], hashBytes: Int) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes.firstOffset(of: 0x0A, from: start) ?? bytes.count
        let line = bytes[slice: start..<end]
        if let entry = Self.entry(line, digits: hashBytes * 2) {
          entries.append(entry)
        } else if !line.isEmpty {
          badLines += 1
        }
        start = end + 1
      }
    }
  }

  private static func entry(_ line: Bytes, digits: Int) -> Entry? {
    guard line.count > 2 * digits + 2, let old = GitObjectID(hexadecimal: line[slice: 0..<digits]),
      let new = GitObjectID(hexadecimal: line[slice: digits + 1..<2 * digits + 1]),
      let seconds = GitCommit.seconds(line[slice: 0..<(line.firstOffset(of: 0x09) ?? line.count)])
    else { return nil }
    return Entry(old: old, new: new, seconds: seconds)
  }
}
