// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the packages that yarn pins: `yarn.lock` of yarn 1 (lines of its own notation), of yarn 2 to 5 (YAML with
/// `__metadata`, versions up to 9) and of yarn 6 (JSON).
///
/// - Names are the registry's: an alias is resolved by its pattern (yarn 1) or by `resolution` (later). The key of an
///   alias is no package.
/// - What is installed is what the address gives: where an entry's address is a registry's and names another package or
///   version than the entry does, both are reported.
/// - A patched package is one of its name and version. Members of the workspace and linked folders are none.
/// - Yarn 1 does not write what the project itself asks for: a pattern that no entry asks for is taken to be asked for
///   by the project.
///
/// That a text was cut off at the end of a line is seen, and noted as `truncated`, by what it lacks: an entry's version
/// (yarn 1) or `linkType` (later), the project's own entry (later, where there are checksums), or an entry for
/// something that is asked for and that would come behind the last one. Not to be seen is a cut behind an entry after
/// which nothing is missed, as in a lockfile of packages without dependencies, and one behind the head of a lockfile of
/// yarn 1, which is that of a project without dependencies.
/// - Source: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/, the lockfile parsers of yarn 1, 4 and 6 (read
///   2026-11-23)
public enum YarnLock: Extractor {
  public static let id = "npm/yarn-lock"
  public static let files: [FilePattern] = [.name("yarn.lock")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    switch Notation(of: file.text) {
    case .classic:
      var reading = Classic(file)
      reading.read(into: &extraction)
    case .yaml(let hasClassicHeader):
      // Later yarns would read this by the rules of yarn 1, whatever else it holds.
      if hasClassicHeader { extraction.note(.entryNotUnderstood, ["# yarn lockfile v1"]) }
      var reading = Berry(file)
      try reading.read(into: &extraction)
    case .json:
      var reading = JSON(file)
      try reading.read(into: &extraction)
    }
  }

  /// How a `yarn.lock` is written.
  enum Notation: Equatable {
    case classic
    case yaml(hasClassicHeader: Bool)
    case json

    /// - Complexity: O(bytes): the key that tells YAML may stand anywhere.
    init(of text: Bytes) {
      var start = 0
      var hasClassicHeader = false
      var isFirst = true
      while start < text.count {
        let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.count
        let line = text[slice: start..<end]
        start = end + 1
        if line.starts(with: "# yarn lockfile v") { hasClassicHeader = true }
        guard let first = line.first(where: { $0 > 0x20 }), first != UInt8(ascii: "#") else { continue }
        if isFirst, first == UInt8(ascii: "{") {
          self = .json
          return
        }
        if Self.isMetadata(line) || (isFirst && (line.starts(with: "---") || first == UInt8(ascii: "%"))) {
          self = .yaml(hasClassicHeader: hasClassicHeader)
          return
        }
        isFirst = false
      }
      self = .classic
    }

    private static func isMetadata(_ line: Bytes) -> Bool {
      line.starts(with: "__metadata:") || line.starts(with: "\"__metadata\"") || line.starts(with: "'__metadata'")
        || line.starts(with: "? __metadata") || line.starts(with: "? \"__metadata\"")
    }
  }

  /// A version as a sighting has it; nil where there is nothing of it.
  static func version(_ text: String) -> String? {
    let version = NPMVersion.normalised(text)
    return version.isEmpty ? nil : version
  }

  /// The package that `address` gives, where that is another one than the entry says.
  static func content(of address: Bytes, besides package: ExtractedPackage) -> ExtractedPackage? {
    // The usual case, told without making a string.
    if let tarball = RegistryTarball(address), tarball.pathEnds(withPackage: package.name),
      tarball.version == package.version
    {
      return nil
    }
    let decoded = YarnLocator.percentDecoded(Substring(address.string))
    return TarballAddress.other(than: package, at: decoded)
  }
}
