// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Tells by its name which extractor reads a file. It is asked for every file on the machine, so it looks at the length first.
struct FileClassifier: Sendable {
  private struct Name: Sendable {
    let bytes: [UInt8]
    /// The folder that must hold the file; nil for any.
    let folder: [UInt8]?
    let extractor: Int
  }

  private struct Affixes: Sendable {
    let prefix: [UInt8]
    let suffix: [UInt8]
    let extractor: Int
  }

  /// Indexed by length.
  private var names: [[Name]] = []
  private var affixes: [Affixes] = []

  init(_ extractors: [any Extractor.Type]) {
    for (index, extractor) in extractors.enumerated() {
      for file in extractor.files { add(file, extractor: index) }
    }
  }

  private mutating func add(_ file: FilePattern, extractor: Int) {
    switch file {
    case .name(let name): add(name, folder: nil, extractor: extractor)
    case .inFolder(let folder, let name): add(name, folder: folder, extractor: extractor)
    case .affixes(let prefix, let suffix):
      affixes.append(Affixes(prefix: Array(prefix.utf8), suffix: Array(suffix.utf8), extractor: extractor))
    }
  }

  private mutating func add(_ name: String, folder: String?, extractor: Int) {
    let bytes = Array(name.utf8)
    while names.count <= bytes.count { names.append([]) }
    names[bytes.count].append(Name(bytes: bytes, folder: folder.map { Array($0.utf8) }, extractor: extractor))
  }

  /// The number of the extractor that reads a file of this name in the folder at this path; nil if none does.
  /// - Complexity: O(length of the name).
  func extractor(for name: Bytes, inFolder folder: Bytes) -> Int? {
    if name.count < names.count {
      for candidate in names[name.count] where name.elementsEqual(candidate.bytes) {
        guard let wanted = candidate.folder else { return candidate.extractor }
        if Self.lastComponent(of: folder).elementsEqual(wanted) { return candidate.extractor }
      }
    }
    for candidate in affixes
    where name.count > candidate.prefix.count + candidate.suffix.count && name.starts(with: candidate.prefix)
      && name.suffix(candidate.suffix.count).elementsEqual(candidate.suffix)
    {
      return candidate.extractor
    }
    return nil
  }

  private static func lastComponent(of path: Bytes) -> Slice<Bytes> {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[(slash + 1)...]
  }
}
