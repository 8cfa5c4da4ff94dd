// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

/// The files that pin versions, by their names, wherever they come from: what a repository's history is searched for.
public struct LockfileNames: Sendable {
  private let known: [any Extractor.Type]
  private let classifier: FileClassifier

  /// Every lockfile; requirements pin versions as well, though they are no lockfiles by name.
  public init() {
    known = extractors.filter { $0.role == .lockfile || $0.id == Requirements.id || $0.id == CondaEnvironment.id }
    classifier = FileClassifier(known)
  }

  /// Whether a file of this name pins versions, in a folder of this path (without a slash at either end).
  /// - Complexity: O(length of the name) for nearly every name.
  public func hold(_ name: Bytes, in folder: Bytes) -> Bool {
    classifier.extractor(for: name, inFolder: folder, of: Bytes(start: nil, count: 0)) != nil
  }

  /// What a file holds; nil where its name is none of these.
  public func read(_ bytes: Bytes, path: String, limits: Limits) -> Reading.Outcome? {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = Array(path[..<(slash ?? path.startIndex)].utf8)
    let name = Array(path[(slash.map { path.utf8.index(after: $0) } ?? path.startIndex)...].utf8)
    let number = name.withUnsafeBufferPointer { name in
      folder.withUnsafeBufferPointer { classifier.extractor(for: name, inFolder: $0, of: Bytes(start: nil, count: 0)) }
    }
    guard let number else { return nil }
    return Reading.read(bytes, Reading.Request(extractor: known[number], place: FilePlace(path: path), limits: limits))
  }
}
