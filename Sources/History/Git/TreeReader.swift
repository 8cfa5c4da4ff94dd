// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Finds the bad lockfiles of one tree after the other. What was found below a folder is known again when the same
/// folder comes by.
///
/// - Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects, "Tree Objects" (read 2026-11-25)
final class TreeReader {
  /// What a tree holds: a number of ``BadEntries/sets``, and whether all of it could be read.
  struct Result {
    var set: UInt32 = 0
    var isWhole = true
  }

  private struct Key: QuickHashed, Hashable {
    let id: GitObjectID
    /// Of the path of the folder or file.
    let path: UInt64

    var quickHash: UInt64 { TextHash.combined(id.quickHash, path) }

    func hash(into hasher: inout Hasher) { hasher.combine(quickHash) }
  }

  typealias Wanted = (_ folder: Bytes, _ name: Bytes) -> Bool
  typealias Reading = (_ path: String, _ bytes: Bytes) -> [Package]

  /// Versions of lockfiles that are known again; what comes beyond is read again where it comes by again.
  private static let fileLimit = 1_000_000

  private let store: GitObjectStore
  private let options: GitHistoryOptions
  private let shown: String
  private let isWanted: Wanted
  private let read: Reading
  private let tell: (GitFault) -> Void
  @exclusivity(unchecked) private var folders = RecentCache<Key, Result>(places: 1 << 18)
  @exclusivity(unchecked) private var files: [Key: Result] = [:]
  @exclusivity(unchecked) private var versions = RecentCache<PathKey, Version>(places: 1 << 14, limit: 8 << 20)
  @exclusivity(unchecked) private(set) var bad = BadEntries()
  private(set) var versionsRead = 0
  /// Folders that may still be read: a few trees that hold each other many times over stand for more than there are
  /// atoms.
  @exclusivity(unchecked) private var foldersLeft: Int
  /// The path of the folder that is being read, with a slash at its end unless it is the top.
  @exclusivity(unchecked) private var path: [UInt8] = []

  init(
    _ store: GitObjectStore, options: GitHistoryOptions, shown: String, isWanted: @escaping Wanted,
    read: @escaping Reading, tell: @escaping (GitFault) -> Void
  ) {
    (self.store, self.options, self.shown) = (store, options, shown)
    (self.isWanted, self.read, self.tell) = (isWanted, read, tell)
    foldersLeft = options.folders
  }

  /// What the tree of a commit holds.
  func result(of tree: GitObjectID) -> Result {
    path.removeAll(keepingCapacity: true)
    return folder(tree, hash: TextHash.of(""), depth: 0)
  }

  private func folder(_ id: GitObjectID, hash: UInt64, depth: Int) -> Result {
    let key = Key(id: id, path: hash)
    if let known = folders.value(key) { return known }
    guard foldersLeft > 0, depth < options.limits.depth else {
      let fault =
        depth < options.limits.depth
        ? GitFault(.tooMany, ["\(options.folders)"]) : GitFault(.tooDeep, ["\(options.limits.depth)"])
      tell(fault)
      return Result(isWhole: false)
    }
    foldersLeft -= 1
    var result = Result(isWhole: false)
    do throws(GitFault) { result = entries(try store.object(id, .tree).bytes, of: id, hash: hash, depth: depth) } catch
    {
      tell(error)
    }
    folders.insert(result, for: key)
    return result
  }

  /// The version of a folder that was read last. What another version has in common with it is not looked up again.
  private struct Version {
    var bytes: [UInt8] = []
    /// What entries hold, by where these begin; nothing for those that hold nothing.
    var results: [(start: Int, result: Result)] = []
  }

  private struct PathKey: QuickHashed {
    let quickHash: UInt64
  }

