// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Tells the package in an egg that was left packed, by the name of its file: what it holds is not read, and that is listed.
///
/// - Source: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html (read 2026-11-25)
public enum EggArchive: Extractor {
  public static let id = "python/egg"
  public static let files: [FilePattern] = [.ending(".egg", outside: [])]
  public static let role = FileRole.manifest
  public static let isBinary = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard file.text.starts(with: "PK\u{3}\u{4}") else { throw ParseError(.invalidHeader, at: 0) }
    extraction.skip(.packageArchive)
    let named = PythonMetadataName(file.place.name)
    guard !named.isLeftover else { return extraction.note(.missingName) }
    if named.version == nil { extraction.note(.missingVersion) }
    extraction.add(
      ExtractedPackage(
        ecosystem: .pypi, name: PyPIName.normalised(named.name), version: named.version,
        kind: file.place.isInPythonFolder ? .installed : .archived, confidence: .partial))
  }
}
