// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// The program as its users have it: a process, with arguments, an environment and standard streams.
final class FeedProcess {
  /// Beside the tests, where the build puts it; `GIFTHORSE_FEED_PROGRAM` names another build of it.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["GIFTHORSE_FEED_PROGRAM"] { return named }
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let tests = bundle ?? Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return tests.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "gifthorse-feed").path
  }()

  struct Outcome {
    /// The exit status, or 128 and the signal's number.
    var status: Int32
    var output: String
    var error: String
  }

  private let process = Process()
  private let folder: TemporaryFolder
  private let streams: [String]
  var identifier: pid_t { process.processIdentifier }

  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    self.folder = folder
    streams = try (0..<2).map { _ in try folder.write("", to: "streams/\(UUID().uuidString)") }
    process.executableURL = URL(filePath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    let kept = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
    process.environment = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
      .merging(["HOME": folder.path("home"), "TERM": "dumb"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: streams[0])
    process.standardError = FileHandle(forWritingAtPath: streams[1])
    try process.run()
  }

  /// What it has written to standard error until now.
  var errorSoFar: String { content(1) }

  func wait() -> Outcome {
    process.waitUntilExit()
    let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    return Outcome(status: status, output: content(0), error: content(1))
  }

  private func content(_ number: Int) -> String {
    let text = (try? String(contentsOfFile: streams[number], encoding: .utf8)) ?? ""
    return text.replacingOccurrences(of: folder.path, with: "FOLDER")
      .replacingOccurrences(of: #"[0-9]+\.[0-9] s"#, with: "TIME", options: .regularExpression)
  }
}
