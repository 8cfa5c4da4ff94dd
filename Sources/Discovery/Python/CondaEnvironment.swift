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
          try readDependencies(reader, file, &extraction)
        } else {
          try reader.skip()
        }
      }
    }
  }

  private static func readDependencies(
    _ reader: YAMLReader, _ file: SourceFile, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try reader.enterSequenceOrSkip() else { return }
    while try reader.nextElement() {
      try checkLimit(reader, file, extraction)
      guard try reader.peek() == .mapping else {
        if let text = try reader.scalarOrSkip() { add(text, &extraction) }
        continue
      }
      guard try reader.enterMappingOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.text == "pip" { try readPip(reader, file, &extraction) } else { try reader.skip() }
      }
    }
  }

  /// Each element is a line of a requirements file.
  private static func readPip(
    _ reader: YAMLReader, _ file: SourceFile, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try reader.enterSequenceOrSkip() else { return }
    while try reader.nextElement() {
      try checkLimit(reader, file, extraction)
      guard let text = try reader.scalarOrSkip() else { continue }
      let line = ArraySlice(text.text.utf8).trimmed
      if !line.isEmpty { RequirementLine().read(line, at: text.line, into: &extraction) }
    }
  }

  private static func checkLimit(
    _ reader: YAMLReader, _ file: SourceFile, _ extraction: Extraction
  ) throws(ParseError) {
    guard extraction.packages.count < file.limits.entriesPerFile else {
      throw ParseError(.tooMany, at: file.text.count)
    }
  }

  private static func add(_ scalar: YAMLReader.Scalar, _ extraction: inout Extraction) {
    guard let spec = CondaSpec(scalar.text) else {
      return extraction.note(.entryNotUnderstood, [CondaChannel.shown(scalar.text)], line: scalar.line)
    }
    extraction.add(
      ExtractedPackage(
        ecosystem: .conda, name: spec.name, version: spec.version, kind: .declared,
        confidence: spec.version == nil ? .partial : .exact, line: scalar.line,
        requirement: spec.requirement.isEmpty ? "*" : spec.requirement, source: spec.channel))
  }
}

/// One dependency as conda writes it: `channel::name=1.2.3=build`, `name >=1.2`, `name[version='1.2']`.
///
/// - Source: https://docs.conda.io/projects/conda/en/latest/user-guide/concepts/pkg-specs.html#package-match-specifications (read 2026-11-25)
private struct CondaSpec {
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
    self.name = name.string.lowercased()
    let constraint = rest[name.endIndex...].trimmed
    requirement = CondaChannel.shown(constraint.string)
    let isBehindSpace = rest[name.endIndex...].first?.isBlank == true
    version = Self.version(constraint, isBehindSpace: isBehindSpace)
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
