// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads Poetry's lockfile, `poetry.lock` of the versions 1.0, 1.1 and 2.x, and those without a version before them.
///
/// - What nobody in the file asks for is taken to be asked for by the project: the file does not say.
/// - A folder is no package of a registry; an archive on this machine is a package, with its source.
/// - `content-hash` comes after all packages, so a file without it was cut.
/// - Source: https://github.com/python-poetry/poetry/blob/2.2/src/poetry/packages/locker.py, and lockfiles that versions 0.12 to 2.5 have
///   written (read 2026-11-25)
public enum PoetryLock: Extractor {
  public static let id = "python/poetry-lock"
  public static let files: [FilePattern] = [.name("poetry.lock")]
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
      if path[1] == "lock-version" { version.read(leaf, line: line) }
      if path[1] == "content-hash", case .string = leaf { hasHash = true }
    }

    func read(
      _ leaf: TOMLLeafReader.Leaf, at path: ArraySlice<String>, line: Int, into entry: inout PythonLockEntry
    ) {
      switch (path.first, leaf) {
      case ("optional", .bool(true)): entry.isOptional = true
      // One for all groups, or a table of one for each.
      case ("markers", .string), ("marker", .string): entry.isOptional = true
      case ("source", .string(let text)):
        if path.count == 2, let field = path.last { entry.source[field] = text.string }
      case ("dependencies", _): readDependency(path, line, into: &entry)
      default: break
      }
    }

    /// `a = ">=1"`, `a = {version = ">=1", markers = "…"}`, or an array of such tables, which comes as one value for each.
    private func readDependency(_ path: ArraySlice<String>, _ line: Int, into entry: inout PythonLockEntry) {
      guard path.count == 2, let key = path.last else { return }
      let name = PyPIName.normalised(key)
      guard entry.requests.last?.name != name else { return }
      // Poetry also writes down what no interpreter of the project would need, and the project itself.
      entry.requests.append(.init(name: name, isOptional: true, line: line))
    }

    func isUseless(_ path: ArraySlice<String>) -> Bool {
      path.first == "files" || path.first == "extras"
    }

    func origin(of entry: PythonLockEntry) -> PythonLockEntry.Origin? {
      guard let type = entry.source["type"], let address = entry.source["url"] else {
        return entry.source.isEmpty ? .registry : nil
      }
      switch type {
      case "legacy": return .registry
      case "directory": return .folder(address)
      case "file": return .file(address)
      case "url": return .address(address)
      default:
        return .repository(type, address, commit: entry.source["resolved_reference"] ?? entry.source["reference"])
      }
    }

    func finish(_ end: PythonLockEnd, _ extraction: inout Extraction) {
      version.noteUnlessKnown(1...2, missing: 1, end, &extraction)
      if !hasHash, !end.isBroken { extraction.note(.truncated, line: end.last?.line) }
      extraction.isRightlyEmpty = hasHash && end.isEmpty(extraction)
    }
  }
}
