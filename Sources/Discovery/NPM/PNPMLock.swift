// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads the packages that pnpm pins: `pnpm-lock.yaml` of the versions 5 to 9, the `shrinkwrap.yaml` of pnpm 1 and 2,
/// and the copies in `node_modules` that say what is installed.
///
/// Every document of the file counts: since version 11 pnpm writes what it needs itself (configuration dependencies,
/// its own version) before the project's lockfile. Each entry of `packages` is one sighting, however many peer suffixes
/// it stands under; from version 7 on `snapshots` tell who asks for whom, and an entry that is there only is a partial
/// sighting. Folders (`link:`, `file:`), members of the workspace and runtimes (`node@runtime:`) are no packages.
///
/// A YAML text cut off at the end of a line is mostly a YAML text still. That a lockfile was cut is seen, and noted as
/// `truncated`, by what it refers to and does not hold: dependencies without an entry, names in `specifiers` that
/// nothing resolves, `packages` without `snapshots`, `catalogs` that nobody uses, an environment document without a
/// project's, an end that is no end of a line where there are no packages. What is referred to is then a partial
/// sighting. Not to be seen is a cut that leaves nothing to miss: at the end of an importer, where none so far asks for
/// a package.
/// - Source: https://github.com/pnpm/spec/tree/master/lockfile, https://pnpm.io/lockfile,
///   https://pnpm.io/lockfile-format (read 2026-11-23)
public enum PNPMLock: Extractor {
  public static let id = "npm/pnpm-lock"

  public static let files: [FilePattern] = [
    .name("pnpm-lock.yaml"),
    // A lockfile for a branch of git, where the project wants one.
    .affixes(prefix: "pnpm-lock.", suffix: ".yaml"),
    .name("shrinkwrap.yaml"),
    .inFolder(".pnpm", name: "lock.yaml"),
    // Where the copy lay before pnpm 4.
    .inFolder("node_modules", name: ".pnpm-lock.yaml"),
    .inFolder("node_modules", name: ".shrinkwrap.yaml"),
  ]

  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var reading = Reading(file)
    try reading.readDocuments(into: &extraction)
  }

  static func kind(of place: FilePlace) -> Sighting.Kind {
    place.name == "lock.yaml" || place.name.hasPrefix(".") ? .installed : .locked
  }
}

extension PNPMLock {
  /// One pass over one file.
  struct Reading {
    private let text: Bytes
    private let yaml: YAMLReader
    private let kind: Sighting.Kind
    private let limit: Int
    private let wantsGraph: Bool
    private var document: Document

    init(_ file: SourceFile) {
      text = file.text
      yaml = YAMLReader(file.text, depthLimit: file.limits.depth)
      kind = PNPMLock.kind(of: file.place)
      limit = file.limits.entriesPerFile
      wantsGraph = file.wantsGraph
      document = Document(kind: kind, wantsGraph: wantsGraph, room: limit)
    }

    mutating func readDocuments(into extraction: inout Extraction) throws(ParseError) {
      var documents: [Document.Outcome] = []
      while try yaml.nextDocument() {
        document = Document(kind: kind, wantsGraph: wantsGraph, room: limit - extraction.packages.count)
        do throws(ParseError) {
          try readDocument()
        } catch {
          document.finish(into: &extraction, isBroken: true)
          throw error
        }
        documents.append(document.finish(into: &extraction, isBroken: false))
        guard !document.isFull else {
          extraction.note(.tooMany, [String(limit)])
          return
        }
      }
      judge(documents, &extraction)
    }

