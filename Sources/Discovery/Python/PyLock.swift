// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the lockfile that all of Python's package managers share, `pylock.toml` and `pylock.NAME.toml`, version 1.x.
///
/// - Few tools write down who asks for whom. What nobody in the file asks for is taken to be asked for by the project.
/// - A folder is no package of a registry. A repository or an archive is one, even where the file does not tell its version.
/// - Source: https://packaging.python.org/en/latest/specifications/pylock-toml/ (PEP 751, read 2026-11-25)
public enum PyLock: Extractor {
  public static let id = "python/pylock"
  public static let files: [FilePattern] = [.name("pylock.toml"), .affixes(prefix: "pylock.", suffix: ".toml")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    try PythonLockReader<Format>.read(file, into: &extraction)
  }

  struct Format: PythonLockFormat {
    static let entries = ["packages"]
    private var version = PythonLockVersion()

    mutating func read(
      _ leaf: TOMLLeafReader.Leaf, at path: [String], line: Int, into entries: inout PythonLockEntries
    ) {
      if path == ["lock-version"] { version.read(leaf, line: line) }
    }

    func read(
      _ leaf: TOMLLeafReader.Leaf, at path: ArraySlice<String>, line: Int, into entry: inout PythonLockEntry
    ) {
      switch (path.first, leaf) {
      case ("marker", .string): entry.isOptional = true
      case ("sdist", _), ("wheels", _): entry.isWhole = true
      case ("vcs", .string(let text)), ("archive", .string(let text)), ("directory", .string(let text)):
        entry.isWhole = true
        if path.count == 2 { entry.source[path.joined(separator: ".")] = text.string }
      case ("dependencies", _): entry.readRequest(leaf, field: path.count > 1 ? path.last : nil, line: line)
      case ("tool", .string(let text)):
        guard path.elementsEqual(["tool", "pdm", "dependencies"]) else { return }
        var request = PythonLockEntry.Request(specifier: text.string, line: line)
        // A tool's own words promise nothing about the rest of the file.
        request.isOptional = true
        entry.requests.append(request)
      default: break
      }
    }

    func isUseless(_ path: ArraySlice<String>) -> Bool {
      path.first == "wheels" || path.first == "attestation-identities"
    }

    func origin(of entry: PythonLockEntry) -> PythonLockEntry.Origin? {
      let source = entry.source
      if let address = source["vcs.url"] ?? source["vcs.path"] {
        return .repository(
          source["vcs.type"] ?? "git", address, commit: source["vcs.commit-id"] ?? source["vcs.requested-revision"])
      }
      if let address = source["archive.url"] { return .address(address) }
      if let path = source["archive.path"] { return .file(path) }
      return source["directory.path"].map { .folder($0) } ?? .registry
    }

    func finish(_ end: PythonLockEnd, _ extraction: inout Extraction) {
      version.noteUnlessKnown(1...1, end, &extraction)
      extraction.isRightlyEmpty = end.isEmpty(extraction)
      guard !end.isBroken else { return }
      if let missing = end.entries.firstMissing {
        extraction.note(.truncated, [missing.name], line: missing.line)
      }
    }
  }
}
