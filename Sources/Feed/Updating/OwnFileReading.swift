// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds the files of an import, and how each is to be read.
struct OwnFileReading {
  /// One file on its way into the index.
  struct File {
    /// As it is shown: below what the user has named.
    var path: String
    var label: OwnLabel
    /// RFC 3339: of the file, or of the zip that it lies in. So the same file always gives the same records.
    var modified: String
    /// Whether it lies in a folder or a zip that the user has named.
    var isMember: Bool
  }

  /// Folders in folders.
  private static let depthLimit = 32
  static let fileBytes = MirrorLayout.recordBytes

  let request: ImportRequest
  private let ecosystem: Ecosystem?
  private let label: OwnLabel?

  /// - Throws: ``FeedError`` where the label or the ecosystem is none.
  init(_ request: ImportRequest) throws(FeedError) {
    self.request = request
    label = try request.label.map { (text) throws(FeedError) -> OwnLabel in try OwnLabel(text) }
    ecosystem = try request.ecosystem.map { (word) throws(FeedError) -> Ecosystem in
      guard let ecosystem = Imports.ecosystem(named: word) else { throw FeedError(.ecosystemNotKnown, word) }
      return ecosystem
    }
  }

  /// What the readers of the formats have to know of a file.
  func options(_ file: File) -> ImportOptions {
    ImportOptions(
      name: file.label.text, ecosystem: ecosystem, isMalicious: request.isMalicious, modified: file.modified)
  }

  /// Calls `body` with each file at `path`: itself, the JSON files of a folder and of those in it, or those of a zip.
  func forEachFile(at path: String, _ body: (File, Bytes) throws(FeedError) -> Void) throws(FeedError) {
    let label = if let label { label } else { try OwnLabel(ofFile: path) }
    guard isFolder(path) else { return try open(path, label, isMember: false, body) }
    var folders = [(path: path, depth: 0)]
    while let (folder, depth) = folders.popLast() {
      guard depth < Self.depthLimit else { throw FeedError(.cannotRead, folder, "too deep") }
      for name in try Self.names(in: folder) {
        let inner = "\(folder)/\(name)"
        // No link is followed: a loop would never end.
        switch Self.kind(inner) {
        case S_IFDIR: folders.append((inner, depth + 1))
        case S_IFREG where name.hasSuffix(".json"): try open(inner, label, isMember: true, body)
        default: break
        }
      }
    }
  }

  private static func kind(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  /// Sorted, so that the same folder always gives the same index.
  private static func names(in folder: String) throws(FeedError) -> [String] {
    guard let stream = opendir(folder) else { throw FeedError(.cannotRead, folder, lastErrorText()) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = entryName(entry)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func open(
    _ path: String, _ label: OwnLabel, isMember: Bool, _ body: (File, Bytes) throws(FeedError) -> Void
  ) throws(FeedError) {
    guard let content = try OpenFile.reading(path) else { throw FeedError(.noSuchFile, path) }
    var file = File(path: path, label: label, modified: try content.modified(), isMember: isMember)
    // What every zip begins with, be it empty.
    let beginning = try content.beginning(4)
    if beginning == [0x50, 0x4B, 0x03, 0x04] || beginning == [0x50, 0x4B, 0x05, 0x06] {
      file.isMember = true
      return try ZipArchive(content).forEachFile { (name, bytes) throws(FeedError) -> Void in
        guard name.ends(with: ".json") else { return }
        file.path = "\(path)/\(name.string)"
        try body(file, bytes)
      }
    }
    try content.content(limit: Self.fileBytes).withUnsafeBufferPointer { (bytes) throws(FeedError) -> Void in
      try body(file, bytes)
    }
  }
}

extension OpenFile {
  /// When it was last changed: RFC 3339.
  fileprivate func modified() throws(FeedError) -> String {
    let status = try status()
    #if canImport(Darwin)
      let seconds = status.st_mtimespec.tv_sec
    #else
      let seconds = status.st_mtim.tv_sec
    #endif
    let (nanoseconds, isTooLarge) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return Moment(nanoseconds: isTooLarge ? 0 : nanoseconds).text
  }
}
