// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Whole entries of safe versions, as other lockfiles hold them: of this scan, and of the past.
///
/// An entry is only as good as all of it. A digest alone, as npm's cache has it, does not tell what a version depends on, so it is no
/// entry; a lockfile of the same format tells everything.
public struct KnownEntries: Sendable {
  /// Formats among which entries can be carried over as they are.
  public enum Format: String, CaseIterable, Sendable {
    case packageLock = "package-lock"
    case yarnClassic = "yarn-classic"
    case yarnBerry = "yarn-berry"
    case pnpm
    case bun
    case poetry
    case uv
    case pdm
    case pipfile
    case requirements
    case cargo
    case composer
    case gemfile
    case goSum = "go-sum"
  }

  /// One entry.
  struct Entry: Hashable, Sendable {
    /// As its format writes it: the lines, or the value.
    var text: [UInt8]
    /// What else has to agree where it is put: the format's generation, what its digests are made with.
    var generation = ""
    /// What it asks for: names, and ranges where the format has them.
    var dependencies: [Dependency] = []
    /// Another part of the file that belongs to it: pnpm's `packages` beside `snapshots`, poetry's old `[metadata.files]`.
    var companion: [UInt8] = []
  }

  struct Dependency: Hashable, Sendable {
    var name: String
    /// A range; for formats that have none, the version that the same file locks.
    var specifier: String
    var isRange = true
    var isOptional = false
  }

  private struct Key: Hashable {
    var format: Format
    var name: String
    var version: String
  }

  private var entries: [Key: [Entry]] = [:]

  public init() {}

  mutating func add(_ entry: Entry, _ format: Format, _ name: String, _ version: String) {
    let key = Key(format: format, name: name, version: version)
    guard entries[key]?.contains(entry) != true else { return }
    // More than a few ways to write one entry help nobody.
    guard entries[key, default: []].count < 8 else { return }
    entries[key, default: []].append(entry)
  }

  /// The entries of one version, in the order in which they were found; none where they disagree on its digest: one of the files that hold
  /// them was made to lead astray, and which one nothing here tells.
  func all(_ format: Format, _ pin: Pin) -> [Entry] {
    let found = entries[Key(format: format, name: pin.name, version: pin.safe)] ?? []
    guard Self.withOneArchive.contains(format) else { return found }
    let digests = Set(found.compactMap { Self.digest(in: $0.text) })
    return digests.count > 1 ? [] : found
  }

  /// Formats that pin one archive for a version: Python's pin one for each platform.
  private static let withOneArchive: Set<Format> = [.packageLock, .yarnClassic, .pnpm, .bun]

  /// The first `sha512-…` in an entry.
  private static func digest(in text: [UInt8]) -> [UInt8]? {
    let start = Array("sha512-".utf8)
    guard text.count > start.count else { return nil }
    for offset in 0...(text.count - start.count) where text[offset..<(offset + start.count)].elementsEqual(start) {
      return Array(
        text[offset...].prefix {
          $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}")
        })
    }
    return nil
  }
}
