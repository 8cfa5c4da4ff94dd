// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

/// Where things lie, for who acts on what a scan has found.
extension ScanRoots {
  /// A place below one of the roots.
  public struct Location: Hashable, Sendable {
    /// Which of the roots that are folders and are scanned.
    public let root: Int
    /// The way from there, as the file system spells it.
    public let path: [UInt8]

    public init(root: Int, path: [UInt8]) {
      self.root = root
      self.path = path
    }
  }

  /// The place that a sighting shows as `path`; nil where it lies below none of the roots, or names it in a spelling that is not the file
  /// system's (bytes that are no UTF-8).
  public func location(ofShown path: String) -> Location? {
    guard let (root, way) = position(of: path), !way.isEmpty, places[root].root.fileName == nil,
      !places[root].isForSigns
    else { return nil }
    return Location(root: root, path: way)
  }

  /// The root's open folder; valid as long as this value lives.
  public func descriptor(ofRoot root: Int) -> Int32 { places[root].root.folder.number }

  /// What lies at `path` below a root, as it is shown.
  public func shown(_ path: [UInt8], inRoot root: Int) -> String { places[root].shown(path, []) }

  /// The absolute path of a place, without links down to its root.
  public func realPath(of location: Location) -> String { places[location.root].real(location.path, []) }

  /// The root's absolute path without links, and without a slash at its end.
  public func realFolder(ofRoot root: Int) -> [UInt8] { places[root].realFolder }
}
