// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The checkout that the tests run in.
public enum Repository {
  /// The folder that holds `Package.swift`, found from this file's own place, so that it does not depend on the current folder.
  public static let root: URL = {
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  public static var fixtures: URL { root.appending(path: "Fixtures", directoryHint: .isDirectory) }

  /// The bytes of the file at `path` below `Fixtures/`.
  public static func fixture(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: fixtures.appending(path: path)))
  }

  /// The folders directly in `folder`, sorted by name; none where it does not exist.
  public static func folders(in folder: URL) -> [URL] {
    entries(of: folder).filter { isFolder($0) }
  }

  /// All regular files below `folder`, sorted; none where it does not exist.
  public static func files(below folder: URL) -> [URL] {
    entries(of: folder).flatMap { isFolder($0) ? files(below: $0) : [$0] }
  }

  /// The way from `folder` to `file`, which lies below it: `a/b.json`.
  public static func path(of file: URL, below folder: URL) -> String {
    let (whole, prefix) = (file.pathComponents, folder.pathComponents)
    precondition(whole.starts(with: prefix), "the file lies elsewhere")
    return whole.dropFirst(prefix.count).joined(separator: "/")
  }

  private static func entries(of folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appending(path: $0) }
  }

  private static func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
  }
}
