// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads `METADATA` in a `*.dist-info` folder: one installed Python package, wherever the folder lies.
///
/// - `direct_url.json` beside it tells where the package came from, if that was not an index.
/// - A folder whose name begins with no name (`~ix-1.0.dist-info`) is what an interrupted pip left behind. pip does not count it as
///   installed; it is listed as skipped.
/// - Source: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ and
///   https://packaging.python.org/en/latest/specifications/direct-url/ (read 2026-11-25)
public enum DistInfo: Extractor {
  public static let id = "python/dist-info"
  public static let files: [FilePattern] = [.inFolderEnding(".dist-info", name: "METADATA")]
  public static let role = FileRole.manifest
  public static let siblings = ["direct_url.json"]

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    let folder = PythonMetadataName(file.place.folders.last ?? "")
    guard !folder.isLeftover else { return extraction.skip(.interruptedInstall, [folder.name]) }
    let metadata = PythonMetadata(file.text)
    let source = source(file, &extraction)
    metadata.report(kind: file.place.pythonKind, source: source, named: folder, to: &extraction)
    try metadata.refuseCut(file.text, named: folder)
  }

  private static func source(_ file: SourceFile, _ extraction: inout Extraction) -> String? {
    guard let bytes = file.sibling("direct_url.json") else { return nil }
    do throws(ParseError) {
      return try bytes.withUnsafeBufferPointer { (bytes) throws(ParseError) in
        try DirectURL(bytes, depthLimit: file.limits.depth).source
      }
    } catch {
      extraction.note(.entryNotUnderstood, ["direct_url.json"])
      return nil
    }
  }
}

/// `direct_url.json`: the address that a package was installed from.
private struct DirectURL {
  private var address = ""
  private var system: String?
  private var commit: String?
  private var isFolder = false

  init(_ bytes: Bytes, depthLimit: Int) throws(ParseError) {
    var reader = JSONReader(bytes, depthLimit: depthLimit)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("url") {
        address = try reader.stringValue() ?? ""
      } else if key.equals("vcs_info") {
        try readSystem(&reader)
      } else {
        if key.equals("dir_info") { isFolder = true }
        try reader.skip()
      }
    }
    try reader.finish()
  }

  private mutating func readSystem(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("vcs") {
        system = try reader.stringValue()
      } else if key.equals("commit_id") {
        commit = try reader.stringValue()
      } else {
        try reader.skip()
      }
    }
  }

  /// `git+https://host/a.git@commit`, an archive's address, or a folder.
  var source: String? {
    guard !address.isEmpty else { return nil }
    if isFolder, address.hasPrefix("file://") {
      return ArraySlice(address.utf8.dropFirst("file://".utf8.count)).percentDecoded.string
    }
    let shown = PackageSource.redacted(address)
    guard let system else { return shown }
    return PythonRepository.address(system, shown, commit: commit)
  }
}
