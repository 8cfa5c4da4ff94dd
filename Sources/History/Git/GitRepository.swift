// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement
internal import Inventory

/// A git repository, read as bytes: nothing that its configuration says is obeyed but how its objects and refs are
/// kept.
///
/// Grafts and `refs/replace` are not obeyed either: history is what the objects say, as for git with
/// GIT_NO_REPLACE_OBJECTS.
/// - Source: https://git-scm.com/docs/gitrepository-layout (read 2026-11-25)
public final class GitRepository {
  /// Opens the folder at an absolute path without `.` and `..`, if it lies below one of the places that may be read:
  /// nil where it does not.
  public typealias Opening = (_ absolutePath: [UInt8]) throws(SystemError) -> Descriptor?

  /// An ``Opening`` of what lies below these open folders, links not followed.
  ///
  /// - Parameter roots: With their absolute paths, without links and without a slash at the end. The descriptors must
  ///   stay open as long as the repository is read.
  public static func opening(below roots: [(path: String, descriptor: Int32)]) -> Opening {
    // The nearest first; `/` is the empty path, below which everything lies.
    let roots = roots.map { (path: $0.path == "/" ? [] : Array($0.path.utf8), descriptor: $0.descriptor) }
      .sorted { $0.path.count > $1.path.count }
    return { wanted throws(SystemError) in
      for root in roots where wanted.starts(with: root.path) {
        let rest = wanted.dropFirst(root.path.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { continue }
        let path = rest.drop { $0 == UInt8(ascii: "/") }.map { CChar(bitPattern: $0) } + [0]
        return try SafeOpening.folder(path, below: root.descriptor)
      }
      return nil
    }
  }

  /// Which folder holds the objects and branches: the same for all worktrees of a repository.
  public struct Identity: Hashable, Sendable {
    public let device: UInt64
    public let inode: UInt64
  }

  /// As it is to be shown.
  public let shown: String
  public let identity: Identity
  /// What all worktrees share.
  let common: GitFolder
  let hashBytes: Int
  let isReftable: Bool
  /// Whether it was cloned without all objects.
  let isPartial: Bool
  let opening: Opening

  private init(_ common: GitFolder, shown: String, opening: @escaping Opening) throws(GitFault) {
    (self.common, self.shown, self.opening) = (common, shown, opening)
    let facts = try common.facts()
    identity = Identity(device: facts.device, inode: facts.inode)
    let configuration = GitConfiguration(try common.bytes(of: "config", limit: 4 << 20) ?? [])
    isPartial = configuration.isPartial
    do throws(GitFault) { (hashBytes, isReftable) = try configuration.layout() } catch {
      throw error.of(common.shown("config"))
    }
  }

  /// Opens the repository whose working tree is the folder at `path`, or that is kept in that folder itself.
  ///
  /// - Parameters:
  ///   - root: An open folder.
  ///   - path: Below it, without `.` and `..`; empty for `root` itself.
  ///   - shown: What the folder is to be called.
  ///   - opening: For worktrees, submodules and borrowed objects, which lie elsewhere. Called while
  ///     ``history(_:isWanted:read:)`` runs, too.
  /// - Throws: `git-outside` where `.git` leads to a place that may not be read; `malformed` where there is no
  ///   repository.
  public static func open(
    below root: Int32, path: [UInt8], shown: String, opening: @escaping Opening
  ) throws(GitFault) -> GitRepository {
    let folder: GitFolder
    do throws(SystemError) {
      let path = path.map { CChar(bitPattern: $0) } + [0]
      folder = GitFolder(try SafeOpening.folder(path, below: root))
    } catch { throw GitFault(error, path: "") }
    let gitFolder = try gitFolder(of: folder, opening)
    let common = try common(of: gitFolder, opening)
    guard try common.kind(of: "HEAD") != nil, try common.kind(of: "objects") != nil else {
      throw GitFault(.malformed, ["not-a-repository"])
    }
    return try GitRepository(common, shown: shown, opening: opening)
  }

  private static func gitFolder(of folder: GitFolder, _ opening: Opening) throws(GitFault) -> GitFolder {
    switch try folder.kind(of: ".git") {
    case nil: return folder
    case .file:
      let line = try pathLine(try folder.bytes(of: ".git", limit: 1 << 16) ?? [], after: "gitdir: ", file: ".git")
      return try elsewhere(line, from: folder, file: ".git", opening)
    default:
      guard let found = try folder.folder(".git") else { throw GitFault(.vanished, path: ".git") }
      return found
    }
  }

  /// What `commondir` in the folder of a worktree leads to; else the folder itself.
  private static func common(of folder: GitFolder, _ opening: Opening) throws(GitFault) -> GitFolder {
    guard let bytes = try folder.bytes(of: "commondir", limit: 1 << 16) else { return folder }
    return try elsewhere(try pathLine(bytes, after: "", file: "commondir"), from: folder, file: "commondir", opening)
  }

  /// The one line of a file that holds a path.
  private static func pathLine(_ bytes: [UInt8], after prefix: String, file: String) throws(GitFault) -> [UInt8] {
    guard bytes.starts(with: prefix.utf8) else { throw GitFault(.malformed, ["path"], path: file) }
    let rest = bytes.dropFirst(prefix.utf8.count)
    let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
    guard !line.isEmpty, !line.contains(0), rest.dropFirst(line.count).allSatisfy({ $0 == 0x0A || $0 == 0x0D }) else {
      throw GitFault(.malformed, ["path"], path: file)
    }
    return Array(line)
  }

  /// Opens the folder that `path`, written in `file`, names: absolute, or from `folder` on.
  static func elsewhere(
    _ path: [UInt8], from folder: GitFolder, file: String, _ opening: Opening
  ) throws(GitFault) -> GitFolder {
    let isAbsolute = path.first == UInt8(ascii: "/")
    guard let base = isAbsolute ? [] : folder.absolutePath else {
      throw GitFault(.gitOutside, [String(decoding: path, as: UTF8.self)], path: file)
    }
    let absolute = normalised(base + [UInt8(ascii: "/")] + path)
    let shown = String(decoding: absolute, as: UTF8.self)
    do throws(SystemError) {
      if let descriptor = try opening(absolute) { return GitFolder(descriptor, path: shown) }
    } catch { throw GitFault(error, path: shown) }
    throw GitFault(.gitOutside, [shown], path: file)
  }

  /// An absolute path without `.`, `..` and empty components.
  static func normalised(_ path: [UInt8]) -> [UInt8] {
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.reduce(into: []) { $0 += [UInt8(ascii: "/")] + $1 }
  }

  // MARK: Borrowed objects

  private static let alternateDepth = 5
  private static let alternateLimit = 100

  /// `objects`, and the folders that it borrows from, each once.
  func objectFolders(_ tell: (GitFault) -> Void) -> [GitFolder] {
    var folders: [GitFolder] = []
    var known: Set<Identity> = []
    var waiting: [(GitFolder, Int)] = []
    do throws(GitFault) {
      guard let own = try common.folder("objects") else { throw GitFault(.vanished, path: common.shown("objects")) }
      waiting = [(own, 0)]
    } catch { tell(error) }
    while let (folder, depth) = waiting.popLast() {
      do throws(GitFault) {
        let facts = try folder.facts()
        guard known.insert(Identity(device: facts.device, inode: facts.inode)).inserted else { continue }
        folders.append(folder)
        waiting += try alternates(of: folder, depth: depth, tell).map { ($0, depth + 1) }
      } catch { tell(error) }
    }
    return folders
  }

  private func alternates(of folder: GitFolder, depth: Int, _ tell: (GitFault) -> Void) throws(GitFault) -> [GitFolder]
  {
    let file = "info/alternates"
    guard let list = try folder.bytes(of: file, limit: 1 << 20) else { return [] }
    let lines = list.split(separator: 0x0A).filter { $0.first != UInt8(ascii: "#") }
    guard depth < Self.alternateDepth, lines.count <= Self.alternateLimit else {
      throw GitFault(.tooMany, ["\(Self.alternateDepth)"], path: folder.shown(file))
    }
    var found: [GitFolder] = []
    for line in lines {
      do throws(GitFault) {
        found.append(try Self.elsewhere(Array(line), from: folder, file: folder.shown(file), opening))
      } catch { tell(error) }
    }
    return found
  }
}
