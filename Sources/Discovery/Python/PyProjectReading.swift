// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The dependencies in a `pyproject.toml`, or in the block of one script.
struct PyProjectReading {
  /// What stands at a path of keys.
  private enum Meaning {
    /// Requirements, one text each.
    case list(isOptional: Bool)
    /// A dependency by its name, as poetry writes it.
    case entry
    /// One field of such a dependency, which has a table of its own.
    case field
    /// Where uv takes a dependency from.
    case source
    /// One field of such a source, which has a table of its own.
    case sourceField
    /// Files of requirements, for setuptools.
    case files
    case ownName
    case other
  }

  /// Whether the text is the block of a script, whose dependencies stand at the top.
  var isScript = false
  let entriesLimit: Int

  private var found = Extraction()
  private var ownName: String?
  /// Where uv takes a dependency from, by its normal name: one source, or one for each marker.
  private var sources: [String: [PythonEntry]] = [:]
  /// The path of the source whose fields are being read.
  private var openSource: [String]?
  /// The dependency whose fields are being read.
  private var open: (path: [String], entry: PythonEntry)?
  private var count = 0

  init(isScript: Bool = false, entriesLimit: Int) {
    self.isScript = isScript
    self.entriesLimit = entriesLimit
  }

  // MARK: Reading

  /// - Complexity: O(bytes).
  mutating func read(_ text: Bytes, depthLimit: Int) throws(ParseError) {
    var reader = TOMLReader(text, depthLimit: depthLimit)
    var table: [String] = []
    while let item = try reader.next() {
      switch item {
      case .table(let key), .arrayElement(let key):
        close()
        table = key.parts
      case .key(let key):
        try readValue(at: table + key.parts, line: reader.line(at: key.offset), &reader)
      }
    }
    close()
  }

  private mutating func readValue(
    at path: [String], line: Int, _ reader: inout TOMLReader
  ) throws(ParseError) {
    guard count < entriesLimit else { throw ParseError(.tooMany, at: reader.offset) }
    let name = path.last ?? ""
    switch meaning(of: path) {
    case .list(let isOptional): try readList(name, line: line, isOptional: isOptional, &reader)
    case .entry:
      close()
      for entry in try PythonEntry.read(name, line: line, &reader) { add(entry) }
    case .field: try readField(path, line: line, &reader)
    case .source: sources[PyPIName.normalised(name), default: []] += try PythonEntry.read(name, line: line, &reader)
    case .sourceField: try readSourceField(path, line: line, &reader)
    case .files: try readFiles(&reader)
    case .ownName: ownName = try reader.stringValue()
    case .other: try readOther(at: path, &reader)
    }
  }

  /// A table may stand in braces as well, wherever it is.
  private mutating func readOther(at path: [String], _ reader: inout TOMLReader) throws(ParseError) {
    guard try reader.peek() == .inlineTable else { return try reader.skip() }
    guard try reader.enterInlineTableOrSkip() else { return }
    while let key = try reader.nextKey() {
      try readValue(at: path + key.parts, line: reader.line(at: key.offset), &reader)
    }
  }

