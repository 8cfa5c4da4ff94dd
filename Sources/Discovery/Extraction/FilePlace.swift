// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Where a file lies, as far as its path tells what it is: the path's components, and where `node_modules` is among them.
public struct FilePlace: Sendable {
  /// The folders and the file's name, below the root of the scan and with the root's own absolute path before it, so that
  /// a scan of one package's folder sees the same place as a scan of the whole project.
  public let components: [String]

  /// - Parameter path: Absolute, or at least with all folders that matter.
  public init(path: String) {
    components = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  /// The file's own name.
  public var name: String { components.last ?? "" }

  /// The folders that hold the file, outermost first.
  public var folders: ArraySlice<String> { components.dropLast() }

  /// The folders between the innermost `node_modules` and the file: `["@scope", "tool", "lib"]`; nil outside of one.
  public var foldersBelowNodeModules: ArraySlice<String>? {
    guard let index = folders.lastIndex(of: "node_modules") else { return nil }
    return folders[(index + 1)...]
  }

  /// The name under which a package is installed, where this file lies directly in an installed package's own folder:
  /// a child of `node_modules` or of `node_modules/@scope`. A name that begins with a dot is no package.
  public var installedFolderName: String? {
    guard let below = foldersBelowNodeModules, let first = below.first, !first.hasPrefix(".") else { return nil }
    if first.hasPrefix("@") { return below.count == 2 ? below.joined(separator: "/") : nil }
    return below.count == 1 ? first : nil
  }

  /// Whether the file lies inside an installed package, where no package manager looks for it: in a package of `node_modules`, yet not directly
  /// in its folder; or in a folder of Python's site-packages that holds code and not the notes of an installation.
  public var isDeepInsideInstalledPackage: Bool {
    isDeepInsideNodePackage || isInsidePythonPackage
  }

  private var isInsidePythonPackage: Bool {
    guard let index = folders.lastIndex(where: { $0 == "site-packages" || $0 == "dist-packages" }) else { return false }
    guard let first = folders[(index + 1)...].first, let last = folders.last, !first.hasPrefix("~") else {
      return false
    }
    // What is copied into another package is installed with it.
    if last == "_vendor" || [".dist-info", ".egg-info"].contains(where: { last.hasSuffix($0) }) { return false }
    return ![".dist-info", ".egg-info", ".egg"].contains { first.hasSuffix($0) }
  }

  private var isDeepInsideNodePackage: Bool {
    guard let below = foldersBelowNodeModules, let first = below.first, !first.hasPrefix(".") else { return false }
    return below.count > (first.hasPrefix("@") ? 2 : 1)
  }

  /// Whether the file lies in a package manager's cache, where unpacked packages wait to be used: bun's, deno's, yarn's and what else keeps its
  /// things in a user's folder for caches.
  public var isInCache: Bool {
    if folders.contains(".cache") || folders.contains("Caches") || folders.contains("_cacache") { return true }
    return zip(folders, folders.dropFirst()).contains { $0 == "install" && $1 == "cache" }
  }

  /// Whether the file lies in a folder where a distribution installs node packages: `/usr/share/nodejs`, `/usr/lib/nodejs`.
  public var isInDistributionFolder: Bool {
    zip(folders, folders.dropFirst()).contains { ($0 == "share" || $0 == "lib") && $1 == "nodejs" }
  }
}
