// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads bun's text lockfile `bun.lock`, versions 0 to 3: JSON with comments and trailing commas.
///
/// - An entry is `"key": ["name@resolution", …]`. The key is a path of names in which scopes keep their slash
///   (`a/@s/b`) and an alias has its own place; the real name stands in the first element alone.
/// - A tarball address that belongs to another package or version than the entry says is reported as that package as
///   well.
/// - The project, workspace members and linked folders are no packages of a registry.
/// - A package that is for one system only (`os`, `cpu`, `libc`) counts as optional.
/// - Source: https://bun.com/docs/pm/lockfile, and `src/install/lockfile/bun.lock.zig` of
///   https://github.com/oven-sh/bun (read 2026-11-23)
public enum BunLock: Extractor {
  public static let id = "npm/bun-lock"
  public static let files: [FilePattern] = [.name("bun.lock")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var lockfile = BunLockReader(file)
    try lockfile.read(into: &extraction)
  }
}

/// Reads one `bun.lock`.
private struct BunLockReader {
  private var reader: JSONReader
  private let file: SourceFile
  private var tree: BunLockTree
  private var hasVersion = false
  private var isUnknownVersion = false
  private var hasStructure = false
  /// Whether there may be something here that a later version keeps elsewhere.
  private var hasUnknownKey = false
  /// What the projects ask for, and which of it is their own.
  private var asked: Set<String> = []
  private var own: Set<String> = []

  /// Keys of the top level that name no packages beyond those listed.
  private static let otherKeys: [StaticString] = [
    "configVersion", "trustedDependencies", "patchedDependencies", "overrides", "catalog", "catalogs",
  ]

  init(_ file: SourceFile) {
    self.file = file
    reader = JSONReader(file.text, dialect: .jsonc, depthLimit: file.limits.depth)
    tree = BunLockTree(depthLimit: file.limits.depth, placeLimit: file.limits.entriesPerFile)
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    defer { finish(&extraction) }
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("lockfileVersion") {
        try readVersion(key, &extraction)
      } else if key.equals("workspaces") {
        try readWorkspaces(key, &extraction)
      } else if key.equals("packages") {
        try readPackages(key, &extraction)
      } else {
        if !Self.otherKeys.contains(where: { key.equals($0) }) { hasUnknownKey = true }
        try reader.skip()
      }
    }
    try reader.finish()
    if hasStructure, !hasVersion { extraction.note(.entryNotUnderstood, ["lockfileVersion"]) }
  }

  /// Comes after an error as well: what was read until then is kept.
  private mutating func finish(_ extraction: inout Extraction) {
    if file.wantsGraph { tree.fill(&extraction.graph) }
    let isEmpty = extraction.packages.isEmpty && asked.isSubset(of: own)
    extraction.isRightlyEmpty = hasStructure && isEmpty && !hasUnknownKey
    guard isUnknownVersion else { return }
    for (number, var package) in extraction.packages.enumerated() {
      package.confidence = .partial
      extraction.replace(number, with: package)
    }
  }

  private mutating func readVersion(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    hasVersion = true
    var text = ""
    if try reader.peek() == .number {
      let version = try reader.integerValue()
      if let version, (0...3).contains(version) { return }
      text = version.map { "\($0)" } ?? ""
    } else {
      text = try reader.stringValue() ?? ""
    }
    isUnknownVersion = true
    extraction.note(.unknownFormatVersion, [text], line: key.line)
  }

  // MARK: Workspaces

  private mutating func readWorkspaces(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard try isObject(key, &extraction) else { return }
    hasStructure = true
    try reader.enterObject()
    while let path = try reader.nextKey() {
      guard try isObject(path, &extraction) else { continue }
      try readWorkspace(path.string)
    }
  }

  private mutating func readWorkspace(_ path: String) throws(ParseError) {
    var name: String?
    var entry = Entry()
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("name") {
        name = try reader.stringValue()
      } else {
        try readDetail(key, &entry, isProject: true)
      }
    }
    if file.wantsGraph { tree.addProject(path.isEmpty ? nil : path, name: name, asks: entry.asks) }
  }

  /// Says so where another value than an object comes next, and passes it over.
  private mutating func isObject(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) -> Bool {
    if try reader.peek() == .object { return true }
    extraction.note(.entryNotUnderstood, [key.string], line: key.line)
    try reader.skip()
    return false
  }

  // MARK: Packages

  /// What one entry says.
  private struct Entry {
    var resolution: JSONString?
    var address: JSONString?
    var isOptional = false
    /// Numbers of names, where the graph is wanted.
    var asks: [Int] = []
  }

  private mutating func readPackages(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard try isObject(key, &extraction) else { return }
    hasStructure = true
    extraction.reserve(min(file.text.count / 250, file.limits.entriesPerFile))
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard extraction.packages.count < file.limits.entriesPerFile else { throw ParseError(.tooMany, at: key.offset) }
      guard try reader.peek() == .array else {
        extraction.note(.entryNotUnderstood, [key.string], line: key.line)
        try reader.skip()
        continue
      }
      let entry = try readEntry()
      add(entry, key, &extraction)
    }
  }

  /// `[resolution, address?, details?, integrity?]`: which of the later ones are there depends on where the package
  /// comes from.
  private mutating func readEntry() throws(ParseError) -> Entry {
    var entry = Entry()
    var index = 0
    try reader.enterArray()
    while try reader.nextElement() {
      switch try reader.peek() {
      case .string:
        let text = try reader.string()
        if index == 0 { entry.resolution = text }
        if index == 1 { entry.address = text }
      case .object:
        try reader.enterObject()
        while let key = try reader.nextKey() { try readDetail(key, &entry, isProject: false) }
      default: try reader.skip()
      }
      index += 1
    }
    return entry
  }

  private mutating func readDetail(_ key: JSONString, _ entry: inout Entry, isProject: Bool) throws(ParseError) {
    if key.equals("os") || key.equals("cpu") || key.equals("libc") { entry.isOptional = true }
    let isDependencies =
      key.equals("dependencies") || key.equals("devDependencies") || key.equals("optionalDependencies")
      || key.equals("peerDependencies")
    guard isDependencies, isProject || file.wantsGraph, try reader.peek() == .object else { return try reader.skip() }
    try reader.enterObject()
    while let name = try reader.nextKey() {
      try reader.skip()
      let text = name.string
      // A peer may rightly be missing.
      if isProject, !key.equals("peerDependencies") { asked.insert(text) }
      if file.wantsGraph { entry.asks.append(tree.number(ofName: text)) }
    }
  }

  private mutating func add(_ entry: Entry, _ key: JSONString, _ extraction: inout Extraction) {
    let line = key.line
    guard let text = entry.resolution?.string, let resolution = BunResolution(text) else {
      return extraction.note(.entryNotUnderstood, [key.string], line: line)
    }
    if case .own(let folder) = resolution.origin { return addOwn(key.string, folder: folder, asks: entry.asks) }
    let packages = resolution.packages(
      address: entry.address?.string, line: line, isOptional: entry.isOptional)
    for (index, package) in packages.enumerated() {
      let node = extraction.add(package)
      if file.wantsGraph, index == 0 { tree.addPackage(key.string, node: node, asks: entry.asks) }
    }
  }

  /// What a linked folder asks for stands here and, in version 0, what a workspace member does.
  private mutating func addOwn(_ key: String, folder: String?, asks: [Int]) {
    own.insert(key)
    guard file.wantsGraph else { return }
    tree.addOwn(key)
    if !asks.isEmpty { tree.addProject(folder ?? key, name: key, asks: asks) }
  }
}
