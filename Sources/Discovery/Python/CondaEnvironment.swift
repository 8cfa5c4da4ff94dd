// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what a conda environment file asks for: conda's packages, and those that pip is to install into it.
///
/// - Source: https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html (read 2026-11-25)
public enum CondaEnvironment: Extractor {
  public static let id = "python/conda-environment"
  public static let files: [FilePattern] = [".yml", ".yaml"].flatMap { ending -> [FilePattern] in
    [
      .name("environment" + ending), .affixes(prefix: "environment", suffix: ending),
      .ending("-environment" + ending, outside: []), .ending("_environment" + ending, outside: []),
      .name("conda" + ending),
    ]
  }
  public static let role = FileRole.manifest

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isOfInstalledPython else { return }
    let reader = YAMLReader(file.text, depthLimit: file.limits.depth)
    while try reader.nextDocument() {
      guard try reader.enterMappingOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.text == "dependencies" {
          try readDependencies(key, reader, file, &extraction)
        } else {
          try reader.skip()
        }
      }
    }
  }

  private static func readDependencies(
    _ key: YAMLReader.Scalar, _ reader: YAMLReader, _ file: SourceFile, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try enterList(key, reader, &extraction) else { return }
    while try reader.nextElement() {
      try checkLimit(reader, file, extraction)
      guard try reader.peek() == .mapping else {
        if let text = try scalar(key, reader, &extraction) { add(text, &extraction) }
        continue
      }
      guard try reader.enterMappingOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.text == "pip" { try readPip(key, reader, file, &extraction) } else { try reader.skip() }
      }
    }
  }

  /// Each element is a line of a requirements file.
  private static func readPip(
    _ key: YAMLReader.Scalar, _ reader: YAMLReader, _ file: SourceFile, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try enterList(key, reader, &extraction) else { return }
    while try reader.nextElement() {
      try checkLimit(reader, file, extraction)
      guard let text = try scalar(key, reader, &extraction) else { continue }
      let line = ArraySlice(text.text.utf8).trimmed
      if !line.isEmpty { RequirementLine().read(line, at: text.line, into: &extraction) }
    }
  }

  /// A key without a value is an empty list. What is no list is a problem.
  private static func enterList(
    _ key: YAMLReader.Scalar, _ reader: YAMLReader, _ extraction: inout Extraction
  ) throws(ParseError) -> Bool {
    if try reader.peek() == .scalar {
      if try reader.scalarOrSkip()?.isNull == true { return false }
    } else if try reader.enterSequenceOrSkip() {
      return true
    }
    extraction.note(.entryNotUnderstood, [key.text], line: key.line)
    return false
  }

  /// The text of an element of the list under `key`. What is no text is a problem.
  private static func scalar(
    _ key: YAMLReader.Scalar, _ reader: YAMLReader, _ extraction: inout Extraction
  ) throws(ParseError) -> YAMLReader.Scalar? {
    // To look ahead is what sets the line.
    _ = try reader.peek()
    let line = reader.line
    if let scalar = try reader.scalarOrSkip() { return scalar }
    extraction.note(.entryNotUnderstood, [key.text], line: line)
    return nil
  }

  private static func checkLimit(
    _ reader: YAMLReader, _ file: SourceFile, _ extraction: Extraction
  ) throws(ParseError) {
    guard extraction.packages.count < file.limits.entriesPerFile else {
      throw ParseError(.tooMany, at: file.text.count)
    }
  }

  private static func add(_ scalar: YAMLReader.Scalar, _ extraction: inout Extraction) {
    let spec = CondaSpec.isAddress(scalar.text) ? CondaSpec(address: scalar.text) : CondaSpec(scalar.text)
    guard let spec else {
      return extraction.note(.entryNotUnderstood, [CondaChannel.shown(scalar.text)], line: scalar.line)
    }
    extraction.add(
      ExtractedPackage(
        ecosystem: .conda, name: spec.name, version: spec.version, kind: .declared,
        confidence: spec.version == nil ? .partial : .exact, line: scalar.line,
        requirement: spec.requirement.isEmpty ? "*" : spec.requirement, source: spec.channel))
  }
}

/// One dependency as conda writes it: `channel::name=1.2.3=build`, `name >=1.2`, `name[version='1.2']`, or the address of one package.
///
/// - Source: https://docs.conda.io/projects/conda/en/latest/user-guide/concepts/pkg-specs.html#package-match-specifications (read 2026-11-25)
private struct CondaSpec {
  /// A channel, or the address of the package itself.
  let channel: String?
  let name: String
  let requirement: String
  /// The one version that will do: behind `==`, behind a space, or with a build. Behind a single `=` longer ones will do as well.
  let version: String?

  init?(_ text: String) {
    var rest = ArraySlice(text.utf8).trimmed
    let colons = rest.indices.dropLast().first { rest[$0] == UInt8(ascii: ":") && rest[$0 + 1] == UInt8(ascii: ":") }
    channel = colons.map { CondaChannel.shown(rest[..<$0].string) }
    if let colons { rest = rest[(colons + 2)...] }
    let name = rest.prefix { $0.isAlphanumeric || "._-".utf8.contains($0) }
    guard !name.isEmpty else { return nil }
    if let next = rest[name.endIndex...].first, !next.isBlank, !"=<>!~[*".utf8.contains(next) { return nil }
    self.name = name.string.lowercased()
    let constraint = rest[name.endIndex...].trimmed
    requirement = CondaChannel.shown(constraint.string)
    let isBehindSpace = rest[name.endIndex...].first?.isBlank == true
    version = Self.version(constraint, isBehindSpace: isBehindSpace)
  }

  /// Whether it is the address of one package: one that a name follows behind `::` is a channel's.
  static func isAddress(_ text: String) -> Bool {
    let rest = ArraySlice(text.utf8).trimmed.drop { $0.isAlphanumeric }
    return rest.starts(with: "://".utf8) && !text.contains("::")
  }

  /// The name of a package's file is `name-version-build.conda`, or `.tar.bz2`; a name may hold hyphens itself.
  init?(address: String) {
    let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let file = ArraySlice(path.split(separator: UInt8(ascii: "/")).last ?? path).percentDecoded.string
    guard let ending = [".conda", ".tar.bz2"].first(where: file.hasSuffix) else { return nil }
    let parts = file.dropLast(ending.count).utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count >= 3, !parts.contains("") else { return nil }
    channel = CondaChannel.shown(address)
    name = parts.dropLast(2).joined(separator: "-").lowercased()
    version = parts[parts.count - 2]
    requirement = CondaChannel.shown(address)
  }

  private static func version(_ constraint: ArraySlice<UInt8>, isBehindSpace: Bool) -> String? {
    let signs = constraint.prefix { $0 == UInt8(ascii: "=") }
    let parts = constraint[signs.endIndex...].split { $0 == UInt8(ascii: "=") || $0.isBlank }
    guard let version = parts.first, version.allSatisfy({ $0.isAlphanumeric || ".!_+-".utf8.contains($0) }) else {
      return nil
    }
    let isExact = signs.count == 2 || parts.count == 2 || (signs.isEmpty && isBehindSpace)
    return isExact && signs.count < 3 ? version.string : nil
  }
}
