// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Synchronization
import TestSupport

@testable import Discovery

/// What one walk gave, sorted, with paths below the folder that was walked.
struct WalkResult: Equatable {
  /// `path name@version kind`, one for each package.
  var packages: [String] = []
  /// The files that were read, each as often as it was.
  var files: [String] = []
  /// `path reason arguments`.
  var problems: [String] = []
  var skipped: [String] = []
  /// `path:line what`, with `elsewhere` where it is not in place; what is `sign N`, `digest N` or `pinned N name@version`.
  var signs: [String] = []
  var entries = 0

  /// Walks `names` in `folder` (the folder itself without any).
  init(
    _ folder: TemporaryFolder, roots names: [String] = [], signPlaces: [String] = [],
    options: DiscoveryOptions = DiscoveryOptions()
  ) throws {
    let paths = names.isEmpty ? [folder.path] : names.map { folder.path($0) }
    try self.init(
      paths: paths, signPlaces: signPlaces.map { folder.path($0) }, shownBelow: folder.path + "/", options: options)
  }

  init(
    paths: [String], signPlaces: [String] = [], shownBelow prefix: String,
    options: DiscoveryOptions = DiscoveryOptions()
  ) throws {
    let sink = RecordingSink()
    let roots = try ScanRoots(paths: paths, signPlaces: signPlaces)
    entries = discover(roots, options: options, sink: sink)
    let found = sink.found.withLock { $0 }
    func shown(_ path: String, _ rest: [String]) -> String {
      ([path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path] + rest).joined(separator: " ")
    }
    packages = found.files.flatMap { file in
      file.packages.map { shown(file.path, [$0.title, $0.kind.rawValue]) }
    }.sorted()
    files = found.files.map { shown($0.path, []) }.sorted()
    problems = found.problems.map { shown($0.path, [$0.reason.rawValue] + $0.arguments) }.sorted()
    skipped = found.skipped.map { shown($0.path, [$0.reason.rawValue] + $0.arguments) }.sorted()
    signs = found.signs.map { sign in
      let line = sign.line.map { ":\($0)" } ?? ""
      let what =
        switch sign.what {
        case .sign(let number): "sign \(number)"
        case .digest(let number): "digest \(number)"
        case .pinnedDigest(let number, let package): "pinned \(number) \(package?.title ?? "-")"
        }
      return shown(sign.path + line, [what] + (sign.isInPlace ? [] : ["elsewhere"]))
    }.sorted()
  }
}

/// Keeps all that a walk tells.
final class RecordingSink: DiscoverySink {
  struct Found: Sendable {
    var files: [FileSightings] = []
    var problems: [Coverage.Problem] = []
    var skipped: [Coverage.Skip] = []
    var signs: [SignSighting] = []
  }

  /// Protects what the threads of the walk add.
  let found = Mutex(Found())

  func receive(_ file: FileSightings) { found.withLock { $0.files.append(file) } }
  func receive(_ problem: Coverage.Problem) { found.withLock { $0.problems.append(problem) } }
  func receive(_ sign: SignSighting) { found.withLock { $0.signs.append(sign) } }
  func receive(_ skip: Coverage.Skip) { found.withLock { $0.skipped.append(skip) } }
}
