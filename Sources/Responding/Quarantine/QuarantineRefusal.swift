// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Something that was not moved, and why.
public struct QuarantineRefusal: Hashable, Sendable {
  /// Stable, kebab-case: part of the JSON contract.
  public enum Code: String, CaseIterable, Sendable {
    /// Nothing is there any more.
    case notThere = "not-there"
    /// It is not what it was when it was looked at: another file, other contents, another mode.
    case changed
    /// It is, or holds, a mounted file system.
    case mountPoint = "mount-point"
    /// It lies on another file system than the quarantine. Nothing is copied.
    case otherFileSystem = "other-file-system"
    /// It holds more entries than the limit. Arguments: the limit.
    case tooMany = "too-many"
    /// Something stands where it would go.
    case occupied
    /// A symbolic link stands on the way to it.
    case linkOnTheWay = "link-on-the-way"
    /// The folder that it goes to is not there.
    case folderMissing = "folder-missing"
    /// The file system may only be read.
    case readOnly = "read-only"
    case permissionDenied = "permission-denied"
    case noSpace = "no-space"
    /// This system or file system cannot rename without replacing.
    case notSupported = "not-supported"
    /// It is no package's folder, no cache's entry and no file of an installer.
    case notMovable = "not-movable"
    /// Nothing lists the files of this package: its own installer has to remove it.
    case noFileList = "no-file-list"
    /// The package's notes list a file outside of its environment's packages, which stays. Arguments: the path as it is listed.
    case leftBehind = "left-behind"
    /// It is the scanned folder itself, or holds it: a folder around it has to be named.
    case isRoot = "is-root"
    /// Between the scanned folder and the thing there is no folder for a quarantine that this user may write, and in which no package is
    /// looked for.
    case noPlace = "no-place"
    /// What is called like a quarantine is none, or may not be used. Arguments: a code of ``QuarantineFault``, and a detail.
    case quarantineUnusable = "quarantine-unusable"
    /// Another run is at work on the same folder.
    case busy
    /// Arguments: the errno name.
    case system
  }

  /// As it is shown.
  public var path: String
  public var code: Code
  public var arguments: [String]

  public init(path: String, _ code: Code, _ arguments: [String] = []) {
    self.path = path
    self.code = code
    self.arguments = arguments
  }

  init(path: String, _ cause: Cause) {
    self.init(path: path, cause.code, cause.arguments)
  }

  /// A refusal before it is known of what.
  struct Cause: Error {
    let code: Code
    let arguments: [String]

    init(_ code: Code, _ arguments: [String] = []) {
      self.code = code
      self.arguments = arguments
    }

    init(_ fault: QuarantineFault) {
      self.init(.quarantineUnusable, [fault.code.rawValue] + (fault.argument.isEmpty ? [] : [fault.argument]))
    }

    init(_ error: SystemError) {
      switch error.code {
      case ENOENT: self.init(.notThere)
      case EEXIST, ENOTEMPTY: self.init(.occupied)
      case EXDEV: self.init(.otherFileSystem)
      case ELOOP, ENOTDIR: self.init(.linkOnTheWay)
      case EROFS: self.init(.readOnly)
      case EACCES, EPERM: self.init(.permissionDenied)
      case ENOSPC, EDQUOT: self.init(.noSpace)
      case EINVAL, ENOSYS: self.init(.notSupported)
      case EBUSY: self.init(.mountPoint)
      case EWOULDBLOCK: self.init(.busy)
      default: self.init(.system, [error.name])
      }
    }

    static func wrap<Result: ~Copyable>(_ body: () throws(SystemError) -> Result) throws(Cause) -> Result {
      do throws(SystemError) {
        return try body()
      } catch {
        throw Cause(error)
      }
    }
  }
}
