// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the older forms of an installed Python package's metadata.
///
/// - `PKG-INFO` in a `*.egg-info` folder, and a file called `*.egg-info` (distutils, Debian): exact in `site-packages` and
///   `dist-packages`, the only places where pip looks, and wherever pip noted beside it what it installed.
/// - `PKG-INFO` in the `EGG-INFO` folder of an unpacked egg.
/// - Elsewhere both belong to unpacked source code, be it somebody's own project or one installed in place: partial, since it says what
///   was there when the metadata were last made. In a source archive's own folder (`name-1.0`), whose `PKG-INFO` says the same, the
///   `*.egg-info` folder is passed over, so that one archive is told once.
/// - `*.egg-link` names a project that is installed in place: its version is told there.
/// - Source: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html (read 2026-11-25)
public enum EggInfo: Extractor {
  public static let id = "python/egg-info"
  public static let files: [FilePattern] = [
    .name("PKG-INFO"), .ending(".egg-info", outside: []), .ending(".egg-link", outside: []),
  ]
  public static let role = FileRole.manifest
  public static let siblings = ["installed-files.txt"]

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    let place = file.place
    if place.name.hasSuffix(".egg-link") { return try readLink(file, into: &extraction) }
    let isFile = place.name != "PKG-INFO"
    let named = PythonMetadataName(isFile ? place.name : nameOfFolder(place))
    guard !named.isLeftover || !place.isInPythonFolder else {
      return extraction.skip(.interruptedInstall, [named.name])
    }
    let metadata = PythonMetadata(file.text)
    if !isFile, belongsToArchive(place, metadata) { return }
    let around = (isFile ? place.folders.last : place.folderAround) ?? ""
    let isInstalled =
      FilePlace.pythonFolders.contains(around) || around == "_vendor" || isUnpackedEgg(place)
      || file.sibling("installed-files.txt") != nil
    metadata.report(
      kind: place.pythonKind, confidence: isInstalled ? .exact : .partial, named: named, to: &extraction)
    try metadata.refuseCut(file.text, named: named)
  }

  private static func isUnpackedEgg(_ place: FilePlace) -> Bool {
    place.folders.last == "EGG-INFO" && place.folderAround?.hasSuffix(".egg") == true
  }

  /// The folder that bears the package's name: the egg's own, where the metadata lie in its `EGG-INFO`.
  private static func nameOfFolder(_ place: FilePlace) -> String {
    (isUnpackedEgg(place) ? place.folderAround : place.folders.last) ?? ""
  }

  /// Whether this is an `*.egg-info` folder in `name-1.0` or `name-1.0/src`.
  private static func belongsToArchive(_ place: FilePlace, _ metadata: PythonMetadata) -> Bool {
    guard place.folders.last?.hasSuffix(".egg-info") == true, !place.isInPythonFolder,
      let name = metadata.name, let version = metadata.version
    else { return false }
    return place.folders.dropLast().suffix(2).contains { folder in
      PythonArchive(stem: folder).map {
        PyPIName.normalised($0.name) == PyPIName.normalised(name) && $0.version == version
      } ?? false
    }
  }

  /// The first line is the folder of the project.
  private static func readLink(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard let line = PythonLines(file.text, onlyNewlines: true).first(where: { _ in true }),
      line.bytes.trimmed.first == UInt8(ascii: "/") || line.bytes.dropFirst().first == UInt8(ascii: ":")
        || line.bytes.first == UInt8(ascii: ".")
    else { throw ParseError(.unexpectedByte, at: 0) }
    let name = file.place.name.dropLast(".egg-link".count)
    extraction.add(
      ExtractedPackage(
        ecosystem: .pypi, name: PyPIName.normalised(String(name)), version: nil, kind: .installed,
        confidence: .partial, source: line.bytes.trimmed.string))
  }
}
