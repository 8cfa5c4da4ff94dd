// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Synchronization
import TestSupport

@testable import Feed

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An index in a temporary folder, and updates of it.
struct TestIndex {
  let folder: TemporaryFolder
  /// A Wednesday in autumn: 2026-11-25T00:00:00Z.
  static let now = 1_795_564_800.0

  init() throws {
    folder = try TemporaryFolder()
  }

  var path: String { folder.path("db") }

  /// What an update told meanwhile.
  final class Notices {
    var all: [FeedNotice] = []
  }

  /// The same from a server, which stays as long as it is needed.
  @discardableResult
  func update(
    from server: TestServer, _ notices: Notices = Notices(), _ change: (inout UpdateOptions) -> Void = { _ in }
  ) throws -> UpdateReport {
    try withExtendedLifetime(server) { try update(from: server.address, notices, change) }
  }

  @discardableResult
  func update(
    from source: String, _ notices: Notices = Notices(), _ change: (inout UpdateOptions) -> Void = { _ in }
  ) throws -> UpdateReport {
    var options = UpdateOptions(source: try FeedSource(source, allowsPlain: false), folder: path)
    options.fetching.firstPause = 0.01
    options.fetching.longestPause = 0.02
    change(&options)
    return try updateAdvisories(options, surroundings(notices))
  }

  func surroundings(_ notices: Notices = Notices()) -> UpdateSurroundings {
    let start = ContinuousClock.now
    func clock() -> Double {
      let elapsed = (ContinuousClock.now - start).components
      return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }
    return UpdateSurroundings(
      now: { Self.now }, clock: clock, tell: { notices.all.append($0) }, progress: { _ in })
  }

  /// Looks into the index: a copy of it that is never finished.
  func look<Result>(_ body: (IndexInProgress) throws -> Result) throws -> Result {
    let copy = folder.path("look")
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(copy + ending) }
    return try body(try IndexInProgress(path: copy, basedOn: "\(path)/\(AdvisoryIndexPlace.fileName)"))
  }

  /// The ids of an ecosystem, sorted.
  func ids(_ ecosystem: String) throws -> [String] {
    try look { try $0.compare(ecosystem) { _ in false }.gone.sorted() }
  }

  func value(_ key: IndexInProgress.Key, _ ecosystem: String = "") throws -> String? {
    try look { try $0.value(key, ecosystem) }
  }

  /// The bytes of the index's file.
  func bytes() throws -> [UInt8] {
    try OpenFile.reading("\(path)/\(AdvisoryIndexPlace.fileName)")?.content(limit: 1 << 30) ?? []
  }

  /// What else lies in its folder.
  func others() throws -> [String] {
    guard let stream = opendir(path) else { throw CallFailed(name: "opendir", code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) { names.append(entryName(entry)) }
    return names.filter { ![".", "..", AdvisoryIndexPlace.fileName, Workplace.lockName].contains($0) }.sorted()
  }
}
