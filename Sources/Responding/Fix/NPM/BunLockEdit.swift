// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Puts safe versions into a `bun.lock`, the form that is text.
///
/// - Source: https://bun.sh/docs/install/lockfile and https://github.com/oven-sh/bun, `src/install/lockfile/bun.lock.zig` (read 2026-11-25)
struct BunLockEdit {
  private let outline: JSONOutline
  private let generation: String

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    let outline = try JSONOutline(bytes, dialect: .jsonc)
    self.outline = outline
    let version = outline.root["lockfileVersion"].map { String(decoding: outline.raw($0), as: UTF8.self) } ?? ""
    guard version == "0" || version == "1" else { throw EditDoubt(.unknownForm, [version]) }
    generation = version
  }

  private struct Package {
    var node: JSONOutline.Node
    /// As a path through `node_modules`.
    var place: String
    var name: String
    var version: String
    var asks: [KnownEntries.Dependency]
  }

  /// Packages of the registry: `["name@1.0.0", "", {…}, "sha512-…"]`.
  private var packages: [Package] {
    (outline.root["packages"]?.children ?? []).compactMap { node in
      guard node.kind == .array, let title = node.children.first?.string,
        let at = title.utf8.dropFirst().lastIndex(of: UInt8(ascii: "@"))
      else { return nil }
      let information = node.children.first { $0.kind == .object }
      return Package(
        node: node, place: Self.place(node.key), name: String(title[..<at]),
        version: String(title[title.utf8.index(after: at)...]), asks: Self.asks(information, isMember: false))
    }
  }

  private static func asks(_ node: JSONOutline.Node?, isMember: Bool) -> [KnownEntries.Dependency] {
    let kinds = ["dependencies", "optionalDependencies", "peerDependencies"] + (isMember ? ["devDependencies"] : [])
    let optional = Set(node?["optionalPeers"]?.children.compactMap(\.string) ?? [])
    return kinds.flatMap { kind in
      (node?[kind]?.children ?? []).compactMap { member in
        guard let text = member.string, !(kind == "peerDependencies" && optional.contains(member.key)) else {
          return nil
        }
        return KnownEntries.Dependency(name: member.key, specifier: text)
      }
    }
  }

  /// `a/@scope/b` → `node_modules/a/node_modules/@scope/b`.
  private static func place(_ key: String) -> String {
    var parts: [String] = []
    for part in key.utf8.split(separator: UInt8(ascii: "/")).map({ String(Substring($0)) }) {
      if let last = parts.last, last.hasPrefix("@"), !last.contains("/") {
        parts[parts.count - 1] += "/" + part
      } else {
        parts.append(part)
      }
    }
    return parts.map { "node_modules/" + $0 }.joined(separator: "/")
  }

  private func isRegistry(_ package: Package) -> Bool {
    package.node.children.count == 4 && package.node.children[3].string?.hasPrefix("sha512-") == true
  }

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? BunLockEdit(bytes) else { return }
    for package in file.packages where file.isRegistry(package) {
      for pin in pins where pin.name == package.name && pin.safe == package.version {
        known.add(
          KnownEntries.Entry(
            text: Array(file.outline.raw(package.node)), generation: file.generation, dependencies: package.asks),
          .bun, pin.name, pin.safe)
      }
    }
  }

  // MARK: Editing

  func edits(
    _ pins: [Pin], known: KnownEntries, direct: [String: [PackageJSONEdit.Direct]], overridden: Set<String>
  ) throws(EditDoubt) -> [ByteEdit] {
    let packages = packages
    var tree = tree(packages)
    let before = tree.reachable()
    var edits: [ByteEdit] = []
    var chosen: [String: Pin] = [:]
    for package in packages {
      guard let pin = pins.first(where: { $0.name == package.name && $0.bad.contains(package.version) }) else {
        continue
      }
      guard isRegistry(package) else { throw EditDoubt(.fromElsewhere, [pin.name, package.version]) }
      let entry = try choose(pin, at: package.place, known, tree)
      chosen[package.place] = pin
      tree.set(package.place, version: pin.safe, asks: entry.dependencies)
      edits.append(ByteEdit(package.node.range, try text(entry, package, pin)))
    }
    for (asker, dependency) in tree.asks {
      guard let place = tree.resolve(dependency.name, from: asker), let pin = chosen[place],
        !overridden.contains(pin.name), !direct.sets(dependency.name, in: folder(of: asker, packages))
      else { continue }
      guard LockTree.takes(dependency.specifier, pin.safe, pin.name) else {
        throw EditDoubt(.notTaken, [pin.title, asker, dependency.specifier])
      }
    }
    let gone = before.subtracting(tree.reachable()).subtracting(chosen.keys)
    if let object = outline.root["packages"] {
      edits += outline.removing(Set(packages.filter { gone.contains($0.place) }.map(\.node.key)), from: object)
    }
    return try edits + workspaces(direct) + overrides(pins.filter { overridden.contains($0.name) })
  }

  /// The folder of a member, which asks from its place among the packages.
  private func folder(of asker: String, _ packages: [Package]) -> String {
    let version = packages.first { $0.place == asker }?.version ?? ""
    return version.hasPrefix("workspace:") ? String(version.dropFirst(10)) : asker
  }

  private func tree(_ packages: [Package]) -> LockTree {
    var entries = packages.map { (key: $0.place, version: String?.some($0.version), asks: $0.asks) }
    var members: [String] = []
    for member in outline.root["workspaces"]?.children ?? [] {
      let asks = Self.asks(member, isMember: true)
      if let own = packages.firstIndex(where: { $0.version == "workspace:" + member.key }) {
        entries[own].asks = asks
        members.append(packages[own].name)
      } else {
        entries.append((member.key, nil, asks))
      }
    }
    var tree = LockTree(entries)
    tree.addRoots(members)
    return tree
  }

  private func choose(
    _ pin: Pin, at place: String, _ known: KnownEntries, _ tree: LockTree
  ) throws(EditDoubt) -> KnownEntries.Entry {
    let entries = known.all(.bun, pin)
    guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
    var missing: KnownEntries.Dependency?
    for entry in entries {
      missing = entry.dependencies.first { !tree.satisfies($0, from: place) }
      if missing == nil { return entry }
    }
    throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name)@\($0.specifier)"] } ?? []))
  }

  /// The safe version's value, with this file's registry in it.
  private func text(_ entry: KnownEntries.Entry, _ package: Package, _ pin: Pin) throws(EditDoubt) -> [UInt8] {
    let other = try JSONOutline(entry.text, dialect: .jsonc)
    guard other.root.children.count == 4 else { throw EditDoubt(.unknownForm, [pin.title]) }
    let address = other.root.children[1]
    let old = package.node.children[1].string ?? ""
    let new = old.isEmpty ? "" : try RegistryAddress.moved(old, from: package.version, to: pin.safe, named: old)
    return [ByteEdit(address.range, JSONOutline.Value.text(new))].applied(to: entry.text) ?? entry.text
  }

  private func workspaces(_ direct: [String: [PackageJSONEdit.Direct]]) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for (folder, changes) in direct {
      for change in changes {
        guard let member = outline.root["workspaces"]?[folder]?[change.kind]?[change.key] else {
          throw EditDoubt(.notFound, [change.key])
        }
        edits.append(outline.replacing(member, with: change.new))
      }
    }
    return edits
  }

  private func overrides(_ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    guard !pins.isEmpty else { return [] }
    guard let object = outline.root["overrides"] else {
      let next = ["catalog", "catalogs", "packages"].compactMap { outline.root[$0] }.map(\.start).min()
      guard let next else { throw EditDoubt(.unknownForm, ["packages"]) }
      let (unit, newline) = (outline.unit, outline.newline)
      let members = pins.map { "\(newline)\(unit)\(unit)\"\($0.name)\": \"\($0.safe)\"," }.joined()
      return [ByteEdit(next..<next, "\"overrides\": {\(members)\(newline)\(unit)},\(newline)\(unit)")]
    }
    return pins.compactMap { pin in
      guard let own = object[pin.name] else { return outline.adding(pin.name, .string(pin.safe), to: object) }
      return own.string == pin.safe ? nil : outline.replacing(own, with: pin.safe)
    }
  }
}