  private func entries(_ bytes: [UInt8], of id: GitObjectID, hash: UInt64, depth: Int) -> Result {
    let last = versions.value(PathKey(quickHash: hash)) ?? Version()
    var version = Version(bytes: bytes)
    let result = bytes.withUnsafeBufferPointer { bytes in
      last.bytes.withUnsafeBufferPointer { lastBytes in
        var past = TreePast(lastBytes, hashBytes: store.hashBytes)
        return entries(bytes, of: id, &past) { start, entry, lastStart in
          let found: Result
          if let lastStart {
            found = last.results.isEmpty ? Result() : last.results.first { $0.start == lastStart }?.result ?? Result()
          } else {
            found = entry.isFolder ? child(entry, hash: hash, depth: depth) : file(entry, hash: hash)
          }
          if found.set != 0 || !found.isWhole { version.results.append((start, found)) }
          return found
        }
      }
    }
    versions.insert(version, for: PathKey(quickHash: hash), weight: bytes.count)
    return result
  }

  /// - Parameter read: What an entry holds, by where it begins, and where the same stood in the version before.
  private func entries(
    _ bytes: Bytes, of id: GitObjectID, _ past: inout TreePast, _ read: (Int, TreeEntry, Int?) -> Result
  ) -> Result {
    var result = Result()
    var members: [UInt32] = []
    var offset = 0
    while offset < bytes.count {
      let start = offset
      guard let entry = TreeEntry(bytes, &offset, hashBytes: store.hashBytes) else {
        tell(GitFault(.malformed, ["tree"], path: store.shown(id)))
        result.isWhole = false
        break
      }
      guard entry.isFile || entry.isFolder else { continue }
      guard entry.isPlain else {
        tell(GitFault(.malformed, ["name"], path: store.shown(id)))
        result.isWhole = false
        continue
      }
      let found = read(start, entry, past.offset(of: entry, bytes[slice: start..<offset]))
      if !found.isWhole { result.isWhole = false }
      if found.set != 0 { members += bad.sets[Int(found.set)] }
    }
    merge(members, into: &result)
    return result
  }

  private func merge(_ members: [UInt32], into result: inout Result) {
    if members.isEmpty { return }
    if let set = bad.set(of: members) {
      result.set = set
    } else {
      tell(GitFault(.tooMany, ["\(BadEntries.limit)"]))
      result.isWhole = false
    }
  }

  /// The number of a set that holds what both hold.
  func union(_ first: UInt32, _ second: UInt32) -> UInt32 {
    var result = Result(set: first)
    merge(bad.sets[Int(first)] + bad.sets[Int(second)], into: &result)
    return result.set
  }

  private func child(_ entry: TreeEntry, hash: UInt64, depth: Int) -> Result {
    let length = path.count
    path.append(contentsOf: entry.name)
    path.append(UInt8(ascii: "/"))
    defer { path.removeLast(path.count - length) }
    return folder(entry.id, hash: TextHash.combined(hash, TextHash.of(entry.name)), depth: depth + 1)
  }

  private func file(_ entry: TreeEntry, hash: UInt64) -> Result {
    let isWanted = path.withUnsafeBufferPointer { self.isWanted($0[slice: 0..<max(0, $0.count - 1)], entry.name) }
    guard isWanted else { return Result() }
    let key = Key(id: entry.id, path: TextHash.combined(hash, TextHash.of(entry.name)))
    if let known = files[key] { return known }
    var result = Result(isWhole: false)
    let path = path + Array(entry.name)
    do throws(GitFault) {
      let blob = try store.object(entry.id, .blob)
      guard blob.bytes.count <= options.limits.lockfileBytes else {
        throw GitFault(.tooBig, ["\(blob.bytes.count)", "\(options.limits.lockfileBytes)"])
      }
      versionsRead += 1
      let shown = (self.shown.isEmpty ? "" : self.shown + "/") + String(decoding: path, as: UTF8.self)
      let packages = blob.bytes.withUnsafeBufferPointer { read(shown, $0) }
      result = Result()
      merge(packages.map { bad.number(of: BadEntry(path: path, package: $0)) }, into: &result)
    } catch {
      // The lockfile's own path says more than the object's; what is missing is counted.
      tell(
        error.reason == .gitObjectsMissing
          ? error : GitFault(error.reason, error.arguments, path: String(decoding: path, as: UTF8.self)))
    }
    if files.count < Self.fileLimit { files[key] = result }
    return result
  }
}
