// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension YarnLock {
  /// What one entry of yarn 2 and later says, in YAML or in JSON.
  struct LaterEntry {
    struct Request {
      let name: String
      let range: String
      let line: Int
    }

    /// The patterns that it answers, with commas between them.
    let key: String
    let line: Int
    var version: String?
    var resolution: String?
    var requests: [Request] = []
    /// Names among the requests that it can do without.
    var optionalNames: Set<String> = []
    /// Whether it is made for some systems only.
    var isForPlatform = false
    var linkType: String?
  }

  /// Turns the entries of yarn 2 and later into packages.
  struct LaterEntries {
    private static let knownVersions = 1...9

    private(set) var dependencies = YarnDependencies()
    private(set) var hasWorkspace = false
    private(set) var hasEntries = false
    private var versionIsKnown = true

    mutating func noteVersion(_ version: String, line: Int, _ extraction: inout Extraction) {
      if let number = Int(version), Self.knownVersions.contains(number) { return }
      versionIsKnown = false
      extraction.note(.unknownFormatVersion, [version], line: line)
    }

    mutating func add(_ entry: LaterEntry, _ extraction: inout Extraction) {
      hasEntries = true
      let first = extraction.packages.count
      let folder = addPackages(entry, &extraction)
      for pattern in Self.patterns(of: entry.key) {
        guard let (name, range) = YarnLocator.split(pattern) else { continue }
        dependencies.answer(name: name, range: range)
      }
      for request in entry.requests {
        dependencies.request(
          request.name, request.range, line: request.line, isOptional: entry.optionalNames.contains(request.name))
      }
      dependencies.endEntry(packages: first..<extraction.packages.count, folder: folder)
    }

    /// - Returns: The folder that the entry stands for, where it is no package.
    private mutating func addPackages(_ entry: LaterEntry, _ extraction: inout Extraction) -> String? {
      guard let resolution = entry.resolution else {
        addUnresolved(entry, &extraction)
        return nil
      }
      let locator = YarnLocator(resolution)
      switch locator.kind {
      case .folder:
        if Self.isWorkspace(resolution) { hasWorkspace = true }
        return locator.address
      case .runtime: return nil
      case .unclear:
        extraction.note(.entryNotUnderstood, [PackageSource.redacted(resolution)], line: entry.line)
        addUnresolved(entry, isNoted: true, &extraction)
        return nil
      case .registry, .foreign: break
      }
      let stated = entry.version.flatMap(YarnLock.version)
      guard let package = locator.package(kind: .locked, line: entry.line, statedVersion: stated) else { return nil }
      add(package, entry, &extraction)
      // What is fetched goes by the resolution; what the entry calls its version must not be able to hide.
      if let stated, stated != package.version { add(partial(package, version: stated), entry, &extraction) }
      if let address = locator.address, let other = Self.content(of: address, besides: package) {
        add(other, entry, &extraction)
      }
      return nil
    }

    /// An entry without a readable resolution, which yarn refuses: what its key and version say is all there is.
    private mutating func addUnresolved(_ entry: LaterEntry, isNoted: Bool = false, _ extraction: inout Extraction) {
      if !isNoted { extraction.note(.entryNotUnderstood, [PackageSource.redacted(entry.key)], line: entry.line) }
      var names: [String] = []
      for var pattern in Self.patterns(of: entry.key) {
        let name = pattern.withUTF8 { YarnPattern($0, isClassic: false).realName.string }
        if !name.isEmpty, !names.contains(name) { names.append(name) }
      }
      for name in names {
        let version = entry.version.flatMap(YarnLock.version)
        let package = ExtractedPackage(name: name, version: version, kind: .locked, line: entry.line)
        add(partial(package, version: version), entry, &extraction)
      }
    }

    private func add(_ package: ExtractedPackage, _ entry: LaterEntry, _ extraction: inout Extraction) {
      var package = package
      if entry.isForPlatform { package.isOptional = true }
      if !versionIsKnown { package.confidence = .partial }
      extraction.add(package)
    }

    private func partial(_ package: ExtractedPackage, version: String?) -> ExtractedPackage {
      var package = package
      (package.version, package.confidence) = (version, .partial)
      return package
    }

    /// Comes after an error as well: what was read until then is kept.
    func finish(wantsGraph: Bool, _ extraction: inout Extraction) {
      dependencies.markOptional(in: &extraction)
      if wantsGraph { dependencies.fill(&extraction.graph) }
    }

    private static func patterns(of key: String) -> [String] {
      key.utf8.split(separator: UInt8(ascii: ",")).map { part in
        String(Substring(part.drop { $0 == UInt8(ascii: " ") }))
      }
    }

    private static func isWorkspace(_ resolution: String) -> Bool {
      YarnLocator.split(resolution)?.reference.hasPrefix("workspace:") ?? false
    }

    private static func content(of address: String, besides package: ExtractedPackage) -> ExtractedPackage? {
      var address = address
      return address.withUTF8 { YarnLock.content(of: $0, besides: package) }
    }
  }
}
