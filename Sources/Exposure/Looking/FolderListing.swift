// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The names in a folder.
enum FolderListing {
  /// - Returns: The names but `.` and `..`, sorted, and whether there are more than `most`.
  static func names(of folder: Int32, most: Int) throws(SystemError) -> (names: [[UInt8]], isCut: Bool) {
    var names: [[UInt8]] = []
    try forEach(of: folder) { name in
      names.append(name)
      return names.count <= most
    }
    let isCut = names.count > most
    if isCut { names.removeLast() }
    return (names.sorted { $0.lexicographicallyPrecedes($1) }, isCut)
  }

  /// - Parameter body: Gets each name; false ends the reading.
  private static func forEach(of folder: Int32, _ body: ([UInt8]) -> Bool) throws(SystemError) {
    // A descriptor of its own: reading moves a place that all copies of one share.
    let copy = try SafeOpening.folder([0], below: folder)
    #if os(Linux)
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 15, alignment: 8)
      defer { memory.deallocate() }
      guard let base = memory.baseAddress else { return }
      while true {
        let length = copy.whileOpen { gifthorse_read_entries($0, base, memory.count) }
        guard length >= 0 else { throw SystemError(code: Int32(truncatingIfNeeded: -length)) }
        if length == 0 { return }
        var offset = 0
        var entry = gifthorse_entry()
        while gifthorse_next_entry(base, length, &offset, &entry), let text = entry.name {
          let name = Array(UnsafeRawBufferPointer(start: text, count: entry.length))
          guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
          guard body(name) else { return }
        }
        guard offset == length else { throw SystemError(code: EIO) }
      }
    #else
      let number = copy.whileOpen { dup($0) }
      guard number >= 0, let stream = fdopendir(number) else { throw SystemError(code: errno) }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
        guard body(name) else { return }
      }
    #endif
  }
}
