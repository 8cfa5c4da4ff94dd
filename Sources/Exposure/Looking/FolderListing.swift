// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

/// The names in a folder.
enum FolderListing {
  /// - Returns: The names but `.` and `..`, sorted, and whether there are more than `most`.
  static func names(of folder: Int32, most: Int) throws(SystemError) -> (names: [[UInt8]], isCut: Bool) {
    // A descriptor of its own: reading moves a place that all copies of one share.
    let copy = try SafeOpening.folder([0], below: folder)
    let names = try copy.whileOpen { (copy) throws(SystemError) in try EntryReader().sortedNames(of: copy) }
    return (Array(names.prefix(most)), names.count > most)
  }
}
