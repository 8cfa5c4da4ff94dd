// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing
internal import Versions

/// Puts safe versions into npm's `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3.
///
/// An entry is replaced where the safe version's whole entry is known, and everything that it needs is to be found from its place, in a
/// version that it takes. What only the bad version needed is taken out: it may have been added by whoever made that version. What says
/// where and why an entry is there (`dev`, `optional`, `peer`, an alias' `name`) stays.
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json; for the order of keys https://github.com/npm/cli,
///   `workspaces/arborist/lib/shrinkwrap.js` (read 2026-11-25)
struct PackageLockEdit {
  private let outline: JSONOutline
  private let isOld: Bool
  private let hasBothTrees: Bool

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    let outline = try JSONOutline(bytes)
    self.outline = outline
    let version = outline.root["lockfileVersion"].flatMap { Int(String(decoding: outline.raw($0), as: UTF8.self)) } ?? 1
    guard (1...3).contains(version) else { throw EditDoubt(.unknownForm, ["\(version)"]) }
    isOld = outline.root["packages"] == nil
    hasBothTrees = !isOld && outline.root["dependencies"] != nil
  }

  // MARK: What the file knows

  /// Adds the entries of the wanted versions to `known`.
  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? PackageLockEdit(bytes) else { return }
    for (key, node) in file.places {
      guard let version = node["version"]?.string, node["link"] == nil else { continue }
      for pin in pins where pin.safe == version && file.isRegistry(node, key: key, pin) {
        guard node["integrity"]?.string?.hasPrefix("sha512-") == true, node["resolved"]?.string != nil else { continue }
        known.add(
          KnownEntries.Entry(
            text: Array(file.outline.raw(node)), generation: file.isOld ? "1" : "2",
            dependencies: file.isOld ? file.asks(node, ["requires"]) : file.asks(node)),
          .packageLock, pin.name, pin.safe)
      }
    }
  }

  /// Every entry by its place: `node_modules/a/node_modules/b`. Old trees get the same names.
  private var places: [(key: String, node: JSONOutline.Node)] {
    guard isOld else { return (outline.root["packages"]?.children ?? []).map { ($0.key, $0) } }
    return Self.flattened(outline.root["dependencies"])
  }

  private static func flattened(_ tree: JSONOutline.Node?) -> [(key: String, node: JSONOutline.Node)] {
    var places: [(key: String, node: JSONOutline.Node)] = []
    var waiting = [("", tree)]
    while let (prefix, tree) = waiting.popLast() {
      for node in tree?.children ?? [] {
        let key = prefix + "node_modules/" + node.key
        places.append((key, node))
        if let inner = node["dependencies"] { waiting.append((key + "/", inner)) }
      }
    }
    return places
  }

  private static let asking = ["dependencies", "optionalDependencies", "peerDependencies"]

  private func asks(_ node: JSONOutline.Node, _ kinds: [String] = asking) -> [KnownEntries.Dependency] {
    let meta = node["peerDependenciesMeta"]
    return kinds.flatMap { kind in
      (node[kind]?.children ?? []).compactMap { member in
        guard let text = member.string else { return nil }
        let isOptionalPeer = kind == "peerDependencies" && meta?[member.key]?["optional"] != nil
        return KnownEntries.Dependency(
          name: member.key, specifier: text, isOptional: isOptionalPeer || kind == "optionalDependencies")
      }
    }
  }

  /// Whether an entry is the pin's package out of the registry, and not another thing of its name.
  private func isRegistry(_ node: JSONOutline.Node, key: String, _ pin: Pin) -> Bool {
    guard node["link"] == nil, let name = Self.name(of: key) else { return false }
    var real = node["name"]?.string ?? name
    if let version = node["version"]?.string, version.utf8.starts(with: "npm:".utf8) {
      real = version.utf8.lastIndex(of: UInt8(ascii: "@")).map { String(version.dropFirst(4)[..<$0]) } ?? real
    }
    guard real == pin.name else { return false }
    guard let resolved = node["resolved"]?.string else { return true }
    return resolved.utf8.starts(with: "http".utf8) && resolved.contains("/-/")
  }

  private static func name(of key: String) -> String? {
    let marker = Array("node_modules/".utf8)
    let bytes = Array(key.utf8)
    guard bytes.count > marker.count else { return nil }
    for start in stride(from: bytes.count - marker.count - 1, through: 0, by: -1)
    where bytes[start..<start + marker.count].elementsEqual(marker) && (start == 0 || bytes[start - 1] == 0x2F) {
      return String(decoding: bytes[(start + marker.count)...], as: UTF8.self)
    }
    return nil
  }

  // MARK: Editing

  /// - Parameters:
  ///   - direct: What was set in the manifests, by the manifest's folder below this file's: `""`, `packages/web`.
  ///   - overridden: Names for which an override says that everybody gets the safe version.
  ///   - rootNames: What the manifest beside it asks for; nil where that is not known.
  /// - Throws: ``EditDoubt`` for the first thing that is not certain; then nothing of the file may be edited.
  func edits(
    _ pins: [Pin], known: KnownEntries, direct: [String: [PackageJSONEdit.Direct]], overridden: Set<String>,
    rootNames: [String]? = nil
  ) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var tree = LockTree(places.map { ($0.key, $0.node["version"]?.string, asks(of: $0.node, key: $0.key)) })
    tree.addRoots(isOld ? rootNames ?? topNames : [])
    let before = tree.reachable()
    var chosen: [String: (pin: Pin, entry: KnownEntries.Entry)] = [:]
    for (key, node) in places {
      guard let pin = pins.first(where: { isBad(node, key, $0) }) else { continue }
      let entry = try choose(pin, at: key, known, tree)
      chosen[key] = (pin, entry)
      tree.set(key, version: pin.safe, asks: entry.dependencies)
    }
    try check(chosen.mapValues(\.pin), tree, direct, overridden)
    guard !chosen.isEmpty else { return rootEdits(direct) }
    let gone = before.subtracting(tree.reachable()).subtracting(chosen.keys)
    for (key, node) in places {
      guard let (pin, entry) = chosen[key] else { continue }
      edits += isOld ? try oldEdits(node, pin, entry) : [try edit(node, pin, entry)]
    }
    if isOld || hasBothTrees { edits += requestEdits(pins, gone, Set(chosen.keys), direct, overridden) }
    if isOld {
      edits = try withoutOld(gone, edits)
    } else {
      if let packages = outline.root["packages"] { edits += outline.removing(gone, from: packages) }
      if hasBothTrees { edits += try secondTree(chosen, gone) }
    }
    return edits + rootEdits(direct)
  }

  private func isBad(_ node: JSONOutline.Node, _ key: String, _ pin: Pin) -> Bool {
    guard let version = node["version"]?.string, isRegistry(node, key: key, pin) else { return false }
    return pin.bad.contains(version) || pin.bad.contains { version == "npm:\(pin.name)@\($0)" }
  }

  private func asks(of node: JSONOutline.Node, key: String) -> [KnownEntries.Dependency] {
    if isOld { return asks(node, ["requires"]) }
    // A project and its members also get what they need for their own making.
    let isMember = Self.name(of: key) == nil
    return asks(node, isMember ? Self.asking + ["devDependencies"] : Self.asking)
  }

  /// Everything at the top, which stands for what the project asks for where nothing says it.
  private var topNames: [String] { (outline.root["dependencies"]?.children ?? []).map(\.key) }

  private func choose(
    _ pin: Pin, at key: String, _ known: KnownEntries, _ tree: LockTree
  ) throws(EditDoubt) -> KnownEntries.Entry {
    let entries = known.all(.packageLock, pin).filter { isOld || $0.generation == "2" }
    guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
    var missing: KnownEntries.Dependency?
    for entry in entries {
      missing = entry.dependencies.first { !tree.satisfies($0, from: key) || isElsewhere($0, key, tree) }
      if missing == nil { return entry }
    }
    throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name)@\($0.specifier)"] } ?? []))
  }

  /// Whether what the safe version needs beyond what the bad one did is there for another purpose alone: npm leaves out what is marked `dev`
  /// or `optional`.
  private func isElsewhere(_ dependency: KnownEntries.Dependency, _ key: String, _ tree: LockTree) -> Bool {
    if tree.asks(of: key).contains(where: { $0.name == dependency.name }) { return false }
    guard let place = tree.resolve(dependency.name, from: key) else { return true }
    return places.first { $0.key == place }?.node.children.contains { Self.ofPlace.contains($0.key) } ?? true
  }

  /// Everybody who gets a replaced entry must take its new version, or be overridden.
  private func check(
    _ chosen: [String: Pin], _ tree: LockTree, _ direct: [String: [PackageJSONEdit.Direct]], _ overridden: Set<String>
  ) throws(EditDoubt) {
    for (asker, dependency) in tree.asks {
      guard let key = tree.resolve(dependency.name, from: asker), let pin = chosen[key] else { continue }
      if overridden.contains(pin.name) || direct.sets(dependency.name, in: asker) { continue }
      guard LockTree.takes(dependency.specifier, pin.safe, pin.name) else {
        throw EditDoubt(.notTaken, [pin.title, asker, dependency.specifier])
      }
    }
  }

  // MARK: Writing entries

  /// What says why an entry is at its place.
  private static let ofPlace: Set<String> = [
    "dev", "optional", "devOptional", "peer", "extraneous", "inBundle", "bundled",
  ]
  /// What stands first, in this order, then the other scalars by name, then what has parts.
  private static let leading = ["name", "version", "resolved", "integrity"]

  private func edit(_ node: JSONOutline.Node, _ pin: Pin, _ entry: KnownEntries.Entry) throws(EditDoubt) -> ByteEdit {
    let other = try JSONOutline(entry.text)
    var scalars = other.root.children.filter { !Self.ofPlace.contains($0.key) && $0.key != "name" }
      .filter { $0.kind != .object && $0.kind != .array }.map { ($0.key, other.value(of: $0)) }
    scalars += node.children.filter { Self.ofPlace.contains($0.key) || $0.key == "name" }.map {
      ($0.key, outline.value(of: $0))
    }
    // Where this file leaves addresses out, it goes on doing so.
    scalars.removeAll { $0.0 == "resolved" }
    if node["resolved"] != nil {
      scalars.append(("resolved", .string(try address(node, pin, other.root["resolved"]?.string ?? ""))))
    }
    let first = Self.leading.compactMap { key in scalars.first { $0.0 == key } }
    let rest = scalars.filter { !Self.leading.contains($0.0) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    let parts = other.root.children.filter { $0.kind == .object || $0.kind == .array }.map {
      ($0.key, other.value(of: $0))
    }
    return ByteEdit(
      node.range, outline.written(.object(first + rest + parts), indent: outline.indentation(of: node)))
  }

  private func address(_ node: JSONOutline.Node, _ pin: Pin, _ known: String) throws(EditDoubt) -> String {
    let version = node["version"]?.string ?? ""
    let bad = pin.bad.first { version == $0 || version.hasSuffix("@" + $0) } ?? version
    return try RegistryAddress.moved(node["resolved"]?.string, from: bad, to: pin.safe, named: known)
  }

  /// The few fields of an entry of version 1, in place, so that what is nested in it stays.
  private func oldEdits(
    _ node: JSONOutline.Node, _ pin: Pin, _ entry: KnownEntries.Entry
  ) throws(EditDoubt) -> [ByteEdit] {
    let other = try JSONOutline(entry.text)
    guard let version = node["version"], let resolved = node["resolved"], let integrity = node["integrity"],
      let address = other.root["resolved"]?.string, let digest = other.root["integrity"]?.string
    else { throw EditDoubt(.unknownForm, [pin.name]) }
    let isAlias = version.string?.utf8.starts(with: "npm:".utf8) == true
    var edits = [
      outline.replacing(version, with: isAlias ? "npm:\(pin.name)@\(pin.safe)" : pin.safe),
      outline.replacing(resolved, with: try self.address(node, pin, address)),
      outline.replacing(integrity, with: digest),
    ]
    let asked = entry.dependencies.filter { dependency in
      // Version 1 has no peers, which are in no `requires`.
      other.root["peerDependencies"]?[dependency.name] == nil || other.root["dependencies"]?[dependency.name] != nil
    }
    let members = asked.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map {
      (key: $0.name, value: JSONOutline.Value.string($0.specifier))
    }
    let indent = outline.indentation(of: integrity)
    if let requires = node["requires"] {
      let same =
        requires.children.map { [$0.key, $0.string ?? ""] } == members.map { [$0.key, asked.specifier(of: $0.key)] }
      if members.isEmpty {
        edits += outline.removing(["requires"], from: node)
      } else if !same {
        edits.append(ByteEdit(requires.range, outline.written(.object(members), indent: indent)))
      }
    } else if !members.isEmpty {
      edits.append(outline.adding("requires", .object(members), to: node, isOrdered: false))
    }
    return edits
  }

  private func withoutOld(_ gone: Set<String>, _ edits: [ByteEdit]) throws(EditDoubt) -> [ByteEdit] {
    // Only from the top: what is nested goes with what it is nested in.
    guard let tree = outline.root["dependencies"] else { return edits }
    let top = Set(gone.filter { !$0.dropFirst(13).contains("node_modules/") }.map { String($0.dropFirst(13)) })
    let nested = gone.filter { key in
      !top.contains { key == "node_modules/" + $0 || key.hasPrefix("node_modules/\($0)/") }
    }
    guard nested.isEmpty else { throw EditDoubt(.unknownForm, nested.sorted()) }
    return edits + outline.removing(top, from: tree)
  }

  /// The half that npm 6 reads in a file of version 2.
  private func secondTree(
    _ chosen: [String: (pin: Pin, entry: KnownEntries.Entry)], _ gone: Set<String>
  ) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    let old = Self.flattened(outline.root["dependencies"])
    for (key, node) in old {
      guard let (pin, entry) = chosen[key] else { continue }
      edits += try oldEdits(node, pin, entry)
    }
    guard Set(chosen.keys).isSubset(of: Set(old.map(\.key))) else { throw EditDoubt(.unknownForm, ["dependencies"]) }
    return try withoutOld(gone.intersection(old.map(\.key)), edits)
  }

  /// The old tree names what others ask for as it is after overrides and edits of manifests.
  private func requestEdits(
    _ pins: [Pin], _ gone: Set<String>, _ chosen: Set<String>, _ direct: [String: [PackageJSONEdit.Direct]],
    _ overridden: Set<String>
  ) -> [ByteEdit] {
    Self.flattened(outline.root["dependencies"]).flatMap { key, node -> [ByteEdit] in
      guard !gone.contains(key), !chosen.contains(key) else { return [] }
      let member = node["version"]?.string.flatMap { $0.hasPrefix("file:") ? String($0.dropFirst(5)) : nil }
      let own = member.flatMap { direct[$0] } ?? []
      return (node["requires"]?.children ?? []).compactMap { request in
        let set = own.first { $0.key == request.key }?.new
        let new = set ?? pins.first { $0.name == request.key && overridden.contains($0.name) }?.safe
        guard let new, request.string != new else { return nil }
        return outline.replacing(request, with: new)
      }
    }
  }

  /// What the file repeats of the manifests.
  private func rootEdits(_ direct: [String: [PackageJSONEdit.Direct]]) -> [ByteEdit] {
    direct.flatMap { folder, changes in
      changes.compactMap { change in
        guard let member = outline.root["packages"]?[folder]?[change.kind]?[change.key], member.string != change.new
        else { return nil }
        return outline.replacing(member, with: change.new)
      }
    }
  }
}

extension [KnownEntries.Dependency] {
  fileprivate func specifier(of name: String) -> String { first { $0.name == name }?.specifier ?? "" }
}
