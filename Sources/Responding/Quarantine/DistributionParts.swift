// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery
internal import Inventory

/// What an installed Python package consists of, by its own list of files.
///
/// A folder directly in `site-packages` that no other package lists a file of is one part. Of one that is shared (a namespace, `__pycache__`)
/// the listed files are parts, one by one, unless another package lists them too. What lies outside of `site-packages` (a command in `bin`, a
/// manual) is not moved: by itself it only imports the package.
/// - Source: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ (read 2026-11-25)
struct DistributionParts {
  /// Below the root.
  private(set) var inside: [[UInt8]] = []
  /// As they are listed.
  private(set) var outside: [String] = []

  private static let mostBytes = 32 << 20

  /// - Parameter notes: The `.dist-info` folder, below the root.
  /// - Returns: nil where there is no list.
  init?(_ notes: [UInt8], below root: Int32) {
    let (packages, own) = notes.split
    guard let listed = Self.list(notes, below: root) else { return nil }
    var tops: [ArraySlice<UInt8>: [[UInt8]]] = [:]
    for path in listed {
      let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard QuarantinedItem.isInside(path), let top = parts.first else {
        outside.append(String(decoding: path, as: UTF8.self))
        continue
      }
      // Nobody's notes but its own are its part, whatever it lists.
      guard !top.elementsEqual(own), !Self.isNotes(top) else { continue }
      tops[top, default: []].append(path)
    }
    let others = Self.others(than: own, in: packages, listing: Set(tops.keys), below: root)
    for (top, paths) in tops {
      let isShared = top.elementsEqual("__pycache__".utf8) || others.tops.contains(top)
      let isFolder = paths.contains { $0.count > top.count }
      if isFolder, !isShared {
        inside.append(packages.appending(top))
      } else {
        inside += paths.filter { !others.paths.contains($0) }.map { packages.appending($0) }
      }
    }
  }

  private static func isNotes(_ name: ArraySlice<UInt8>) -> Bool {
    [".dist-info", ".egg-info"].contains { Array(name).hasSuffix($0) }
  }

  /// What the other packages beside it list below the same first folders.
  private static func others(
    than own: [UInt8], in packages: [UInt8], listing tops: Set<ArraySlice<UInt8>>, below root: Int32
  ) -> (tops: Set<ArraySlice<UInt8>>, paths: Set<[UInt8]>) {
    var names: [[UInt8]] = []
    _ = try? SafeOpening.folder(packages.terminated, below: root).whileOpen { (number) throws(SystemError) in
      try EntryReader().forEachEntry(of: number) { name, _, _ in
        if isNotes(Array(name)[...]), !name.elementsEqual(own) { names.append(Array(name)) }
      }
    }
    var found: (tops: Set<ArraySlice<UInt8>>, paths: Set<[UInt8]>) = ([], [])
    for name in names {
      let notes = packages.appending(name)
      for path in list(notes, below: root) ?? topLevel(notes, below: root) {
        let top = path.prefix { $0 != UInt8(ascii: "/") }
        guard tops.contains(top) else { continue }
        found.tops.insert(top)
        found.paths.insert(path)
      }
    }
    return found
  }

  // MARK: Lists

  /// The first field of each line: with quotes around it where it holds a comma or a quote, which is then doubled.
  private static func list(_ notes: [UInt8], below root: Int32) -> [[UInt8]]? {
    guard let bytes = content(notes.appending("RECORD".utf8), below: root) else { return nil }
    return bytes.split(separator: UInt8(ascii: "\n")).map(firstField).filter { !$0.isEmpty }
  }

  private static func topLevel(_ notes: [UInt8], below root: Int32) -> [[UInt8]] {
    let bytes = content(notes.appending("top_level.txt".utf8), below: root) ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).map { Array($0.prefix { $0 != UInt8(ascii: "\r") }) }
  }

  private static func firstField(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    guard line.first == quote else { return Array(line.prefix { $0 != comma && $0 != UInt8(ascii: "\r") }) }
    var field: [UInt8] = []
    var index = line.startIndex + 1
    while index < line.endIndex {
      if line[index] == quote {
        guard index + 1 < line.endIndex, line[index + 1] == quote else { break }
        index += 1
      }
      field.append(line[index])
      index += 1
    }
    return field
  }

  private static func content(_ path: [UInt8], below root: Int32) -> [UInt8]? {
    guard let file = try? SafeOpening.file(path.terminated, below: root) else { return nil }
    return file.whileOpen { number in
      guard let facts = try? SafeOpening.facts(of: number), facts.kind == .file else { return nil }
      let buffer = ReadBuffer()
      guard (try? buffer.fill(from: number, expected: facts.size, limit: mostBytes)) == true else { return nil }
      return Array(buffer.bytes)
    }
  }
}
