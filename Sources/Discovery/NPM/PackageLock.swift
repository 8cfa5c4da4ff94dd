// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads npm's lockfiles: `package-lock.json` and `npm-shrinkwrap.json` of versions 1, 2 and 3, and the hidden lockfile
/// `node_modules/.package-lock.json`, in which npm notes what it has put on disk.
///
/// - Names are the registry's: an alias is resolved by the entry's `name` (versions 2 and 3) or `npm:` version (version 1).
/// - A tarball address that belongs to another package or another version than the entry says is reported as that package as well: npm
///   installs what the address gives.
/// - Links and workspace members are no packages of a registry.
/// - Version 2 holds everything twice; what only one half knows is reported from there.
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json (read 2026-11-23)
public enum PackageLock: Extractor {
  public static let id = "npm/package-lock"
  public static let files: [FilePattern] = [
    .name("package-lock.json"), .name("npm-shrinkwrap.json"), .inFolder("node_modules", name: ".package-lock.json"),
  ]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var lockfile = PackageLockReader(file)
    try lockfile.read(into: &extraction)
  }
}

/// Reads one lockfile of npm.
struct PackageLockReader {
  private var reader: JSONReader
  private let file: SourceFile
  let kind: Sighting.Kind
  /// Who asks for whom, by the keys of the file.
  private var tree = PackageLockTree()
  /// `name@version`, and `name`, of what the `packages` half holds, so that the other half does not repeat it. Only version 2 needs it.
  private var known: Set<String> = []
  private var lockfileVersion: Int?
  private var hasPackages = false
  /// Whether the project itself asks for anything.
  private var isAskedForAnything = false
  /// Links and members: entries that are rightly no packages.
  private var ownEntries = 0
  private var hasStructure = false
  /// Numbers of entries of version 1 that turned out to be the project's own folders.
  private var withdrawn: Set<Int> = []

