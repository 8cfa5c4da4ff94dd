// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what a `Pipfile` asks for: `[packages]`, `[dev-packages]`, and every other category.
///
/// - Source: https://pipenv.pypa.io/en/latest/pipfile.html (read 2026-11-25)
public enum Pipfile: Extractor {
  public static let id = "python/pipfile"
  public static let files: [FilePattern] = [.name("Pipfile")]
  public static let role = FileRole.manifest

  /// Tables that are no categories of packages.
  private static let others: Set<String> = ["source", "requires", "pipenv", "scripts", "pipfile"]

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isOfInstalledPython else { return }
    var reader = TOMLReader(file.text, depthLimit: file.limits.depth)
    var table: [String] = []
    var open: PythonEntry?
    defer { if let package = open?.package() { extraction.add(package) } }
    while let item = try reader.next() {
      guard extraction.packages.count < file.limits.entriesPerFile else {
        throw ParseError(.tooMany, at: reader.offset)
      }
      switch item {
      case .table(let key), .arrayElement(let key):
        if let package = open?.package() { extraction.add(package) }
        table = key.parts
        open = isEntry(table) ? PythonEntry(name: table[1], line: reader.line(at: key.offset)) : nil
      case .key(let key) where open != nil:
        try open?.readField(key.string, &reader)
      case .key(let key):
        let path = table + key.parts
        guard isEntry(path) else {
          try reader.skip()
          continue
        }
        for entry in try PythonEntry.read(path[1], line: reader.line(at: key.offset), &reader) {
          if let package = entry.package() { extraction.add(package) }
        }
      }
    }
  }

  private static func isEntry(_ path: [String]) -> Bool {
    path.count == 2 && !others.contains(path[0])
  }
}
