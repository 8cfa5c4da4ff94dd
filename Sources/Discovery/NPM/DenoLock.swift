// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads Deno's lockfile `deno.lock`, versions 1 to 5.
///
/// - npm packages (`name@1.0.0_peer@2.0.0`: the version ends at the first underscore) and JSR packages, which have
///   their own ecosystem.
/// - Addresses of remote modules on servers that hand out npm packages (esm.sh, unpkg and others, see
///   ``ModuleAddress``) are reported as those packages, `partial`, once for each package and version. Other remote
///   modules are no packages of a registry.
/// - A specifier that was resolved to a package which the file does not list is reported as that package, `partial`,
///   after the others.
/// - Version 1 is a flat list of addresses; 2 has `npm.packages`, 3 `packages.npm` and `packages.jsr`, 4 and 5 have
///   `npm` and `jsr` at the top.
/// - Source: https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files, and `libs/lockfile`
///   of https://github.com/denoland/deno (read 2026-11-23)
public enum DenoLock: Extractor {
  public static let id = "npm/deno-lock"
  public static let files: [FilePattern] = [.name("deno.lock")]
  public static let role = FileRole.lockfile

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    var lockfile = DenoLockReader(file)
    try lockfile.read(into: &extraction)
  }
}

/// Reads one `deno.lock`.
private struct DenoLockReader {
  private var reader: JSONReader
  private let file: SourceFile
  private var graph = DenoLockGraph()
  private var hasStructure = false
  private var isUnknownVersion = false
  /// Whether there may be something here that a later version keeps elsewhere.
  private var hasUnknownKey = false
  /// What was reported from addresses, so that each package's many modules count once.
  private var remotePackages: Set<String> = []
  /// Top-level texts that are neither known nor an address.
  private var strays: [Extraction.Problem] = []

  init(_ file: SourceFile) {
    self.file = file
    reader = JSONReader(file.text, depthLimit: file.limits.depth)
  }

  mutating func read(into extraction: inout Extraction) throws(ParseError) {
    defer { finish(&extraction) }
    try reader.enterObject()
    while let key = try reader.nextKey() { try readSection(key, &extraction) }
    try reader.finish()
    reportUnlisted(&extraction)
  }

  /// Comes after an error as well: what was read until then is kept.
  private mutating func finish(_ extraction: inout Extraction) {
    if file.wantsGraph { graph.fill(&extraction.graph) }
    let isEmpty = extraction.packages.isEmpty && graph.specifiers.isEmpty
    extraction.isRightlyEmpty = hasStructure && isEmpty && !hasUnknownKey
    if hasStructure {
      for stray in strays { extraction.note(stray.reason, stray.arguments, line: stray.line) }
    }
    guard isUnknownVersion else { return }
    for (number, var package) in extraction.packages.enumerated() {
      package.confidence = .partial
      extraction.replace(number, with: package)
    }
  }

  private mutating func readSection(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    if key.equals("version") {
      try readVersion(key, &extraction)
    } else if key.equals("packages") {
      guard try enterObject(key, &extraction) else { return }
      while let key = try reader.nextKey() {
        if try !readPackageSection(key, &extraction) { try skipUnknown() }
      }
    } else if key.equals("remote") || key.equals("redirects") {
      let isRedirects = key.equals("redirects")
      guard try enterObject(key, &extraction) else { return }
      while let address = try reader.nextKey() { try readAddress(address, isRedirect: isRedirects, &extraction) }
    } else if key.equals("workspace") {
      try readWorkspace(key, &extraction)
    } else if try !readPackageSection(key, &extraction) {
      try readStray(key, &extraction)
    }
  }

  private mutating func readVersion(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    let version = try reader.peek() == .number ? reader.integerValue().map { "\($0)" } : reader.stringValue()
    hasStructure = true
    if let version, ["1", "2", "3", "4", "5"].contains(version) { return }
    isUnknownVersion = true
    extraction.note(.unknownFormatVersion, [version ?? ""], line: key.line)
  }

  /// The list of version 1, or something that is not of this format.
  private mutating func readStray(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard try reader.peek() == .string else { return try skipUnknown() }
    guard key.string.utf8.contains(UInt8(ascii: ":")) else {
      try reader.skip()
      return strays.append(problem(key))
    }
    hasStructure = true
    try readAddress(key, isRedirect: false, &extraction)
  }

