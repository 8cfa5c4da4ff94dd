// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Holds each project's lockfiles against what is installed beside them, for npm and its relatives.
///
/// A project is the folder of a lockfile outside of `node_modules`; what is installed there is what lies below its `node_modules`, or below
/// that of a folder inside it which has no lockfile of its own (a workspace member).
struct LockComparison {
  fileprivate struct Project {
    /// The one to point at.
    var lockfile: String
    /// Indices of the lockfiles that came with the project.
    var lockfiles: [Int] = []
    /// Indices of those in which a package manager notes what it has installed: they speak for the disk, unless there is nothing else.
    var stateFiles: [Int] = []
    /// Numbers of packages.
    var installed: [Int32] = []
  }

  private let contents: InventoryBuilder.Contents
  private var projects: [Substring: Project] = [:]

  init(_ contents: InventoryBuilder.Contents) {
    self.contents = contents
    for (index, lockfile) in contents.lockfiles.enumerated() {
      let path = lockfile.path
      // `node_modules/.package-lock.json` and its like speak for the project that holds the folder.
      let folder = path.firstNodeModules.map { path[..<$0] } ?? path.folder
      guard path.firstNodeModules == nil || path.isStateFile else { continue }
      projects[folder, default: Project(lockfile: path)].add(index, path, isStateFile: path.isStateFile)
    }
    guard !projects.isEmpty else { return }
    for (package, file) in contents.installed { addInstalled(package, at: contents.sightings.path(ofFile: Int(file))) }
  }

  private mutating func addInstalled(_ package: Int32, at path: String) {
    // Only packages' own folders: what lies deeper inside them (fixtures, bundled code) no lockfile names.
    guard let end = path.firstNodeModules, path.isPackageFolderManifest else { return }
    var folder = path[..<end]
    while true {
      if projects[folder]?.installed.append(package) != nil { return }
      guard let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
      folder = folder[..<slash]
    }
  }

  func notes() -> [Note] {
    // For each package the last project whose lockfiles name it: one array instead of a set for each project.
    var marks = [Int32](repeating: -1, count: contents.packages.packages.count)
    return projects.values.enumerated().flatMap { index, project -> [Note] in
      let installed = project.installed + packages(of: project.installedFiles)
      guard !installed.isEmpty else { return [] }
      for number in packages(of: project.lockedFiles) { marks[Int(number)] = Int32(index) }
      let strangers = installed.filter { marks[Int($0)] != Int32(index) }
      return strangers.isEmpty ? [] : notes(for: project, strangers)
    }
  }

  private func notes(for project: Project, _ strangers: [Int32]) -> [Note] {
    let names = Set(strangers.map { contents.packages.packages[Int($0)].name })
    let locked = versions(packages(of: project.lockedFiles), of: names)
    let installed = versions(strangers, of: names)
    var notes: [Note] = []
    var unknown: [String] = []
    for (name, versions) in installed {
      guard let expected = locked[name] else {
        unknown += versions.map { "\(name)@\($0)" }
        continue
      }
      notes.append(
        Note(
          code: .lockDisagreesWithInstalled, path: project.lockfile,
          package: Package(ecosystem: .npm, name: name, version: nil),
          arguments: [name, expected.sorted().joined(separator: " "), versions.sorted().joined(separator: " ")]))
    }
    guard !unknown.isEmpty else { return notes }
    notes.append(
      Note(
        code: .installedNotLocked, path: project.lockfile, arguments: ["\(unknown.count)"] + unknown.sorted().prefix(5))
    )
    return notes
  }

  private func packages(of lockfiles: [Int]) -> [Int32] {
    lockfiles.flatMap { contents.lockfiles[$0].packages }
  }

  private func versions(_ numbers: [Int32], of names: Set<String>) -> [String: Set<String>] {
    var versions: [String: Set<String>] = [:]
    for number in numbers {
      let package = contents.packages.packages[Int(number)]
      guard names.contains(package.name), let version = package.version else { continue }
      versions[package.name, default: []].insert(version)
    }
    return versions
  }
}

extension LockComparison.Project {
  mutating func add(_ index: Int, _ path: String, isStateFile: Bool) {
    if isStateFile {
      stateFiles.append(index)
    } else {
      lockfile = lockfiles.isEmpty ? path : min(lockfile, path)
      lockfiles.append(index)
    }
  }

  /// What says how it should be.
  var lockedFiles: [Int] { lockfiles.isEmpty ? stateFiles : lockfiles }
  /// What says how it is, beside the packages themselves.
  var installedFiles: [Int] { lockfiles.isEmpty ? [] : stateFiles }
}

extension String {
  /// The path without its last component; the same folder always gives the same text.
  fileprivate var folder: Substring {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return self[..<slash]
  }

  /// Where the outermost `node_modules` of the path begins, the slash before it included; nil if there is none.
  fileprivate var firstNodeModules: String.Index? {
    if hasPrefix("node_modules/") { return startIndex }
    var text = self
    let offset = text.withUTF8 { bytes in
      let marker: StaticString = "/node_modules/"
      var start = 0
      while let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
        let end = slash + marker.utf8CodeUnitCount
        guard end <= bytes.count else { return -1 }
        if (slash..<end).allSatisfy({ bytes[$0] == marker.utf8Start[$0 - slash] }) { return slash }
        start = slash + 1
      }
      return -1
    }
    return offset < 0 ? nil : utf8.index(utf8.startIndex, offsetBy: offset)
  }

  /// Whether this is a file in which a package manager notes what it has installed.
  fileprivate var isStateFile: Bool {
    [".package-lock.json", "/.pnpm/lock.yaml", "/.yarn-state.yml"].contains { hasSuffix($0) }
  }

  /// Whether the path ends with `node_modules/NAME/package.json` or `node_modules/@SCOPE/NAME/package.json`.
  fileprivate var isPackageFolderManifest: Bool {
    let parts = utf8.split(separator: UInt8(ascii: "/")).suffix(4).map { Substring($0) }
    guard parts.count >= 3 else { return false }
    if parts[parts.count - 3] == "node_modules" { return true }
    return parts.count == 4 && parts[0] == "node_modules" && parts[1].hasPrefix("@")
  }
}
