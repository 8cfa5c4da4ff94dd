// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Testing

/// Expects `bytes` to be the file at `path` below `Fixtures/`.
///
/// With `RECORD_SNAPSHOTS=1` in the environment a file that differs or is missing is written anew, and the run fails all the
/// same: what was recorded has to be read by a person, and a second run without the variable has to pass.
public func expectSnapshot(
  _ bytes: [UInt8], _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = Repository.fixtures.appending(path: path)
  let recorded = (try? Data(contentsOf: file)).map { [UInt8]($0) }
  if recorded == bytes { return }
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    let outcome = record(bytes, file)
    Issue.record(
      "Fixtures/\(path) \(outcome): read what changed, then run without RECORD_SNAPSHOTS",
      sourceLocation: sourceLocation)
    return
  }
  guard let recorded else {
    Issue.record("no snapshot Fixtures/\(path); record it with RECORD_SNAPSHOTS=1", sourceLocation: sourceLocation)
    return
  }
  Issue.record("Fixtures/\(path) differs: \(firstDifference(recorded, bytes))", sourceLocation: sourceLocation)
}

/// The same for text.
public func expectSnapshot(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) {
  expectSnapshot(Array(text.utf8), path, sourceLocation: sourceLocation)
}

private func record(_ bytes: [UInt8], _ file: URL) -> String {
  do {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return "was recorded"
  } catch {
    return "could not be recorded: \(error)"
  }
}

/// The first line that differs, as it was recorded and as it is now.
private func firstDifference(_ recorded: [UInt8], _ current: [UInt8]) -> String {
  let old = recorded.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let new = current.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  func shown(_ lines: [ArraySlice<UInt8>]) -> String {
    guard line < lines.count else { return "(end)" }
    return String(decoding: lines[line].prefix(2000), as: UTF8.self).debugDescription
  }
  return "line \(line + 1)\nrecorded: \(shown(old))\nnow:      \(shown(new))"
}