  private mutating func skipUnknown() throws(ParseError) {
    hasUnknownKey = true
    try reader.skip()
  }

  // MARK: Entries

  private mutating func problem(_ key: JSONString) -> Extraction.Problem {
    Extraction.Problem(.entryNotUnderstood, arguments: [key.string], line: key.line)
  }

  private mutating func note(_ key: JSONString, _ extraction: inout Extraction) {
    let problem = problem(key)
    extraction.note(problem.reason, problem.arguments, line: problem.line)
  }

  /// Opens the object that comes next; says so where something else does, and passes it over.
  private mutating func enterObject(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) -> Bool {
    if try reader.enterObjectOrSkip() {
      hasStructure = true
      return true
    }
    note(key, &extraction)
    return false
  }

  private func checkRoom(_ key: JSONString, _ extraction: Extraction) throws(ParseError) {
    guard extraction.packages.count < file.limits.entriesPerFile else { throw ParseError(.tooMany, at: key.offset) }
  }

  // MARK: Packages

  /// - Returns: Whether the key is one of a section of packages; if not, nothing was read.
  private mutating func readPackageSection(
    _ key: JSONString, _ extraction: inout Extraction
  ) throws(ParseError) -> Bool {
    if key.equals("specifiers") {
      try readSpecifiers(key, registry: "", &extraction)
    } else if key.equals("jsr") {
      guard try enterObject(key, &extraction) else { return true }
      while let key = try reader.nextKey() { try readPackage(key, .jsr, &extraction) }
    } else if key.equals("npm") {
      guard try enterObject(key, &extraction) else { return true }
      while let key = try reader.nextKey() { try readNPMKey(key, &extraction) }
    } else {
      return false
    }
    return true
  }

  /// A package; in version 2 there is one level more.
  private mutating func readNPMKey(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    if key.equals("specifiers") {
      try readSpecifiers(key, registry: "npm:", &extraction)
    } else if key.equals("packages") {
      guard try enterObject(key, &extraction) else { return }
      while let key = try reader.nextKey() { try readPackage(key, .npm, &extraction) }
    } else {
      try readPackage(key, .npm, &extraction)
    }
  }

  /// - Parameter registry: What comes before names where the file leaves it out.
  private mutating func readSpecifiers(
    _ key: JSONString, registry: String, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard try enterObject(key, &extraction) else { return }
    while let specifier = try reader.nextKey() {
      try checkRoom(specifier, extraction)
      guard let value = try reader.stringValue(),
        graph.addSpecifier(registry + specifier.string, resolved: value, line: specifier.line)
      else {
        note(specifier, &extraction)
        continue
      }
    }
  }

  private mutating func readPackage(
    _ key: JSONString, _ ecosystem: Ecosystem, _ extraction: inout Extraction
  ) throws(ParseError) {
    try checkRoom(key, extraction)
    let text = key.string
    guard let id = DenoPackageID(text) else {
      try reader.skip()
      return note(key, &extraction)
    }
    guard try reader.enterObjectOrSkip() else { return note(key, &extraction) }
    let line = key.line
    var package = ExtractedPackage(
      ecosystem: ecosystem, name: id.name, version: id.version, kind: .locked, line: line)
    let registry = ecosystem == .npm ? "npm:" : "jsr:"
    var asks: [String] = []
    var tarball: String?
    while let detail = try reader.nextKey() {
      if detail.equals("os") || detail.equals("cpu") {
        package.isOptional = true
        try reader.skip()
      } else if detail.equals("tarball") {
        tarball = try reader.stringValue()
      } else if file.wantsGraph, detail.equals("dependencies") || detail.equals("optionalDependencies") {
        try readAsks(&asks, registry: registry)
      } else {
        try reader.skip()
      }
    }
    add(package, key: registry + text, asks: asks, tarball: tarball, &extraction)
  }

