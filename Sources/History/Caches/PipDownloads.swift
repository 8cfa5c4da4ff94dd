// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory
internal import Parsing

/// pip's cache of answers, and poetry's, which is like it: their files are named by digests of addresses, so that only what they hold
/// tells the package.
///
/// - Source: pip's `_internal/network/cache.py` (`http-v2`: an answer's head, and its body in a `.body` beside it) and cachecontrol's
///   `serialize.py` (`http`, before pip 23.3: both in one file) (read 2026-11-25)
struct PipDownloads {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  func read() {
    guard !reader.wanted.names(in: .pypi).isEmpty else { return }
    let shorts = ["$PIP_CACHE_DIR/http-v2", "$PIP_CACHE_DIR/http", "^/pip/http-v2", "^/pip/http"]
    for path in reader.paths(.pipDownloads, shorts) {
      guard let folder = reader.open(.pipDownloads, path) else { continue }
      reader.finish(.pipDownloads, path, entries: read(folder))
    }
    for short in ["$POETRY_CACHE_DIR/cache/repositories", "^/pypoetry/cache/repositories"] {
      guard let path = reader.path(short), let repositories = reader.open(.poetryCache, path) else { continue }
      var count = 0
      for entry in reader.entries(of: repositories) where entry.kind == .folder {
        if let folder = reader.folder(entry.name, in: repositories) { count += read(folder) }
      }
      reader.finish(.poetryCache, path, entries: count)
    }
  }

  /// How many files were looked at. A head without a body tells nothing, and costs one look at its first bytes.
  private func read(_ root: TraceFolder) -> Int {
    var count = 0
    var waiting: [(folder: TraceFolder, depth: Int)] = [(root, 0)]
    while let (folder, depth) = waiting.popLast() {
      for entry in reader.entries(of: folder) {
        if entry.kind == .folder, depth < 6 {
          if let next = reader.folder(entry.name, in: folder) { waiting.append((next, depth + 1)) }
        } else if entry.kind == .file, !entry.text.hasSuffix(".lock") {
          count += 1
          guard reader.isWithin(count, root.path) else { return count }
          look(at: entry.name, in: folder, root)
        } else if entry.kind == .link {
          reader.tell(.notAFile, folder.shown(entry.name), ["link"])
        }
      }
    }
    return count
  }

  private func look(at name: [UInt8], in folder: TraceFolder, _ root: TraceFolder) {
    let path = folder.shown(name)
    do throws(SystemError) {
      let file = try folder.file(name)
      let (package, times) = try file.whileOpen { (file) throws(SystemError) in
        (try ArchiveNames.package(of: file), try FileTimes(of: file))
      }
      guard let package, reader.isWanted(.pypi, package.name, package.version, path) else { return }
      reader.sightMerged(
        PastSighting(
          package: Package(ecosystem: .pypi, name: package.name, version: package.version), place: root.path,
          from: times.arrival(now: reader.now), to: nil, degree: .onDisk,
          evidence: [PastSighting.Evidence(path: path, .cacheHolds)]))
    } catch {
      reader.tell(error, path)
    }
  }
}
