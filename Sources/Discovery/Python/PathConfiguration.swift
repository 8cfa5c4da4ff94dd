// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads `*.pth` where Python does, in `site-packages` and `dist-packages`.
///
/// - A line that begins with `import` is run each time Python starts, whatever else is imported: it is listed, unless it is one of those that
///   setuptools and virtualenv write, to the letter.
/// - `__editable__.name-1.0.pth` belongs to a project that is installed in place.
/// - Source: https://docs.python.org/3/library/site.html (read 2026-11-25)
public enum PathConfiguration: Extractor {
  public static let id = "python/pth"
  public static let files: [FilePattern] = FilePlace.pythonFolders.map { .endingInFolder($0, ending: ".pth") }
  /// May be empty, as a file that was only made to be there is.
  public static let role = FileRole.script
  /// Its bytes are taken as they are: what Python cannot decode it runs up to there.
  public static let isBinary = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard file.text.contains(where: { $0 != 0 && !$0.isBlank }) else { return }
    if file.text.count >= SourceFile.scriptBytes {
      extraction.note(.tooBig, ["\(file.text.count)", "\(SourceFile.scriptBytes)"])
    }
    var folder: String?
    for line in PythonLines(file.text) {
      let text = line.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? line.bytes.dropFirst(3) : line.bytes
      if isCode(text) {
        if !isWellKnown(text.trimmed) { extraction.skip(.startupCode, ["\(line.line)"]) }
      } else if text.first != UInt8(ascii: "#"), !text.trimmed.isEmpty {
        folder = folder ?? text.trimmed.string
      }
    }
    reportEditable(file.place, folder: folder, to: &extraction)
  }

  private static func isCode(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "import ".utf8) || line.starts(with: "import\t".utf8)
  }

  /// What setuptools and virtualenv write.
  private static func isWellKnown(_ line: ArraySlice<UInt8>) -> Bool {
    if line.elementsEqual("import _virtualenv".utf8) { return true }
    let isHook = [("local", ".add_shim()"), ("local", ""), ("stdlib", "")].contains { choice, call in
      line.elementsEqual(
        ("import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, '\(choice)') == 'local'; "
          + "enabled and __import__('_distutils_hack')\(call);").utf8)
    }
    return isHook || isEditableFinder(line)
  }

  /// `import __editable___name_1_0_finder; __editable___name_1_0_finder.install()`
  private static func isEditableFinder(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.dropFirst("import ".utf8.count).prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
    return name.string.hasPrefix("__editable___")
      && line.elementsEqual("import \(name.string); \(name.string).install()".utf8)
  }

  private static func reportEditable(_ place: FilePlace, folder: String?, to extraction: inout Extraction) {
    let prefix = "__editable__."
    guard place.name.hasPrefix(prefix) else { return }
    let named = PythonMetadataName(String(place.name.dropFirst(prefix.count).dropLast(".pth".count)))
    guard !named.isLeftover, named.version != nil else { return }
    extraction.add(
      ExtractedPackage(
        ecosystem: .pypi, name: PyPIName.normalised(named.name), version: named.version, kind: .installed,
        confidence: .partial, source: folder))
  }
}
