// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Discovery
import Foundation
import Inventory
import Responding
import Scanning
import TestSupport

/// A tree on disk with something to fix, judged by the incidents in the program: node-ipc 9.1.6 is bad, 9.1.5 clean.
struct FixTree {
  let folder: TemporaryFolder

  init(_ files: [String: String]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
  }

  func roots() throws -> ScanRoots { try ScanRoots(paths: [folder.path]) }

  /// The plan, with paths below the tree.
  func plan(
    _ only: [String] = [], classes: FindingClass = .protestware, isBad: @escaping (Package) -> Bool = { _ in false }
  ) throws -> FixPlan {
    let roots = try roots()
    let options = ScanOptions(discovery: DiscoveryOptions(wantsPaths: true), started: 0, clock: { 0 })
    let report = scan(roots, against: .embedded(), options: options)
    var files: [String: [UInt8]] = [:]
    for entry in report.packages {
      for sighting in entry.sightings { files[sighting.path] = try roots.bytes(ofShown: sighting.path, limit: 1 << 20) }
    }
    for name in Set(files.keys.map { $0.split(separator: "/").dropLast().joined(separator: "/") }) {
      for file in ["package.json", "pnpm-workspace.yaml", "pyproject.toml"] {
        let path = "/" + name + "/" + file
        files[path] = (try? roots.bytes(ofShown: path, limit: 1 << 20)) ?? nil
      }
    }
    let known = files
    return FixPlan.make(report, FixRequest(classes: classes, only: only, read: { known[$0] ?? nil }, isBad: isBad))
  }

  /// A path of the plan, below the tree.
  func short(_ path: String) -> String {
    path == folder.path ? "." : path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : path
  }

  func text(_ name: String) throws -> String { try Self.text(folder.path(name)) }

  static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  // MARK: What lies in such trees

  static func lockEntry(_ version: String) -> String {
    """
    {"version": "\(version)", "resolved": "https://registry.example/node-ipc/-/node-ipc-\(version).tgz", "integrity": "sha512-\(version)"}
    """
  }

  static func lock(
    _ version: String, root: String = "{\"dependencies\": {\"shop\": \"1.0.0\"}}", more: String = ""
  ) -> String {
    """
    {"lockfileVersion": 3, "packages": {"": \(root),
    "node_modules/node-ipc": \(lockEntry(version)),
    "node_modules/shop": {"version": "1.0.0", "dependencies": {"node-ipc": "^9.1.1"}}\(more)}}

    """
  }

  static let manifest = "{\n  \"dependencies\": {\n    \"shop\": \"1.0.0\"\n  }\n}\n"
}
