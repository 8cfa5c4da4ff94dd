// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// One entry of a lockfile of Python's package managers, as far as it was read.
struct PythonLockEntry {
  /// A package that the entry asks for.
  struct Request {
    /// In its normal form.
    var name: String
    /// Where the file tells which of several versions is meant.
    var version: String?
    /// Whether it may rightly be missing from the file.
    var isOptional = false
    let line: Int
  }

  /// Where the package comes from.
  enum Origin: Equatable {
    case registry
    /// A repository or an archive.
    case address(String)
    /// A folder on this machine: the project itself, a member of its workspace, or a project beside it. No package of a registry.
    case folder(String)
  }

  /// Of the key `name`, or of the entry's beginning as long as there is none. 1-based.
  var line: Int
  /// In its normal form.
  var name: String?
  var version: String?
  var isOptional = false
  /// Whether it stands for extras of a package, which has an entry of its own.
  var isExtra = false
  /// Whether it has what its format writes last: the files of the package.
  var isWhole = false
  /// What the file says of the source, by the names that the format has for it.
  var source: [String: String] = [:]
  var requests: [Request] = []

  init(line: Int) {
    self.line = line
  }

  /// Takes a value of the inline tables that some formats write for a request: `{ name = "a", version = "1" }`.
  /// - Parameter field: The key inside of the table; nil where the table begins.
  mutating func readRequest(_ leaf: TOMLLeafReader.Leaf, field: String?, line: Int) {
    guard let field else {
      if case .element = leaf { requests.append(Request(name: "", line: line)) }
      return
    }
    guard case .string(let text) = leaf, let index = requests.indices.last else { return }
    if field == "name" { requests[index].name = PyPIName.normalised(text.string) }
    if field == "version" { requests[index].version = text.string }
  }
}

extension PythonLockEntry.Request {
  /// A request as it stands in a package's metadata. One without a name is of a package that cannot be there.
  init(specifier: String, line: Int) {
    let requirement = PythonRequirement(specifier)
    self.init(
      name: PyPIName.normalised(requirement?.name ?? ""), version: requirement?.pinned,
      isOptional: requirement?.hasMarker ?? false, line: line)
  }
}

extension PythonLockEntry.Origin {
  /// A repository at a commit: `git+https://host/a.git@0123abcd`.
  static func repository(_ system: String, _ address: String, commit: String?) -> Self {
    .address(PythonRepository.address(system, address, commit: commit))
  }

  /// An archive on this machine is a package as it was published, wherever it comes from; a folder is none.
  static func path(_ path: String) -> Self {
    PythonArchive.isArchive(path) ? .file(path) : .folder(path)
  }

  /// An archive on this machine.
  static func file(_ path: String) -> Self {
    .address("file:\(path)")
  }
}

extension Extraction {
  /// Notes a package of a registry, a repository or an archive. One without a version is partial, and a problem if a registry has it: a
  /// repository or an archive has a version of its own, which some formats do not write down.
  mutating func add(_ package: ExtractedPackage, from origin: PythonLockEntry.Origin) -> Int {
    var package = package
    var other: ExtractedPackage?
    if package.version == nil { package.confidence = .partial }
    if case .address(let address) = origin {
      package.source = PackageSource.redacted(address)
      other = package.complete(fromAddress: address)
    } else if package.version == nil {
      note(.missingVersion, [package.name], line: package.line)
    }
    let number = add(package)
    if let other { add(other) }
    return number
  }
}

extension ExtractedPackage {
  /// Completes a package that is not from a registry by what the name of its file says.
  /// - Returns: The package that the file is of, where that is another one, or another version: installers take what the file holds.
  fileprivate mutating func complete(fromAddress address: String) -> ExtractedPackage? {
    let isFile = address.hasPrefix("file:")
    guard let archive = PythonArchive(address: isFile ? String(address.dropFirst(5)) : address) else { return nil }
    let archiveName = PyPIName.normalised(archive.name)
    if archiveName == name, version == nil || version == archive.version {
      version = archive.version
      return nil
    }
    guard archive.isWheel else { return nil }
    var other = self
    (other.name, other.version, other.confidence) = (archiveName, archive.version, .partial)
    return other
  }
}

