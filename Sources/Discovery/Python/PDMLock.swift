// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads PDM's lockfile, `pdm.lock` of the versions 0.1, 2, 3 and 4.x.
///
/// - A package with extras has an entry of its own for each set of them; it is told once, and asks for what they all ask for.
/// - What nobody in the file asks for is taken to be asked for by the project: the file does not say.
/// - A folder is no package of a registry; an archive on this machine is a package, with its source.
/// - Source: https://pdm-project.org/en/latest/usage/lockfile/, and lockfiles that versions 0.1 to 2.29 have written (read 2026-11-25)
public enum PDMLock: Extractor {
  public static let id = "python/pdm-lock"
  public static let files: [FilePattern] = [.name("pdm.lock")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    try PythonLockReader<Format>.read(file, into: &extraction)
  }

  struct Format: PythonLockFormat {
    static let entries = ["package"]
    private var version = PythonLockVersion()
    private var hasHash = false

    mutating func read(
      _ leaf: TOMLLeafReader.Leaf, at path: [String], line: Int, into entries: inout PythonLockEntries
    ) {
      guard path.count == 2, path[0] == "metadata" else { return }
      if path[1] == "lock_version" { version.read(leaf, line: line) }
      if path[1] == "content_hash", case .string = leaf { hasHash = true }
    }

    func read(
      _ leaf: TOMLLeafReader.Leaf, at path: ArraySlice<String>, line: Int, into entry: inout PythonLockEntry
    ) {
      guard let field = path.first else { return }
      switch (field, leaf) {
      case ("marker", .string): entry.isOptional = true
      case ("extras", .string): entry.isExtra = true
      // What a package is comes before what it is for, which is never left out.
      case ("summary", _), ("files", _): entry.isWhole = true
      case ("dependencies", _): readDependency(leaf, path, line, into: &entry)
      case (_, .string(let text)): if path.count == 1 { entry.source[field] = text.string }
      default: break
      }
    }

    /// `"a>=1"` in an array, or before version 2 `a = ">=1"` in a table.
    private func readDependency(
      _ leaf: TOMLLeafReader.Leaf, _ path: ArraySlice<String>, _ line: Int, into entry: inout PythonLockEntry
    ) {
      switch (leaf, path.count) {
      case (.string(let text), 1): entry.requests.append(.init(specifier: text.string, line: line))
      case (.string(let text), 2): entry.requests.append(.init(specifier: (path.last ?? "") + text.string, line: line))
      case (.table, 2):
        entry.requests.append(.init(name: PyPIName.normalised(path.last ?? ""), isOptional: true, line: line))
      default: break
      }
    }

    func isUseless(_ path: ArraySlice<String>) -> Bool {
      path.first == "files"
    }

    func origin(of entry: PythonLockEntry) -> PythonLockEntry.Origin? {
      for system in PythonRepository.systems {
        guard let address = entry.source[system] else { continue }
        return .repository(system, address, commit: entry.source["revision"] ?? entry.source["ref"])
      }
      if let address = entry.source["url"] { return .address(address) }
      return entry.source["path"].map { .path($0) } ?? .registry
    }

    func finish(_ end: PythonLockEnd, _ extraction: inout Extraction) {
      version.noteUnlessKnown(0...4, end, &extraction)
      extraction.isRightlyEmpty = hasHash && end.isEmpty(extraction)
      guard !end.isBroken else { return }
      if let missing = end.entries.firstMissing {
        extraction.note(.truncated, [missing.name], line: missing.line)
      } else if !hasHash || end.last?.isWhole == false {
        extraction.note(.truncated, line: end.last?.line)
      }
    }
  }
}
