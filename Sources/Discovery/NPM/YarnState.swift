// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads `node_modules/.yarn-state.yml`, in which yarn 2 and later note what they have put into `node_modules`, and
/// where.
///
/// A package that stands there under several virtual instances is reported for each of them. The file names no
/// dependencies, so there is no `via`.
///
/// That a text was cut off at the end of a line is seen, and noted as `truncated`, by an entry without locations, a
/// location inside of a package that is not there, or the want of the project's own entry. Not to be seen is a cut
/// behind an entry after the project's.
/// - Source: https://yarnpkg.com/configuration/yarnrc#nodeLinker, and the node-modules linker of yarn 4, which writes
///   it (read 2026-11-23)
public enum YarnState: Extractor {
  public static let id = "npm/yarn-state"
  public static let files: [FilePattern] = [.inFolder("node_modules", name: ".yarn-state.yml")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var reading = Reading(file)
    try reading.read(into: &extraction)
  }

  /// One pass over one file.
  private struct Reading {
    private static let knownVersion = "1"

    private let yaml: YAMLReader
    private let limit: Int
    private let endsWithNewline: Bool
    private var hasVersion = false
    private var versionIsKnown = true
    private var hasProject = false
    /// Folders of installed packages, and those that must be there because something lies in them, with the line that
    /// says so.
    private var locations: Set<String> = []
    private var parents: [(location: String, line: Int)] = []

    init(_ file: SourceFile) {
      yaml = YAMLReader(file.text, depthLimit: file.limits.depth)
      limit = file.limits.entriesPerFile
      endsWithNewline = file.text.last == UInt8(ascii: "\n")
    }

    mutating func read(into extraction: inout Extraction) throws(ParseError) {
      guard try yaml.nextDocument(), try yaml.enterMappingOrSkip() else { return }
      while let key = try yaml.nextKey() {
        guard extraction.packages.count < limit else { return extraction.note(.tooMany, ["\(limit)"], line: key.line) }
        guard try yaml.enterMappingOrSkip() else {
          extraction.note(.entryNotUnderstood, [PackageSource.redacted(key.text)], line: key.line)
          continue
        }
        if key.text == "__metadata" { try readMetadata(key, &extraction) } else { try readEntry(key, &extraction) }
      }
      if try yaml.nextDocument() { extraction.note(.entryNotUnderstood, ["---"], line: yaml.line) }
      noteEnd(&extraction)
    }

    private mutating func readMetadata(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) {
      var version: YAMLReader.Scalar?
      while let field = try yaml.nextKey() {
        if field.text == "version" { version = try yaml.scalarOrSkip() } else { try yaml.skip() }
      }
      hasVersion = true
      guard version?.text != Self.knownVersion else { return }
      versionIsKnown = false
      extraction.note(.unknownFormatVersion, version.map { [$0.text] } ?? [], line: version?.line ?? key.line)
    }

    private mutating func readEntry(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) {
      // The key says what is installed; an error in what follows does not lose it.
      let locator = YarnLocator(key.text)
      add(locator, key, &extraction)
      var count = 0
      while let field = try yaml.nextKey() {
        switch field.text {
        case "locations": count += try readLocations(of: locator)
        case "aliases": try readAliases(of: locator, key, &extraction)
        default: try yaml.skip()
        }
      }
      if count == 0 { extraction.note(.truncated, [PackageSource.redacted(key.text)], line: key.line) }
    }

    private func add(_ locator: YarnLocator, _ key: YAMLReader.Scalar, _ extraction: inout Extraction) {
      if locator.kind == .unclear {
        extraction.note(.entryNotUnderstood, [PackageSource.redacted(key.text)], line: key.line)
      }
      guard var package = locator.package(kind: .installed, line: key.line) else { return }
      if !versionIsKnown { package.confidence = .partial }
      extraction.add(package)
      var address = locator.address ?? ""
      guard let other = address.withUTF8({ YarnLock.content(of: $0, besides: package) }) else { return }
      extraction.add(other)
    }

    /// - Returns: How many there are.
    private mutating func readLocations(of locator: YarnLocator) throws(ParseError) -> Int {
      guard try yaml.enterSequenceOrSkip() else { return 0 }
      var count = 0
      while try yaml.nextElement() {
        guard let location = try yaml.scalarOrSkip() else { continue }
        count += 1
        if location.text.isEmpty { hasProject = true }
        locations.insert(location.text)
        if let parent = Self.parent(of: location.text) { parents.append((parent, location.line)) }
      }
      return count
    }

    /// Other references that share the folder: the same package, unless the file contradicts itself.
    private func readAliases(
      of locator: YarnLocator, _ key: YAMLReader.Scalar, _ extraction: inout Extraction
    ) throws(ParseError) {
      guard try yaml.enterSequenceOrSkip() else { return }
      while try yaml.nextElement() {
        guard let reference = try yaml.scalarOrSkip(), let name = YarnLocator.split(key.text)?.name else { continue }
        let alias = YarnLocator("\(name)@\(reference.text)")
        guard alias.name != locator.name || alias.version != locator.version,
          var package = alias.package(kind: .installed, line: reference.line)
        else { continue }
        package.confidence = .partial
        extraction.add(package)
      }
    }

    /// `node_modules/a` of `node_modules/a/node_modules/b`; nil where no other package is around it.
    private static func parent(of location: String) -> String? {
      let parts = location.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
      guard let inner = parts.lastIndex(of: "node_modules"),
        let outer = parts[..<inner].lastIndex(of: "node_modules"), outer + 1 < inner
      else { return nil }
      return parts[..<inner].joined(separator: "/")
    }

    /// Notes what tells that the text was cut off.
    private func noteEnd(_ extraction: inout Extraction) {
      guard extraction.problems.isEmpty else { return }
      let missing = parents.first { !locations.contains($0.location) }
      if let missing {
        extraction.note(.truncated, [missing.location], line: missing.line)
      } else if hasVersion || !locations.isEmpty, !hasProject || !endsWithNewline {
        extraction.note(.truncated)
      }
      extraction.isRightlyEmpty = hasVersion && hasProject && extraction.packages.isEmpty && extraction.problems.isEmpty
    }
  }
}