    /// What the documents are to each other.
    private func judge(_ documents: [Document.Outcome], _ extraction: inout Extraction) {
      guard documents.contains(where: { $0.isLockfile }) else { return }
      for document in documents where !document.isLockfile && !document.isEmpty {
        extraction.note(.entryNotUnderstood, ["---"], line: document.line)
      }
      // The project's lockfile should follow. pnpm may not have written it yet, which is as good a reason to say that
      // it is not here.
      if let last = documents.last(where: { !$0.isEmpty }), last.isEnvironment {
        extraction.note(.truncated, ["---"], line: last.line)
      }
      for document in documents where document.isLockfile && !document.isWhole && documents.count > 1 {
        extraction.note(.truncated, line: document.line)
      }
      extraction.isRightlyEmpty =
        extraction.packages.isEmpty && extraction.problems.isEmpty && endsAsWritten
        && documents.allSatisfy { $0.isEmpty || ($0.isLockfile && $0.isWhole) }
    }

    /// Whether the text ends with one line break after something else, as pnpm writes it.
    private var endsAsWritten: Bool {
      guard text.last == UInt8(ascii: "\n") else { return false }
      let line = text.dropLast(text.ends(with: "\r\n") ? 2 : 1)
      return line.last.map { $0 > UInt8(ascii: " ") } ?? false
    }

    private mutating func readDocument() throws(ParseError) {
      document.line = yaml.line
      guard try yaml.peek() == .mapping else {
        document.isEmpty = try yaml.scalarOrSkip()?.isNull ?? false
        return
      }
      _ = try yaml.enterMappingOrSkip()
      while !document.isFull, let key = try yaml.nextKey() {
        switch key.text {
        case "lockfileVersion", "shrinkwrapVersion":
          document.version = .some(try yaml.scalarOrSkip()?.text ?? "")
          document.versionLine = key.line
        case "importers": try readImporters(key)
        case "packages": try readPackages(key)
        case "snapshots": try readSnapshots(key)
        case "catalogs", "time":
          if try hasContent() { document.sectionAboutPackages = key }
        case _ where Section.isProjectField(key.text): try readProjectField(key, of: nil)
        default: try yaml.skip()
        }
      }
    }

    // MARK: Projects

    private mutating func readImporters(_ key: YAMLReader.Scalar) throws(ParseError) {
      guard try enter(key) else { return }
      while let importer = try yaml.nextKey() {
        guard try enter(importer) else { continue }
        document.sawProject()
        document.beginProject()
        while let field = try yaml.nextKey() {
          try readProjectField(field, of: importer.text == "." ? nil : importer.text)
        }
        document.endProject()
      }
    }

    /// `dependencies` and the like, and in version 5 the `specifiers` that they answer.
    private mutating func readProjectField(_ key: YAMLReader.Scalar, of project: String?) throws(ParseError) {
      guard Section.isProjectField(key.text) else { return try yaml.skip() }
      guard try enter(key) else { return }
      document.sawProject()
      if key.text == "specifiers" {
        while let name = try yaml.nextKey() {
          document.addSpecifier(name)
          try yaml.skip()
        }
        return
      }
      if Section.isOfEnvironment(key.text) { document.isEnvironment = true } else { document.hasProjectSections = true }
      try readDependencies(of: .project(project), isOptional: key.text == "optionalDependencies")
    }

    /// The open mapping from names to versions.
    private mutating func readDependencies(of origin: Document.Origin, isOptional: Bool) throws(ParseError) {
      while let name = try yaml.nextKey() {
        guard let version = try readVersion(), !version.isNull else {
          document.note(.entryNotUnderstood, name)
          continue
        }
        document.addDependency(name, version: version.text, of: origin, isOptional: isOptional)
      }
    }

    /// `1.0.0`, or, since version 6, `{specifier: ^1.0.0, version: 1.0.0}`.
    private mutating func readVersion() throws(ParseError) -> YAMLReader.Scalar? {
      guard try yaml.peek() == .mapping else { return try yaml.scalarOrSkip() }
      _ = try yaml.enterMappingOrSkip()
      var version: YAMLReader.Scalar?
      while let field = try yaml.nextKey() {
        if field.text == "version" { version = try yaml.scalarOrSkip() } else { try yaml.skip() }
      }
      return version
    }

