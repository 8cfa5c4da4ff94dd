// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// What a repository's branches, tags, worktrees, stashes and logs point at.
///
/// - Source: https://git-scm.com/docs/gitrepository-layout, https://git-scm.com/docs/git-pack-refs (read 2026-11-25)
struct GitReferences {
  enum Target: Hashable {
    case id(GitObjectID)
    case symbolic([UInt8])
  }

  /// By their whole names: `refs/heads/main`.
  private(set) var references: [[UInt8]: Target] = [:]
  /// `HEAD`, and those of worktrees: `worktrees/NAME/HEAD`.
  ///
  /// `ORIG_HEAD` and its like are not read: the logs tell what was there before.
  private(set) var heads: [String: Target] = [:]
  /// By the files' names below `logs/`: `HEAD`, `refs/heads/main`, `worktrees/NAME/HEAD`.
  private(set) var logs: [String: GitReflog] = [:]
  var faults: [GitFault] = []

  private let hashBytes: Int

  private static let referenceLimit = 1_000_000
  private static let fileLimit = 128 << 20
  private static let depthLimit = 64
  private static let logLimit = 64 << 20
  /// As many as git follows.
  private static let chainLimit = 5

  init(_ repository: GitRepository) {
    hashBytes = repository.hashBytes
    let common = repository.common
    if repository.isReftable {
      attempt { references throws(GitFault) in try references.readTables(common, prefix: "") }
    } else {
      attempt { references throws(GitFault) in try references.readPacked(common) }
      attempt { references throws(GitFault) in try references.readLoose(common, prefix: "") }
    }
    readWorktree(common, prefix: "", isReftable: repository.isReftable)
    attempt { references throws(GitFault) in try references.readWorktrees(common, repository.isReftable) }
  }

  private mutating func attempt(_ body: (inout GitReferences) throws(GitFault) -> Void) {
    do throws(GitFault) { try body(&self) } catch { faults.append(error) }
  }

  private mutating func readTables(_ folder: GitFolder, prefix: String) throws(GitFault) {
    guard let tableFolder = try folder.folder("reftable") else {
      throw GitFault(.vanished, path: folder.shown("reftable"))
    }
    let tables = try GitTables(tableFolder, hashBytes: hashBytes)
    for (name, target) in tables.references {
      if name.starts(with: "refs/".utf8) {
        references[(prefix.isEmpty ? [] : Array(prefix.utf8)) + name] = target
      } else if name.elementsEqual("HEAD".utf8) {
        heads[prefix + "HEAD"] = target
      }
    }
    for (name, log) in tables.reflogs { logs[prefix + String(decoding: name, as: UTF8.self)] = log }
  }

  private mutating func readPacked(_ common: GitFolder) throws(GitFault) {
    guard let bytes = try common.bytes(of: "packed-refs", limit: Self.fileLimit) else { return }
    var badLine: Int?
    bytes.withUnsafeBufferPointer { bytes in
      var (start, number) = (0, 0)
      while start < bytes.count {
        let end = bytes.firstOffset(of: 0x0A, from: start) ?? bytes.count
        number += 1
        let line = bytes[slice: start..<end]
        start = end + 1
        // `#` is the head, `^` what the tag in the line before leads to.
        if line.isEmpty || line[0] == UInt8(ascii: "#") || line[0] == UInt8(ascii: "^") { continue }
        guard line.count > hashBytes * 2 + 1, line[hashBytes * 2] == 0x20,
          let id = GitObjectID(hexadecimal: line[slice: 0..<hashBytes * 2])
        else {
          badLine = badLine ?? number
          continue
        }
        references[Array(line[(hashBytes * 2 + 1)...])] = .id(id)
      }
    }
    if let badLine { faults.append(GitFault(.malformed, ["line \(badLine)"], path: common.shown("packed-refs"))) }
  }

  private mutating func readLoose(_ top: GitFolder, prefix: String) throws(GitFault) {
    guard let folder = try top.folder("refs") else { return }
    for path in files(below: folder).map({ Self.below(top, $0) }) {
      attempt { references throws(GitFault) in
        if let target = try references.target(path, in: top) {
          references.references[Array((prefix + path).utf8)] = target
        }
      }
    }
  }

