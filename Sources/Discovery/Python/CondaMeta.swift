// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads `conda-meta/*.json`: one record for each package of a conda environment.
///
/// Records that name the PyPI package they were built from (`purls`, as pixi and rattler write them; conda itself does not say) yield that one too, as partial: conda
/// builds its packages itself.
/// - Source: https://docs.conda.io/projects/conda/en/latest/user-guide/concepts/pkg-specs.html, https://github.com/conda/ceps/pull/63 for
///   `purls`, and the environments in rattler's tests (read 2026-11-25)
public enum CondaMeta: Extractor {
  public static let id = "python/conda-meta"
  public static let files: [FilePattern] = [.endingInFolder("conda-meta", ending: ".json")]
  public static let role = FileRole.manifest

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var record = CondaRecord()
    // Also after an error: what was read until then is kept.
    defer { record.report(file.place, to: &extraction) }
    try record.read(file)
  }
}

private struct CondaRecord {
  private var name: String?
  private var version: String?
  private var channel: String?
  private var purls: [String] = []
  private var isWhole = false

  mutating func read(_ file: SourceFile) throws(ParseError) {
    var reader = JSONReader(file.text, depthLimit: file.limits.depth)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("name") {
        name = try reader.stringValue()
      } else if key.equals("version") {
        version = try reader.stringValue().flatMap { $0.isEmpty ? nil : $0 }
      } else if key.equals("channel") {
        channel = try reader.stringValue()
      } else if key.equals("purls") {
        try readPurls(&reader, limit: file.limits.entriesPerFile)
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    isWhole = true
  }

  private mutating func readPurls(_ reader: inout JSONReader, limit: Int) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard purls.count < limit else { throw ParseError(.tooMany, at: reader.offset) }
      if let purl = try reader.stringValue() { purls.append(purl) }
    }
  }

  func report(_ place: FilePlace, to extraction: inout Extraction) {
    if isWhole, name == nil { extraction.note(.missingName) }
    if isWhole, version == nil { extraction.note(.missingVersion) }
    guard let name else { return }
    extraction.add(
      ExtractedPackage(
        ecosystem: .conda, name: name, version: version, kind: .installed,
        confidence: version == nil ? .partial : .exact, source: channel.map(CondaChannel.shown)))
    for package in purls.compactMap({ pypiPackage($0) }) { extraction.add(package) }
  }

  /// `pkg:pypi/requests@2.28.2?source=…`; without a version it is the record's own.
  private func pypiPackage(_ purl: String) -> ExtractedPackage? {
    let prefix = "pkg:pypi/"
    guard purl.hasPrefix(prefix) else { return nil }
    let rest = purl.utf8.dropFirst(prefix.utf8.count).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let parts = rest.split(separator: UInt8(ascii: "@"), maxSplits: 1, omittingEmptySubsequences: false)
      .map { ArraySlice($0).percentDecoded.string }
    guard let name = parts.first else { return nil }
    return ExtractedPackage(
      ecosystem: .pypi, name: PyPIName.normalised(name),
      version: parts.count > 1 && !parts[1].isEmpty ? parts[1] : version,
      kind: .installed, confidence: .partial)
  }
}

/// The address of a conda channel.
enum CondaChannel {
  /// The address as it may be shown: without user, password and query, and without the token that may stand in its path (`/t/<token>/`).
  static func shown(_ address: String) -> String {
    let redacted = PackageSource.redacted(address)
    var parts = redacted.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if let sign = parts.firstIndex(of: "t"), sign > 0, sign + 1 < parts.count {
      parts.removeSubrange(sign...(sign + 1))
    }
    return parts.joined(separator: "/")
  }
}
