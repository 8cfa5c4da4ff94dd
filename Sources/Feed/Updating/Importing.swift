// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What an import of private records is asked to do.
public struct ImportOptions: Sendable {
  /// Files of one record each, folders of them, and zips of them.
  public var paths: [String]
  /// The folder of the index.
  public var folder: String
  public var waits = true

  public init(paths: [String], folder: String) {
    self.paths = paths
    self.folder = folder
  }
}

/// Puts private records into the index of a folder, all of them or none.
///
/// They are marked by the file that they came from, and can only add to what the feed says.
/// - Throws: ``FeedError``, also where one of the records cannot be read; the old index is then as it was.
public func importAdvisories(
  _ options: ImportOptions, _ surroundings: UpdateSurroundings
) throws(FeedError) -> UpdateReport {
  let began = surroundings.clock()
  let workplace = try Workplace(
    options.folder, waiting: options.waits ? { surroundings.tell(.waiting(folder: options.folder)) } : nil)
  // An index that cannot be used is for an update to replace: here it would lose the public records.
  let index = try openIndex(workplace, surroundings, replacesDamaged: false)
  let batch = RecordImport(index: index)
  for path in options.paths { try batch.take(path) }
  guard batch.tally.all > 0 else { throw FeedError(.notThere, options.paths.joined(separator: ", ")) }
  if index.hasNews {
    surroundings.progress(.finishing)
    try index.finish()
    try workplace.publish(index.path, as: AdvisoryIndexPlace.fileName)
  }
  var report = UpdateReport()
  report.source = options.paths.joined(separator: ", ")
  report.imported = batch.tally.sound
  report.importedInPart = batch.tally.inPart
  report.reasons = index.reasons
  report.isNew = index.hasNews
  report.path = "\(options.folder)/\(AdvisoryIndexPlace.fileName)"
  report.seconds = surroundings.clock() - began
  return report
}

/// The records of an import on their way into the index.
private final class RecordImport {
  /// Folders in folders.
  private static let depthLimit = 32

  private let index: IndexInProgress
  private(set) var tally = RecordTally()

  init(index: IndexInProgress) {
    self.index = index
  }

  /// Takes what is at `path`: a folder with all the records in it, a zip, or one record.
  func take(_ path: String) throws(FeedError) {
    var folders = [(path: path, depth: 0)]
    guard isFolder(path) else { return try takeFile(path, label: path) }
    while let (folder, depth) = folders.popLast() {
      guard depth < Self.depthLimit else { throw FeedError(.cannotRead, folder, "too deep") }
      for name in try Self.names(in: folder) {
        let inner = "\(folder)/\(name)"
        // No link is followed: a loop would never end.
        switch Self.kind(inner) {
        case S_IFDIR: folders.append((inner, depth + 1))
        case S_IFREG where name.hasSuffix(".json"): try takeFile(inner, label: path)
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

  private func takeFile(_ path: String, label: String) throws(FeedError) {
    guard let file = try OpenFile.reading(path) else { throw FeedError(.notThere, path) }
    if try file.beginning(2) == Array("PK".utf8) {
      try ZipArchive(file).forEachFile { (name, content) throws(FeedError) -> Void in
        guard name.ends(with: ".json") else { return }
        try takeRecord(content, "\(path)/\(name.string)", label: label)
      }
      return
    }
    try file.content(limit: MirrorLayout.recordBytes).withUnsafeBufferPointer { (bytes) throws(FeedError) -> Void in
      try takeRecord(bytes, path, label: label)
    }
  }

  private func takeRecord(_ bytes: Bytes, _ name: String, label: String) throws(FeedError) {
    let before = tally.refused
    let known = index.reasons
    try index.put(bytes, origin: .own(label: label), &tally)
    guard tally.refused > before else { return }
    let reason = index.reasons.first { known[$0.key] != $0.value }?.key ?? ""
    throw FeedError(.recordRefused, name, reason)
  }
}
