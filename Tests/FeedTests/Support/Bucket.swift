// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// Records in the layout of OSV's bucket, in memory.
struct Bucket {
  /// Ecosystem, id, time.
  var records: [String: [String: String]] = [:]
  /// Files that take the place of what the records would give; nil for one that is not there.
  var replaced: [String: [UInt8]?] = [:]

  /// An ecosystem with `count` records of one minute each, the first of them `first`.
  mutating func add(_ ecosystem: String, _ count: Int, prefix: String = "TEST") {
    for number in 0..<count {
      let minute = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
      records[ecosystem, default: [:]]["\(prefix)-\(number)"] = "2026-01-0\(1 + number / 60 % 9)T00:\(minute):00Z"
    }
  }

  static func record(_ id: String, _ ecosystem: String, _ time: String) -> String {
    """
    {"id": "\(id)", "modified": "\(time)", "affected": [{"package": {"ecosystem": "\(ecosystem)", "name": "left"}, \
    "versions": ["1.0.0"]}]}
    """
  }

  private func file(_ ecosystem: String, _ name: String) -> [UInt8]? {
    guard let set = records[ecosystem] else { return nil }
    switch name {
    case "modified_id.csv":
      let lines = set.map { "\($0.value),\($0.key)" }.sorted(by: >)
      return Array(lines.map { "\($0)\n" }.joined().utf8)
    case "all.zip":
      let files = set.sorted { $0.key < $1.key }
        .map { (name: "\($0.key).json", content: Self.record($0.key, ecosystem, $0.value)) }
      return ZipBuilder.zip(files)
    default:
      let id = String(name.dropLast(5))
      return set[id].map { Array(Self.record(id, ecosystem, $0).utf8) }
    }
  }

  /// The file at a path without escapes; nil where there is none.
  func file(_ path: String) -> [UInt8]? {
    if let replaced = replaced[path] { return replaced }
    let parts = path.split(separator: "/").map(String.init)
    if parts.count == 2 { return file(parts[0], parts[1]) }
    switch path {
    case "ecosystems.txt": return Array(records.keys.sorted().map { "\($0)\n" }.joined().utf8)
    case "modified_id.csv":
      let lines = records.flatMap { set in set.value.map { "\($0.value),\(set.key)/\($0.key)" } }
      return Array(lines.sorted(by: >).map { "\($0)\n" }.joined().utf8)
    default: return nil
    }
  }

  /// Writes all of it, with or without the records as files of their own.
  func write(to folder: TemporaryFolder, _ name: String, withRecords: Bool = true) throws {
    try? FileManager.default.removeItem(atPath: folder.path(name))
    var paths = ["ecosystems.txt", "modified_id.csv"]
    for (ecosystem, set) in records {
      paths += ["\(ecosystem)/modified_id.csv", "\(ecosystem)/all.zip"]
      if withRecords { paths += set.keys.map { "\(ecosystem)/\($0).json" } }
    }
    for path in paths {
      if let content = file(path) { try folder.write(content, to: "\(name)/\(path)") }
    }
  }
}