    // MARK: Packages

    private mutating func readPackages(_ key: YAMLReader.Scalar) throws(ParseError) {
      guard try enter(key) else { return }
      while let key = try yaml.nextKey() {
        let node = document.beginEntry(key)
        guard !document.isFull else { return }
        guard try enter(key) else { continue }
        var entry = Entry()
        while let field = try yaml.nextKey() { try readField(field, of: node, into: &entry) }
        document.endEntry(key, node: node, entry)
      }
    }

    private mutating func readField(
      _ field: YAMLReader.Scalar, of node: Int, into entry: inout Entry
    ) throws(ParseError) {
      switch field.text {
      case "name": entry.name = try yaml.scalarOrSkip()?.text
      case "version": entry.version = try yaml.scalarOrSkip()?.text
      case "resolution": try readResolution(field, into: &entry)
      case "optional": entry.isOptional = try isTrue()
      case "os", "cpu", "libc":
        entry.isForPlatform = true
        try yaml.skip()
      case "dependencies", "optionalDependencies":
        guard try enter(field) else { return }
        try readDependencies(of: .node(node), isOptional: field.text == "optionalDependencies")
      default: try yaml.skip()
      }
    }

    private mutating func readResolution(_ key: YAMLReader.Scalar, into entry: inout Entry) throws(ParseError) {
      guard try enter(key) else { return }
      while let field = try yaml.nextKey() {
        switch field.text {
        case "tarball": entry.tarball = try yaml.scalarOrSkip()?.text
        case "directory": entry.directory = try yaml.scalarOrSkip()?.text
        case "repo": entry.repository = try yaml.scalarOrSkip()?.text
        case "commit": entry.commit = try yaml.scalarOrSkip()?.text
        default: try yaml.skip()
        }
      }
    }

    private mutating func readSnapshots(_ key: YAMLReader.Scalar) throws(ParseError) {
      document.hasSnapshots = true
      guard try enter(key) else { return }
      while let key = try yaml.nextKey() {
        let node = document.addSnapshot(key)
        guard try enter(key) else { continue }
        var entry = Entry()
        while let field = try yaml.nextKey() { try readField(field, of: node, into: &entry) }
        document.noteVariant(node, isOptional: entry.isOptional)
      }
    }

    // MARK: Values

    /// Opens the mapping that belongs to `key`. Anything else is passed over and noted.
    private mutating func enter(_ key: YAMLReader.Scalar) throws(ParseError) -> Bool {
      if try yaml.enterMappingOrSkip() { return true }
      document.note(.entryNotUnderstood, key)
      return false
    }

    /// Passes over the next value, and tells whether it is a mapping that has a key.
    private func hasContent() throws(ParseError) -> Bool {
      var isFirst = true
      guard try yaml.enterMappingOrSkip() else { return false }
      while try yaml.nextKey() != nil {
        isFirst = false
        try yaml.skip()
      }
      return !isFirst
    }

    private func isTrue() throws(ParseError) -> Bool {
      guard let scalar = try yaml.scalarOrSkip() else { return false }
      return scalar.isPlain && scalar.text == "true"
    }
  }

  /// The fields in which a project, or in version 5 the whole lockfile, says what it asks for.
  enum Section {
    static func isProjectField(_ name: String) -> Bool {
      switch name {
      case "dependencies", "devDependencies", "optionalDependencies", "specifiers": true
      default: isOfEnvironment(name)
      }
    }

    /// What pnpm itself needs before it installs anything.
    static func isOfEnvironment(_ name: String) -> Bool {
      name == "configDependencies" || name == "packageManagerDependencies"
    }
  }

  /// What an entry of `packages` says besides its key.
  struct Entry {
    var name: String?
    var version: String?
    var tarball: String?
    var directory: String?
    var repository: String?
    var commit: String?
    var isOptional = false
    /// Whether it is made for some systems only.
    var isForPlatform = false
  }
}