  /// The paths of all files below a folder, locks left out.
  private mutating func files(below top: GitFolder) -> [String] {
    var found: [String] = []
    var waiting = [(top, 0)]
    while let (folder, depth) = waiting.popLast() {
      attempt { references throws(GitFault) in
        for entry in try folder.entries(limit: Self.referenceLimit) where !entry.name.hasSuffix(".lock") {
          guard found.count < Self.referenceLimit else {
            throw GitFault(.tooMany, ["\(Self.referenceLimit)"], path: folder.path)
          }
          guard entry.isText else {
            references.faults.append(GitFault(.wrongEncoding, path: folder.shown(entry.name)))
            continue
          }
          guard entry.kind == .folder else {
            found.append(folder.shown(entry.name))
            continue
          }
          guard depth < Self.depthLimit else {
            throw GitFault(.tooDeep, ["\(Self.depthLimit)"], path: folder.path)
          }
          if let child = try folder.folder(entry.name) { waiting.append((child, depth + 1)) }
        }
      }
    }
    return found
  }

  /// What the file of one ref says; nil where it is gone.
  private func target(_ path: String, in folder: GitFolder) throws(GitFault) -> Target? {
    // Old versions of git made HEAD a link: its text is the name of the ref.
    if try folder.kind(of: path) == .link, let target = folder.linkTarget(path), target.starts(with: "refs/".utf8) {
      return .symbolic(target)
    }
    guard let bytes = try folder.bytes(of: path, limit: 1 << 16) else { return nil }
    let line = Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x09 })
    if line.starts(with: "ref:".utf8) {
      let name = line.dropFirst(4).drop { $0 == 0x20 }
      if !name.isEmpty { return .symbolic(Array(name)) }
    }
    let digits = line.prefix(hashBytes * 2)
    guard digits.count == hashBytes * 2, line.count == digits.count || line[digits.count] == 0x20,
      let id = Array(digits).withUnsafeBufferPointer({ GitObjectID(hexadecimal: $0) })
    else { throw GitFault(.malformed, ["ref"], path: folder.shown(path)) }
    return .id(id)
  }

  // MARK: Worktrees

  private mutating func readWorktrees(_ common: GitFolder, _ isReftable: Bool) throws(GitFault) {
    guard let folder = try common.folder("worktrees") else { return }
    for entry in try folder.entries(limit: 100_000) where entry.kind == .folder {
      attempt { references throws(GitFault) in
        guard let worktree = try folder.folder(entry.name) else { return }
        let prefix = "worktrees/\(entry.name)/"
        references.attempt { references throws(GitFault) in
          if isReftable {
            try references.readTables(worktree, prefix: prefix)
          } else {
            try references.readLoose(worktree, prefix: prefix)
          }
        }
        references.readWorktree(worktree, prefix: prefix, isReftable: isReftable)
      }
    }
  }

  /// `HEAD` and the logs.
  private mutating func readWorktree(_ folder: GitFolder, prefix: String, isReftable: Bool) {
    if !isReftable {
      attempt { references throws(GitFault) in
        if let target = try references.target("HEAD", in: folder) { references.heads[prefix + "HEAD"] = target }
      }
    }
    attempt { references throws(GitFault) in
      guard let logs = try folder.folder("logs") else { return }
      let start = logs.path.utf8.count + 1
      for path in references.files(below: logs) {
        references.attempt { references throws(GitFault) in
          guard let bytes = try folder.bytes(of: Self.below(folder, path), limit: Self.logLimit) else { return }
          let log = GitReflog(bytes, hashBytes: references.hashBytes)
          if log.badLines > 0 { references.faults.append(GitFault(.malformed, ["line"], path: path)) }
          references.logs[prefix + String(decoding: path.utf8.dropFirst(start), as: UTF8.self)] = log
        }
      }
    }
  }

  /// The part of `path` that lies below `folder`.
  private static func below(_ folder: GitFolder, _ path: String) -> String {
    folder.path.isEmpty ? path : String(path.dropFirst(folder.path.count + 1))
  }

  // MARK: Resolving

  /// The object that a ref leads to; nil where there is none yet.
  /// - Throws: `malformed` for refs that lead to each other.
  func resolve(_ target: Target, path: String) throws(GitFault) -> GitObjectID? {
    var target: Target? = target
    for _ in 0...Self.chainLimit {
      switch target {
      case .id(let id): return id.isZero ? nil : id
      case .symbolic(let name): target = references[name] ?? heads[String(decoding: name, as: UTF8.self)]
      case nil: return nil
      }
    }
    throw GitFault(.malformed, ["symbolic-ref-loop"], path: path)
  }
}
