// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Inventory

/// Why something of a repository could not be read.
public struct GitFault: Error, Hashable, Sendable {
  public let reason: Coverage.Reason
  /// As ``Coverage/Problem/arguments``.
  public let arguments: [String]
  /// The file, below the repository's own folder, or absolute where it lies elsewhere; empty for the repository itself.
  public let path: String

  init(_ reason: Coverage.Reason, _ arguments: [String] = [], path: String = "") {
    self.reason = reason
    self.arguments = arguments
    self.path = path
  }

  /// What the system said of `path`.
  init(_ error: SystemError, path: String) {
    let reason: Coverage.Reason =
      error.isPermission ? .permissionDenied : error.isAbsence ? .vanished : .unreadable
    self.init(reason, reason == .unreadable ? [error.name] : [], path: path)
  }

  /// The same of a file, where the fault did not know of which.
  func of(_ path: String) -> GitFault {
    self.path.isEmpty ? GitFault(reason, arguments, path: path) : self
  }

  /// An object that no pack and no folder holds.
  static let missing = GitFault(.gitObjectsMissing)
}
