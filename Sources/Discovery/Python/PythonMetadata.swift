// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The headers of `METADATA` and `PKG-INFO`, as far as they matter: read like a mail's, the first of a name counts.
///
/// They end at the first blank line, or at one that is no header, as for Python's own reader.
/// - Source: https://packaging.python.org/en/latest/specifications/core-metadata/, and how Python's `email.parser` reads (2026-11-25)
struct PythonMetadata {
  private(set) var name: String?
  private(set) var version: String?
  private(set) var formatVersion: String?
  /// Whether the text stops in the middle of the line that gives the name or the version.
  private(set) var isCut = false

  /// - Complexity: O(bytes of the headers).
  init(_ text: Bytes) {
    var header: ArraySlice<UInt8> = []
    var isEnded = true
    for line in PythonLines(text, onlyNewlines: true) {
      guard let first = line.bytes.first else {
        // Before the first header a blank line ends nothing: it may stand for the other side of a merge conflict.
        if header.isEmpty { continue } else { break }
      }
      if line.bytes.allSatisfy(\.isBlank) { continue }
      if first == 0x20 || first == 0x09 {
        header.append(contentsOf: line.bytes)
      } else {
        take(header, isEnded: true)
        header = line.bytes
      }
      isEnded = line.isEnded
      guard Self.isHeader(header) else { return }
    }
    take(header, isEnded: isEnded)
  }

  private static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return line[..<colon].allSatisfy { (0x21...0x7E).contains($0) }
  }

  private mutating func take(_ header: ArraySlice<UInt8>, isEnded: Bool) {
    guard let colon = header.firstIndex(of: UInt8(ascii: ":")) else { return }
    let value = header[(colon + 1)...].trimmed
    switch header[..<colon].string.lowercased() {
    case "name" where name == nil && !value.isEmpty:
      name = value.string
      isCut = !isEnded
    case "version" where version == nil && !value.isEmpty:
      version = value.string
      isCut = !isEnded
    case "metadata-version" where formatVersion == nil: formatVersion = value.string
    default: break
    }
  }
}

/// What the name of a folder or file of metadata tells: `six-1.16.0.dist-info`, `six-1.16.0-py3.11.egg-info`.
struct PythonMetadataName {
  let name: String
  let version: String?
  /// The part before the first hyphen, which pip takes for the name, where that is none: `~ix`, what an interrupted pip leaves.
  let isLeftover: Bool

  /// - Parameter text: The name, with or without its ending.
  init(_ text: String) {
    var stem = Substring(text)
    for ending in [".dist-info", ".egg-info", ".egg-link", ".egg"] where stem.hasSuffix(ending) {
      stem = stem.dropLast(ending.count)
      break
    }
    let parts = ArraySlice(stem.utf8).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let name = parts.first ?? []
    self.name = name.string
    version = parts.count > 1 && !parts[1].isEmpty ? parts[1].string : nil
    let isName = name.allSatisfy { $0.isAlphanumeric || "._".utf8.contains($0) }
    isLeftover = !(isName && name.first?.isAlphanumeric == true && name.last?.isAlphanumeric == true)
  }
}

extension PythonMetadata {
  /// Adds the package that the headers describe. What they leave out comes from `named`, and is a problem.
  func report(
    kind: Sighting.Kind, confidence: Sighting.Confidence = .exact, source: String? = nil,
    named fallback: PythonMetadataName, to extraction: inout Extraction
  ) {
    if let formatVersion, !["1", "2"].contains(formatVersion.prefix { $0 != "." }) {
      extraction.note(.unknownFormatVersion, [formatVersion])
    }
    if name == nil { extraction.note(.missingName) }
    if version == nil { extraction.note(.missingVersion) }
    guard let name = name ?? (fallback.isLeftover ? nil : fallback.name) else { return }
    extraction.add(
      ExtractedPackage(
        ecosystem: .pypi, name: PyPIName.normalised(name), version: version ?? fallback.version, kind: kind,
        confidence: extraction.problems.isEmpty ? confidence : .partial, source: source))
  }

  /// Refuses a text that stops in the line of the name or version, unless what is there is what `named` says: then nothing is missing.
  func refuseCut(_ text: Bytes, named: PythonMetadataName) throws(ParseError) {
    guard isCut, version == nil || version != named.version else { return }
    throw ParseError(.unexpectedEnd, at: text.count)
  }
}