  private mutating func readList(
    _ name: String, line: Int, isOptional: Bool, _ reader: inout TOMLReader
  ) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return found.note(.entryNotUnderstood, [name], line: line) }
    while try reader.nextElement() {
      let kind = try reader.peek()
      guard let text = try reader.stringOrSkip() else {
        // A table includes another group, which is read by itself.
        if kind != .inlineTable { found.note(.entryNotUnderstood, [name], line: reader.line(at: reader.offset)) }
        continue
      }
      guard count < entriesLimit else { throw ParseError(.tooMany, at: text.offset) }
      count += 1
      addRequirement(text.string, line: reader.line(at: text.offset), isOptional: isOptional)
    }
  }

  private mutating func readField(_ path: [String], line: Int, _ reader: inout TOMLReader) throws(ParseError) {
    let owner = Array(path.dropLast())
    if open?.path != owner {
      close()
      open = (owner, PythonEntry(name: owner.last ?? "", line: line))
    }
    guard var entry = open?.entry else { return }
    try entry.readField(path.last ?? "", &reader)
    open?.entry = entry
  }

  private mutating func readSourceField(
    _ path: [String], line: Int, _ reader: inout TOMLReader
  ) throws(ParseError) {
    let owner = Array(path.dropLast())
    let name = owner.last ?? ""
    var entries = sources[PyPIName.normalised(name)] ?? []
    if openSource != owner { entries.append(PythonEntry(name: name, line: line)) }
    openSource = owner
    try entries[entries.count - 1].readField(path.last ?? "", &reader)
    sources[PyPIName.normalised(name)] = entries
  }

  private mutating func readFiles(_ reader: inout TOMLReader) throws(ParseError) {
    if let text = try reader.peek() == .string ? reader.stringOrSkip() : nil {
      return found.include(text.string, line: reader.line(at: text.offset), as: Requirements.id)
    }
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard let text = try reader.stringOrSkip() else { continue }
      found.include(text.string, line: reader.line(at: text.offset), as: Requirements.id)
    }
  }

  // MARK: What is where

  private func meaning(of path: [String]) -> Meaning {
    switch (path.first, path.count) {
    case ("dependencies", 1) where isScript: .list(isOptional: false)
    case ("tool", 3...): meaning(ofTool: path[1], Array(path[2...]))
    case _ where isScript: .other
    case ("project", 2) where path[1] == "dependencies": .list(isOptional: false)
    case ("project", 2) where path[1] == "name": .ownName
    case ("project", 3) where path[1] == "optional-dependencies": .list(isOptional: true)
    case ("build-system", 2) where path[1] == "requires": .list(isOptional: false)
    case ("dependency-groups", 2): .list(isOptional: false)
    default: .other
    }
  }

  private func meaning(ofTool tool: String, _ path: [String]) -> Meaning {
    switch tool {
    case "poetry": meaning(inPoetry: path)
    case "uv": meaning(inUV: path)
    case "pdm" where path.count == 2 && path[0] == "dev-dependencies": .list(isOptional: false)
    case "rye" where path == ["dev-dependencies"]: .list(isOptional: false)
    case "hatch" where path.count > 1 && ["dependencies", "extra-dependencies"].contains(path.last):
      .list(isOptional: false)
    case "flit" where path == ["metadata", "requires"] || path == ["metadata", "dev-requires"]:
      .list(isOptional: false)
    case "flit" where path.count == 3 && path[..<2] == ["metadata", "requires-extra"]: .list(isOptional: true)
    case "setuptools" where path.first == "dynamic" && path.last == "file" && isOfDependencies(path): .files
    default: .other
    }
  }

  private func isOfDependencies(_ path: [String]) -> Bool {
    path.count > 2 && (path[1] == "dependencies" || path[1] == "optional-dependencies")
  }

  private func meaning(inUV path: [String]) -> Meaning {
    let lists = [
      "dev-dependencies", "constraint-dependencies", "override-dependencies", "build-constraint-dependencies",
    ]
    if path.count == 1, lists.contains(path[0]) { return .list(isOptional: false) }
    switch (path[0], path.count) {
    case ("sources", 2): return .source
    case ("sources", 3): return .sourceField
    default: return .other
    }
  }

  private func meaning(inPoetry path: [String]) -> Meaning {
    if path == ["name"] { return .ownName }
    let isGroup = path.count > 3 && path[0] == "group" && path[2] == "dependencies"
    guard isGroup || ["dependencies", "dev-dependencies", "requires-plugins"].contains(path[0]) else { return .other }
    switch path.count - (isGroup ? 3 : 1) {
    case 1: return .entry
    case 2: return .field
    default: return .other
    }
  }

  // MARK: Reporting

  private mutating func close() {
    if let entry = open?.entry { add(entry) }
    open = nil
    openSource = nil
  }

  private mutating func add(_ entry: PythonEntry) {
    count += 1
    guard entry.name != "python", let package = entry.package() else { return }
    found.add(package)
  }

  private mutating func addRequirement(_ text: String, line: Int, isOptional: Bool) {
    // PDM lets a group ask for what is installed in place, in pip's words.
    if text.hasPrefix("-e ") {
      return RequirementLine().read(ArraySlice(text.utf8), at: line, into: &found)
    }
    let requirement = PythonRequirement(text)
    if let requirement { found.add(requirement.package(line: line, isOptional: isOptional)) }
    if requirement?.isUnderstood != true { found.note(.entryNotUnderstood, [PackageSource.redacted(text)], line: line) }
  }

  /// Adds what was read, as far as it was read.
  func report(to extraction: inout Extraction) {
    let own = ownName.map(PyPIName.normalised)
    for package in found.packages where !(package.name == own && package.version == nil) {
      guard let package = placed(package) else { continue }
      extraction.add(package)
    }
    for problem in found.problems { extraction.note(problem.reason, problem.arguments, line: problem.line) }
    for include in found.includes { extraction.include(include.path, line: include.line, as: include.extractor) }
  }

  /// The package, with the source that uv takes it from; nil where that is a folder. One that an index may have, if only for some markers,
  /// is told as the index's.
  private func placed(_ package: ExtractedPackage) -> ExtractedPackage? {
    guard let sources = sources[package.name], !sources.isEmpty, package.source == nil else { return package }
    let known = sources.compactMap { $0.fields["workspace"] == "true" ? nil : $0.package() }
    guard !known.isEmpty else { return nil }
    let addresses = known.compactMap(\.source)
    guard addresses.count == sources.count else { return package }
    var package = package
    package.source = addresses.first
    return package
  }
}
