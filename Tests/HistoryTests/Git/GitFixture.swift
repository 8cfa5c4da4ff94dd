// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import Inventory
import Parsing
import TestSupport

@testable import History

/// A made-up repository, its objects written by the rules of the formats and not by git.
///
/// Names are the first bytes of a SHA-256, also where git would take SHA-1: nothing here tells one name from another.
final class GitFixture {
  struct Object {
    let id: String
    let kind: String
    let bytes: [UInt8]
  }

  let folder: TemporaryFolder
  let hashBytes: Int
  private(set) var objects: [Object] = []

  init(hashBytes: Int = 20) throws {
    folder = try TemporaryFolder()
    self.hashBytes = hashBytes
    try folder.makeFolder(".git/objects/pack")
    try folder.makeFolder(".git/refs/heads")
    try folder.write("ref: refs/heads/main\n", to: ".git/HEAD")
    let format = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n"
    try folder.write(hashBytes == 32 ? format : "[core]\n\trepositoryformatversion = 0\n", to: ".git/config")
  }

  // MARK: Objects

  @discardableResult
  func add(_ kind: String, _ bytes: [UInt8]) -> String {
    let whole = Array("\(kind) \(bytes.count)\u{0}".utf8) + bytes
    let id = String(whole.withUnsafeBufferPointer { SHA256.digest(of: $0) }.text.prefix(hashBytes * 2))
    if !objects.contains(where: { $0.id == id }) { objects.append(Object(id: id, kind: kind, bytes: bytes)) }
    return id
  }

  /// The folder that holds these files, by their paths.
  func tree(_ files: [String: String]) -> String {
    var entries: [(name: String, mode: String, id: String)] = []
    var folders: [String: [String: String]] = [:]
    for (path, text) in files {
      guard let slash = path.firstIndex(of: "/") else {
        entries.append((path, "100644", add("blob", Array(text.utf8))))
        continue
      }
      folders[String(path[..<slash]), default: [:]][String(path[path.index(after: slash)...])] = text
    }
    for (name, files) in folders { entries.append((name, "40000", tree(files))) }
    return tree(entries: entries.sorted { $0.name < $1.name })
  }

  func tree(entries: [(name: String, mode: String, id: String)]) -> String {
    add("tree", entries.flatMap { Array("\($0.mode) \($0.name)\u{0}".utf8) + Self.bytes($0.id) })
  }

  @discardableResult
  func commit(_ files: [String: String], _ parents: [String] = [], at seconds: Int) -> String {
    commit(tree: tree(files), parents, at: seconds)
  }

  @discardableResult
  func commit(tree: String, _ parents: [String] = [], at seconds: Int) -> String {
    let who = "A Person <person@history.example>"
    let lines =
      ["tree \(tree)"] + parents.map { "parent \($0)" }
      + ["author \(who) 1 +0000", "committer \(who) \(seconds) +0200", "", "committer of nothing <> 5 +0000\n"]
    return add("commit", Array(lines.joined(separator: "\n").utf8))
  }

  func set(_ name: String, _ id: String) throws { try folder.write(id + "\n", to: ".git/\(name)") }

  /// Writes all objects, each into its own file.
  func writeLoose(_ store: String = ".git/objects") throws {
    for object in objects { try writeLoose(object, store) }
  }

  func writeLoose(_ object: Object, _ store: String = ".git/objects") throws {
    let whole = Array("\(object.kind) \(object.bytes.count)\u{0}".utf8) + object.bytes
    try folder.write(Self.deflated(whole), to: "\(store)/\(object.id.prefix(2))/\(object.id.dropFirst(2))")
  }

  // MARK: Reading

  /// A lockfile is called `l.lock`; `BAD name` in it is a bad package.
  func history(_ path: String = "", options: GitHistoryOptions = GitHistoryOptions()) throws -> GitHistory {
    try Self.history(of: folder.path(path), below: folder.path, options: options)
  }

  /// - Parameter root: What may be read.
  static func history(
    of path: String, below root: String, options: GitHistoryOptions = GitHistoryOptions()
  ) throws -> GitHistory {
    let repository = try open(path, below: root)
    return repository.history(
      options,
      isWanted: { _, name in name.equals("l.lock") || name.equals("m.lock") },
      read: { _, bytes in
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("BAD ") }.map {
          Package(ecosystem: .npm, name: String($0.dropFirst(4)), version: "1")
        }
      })
  }

  static func open(_ path: String, below root: String) throws -> GitRepository {
    let place = OpenFolder(root)
    let folder = OpenFolder(path)
    defer { withExtendedLifetime(folder) {} }
    return try GitRepository.open(below: folder.number, path: [], shown: "project") { wanted throws(SystemError) in
      try GitRepository.opening(below: [(path: root, descriptor: place.number)])(wanted)
    }
  }

  /// Closed when the last reference goes.
  private final class OpenFolder {
    let number: Int32

    init(_ path: String) { number = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

    deinit { close(number) }
  }

  // MARK: Bytes

  static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8).map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  static func word(_ number: Int, bytes count: Int = 4) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// zlib's format without compressing anything.
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(60_000)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      result += [rest.isEmpty ? 1 : 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      result += [UInt8(~length & 0xFF), UInt8(~length >> 8)] + block
    } while !rest.isEmpty
    var (first, second): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      first = (first + UInt32(byte)) % 65_521
      second = (second + first) % 65_521
    }
    return result + word(Int(second << 16 | first))
  }
}

extension PastSighting {
  /// All of it that tests compare, in one line.
  var line: String {
    func text(_ bound: Bound?) -> String { bound.map { "\($0.seconds)\($0.isExact ? "" : "~")" } ?? "-" }
    return "\(package.name) \(place) \(text(from)) \(text(to))"
  }

  func arguments(_ code: EvidenceCode) -> [String]? { evidence.first { $0.code == code }?.arguments }
}
