// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport

@testable import History

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A made-up home in which traces are looked for.
final class TraceHome {
  /// 2026-06-01, after everything that the tests make up.
  static let now: Int64 = 1_780_272_000

  let folder: TemporaryFolder
  private let descriptor: Int32

  init() throws {
    folder = try TemporaryFolder()
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  deinit {
    close(descriptor)
  }

  static let nodeIPC = Package(ecosystem: .npm, name: "node-ipc", version: "9.1.6")

  var roots: TraceRoots { TraceRoots([TraceRoots.Root(path: folder.path, descriptor: descriptor)]) }

  /// What is told of the home, read as of `now`: the real time where files are looked at that have just been made.
  func traces(
    of packages: [Package] = [nodeIPC], environment: [String: String] = [:], limits: TraceLimits = TraceLimits(),
    now: Int64? = nil
  ) -> Traces {
    Traces(
      of: WantedPackages(packages), in: roots, home: folder.path, environment: environment, limits: limits,
      now: now ?? Self.now)
  }

  /// When the test runs. Birth times cannot be set, so that nothing else can be expected of files than to have come since.
  static func clock() -> Int64 { Int64(Date().timeIntervalSince1970) }
}

extension Traces {
  func codes() -> [EvidenceCode] { sightings.flatMap { $0.evidence.map(\.code) } }

  /// The one that was read, where a kind has several places.
  func reading(_ kind: TracePlace) -> Reading? {
    readings.first { $0.kind == kind && $0.state == .read } ?? readings.first { $0.kind == kind }
  }
}
