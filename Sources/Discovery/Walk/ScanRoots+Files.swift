// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement

/// Single files below the roots, for who acts on what a scan has found.
extension ScanRoots {
  /// Calls `body` with the open folder that holds a file, and the file's name in it.
  ///
  /// - Parameter path: As ``FileSightings/path`` has it; of a root that is one file, that file alone.
  /// - Returns: nil where the path lies below none of the roots, or is not the file system's own spelling.
  /// - Throws: ``SystemError`` where the folder cannot be opened without following a link.
  public func withFolder<Result>(
    ofShown path: String, _ body: (_ folder: Int32, _ name: [CChar]) throws(SystemError) -> Result
  ) throws(SystemError) -> Result? {
    for place in places where !place.isForSigns {
      guard let (folder, name) = place.below(path), !name.isEmpty else { continue }
      if let own = place.root.fileName, !folder.isEmpty || !name.elementsEqual(own.utf8) { continue }
      let terminated = folder.map { CChar(bitPattern: $0) } + [0]
      let opened = try place.root.folder.whileOpen { (base) throws(SystemError) in
        try SafeOpening.folder(terminated, below: base)
      }
      let entry = name.map { CChar(bitPattern: $0) } + [0]
      return try opened.whileOpen { (number) throws(SystemError) in try body(number, entry) }
    }
    return nil
  }

  /// The bytes of a regular file.
  ///
  /// - Parameter limit: Bytes; nil is returned for a larger one.
  public func bytes(ofShown path: String, limit: Int) throws(SystemError) -> [UInt8]? {
    try withFolder(ofShown: path) { (folder, name) throws(SystemError) -> [UInt8]? in
      try SafeOpening.entry(name, of: folder).whileOpen { (file) throws(SystemError) -> [UInt8]? in
        let facts = try SafeOpening.facts(of: file)
        guard facts.kind == .file, facts.size <= limit else { return nil }
        let buffer = ReadBuffer()
        return try buffer.fill(from: file, expected: facts.size, limit: limit) ? Array(buffer.bytes) : nil
      }
    } ?? nil
  }
}
