// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads uv's lockfile, `uv.lock` of version 1 with any revision, and the one that lies beside a script: `script.py.lock`.
///
/// - Entries whose source is a folder (`virtual`, `editable`, `directory`) are the project, its members and projects beside it; what they ask
///   for the project asks for. A wheel or an archive on this machine (`path`) is a package, with its source.
/// - Versions of one package that stand side by side are all told.
/// - Everything that is asked for has an entry, whatever its marker, so a file in which something is missing was cut.
/// - Source: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile, and lockfiles that versions 0.2 to 0.13 have written
///   (read 2026-11-25)
public enum UVLock: Extractor {
  public static let id = "python/uv-lock"
  public static let files: [FilePattern] = [.name("uv.lock"), .ending(".py.lock", outside: [])]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    try PythonLockReader<Format>.read(file, into: &extraction)
  }

  struct Format: PythonLockFormat {
    /// The first releases called them distributions.
    static let entries = ["package", "distribution"]
    private static let folders = ["virtual", "editable", "directory"]
    private var version = PythonLockVersion()

    mutating func read(
      _ leaf: TOMLLeafReader.Leaf, at path: [String], line: Int, into entries: inout PythonLockEntries
    ) {
      if path == ["version"] { return version.read(leaf, line: line) }
      // What a script asks for, or a workspace whose root is no project.
      guard path.count >= 3, path[0] == "manifest", path[1] == "requirements" || path[1] == "dependency-groups",
        path.last == "name", case .string(let text) = leaf
      else { return }
      entries.add(.init(name: PyPIName.normalised(text.string), isOptional: true, line: line))
    }

    func read(
      _ leaf: TOMLLeafReader.Leaf, at path: ArraySlice<String>, line: Int, into entry: inout PythonLockEntry
    ) {
      switch path.first {
      case "source": readSource(leaf, path, into: &entry)
      case "resolution-markers": entry.isOptional = true
      case "sdist", "wheels", "wheel", "metadata": entry.isWhole = true
      case "dependencies": entry.readRequest(leaf, field: Self.field(in: path, behind: 1), line: line)
      case "optional-dependencies", "dev-dependencies":
        if path.count > 1 { entry.readRequest(leaf, field: Self.field(in: path, behind: 2), line: line) }
      default: break
      }
    }

    private static func field(in path: ArraySlice<String>, behind count: Int) -> String? {
      path.count > count ? path.last : nil
    }

    /// `{ registry = "https://…" }`, or in the first releases `"registry+https://…"`.
    private func readSource(_ leaf: TOMLLeafReader.Leaf, _ path: ArraySlice<String>, into entry: inout PythonLockEntry)
    {
      guard case .string(let text) = leaf else { return }
      if path.count == 2, let kind = path.last {
        entry.source[kind] = text.string
      } else if let plus = text.string.utf8.firstIndex(of: UInt8(ascii: "+")) {
        let source = text.string
        entry.source[String(source[..<plus])] = String(source[source.utf8.index(after: plus)...])
      }
    }

    func isUseless(_ path: ArraySlice<String>) -> Bool {
      path.first == "wheels" || path.first == "metadata"
    }

    func origin(of entry: PythonLockEntry) -> PythonLockEntry.Origin? {
      if entry.source["registry"] != nil { return .registry }
      for kind in Self.folders {
        if let folder = entry.source[kind] { return .folder(folder) }
      }
      if let path = entry.source["path"] { return .file(path) }
      if let address = entry.source["git"] { return Self.repository(address) }
      return (entry.source["url"] ?? entry.source["direct"]).map { .address($0) }
    }

    /// `https://host/a?rev=main#0123abcd`: what was asked for, and the commit that it was.
    private static func repository(_ text: String) -> PythonLockEntry.Origin {
      let hash = text.utf8.lastIndex(of: UInt8(ascii: "#"))
      let address = text[
        ..<(text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex)]
      return .repository("git", String(address), commit: hash.map { String(text[text.utf8.index(after: $0)...]) })
    }

    func finish(_ end: PythonLockEnd, _ extraction: inout Extraction) {
      version.noteUnlessKnown(1...1, end, &extraction)
      guard !end.isBroken else { return }
      if let missing = end.entries.firstMissing {
        extraction.note(.truncated, [missing.name], line: missing.line)
      } else if let last = end.last, !last.isWhole, last.source["registry"] != nil || last.source.isEmpty {
        extraction.note(.truncated, line: last.line)
      } else {
        // Without the project's own entry an empty file is as likely to be the first lines of another one.
        extraction.isRightlyEmpty = extraction.packages.isEmpty && end.entries.projects > 0
      }
    }
  }
}
