// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement

extension ScanRoots {
  /// Opens a file or a folder below one of the roots again, without following a link on the way.
  ///
  /// - Parameter shown: As ``FileSightings/path`` and its like have it.
  /// - Returns: nil for a path that lies below none of the roots.
  /// - Throws: ``SystemError`` where it cannot be opened any more.
  public func open(_ shown: String) throws(SystemError) -> Descriptor? {
    guard let (root, path) = position(of: shown) else { return nil }
    return try Self.open(path, below: places[root])
  }

  /// Where a shown path lies: the number of its root, and the way below that.
  public func position(of shown: String) -> (root: Int, path: [UInt8])? {
    for (number, place) in places.enumerated() {
      guard let (folder, name) = place.below(shown) else { continue }
      return (number, PathText.below(folder, name))
    }
    return nil
  }

  /// Calls `body` with each root that is a folder in which packages are looked for: what is open, and how it is shown.
  public func forEachFolder(_ body: (_ descriptor: Int32, _ title: String, _ realPath: String) -> Void) {
    for place in places where place.root.fileName == nil && !place.isForSigns {
      body(place.root.folder.number, place.root.title, place.root.realPath)
    }
  }

  private static func open(_ path: [UInt8], below place: ScanPlace) throws(SystemError) -> Descriptor {
    // A path out of a listing holds no zero byte.
    try SafeOpening.file(path.map { CChar(bitPattern: $0) } + [0], below: place.root.folder.number)
  }
}
