// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery

/// Folders that stay open after the program has confined itself: what is read in them by name, and not walked.
final class OpenFolders {
  private let roots: [Root]

  /// A class, for a list cannot hold what is not copied.
  private final class Root {
    let root: ScanRoot

    init(_ root: consuming ScanRoot) { self.root = root }
  }

  /// One that is not there, or may not be entered, is left out: whoever asks for it says so.
  init(_ paths: [String]) {
    roots = paths.compactMap { path in try? Root(ScanRoot(path: path)) }
  }

  var descriptors: [Int32] { roots.map { $0.root.folder.number } }

  /// Each with its absolute path, without links.
  var places: [(path: String, descriptor: Int32)] {
    roots.map { ($0.root.realPath, $0.root.folder.number) }
  }
}
