// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An open file or folder, closed when it goes out of scope.
public struct Descriptor: ~Copyable, Sendable {
  /// Valid as long as this value lives, which may end with its last use: where the number itself is passed on, use ``whileOpen(_:)``,
  /// unless something that outlives the call holds this value.
  public let number: Int32

  /// Takes over `number`, which nobody else may close.
  public init(owning number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Calls `body` with the number, and stays open until it returns.
  public borrowing func whileOpen<Result: ~Copyable, Failure: Error>(
    _ body: (Int32) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(number)
  }
}

/// Why a system call failed.
public struct SystemError: Error, Hashable, Sendable {
  /// The errno.
  public let code: Int32

  public init(code: Int32) {
    self.code = code
  }

  /// The symbolic name, where it is one that opening, reading and writing files gives: `EACCES`.
  public var name: String {
    switch code {
    case EACCES: "EACCES"
    case EPERM: "EPERM"
    case ENOENT: "ENOENT"
    case ENOTDIR: "ENOTDIR"
    case EISDIR: "EISDIR"
    case ELOOP: "ELOOP"
    case EMFILE: "EMFILE"
    case ENFILE: "ENFILE"
    case ENOMEM: "ENOMEM"
    case ENOSPC: "ENOSPC"
    case EROFS: "EROFS"
    case EIO: "EIO"
    case ENXIO: "ENXIO"
    case ENODEV: "ENODEV"
    case ESTALE: "ESTALE"
    case ETIMEDOUT: "ETIMEDOUT"
    case ENAMETOOLONG: "ENAMETOOLONG"
    case EXDEV: "EXDEV"
    case EINVAL: "EINVAL"
    case ENOTCONN: "ENOTCONN"
    case ENOSPC: "ENOSPC"
    case EROFS: "EROFS"
    case EFBIG: "EFBIG"
    default: "errno \(code)"
    }
  }

  public var isPermission: Bool { code == EACCES || code == EPERM }
  public var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
  /// The last component, or one on the way, is a symbolic link where none may be.
  public var isLink: Bool { code == ELOOP }
}
