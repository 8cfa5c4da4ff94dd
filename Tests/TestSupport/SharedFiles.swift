// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Public records and test suites that lie beside the checkout on some machines, and are no part of it.
///
/// Tests that use them are skipped, and say so, where they are not: `.enabled(if: SharedFiles.file("…") != nil, "…")`.
public enum SharedFiles {
  /// `GIFTHORSE_SHARED` in the environment, or `../shared` beside the checkout; nil where neither exists.
  public static let root: URL? = {
    let named = ProcessInfo.processInfo.environment["GIFTHORSE_SHARED"].map { URL(filePath: $0) }
    let folder = named ?? Repository.root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// The file at `path` below the shared data; nil where it does not exist.
  public static func file(_ path: String) -> URL? {
    guard let file = root?.appending(path: "data").appending(path: path) else { return nil }
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  /// A folder with what the archive at `path` holds; nil where there is none, or where it cannot be unpacked.
  public static func unpacked(_ path: String) -> TemporaryFolder? {
    guard let archive = file(path), let folder = try? TemporaryFolder() else { return nil }
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = ["tar", "-xzf", archive.path, "-C", folder.path]
    guard (try? tar.run()) != nil else { return nil }
    tar.waitUntilExit()
    return tar.terminationStatus == 0 ? folder : nil
  }
}