/// The entries of one lockfile: who asks for whom, and what is missing.
struct PythonLockEntries {
  private enum Role {
    /// A package with this number in the extraction.
    case package(Int)
    /// A folder. What it asks for is asked for by a project: by the top one where there is no name.
    case project(String?)
  }

  /// To how many versions of one package a request leads that names none. Resolvers that let versions stand side by side have two or
  /// three; a file made to hurt could have as many requests as versions, and then edges by the square of that.
  private static let mostVersions = 16

  private var roles: [Role] = []
  /// `from` is negative for what the file's project asks for without an entry of its own.
  private var requests: [(from: Int, request: PythonLockEntry.Request)] = []
  /// Numbers of entries, by name.
  private var nodes: [String: [Int]] = [:]
  /// The same by name and version, the first of each.
  private var exact: [String: Int] = [:]
  /// How many folders there are: entries that are rightly no packages.
  private(set) var projects = 0

  /// Adds a package, or a project where the origin is a folder.
  mutating func add(
    _ entry: PythonLockEntry, named name: String, _ origin: PythonLockEntry.Origin, _ extraction: inout Extraction
  ) {
    let title = "\(name)@\(entry.version ?? "")"
    if entry.isExtra, let number = exact[title] {
      requests += entry.requests.map { (number, $0) }
      return
    }
    let number = roles.count
    roles.append(role(of: entry, named: name, origin, &extraction))
    nodes[name, default: []].append(number)
    if exact[title] == nil { exact[title] = number }
    requests += entry.requests.map { (number, $0) }
  }

  /// Adds what the file's project asks for, where it has no entry of its own.
  mutating func add(_ request: PythonLockEntry.Request) {
    requests.append((-1, request))
  }

  private mutating func role(
    of entry: PythonLockEntry, named name: String, _ origin: PythonLockEntry.Origin, _ extraction: inout Extraction
  ) -> Role {
    if case .folder(let folder) = origin {
      projects += 1
      return .project(folder == "." || folder.isEmpty ? nil : name)
    }
    let package = ExtractedPackage(
      ecosystem: .pypi, name: name, version: entry.version, kind: .locked, line: entry.line,
      isOptional: entry.isOptional)
    return .package(extraction.add(package, from: origin))
  }

  /// The first that is asked for, may not be missing, and is not there: the file was cut, or something was taken out of it.
  var firstMissing: PythonLockEntry.Request? {
    requests.first { !$0.request.isOptional && nodes[$0.request.name] == nil }?.request
  }

  /// Where the file has no project, the project asks for what nobody else asks for.
  func fill(_ graph: inout DependencyGraph) {
    var asked = [Bool](repeating: false, count: roles.count)
    var hasProject = false
    for (from, request) in requests {
      let origin = from < 0 ? .project(nil) : roles[from]
      if case .project = origin { hasProject = true }
      for target in targets(of: request) where target != from {
        guard case .package(let node) = roles[target] else { continue }
        asked[target] = true
        switch origin {
        case .package(let number): graph.addEdge(from: number, to: node)
        case .project(let name): graph.addRoot(node, project: name)
        }
      }
    }
    guard !hasProject else { return }
    for (number, role) in roles.enumerated() where !asked[number] {
      if case .package(let node) = role { graph.addRoot(node) }
    }
  }

  private func targets(of request: PythonLockEntry.Request) -> ArraySlice<Int> {
    if let version = request.version, let number = exact["\(request.name)@\(version)"] { return [number] }
    return nodes[request.name]?.prefix(Self.mostVersions) ?? []
  }
}
