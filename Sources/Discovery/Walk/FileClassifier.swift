// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Tells by its name which extractor reads a file. It is asked for every file on the machine, so it looks at the length first, and at the
/// last byte.
struct FileClassifier: Sendable {
  /// What must hold of the folder.
  private enum Folder {
    case any
    case named([UInt8])
    case ending([UInt8])
    /// No folder on the way has one of these names.
    case outside([[UInt8]])
  }

  private struct Name: Sendable {
    let bytes: [UInt8]
    let folder: Folder
    let extractor: Int
  }

  private struct Affixes: Sendable {
    let prefix: [UInt8]
    let suffix: [UInt8]
    let folder: Folder
    let extractor: Int
  }

  /// Indexed by length.
  private var names: [[Name]] = []
  private var filter = NameFilter()
  /// Indexed by the last byte.
  private var affixes = [[Affixes]](repeating: [], count: 256)
  /// Whether there are any for this last byte.
  private var hasAffixes = [Bool](repeating: false, count: 256)

  init(_ extractors: [any Extractor.Type]) {
    for (index, extractor) in extractors.enumerated() {
      for file in extractor.files { add(file, extractor: index) }
    }
  }

  private mutating func add(_ file: FilePattern, extractor: Int) {
    switch file {
    case .name(let name): add(name, .any, extractor)
    case .inFolder(let folder, let name): add(name, .named(Array(folder.utf8)), extractor)
    case .inFolderEnding(let ending, let name): add(name, .ending(Array(ending.utf8)), extractor)
    case .endingInFolder(let folder, let ending): add("", ending, .named(Array(folder.utf8)), extractor)
    case .affixes(let prefix, let suffix): add(prefix, suffix, .any, extractor)
    case .ending(let ending, let folders): add("", ending, .outside(folders.map { Array($0.utf8) }), extractor)
    }
  }

  private mutating func add(_ name: String, _ folder: Folder, _ extractor: Int) {
    let bytes = Array(name.utf8)
    filter.add(bytes)
    while names.count <= bytes.count { names.append([]) }
    names[bytes.count].append(Name(bytes: bytes, folder: folder, extractor: extractor))
  }

  private mutating func add(_ prefix: String, _ suffix: String, _ folder: Folder, _ extractor: Int) {
    let entry = Affixes(prefix: Array(prefix.utf8), suffix: Array(suffix.utf8), folder: folder, extractor: extractor)
    guard let last = entry.suffix.last else { preconditionFailure("a pattern without an ending") }
    affixes[Int(last)].append(entry)
    hasAffixes[Int(last)] = true
  }

  /// The number of the extractor that reads a file of this name; nil if none does.
  /// - Parameters:
  ///   - folder: The folder that holds it, below the root of the scan.
  ///   - root: The root's own real path.
  /// - Complexity: O(length of the name); of the path as well, for the few names that are read in some folders only.
  func extractor(for name: Bytes, inFolder folder: Bytes, of root: Bytes) -> Int? {
    wholeName(name, inFolder: folder, of: root) ?? affixed(name, inFolder: folder, of: root)
  }

  /// The same, for names that an extractor asks for as a whole: a folder that is called so is no folder anybody made for its own sake.
  func wholeName(_ name: Bytes, inFolder folder: Bytes, of root: Bytes) -> Int? {
    guard filter.mayHold(name), name.count < names.count else { return nil }
    return names[name.count].first { $0.bytes.elementsEqual(name) && Self.holds($0.folder, folder, root) }?.extractor
  }

  private func affixed(_ name: Bytes, inFolder folder: Bytes, of root: Bytes) -> Int? {
    guard let last = name.last, hasAffixes[Int(last)] else { return nil }
    return affixes[Int(last)].first {
      name.count > $0.prefix.count + $0.suffix.count && name.suffix($0.suffix.count).elementsEqual($0.suffix)
        && name.starts(with: $0.prefix) && Self.holds($0.folder, folder, root)
    }?.extractor
  }

  private static func holds(_ condition: Folder, _ folder: Bytes, _ root: Bytes) -> Bool {
    func last() -> Slice<Bytes> { lastComponent(of: folder.isEmpty ? root : folder) }
    switch condition {
    case .any: return true
    case .named(let name): return last().elementsEqual(name)
    case .ending(let ending): return last().count > ending.count && last().suffix(ending.count).elementsEqual(ending)
    case .outside(let names):
      return ![root, folder].contains { path in
        path.split(separator: UInt8(ascii: "/")).contains { part in names.contains { part.elementsEqual($0) } }
      }
    }
  }

  private static func lastComponent(of path: Bytes) -> Slice<Bytes> {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[(slash + 1)...]
  }
}
