// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Inventory
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An open folder of a repository, below which files are opened without following a link.
final class GitFolder {
  private let descriptor: Descriptor
  /// Below the repository's own folder, for faults; empty for that folder itself.
  let path: String

  init(_ descriptor: consuming Descriptor, path: String = "") {
    self.descriptor = descriptor
    self.path = path
  }

  func shown(_ name: String) -> String { path.isEmpty ? name : path + "/" + name }

  /// Absolute; nil where the system does not tell.
  var absolutePath: [UInt8]? { SafeOpening.path(of: descriptor.number) }

  func facts() throws(GitFault) -> SafeOpening.Facts {
    do throws(SystemError) { return try SafeOpening.facts(of: descriptor.number) } catch {
      throw GitFault(error, path: path)
    }
  }

  /// An open regular file.
  struct OpenFile: ~Copyable {
    private let descriptor: Descriptor
    let size: Int
    let inode: UInt64

    fileprivate init(_ descriptor: consuming Descriptor, size: Int, inode: UInt64) {
      self.descriptor = descriptor
      self.size = size
      self.inode = inode
    }

    /// Valid as long as this value lives.
    var number: Int32 { descriptor.number }

    /// A copy of the number, which the caller is to close.
    func keepOpen() -> Int32 { fcntl(number, F_DUPFD_CLOEXEC, 0) }
  }

  /// Opens the regular file `name`, which may have folders before it.
  func file(_ name: String) throws(GitFault) -> OpenFile {
    do throws(SystemError) {
      let open = try SafeOpening.file(name, below: descriptor.number)
      let facts = try open.whileOpen { number throws(SystemError) in try SafeOpening.facts(of: number) }
      if facts.kind == .file { return OpenFile(open, size: facts.size, inode: facts.inode) }
    } catch { throw fault(error, name) }
    throw GitFault(.notAFile, [try kind(of: name)?.rawValue ?? ""], path: shown(name))
  }

  /// The whole file; nil where there is none.
  func bytes(of name: String, limit: Int) throws(GitFault) -> [UInt8]? {
    guard let file = try absentAsNil({ () throws(GitFault) in try file(name) }) else { return nil }
    guard file.size <= limit else { throw GitFault(.tooBig, ["\(file.size)", "\(limit)"], path: shown(name)) }
    return try read(file, name)
  }

  private func read(_ file: borrowing OpenFile, _ name: String) throws(GitFault) -> [UInt8] {
    var failure = 0
    let number = file.number
    // One byte more, so that a file that grew meanwhile shows.
    let result = [UInt8](unsafeUninitializedCapacity: file.size + 1) { buffer, count in
      while count < buffer.count, let base = buffer.baseAddress {
        let got = gifthorse_read_at(number, base + count, buffer.count - count, Int64(count))
        if got <= 0 {
          failure = got
          break
        }
        count += got
      }
    }
    guard failure >= 0 else {
      throw GitFault(SystemError(code: Int32(truncatingIfNeeded: -failure)), path: shown(name))
    }
    return result
  }

  /// The folder `name`, which may have folders before it; nil where there is none.
  func folder(_ name: String) throws(GitFault) -> GitFolder? {
    do throws(SystemError) {
      return GitFolder(try SafeOpening.folder(name, below: descriptor.number), path: shown(name))
    } catch {
      if error.isAbsence, linkTarget(name) == nil { return nil }
      throw fault(error, name)
    }
  }

  /// What is there, a link not followed; nil for nothing.
  func kind(of name: String) throws(GitFault) -> SafeOpening.Facts.Kind? {
    do throws(SystemError) { return try SafeOpening.facts(of: name, in: descriptor.number).kind } catch {
      if error.isAbsence { return nil }
      throw fault(error, name)
    }
  }

  /// Where the link `name` leads; nil where it is none.
  func linkTarget(_ name: String) -> [UInt8]? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let length = readlinkat(descriptor.number, name, base, buffer.count)
      guard length > 0, length < buffer.count else { return nil }
      return buffer[..<length].map { UInt8(bitPattern: $0) }
    }
  }

  struct Entry {
    let name: String
    let kind: SafeOpening.Facts.Kind
    /// False where the name is no UTF-8: it is then shown repaired, and cannot be opened by it.
    let isText: Bool
  }

  /// What the folder holds, in the order of names.
  func entries(limit: Int) throws(GitFault) -> [Entry] {
    var entries: [Entry] = []
    for (name, isText) in try names(limit: limit).sorted(by: { $0.0 < $1.0 }) {
      if let kind = isText ? try kind(of: name) : .file {
        entries.append(Entry(name: name, kind: kind, isText: isText))
      }
    }
    return entries
  }

  private func names(limit: Int) throws(GitFault) -> [(String, Bool)] {
    let copy = gifthorse_openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY)
    guard copy >= 0 else { throw GitFault(SystemError(code: -copy), path: path) }
    guard let stream = fdopendir(copy) else {
      close(copy)
      throw GitFault(.unreadable, ["fdopendir"], path: path)
    }
    defer { closedir(stream) }
    var names: [(String, Bool)] = []
    errno = 0
    while let entry = readdir(stream) {
      let (name, isText) = withUnsafePointer(to: &entry.pointee.d_name) {
        let text = UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
        return (String(cString: text), String(validatingCString: text) != nil)
      }
      if name == "." || name == ".." { continue }
      guard names.count < limit else { throw GitFault(.tooMany, ["\(limit)"], path: path) }
      names.append((name, isText))
      errno = 0
    }
    guard errno == 0 else { throw GitFault(SystemError(code: errno), path: path) }
    return names
  }

  private func fault(_ error: SystemError, _ name: String) -> GitFault {
    if let target = linkTarget(name) {
      return GitFault(.linkLeadsOut, [String(decoding: target, as: UTF8.self)], path: shown(name))
    }
    return GitFault(error, path: shown(name))
  }
}

/// nil where what was to be opened is not there.
func absentAsNil<Result: ~Copyable>(_ body: () throws(GitFault) -> Result) throws(GitFault) -> Result? {
  do throws(GitFault) { return try body() } catch {
    if error.reason == .vanished { return nil }
    throw error
  }
}