  private mutating func add(
    _ package: ExtractedPackage, key: String, asks: [String], tarball: String?, _ extraction: inout Extraction
  ) {
    var package = package
    var other: ExtractedPackage?
    if let tarball, !tarball.isEmpty {
      if !TarballAddress.isOfRegistry(tarball) { package.source = PackageSource.redacted(tarball) }
      other = TarballAddress.other(than: package, at: tarball)
    }
    let node = extraction.add(package)
    graph.addPackage(key, name: package.name, node: node, asks: asks)
    if let other { extraction.add(other) }
  }

  /// `{"name": "id"}` until version 3, `["name", "name@version", "alias@npm:name@version"]` from then on, and in JSR
  /// packages always `["jsr:@scope/name@^1"]`.
  private mutating func readAsks(_ asks: inout [String], registry: String) throws(ParseError) {
    switch try reader.peek() {
    case .object:
      try reader.enterObject()
      while try reader.nextKey() != nil {
        if let id = try reader.stringValue() { asks.append(registry + id) }
      }
    case .array:
      try reader.enterArray()
      while try reader.nextElement() {
        guard let text = try reader.stringValue() else { continue }
        asks.append(registry == "jsr:" ? text : registry + DenoPackageID.withoutAlias(text))
      }
    default: try reader.skip()
    }
  }

  /// A specifier's package that is in no list, for instance because somebody took it out by hand.
  private mutating func reportUnlisted(_ extraction: inout Extraction) {
    for specifier in graph.unlisted {
      guard extraction.packages.count < file.limits.entriesPerFile else { return }
      let (registry, text) = (specifier.id.prefix(4), String(specifier.id.dropFirst(4)))
      guard let id = DenoPackageID(text) else { continue }
      extraction.add(
        ExtractedPackage(
          ecosystem: registry == "jsr:" ? .jsr : .npm, name: id.name, version: id.version, kind: .locked,
          confidence: .partial, line: specifier.line))
    }
  }

  // MARK: Addresses

  private static let otherSchemes: [StaticString] = ["data:", "blob:", "file:", "npm:", "jsr:", "node:"]

  /// - Parameter isRedirect: Whether the value is an address as well, and the one that counts.
  private mutating func readAddress(
    _ key: JSONString, isRedirect: Bool, _ extraction: inout Extraction
  ) throws(ParseError) {
    guard let value = try reader.stringOrSkip() else { return note(key, &extraction) }
    let address = isRedirect ? value : key
    guard address.starts(with: "http://") || address.starts(with: "https://") else {
      let isKnown = Self.otherSchemes.contains { address.starts(with: $0) }
      return isKnown ? () : note(key, &extraction)
    }
    let text = address.string
    switch ModuleAddress(text) {
    case .notOfRegistry: return
    case .notUnderstood: note(key, &extraction)
    case .package(var package):
      try checkRoom(key, extraction)
      guard
        remotePackages.insert("\(package.ecosystem.rawValue) \(package.title) \(package.requirement ?? "")").inserted
      else { return }
      package.line = key.line
      package.source = PackageSource.redacted(text)
      extraction.add(package)
    }
  }

  // MARK: Workspace

  private mutating func readWorkspace(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
    guard try enterObject(key, &extraction) else { return }
    while let key = try reader.nextKey() {
      guard key.equals("members") else {
        try readProjectDetail(key, project: nil)
        continue
      }
      guard try enterObject(key, &extraction) else { continue }
      while let member = try reader.nextKey() {
        guard try enterObject(member, &extraction) else { continue }
        let project = member.string
        while let key = try reader.nextKey() { try readProjectDetail(key, project: project) }
      }
    }
  }

  /// What `deno.json` asks for, or what `package.json` beside it does.
  private mutating func readProjectDetail(_ key: JSONString, project: String?) throws(ParseError) {
    if key.equals("packageJson"), try reader.peek() == .object {
      try reader.enterObject()
      while let key = try reader.nextKey() { try readProjectAsks(key, project: project) }
    } else {
      try readProjectAsks(key, project: project)
    }
  }

  private mutating func readProjectAsks(_ key: JSONString, project: String?) throws(ParseError) {
    guard file.wantsGraph, key.equals("dependencies"), try reader.peek() == .array else { return try reader.skip() }
    try reader.enterArray()
    while try reader.nextElement() {
      if let specifier = try reader.stringValue() { graph.addProject(project, asks: specifier) }
    }
  }
}
