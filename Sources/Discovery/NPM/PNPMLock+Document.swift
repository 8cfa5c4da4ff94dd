// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension PNPMLock {
  /// One YAML document as it is read: its packages, who asks for them, and what it refers to without holding it.
  ///
  /// Entries, snapshots and dependencies may come in any order: each name of a package becomes a node when it is first
  /// met, and what the nodes are is settled at the end.
  struct Document {
    /// Who asks for a package.
    enum Origin {
      /// A project, by its folder; nil for the top one.
      case project(String?)
      /// A package, or a folder that is installed like one.
      case node(Int)
    }

    /// What became of a document.
    struct Outcome {
      let line: Int
      /// Whether it holds nothing, not even the wrong thing.
      let isEmpty: Bool
      let isLockfile: Bool
      /// Whether it is pnpm's own, before the project's.
      let isEnvironment: Bool
      /// Whether it names packages, or has a project that asks for none, or has been noted already.
      let isWhole: Bool
    }

    private enum Role {
      /// Only asked for.
      case asked
      /// In `snapshots`, and not in `packages`.
      case snapshot
      /// A package, by its place in `packages`.
      case package(Int)
      /// Rightly no package. What it asks for is asked for by the folder of this name.
      case leftOut(String?)
    }

    private struct Node {
      let path: DependencyPath
      var line: Int
      var role = Role.asked
      /// Whether anything asks for it that cannot do without.
      var isRequired = false
      var hasOptionalVariant = false
      var hasRequiredVariant = false
    }

    var line = 1
    /// nil where the document gives none.
    var version: String?
    var versionLine = 1
    var isEmpty = false
    var isEnvironment = false
    var hasProjectSections = false
    var hasSnapshots = false
    /// A section that pnpm fills only with what the packages need.
    var sectionAboutPackages: YAMLReader.Scalar?
    /// Whether there are more packages than may be read.
    private(set) var isFull = false

    private let kind: Sighting.Kind
    private let wantsGraph: Bool
    private let room: Int
    private var hasProject = false
    private var packages: [ExtractedPackage] = []
    private var nodes: [Node] = []
    private var numbers: [String: Int] = [:]
    private var roots: [(node: Int, project: String?)] = []
    private var edges: [(from: Int, to: Int)] = []
    private var problems: [Extraction.Problem] = []
    /// The names in `specifiers` of the project that is being read, with their lines, and those that it resolves.
    private var specifiers: [(name: String, line: Int)] = []
    private var resolved: Set<String> = []

    /// - Parameter room: How many packages it may name.
    init(kind: Sighting.Kind, wantsGraph: Bool, room: Int) {
      self.kind = kind
      self.wantsGraph = wantsGraph
      self.room = room
    }

    // MARK: Projects

    mutating func sawProject() {
      hasProject = true
    }

    mutating func beginProject() {
      specifiers = []
      resolved = []
    }

    mutating func addSpecifier(_ name: YAMLReader.Scalar) {
      specifiers.append((name.text, name.line))
    }

    /// In version 5 every name in `specifiers` has a version in one of the sections after it.
    mutating func endProject() {
      if let missing = specifiers.first(where: { !resolved.contains($0.name) }) {
        problems.append(.init(.truncated, arguments: [missing.name], line: missing.line))
      }
      beginProject()
    }

    mutating func addDependency(
      _ name: YAMLReader.Scalar, version: String, of origin: Origin, isOptional: Bool
    ) {
      if case .project = origin { resolved.insert(name.text) }
      let path = DependencyPath(version: version, of: name.text)
      guard path.kind != .link else { return }
      let target = node(for: path, line: name.line)
      if !isOptional { nodes[target].isRequired = true }
      guard wantsGraph else { return }
      switch origin {
      case .project(let project): roots.append((target, project))
      case .node(let node): edges.append((node, target))
      }
    }

    // MARK: Entries

    /// A package whose key says all is kept from here on, so that an error in its fields does not lose it.
    mutating func beginEntry(_ key: YAMLReader.Scalar) -> Int {
      let path = DependencyPath(key: key.text)
      let node = node(for: path, line: key.line)
      if path.kind == .package, !isPackage(node) {
        nodes[node].line = key.line
        add(package(path, line: key.line), as: node)
      }
      return node
    }

    mutating func endEntry(_ key: YAMLReader.Scalar, node: Int, _ entry: Entry) {
      let path = DependencyPath(key: key.text)
      // Since version 7 it is the snapshots that tell.
      if entry.isOptional || major < 7 { noteVariant(node, isOptional: entry.isOptional) }
      switch path.kind {
      case .package: complete(node, path, entry)
      case .runtime, .link: nodes[node].role = .leftOut(nil)
      case .file where entry.directory != nil || !(entry.tarball ?? path.address ?? "").isTarball:
        nodes[node].role = .leftOut(entry.directory ?? path.address.map(Self.folder))
      case .address where entry.directory != nil: nodes[node].role = .leftOut(entry.directory)
      case .file, .address, .packageOfNamedRegistry, .unclear: addForeign(key, node, path, entry)
      }
    }

    mutating func addSnapshot(_ key: YAMLReader.Scalar) -> Int {
      let path = DependencyPath(key: key.text)
      let node = node(for: path, line: key.line)
      switch path.kind {
      case .runtime, .link: nodes[node].role = .leftOut(nil)
      default:
        if case .asked = nodes[node].role {
          nodes[node].role = .snapshot
          nodes[node].line = key.line
        }
      }
      return node
    }

    /// A package is optional if all its variants, by the peers that they found, are.
    mutating func noteVariant(_ node: Int, isOptional: Bool) {
      if isOptional { nodes[node].hasOptionalVariant = true } else { nodes[node].hasRequiredVariant = true }
    }

    mutating func note(_ reason: Coverage.Reason, _ key: YAMLReader.Scalar) {
      problems.append(.init(reason, arguments: [PackageSource.redacted(key.text)], line: key.line))
    }

    private mutating func node(for path: DependencyPath, line: Int) -> Int {
      if let number = numbers[path.id] { return number }
      numbers[path.id] = nodes.count
      nodes.append(Node(path: path, line: line))
      return nodes.count - 1
    }

    private func isPackage(_ node: Int) -> Bool {
      if case .package = nodes[node].role { true } else { false }
    }

    private mutating func add(_ package: ExtractedPackage, as node: Int? = nil) {
      guard packages.count < room else {
        isFull = true
        return
      }
      if let node { nodes[node].role = .package(packages.count) }
      packages.append(package)
    }

    private func package(_ path: DependencyPath, line: Int) -> ExtractedPackage {
      ExtractedPackage(
        name: path.name ?? path.id, version: path.version, kind: kind,
        confidence: path.version == nil ? .partial : .exact, line: line,
        source: path.address.map(PackageSource.redacted) ?? Self.source(host: path.host))
    }

    /// An entry of a registry: its fields add where it comes from, and may contradict its key.
    private mutating func complete(_ node: Int, _ path: DependencyPath, _ entry: Entry) {
      guard case .package(let index) = nodes[node].role else { return }
      if entry.isForPlatform { packages[index].isOptional = true }
      if let address = entry.address, !Self.isTarball(address, of: path) {
        packages[index].source = PackageSource.redacted(address)
        addContent(of: address, besides: packages[index])
      }
      let name = entry.name ?? packages[index].name
      let version = entry.version.map(NPMVersion.normalised) ?? packages[index].version
      guard name != packages[index].name || version != packages[index].version else { return }
      // pnpm has followed the one in some versions and the other in others: neither may hide the other.
      var other = packages[index]
      (other.name, other.version, other.confidence) = (name, version, .partial)
      add(other)
    }

    /// Reports the package that is really downloaded, where the address is a registry's and names another one than the
    /// key.
    private mutating func addContent(of address: String, besides package: ExtractedPackage) {
      var address = address
      let content = address.withUTF8 { bytes in RegistryTarball(bytes).map { ($0.name, $0.version) } }
      guard let content, let name = content.0 else { return }
      var other = package
      (other.name, other.version, other.confidence) = (name, content.1 ?? package.version, .partial)
      guard other.name != package.name || other.version != package.version else { return }
      add(other)
    }

    /// An entry that is known by an address, or by the name that the project gave a registry.
    private mutating func addForeign(_ key: YAMLReader.Scalar, _ node: Int, _ path: DependencyPath, _ entry: Entry) {
      guard !isPackage(node) else { return }
      let isOfRegistry = path.kind == .packageOfNamedRegistry
      guard let name = isOfRegistry ? path.name : entry.name ?? path.name, path.kind != .unclear || entry.version != nil
      else {
        nodes[node].role = .leftOut(nil)
        note(.entryNotUnderstood, key)
        // The name alone may already be worth knowing.
        if let name = path.name {
          add(ExtractedPackage(name: name, version: nil, kind: kind, confidence: .partial, line: key.line))
        }
        return
      }
      var found = package(path, line: key.line)
      found.name = name
      if !isOfRegistry { found.version = entry.version.map(NPMVersion.normalised) }
      found.confidence = found.version == nil ? .partial : .exact
      found.source = PackageSource.redacted(entry.address ?? path.address ?? path.id)
      found.isOptional = entry.isForPlatform
      nodes[node].line = key.line
      add(found, as: node)
    }

    // MARK: The end

    /// Hands over what was read.
    /// - Parameter isBroken: Whether the grammar broke, so that what is missing needs no further note.
    @discardableResult
    mutating func finish(into extraction: inout Extraction, isBroken: Bool) -> Outcome {
      endProject()
      if isBroken { problems.removeAll { $0.reason == .truncated } }
      judgeVersion()
      let hasEntries = !packages.isEmpty
      settleNodes(isBroken: isBroken)
      if hasEntries, !hasSnapshots, major >= 7, !isBroken {
        problems.append(.init(.truncated, arguments: ["snapshots"]))
      }
      if packages.isEmpty, !isBroken, let section = sectionAboutPackages { note(.truncated, section) }
      handOver(to: &extraction)
      for problem in problems { extraction.note(problem.reason, problem.arguments, line: problem.line) }
      return Outcome(
        line: line, isEmpty: isEmpty, isLockfile: version != nil || !packages.isEmpty,
        isEnvironment: isEnvironment && !hasProjectSections,
        isWhole: hasProject || !packages.isEmpty || !problems.isEmpty)
    }

    private var major: Int {
      Int(String(decoding: (version ?? "").utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)) ?? 0
    }

    private mutating func judgeVersion() {
      guard version != nil || !packages.isEmpty, ![3, 4, 5, 6, 7, 9].contains(major) else { return }
      problems.append(
        .init(.unknownFormatVersion, arguments: version.map { [$0] } ?? [], line: version == nil ? nil : versionLine))
      for index in packages.indices { packages[index].confidence = .partial }
    }

    private mutating func settleNodes(isBroken: Bool) {
      var firstMissing: Node?
      for number in nodes.indices {
        let node = nodes[number]
        switch node.role {
        case .package(let index):
          if node.hasOptionalVariant, !node.hasRequiredVariant { packages[index].isOptional = true }
        case .leftOut: continue
        case .snapshot: addUnlisted(number)
        case .asked:
          // What is optional need not be installed.
          if kind == .installed, !node.isRequired { continue }
          addUnlisted(number)
          if firstMissing.map({ node.line < $0.line }) ?? true { firstMissing = node }
        }
      }
      guard !isBroken, let firstMissing else { return }
      problems.append(
        .init(.truncated, arguments: [PackageSource.redacted(firstMissing.path.id)], line: firstMissing.line))
    }

    /// Adds what has no entry in `packages`, as far as it is a package.
    private mutating func addUnlisted(_ number: Int) {
      let node = nodes[number]
      let isFolder = node.path.kind == .file && !(node.path.address ?? "").isTarball
      if isFolder || node.path.kind == .runtime {
        nodes[number].role = .leftOut(node.path.address.map(Self.folder))
        return
      }
      guard node.path.kind != .unclear, node.path.name != nil else {
        problems.append(.init(.entryNotUnderstood, arguments: [PackageSource.redacted(node.path.id)], line: node.line))
        return
      }
      var package = package(node.path, line: node.line)
      package.confidence = .partial
      add(package, as: number)
    }

    /// Adds the packages in file order, and the graph with the numbers that they have there.
    private func handOver(to extraction: inout Extraction) {
      let order = packages.indices.sorted { (packages[$0].line, $0) < (packages[$1].line, $1) }
      var places = [Int](repeating: 0, count: packages.count)
      extraction.reserve(packages.count)
      for index in order { places[index] = extraction.add(packages[index]) }
      func place(of node: Int) -> Int? {
        guard case .package(let index) = nodes[node].role else { return nil }
        return places[index]
      }
      for root in roots {
        if let target = place(of: root.node) { extraction.graph.addRoot(target, project: root.project) }
      }
      for edge in edges {
        guard let target = place(of: edge.to) else { continue }
        if case .leftOut(let folder) = nodes[edge.from].role {
          extraction.graph.addRoot(target, project: folder)
        } else if let origin = place(of: edge.from) {
          extraction.graph.addEdge(from: origin, to: target)
        }
      }
    }

    // MARK: Addresses

    /// The registry that most lockfiles mean without saying so is no source of its own.
    private static func source(host: String?) -> String? {
      host == "registry.npmjs.org" ? nil : host
    }

    private static func folder(_ address: String) -> String {
      address.hasPrefix("file:") ? String(address.dropFirst(5)) : address
    }

    /// Whether an address is the one that any registry has for the package: `https://host/name/-/name-1.0.0.tgz`.
    private static func isTarball(_ address: String, of path: DependencyPath) -> Bool {
      var address = address
      return address.withUTF8 { bytes in
        guard let tarball = RegistryTarball(bytes), let name = path.name else { return false }
        return tarball.pathEnds(withPackage: name) && tarball.version.map { $0 == path.version } ?? true
      }
    }
  }
}

extension PNPMLock.Entry {
  /// Where the package comes from, if not simply from the registry.
  fileprivate var address: String? {
    if let tarball { return tarball }
    if let repository { return commit.map { "\(repository)#\($0)" } ?? repository }
    return directory.map { "file:\($0)" }
  }
}

extension String {
  fileprivate var isTarball: Bool { hasSuffix(".tgz") || hasSuffix(".tar.gz") || hasSuffix(".tar") }
}