  init(_ file: SourceFile) {
    self.file = file
    reader = JSONReader(file.text, depthLimit: file.limits.depth)
    kind = file.place.name == ".package-lock.json" ? .installed : .locked
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    defer { finish(&extraction) }
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("lockfileVersion") {
        lockfileVersion = try reader.integerValue()
        noteVersion(at: key, &extraction)
      } else if key.equals("packages") {
        try readPackages(&extraction)
      } else if key.equals("dependencies") {
        try readDependencies(&extraction)
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
  }

  /// Comes after an error as well: what was read until then is kept.
  private mutating func finish(_ extraction: inout Extraction) {
    if !isKnownVersion { extraction.makePartial() }
    if !withdrawn.isEmpty {
      let numbers = extraction.remove(withdrawn)
      tree.renumber(numbers)
    }
    if file.wantsGraph { tree.fill(&extraction.graph) }
    let isEmpty = extraction.packages.isEmpty && (ownEntries > 0 || !isAskedForAnything)
    extraction.isRightlyEmpty = isEmpty && (hasStructure || lockfileVersion != nil)
  }

  private mutating func noteVersion(at key: JSONString, _ extraction: inout Extraction) {
    guard let version = lockfileVersion, !isKnownVersion else { return }
    extraction.note(.unknownFormatVersion, ["\(version)"], line: key.line)
  }

  private var isKnownVersion: Bool { lockfileVersion.map((0...3).contains) ?? true }

  private func isFull(_ extraction: inout Extraction) -> Bool {
    extraction.packages.count >= file.limits.entriesPerFile
  }

  // MARK: Versions 2 and 3: `packages`, by place on disk

  /// What one entry of `packages` says.
  private struct Entry {
    var name: String?
    var version: String?
    var resolved: JSONString?
    var isLink = false
    var isExtraneous = false
    var isOptional = false
    /// Whether it asks for any other package.
    var hasAsks = false
    /// The names that it asks for, where the graph is wanted.
    var asks: [String] = []
  }

  private mutating func readPackages(_ extraction: inout Extraction) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return extraction.note(.entryNotUnderstood, ["packages"]) }
    hasStructure = true
    extraction.reserve(min(file.text.count / 400, file.limits.entriesPerFile))
    while let key = try reader.nextKey() {
      guard try reader.peek() == .object else {
        extraction.note(.entryNotUnderstood, [key.string], line: key.line)
        try reader.skip()
        continue
      }
      guard !isFull(&extraction) else { throw ParseError(.tooMany, at: key.offset) }
      let entry = try readEntry()
      add(entry, key, &extraction)
    }
    hasPackages = true
  }

  private mutating func readEntry() throws(ParseError) -> Entry {
    var entry = Entry()
    try reader.enterObject()
    while let key = try reader.nextKey() {
      switch key.first {
      case UInt8(ascii: "v") where key.equals("version"):
        entry.version = try reader.stringValue().map(NPMVersion.normalised).flatMap(Self.unlessEmpty)
      case UInt8(ascii: "r") where key.equals("resolved"): entry.resolved = try reader.stringOrSkip()
      case UInt8(ascii: "n") where key.equals("name"): entry.name = try reader.stringValue().flatMap(Self.unlessEmpty)
      case UInt8(ascii: "l") where key.equals("link"): entry.isLink = try reader.boolValue() ?? false
      case UInt8(ascii: "e") where key.equals("extraneous"): entry.isExtraneous = try reader.boolValue() ?? false
      case UInt8(ascii: "o") where key.equals("optional"): entry.isOptional = try reader.boolValue() ?? false
      case UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "o"): try readAsks(key, &entry)
      default: try reader.skip()
      }
    }
    return entry
  }

  private static func unlessEmpty(_ text: String) -> String? {
    text.isEmpty ? nil : text
  }

  private mutating func readAsks(_ key: JSONString, _ entry: inout Entry) throws(ParseError) {
    let isDependencies =
      key.equals("dependencies") || key.equals("devDependencies") || key.equals("optionalDependencies")
      || key.equals("peerDependencies")
    guard isDependencies, try reader.enterObjectOrSkip() else {
      if !isDependencies { try reader.skip() }
      return
    }
    while let name = try reader.nextKey() {
      entry.hasAsks = true
      if file.wantsGraph { entry.asks.append(name.string) }
      try reader.skip()
    }
  }

  private mutating func add(_ entry: Entry, _ key: JSONString, _ extraction: inout Extraction) {
    guard let folderName = Self.installedName(ofKey: key) else {
      guard !Self.isNodeModules(key) else {
        return extraction.note(.entryNotUnderstood, [key.string], line: key.line)
      }
      // The project itself, a workspace member, or a linked folder elsewhere.
      if key.raw.isEmpty { isAskedForAnything = entry.hasAsks } else { ownEntries += 1 }
      if file.wantsGraph { tree.addProject(key.string, asks: entry.asks) }
      return
    }
    if entry.isLink {
      ownEntries += 1
      if file.wantsGraph, let target = entry.resolved?.string { tree.addLink(key.string, to: target) }
      return
    }
    if entry.isExtraneous, entry.version == nil, entry.resolved == nil {
      ownEntries += 1
      return
    }
    Self.withTarball(at: entry.resolved) { add(entry, key, named: folderName, $0, &extraction) }
  }

  private mutating func add(
    _ entry: Entry, _ key: JSONString, named folderName: String, _ tarball: RegistryTarball?,
    _ extraction: inout Extraction
  ) {
    let line = key.line
    let name = entry.name ?? folderName
    let package = ExtractedPackage(
      name: name, version: entry.version ?? Self.version(in: tarball, of: name), kind: kind,
      confidence: entry.version == nil ? .partial : .exact, line: line, source: Self.source(entry.resolved, tarball),
      isOptional: entry.isOptional)
    if package.version == nil { extraction.note(.missingVersion, [key.string], line: line) }
    let node = extraction.add(package)
    if file.wantsGraph { tree.addPackage(key.string, node: node, asks: entry.asks) }
    if lockfileVersion != 3 { known.formUnion([package.title, package.name]) }
    addTarball(tarball, at: entry.resolved, besides: package, &extraction)
  }

  /// `a` of `node_modules/a`, `@s/b` of `packages/web/node_modules/@s/b`; nil for a key that is no installed package's.
  private static func installedName(ofKey key: JSONString) -> String? {
    guard !key.hasEscapes else {
      var text = key.string
      return text.withUTF8(installedName)
    }
    return installedName(ofPath: key.raw)
  }

  /// Looks from the end: the last component called `node_modules` is what counts.
  private static func installedName(ofPath path: Bytes) -> String? {
    let folder: StaticString = "node_modules"
    var slash = path.count - 1
    while slash >= folder.utf8CodeUnitCount {
      let start = slash - folder.utf8CodeUnitCount
      if path[slash] == UInt8(ascii: "/"), path[slice: start..<slash].equals(folder),
        start == 0 || path[start - 1] == UInt8(ascii: "/")
      {
        return slash + 1 < path.count ? path[slice: (slash + 1)..<path.count].string : nil
      }
      slash -= 1
    }
    return nil
  }

  /// Whether a key stops where the package's name should come: `node_modules/`.
  private static func isNodeModules(_ key: JSONString) -> Bool {
    let components = key.string.utf8.split(separator: UInt8(ascii: "/"))
    return components.last?.elementsEqual("node_modules".utf8) ?? !key.raw.isEmpty
  }

  // MARK: Version 1: `dependencies`, nested

  private mutating func readDependencies(_ extraction: inout Extraction) throws(ParseError) {
    guard try reader.peek() == .object else {
      extraction.note(.entryNotUnderstood, ["dependencies"])
      return try reader.skip()
    }
    hasStructure = true
    try readLevel(below: "", &extraction)
  }

  /// One object of name → entry. It recurses once for each level of `node_modules`, so not deeper than the reader's depth limit.
  private mutating func readLevel(below parent: String, _ extraction: inout Extraction) throws(ParseError) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard try reader.peek() == .object else {
        extraction.note(.entryNotUnderstood, [key.string], line: key.line)
        try reader.skip()
        continue
      }
      guard !isFull(&extraction) else { throw ParseError(.tooMany, at: key.offset) }
      try readOldEntry(key, below: parent, &extraction)
    }
  }

  private mutating func readOldEntry(
    _ key: JSONString, below parent: String, _ extraction: inout Extraction
  ) throws(ParseError) {
    let name = key.string
    let place = parent.isEmpty ? "node_modules/\(name)" : "\(parent)/node_modules/\(name)"
    // The package is added before what is nested in it, so that packages stay in file order whatever the order of keys.
    let node = hasPackages ? nil : extraction.add(ExtractedPackage(name: name, version: nil, kind: kind))
    let line = key.line
    var version: String?
    var entry = Entry()
    try reader.enterObject()
    while let inner = try reader.nextKey() {
      if inner.equals("version") {
        version = try reader.stringValue()
      } else if inner.equals("resolved") {
        entry.resolved = try reader.stringOrSkip()
      } else if inner.equals("optional") {
        entry.isOptional = try reader.boolValue() ?? false
      } else if inner.equals("requires") {
        try readRequires(&entry)
      } else if inner.equals("dependencies") {
        try readInnerLevel(of: key, below: place, &extraction)
      } else {
        try reader.skip()
      }
    }
    finish(entry, version, name: name, line: line, place: place, node: node, &extraction)
  }

  private mutating func readInnerLevel(
    of key: JSONString, below place: String, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try reader.peek() == .object else {
      extraction.note(.entryNotUnderstood, [key.string], line: key.line)
      return try reader.skip()
    }
    try readLevel(below: place, &extraction)
  }

  private mutating func readRequires(_ entry: inout Entry) throws(ParseError) {
    // npm 5 wrote `true` here.
    guard try reader.enterObjectOrSkip() else { return }
    while let name = try reader.nextKey() {
      if file.wantsGraph { entry.asks.append(name.string) }
      try reader.skip()
    }
  }

  private mutating func finish(
    _ entry: Entry, _ version: String?, name: String, line: Int, place: String, node: Int?,
    _ extraction: inout Extraction
  ) {
    let readPackage = Self.withTarball(at: entry.resolved) { tarball in
      Self.oldPackage(entry, tarball, version, name: name, line: line, kind: kind)
    }
    guard let package = readPackage else {
      ownEntries += 1
      if let node { withdrawn.insert(node) }
      return
    }
    // Where the other half of the file holds everything, an entry without a version here is a link.
    if package.version == nil, package.source == nil, !hasPackages {
      extraction.note(.missingVersion, [name], line: line)
    }
    guard let node else {
      // One without a version and an address is a link, which the other half knows as one.
      let isPackage = package.version != nil || package.source != nil
      if isPackage, known.insert(package.title).inserted { extraction.add(package) }
      return
    }
    extraction.replace(node, with: package)
    if file.wantsGraph { tree.addPackage(place, node: node, asks: entry.asks) }
    Self.withTarball(at: entry.resolved) { addTarball($0, at: entry.resolved, besides: package, &extraction) }
  }

  /// Version 1 writes into `version` what the other versions write into three fields.
  private static func oldPackage(
    _ entry: Entry, _ tarball: RegistryTarball?, _ version: String?, name: String, line: Int, kind: Sighting.Kind
  ) -> ExtractedPackage? {
    var package = ExtractedPackage(
      name: name, version: nil, kind: kind, line: line, source: source(entry.resolved, tarball),
      isOptional: entry.isOptional)
    guard let version, !version.isEmpty else {
      package.confidence = .partial
      return package
    }
    if version.hasPrefix("npm:") {
      let target = version.dropFirst(4)
      guard let at = target.utf8.lastIndex(of: UInt8(ascii: "@")), at > target.startIndex else { return package }
      package.name = String(target[..<at])
      package.version = NPMVersion.normalised(String(target[target.utf8.index(after: at)...]))
    } else if version.hasPrefix("file:") || version.hasPrefix("link:") {
      guard version.hasSuffix(".tgz") || version.hasSuffix(".tar.gz") else { return nil }
      package.source = version
      package.version = TarballAddress.version(in: version, of: name)
      package.confidence = .partial
    } else if version.utf8.contains(UInt8(ascii: ":")) || version.utf8.contains(UInt8(ascii: "/")) {
      readAddress(version, into: &package)
    } else {
      package.version = NPMVersion.normalised(version)
    }
    // `npm:name@`, or nothing but a `v`.
    if package.version?.isEmpty == true {
      package.version = nil
      package.confidence = .partial
    }
    return package
  }

  // MARK: Addresses

  /// Calls `body` with the tarball of a registry that is at `address`. Only an address written with escapes is copied.
  private static func withTarball<Result>(at address: JSONString?, _ body: (RegistryTarball?) -> Result) -> Result {
    guard let address else { return body(nil) }
    guard address.hasEscapes else { return body(RegistryTarball(address.raw)) }
    var text = address.string
    return text.withUTF8 { body(RegistryTarball($0)) }
  }

  /// The address, where it is not that of a registry's tarball.
  private static func source(_ resolved: JSONString?, _ tarball: RegistryTarball?) -> String? {
    guard let resolved, tarball == nil, !resolved.raw.isEmpty else { return nil }
    return PackageSource.redacted(resolved.string)
  }

  /// An address in the place of the version is all that tells what is installed.
  private static func readAddress(_ address: String, into package: inout ExtractedPackage) {
    package.version = TarballAddress.version(in: address, of: package.name)
    if let other = TarballAddress.other(than: package, at: address) {
      package.name = other.name
      package.version = other.version
    } else if package.version != nil, TarballAddress.isOfRegistry(address) {
      return  // The registry's own address of the package that the entry names.
    }
    package.source = PackageSource.redacted(address)
    package.confidence = .partial
  }

  private static func version(in tarball: RegistryTarball?, of name: String) -> String? {
    tarball.flatMap { $0.pathEnds(withPackage: name) ? $0.version : nil }
  }

  /// Says so where npm would install another package than the entry is named for.
  private func addTarball(
    _ tarball: RegistryTarball?, at address: JSONString?, besides package: ExtractedPackage,
    _ extraction: inout Extraction
  ) {
    // The usual case, told without making a string: the address holds `/name/-/` and ends with `-1.0.0.tgz`.
    guard let tarball, let address, !tarball.isOf(package) else { return }
    if let other = TarballAddress.other(than: package, at: address.string) { extraction.add(other) }
  }
}
