// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads a `package.json`: the package that it describes, and, where it is a project's own, what the project asks for.
///
/// - A description under `node_modules`, in a distribution's folder, or anywhere else, is an installed package if it has a name and a
///   version. Not so a project's own manifest that says `private`, which nothing can have come from a registry as.
/// - One without a name is a problem only directly in an installed package's folder: everywhere else it sets a folder's module type.
/// - In a package manager's cache it is `cached`.
/// - Outside of `node_modules`, of caches and of distributions' folders, what the manifest asks for is `declared`.
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-json (read 2026-11-23)
public enum PackageJSON: Extractor {
  public static let id = "npm/package-json"
  public static let files: [FilePattern] = [.name("package.json")]
  public static let role = FileRole.manifest

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var manifest = Manifest(file)
    // Also after an error: what was read until then is kept.
    defer { manifest.report(to: &extraction) }
    try manifest.read(file)
  }
}

/// What of a `package.json` matters here.
private struct Manifest {
  private var name: String?
  private var version: String?
  private var isPrivate = false
  /// npm 6 and older wrote such fields into what it installed.
  private var wasInstalledByNPM = false
  private var publisher: String?
  private var isForVSCode = false
  private var isForUnity = false
  private var declared: [ExtractedPackage] = []
  /// Whether the file was read to its end, so that what was not seen is known to be missing.
  private var isWhole = false

  /// Dependencies whose specifier is no text, with their lines.
  private var misunderstood: [(name: String, line: Int)] = []

  private let place: FilePlace
  private let isCached: Bool
  private let mayBeProject: Bool
  private let entriesLimit: Int

  init(_ file: SourceFile) {
    place = file.place
    entriesLimit = file.limits.entriesPerFile
    isCached = place.isInCache
    mayBeProject = place.foldersBelowNodeModules == nil && !place.isInDistributionFolder && !isCached
  }

  // MARK: Reading

  mutating func read(_ file: SourceFile) throws(ParseError) {
    var reader = JSONReader(file.text, depthLimit: file.limits.depth)
    try reader.enterObject()
    // A repeated key counts as npm counts it: the last one wins.
    while let key = try reader.nextKey() {
      switch key.first {
      case UInt8(ascii: "n") where key.equals("name"): name = try reader.stringValue()
      case UInt8(ascii: "v") where key.equals("version"):
        version = try reader.stringValue().map(NPMVersion.normalised)
      case UInt8(ascii: "p") where key.equals("private"): isPrivate = try reader.boolValue() ?? false
      case UInt8(ascii: "p") where key.equals("publisher"): publisher = try reader.stringValue()
      case UInt8(ascii: "u") where key.equals("unity"): isForUnity = try reader.stringValue() != nil
      case UInt8(ascii: "e") where key.equals("engines"): try readEngines(&reader)
      case UInt8(ascii: "_") where key.equals("_resolved") || key.equals("_from"):
        wasInstalledByNPM = try reader.stringValue() != nil
      default: try readOther(key, &reader)
      }
    }
    try reader.finish()
    isWhole = true
  }

  private mutating func readOther(
    _ key: JSONString, _ reader: inout JSONReader
  ) throws(ParseError) {
    guard mayBeProject else { return try reader.skip() }
    if key.equals("dependencies") || key.equals("devDependencies") || key.equals("optionalDependencies")
      || key.equals("peerDependencies")
    {
      try readDependencies(&reader)
    } else if key.equals("overrides") || key.equals("resolutions") {
      try readOverrides(&reader, of: nil)
    } else if key.equals("catalog") {
      try readDependencies(&reader)
    } else if key.equals("catalogs") {
      try readCatalogs(&reader)
    } else if key.equals("workspaces") {
      // Bun's catalogs stand there; elsewhere it is a list of folders, or has one.
      guard try reader.enterObjectOrSkip() else { return }
      while let inner = try reader.nextKey() {
        if inner.equals("catalog") {
          try readDependencies(&reader)
        } else if inner.equals("catalogs") {
          try readCatalogs(&reader)
        } else {
          try reader.skip()
        }
      }
    } else if key.equals("pnpm") {
      guard try reader.enterObjectOrSkip() else { return }
      while let inner = try reader.nextKey() {
        if inner.equals("overrides") { try readOverrides(&reader, of: nil) } else { try reader.skip() }
      }
    } else {
      try reader.skip()
    }
  }

  private mutating func readEngines(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("vscode") { isForVSCode = true }
      try reader.skip()
    }
  }

  private mutating func readDependencies(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      guard let specifier = try reader.stringValue() else {
        misunderstood.append((key.string, key.line))
        continue
      }
      try declare(key.string, specifier, at: key)
    }
  }

  private mutating func readCatalogs(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while try reader.nextKey() != nil { try readDependencies(&reader) }
  }

  private mutating func declare(
    _ name: String, _ specifier: String, at key: JSONString
  ) throws(ParseError) {
    guard let package = NPMSpecifier.package(named: name, specifier: specifier, line: key.line) else { return }
    guard declared.count < entriesLimit else { throw ParseError(.tooMany, at: key.offset) }
    declared.append(package)
  }

  /// npm nests overrides, yarn writes a path (`a/**/node-ipc`), pnpm `a>node-ipc@^9`: the last name is what gets another version.
  private mutating func readOverrides(
    _ reader: inout JSONReader, of parent: String?
  ) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      let name = key.equals(".") ? parent : NPMOverride.name(in: key.string)
      switch try reader.peek() {
      case .object: try readOverrides(&reader, of: name)
      case .string:
        let specifier = try reader.string().string
        // `$name` refers to a dependency that is declared, and listed, anyway; `-` takes one out.
        guard let name, !specifier.hasPrefix("$"), specifier != "-" else { continue }
        try declare(name, specifier, at: key)
      default: try reader.skip()
      }
    }
  }

  // MARK: Reporting

  /// Adds what was read, as far as it was read.
  mutating func report(to extraction: inout Extraction) {
    reportPackage(to: &extraction)
    guard mayBeProject, !wasInstalledByNPM else { return }
    for package in declared { extraction.add(package) }
    for entry in misunderstood { extraction.note(.entryNotUnderstood, [entry.name], line: entry.line) }
  }

  private func reportPackage(to extraction: inout Extraction) {
    if mayBeProject {
      if isForUnity || (isPrivate && !wasInstalledByNPM) { return }
      if isForVSCode, let publisher { return reportExtension(publisher: publisher, to: &extraction) }
    }
    let folder = place.installedFolderName
    let name = self.name.flatMap { $0.isEmpty ? nil : $0 }
    let version = self.version.flatMap { $0.isEmpty ? nil : $0 }
    if folder != nil, isWhole, name == nil { extraction.note(.missingName) }
    if folder != nil, isWhole, version == nil, !isPrivate { extraction.note(.missingVersion) }
    guard let shownName = name ?? folder, version != nil || (folder != nil && !isPrivate) else { return }
    extraction.add(
      ExtractedPackage(
        name: shownName, version: version, kind: isCached ? .cached : .installed,
        confidence: name == nil || version == nil ? .partial : .exact))
  }

  /// Not npm's: names of extensions and of npm packages have nothing to do with each other.
  private func reportExtension(publisher: String, to extraction: inout Extraction) {
    guard let name, let version else { return }
    let title = Ecosystem.vscode.matchingName("\(publisher).\(name)")
    extraction.add(ExtractedPackage(ecosystem: .vscode, name: title, version: version, kind: .installed))
  }
}
