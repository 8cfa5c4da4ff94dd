// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

/// The open folders below which traces may be read.
public struct TraceRoots: Sendable {
  public struct Root: Sendable {
    /// Absolute, without links.
    public let path: String
    /// Stays open as long as it is used here.
    public let descriptor: Int32

    public init(path: String, descriptor: Int32) {
      self.path = path
      self.descriptor = descriptor
    }
  }

  private let roots: [Root]

  public init(_ roots: [Root]) {
    // The longest first: the nearest root is the one that a path is opened from.
    self.roots = roots.sorted { $0.path.utf8.count > $1.path.utf8.count }
  }

  /// The nearest root above `path`, and the rest of the way; nil where none is.
  func root(of path: String) -> (root: Root, rest: String)? {
    for root in roots {
      if path == root.path { return (root, "") }
      let start = root.path == "/" ? "/" : root.path + "/"
      if path.utf8.starts(with: start.utf8) {
        return (root, String(decoding: path.utf8.dropFirst(start.utf8.count), as: UTF8.self))
      }
    }
    return nil
  }
}
