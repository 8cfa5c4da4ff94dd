// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Where Python's things lie.
extension FilePlace {
  private static let folderNames: Set<String> = ["site-packages", "dist-packages"]

  /// The names of the folders in which Python looks for installed packages.
  static let pythonFolders = ["site-packages", "dist-packages"]

  /// Whether the file lies somewhere below a folder in which Python looks for installed packages.
  var isInPythonFolder: Bool { folders.contains { Self.folderNames.contains($0) } }

  /// Whether the file belongs to something that was installed or put away, so that what it asks for is nobody's project's wish.
  var isOfInstalledPython: Bool { isInPythonFolder || foldersBelowNodeModules != nil || isInCache }

  /// The folder that holds this file's folder: `site-packages` for `site-packages/six-1.0.dist-info/METADATA`.
  var folderAround: String? { folders.dropLast().last }

  /// Installed, or only put away: below conda's `pkgs`, and in a folder for caches unless it is a whole environment there (poetry's,
  /// pre-commit's and uv's lie in one).
  var pythonKind: Sighting.Kind {
    guard let packages = folders.lastIndex(where: { Self.folderNames.contains($0) }) else {
      return isInCache ? .cached : .installed
    }
    if folders[..<packages].contains("pkgs") { return .cached }
    let around = packages > 0 ? folders[packages - 1] : ""
    let isEnvironment = around.hasPrefix("python") || around.hasPrefix("pypy") || around == "Lib"
    return isInCache && !isEnvironment ? .cached : .installed
  }
}
