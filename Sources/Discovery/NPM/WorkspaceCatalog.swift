// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the catalogs of a workspace, to which `catalog:` in a `package.json` refers: `pnpm-workspace.yaml`, and `.yarnrc.yml` of yarn 4.10 and
/// later; and pnpm's overrides, which may stand there as well.
///
/// What else they configure asks for no package. A value that is an alias of YAML cannot be told and is a problem.
/// - Source: https://pnpm.io/catalogs, https://pnpm.io/settings#overrides, https://yarnpkg.com/features/catalogs (read 2026-11-25)
public enum WorkspaceCatalog: Extractor {
  public static let id = "npm/workspace-catalog"
  public static let files: [FilePattern] = [.name("pnpm-workspace.yaml"), .name(".yarnrc.yml")]
  public static let role = FileRole.manifest
  /// One that holds nothing configures nothing.
  public static let mayBeEmpty = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    let reading = Reading(
      yaml: YAMLReader(file.text, depthLimit: file.limits.depth), limit: file.limits.entriesPerFile,
      end: file.text.count)
    try reading.read(into: &extraction)
  }

  /// One pass over one file.
  private struct Reading {
    let yaml: YAMLReader
    let limit: Int
    /// Where the file ends: the reader tells lines alone.
    let end: Int

    func read(into extraction: inout Extraction) throws(ParseError) {
      while try yaml.nextDocument() {
        guard try yaml.enterMappingOrSkip() else { continue }
        while let key = try yaml.nextKey() {
          switch key.text {
          case "catalog": try readCatalog(key, &extraction)
          case "catalogs": try readCatalogs(key, &extraction)
          case "overrides": try readCatalog(key, &extraction, isOverride: true)
          default: try yaml.skip()
          }
        }
      }
    }

    private func readCatalogs(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) {
      guard try enter(key, &extraction) else { return }
      while let name = try yaml.nextKey() { try readCatalog(name, &extraction) }
    }

    private func readCatalog(
      _ key: YAMLReader.Scalar, _ extraction: inout Extraction, isOverride: Bool = false
    ) throws(ParseError) {
      guard try enter(key, &extraction) else { return }
      while let name = try yaml.nextKey() {
        guard extraction.packages.count < limit else { throw ParseError(.tooMany, at: end) }
        guard let specifier = try yaml.scalarOrSkip() else {
          extraction.note(.entryNotUnderstood, [name.text], line: name.line)
          continue
        }
        // `$name` refers to a dependency that is declared anyway; `-` takes one out.
        if isOverride, specifier.text.hasPrefix("$") || specifier.text == "-" { continue }
        let package = NPMSpecifier.package(
          named: isOverride ? NPMOverride.name(in: name.text) : name.text, specifier: specifier.text, line: name.line)
        if let package { extraction.add(package) }
      }
    }

    /// A key without a value is an empty mapping, as pnpm writes one.
    private func enter(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) -> Bool {
      if try yaml.peek() == .scalar {
        let value = try yaml.scalarOrSkip()
        if let value, !value.isNull {
          extraction.note(.entryNotUnderstood, [key.text], line: key.line)
        }
        return false
      }
      if try yaml.enterMappingOrSkip() { return true }
      extraction.note(.entryNotUnderstood, [key.text], line: key.line)
      return false
    }
  }
}
