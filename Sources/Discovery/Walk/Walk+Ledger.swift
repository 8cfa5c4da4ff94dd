// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// What could not be read, and what is left out by rule.
extension Walk {
  /// Tells that `name` in `folder` (empty: the folder itself) could not be opened. In a place that is only searched for signs, what is missing
  /// is nothing to tell, and what belongs to others is listed.
  func note(_ error: SystemError, _ folder: Folder, _ name: [UInt8]) {
    guard !folder.place.isForSigns || !(error.isPermission || error.isAbsence || error.isLink) else {
      return error.isPermission ? skip(folder, name, .placeOfOthers, []) : ()
    }
    if error.isPermission {
      note(.permissionDenied, folder, name)
    } else if error.isAbsence || error.isLink {
      note(.vanished, folder, name)
    } else {
      note(.unreadable, folder, name, [error.name])
    }
  }

  /// Tells that `name` in `folder` was not read.
  func note(
    _ reason: Coverage.Reason, _ folder: Folder, _ name: [UInt8], _ arguments: [String] = []
  ) {
    let path = folder.place.shown(folder.path, name)
    sink.receive(Coverage.Problem(path: path, reason: reason, arguments: arguments))
  }

  /// Lists `name` in `folder` as left out by rule.
  func skip(
    _ folder: Folder, _ name: [UInt8], _ reason: Coverage.SkipReason, _ arguments: [String]
  ) {
    let path = folder.place.shown(folder.path, name)
    sink.receive(Coverage.Skip(path: path, reason: reason, arguments: arguments))
  }
}
