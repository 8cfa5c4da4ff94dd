// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Discovery
import Foundation
import Scanning
import Synchronization
import TestSupport

@testable import Responding

/// A folder with bad packages in it, and what a scan, a quarantine and a restoring do to it.
struct QuarantineTree {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  var path: String { folder.path }

  /// One npm package, with another inside it, a neighbour that is clean, and a lockfile that package managers keep in `node_modules`.
  static func npm() throws -> QuarantineTree {
    let tree = try QuarantineTree()
    let modules = "web/node_modules"
    try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "\(modules)/node-ipc/package.json")
    try tree.folder.write("module.exports = 1\n", to: "\(modules)/node-ipc/lib/index.js")
    try tree.folder.write(
      #"{"name":"peacenotwar","version":"9.1.6"}"#, to: "\(modules)/node-ipc/node_modules/peacenotwar/package.json")
    try tree.folder.write(#"{"name":"clean","version":"1.0.0"}"#, to: "\(modules)/clean/package.json")
    chmod(tree.folder.path("\(modules)/node-ipc/lib/index.js"), 0o755)
    try tree.folder.link("\(modules)/node-ipc/link", to: "lib")
    return tree
  }

  // MARK: What is done

  func scanned() throws -> ScanReport { try Self.scan(path) }

  static func scan(_ path: String) throws -> ScanReport {
    let roots = try ScanRoots(paths: [path])
    return Scanning.scan(roots, against: .embedded(), options: ScanOptions(started: 0, clock: { 0 }))
  }

  func plan(adding requests: [QuarantinePlan.Request] = []) throws -> QuarantinePlan {
    let roots = try ScanRoots(paths: [path])
    return QuarantinePlan(try scanned().findings, adding: requests, below: roots)
  }

  @discardableResult
  func quarantine(_ plan: QuarantinePlan? = nil, calls: ChangingCalls = ChangingCalls()) throws -> QuarantineReport {
    try Self.quarantine(path, plan ?? self.plan(), calls: calls)
  }

  static func quarantine(_ path: String, calls: ChangingCalls) throws {
    let roots = try ScanRoots(paths: [path])
    try quarantine(path, QuarantinePlan(try scan(path).findings, below: roots), calls: calls)
  }

  @discardableResult
  static func quarantine(_ path: String, _ plan: QuarantinePlan, calls: ChangingCalls) throws -> QuarantineReport {
    let roots = try ScanRoots(paths: [path])
    return Responding.quarantine(
      plan, below: roots, id: "20261125T120000Z-abcd", created: "2026-11-25T12:00:00Z", calls: calls)
  }

  @discardableResult
  func restore(_ name: String = ".gifthorse-quarantine", calls: ChangingCalls = ChangingCalls()) throws -> RestoreReport
  {
    try Self.restore(folder.path(name), calls: calls)
  }

  @discardableResult
  static func restore(_ path: String, calls: ChangingCalls) throws -> RestoreReport {
    Responding.restore(try QuarantinePlace(path: path), calls: calls)
  }

  // MARK: What is seen

  static let quarantine = ".gifthorse-quarantine"
  static let batch = "\(quarantine)/20261125T120000Z-abcd"

  func exists(_ name: String) -> Bool {
    var status = stat()
    return lstat(folder.path(name), &status) == 0
  }

  func mode(_ name: String) -> UInt32 {
    var status = stat()
    return lstat(folder.path(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  func inode(_ name: String) -> UInt64 {
    var status = stat()
    return lstat(folder.path(name), &status) == 0 ? UInt64(status.st_ino) : 0
  }

  /// Every entry but the quarantine's: path, kind, mode, owner, inode, time of its content, size or target. Folders that things are moved out of
  /// have another time afterwards; it is left out for those in `touched`.
  func portrait(touched: Set<String> = ["", "web/node_modules"]) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    return ([""] + names.filter { !$0.hasPrefix(Self.quarantine) }.sorted()).map { name in
      var status = stat()
      let file = name.isEmpty ? path : folder.path(name)
      lstat(file, &status)
      let time = touched.contains(name) ? "" : "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      let content =
        isLink
        ? (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) ?? "?"
        : status.st_mode & S_IFMT == S_IFREG
          ? FileManager.default.contents(atPath: file)?.base64EncodedString() ?? "?" : ""
      return "\(name) \(String(status.st_mode, radix: 8)) \(status.st_uid) \(status.st_ino) \(time) \(content)"
    }
  }
}

/// Counts changing calls, and does something at one of them.
final class CallCounter: Sendable {
  private let count = Mutex(0)
  let atCall: Int
  let act: @Sendable (ChangingCalls.Call) -> Int32

  init(at call: Int = 0, _ act: @escaping @Sendable (ChangingCalls.Call) -> Int32 = { _ in 0 }) {
    atCall = call
    self.act = act
  }

  var total: Int { count.withLock { $0 } }

  var calls: ChangingCalls {
    ChangingCalls { call in
      let number = self.count.withLock { count in
        count += 1
        return count
      }
      return number == self.atCall ? self.act(call) : 0
    }
  }
}
