// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing
internal import Versions

/// Pins versions in a `package.json`: what the project asks for itself where it is asked for, the rest as an override.
///
/// A dependency is set to the exact safe version where its range admits a bad one, aliases (`npm:real@…`) included. What comes from git, an
/// address, a folder or a workspace is another thing of the same name, and stays.
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-json#overrides, https://yarnpkg.com/configuration/manifest#resolutions,
///   https://classic.yarnpkg.com/en/docs/selective-version-resolutions/, https://pnpm.io/settings#overrides and
///   https://bun.sh/docs/install/overrides (read 2026-11-25)
struct PackageJSONEdit {
  /// Where an override stands.
  enum OverrideField: String, CaseIterable, Sendable {
    /// npm's, and bun's.
    case overrides
    /// Yarn's.
    case resolutions
    case pnpm

    /// The keys that lead to it.
    var path: [String] { self == .pnpm ? ["pnpm", "overrides"] : [rawValue] }
  }

  /// A dependency that was set to the safe version.
  struct Direct: Hashable, Sendable {
    /// `dependencies`, `devDependencies` …
    var kind: String
    /// The name under which it is installed.
    var key: String
    var pin: Pin
    var old: String
    var new: String
  }

  static let kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]

  private let outline: JSONOutline
  private(set) var edits: [ByteEdit] = []
  private(set) var direct: [Direct] = []
  /// What was not done, by the package's name.
  private(set) var doubts: [EditDoubt] = []

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    outline = try JSONOutline(bytes)
    guard outline.root.kind == .object else { throw EditDoubt(.malformed, ["unexpected-type"]) }
  }

  /// The value of `packageManager`: `pnpm@10.1.0`.
  var packageManager: String? { outline.root["packageManager"]?.string }

  func hasOverrides(_ field: OverrideField) -> Bool { node(at: field.path[...]) != nil }

  /// The names that the project asks for.
  var names: [String] { Self.kinds.flatMap { outline.root[$0]?.children.map(\.key) ?? [] } }

  /// What it asks for from now on, as Yarn's patterns; nil where there are members, whose manifests ask as well.
  var asks: [String]? {
    guard outline.root["workspaces"] == nil else { return nil }
    return Self.kinds.dropLast().flatMap { kind in
      (outline.root[kind]?.children ?? []).compactMap { member in
        let new = direct.first { $0.kind == kind && $0.key == member.key }?.new
        return (new ?? member.string).map { "\(member.key)@\($0)" }
      }
    }
  }

  // MARK: Dependencies

  /// Sets what the manifest itself asks for.
  mutating func setDirect(_ pin: Pin) {
    for kind in Self.kinds {
      for member in outline.root[kind]?.children ?? [] {
        guard let old = member.string, let new = Self.pinned(old, key: member.key, pin) else { continue }
        direct.append(Direct(kind: kind, key: member.key, pin: pin, old: old, new: new))
        edits.append(outline.replacing(member, with: new))
      }
    }
  }

  /// What to write in the place of a specifier that admits a bad version; nil where it does not, or asks for something else.
  static func pinned(_ specifier: String, key: String, _ pin: Pin) -> String? {
    let text = String(specifier.trimmedBlanks)
    if text.utf8.starts(with: "npm:".utf8) {
      let rest = text.utf8.dropFirst(4)
      guard let at = rest.lastIndex(of: UInt8(ascii: "@")), at > rest.startIndex else {
        // Without a name behind the colon it is Yarn's way to write a range.
        guard key == pin.name, admits(String(Substring(rest)), pin) else { return nil }
        return "npm:" + pin.safe
      }
      guard rest[..<at].elementsEqual(pin.name.utf8) else { return nil }
      return admits(String(Substring(rest[rest.index(after: at)...])), pin) ? "npm:\(pin.name)@\(pin.safe)" : nil
    }
    return key == pin.name && admits(text, pin) ? pin.safe : nil
  }

  private static func admits(_ range: String, _ pin: Pin) -> Bool {
    // A tag: whichever version it stood for is locked.
    if !range.isEmpty, range.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }), range != "x", range != "X"
    {
      return true
    }
    guard let range = SemVer.range(range) else { return false }
    return pin.bad.contains { range.contains($0) == true }
  }

  // MARK: Overrides

  /// Makes everybody who asks for the package get the safe version.
  ///
  /// - Parameter isStrict: Whether an override of what the project asks for itself must say the same as that: npm refuses it otherwise.
  mutating func setOverride(_ pin: Pin, in field: OverrideField, isStrict: Bool) {
    do throws(EditDoubt) {
      if isStrict { try checkDirect(pin) }
      try add(pin, field)
    } catch {
      doubts.append(error)
    }
  }

  private func checkDirect(_ pin: Pin) throws(EditDoubt) {
    // Npm looks at the project's dependencies and not at what it asks of those who use it.
    for kind in Self.kinds.dropLast() {
      guard let member = outline.root[kind]?[pin.name], let text = member.string else { continue }
      let isSet = direct.contains { $0.kind == kind && $0.key == pin.name && $0.new == pin.safe }
      guard !isSet, text != pin.safe else { continue }
      let isRange = SemVer.range(text) != nil
      throw EditDoubt(isRange ? .directDiffers : .fromElsewhere, [pin.name, text])
    }
  }

  private mutating func add(_ pin: Pin, _ field: OverrideField) throws(EditDoubt) {
    guard let object = node(at: field.path[...]) else { return pending[field, default: []].append(pin) }
    guard object.kind == .object else { throw EditDoubt(.malformed, [field.rawValue]) }
    guard !object.children.isEmpty else { return pending[field, default: []].append(pin) }
    var own: JSONOutline.Node?
    for member in object.children {
      if member.kind == .string, member.key == pin.name || (field == .resolutions && member.key == "**/" + pin.name) {
        own = member
      } else if Self.concerns(member, pin.name) {
        throw EditDoubt(.conditionalOverride, [member.key])
      }
    }
    guard let own, let text = own.string else {
      return edits.append(outline.adding(pin.name, .string(pin.safe), to: object))
    }
    // `$name` stands for what the project itself asks for, which is set already.
    guard text != pin.safe, text != "$" + pin.name, text != "npm:" + pin.safe else { return }
    if let other = Self.elsewhere(text) { throw EditDoubt(.fromElsewhere, [pin.name, other]) }
    edits.append(outline.replacing(own, with: pin.safe))
  }

  private static func elsewhere(_ text: String) -> String? {
    let range = text.utf8.starts(with: "npm:".utf8) ? String(text.dropFirst(4)) : text
    return SemVer.range(range) == nil ? text : nil
  }

  /// Whether an override is about the package, under a condition or below another name.
  private static func concerns(_ member: JSONOutline.Node, _ name: String) -> Bool {
    var stack = [member]
    while let node = stack.popLast() {
      if isAbout(Array(node.key.utf8), Array(name.utf8)) { return true }
      stack += node.children
    }
    return false
  }

  /// Whether the name stands somewhere in a key, whole: `name@9`, `shop>name`, `shop/**/name`. Behind a scope it is another package's.
  private static func isAbout(_ key: [UInt8], _ name: [UInt8]) -> Bool {
    guard key.count >= name.count else { return false }
    return (0...(key.count - name.count)).contains { start in
      let end = start + name.count
      guard key[start..<end].elementsEqual(name) else { return false }
      guard end == key.count || "@>/".utf8.contains(key[end]) else { return false }
      guard start > 0 else { return true }
      guard key[start - 1] != UInt8(ascii: ">") else { return true }
      let before = key[..<(start - 1)].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last
      return key[start - 1] == UInt8(ascii: "/") && before?.first != UInt8(ascii: "@")
    }
  }

  /// Overrides whose object is still to be made, or empty.
  private var pending: [OverrideField: [Pin]] = [:]

  /// Makes the objects that were missing. To be called once, at the end.
  mutating func finish() {
    for field in OverrideField.allCases {
      guard let pins = pending[field] else { continue }
      let members = pins.map { (key: $0.name, value: JSONOutline.Value.string($0.safe)) }
      if let object = node(at: field.path[...]) {
        edits.append(ByteEdit(object.range, outline.written(.object(members), indent: outline.indentation(of: object))))
      } else if field == .pnpm, let pnpm = outline.root["pnpm"], pnpm.kind == .object {
        edits.append(outline.adding("overrides", .object(members), to: pnpm))
      } else {
        let value: JSONOutline.Value = field == .pnpm ? .object([("overrides", .object(members))]) : .object(members)
        edits.append(appending(field.path[0], value))
      }
    }
    pending = [:]
  }

  /// At the end of the manifest, whatever order its keys are in.
  private func appending(_ key: String, _ value: JSONOutline.Value) -> ByteEdit {
    outline.adding(key, value, to: outline.root, isOrdered: false)
  }

  private func node(at path: ArraySlice<String>) -> JSONOutline.Node? {
    path.reduce(outline.root) { (node: JSONOutline.Node?, key) in node?[key] }
  }
}

extension [String: [PackageJSONEdit.Direct]] {
  /// Whether the manifest in a folder asks for exactly the safe version under a name.
  func sets(_ name: String, in folder: String) -> Bool {
    self[folder]?.contains { $0.key == name } == true
  }
}
